"""Tells whether a line goes on with the sentence of the line before it.

In: two lines that follow each other, on one page or on two. Out: answers about the end of the one and the
beginning of the other. A typesetter ends a line early when the next word would not fit, an author when the
paragraph is over; a sentence that has not ended, and a small letter, tell the first from the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert.loader.structure.hyphens import HYPHENS
from thesis_convert.page import Line
from thesis_convert.scripts import has_any

FITTING = 0.6
"""Slack, in sizes, left over after the next line's first word would have been put here."""
MIN_INDENT = 0.6
"""A first-line indent is at least this many sizes: less is a matter of letter shapes."""
FIRST_INDENT = 5.0
"""First lines of paragraphs are set in by less than so many sizes."""
SAME_SIZE = 0.07
"""Types whose sizes differ by more than this share are two."""
SHARED = 0.15
"""This share of a line's letters in the other line's size makes them one text: names of commands among words."""
RAGGED = 0.25
"""A line that ends this share of its column early inside a sentence was broken at a long word or formula."""
OVERFULL = 0.5
"""A line that stands out of its column by so many sizes had a word that could not be divided."""

SENTENCE_END = re.compile(r"[.!?。！？؟:…：；;][\"'”’»)\]」』）]*\d{0,3}$")
_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"))
_CJK_OPENING = frozenset("「『（〈《【〔［｛“‘")


def ends_sentence(line: Line) -> bool:
    return SENTENCE_END.search(line.text) is not None


def begins_inside(line: Line) -> bool:
    """Whether a line begins like the middle of a sentence: with a small letter, or a Chinese or Japanese one."""
    first = line.text.lstrip('([“"«„‘')[:1]
    return first.islower() or has_any(first, _CJK)


def divides_word(above: Line, below: Line, slack: float) -> bool:
    """Whether a hyphen at the edge divides what goes on in the next line: a word, or a span of numbers."""
    if not above.text.endswith(tuple(HYPHENS)) or slack > FITTING * above.size:
        return False
    return below.text[:1].islower() or (below.text[:1].isdigit() and above.text[-2:-1].isdigit())


def runs_on(above: Line, below: Line, slack: float) -> bool:
    """Whether `below` is in the midst of the sentence of `above`, which leaves `slack` points at its end."""
    if ends_sentence(above) or not begins_inside(below):
        return False
    return slack <= max(first_width(below) + FITTING * above.size, RAGGED * above.column.width)


def shares_type(above: Line, below: Line) -> bool:
    """Whether two lines are set in one size, or each has a good part in a size of the other."""
    if abs(above.size - below.size) <= SAME_SIZE * max(above.size, below.size):
        return True
    return _has_size(above, below.size) or _has_size(below, above.size)


def _has_size(line: Line, size: float) -> bool:
    letters = sum(
        len(word.text)
        for word in line.words
        if abs(word.font.size - size) <= SAME_SIZE * size and abs(word.baseline - line.baseline) < 0.1 * line.size
    )
    return letters >= SHARED * sum(len(word.text) for word in line.words)


def first_width(line: Line) -> float:
    """The width, in points, of what may not be divided at a line's beginning: a word, or one Chinese character."""
    first = line.words[0]
    if len(first.text) > 1 and "\u2e80" <= first.text[0] <= "\uff60":
        return first.font.size
    width = first.box.width
    for word in line.words[1:]:
        if word.space_before:
            break
        width += word.box.width
    return width


def find_start(line: Line) -> float:
    """Where a line begins, as `Line.start`; an opening bracket of full width has its ink half a size further in."""
    trimmed = line.indent < -0.1 * line.size and line.text[:1] in _CJK_OPENING
    return line.start + (0.5 * line.size if trimmed else 0.0)


def select_within(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that stand out of their column, unless most do."""
    within = [line for line in lines if line.slack >= -OVERFULL * line.size and line.indent >= -OVERFULL * line.size]
    return within if 2 * len(within) > len(lines) else list(lines)
