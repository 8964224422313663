"""What every layout must print, whatever else it leaves out: honesty is not a matter of taste."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from briefgen.edition.tailor import Brief
from briefgen.problems import Place, Problem


def check_required(tree: etree._Element, brief: Brief, where: Place) -> Iterator[Problem]:
    """What the composed page lacks of the answer, the messages, the stance and the other side."""
    printed = _fields(tree)
    in_case = {
        field
        for box in tree.iter("aside")
        if "case" in (box.get("class") or "").split()
        for field in _fields(box)
    }
    own = f"editions/{brief.edition.id}/"
    for field in _anywhere(brief):
        if own + field not in printed:
            mend = "print the field in one of the layout's templates"
            yield Problem(where, "BG057", f"the layout does not print {own}{field}", mend)
    for field in _case_against(brief):
        if own + field not in in_case:
            what = f"the case against does not hold {own}{field}"
            yield Problem(where, "BG057", what, "print the field in the layout's `aside.case`")
    if not any(_is_filled_disclosure(aside) for aside in tree.iter("aside")):
        what = "the layout does not say what the document leaves out"
        mend = 'print the sentences of `disclosure` in an `<aside class="disclosure">`'
        yield Problem(where, "BG057", what, mend)


def _anywhere(brief: Brief) -> Iterator[str]:
    yield "bottom_line"
    for message in brief.messages:
        yield from (f"key_messages/{message.id}/lead", f"key_messages/{message.id}/text")
    if brief.edition.stance.label:
        yield "stance/label"


def _case_against(brief: Brief) -> Iterator[str]:
    """What stands in the box against the edition; on one page only its counter-view."""
    if "case-against" not in brief.sections or not brief.edition.counter_view:
        return
    yield "counter_view"
    if brief.length == "one-page":
        return
    if brief.edition.stance.weakness:
        yield "stance/weakness"
    for message in brief.messages:
        if message.counter:
            yield f"key_messages/{message.id}/counter"


def _fields(tree: etree._Element) -> set[str]:
    return {field.partition("#")[0] for e in tree.iter() if (field := e.get("data-field"))}


def _is_filled_disclosure(aside: etree._Element) -> bool:
    is_one = "disclosure" in (aside.get("class") or "").split()
    return is_one and any(str(text).strip() for text in aside.itertext())
