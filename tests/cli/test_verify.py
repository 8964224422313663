"""`briefgen verify`: what it says of artefacts of any kind and state."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
import pytest
import tagged
import traceable
from shipped import engine, project
from tagged import instructions
from word_editing import WordFile

from briefgen.build.content import content_of
from briefgen.edition.models import Format
from briefgen.edition.tailor import tailor
from briefgen.formats.seal import sealed
from briefgen.formats.word_options import FOR_EDITING, WordOptions

if TYPE_CHECKING:
    from conftest import Edit, RunCli

NAMES = ("brief.pdf", "brief.docx", "final.docx", "brief.html")
FIELD = "areas/side-streets/summary"
WAS, NOW = "more vehicles a day", "fewer vehicles a day"
Verify = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    """The overview in full, as it is built from the data of the bus lanes."""
    maker, loaded = engine("bus-lanes"), project("bus-lanes").dossiers["bus-lanes"]
    brief = tailor(loaded.dossier, loaded.editions["overview"].edition, "full")
    layout = brief.edition.layout
    document = maker.compose(brief)
    document = replace(document, data=content_of(brief, document, maker.layout(layout)).data)

    def made(form: Format, word: WordOptions = FOR_EDITING) -> bytes:
        return maker.render(document, layout, form, word=word)

    final = made("docx", WordOptions(final=True))
    return dict(zip(NAMES, (made("pdf"), made("docx"), final, made("html")), strict=True))


@pytest.fixture
def verify(run_cli: RunCli, bus_lanes: Path, built: dict[str, bytes]) -> Verify:
    """`verify(name, data)`: what the command says of a file, as JSON, with its exit code."""

    def run(name: str, data: bytes | None = None, *options: str) -> dict[str, Any]:
        (bus_lanes / name).write_bytes(built[name] if data is None else data)
        ran = run_cli("verify", name, "--json", *options)
        assert ran.stderr == ""
        [found] = json.loads(ran.stdout)["files"]
        return {**found, "code": ran.code}

    return run


def edited(name: str, data: bytes, was: str = WAS, now: str = NOW) -> bytes:
    """The file with words replaced where it first shows them."""
    if name.endswith(".docx"):
        word = WordFile(data)
        word.replace(was, now)
        return word.bytes()
    assert data.count(was.encode())
    return data.replace(was.encode(), now.encode(), 1)


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The Word file with its parts changed, or left out where that gives None."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return out.getvalue()


# --- As it was built ---------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_file_as_it_was_built_from_this_data(verify: Verify, name: str) -> None:
    found = verify(name)

    assert (found["code"], found["proven"]) == (0, True)
    assert (found["seal"], found["data"], found["edits"]) == ("intact", "same", [])
    assert found["format"] == name.partition(".")[2]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_found_alone(
    run_cli: RunCli, tmp_path: Path, built: dict[str, bytes], name: str
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / name).write_bytes(built[name])

    ran = run_cli("verify", name, cwd=alone)

    assert (ran.code, ran.stderr) == (5, "")
    assert ran.stdout == (
        f"{name}: intact; its data cannot be compared here\n"
        "  edition overview of bus-lanes, full, version 1.0, issued 2024-09\n"
        "  data: there is no data/ here\n"
    )
    assert [path.name for path in alone.iterdir()] == [name]


def test_files_of_a_build_are_proven(run_cli: RunCli, bus_lanes: Path) -> None:
    assert run_cli("build", "shopkeepers").code == 0
    files = sorted((bus_lanes / "out").glob("bus-*"))

    ran = run_cli("verify", *files)

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.count(": intact; built from this data\n") == len(files) > 1


# --- From other data -----------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_data_that_moved_on(verify: Verify, edit: Edit, name: str) -> None:
    edit("areas.yaml", WAS, "additional vehicles a day")

    found = verify(name)

    assert (found["code"], found["seal"], found["data"]) == (5, "intact", "other")
    assert found["edits"] == []


def test_a_length_that_the_edition_has_no_more(verify: Verify, bus_lanes: Path) -> None:
    path = bus_lanes / "data" / "bus-lanes" / "editions" / "overview.yaml"
    path.write_text(f"{path.read_text('utf-8')}\nlengths: [brief]\n", "utf-8")

    found = verify("brief.html")

    assert (found["code"], found["data"]) == (5, "unknown")
    assert found["why"] == 'the edition here has no length "full"'


def test_data_with_mistakes(verify: Verify, edit: Edit) -> None:
    edit("areas.yaml", "id: side-streets", "id: side_streets")

    found = verify("brief.html")

    assert (found["code"], found["data"]) == (5, "unknown")
    assert found["why"] == "the data here has mistakes; see `briefgen check`"


def test_an_edition_that_is_gone(verify: Verify, bus_lanes: Path) -> None:
    dossier = bus_lanes / "data" / "bus-lanes"
    for path in (dossier / "editions").glob("*.yaml"):
        if path.stem != "overview":
            path.unlink()
    (dossier / "editions" / "overview.yaml").rename(dossier / "editions" / "others.yaml")

    assert verify("brief.html")["data"] == "unknown"


def test_another_dossier(run_cli: RunCli, bus_lanes: Path, built: dict[str, bytes]) -> None:
    (bus_lanes / "brief.html").write_bytes(built["brief.html"])
    (bus_lanes / "data" / "bus-lanes").rename(bus_lanes / "data" / "trams")

    ran = run_cli("verify", "brief.html")

    assert ran.code == 5
    assert '  data: there is no dossier "bus-lanes" here\n' in ran.stdout


@pytest.fixture
def history(bus_lanes: Path) -> list[str]:
    """The project in git: three commits, of which the second changed no data of the overview."""
    commits = []
    words = ["git", "-c", "user.name=Clerk", "-c", "user.email=clerk@harrowmere.example"]
    words += ["-c", "commit.gpgsign=false", "-C", str(bus_lanes)]

    def git(*more: str) -> str:
        return subprocess.run([*words, *more], check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    areas = bus_lanes / "data" / "bus-lanes" / "areas.yaml"
    for text in ("{}", "{}\n# A comment.\n", "{}\n# Another.\n"):
        areas.write_text(text.format(areas.read_text("utf-8")), "utf-8")
        git("add", "--all")
        git("commit", "--quiet", "--message", "Data")
        commits.append(git("rev-parse", "HEAD").strip())
    areas.write_text(areas.read_text("utf-8").replace(WAS, "additional vehicles a day"), "utf-8")
    return commits


def test_the_history_tells_the_newest_commit_with_its_data(
    verify: Verify, history: list[str]
) -> None:
    found = verify("brief.docx", None, "--history")

    assert (found["data"], found["revision"], found["code"]) == ("other", history[-1], 5)


def test_data_that_was_never_committed(verify: Verify, history: list[str], edit: Edit) -> None:
    assert history
    edit("areas.yaml", "additional vehicles a day", WAS)
    data = verify("brief.html")
    assert data["data"] == "same"
    forged = sealed(
        re.sub(rb'"data": "\w+"', b'"data": "%064d"' % 7, (Path("brief.html")).read_bytes())
    )

    found = verify("brief.html", forged, "--history")

    assert (found["data"], found["revision"]) == ("other", None)
    assert found["why"] == "not that of the last 20 commits that changed data/"


def test_without_git_the_history_is_wrong_usage(
    run_cli: RunCli, bus_lanes: Path, tmp_path: Path, built: dict[str, bytes], edit: Edit
) -> None:
    (bus_lanes / "brief.html").write_bytes(built["brief.html"])
    edit("areas.yaml", WAS, "additional vehicles a day")
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "brief.html").write_bytes(built["brief.html"])

    here, there = (
        run_cli("verify", "brief.html", "--history", cwd=at) for at in (bus_lanes, alone)
    )

    assert (here.code, there.code) == (2, 2)
    assert "is in no git repository" in here.stderr
    assert there.stderr.startswith(
        "briefgen: there is no data/ here, so it has no history\n  help: "
    )


# --- Changed by hand -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["brief.docx", "final.docx", "brief.html"])
def test_the_field_that_was_edited(verify: Verify, built: dict[str, bytes], name: str) -> None:
    found = verify(name, edited(name, built[name]))

    assert (found["code"], found["seal"], found["data"]) == (5, "changed", "same")
    [edit] = found["edits"]
    assert edit["field"] == FIELD
    assert WAS in edit["was"]
    assert edit["now"] is None if name == "final.docx" else NOW in edit["now"]


def test_words_that_were_added(verify: Verify, built: dict[str, bytes]) -> None:
    for name in ("brief.docx", "brief.html"):
        [edit] = verify(name, edited(name, built[name], WAS, f"{WAS} or not"))["edits"]
        assert (edit["field"], "or not" in edit["now"]) == (FIELD, True)


@pytest.mark.parametrize("at", ["metadata", "middle", "end"])
def test_a_byte_of_a_pdf(verify: Verify, built: dict[str, bytes], at: str) -> None:
    data = bytearray(built["brief.pdf"])
    data[{"metadata": data.index(b"<x:xmpmeta") - 1, "middle": 30_000, "end": -1}[at]] ^= 1

    found = verify("brief.pdf", bytes(data))

    assert (found["code"], found["seal"]) == (5, "changed")
    assert found["edits"] == []


def test_a_pdf_that_another_program_saved(verify: Verify, built: dict[str, bytes]) -> None:
    found = verify("brief.pdf", saved_pdf(built["brief.pdf"], lambda _: None))

    assert (found["seal"], found["edits"]) == ("changed", [])
    assert found["limit"].startswith("words added beside its own")


def test_the_field_that_was_edited_in_a_pdf(verify: Verify, built: dict[str, bytes]) -> None:
    def strike(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(without_line(page, "Mill Lane has"))

    found = verify("brief.pdf", saved_pdf(built["brief.pdf"], strike))

    assert [edit["field"] for edit in found["edits"]] == [FIELD]
    assert WAS in found["edits"][0]["was"]


def saved_pdf(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF as a program saves it, once it is changed."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def without_line(page: Any, words: str) -> bytes:
    """What a page shows, without the lines that hold these words."""
    kept: list[tuple[list[Any], pikepdf.Operator]] = []
    font: dict[bytes, str] = {}
    for operands, name in instructions(page):
        if name == "Tf":
            font = tagged._letters_of(page.Resources.Font[str(operands[0])])
        shown = operands[0] if name == "TJ" else operands
        if name in ("Tj", "TJ"):
            codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
            text = "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))
            if words in text.replace("\u00a0", " "):
                continue
        kept.append((operands, pikepdf.Operator(name)))
    return pikepdf.unparse_content_stream(kept)


def circle(pdf: pikepdf.Pdf) -> None:
    root: Any = pdf.Root
    root.StructTreeRoot.K[0].K.append(root.StructTreeRoot.K[0])


def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def no_letters(pdf: pikepdf.Pdf) -> None:
    sheets: list[Any] = list(pdf.pages)
    for sheet in sheets:
        for font in sheet.Resources.Font.values():
            if "/ToUnicode" in font:
                del font.ToUnicode


def a_bomb(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"[(a)] TJ\n" * 3_000_000)


@pytest.mark.parametrize("change", [circle, no_tags, no_letters, a_bomb])
def test_a_pdf_whose_texts_cannot_be_read(
    verify: Verify,
    built: dict[str, bytes],
    change: Callable[[pikepdf.Pdf], None],
) -> None:
    found = verify("brief.pdf", saved_pdf(built["brief.pdf"], change))

    assert (found["seal"], found["edits"]) == ("changed", [])
    assert found["limit"] == "its texts cannot be read"


def test_a_change_that_is_no_text(
    run_cli: RunCli, bus_lanes: Path, built: dict[str, bytes]
) -> None:
    data = built["brief.html"].replace(b"</style>", b"p{}</style>", 1)
    (bus_lanes / "brief.html").write_bytes(data)

    ran = run_cli("verify", "brief.html")

    assert ran.code == 5
    assert ran.stdout == (
        "brief.html: changed since it was built; built from this data\n"
        "  edition overview of bus-lanes, full, version 1.0, issued 2024-09\n"
        "  no text was found to be other than it was built\n"
        "  limit: pictures, styles and the evidence behind the notes were not compared\n"
    )


@pytest.mark.parametrize("name", ["final.docx", "brief.html"])
def test_blanks_and_soft_hyphens_do_not_count(
    verify: Verify, built: dict[str, bytes], name: str
) -> None:
    found = verify(name, edited(name, built[name], WAS, "more\u00a0vehi\u00adcles  a day"))

    assert (found["seal"], found["edits"]) == ("changed", [])


def test_words_of_the_layout(verify: Verify, built: dict[str, bytes]) -> None:
    found = verify("brief.html", edited("brief.html", built["brief.html"], "Key messages", "Keys"))

    assert [(e["field"], e["was"]) for e in found["edits"]] == [("", "Key messages")]


def test_a_search_that_went_through_the_ledger_too_is_noticed(
    verify: Verify, built: dict[str, bytes]
) -> None:
    data = built["brief.html"].replace(WAS.encode(), NOW.encode())

    assert verify("brief.html", data)["limit"].startswith("its ledger was changed as well")


def test_a_comment_and_a_paragraph_in_word(verify: Verify, built: dict[str, bytes]) -> None:
    word = WordFile(built["brief.docx"])
    word.comment("loading bays", "Where?", "Ben")

    [edit] = verify("brief.docx", word.bytes())["edits"]

    assert (edit["kind"], edit["now"]) == ("comment", "Where?")


def test_a_program_that_wrote_all_parts_anew_is_named(
    run_cli: RunCli, bus_lanes: Path, built: dict[str, bytes]
) -> None:
    def saved(name: str, content: bytes) -> bytes:
        if name == "docProps/app.xml":
            return re.sub(rb"<Application>[^<]*", b"<Application>LibreOffice/7.4$X", content)
        return content

    (bus_lanes / "brief.docx").write_bytes(repacked(built["brief.docx"], saved))

    told = run_cli("verify", "brief.docx").stdout

    assert "\n  saved by: LibreOffice/7.4\n  no text was found to be other " in told


def test_a_word_file_that_was_only_packed_anew_is_intact(
    verify: Verify, built: dict[str, bytes]
) -> None:
    assert verify("brief.docx", repacked(built["brief.docx"], lambda _, c: c))["seal"] == "intact"


# --- Older files, others' files, hostile files --------------------------------------------


def test_a_file_without_a_seal(verify: Verify, built: dict[str, bytes]) -> None:
    page = re.sub(rb'<meta name="briefgen-seal"[^>]*>', b"", built["brief.html"])
    word = repacked(
        built["brief.docx"], lambda n, c: None if "customXml" in n and b"briefgen:seal" in c else c
    )
    for name, data in (("brief.html", page), ("brief.docx", word)):
        found = verify(name, data)
        assert (found["code"], found["seal"], found["data"]) == (5, "none", "same")
        assert found["edits"] == []


def test_an_older_file_that_was_edited_has_its_fields_named(
    verify: Verify, built: dict[str, bytes]
) -> None:
    page = re.sub(rb'<meta name="briefgen-seal"[^>]*>', b"", built["brief.html"])

    [edit] = verify("brief.html", edited("brief.html", page))["edits"]

    assert edit["field"] == FIELD


def test_a_seal_put_on_by_a_forger_is_believed_and_the_page_says_so(
    verify: Verify, built: dict[str, bytes]
) -> None:
    """It is no signature: docs/verify.md must not promise more."""
    assert verify("brief.html", sealed(edited("brief.html", built["brief.html"])))["proven"]
    page = (Path(__file__).parents[2] / "docs" / "verify.md").read_text("utf-8")
    assert "no signature" in page


STRANGE = [
    ("none.html", b"<html><body>Text</body></html>", "carries no ledger"),
    ("none.txt", b"Text", "is no PDF, DOCX or HTML file"),
    ("empty.pdf", b"", "is no PDF, DOCX or HTML file"),
]


@pytest.mark.parametrize(("name", "data", "what"), STRANGE)
def test_a_file_that_is_none_of_ours(
    run_cli: RunCli, bus_lanes: Path, name: str, data: bytes, what: str
) -> None:
    (bus_lanes / name).write_bytes(data)

    ran = run_cli("verify", name)

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"briefgen: {name}: {what}")
    assert "\n  help: " in ran.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_file_cut_off_is_refused_or_said_to_be_changed(
    run_cli: RunCli, bus_lanes: Path, built: dict[str, bytes], name: str
) -> None:
    data = built[name]
    for end in (100, len(data) // 2, len(data) - 100):
        (bus_lanes / name).write_bytes(data[:end])
        ran = run_cli("verify", name)
        assert ran.code in (2, 5)
        assert (ran.code == 2) == ("\n  help: " in ran.stderr)
        assert ": intact" not in ran.stdout


def test_a_byte_of_a_packed_part(verify: Verify, built: dict[str, bytes]) -> None:
    data = bytearray(built["brief.docx"])
    with ZipFile(BytesIO(data)) as archive:
        at = archive.getinfo("word/document.xml").header_offset
    data[at + 200] ^= 1

    found = verify("brief.docx", bytes(data))

    assert (found["code"], found["seal"], found["limit"]) == (
        5,
        "changed",
        "its texts cannot be read",
    )


def test_all_files_are_told_of_although_one_is_refused(
    run_cli: RunCli, bus_lanes: Path, built: dict[str, bytes]
) -> None:
    (bus_lanes / "brief.html").write_bytes(built["brief.html"])

    ran = run_cli("verify", "nowhere.pdf", "brief.html")

    assert ran.code == 2
    assert "brief.html: intact; built from this data\n" in ran.stdout
    assert ran.stderr.startswith("briefgen: nowhere.pdf: is no file\n")


def test_a_bomb_beside_the_ledger_is_not_unpacked(verify: Verify, built: dict[str, bytes]) -> None:
    out = BytesIO(built["brief.docx"])
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/large.png", b"\0" * 60_000_000)

    assert verify("brief.docx", out.getvalue())["seal"] == "changed"


def test_names_out_of_a_forged_ledger_steer_nothing(run_cli: RunCli, bus_lanes: Path) -> None:
    ledger = {**traceable.LEDGER, "dossier": "../../etc", "layout": "../x", "data": "0" * 64}
    text = json.dumps(ledger).replace("<", "\\u003c")
    page = f'<html><body><script type="application/json" id="ledger">{text}</script></body></html>'
    (bus_lanes / "forged.html").write_text(page, "utf-8")

    ran = run_cli("verify", "forged.html")

    assert ran.code == 5
    assert '  data: there is no dossier "../../etc" here\n' in ran.stdout


def test_a_page_that_nests_deep_or_says_too_much(verify: Verify, built: dict[str, bytes]) -> None:
    page = built["brief.html"]
    deep = page.replace(b"</main>", b"<div>" * 200 + b"</main>")
    long = page.replace(b"</main>", b"<p>" + b"x" * 2_100_000 + b"</p></main>")

    assert verify("brief.html", deep)["seal"] == "changed"
    assert verify("brief.html", long)["limit"].startswith("it shows more text than any file")
