"""Valid and accessible by proof: the Word file of every edition, layout and length.

Three independent validators and our own checks report nothing. The documents are those before the
cuts of a page budget, which only take away.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import ooxml_integrity
import pytest
from docx_accessibility import barriers
from docx_opened import Opened, find, text_of
from docx_sample import sample, word_style
from docx_soundness import faults, wide_bookmarks
from ooxml_validator import validate
from openxml_audit import OpenXmlValidator
from shipped import LAYOUTS, Case, cases, engine, target_of
from starting import start

from briefgen.build.engine import Engine
from briefgen.build.project import find_targets, load_project
from briefgen.edition.tailor import tailor
from briefgen.formats.docx.edited import NotReviewable, accept_all, read_edited, reject_all
from briefgen.formats.docx.reading import ReadParagraph
from briefgen.formats.docx.render import render_docx
from briefgen.formats.word_options import FOR_EDITING, WordOptions
from briefgen.review.review import review_edited

COPIES = (WordOptions(final=True), WordOptions(annotate=True))
ALL = [
    *product(cases(), [FOR_EDITING]),
    *product([("japan-nato", "india", layout, "full") for layout in LAYOUTS], COPIES),
]


@pytest.fixture(scope="module", params=ALL, ids=lambda made: "-".join((*made[0], made[1].suffix)))
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word file, made once for all tests."""
    case: Case
    case, options = request.param
    name, _, layout, length = case
    target = target_of(case)
    document = engine(name).compose(tailor(target.dossier.dossier, target.edition, length))
    file = tmp_path_factory.mktemp("word") / "brief.docx"
    file.write_bytes(engine(name).render(document, layout, "docx", word=options))
    return file


@pytest.fixture(scope="module")
def opened(path: Path) -> Opened:
    return Opened(path.read_bytes())


def audit(path: Path) -> list[str]:
    return list(map(str, OpenXmlValidator().validate(path).errors))


def integrity(path: Path) -> list[str]:
    return list(map(str, ooxml_integrity.check(path)))


VALIDATORS = pytest.mark.parametrize("validator", [validate, audit, integrity])


@VALIDATORS
def test_an_independent_validator_reports_nothing(
    path: Path, validator: Callable[[Path], list[str]]
) -> None:
    assert validator(path) == []


def test_it_reads_back_as_it_was_exported(path: Path) -> None:
    """In both views: nobody has edited it. A copy for publication has nothing to read."""
    if b"urn:briefgen:snapshot" not in b"".join(Opened(path.read_bytes()).raw.values()):
        with pytest.raises(NotReviewable, match="--final copy"):
            read_edited(path)
        return
    edited = read_edited(path)
    snapshot = edited.snapshot

    exported = [paragraph.as_read() for paragraph in snapshot.paragraphs]
    for view in (accept_all, reject_all):
        assert list(map(as_exported, edited.paragraphs(view))) == list(map(as_exported, exported))
        assert edited.notes(view) == {number: note.text for number, note in snapshot.notes.items()}
    assert [{(c.key, c.start, c.end) for c in read.controls} for read in edited.paragraphs()] == [
        {(m.key, m.start, m.end) for m in paragraph.marks} for paragraph in exported
    ]
    assert edited.furniture == snapshot.furniture
    assert edited.revisions == ()
    assert all(comment.is_ours for comment in edited.comments)
    assert edited.program == "briefgen"


def test_a_review_of_it_finds_no_edit(request: pytest.FixtureRequest, path: Path) -> None:
    """Field by field, as the data is: nothing was changed, added, taken out or moved."""
    (case, options) = request.node.callspec.params["path"]
    if options.final:
        return
    for accepts in (accept_all, reject_all):
        review = review_edited(read_edited(path), target_of(case).dossier, accepts)
        found = (review.changes, review.loose, review.comments, review.revisions, review.destroyed)
        assert found == ([], [], [], [], [])


def as_exported(paragraph: ReadParagraph) -> ReadParagraph:
    """What a snapshot keeps of a paragraph, without what only the writer knows."""
    kept = ("text", "marks", "notes", "emphasis", "is_item")
    return ReadParagraph(**{name: getattr(paragraph, name) for name in kept})


@VALIDATORS
def test_the_sample_is_valid_and_with_faults_it_is_not(
    tmp_path: Path, validator: Callable[[Path], list[str]]
) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(render_docx(sample(), word_style()))
    assert validator(path) == []

    whole = Opened(path.read_bytes())
    with ZipFile(path, "w") as archive:
        for name, data in whole.raw.items():
            broken = data.replace(b'Reference w:id="1"/>', b'Reference w:id="99"/>')
            archive.writestr(name, broken.replace(b"<w:keepNext/>", b"<w:keepNexte/>"))

    assert validator(path)


def test_nothing_is_left_open_or_leads_nowhere(opened: Opened) -> None:
    assert faults(opened) == []


def test_every_bookmark_lies_in_one_paragraph(opened: Opened) -> None:
    assert wide_bookmarks(opened) == []


def test_no_number_of_a_caption_is_typed(opened: Opened) -> None:
    captions = opened.paragraphs("Caption")

    assert [text_of(p) for p in captions if not find(p, ".//w:fldSimple")] == []


def test_nothing_keeps_a_reader_out(opened: Opened) -> None:
    assert barriers(opened) == []


def test_the_files_of_a_new_dossier_are_sound(tmp_path: Path) -> None:
    start(tmp_path)
    project = load_project(tmp_path)
    engine = Engine(project)
    path = tmp_path / "brief.docx"
    for target, layout in product(find_targets(project, []), LAYOUTS):
        edition = target.edition.model_copy(update={"layout": layout})
        made = engine.compose(tailor(target.dossier.dossier, edition, "full"))
        path.write_bytes(engine.render(made, layout, "docx"))
        opened = Opened(path.read_bytes())

        assert [*faults(opened), *barriers(opened)] == []
        assert [*validate(path), *audit(path), *integrity(path)] == []
