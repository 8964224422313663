"""`briefgen compare`: two editions, or two states of one, claim by claim."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.build.compare import compare_named
from briefgen.cli.compared_page import comparison_page
from briefgen.cli.compared_text import comparison_text
from briefgen.cli.compared_words import flat, mark_changes, parts_of
from briefgen.formats.css import refuse_addresses

if TYPE_CHECKING:
    from conftest import Edit, RunCli

VOID = {"meta", "br", "hr", "img", "link", "input"}
LOADING = {"src", "srcset", "background", "action", "poster", "data"}


class Page(HTMLParser):
    """Elements, ids, links and balance of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.css = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["style"]:
            self.css += data


def tagged(folder: Path, tag: str) -> None:
    """Make the folder a repository, if it is none, and its state the tag."""
    identity = ["-c", "user.name=Clerk", "-c", "user.email=clerk@harrowmere.example"]
    git = ["git", "-C", str(folder), *identity, "-c", "commit.gpgsign=false"]
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "--allow-empty", "--message", tag],
        ["tag", tag],
    ):
        subprocess.run([*git, *words], check=True, capture_output=True)


# --- The table ----------------------------------------------------------------


def test_two_editions_are_compared_with_their_counts_first(run_cli: RunCli) -> None:
    ran = run_cli("compare", "overview", "shopkeepers")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(
        """\
A  overview: Overview, version 1.0, issued 2024-09, length full
B  shopkeepers: Shopkeepers' edition, version 1.0, issued 2024-09, length full

20 of 30 claims are cited by both (67%), 10 by overview alone, 0 by shopkeepers
alone.
No fact differs: each claim has the same statement, date, status and evidence.

                 opposite  reframed  shared  only A  only B
areas                   0         3       0       2       0
obstacles               0         1       2       2       0
recommendations         1         3       0       1       0

Opposite positions (1)

  second-camera: Put up a second camera
    endorsed, 4 of 5, with summary       | advised against, 4 of 4, title and
                                         | so-what
    so what
    (none)                               | More fines would fall on vans that
                                         | have nowhere to stop.
"""
    )
    assert (
        """\
Claims, only in overview (10)

  camera-notice (fact, current, 2023-03)
"""
        in ran.stdout
    )
    assert "    B: left out: a matter between the county and the buses\n" in ran.stdout
    assert "[@" not in ran.stdout


def test_where_the_output_is_no_terminal_it_is_plain_and_fits_80_columns(run_cli: RunCli) -> None:
    lines = run_cli("compare", "overview", "shopkeepers").stdout.splitlines()

    assert max(map(len, lines)) <= 80
    assert not any("\x1b" in line or line != line.rstrip() for line in lines)


@pytest.mark.parametrize(("asked", "most"), [(20, 60), (60, 60), (100, 100), (400, 140)])
def test_the_table_fits_the_width_between_its_bounds(
    bus_lanes: Path, asked: int, most: int
) -> None:
    compared = compare_named(bus_lanes, "overview", "shopkeepers").comparison

    lines = comparison_text(compared, asked).splitlines()

    assert most - 6 <= max(map(len, lines)) <= most


def test_headings_are_set_off_where_a_terminal_can(bus_lanes: Path) -> None:
    compared = compare_named(bus_lanes, "overview", "shopkeepers").comparison

    text = comparison_text(compared, 80, lambda line: f"*{line}*")

    assert "\n*Opposite positions (1)*\n" in text


def test_what_changed_since_a_revision_is_marked_word_by_word(
    run_cli: RunCli, bus_lanes: Path, edit: Edit
) -> None:
    tagged(bus_lanes, "v1.0")
    edit("claims.yaml", "statement: By June 2024,", "statement: In summer 2024,")
    edit("editions/overview.yaml", "Buses are faster.", "Buses are quicker.")
    edit("editions/overview.yaml", "deliveries: {weight: 3}", "deliveries: {weight: 0}")

    ran = run_cli("compare", "overview@v1.0", "overview")

    assert (ran.code, ran.stderr) == (0, "")
    assert "1 claim does not say the same.\n" in ran.stdout
    assert "    [-By June-] 2024, the journey needed " in ran.stdout
    assert " | {+In summer+} 2024, the journey" in ran.stdout
    assert "[-faster.-]" in ran.stdout
    assert "Areas, gone (1)\n\n  deliveries: " in ran.stdout
    assert "Areas, moved (" in ran.stdout
    assert "only in" not in ran.stdout


def test_a_revision_without_a_difference_says_so(run_cli: RunCli, bus_lanes: Path) -> None:
    tagged(bus_lanes, "v1.0")

    ran = run_cli("compare", "overview@v1.0", "overview@HEAD")

    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.endswith("\n\nNothing differs in what the two print or rest on.\n")


def test_control_characters_in_the_data_do_not_reach_the_terminal(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("editions/overview.yaml", "id: history", 'id: "his\\e[2Jtory"')

    assert "\x1b" not in run_cli("compare", "overview", "shopkeepers").stdout


# --- JSON ---------------------------------------------------------------------


def test_json_holds_both_sides_the_overlap_and_every_claim(run_cli: RunCli) -> None:
    ran = run_cli("compare", "overview", "shopkeepers", "--format", "json")

    found: Any = json.loads(ran.stdout)
    assert (ran.code, ran.stderr) == (0, "")
    assert list(found) == [
        "differs", "a", "b", "overlap", "fields", "messages", "records", "claims",
    ]  # fmt: skip
    assert found["overlap"] == {
        "claims_in_both": 20,
        "claims_only_in_a": 10,
        "claims_only_in_b": 0,
        "claims_in_all": 30,
        "claims_that_differ": [],
        "opposite_positions": ["second-camera"],
    }
    assert len(found["claims"]) == 30
    assert found["b"]["question"] == "Should shops accept more bus lanes?"
    camera = next(record for record in found["records"] if record["id"] == "second-camera")
    assert (camera["outcome"], camera["a"]["position"]) == ("opposite", "endorse")
    assert "[@crates-carried]" in camera["wordings"][0]["b"]


# --- The page -----------------------------------------------------------------


@pytest.fixture
def page(bus_lanes: Path) -> str:
    return comparison_page(compare_named(bus_lanes, "overview", "shopkeepers").comparison)


def test_the_page_is_whole_and_every_note_leads_to_its_claim(page: str) -> None:
    read = Page(page)

    assert page.startswith("<!DOCTYPE html>\n")
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert sum(name.startswith("claim_") for name in read.ids) == 30


def test_the_page_asks_for_nothing_and_runs_nothing(page: str) -> None:
    read = Page(page)

    assert not read.elements & {"script", "link", "img", "iframe", "object", "embed", "base"}
    assert not read.attributes & LOADING
    assert not any(name.startswith("on") for name in read.attributes)
    assert all(link.startswith("#") for link in read.links)
    assert "://" not in page
    refuse_addresses(read.css)


def test_the_page_is_made_for_phone_print_and_dark_mode(page: str) -> None:
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    for medium in ("(max-width: 40rem)", "screen and (prefers-color-scheme: dark)", "print"):
        assert f"@media {medium} {{" in page


def test_text_of_the_data_is_no_markup_on_the_page(bus_lanes: Path, edit: Edit) -> None:
    edit("editions/overview.yaml", "title: Faster buses", "title: <script>x</script> & buses")
    edit("editions/overview.yaml", "lead: Buses are faster.", "lead: <b>Buses</b> are faster.")

    page = comparison_page(compare_named(bus_lanes, "overview", "shopkeepers").comparison)

    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &amp; buses" in page
    assert "&lt;b&gt;Buses&lt;/b&gt;" in page


def test_the_page_of_two_states_marks_what_changed(bus_lanes: Path, edit: Edit) -> None:
    tagged(bus_lanes, "v1.0")
    edit("claims.yaml", "statement: By June 2024,", "statement: In summer 2024,")
    edit("editions/overview.yaml", "What they did to", "What the lanes did to")

    page = comparison_page(compare_named(bus_lanes, "overview@v1.0", "overview").comparison)

    assert Page(page).open == []
    assert "<del>By June</del> 2024, the journey" in page
    assert "<ins>In summer</ins> 2024, the journey" in page
    assert "What <del>they</del> did to" in page
    assert "What <ins>the lanes</ins> did to" in page
    assert "What changed from overview@v1.0 to overview" in page


def test_a_claim_that_the_data_no_longer_has_is_told(
    run_cli: RunCli, bus_lanes: Path, edit: Edit
) -> None:
    tagged(bus_lanes, "v1.0")
    edit("claims.yaml", "- id: minutes-2024\n", "- id: minutes-later\n")

    ran = run_cli("compare", "overview@v1.0", "overview")

    assert ran.code == 0
    assert "1 stands in the data of one side alone.\n" in ran.stdout
    assert "Claims, in the data of one side alone (1)\n\n  minutes-2024 (" in ran.stdout
    assert ran.stderr.startswith("briefgen: the data has ")


def test_a_dossier_whose_head_cannot_be_read_is_compared_all_the_same(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("dossier.yaml", "as_of: 2024-06\n", "")

    ran = run_cli("compare", "overview", "shopkeepers", "--format", "html")

    assert ran.code == 0
    assert ran.stdout.startswith("<!DOCTYPE html>")
    assert ran.stderr.startswith("briefgen: the data has 1 error ")


def test_a_page_of_two_equal_states_says_so(bus_lanes: Path) -> None:
    tagged(bus_lanes, "v1.0")

    page = comparison_page(compare_named(bus_lanes, "overview@v1.0", "overview").comparison)

    assert "Nothing differs in what the two print or rest on." in page
    assert Page(page).open == []


# --- Files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"),
    [("two.html", "<!DOCTYPE html>\n"), ("two.json", "{\n"), ("deep/two.txt", "A  overview: ")],
)
def test_the_name_of_the_file_chooses_the_form(
    run_cli: RunCli, bus_lanes: Path, name: str, start: str
) -> None:
    ran = run_cli("compare", "overview", "shopkeepers", "--out", name)

    written = (bus_lanes / name).read_text("utf-8")
    assert (ran.code, ran.stdout, ran.stderr) == (0, f"{name}\n", "")
    assert written.startswith(start)
    assert written.endswith("\n")
    assert not written.endswith("\n\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "two.pdf"], "help: end it in one of .html, .json, .txt"),
        (["--out", "two.json", "--format", "html"], "help: end it in .html"),
        (["--out", "data"], "briefgen: data is a folder\n  help: name a file: data/compared.html"),
    ],
)
def test_a_file_whose_form_is_unclear_is_refused(
    run_cli: RunCli, options: list[str], said: str
) -> None:
    ran = run_cli("compare", "overview", "shopkeepers", *options)

    assert (ran.code, ran.stdout) == (2, "")
    assert said in ran.stderr


# --- Mistakes -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (
            ("overview", "overview"),
            (
                'briefgen: both sides are "overview", which is itself\n'
                "  help: compare it with shopkeepers or overview@REVISION\n"
            ),
        ),
        (
            ("overview", "shopkeeper"),
            (
                'briefgen: unknown edition "shopkeeper"\n'
                '  help: did you mean "shopkeepers"? editions: overview, shopkeepers\n'
            ),
        ),
        (
            ("@v1.0", "overview"),
            (
                'briefgen: "@v1.0" names no edition\n'
                "  help: write EDITION or EDITION@REVISION: overview@v1.0\n"
            ),
        ),
    ],
)
def test_sides_that_cannot_be_compared_are_wrong_usage(
    run_cli: RunCli, sides: tuple[str, str], said: str
) -> None:
    ran = run_cli("compare", *sides)

    assert (ran.code, ran.stdout, ran.stderr) == (2, "", said)


def test_an_edition_unknown_at_a_revision_names_the_revision(
    run_cli: RunCli, bus_lanes: Path
) -> None:
    tagged(bus_lanes, "v1.0")

    ran = run_cli("compare", "drivers@v1.0", "overview")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith('briefgen: at v1.0: unknown edition "drivers"\n  help: ')


def test_editions_of_two_dossiers_are_refused(run_cli: RunCli, bus_lanes: Path) -> None:
    data = bus_lanes / "data"
    shutil.copytree(data / "bus-lanes", data / "tram-lanes")

    ran = run_cli("compare", "bus-lanes/overview", "tram-lanes/overview")

    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr == (
        'briefgen: "overview" is of the dossier bus-lanes and "overview" of tram-lanes, so they '
        "share no claims or records\n  help: compare two editions of one dossier\n"
    )


def test_an_edition_that_cannot_be_read_is_an_error_in_the_data(
    run_cli: RunCli, edit: Edit
) -> None:
    edit("editions/shopkeepers.yaml", "question:", "asks:")

    ran = run_cli("compare", "overview", "shopkeepers")

    assert (ran.code, ran.stdout) == (1, "")
    assert "editions/shopkeepers.yaml:5:1: error[BG004]" in ran.stderr


def test_data_with_problems_is_compared_and_the_person_told(run_cli: RunCli, edit: Edit) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: 7")

    ran = run_cli("compare", "overview", "shopkeepers")

    assert ran.code == 0
    assert re.fullmatch(
        r"briefgen: the data has \d+ errors? by today's rules, so this may be incomplete; "
        r"see `briefgen check`\n",
        ran.stderr,
    )


def test_a_past_with_problems_is_compared_and_the_person_told(
    run_cli: RunCli, bus_lanes: Path, edit: Edit
) -> None:
    edit("claims.yaml", "credibility: 1", "credibility: 7")
    tagged(bus_lanes, "v1.0")
    edit("claims.yaml", "credibility: 7", "credibility: 1")

    ran = run_cli("compare", "overview@v1.0", "overview")

    assert ran.code == 0
    assert ran.stderr.startswith("briefgen: the data at v1.0 has ")
    assert "the first: v1.0:data/bus-lanes/" in ran.stderr


def test_a_length_that_an_edition_is_not_built_at_is_compared_and_the_person_told(
    run_cli: RunCli,
) -> None:
    ran = run_cli("compare", "overview", "shopkeepers", "--length", "brief")

    assert ran.code == 0
    assert ran.stderr == (
        "briefgen: overview is not built at this length, so this compares what it would print\n"
        "briefgen: shopkeepers is not built at this length, so this compares what it would print\n"
    )
    assert "length brief" in ran.stdout


def test_without_data_the_example_is_compared(run_cli: RunCli, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    ran = run_cli("compare", "india", "european-sceptic", cwd=empty)

    assert ran.code == 0
    assert ran.stderr == (
        "briefgen: no data/ here; using the example dossier that comes with briefgen\n"
    )
    assert "No fact differs" in ran.stdout


# --- Words --------------------------------------------------------------------


def test_prose_is_read_without_citations_and_marks() -> None:
    text = 'It has *grown* [@a; @b], says "one"; see [the page](https://example.org/x) [@c].'

    assert flat(text) == "It has grown, says “one”; see the page."
    assert parts_of("One\ntwo.\n\n- three\n- four") == ["One two.", "three", "four"]


def test_changes_are_marked_in_runs_of_words() -> None:
    old, new = mark_changes("a b c d [@x; @y].", "a e f d [@x; @z].")

    assert old == (("a", False), ("b c", True), ("d", False), ("[@x; @y].", True))
    assert new == (("a", False), ("e f", True), ("d", False), ("[@x; @z].", True))
