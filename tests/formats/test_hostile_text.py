"""Hostile text in every field: set as it stands, never executed, and nothing is asked for."""

from __future__ import annotations

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Self
from zipfile import ZipFile

import pikepdf
import pytest
import yaml
from lxml import etree
from playwright.sync_api import Browser, Dialog, ProxySettings

from briefgen.build.engine import Engine
from briefgen.build.glyphs import glyph_problems
from briefgen.build.project import find_targets, load_project
from briefgen.document.vocabulary import CLASSES
from briefgen.dossier.yaml_places import read_yaml
from briefgen.edition.tailor import tailor
from briefgen.formats.css import RefusedAddress
from briefgen.formats.html.head import SCRIPT
from briefgen.formats.pdf import render_pdf
from briefgen.problems import ProblemsFound

PAYLOADS = {
    "HTML": "<script>alert(document)</script>",
    "an event": "<img src=x onerror=alert(document)>",
    "a comment": "<!-- a",
    "CDATA": "]]> a",
    "an entity": "&xxe; & a",
    "Jinja": "{{ self }} {% raw %}",
    "CSS": "} body { color: red } /*",
    "a sheet": "</style><script>alert(document)</script>",
    "JSON": '</script>"}]',
    "SVG": "<svg onload=alert(document)>",
    "a picture": "![a](https://x.example/a.png)",
    "a link": "[a](javascript:alert)",
    "data in a link": "[a](data:text/html,b)",
    "LaTeX": "\\input{/etc/passwd}",
    "a null byte": "a\0b",
    "an escape": "a\x1b[31mb",
    "half a character": "a\ufffeb",
    "an override": "a\u202eb",
    "a long word": "w" * 300,
    "a long paragraph": "word " * 2000 + "end",
    "Hebrew": "שלום עולם",
    "marks": "a" + "\u0301" * 40,
    "an emoji": "👩\u200d👩\u200d👧",
}
"""Digits would need a claim, so that there are none."""
KEYS = frozenset({"id", "file", "quote", "short", "language", "accent"})
"""Keys of texts that are checked as what they are: a quote, a file's name, a label's length."""
FEWEST = 5
"""So many texts with a payload are printed, unless all of them are refused."""
OWN = 40
"""A text of so many characters stands in no other."""
PARTS = ("document", "footnotes")
HANGING = 8
"""Pixels, some two millimetres, that a space or stop at the end of a line may hang out."""
TEN_THOUSAND = 10_000
FORMATS = ("pdf", "docx", "html")
PROXIES = ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy")
KNOWN_CELLS = ("Council", "Lindal Buses, to the Gazette")
FIELDS_OF_WORD = ("PAGE", "NUMPAGES", "PAGEREF", "REF", "NOTEREF", "SEQ", "TOC", "HYPERLINK")
ACTIVE_IN_PDF = ("/JS", "/JavaScript", "/Launch", "/SubmitForm", "/OpenAction", "/AA", "/FS")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title>{}</svg>'
ASKING = (
    "http://x.example/a https://x.example/b //x.example/c file:///etc/hosts",
    "<img src=http://x.example/a.png> <base href=http://x.example/>",
    "<script src=https://x.example/a.js></script>",
    "@import 'http://x.example/a.css'; a { background: url(http://x.example/b) }",
    "</style><link rel=stylesheet href=http://x.example/a.css>",
    "{{ self }} {% include 'file:///etc/hosts' %} {{ cycler.__init__.__globals__ }}",
    "![a](http://x.example/a.png) [a](file:///etc/hosts)",
    "<!DOCTYPE a SYSTEM 'http://x.example/a.dtd'> <?xml-stylesheet href='http://x.example/a'?>",
    '<svg><image href="http://x.example/a.png"/></svg>',
    "INCLUDEPICTURE http://x.example/a DDEAUTO c =WEBSERVICE(x)",
)
"""Texts that ask for something, if anything takes them for more than texts; without digits."""
WITHOUT_SPACES = ("family", "given", "literal", "URL", "DOI")
"""Fields of sources whose texts may be one word."""
LINKS = ("https:", "mailto:")
"""Addresses that a reader may follow; none is asked for by itself."""
NO_NETWORK = """
import socket, sys
def refuse(*arguments, **named):
    raise SystemExit(f"asked for the network: {arguments}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = socket.create_connection = socket.gethostbyname = refuse
from briefgen.cli import main
sys.argv = ["briefgen", *sys.argv[1:]]
main()
"""


class Loader(yaml.CSafeLoader):
    """YAML as the program reads it: `on` is a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader)  # noqa: S506 - a SafeLoader


def dumped(data: Any) -> str:
    """The data as YAML, each value on one line."""
    return yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10**9)


Field = tuple[Path, tuple[Any, ...]]


def text_fields(project: Path) -> dict[Field, str]:
    """Every text that people write: of records, of the dossier, its editions and table heads."""
    found: dict[Field, str] = {}
    folder = project / "data" / "bus-lanes"
    for file in sorted(folder.rglob("*.yaml")):
        for path, text in leaves(read(file)):
            is_text = " " in text or path[-1] in WITHOUT_SPACES
            if path[-1] not in KEYS and is_text and "[@" not in text[:2]:
                found[file, path] = text
    return found


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Each text in the data, with its path."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, str):
            yield (*path, key), inner
        elif isinstance(inner, dict | list):
            yield from leaves(inner, (*path, key))


def name_of(number: int) -> str:
    """A word that no text has, without digits, which would need a claim."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "zq"


def write(texts: Mapping[Field, str]) -> None:
    """Write the texts into their files, each value on one line."""
    for file in {file for file, _ in texts}:
        data = read(file)
        for path in (path for name, path in texts if name == file):
            at = data
            for step in path[:-1]:
                at = at[step]
            at[path[-1]] = texts[file, path]
        file.write_text(dumped(data), "utf-8")


def put(project: Path, payload: str) -> tuple[dict[Field, str], set[Field]]:
    """Write the payload behind each text; gives the fields with their names, and the refused ones.

    Whatever is refused is named at its line, and is then put back as it was.
    """
    was = text_fields(project)
    names = {field: name_of(number) for number, field in enumerate(was)}
    return names, put_behind(project, {field: f"{names[field]} {payload}" for field in was})


def put_behind(project: Path, ends: Mapping[Field, str]) -> set[Field]:
    """Write each end behind its text; gives the refused fields, which are as they were."""
    was = {field: text for field, text in text_fields(project).items() if field in ends}
    now = {field: f"{text} {ends[field]}" for field, text in was.items()}
    refused: set[Field] = set()
    for _ in range(8):
        write({field: was[field] if field in refused else text for field, text in now.items()})
        problems = load_project(project, loose_ends=False).problems
        errors = [problem for problem in problems if problem.severity == "error"]
        if not errors:
            return refused
        lines = {(one.where.file, one.where.line) for one in errors}
        before = len(refused)
        for file in {file for file, _ in was}:
            shown = file.relative_to(project).as_posix()
            places = read_yaml(file, shown).values
            refused |= {f for f in was if f[0] == file and (shown, places[f[1]].line) in lines}
        assert len(refused) > before, errors[0]
    raise AssertionError("more is refused each time")


def plain(text: str) -> str:
    """Text but for what typography may change in it."""
    text = text.replace("\u00a0", " ").replace("\u00ad", "").replace(" – ", " - ")
    return re.sub("[“”\"‘’']", "'", " ".join(text.split()))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_text_is_set_as_it_stands_or_refused_at_its_line(
    bus_lanes: Path, payload: str, tmp_path: Path, browser: Browser
) -> None:
    printed = plain("".join(map(str, composed(bus_lanes)[1].tree.itertext())))
    was = text_fields(bus_lanes)
    names, refused = put(bus_lanes, payload)
    assert len(names) > 100
    engine, document = composed(bus_lanes)

    text = plain("".join(map(str, document.tree.itertext())))
    for field in set(names) - refused:
        # What was printed before is printed now, with the whole of the payload behind it.
        is_printed = names[field] in text
        is_short = len(was[field]) < OWN  # it may stand in other texts
        assert is_printed or is_short or plain(was[field]) not in printed, field
        assert not is_printed or plain(f"{names[field]} {payload}") in text, field
    kept = {name for name in names.values() if name in text}
    assert len(kept) >= FEWEST or len(refused) == len(names)
    tags = {str(element.tag) for element in document.tree.iter()}
    assert not {tag for tag in tags if not tag.startswith("{")} - set(CLASSES)
    html = engine.render(document, "policy-brief", "html").decode()
    page = etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
    scripts = [s for s in page.iter("script") if s.get("type") != "application/json"]
    assert [script.text for script in scripts] == [SCRIPT]
    active = [name for e in page.iter() for name in e.attrib if str(name).startswith("on")]
    assert active == []
    addresses = [str(e.get(name)) for e in page.iter() for name in ("href", "src") if e.get(name)]
    assert [a for a in addresses if not a.startswith(("#", "https:", "mailto:", "data:"))] == []
    with ZipFile(BytesIO(engine.render(document, "policy-brief", "docx"))) as word:
        parts = [etree.fromstring(word.read(f"word/{part}.xml")) for part in PARTS]
    written = "".join(str(text) for part in parts for text in part.itertext())
    assert {name for name in kept if name not in written} == set()
    quiet(html, tmp_path, browser)


def quiet(html: str, folder: Path, browser: Browser, *, proxy: str | None = None) -> None:
    """Open the page in Chromium and press each of its buttons: nothing must come of the data."""
    file = folder / "page.html"
    file.write_text(html, "utf-8")
    heard: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    through: ProxySettings | None = {"server": proxy} if proxy else None
    tab = browser.new_context(proxy=through).new_page()
    tab.on("dialog", dismiss)
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("request", lambda request: heard.append(request.url))
    tab.goto(file.as_uri())
    tab.evaluate("document.querySelectorAll('button, summary').forEach((e) => e.click())")
    tab.context.close()
    assert heard == [file.as_uri()]


@pytest.mark.parametrize("word", ["w" * 150, "語" * 150], ids=["Latin", "Han"])
def test_no_text_of_a_page_reaches_beyond_its_margins(bus_lanes: Path, word: str) -> None:
    _, refused = put(bus_lanes, word)
    print_cells(bus_lanes, [word])
    engine, document = composed(bus_lanes)

    pages = [page._page_box for page in engine.lay_out(document, "policy-brief").rendered.pages]

    assert refused == set()
    assert not any(figure.drawn for figure in document.figures if figure.id == "cells")
    assert sum(word in cell for figure in document.figures for row in figure.rows for cell in row)
    assert [text for page in pages for text in outside(page)] == []


def test_a_running_head_of_one_word_stays_inside_the_margins(bus_lanes: Path) -> None:
    overview = bus_lanes / "data/bus-lanes/editions/overview.yaml"
    write({(overview, ("title",)): "w" * 300})
    engine, document = composed(bus_lanes)

    pages = [page._page_box for page in engine.lay_out(document, "policy-brief").rendered.pages]

    assert document.title == "w" * 300
    assert [text for page in pages for text in outside(page)] == []


def test_a_paragraph_of_ten_thousand_characters_is_printed_to_its_end(bus_lanes: Path) -> None:
    areas = bus_lanes / "data/bus-lanes/areas.yaml"
    words = [name_of(number) for number in range(1_250)]
    first = next(field for field in text_fields(bus_lanes) if field == (areas, (0, "body")))
    write({first: " ".join(words)})
    assert len(" ".join(words)) > TEN_THOUSAND
    engine, document = composed(bus_lanes)

    pages = [page._page_box for page in engine.lay_out(document, "policy-brief").rendered.pages]

    boxes = [box for page in pages for box in page.descendants()]
    printed = set(" ".join(getattr(box, "text", "") for box in boxes).split())
    assert set(words) - printed == set()
    assert [text for page in pages for text in outside(page)] == []


def outside(page: Any) -> list[str]:
    """Texts of a page of WeasyPrint's that reach further to the right than the page's own."""
    right = page.position_x + page.margin_left + page.width + HANGING
    texts = [box for box in page.descendants() if getattr(box, "text", "").strip()]
    assert texts
    return [box.text for box in texts if box.position_x + box.width > right]


def test_the_browser_hears_what_a_page_would_do(tmp_path: Path, browser: Browser) -> None:
    with pytest.raises(AssertionError):
        quiet("<script>alert(1)</script>", tmp_path, browser)
    with pytest.raises(AssertionError):
        quiet('<img src="http://127.0.0.1:9/a.png">', tmp_path, browser)


def composed(project: Path) -> tuple[Engine, Any]:
    """The engine and the overview in full."""
    loaded = load_project(project, loose_ends=False)
    target = find_targets(loaded, ["overview"])[0]
    engine = Engine(loaded)
    return engine, engine.compose(tailor(target.dossier.dossier, target.edition, "full"))


def test_no_request_leaves_the_machine(bus_lanes: Path, tmp_path: Path, browser: Browser) -> None:
    # In prose, most of it is refused; a field then gets the next text that asks for something.
    waiting = list(text_fields(bus_lanes))
    for turn in range(len(ASKING)):
        ends = {f: ASKING[(i + turn) % len(ASKING)] for i, f in enumerate(waiting)}
        refused = put_behind(bus_lanes, ends)
        waiting = [field for field in waiting if field in refused]
    print_cells(bus_lanes, ASKING)
    with Listener() as listener:
        run = subprocess.run(
            [sys.executable, "-c", NO_NETWORK, "build", "overview", "--length", "full"],
            cwd=bus_lanes,
            env={**os.environ, **dict.fromkeys(PROXIES, listener.address)},
            check=False,
            capture_output=True,
            text=True,
        )

        assert (run.returncode, "asked for the network" in run.stderr) == (0, False), run.stderr
        pdf, word, html = (bus_lanes / f"out/bus-lanes-overview.{e}" for e in FORMATS)
        page = html.read_text("utf-8")
        body = etree.fromstring(page, etree.HTMLParser(encoding="utf-8")).find("body")
        assert body is not None
        etree.strip_elements(body, "script", with_tail=False)
        text = plain("".join(map(str, body.itertext())))
        assert [asking for asking in ASKING if plain(asking) not in text] == []
        quiet(page, tmp_path, browser, proxy=listener.address)
        assert not listener.was_asked()
    assert not waiting
    assert asked_for_by_word(word) == []
    assert asked_for_by_pdf(pdf) == []


def print_cells(project: Path, cells: Sequence[str]) -> None:
    """Let the overview print the table with these cells, one a row."""
    folder = project / "data" / "bus-lanes"
    rows = [(f"{2000 + i}", "17", cell) for i, cell in enumerate(cells)]
    with (folder / "tables/journey-times.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    table = folder / "tables/journey-times.yaml"
    group = {"id": "all", "title": "All", "cells": [*KNOWN_CELLS, *cells]}
    grouping = {"title": "By", "column": "measured-by", "why": "So.", "groups": [group]}
    head = {**read(table), "grouping": grouping}
    table.write_text(dumped(head), "utf-8")
    overview = folder / "editions/overview.yaml"
    edition = read(overview)
    figure = {"id": "cells", "kind": "operations", "table": "journey-times", "year": "period"}
    edition["figures"].append({**figure, "title": "By whom."})
    overview.write_text(dumped(edition), "utf-8")


def test_a_cell_that_no_typeface_can_show_stops_the_build(bus_lanes: Path) -> None:
    print_cells(bus_lanes, ["A bus 🚌"])
    target = find_targets(load_project(bus_lanes), ["overview"])[0]

    (problem,) = glyph_problems(composed(bus_lanes)[1], target)

    assert str(problem.where).startswith("data/bus-lanes/tables/journey-times.yaml:")
    assert problem.code == "BG052"
    assert problem.what.endswith("(U+1F68C) in tables/journey-times/grouping/groups/0/cells/2")


def asked_for_by_word(file: Path) -> list[str]:
    """What Word would fetch or run when it opens the file."""
    with ZipFile(file) as word:
        parts = {n: word.read(n) for n in word.namelist() if n.endswith((".xml", ".rels"))}
    found = []
    for name, data in parts.items():
        root = etree.fromstring(data)
        for element in root.iterfind(".//{*}Relationship[@TargetMode='External']"):
            target = str(element.get("Target"))
            if not (str(element.get("Type")).endswith("/hyperlink") and is_link(target)):
                found.append(f"{name}: {target}")
        codes = [str(element.text) for element in root.iter("{*}instrText")]
        found += [f"{name}: {c}" for c in codes if c.split()[0] not in FIELDS_OF_WORD]
    return found


def asked_for_by_pdf(file: Path) -> list[str]:
    """What a viewer would fetch or run when it opens the file, or at a link of it."""
    with pikepdf.open(file) as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]
        found = [str(key) for one in objects for key in ACTIVE_IN_PDF if key in one]
        actions = [one.A for one in objects if "/A" in one and "/S" in one.A]
        found += [str(a.S) for a in actions if a.S not in ("/URI", "/GoTo")]
        found += [str(a.URI) for a in actions if a.S == "/URI" and not is_link(str(a.URI))]
    return found


def is_link(address: str) -> bool:
    """Whether an address is one that the data may link to."""
    return address.startswith(LINKS)


class Listener:
    """A proxy that answers nobody: whoever asks for an address through it is noticed."""

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def was_asked(self) -> bool:
        """Whether anybody has knocked since the last question."""
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True


def test_the_listener_notices_a_request() -> None:
    code = "import urllib.request; urllib.request.urlopen('http://x.example/', timeout=0.1)"
    with Listener() as listener:
        assert not listener.was_asked()
        env = {**os.environ, **dict.fromkeys(PROXIES, listener.address)}
        subprocess.run([sys.executable, "-c", code], env=env, check=False, capture_output=True)

        assert listener.was_asked()


def test_what_a_finished_file_would_fetch_or_run_is_noticed(tmp_path: Path) -> None:
    word, pdf = tmp_path / "a.docx", tmp_path / "a.pdf"
    picture = '<Relationship Type="a/image" Target="http://x.example/a" TargetMode="External"/>'
    with ZipFile(word, "w") as archive:
        archive.writestr("word/_rels/document.xml.rels", f"<a>{picture}</a>")
        archive.writestr("word/document.xml", "<a><instrText> DDEAUTO c </instrText></a>")
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(9, 9))
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch)
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///etc/hosts")
        page.Annots = pikepdf.Array([made.make_indirect(pikepdf.Dictionary(A=launch))])
        page.Annots.append(made.make_indirect(pikepdf.Dictionary(A=link)))
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
        made.save(pdf)

    assert asked_for_by_word(word) == [
        "word/_rels/document.xml.rels: http://x.example/a",
        "word/document.xml:  DDEAUTO c ",
    ]
    assert asked_for_by_pdf(pdf) == ["/OpenAction", "/Launch", "file:///etc/hosts"]


def test_the_guard_against_the_network_notices_a_request() -> None:
    code = NO_NETWORK.split("from briefgen", maxsplit=1)[0]
    request = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{request}"], check=False, capture_output=True, text=True
    )

    assert run.returncode != 0
    assert "asked for the network" in run.stderr


@pytest.mark.parametrize(
    "css",
    [
        "p { background: url(http://x.example/a.png) }",
        '@import "http://x.example/a.css";',
        "@font-face { font-family: x; src: url(http://x.example/a.ttf) }",
    ],
)
def test_styles_that_ask_for_an_address_are_refused(bus_lanes: Path, css: str) -> None:
    loaded = load_project(bus_lanes)
    target = find_targets(loaded, ["overview"])[0]
    document = Engine(loaded).compose(tailor(target.dossier.dossier, target.edition, "full"))

    with pytest.raises(RefusedAddress, match=r"x\.example"):
        render_pdf(document, css)


@pytest.mark.parametrize(
    "markup",
    [
        '<img alt="A" src="http://x.example/a.png"/>',
        '<link rel="stylesheet" href="http://x.example/a.css"/>',
        SVG.format('<image href="http://x.example/a.png"/>'),
        SVG.format('<use href="http://x.example/a.svg#a"/>'),
    ],
)
def test_templates_that_ask_for_an_address_are_refused(bus_lanes: Path, markup: str) -> None:
    from briefgen.resources import shipped

    to = bus_lanes / "templates" / "policy-brief"
    shutil.copytree(shipped("templates") / "policy-brief", to)
    template = to / "document.html.j2"
    text = template.read_text("utf-8")
    assert "</body>" in text
    template.write_text(text.replace("</body>", f"{markup}</body>"), "utf-8")
    loaded = load_project(bus_lanes)
    target = find_targets(loaded, ["overview"])[0]

    with pytest.raises(ProblemsFound, match="BG051"):
        Engine(loaded).compose(tailor(target.dossier.dossier, target.edition, "full"))
