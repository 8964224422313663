"""The seal: any byte that changes is noticed, and nothing else moves."""

from __future__ import annotations

import pytest

from briefgen.formats.seal import (
    META,
    UNSEALED,
    sealed,
    sealed_parts,
    state_of,
    state_of_parts,
)

PAGE = f'<html><meta name="{META}" content="{UNSEALED}"><p>Text</p></html>'.encode()
ITEM = f'<seal xmlns="urn:briefgen:seal">{UNSEALED}</seal>'.encode()
PARTS = {"word/document.xml": b"<p>Text</p>", "customXml/item3.xml": ITEM}


def test_sealing_moves_no_byte() -> None:
    done = sealed(PAGE)

    assert len(done) == len(PAGE)
    assert done != PAGE
    assert sealed(done) == done
    assert state_of(done) == "intact"


@pytest.mark.parametrize("at", range(len(PAGE)))
def test_each_byte_counts(at: int) -> None:
    done = sealed(PAGE)

    assert state_of(done[:at] + bytes([done[at] ^ 1]) + done[at + 1 :]) != "intact"


def test_a_byte_more_or_less_counts() -> None:
    done = sealed(PAGE)

    assert {state_of(done[:-1]), state_of(done + b"\n"), state_of(b" " + done)} == {"changed"}


def test_room_that_was_never_filled_is_no_seal_that_holds() -> None:
    assert state_of(PAGE) == "changed"


def test_without_room_nothing_is_sealed() -> None:
    assert sealed(b"<html></html>") == b"<html></html>"
    assert state_of(b"<html></html>") == "none"
    assert state_of_parts({"word/document.xml": b"<p>Text</p>"}) == "none"


def test_the_parts_of_a_word_file_may_lie_in_any_order() -> None:
    done = sealed_parts(PARTS)

    assert state_of_parts(done) == "intact"
    assert state_of_parts(dict(reversed(done.items()))) == "intact"
    assert list(done) == list(PARTS)


@pytest.mark.parametrize(
    "change",
    [
        {"word/document.xml": b"<p>Texts</p>"},
        {"word/more.xml": b""},
        {"customXml/item3.xml": ITEM},
        {"customXml/item3.xml": b'<s:seal xmlns:s="urn:briefgen:seal">written anew</s:seal>'},
        {"customXml/item4.xml": ITEM},
    ],
)
def test_a_part_that_is_other_or_more_counts(change: dict[str, bytes]) -> None:
    assert state_of_parts({**sealed_parts(PARTS), **change}) == "changed"


def test_a_part_that_is_gone_or_renamed_counts() -> None:
    done = sealed_parts(PARTS)
    text = done.pop("word/document.xml")

    assert state_of_parts(done) == "changed"
    assert state_of_parts({**done, "word/other.xml": text}) == "changed"


def test_a_text_that_looks_like_a_seal_is_none() -> None:
    parts = {**PARTS, "word/document.xml": ITEM}

    assert sealed_parts(parts)["word/document.xml"] == ITEM
    assert state_of_parts(sealed_parts(parts)) == "intact"
