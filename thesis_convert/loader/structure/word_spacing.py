"""Tells whether a space stands between two lines of Korean, which may end inside a word without a hyphen.

In: all lines of a thesis. Out: a `WordSpacing` that is asked about the signs on both sides of a line's end. The
thesis bears witness itself: inside its lines the same syllables stand together, or with a space between them, and
some of them end most of the words that they are in. A thesis whose lines end between words has a space there by
this measure nearly always; one that divides words has it as often as any two syllables.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from thesis_convert.page import Line
from thesis_convert.scripts import has_any

HANGUL = (("\uac00", "\ud7af"),)
MIN_ENDS = 15
"""So few line ends tell nothing of how a thesis divides its lines."""
EVEN = 0.5
"""A space that is less likely is none."""
DIVIDING = 0.65
"""Where a space is less likely than this at the ends of lines, on the average, they divide words."""
SMOOTHING = 0.5
"""Syllables that were not seen so may have been seen this often."""
OWN_WEIGHT = 2.0
"""What two syllables do together counts against so many pairs made of them one by one."""


class WordSpacing:
    """What is known of the spaces in a thesis: `joins` uses it."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._close: Counter[tuple[str, str]] = Counter()
        self._open: Counter[tuple[str, str]] = Counter()
        texts = [line.text for line in lines]
        if not any(has_any(text, HANGUL) for text in texts):
            self._divides = False
            return
        for text in texts:
            self._close.update(pairwise(text))
            if " " in text:
                spaced = zip(text, text[1:], text[2:], strict=False)
                self._open.update((before, after) for before, space, after in spaced if space == " ")
        self._close = Counter({pair: number for pair, number in self._close.items() if " " not in pair})
        self._ends, self._begins = _count_sides(self._open)
        self._leads, self._follows = _count_sides(self._close)
        smoothing = SMOOTHING * (len(self._leads) + len(self._ends))
        self._prior = (self._close.total() + smoothing) / (self._open.total() + smoothing)
        ends = [
            self._judge_space(above[-1], below[0])
            for above, below in pairwise(texts)
            if has_any(above[-1], HANGUL) and has_any(below[0], HANGUL)
        ]
        self._divides = len(ends) >= MIN_ENDS and sum(ends) < DIVIDING * len(ends)

    def joins(self, before: str, after: str) -> bool:
        """Whether a line that ends with the sign `before` divides a word that goes on with `after`."""
        if not self._divides or not (has_any(before, HANGUL) or has_any(after, HANGUL)):
            return False
        return self._judge_space(before, after) < EVEN

    def _judge_space(self, before: str, after: str) -> float:
        """How likely a space is between two signs."""
        odds = (self._ends[before] + SMOOTHING) / (self._leads[before] + SMOOTHING)
        odds *= (self._begins[after] + SMOOTHING) / (self._follows[after] + SMOOTHING)
        odds *= self._prior
        apart, together = self._open[before, after], self._close[before, after]
        return (apart + OWN_WEIGHT * odds / (1 + odds)) / (apart + together + OWN_WEIGHT)


def _count_sides(pairs: Counter[tuple[str, str]]) -> tuple[Counter[str], Counter[str]]:
    """How often each sign stands first in a pair, and second."""
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (before, after), number in pairs.items():
        first[before] += number
        second[after] += number
    return first, second
