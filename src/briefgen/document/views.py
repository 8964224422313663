"""What templates see: records whose text already carries its field and its note marks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from briefgen.document.prose import render_blocks, render_inline, render_plain
from briefgen.dossier.base import PlainText, ProseIn, Record, RefTo
from briefgen.dossier.model import Dossier
from briefgen.edition.models import Lens, Reworded

MARKS = (RefTo, ProseIn, PlainText)
NO_LENS = Lens()
REPLACED = (*Reworded.model_fields, "owner", "horizon")
"""Fields of a record in whose place a view shows what the edition's lens says."""


class View:
    """A model as templates see it.

    `view.title` is the field as HTML that carries its `data-field`; a reference comes back as
    the view of its record, a list as a tuple; scores, choices and dates as they are.
    """

    __slots__ = ("_dossier", "_field", "_lens", "_lens_field", "_model")

    def __init__(
        self,
        model: BaseModel,
        field: str,
        dossier: Dossier,
        lens: Lens = NO_LENS,
        lens_field: str = "",
    ) -> None:
        self._model = model
        self._field = field
        self._dossier = dossier
        self._lens = lens
        self._lens_field = lens_field

    def __getattr__(self, name: str) -> Any:
        info = type(self._model).model_fields.get(name)
        if info is None:
            raise AttributeError(f"{type(self._model).__name__.lower()} has no {name}")
        value, field = getattr(self._model, name), f"{self._field}/{name}"
        for source, own_field in ((self._lens.text, "text/"), (self._lens, "")):
            if name in REPLACED and (own := getattr(source, name, None)):
                value, field = own, f"{self._lens_field}/{own_field}{name}"
        if name == "id":
            return value
        return self._show(value, _marks(info.annotation, tuple(info.metadata)), field)

    def __str__(self) -> str:
        # Printed whole it would show Python's name of it, with an address in memory.
        name = type(self._model).__name__.lower()
        fields = ", ".join(sorted(type(self._model).model_fields))
        raise TypeError(f"this is a whole {name}, not a text; print one of its fields: {fields}")

    def _show(self, value: Any, marks: tuple[Any, ...], field: str) -> Any:
        if isinstance(value, str):
            return self._show_text(value, marks, field)
        if isinstance(value, tuple):
            return tuple(
                self._show(item, marks, f"{field}/{getattr(item, 'id', i)}")
                for i, item in enumerate(value)
            )
        if isinstance(value, BaseModel):
            return View(value, field, self._dossier)
        return value

    def _show_text(self, value: str, marks: tuple[Any, ...], field: str) -> Any:
        kinds = {type(mark): mark for mark in marks}
        if RefTo in kinds:
            return view_of(value, self._dossier)
        if ProseIn in kinds:
            render = render_blocks if kinds[ProseIn].blocks else render_inline
            return render(value, field)
        return render_plain(value, field) if PlainText in kinds else value


class ChosenView(NamedTuple):
    """A chosen record in the edition's wording, and what the edition says about it."""

    record: View
    lens: View
    tier: int
    """How much of the record is shown, 1 to 3."""


def view_of(record_id: str, dossier: Dossier) -> View:
    """The view of any record of the dossier, in the shared wording.

    Raises:
        KeyError: there is no such record; references are checked before anything is composed.
    """
    found = dossier.find(record_id)
    if found is None:
        raise KeyError(record_id)
    kind, record = found
    return View(record, f"{kind}/{record_id}", dossier)


def chosen_views(
    kind: str, chosen: Iterable[tuple[Record, Lens, int]], edition_id: str, dossier: Dossier
) -> tuple[ChosenView, ...]:
    """Views of the records of one kind that a brief shows, in its order."""
    views = []
    for record, lens, tier in chosen:
        lens_field = f"editions/{edition_id}/lens/{kind}/{record.id}"
        views.append(
            ChosenView(
                View(record, f"{kind}/{record.id}", dossier, lens, lens_field),
                View(lens, lens_field, dossier),
                tier,
            )
        )
    return tuple(views)


def _marks(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, ...]:
    """The marks of a field, or of the members of its union or list."""
    if found := tuple(mark for mark in metadata if isinstance(mark, MARKS)):
        return found
    for arg in get_args(annotation):
        if found := _marks(arg, tuple(getattr(arg, "__metadata__", ()))):
            return found
    return ()
