"""The passive voice of English, found by its form: a form of be or get, then a past participle.

No parser of sentences: those that are kept up need a model that is downloaded, and a share of
sentences needs no more than this. `tests/dossier/test_passive.py` says how often it is right.
"""

from __future__ import annotations

import re

_IRREGULAR = """
abandoned arisen awoken beaten become begun bent bet bid bitten blown borne bought bound bred broken
broadcast brought built burnt burst cast caught chosen cut dealt done drawn driven drunk dug eaten
fallen fed felt flown forbidden foreseen forgotten forgiven fought found frozen given ground grown
held hidden hit hung hurt kept known laid lain lost led left lent let lit made meant met misled
misunderstood outdone overcome overseen overtaken paid proven put read rebuilt redone rethought
retold rewritten ridden risen rung said seen sent set sewn shaken shed shone shot shown shrunk shut
slain sold sought sown split spoken spent spread spun stolen stricken struck stuck stung sung sunk
swept sworn swung taken taught thought thrown told torn understood undertaken undone upheld
withdrawn withheld won worn woven written
"""
IRREGULAR = frozenset(_IRREGULAR.split())
"""Past participles that do not end in -ed."""
_NO_PARTICIPLES = """
bed bleed breed creed deed exceed feed greed hatred hundred indeed kindred naked need proceed red
sacred seed shred sled speed succeed weed wicked
"""
NO_PARTICIPLES = frozenset(_NO_PARTICIPLES.split())
"""Words in -ed that are no participles."""
_ADJECTIVES = """
advanced allied committed complicated concerned crowded detailed determined experienced interested
interrelated limited mixed opposed pleased prepared related sophisticated supposed tired united
unprecedented worried
"""
ADJECTIVES = frozenset(_ADJECTIVES.split())
"""Participles that have become adjectives: nobody does anything in "Japan is concerned"."""
UNDONE = re.compile(r"un(?!veil|ifi|load|cover|lock|ravel)\w+ed")
"""What has not been done is a state: "unconfirmed", but not "unveiled"."""
_BETWEEN = """
again all already also always as at best better both each even ever far first further here hence
just last later least less long longer more most much never no not now often once only quite rather
seldom so sometimes soon still then there thus today together too twice well yet
"""
"""Small words that may stand between the two; so may any in -ly."""
BE = (
    r"am|is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|"
    r"get|gets|got|gotten|getting"
)
PASSIVE = re.compile(
    rf"\b(?:{BE})\b"
    r"(?:,[^,;:]{1,40},)?"  # "is, we judge, hindered"
    rf"(?:\s+(?:{'|'.join(_BETWEEN.split())}|\w+ly))*"
    r"(?=\s+(\w+)(?![\w'-]))",  # ahead: "being" may be the form of be of a participle itself
    re.IGNORECASE,
)


def is_passive(sentence: str) -> bool:
    """Whether the sentence has a verb in the passive voice.

    A participle without its form of be ("a list accepted by NATO") is not counted, nor one that
    stands before its subject ("nor are supplies spread").
    """
    return any(_is_participle(match[1].lower()) for match in PASSIVE.finditer(_straight(sentence)))


def _is_participle(word: str) -> bool:
    if word in IRREGULAR:
        return True
    is_state = word in NO_PARTICIPLES or word in ADJECTIVES or bool(UNDONE.fullmatch(word))
    return word.endswith("ed") and not is_state


def _straight(text: str) -> str:
    return text.replace("’", "'")
