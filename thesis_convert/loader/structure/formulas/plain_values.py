"""Tells the values in the cells of tables from formulas.

In: a run of words that reads as a formula. Out: whether it is a number as tables have it: with its sign and error
("88.1 ± 3.3"), a bound ("< 0.001"), a power of ten, the stars of significance. TeX sets such a cell in math type, yet
it says nothing that text could not say, and text can be sorted, copied and read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.words import LEFT, RIGHT, Kind, Token

_SIGNS = frozenset("+-−–±×/%<>=≤≥⩽⩾≈∼~·⋅.,;:") | LEFT | RIGHT
_STARS = frozenset("*∗⋆†‡§¶")
_RELATIONS = frozenset("<>=≤≥⩽⩾≈∼~")
_STATISTICS = frozenset("pPnN")
"""A probability and the size of a sample: with their value they are as much text as that is."""


def is_plain_value(run: Sequence[Token]) -> bool:
    """Whether a run is a number with what belongs to it, and nothing is above or below anything else but powers."""
    named = len(run) > 2 and run[0].word.text in _STATISTICS and run[1].word.text in _RELATIONS
    values = run[1:] if named else run
    line = [token for token in values if not token.script]
    if not any(char.isdigit() for token in line for char in token.word.text):
        return False
    if any(token.kind is Kind.ACCENT or not _is_plain(token) for token in values):
        return False
    baseline = line[0].word.baseline
    return all(token.word.baseline > baseline for token in values if token.script)


def _is_plain(token: Token) -> bool:
    allowed = _SIGNS | _STARS if token.script else _SIGNS
    return all(char.isdigit() or char in allowed for char in token.word.text)
