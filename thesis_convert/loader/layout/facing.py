"""Finds passages in two facing columns on a page of one column: a text beside its translation.

In: the rows of a page without its furniture. Out: where such passages begin and end, and their gutters. Running
text tells them from tables: most lines fill their column and end at its edge, and no rule stands near.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.lines.building import find_span
from thesis_convert.loader.lines.direction import Row
from thesis_convert.page import BoundingBox, Page, Rule, Typography, Word

Span = tuple[float, float]

MIN_ROWS = 4
"""A passage has at least so many rows with words on both sides."""
MIDDLE = (0.3, 0.7)
"""The gutter stands between these shares of the text column."""
MIN_GUTTER = 0.8
"""And is at least so many sizes wide."""
FILLED = 0.7
"""Lines of running text are at least this share of their column wide, but for the last of a paragraph."""
MOSTLY = 0.5
"""Share of the lines on each side that fill their column, and of those that end at its edge."""
EDGE = 1.5
"""Lines that end within so many points of each other share an edge."""
WORDS = 0.7
"""Share of letters in running text, at least: entries of contents have leaders and numbers."""
STEP = 1.3
"""A last line of one side follows within so many times the distance of the lines before it."""
RULE_REACH = 1.5
"""Within so many leadings of a passage no rule is drawn: those of tables are."""


class Passage(NamedTuple):
    """The rows [start, end) of a page, with the (left, right) edges of the white strip between their columns."""

    start: int
    end: int
    gutter: Span


def find_passages(page: Page, rows: Sequence[Row], typography: Typography) -> list[Passage]:
    """The passages in facing columns, from the top of the page down."""
    column = typography.columns[page.index]
    gaps = [_find_gap(row, column, typography) for row in rows]
    if sum(gap is not None for gap in gaps) < MIN_ROWS:
        return []
    found = []
    start = 0
    while start < len(rows):
        if (gap := gaps[start]) is None:
            start += 1
            continue
        passage = _reach(rows, gaps, start, gap, typography)
        if _is_running_text(rows, gaps, passage) and not _is_ruled(page.rules, rows, passage, typography):
            found.append(passage)
        start = passage.end
    return found


def _find_gap(row: Row, column: BoundingBox, typography: Typography) -> Span | None:
    """The white between the two chunks of a row, where it may be a gutter."""
    if len(row) != 2:
        return None
    left, right = sorted(find_span(chunk) for chunk in row)
    low, high = (column.left + share * column.width for share in MIDDLE)
    if right[0] - left[1] < MIN_GUTTER * typography.size or not low <= right[0] <= high:
        return None
    return left[1], right[0]


def _reach(
    rows: Sequence[Row], gaps: Sequence[Span | None], start: int, first: Span, typography: Typography
) -> Passage:
    """The passage that may begin at a row with words on both sides, `first` being the white between them."""
    left, right = first
    end, step = start + 1, 0.0
    while end < len(rows):
        drop = _baseline(rows[end - 1]) - _baseline(rows[end])
        gap = gaps[end]
        if gap and (step == 0 or drop <= 2 * step):
            inner = max(left, gap[0]), min(right, gap[1])
        elif len(rows[end]) == 1 and step and drop <= STEP * step:
            span = find_span(rows[end][0])
            inner = (max(left, span[1]), right) if span[1] < right else (left, min(right, span[0]))
        else:
            break
        if inner[1] - inner[0] < MIN_GUTTER * typography.size:
            break
        left, right = inner
        step = min(step, drop) if step else drop
        end += 1
    return Passage(start, end, (left, right))


def _baseline(row: Row) -> float:
    return row[0][0].baseline


def _is_running_text(rows: Sequence[Row], gaps: Sequence[Span | None], passage: Passage) -> bool:
    """Whether the lines on both sides are those of paragraphs."""
    if sum(gap is not None for gap in gaps[passage.start : passage.end]) < MIN_ROWS:
        return False
    chunks = [(find_span(chunk), chunk) for row in rows[passage.start : passage.end] for chunk in row]
    left, right = passage.gutter
    sides = [c for c in chunks if c[0][1] <= left], [c for c in chunks if c[0][0] >= right]
    return all(_fills([span for span, _ in side]) and _has_words([chunk for _, chunk in side]) for side in sides)


def _fills(spans: Sequence[Span]) -> bool:
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    full = [span for span in spans if span[1] - span[0] >= FILLED * (end - start)]
    flush = sum(end - span[1] <= EDGE for span in full)
    return len(full) >= MOSTLY * len(spans) and flush >= MOSTLY * len(full)


def _has_words(chunks: Sequence[Sequence[Word]]) -> bool:
    """Whether lines say something in the type of text: listings are set in another."""
    words = [word for chunk in chunks for word in chunk]
    text = "".join(word.text for word in words)
    letters = sum(unicodedata.category(character)[0] in "LM" for character in text)
    typed = sum(len(word.text) for word in words if word.font.monospace and word.text.isascii())
    return letters >= WORDS * len(text) and typed < MOSTLY * len(text)


def _is_ruled(rules: Sequence[Rule], rows: Sequence[Row], passage: Passage, typography: Typography) -> bool:
    reach = RULE_REACH * typography.leading
    top, bottom = _baseline(rows[passage.start]) + reach, _baseline(rows[passage.end - 1]) - reach
    return any(bottom < rule.box.top and rule.box.bottom < top for rule in rules)
