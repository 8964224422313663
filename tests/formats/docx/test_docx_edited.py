"""An edited copy of a Word file of ours: what is read of it, beside its text."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from docx_edit import DECLARED, by, changed, exported, gone, in_part, p, r, snapshot_of
from docx_office import office
from docx_opened import Opened
from shipped import LAYOUTS, Case, engine, target_of

from briefgen.edition.tailor import tailor
from briefgen.formats.docx.edited import EditedFile, accept_all, read_edited, reject_all
from briefgen.formats.docx.marks import W15, key_of
from briefgen.formats.docx.reading import Emphasis, Stretch
from briefgen.formats.docx.threads import W14, Comment, Reply
from briefgen.formats.word_options import WordOptions

DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
ANNOTATED = WordOptions(annotate=True)


def edited(data: bytes, tmp_path: Path) -> EditedFile:
    path = tmp_path / "edited by Ann.docx"
    path.write_bytes(data)
    return read_edited(path)


def related(data: bytes, kind: str, name: str, xml: str) -> bytes:
    """The file with one more part that the main part names."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rIdX{kind}" Type="{office}/{kind}" Target="{name}"/>'
    end = b"</Relationships>"
    data = in_part(data, RELATIONS, end, relation.encode() + end)
    return changed(data, more={f"word/{name}": xml.encode()})


def test_a_file_that_nobody_edited_says_what_was_exported(tmp_path: Path) -> None:
    data = exported()
    read = edited(data, tmp_path)
    heading, text, item = read.paragraphs()

    assert (read.name, read.sha256) == ("edited by Ann.docx", sha256(data).hexdigest())
    assert read.program == "briefgen"
    assert (read.revisions, read.comments) == ((), ())
    assert read.snapshot.values["areas/watch/title"] == "Watch"
    assert heading.controls == heading.marks == (Stretch(key_of("areas/watch/title", 0), 0, 5),)
    assert text.emphasis == (
        (17, 22, Emphasis(em=True)),
        (26, 29, Emphasis(href="https://example.org/sea")),
    )
    assert (text.is_item, item.is_item) == (False, True)
    assert (text.notes, read.notes()) == (((30, "1"),), {"1": "Nilsen, Ports."})
    assert [paragraph.as_read().text for paragraph in read.snapshot.paragraphs] == [
        q.text for q in (heading, text, item)
    ]


def test_each_view_has_text_and_notes(tmp_path: Path) -> None:
    data = in_part(exported(), DOCUMENT, b"<w:t>Watch</w:t>", b"<w:t>Guard</w:t>")
    change = by("del", "Ann", gone("Old.")) + by("ins", "Bo", r("New."))
    data = in_part(data, DOCUMENT, b"<w:sectPr", f"{p(change)}<w:sectPr".encode())
    note = f"{by('ins', 'Ann', r('See '))}</w:p></w:footnote></w:footnotes>"
    data = in_part(data, "word/footnotes.xml", b"</w:p></w:footnote></w:footnotes>", note.encode())
    read = edited(data, tmp_path)

    assert [(q.number, q.kind, q.author, q.text) for q in read.revisions] == [
        (1, "deleted", "Ann", "Old."),
        (2, "inserted", "Bo", "New."),
        (3, "inserted", "Ann", "See "),
    ]
    for accepts, last, note_text in (
        (accept_all, "New.", "Nilsen, Ports.See"),
        (reject_all, "Old.", "Nilsen, Ports."),
        (lambda revision: revision.author == "Ann", "", "Nilsen, Ports.See"),
    ):
        paragraphs = read.paragraphs(accepts)
        assert (paragraphs[0].text, paragraphs[-1].text) == ("Guard", last)
        assert read.notes(accepts) == {"1": note_text}


def test_endnotes_have_names_of_their_own(tmp_path: Path) -> None:
    notes = (
        f'<w:endnotes {DECLARED}><w:endnote w:type="separator" w:id="0">{p()}</w:endnote>'
        f'<w:endnote w:id="1">{p("<w:r><w:endnoteRef/></w:r>", r(" By hand."))}{p(r("More."))}'
        "</w:endnote></w:endnotes>"
    )
    read = edited(related(exported(), "endnotes", "endnotes.xml", notes), tmp_path)

    assert read.notes() == {"1": "Nilsen, Ports.", "e1": "By hand.\nMore."}


def comment(number: int, author: str, text: str, end: str = "") -> str:
    about = f'w:id="{number}" w:author="{author}" w:date="2026-11-03T09:00:00Z"'
    first, last = p(r("First.")), f'<w:p w14:paraId="{end}">{r(text)}</w:p>'
    return f"<w:comment {about}>{first}{last}</w:comment>"


def answers(*entries: tuple[str, str, int]) -> str:
    said = "".join(
        f'<w15:commentEx w15:paraId="{end}" w15:done="{done}"'
        + (f' w15:paraIdParent="{parent}"/>' if parent else "/>")
        for end, parent, done in entries
    )
    return f'<w15:commentsEx xmlns:w15="{W15}" xmlns:w14="{W14}">{said}</w15:commentsEx>'


def commented(comments: list[str], said: str | None = None) -> bytes:
    root = f"<w:comments {DECLARED}>{''.join(comments)}</w:comments>"
    data = related(exported(), "comments", "remarks.xml", root)
    return data if said is None else related(data, "commentsExtended", "said.xml", said)


def test_comments_come_with_their_answers(tmp_path: Path) -> None:
    comments = [
        comment(0, "Ann", "Why?", "A1"),
        comment(1, "Bo", "Because.", "B2"),
        comment(2, "Cy", "Done.", "C3"),
        comment(3, "Ann", "I see.", "D4"),
    ]
    said = answers(("A1", "", 0), ("B2", "A1", 0), ("C3", "", 1), ("D4", "B2", 0))
    date = "2026-11-03T09:00:00Z"

    assert edited(commented(comments, said), tmp_path).comments == (
        Comment(
            "0",
            "Ann",
            date,
            "First.\nWhy?",
            (Reply("Bo", date, "First.\nBecause."), Reply("Ann", date, "First.\nI see.")),
        ),
        Comment("2", "Cy", date, "First.\nDone.", done=True),
    )


@pytest.mark.parametrize(
    "said",
    [
        None,
        answers(("A1", "B2", 0), ("B2", "A1", 0)),
        answers(("A1", "A1", 0), ("B2", "nowhere", 0)),
    ],
)
def test_no_comment_is_lost_where_nothing_fits(said: str | None, tmp_path: Path) -> None:
    comments = [comment(0, "Ann", "Why?", "A1"), comment(1, "Bo", "So.", "B2")]
    read = edited(commented([*comments, "<w:comment/>", "<w:comment/>"], said), tmp_path)

    assert [c.text for c in read.comments] == ["First.\nWhy?", "First.\nSo.", "", ""]


def test_two_comments_that_end_alike_are_two(tmp_path: Path) -> None:
    comments = [comment(0, "Ann", "Why?", "A1"), comment(1, "Bo", "So.", "A1")]

    assert [c.author for c in edited(commented(comments), tmp_path).comments] == ["Ann", "Bo"]


def test_comments_are_tamed(tmp_path: Path) -> None:
    data = commented([comment(0, "A\u202en\u0085n", f"x\u200b{'y' * 30_000}")])
    [found] = edited(data, tmp_path).comments

    assert found.author == "Ann"
    assert found.text.startswith("First.\nxyyy")
    assert len(found.text) == 20_000


def test_our_own_comments_are_known_until_somebody_changes_them(tmp_path: Path) -> None:
    data = exported(ANNOTATED)
    as_ann = in_part(data, "word/comments.xml", b'w:author="briefgen"', b'w:author="Ann"')
    longer = in_part(data, "word/comments.xml", b"Not all agree.", b"Not all agree. Bo does.")

    assert [c.is_ours for c in edited(data, tmp_path).comments] == [True]
    assert [c.is_ours for c in edited(as_ann, tmp_path).comments] == [False]
    assert [c.is_ours for c in edited(longer, tmp_path).comments] == [False]


@pytest.mark.parametrize(
    ("application", "shown"),
    [
        (
            "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion>",
            "Microsoft Office Word 16.0000",
        ),
        ("<Application>LibreOffice/7.4.7.2$Linux_X86_64 p/40</Application>", "LibreOffice/7.4.7.2"),
        ("<Application>A\u202eb</Application>", "Ab"),
        ("", ""),
    ],
)
def test_the_program_is_the_one_that_saved_it(application: str, shown: str, tmp_path: Path) -> None:
    old = b"<Application>briefgen</Application>"
    data = in_part(exported(), "docProps/app.xml", old, application.encode())

    assert edited(data, tmp_path).program == shown


def test_what_heads_and_feet_say_now_can_be_compared(tmp_path: Path) -> None:
    data = exported()
    name = next(
        n
        for n in Opened(data).names
        if n.startswith("word/header") and b"Island" in Opened(data).raw[n]
    )
    read = edited(in_part(data, name, b"Island edition", b"Our edition"), tmp_path)

    assert set(read.furniture) - set(read.snapshot.furniture) == {
        "Open harbours first\tOur edition"
    }


def test_the_main_part_may_have_any_name(tmp_path: Path) -> None:
    data = changed(exported(), lambda _, c: c.replace(b"word/document.xml", b"word/text.xml"))
    with_names = Opened(data).raw
    moved = {
        "word/text.xml": with_names[DOCUMENT],
        "word/_rels/text.xml.rels": with_names[RELATIONS],
    }
    gone_names = (DOCUMENT, RELATIONS)
    data = changed(data, lambda n, c: None if n in gone_names else c, moved)

    assert len(edited(data, tmp_path).paragraphs()) == 3


# LibreOffice


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[EditedFile, EditedFile]]:
    """Files as they were exported, and as LibreOffice saved them."""
    folder = tmp_path_factory.mktemp("libreoffice")
    files = {
        "ours": exported(ANNOTATED),
        **{layout: _brief(layout) for layout in LAYOUTS},
    }
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    office(folder / "saved", "docx", *sorted(folder.glob("*.docx")))
    return {
        name: (read_edited(folder / f"{name}.docx"), read_edited(folder / f"saved/{name}.docx"))
        for name in files
    }


def _brief(layout: str) -> bytes:
    case: Case = ("bus-lanes", "overview", layout, "full")
    target = target_of(case)
    made = engine(case[0])
    return made.render(
        made.compose(tailor(target.dossier.dossier, target.edition, "full")), layout, "docx"
    )


@pytest.mark.parametrize("name", ["ours", *LAYOUTS])
def test_what_libreoffice_saves_reads_as_it_was(
    name: str, saved: dict[str, tuple[EditedFile, EditedFile]]
) -> None:
    before, after = saved[name]

    assert after.snapshot == before.snapshot
    assert re.fullmatch(r"LibreOffice/\d+\.[\d.]+", after.program)
    for view in (accept_all, reject_all):
        for old, new in zip(before.paragraphs(view), after.paragraphs(view), strict=True):
            assert (new.text, new.emphasis, new.is_item) == (old.text, old.emphasis, old.is_item)
            assert (set(new.marks), new.cell) == (set(old.marks), old.cell)
            assert [at for at, _ in new.notes] == [at for at, _ in old.notes]
            assert [where for _, *where in new.comments] == [where for _, *where in old.comments]
        assert list(after.notes(view).values()) == list(before.notes(view).values())
    assert set(after.furniture) == set(before.furniture)
    assert [c.text for c in after.comments] == [c.text for c in before.comments]
    assert all(c.is_ours for c in after.comments)
    assert after.revisions == ()


def test_ids_of_notes_change_and_their_texts_do_not(
    saved: dict[str, tuple[EditedFile, EditedFile]],
) -> None:
    """Why the snapshot has the texts."""
    before, after = saved[LAYOUTS[0]]

    assert list(after.notes()) != list(before.notes())
    assert {note.text for note in after.snapshot.notes.values()} == set(after.notes().values())


def test_the_snapshot_says_which_comments_are_ours() -> None:
    assert "comments" not in snapshot_of(exported())
    assert len(snapshot_of(exported(ANNOTATED))["comments"]) == 1
