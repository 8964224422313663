"""Hostile text in every field: set as it stands, never executed, and nothing is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.document.vocabulary import CLASSES
from briefgen.dossier.base import PlainText, ProseIn
from briefgen.dossier.fields import marked_fields
from briefgen.dossier.model import KINDS
from briefgen.edition.tailor import tailor
from briefgen.formats.css import RefusedAddress
from briefgen.formats.html.head import SCRIPT
from briefgen.formats.pdf import render_pdf
from briefgen.problems import ProblemsFound

PAYLOADS = {
    "HTML": "<script>alert(1)</script>",
    "an entity": "&xxe; &lt;b&gt;",
    "Jinja": "{{ 7*7 }} {% raw %}",
    "CSS": "} body { color: red } /*",
    "JSON": '</script>"}]',
    "SVG": "<svg onload=alert(1)>",
    "LaTeX": "\\input{/etc/passwd}",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title>{}</svg>'
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


class Loader(yaml.SafeLoader):
    """YAML as the program reads it: `on` is a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":bool", ":timestamp"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader)  # noqa: S506 - a SafeLoader


def plain_fields(project: Path) -> list[tuple[Path, tuple[Any, ...]]]:
    """File and path of each field of plain text that stands in a list of records."""
    found = []
    dossier = load_project(project).dossiers["bus-lanes"]
    for kind in KINDS:
        file = dossier.folder / f"{kind}.yaml"
        if not file.is_file():
            continue
        names = [record["id"] for record in read(file)]
        for number, name in enumerate(names):
            record = dossier.dossier.records(kind)[name]
            prose = {m.path for m in marked_fields(record, (ProseIn,))}
            found += [
                (file, (number, *m.path))
                for m in marked_fields(record, (PlainText,))
                if m.path not in prose and not m.is_key and len(m.text) > 1
            ]
    return found


def put(project: Path, payload: str) -> int:
    """Write the payload behind the text of each plain field; gives how many there are."""
    fields = plain_fields(project)
    for file in {file for file, _ in fields}:
        data = read(file)
        for path in (path for name, path in fields if name == file):
            at = data
            for step in path[:-1]:
                at = at[step]
            # A label is short, a file's name and an exact quote are checked as what they are.
            if path[-1] not in ("short", "file", "quote"):
                at[path[-1]] = f"{at[path[-1]]} {payload}"
        file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return len(fields)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_plain_text_is_set_as_it_stands_or_refused(bus_lanes: Path, payload: str) -> None:
    assert put(bus_lanes, payload) > 20
    loaded = load_project(bus_lanes)
    target = find_targets(loaded, ["overview"])[0]
    engine = Engine(loaded)
    document = engine.compose(tailor(target.dossier.dossier, target.edition, "full"))

    text = "".join(map(str, document.tree.itertext()))
    assert payload.split(maxsplit=1)[0].replace('"', "”") in text.replace('"', "”")
    tags = {str(element.tag) for element in document.tree.iter()}
    assert not {tag for tag in tags if not tag.startswith("{")} - set(CLASSES)
    html = engine.render(document, "policy-brief", "html").decode()
    page = etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
    scripts = [s for s in page.iter("script") if s.get("type") != "application/json"]
    assert [script.text for script in scripts] == [SCRIPT]
    active = [name for e in page.iter() for name in e.attrib if str(name).startswith("on")]
    assert active == []
    assert engine.render(document, "policy-brief", "docx").startswith(b"PK")


def test_no_request_leaves_the_machine(bus_lanes: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", NO_NETWORK, "build", "overview", "--length", "full"],
        cwd=bus_lanes,
        check=False,
        capture_output=True,
        text=True,
    )

    assert (run.returncode, "asked for the network" in run.stderr) == (0, False), run.stderr
    assert {path.suffix for path in (bus_lanes / "out").glob("bus-lanes-*")} == {
        ".pdf",
        ".docx",
        ".html",
    }


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
    import shutil

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
