"""What fields mean: the docstrings behind them."""

from __future__ import annotations

from briefgen.dossier.base import Model
from briefgen.dossier.meanings import meanings


class Sized(Model):
    """A base."""

    size: int
    """In millimetres.

    Of the sheet.
    """
    colour: str
    """As it was named first."""


class Named(Sized):
    """Takes over one field, tells one anew, and leaves one untold."""

    _count = 0
    """No field."""
    colour: str
    """As it is printed."""
    name: str
    untold: int = 0
    later: str = ""
    """The last."""


def test_a_field_has_the_docstring_behind_it_or_that_of_its_base() -> None:
    assert meanings(Named) == {
        "size": "In millimetres.\n\nOf the sheet.",
        "colour": "As it is printed.",
        "later": "The last.",
    }


def test_what_a_base_says_stands_there_as_it_did() -> None:
    assert meanings(Sized)["colour"] == "As it was named first."
