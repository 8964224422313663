"""An analyst's afternoon: two editions, two reviewers, and data that moves on meanwhile.

Anna edits the overview in Word, with tracked changes. Ben edits the shopkeepers' edition in
LibreOffice, without. While they read, somebody goes on with the data. In the evening every one of
their words is in the data or in what is to be settled.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desk import Desk
from libreoffice_editing import edit_in_libreoffice
from word_editing import WordFile, text_of

if TYPE_CHECKING:
    from conftest import Edit, RunCli

MEMO = "See the memo of the harbour office."
PRIORY = "Residents of Priory Road have asked for a hearing first."


def annas(word: WordFile) -> WordFile:
    """Edits in Word, as Anna makes them."""
    word.replace("faster than before the trial", "quicker than before the trial", "Anna")
    word.replace("13 minutes against 17", "14 minutes against 17", "Anna")
    word.replace("Three remedies are on the table", "Three cures are on the table", "Anna")
    word.comment("Trade is disputed", "By whom, exactly?", "Anna", "By the traders.", "Carla")
    word.move(
        word.find("A second phase, in Priory Road"), word.find("Its money")
    ) if False else None
    second = word.find("A second phase, in Priory Road")
    word.move(word.find("The committee approved an ETO"), second)
    word.add_paragraph(word.find("The committee approved an ETO"), PRIORY)
    word.note("Officers see no effect on visitors", MEMO)
    word.remove_tracked(word.find("Take up the early green"), "Anna")
    word.format("not one vote", "i") if False else None
    return word


BENS = (
    ("replace", "Not before the tills have been read", "Not until the tills have been read"),
    ("replace", "61 of 86 members", "63 of 86 members"),
    ("append", "Vans unload in Mill Lane", ", even on Sundays,")
    if False
    else ("italics", "before they"),
)
