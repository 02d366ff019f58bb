"""Tells where a zero-width non-joiner stands in Arabic script, from the shapes of letters.

In: the places where one may stand, gathered over all pages, and how letters look at the ends of words.
Out: the pages with those non-joiners that are some. Many producers draw a non-joiner as a space that takes
no room, and a joiner between two runs of type the same way; others draw neither. They are told apart by
the letter before them: before a non-joiner it has its final shape, which does not reach over to the next
letter and has the width of that letter at word ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.page import Page, Word
from thesis_convert.scripts import NEVER_JOINING, ZERO_WIDTH_NON_JOINER, has_right_to_left

OVERLAP = 0.02
"""A letter that covers the next by this share of the type size joins it."""
ARTIFACT_SHARE = 0.04
"""Where fewer of the spaces without room than this are joiners, the producer draws none but non-joiners."""
OVERLAPPING = 0.6
"""In most faces joined letters overlap: in those where so many of the letters inside words do."""
MAX_INNER_SHARE = 0.35
"""In the others, a shape is a final one when it is inside words so many times as often as at their ends."""


MIN_PERSIAN = 0.004
"""Share of the letters that Arabic lacks in what is written with non-joiners: in Persian it is 0.02, in Urdu more."""
FEW_LETTERS = 1000
"""Fewer letters tell nothing of the language."""

_PERSIAN = frozenset("پچژگۆێ")


class Doubt(NamedTuple):
    """A letter in a face where a non-joiner may come after it, with its width in sizes.

    `reaches` says that it reaches over to the next letter, `drawn` that there is a space without room.
    """

    font: str
    letter: str
    width: float
    reaches: bool
    drawn: bool

    @property
    def shape(self) -> tuple[str, str, int]:
        return self.font, self.letter, round(self.width * 100)


class JoinerEvidence:
    """What is known of the shapes of letters in a thesis.

    `turns` counts the words whose letters came from right to left (False), and those from left to right.
    """

    def __init__(self) -> None:
        self.turns = {False: 0, True: 0}
        self._ends: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self._doubts: defaultdict[tuple[int, int], list[Doubt]] = defaultdict(list)
        self._inner: defaultdict[str, Counter[bool]] = defaultdict(Counter)

    def add_word_end(self, font: str, letter: str, width: float) -> None:
        """A letter before a true space or a line's end; `width` in sizes."""
        self._ends[font, letter][round(width * 100)] += 1

    def add_doubt(self, page: int, order: int, doubt: Doubt) -> None:
        """A non-joiner that a word has for the present, by page number and drawing order; in reading order."""
        self._doubts[page, order].append(doubt)

    def add_inner(self, font: str, reaching: int, apart: int) -> None:
        """How many letters inside a word reach over to the next, and how many are apart from it."""
        count = self._inner[font]
        count[False] += reaching
        count[True] += apart

    def settle(self, pages: Sequence[Page]) -> list[Page]:
        """The pages without the non-joiners that are none."""
        if not self._doubts:
            return list(pages)
        concerned = {page for page, _ in self._doubts}
        doubts = [doubt for doubts in self._doubts.values() for doubt in doubts]
        verdict = _Verdict(self._ends, self._inner, doubts, _has_non_joiners(pages))
        return [
            replace(page, words=tuple(self._settle_words(page, verdict))) if page.number in concerned else page
            for page in pages
        ]

    def _settle_words(self, page: Page, verdict: _Verdict) -> Iterator[Word]:
        for word in page.words:
            doubts = self._doubts.get((page.number, word.order))
            if doubts is None:
                yield word
                continue
            pieces = word.text.split(ZERO_WIDTH_NON_JOINER)
            # A non-joiner that the font names itself is beyond doubt.
            kept = [verdict.is_non_joiner(doubt) for doubt in doubts] + [True] * len(pieces)
            text = pieces[0] + "".join(
                (ZERO_WIDTH_NON_JOINER if keep else "") + piece for keep, piece in zip(kept, pieces[1:], strict=False)
            )
            yield word._replace(text=text)


def _has_non_joiners(pages: Sequence[Page]) -> bool:
    """Whether the language may have them: Persian, Urdu and Kurdish have, Arabic has none."""
    texts = (word.text for page in pages for word in page.words)
    letters = Counter("".join(filter(has_right_to_left, texts)))
    persian = sum(letters[letter] for letter in _PERSIAN)
    return letters.total() < FEW_LETTERS or persian >= MIN_PERSIAN * letters.total()


class _Verdict:
    """Decides the doubts, each kind of letter once."""

    def __init__(
        self,
        ends: defaultdict[tuple[str, str], Counter[int]],
        inner: defaultdict[str, Counter[bool]],
        doubts: Sequence[Doubt],
        possible: bool,
    ) -> None:
        self._possible = possible
        self._ends, self._inner = ends, inner
        self._count = Counter(doubt.shape for doubt in doubts if not doubt.reaches and not doubt.drawn)
        drawn = [doubt for doubt in doubts if doubt.drawn and doubt.letter not in NEVER_JOINING]
        self._artifacts = sum(doubt.reaches for doubt in drawn) > ARTIFACT_SHARE * len(drawn)
        self._known: dict[Doubt, bool] = {}

    def is_non_joiner(self, doubt: Doubt) -> bool:
        known = self._known.get(doubt)
        if known is None:
            known = self._known[doubt] = self._decide(doubt)
        return known

    def _decide(self, doubt: Doubt) -> bool:
        if not self._possible:
            return False
        if doubt.drawn and not self._artifacts:
            return True
        if doubt.letter in NEVER_JOINING or doubt.reaches:
            return False
        ends = self._count_ends(doubt)
        if doubt.drawn:
            return ends > 0 or not self._ends[doubt.font, doubt.letter]
        inner = self._inner[doubt.font]
        overlapping = inner[False] > OVERLAPPING * (inner[False] + inner[True])
        return ends > 0 and (overlapping or self._count[doubt.shape] <= MAX_INNER_SHARE * ends)

    def _count_ends(self, doubt: Doubt) -> int:
        """How often the letter has this width at the ends of words."""
        _, _, width = doubt.shape
        known = self._ends[doubt.font, doubt.letter]
        return known[width - 1] + known[width] + known[width + 1]
