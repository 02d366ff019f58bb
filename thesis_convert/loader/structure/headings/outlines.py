"""Finds headings whose numbers begin again within each heading above: A, B under I, and A, B, C under II.

In: candidates, and the headings that are known. Out: the candidates that count up within these. Items of
lists do so too, so the numbers must be set in a type of their own, and stand apart from the text. In East Asian
theses, where 一、 （一） 1. (1) and ① rank below sections, it is enough that text stands under each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.counting import is_rank, number_format
from thesis_convert.loader.structure.headings.candidates import Candidate
from thesis_convert.loader.structure.headings.styles import Style
from thesis_convert.loader.structure.numbering import HANGUL_LETTERS, Numbered
from thesis_convert.loader.structure.ordinals import read_ordinal
from thesis_convert.roman import parse_roman

MIN_HEADINGS = 4
"""So many headings of one kind tell that their numbers begin again on purpose."""
MAX_RANKS = 5
"""So many kinds of numbers begin again within each other, at most."""
RIGHT = 0.9
"""Share of the numbers of one kind that are next after the one before, or begin again under a new heading."""
_STOPS = ("；", "：", "，", "、", ";", ":", ",", ".")
"""Items of lists end with these, titles do not."""


class _Step(NamedTuple):
    """A number of one kind: its candidate, what it counts, and how many known headings stand before it."""

    candidate: Candidate
    value: int
    above: int


def find_outline(candidates: Sequence[Candidate], headings: Sequence[Candidate]) -> list[Candidate]:
    """The candidates whose numbers begin again under the `headings` that are known, or under each other."""
    found: list[Candidate] = []
    for _ in range(MAX_RANKS):
        further = _find_rank(candidates, [*headings, *found])
        if not further:
            break
        found += further
    return found


def _find_rank(candidates: Sequence[Candidate], headings: Sequence[Candidate]) -> list[Candidate]:
    known = {heading.key for heading in headings}
    kinds: defaultdict[tuple[str, Style], list[_Step]] = defaultdict(list)
    above = 0
    for candidate in sorted({c.key: c for c in (*candidates, *headings)}.values(), key=lambda c: c.place):
        if candidate.key in known:
            above += 1
            continue
        number = candidate.number
        if number is None or not (_ranks(candidate) or (candidate.apart == 2 and _is_set_off(candidate.style))):
            continue
        value = _read_value(number)
        if value is not None:
            kinds[number_format(number), candidate.style._replace(name="")].append(_Step(candidate, value, above))
    return [step.candidate for steps in kinds.values() if _is_outline(steps) for step in steps]


def _ranks(candidate: Candidate) -> bool:
    """Whether a title is counted as those below sections are in East Asian theses, in whatever type."""
    return candidate.number is not None and is_rank(candidate.number) and not candidate.text.endswith(_STOPS)


def _is_set_off(style: Style) -> bool:
    return style.bold or style.italic or style.small_caps or style.capitals


def _is_outline(steps: Sequence[_Step]) -> bool:
    if sum(_is_next_line(*pair) for pair in pairwise(steps)) > (1 - RIGHT) * len(steps):
        return False  # a list
    begun = sum(step.value == 1 for step in steps)
    if len(steps) < MIN_HEADINGS or begun < 2:
        return False
    right = sum(
        step.value == before.value + 1 if step.above == before.above else step.value == 1
        for before, step in pairwise(steps)
    )
    return right >= RIGHT * (len(steps) - 1) and steps[0].value == 1


def _is_next_line(step: _Step, following: _Step) -> bool:
    """Whether nothing stands between two numbers."""
    page, place = step.candidate.place
    return following.candidate.place == (page, place + len(step.candidate.lines))


def _read_value(number: Numbered) -> int | None:
    """What a number of one part counts; None for others."""
    if len(number.parts) != 1 or number.kind or not number.title:
        return None
    part = number.parts[0]
    if part.isdecimal():
        return int(part)
    form = number_format(number)
    if form.startswith("chinese"):
        return read_ordinal(part)
    if form.startswith("hangul"):
        return HANGUL_LETTERS.index(part) + 1
    if "roman" in form:
        return parse_roman(part)
    return ord(part.upper()) - ord("A") + 1 if len(part) == 1 and part.isascii() else None
