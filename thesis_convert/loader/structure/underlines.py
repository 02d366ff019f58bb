"""Finds the words that are underlined.

In: pages with their lines and rules. Out: the keys of the words that a rule underlines. A rule is one
when it runs close under a baseline from the beginning of a word to the end of a word: rules of tables,
heads and signatures run further, and those of fractions stand under formulas.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from thesis_convert.page import BoundingBox, Line, PageLayout, Rule, Word, WordKey

MAX_DEPTH = 0.38
"""An underline lies at most this many sizes below its baseline: under the descenders, and clear of the next line."""
OVERSHOOT = 0.4
"""It ends within this many sizes of the words: the space behind a word is often underlined with it."""
COVERED = 0.8
"""Share of a word's width that is underlined with it."""
GAP = 0.1
"""Strokes closer than this many sizes are one: some typesetters underline piece by piece."""


def find_underlined(layouts: Sequence[PageLayout]) -> frozenset[WordKey]:
    """Page and drawing order of each underlined word."""
    return frozenset(key for layout in layouts if layout.page.rules for key in _underlined_on(layout))


def _underlined_on(layout: PageLayout) -> Iterator[WordKey]:
    rules = sorted((r for r in layout.page.rules if r.horizontal), key=lambda r: r.box.bottom)
    heights = [rule.box.bottom for rule in rules]
    for line in (*layout.text, *layout.notes):
        low = bisect_left(heights, line.baseline - MAX_DEPTH * line.size)
        high = bisect_right(heights, line.baseline)
        for left, right in _join_strokes(rules[low:high], line):
            words = [word for word in line.words if _is_covered(word, left, right)]
            if words and _fits(words, left, right, line.size):
                yield from ((line.page, word.order) for word in words)


def _join_strokes(rules: Iterable[Rule], line: Line) -> list[tuple[float, float]]:
    """From where to where strokes run under a line; those that touch are one."""
    spans: list[tuple[float, float]] = []
    for box in sorted((rule.box for rule in rules), key=lambda box: box.left):
        if box.right < line.box.left or box.left > line.box.right:
            continue
        if spans and box.left <= spans[-1][1] + GAP * line.size:
            spans[-1] = (spans[-1][0], max(spans[-1][1], box.right))
        else:
            spans.append((box.left, box.right))
    return spans


def _is_covered(word: Word, left: float, right: float) -> bool:
    box = word.box
    return not word.font.math and min(box.right, right) - max(box.left, left) >= COVERED * max(box.width, 1.0)


def _fits(words: Sequence[Word], left: float, right: float, size: float) -> bool:
    """Whether a stroke begins and ends with the words that stand on it, which are more than a sign."""
    box = BoundingBox(min(w.box.left for w in words), 0.0, max(w.box.right for w in words), 0.0)
    ends = abs(left - box.left) < OVERSHOOT * size and abs(right - box.right) < OVERSHOOT * size
    return ends and sum(char.isalnum() for word in words for char in word.text) > 1
