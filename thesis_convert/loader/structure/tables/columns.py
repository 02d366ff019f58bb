"""Finds the columns of a table by the white between them.

In: the segments of each line, runs of words without a wide gap. Out: the white strips that part the
columns. The white between two columns goes down through all lines; gaps between words do not lie
under each other. A line that crosses such a strip is a head over several columns, so a strip needs
only the lines that have something on both sides of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.page import Word

WORD_GAP = 0.5
"""A gap of this many sizes is wider than a word space in all but badly justified lines."""
MONOSPACE_GAP = 0.9
"""The same in fixed-width type, whose word space is 0.6 sizes wide."""
STRIP = 0.45
"""The white between columns is this many sizes wide at least; typesetters put one size or more."""
NARROW_STRIP = 0.25
"""White of so many sizes parts two columns that have words in every row: long numbers come close to others."""
EVERY_ROW = 4
"""So many rows, each with a wide gap at the same place, are no accident."""
SHARE = 0.6
"""Of the lines that reach into a part of a table, this share must be parted for the part to be two columns."""
LONELY_ROWS = 4
"""In a table of more rows than this, a column has words in two rows at least."""
MAX_DEPTH = 40


class Segment(NamedTuple):
    """Words of a line that stand together, from left to right."""

    left: float
    right: float
    words: tuple[Word, ...]


class Strip(NamedTuple):
    """White between two columns, from x to x."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def split_segments(words: Sequence[Word], cuts: Sequence[float] = ()) -> list[Segment]:
    """The segments of a line's words. `cuts` are the x of vertical rules, which part words wherever they stand."""
    segments: list[Segment] = []
    for word in sorted(words, key=lambda w: w.box.left):
        if segments:
            last = segments[-1]
            share = MONOSPACE_GAP if word.font.monospace and last.words[-1].font.monospace else WORD_GAP
            gap = share * max(word.font.size, last.words[-1].font.size)
            middle = (word.box.left + word.box.right) / 2
            cut = any(last.right - 1.0 < x < middle for x in cuts)
            if word.box.left - last.right < gap and not cut:
                segments[-1] = Segment(last.left, max(last.right, word.box.right), (*last.words, word))
                continue
        segments.append(Segment(word.box.left, word.box.right, (word,)))
    return segments


def find_strips(rows: Sequence[Sequence[Segment]], size: float, depth: int = 0) -> list[Strip]:
    """The strips between the columns of `rows`, from left to right."""
    parted = [row for row in rows if len(row) > 1]
    least = 2 if depth == 0 else max(3, SHARE * sum(1 for row in rows if row))
    if len(parted) < least or depth > MAX_DEPTH:
        return []
    strips = _find_white(parted, STRIP * size)
    if not strips and EVERY_ROW <= len(parted) == sum(1 for row in rows if row):
        strips = _find_white(parted, NARROW_STRIP * size)
    if not strips and len(parted) >= 6:
        strips = _find_white(parted, STRIP * size, crossing=len(parted) // 8)
    if not strips:
        return []
    edges = [-1e9, *(strip.middle for strip in strips), 1e9]
    found: list[Strip] = []
    for number in range(len(edges) - 1):
        low, high = edges[number], edges[number + 1]
        inside = [[s for s in row if low < (s.left + s.right) / 2 < high] for row in rows]
        found += find_strips(inside, size, depth + 1)
        if number < len(strips):
            found.append(strips[number])
    if depth == 0:
        found = drop_lonely(found, rows)
    return [_narrow(strip, rows) for strip in found]


def _find_white(rows: Sequence[Sequence[Segment]], width: float, crossing: int = 0) -> list[Strip]:
    """The strips inside the rows over which at most `crossing` segments go."""
    events: list[tuple[float, int]] = []
    for row in rows:
        for segment in row:
            events.append((segment.left, 1))
            events.append((segment.right, -1))
    events.sort()
    strips: list[Strip] = []
    count = 0
    start: float | None = None
    for place, step in events:
        if count <= crossing and step > 0 and count + step > crossing and start is not None:
            if place - start >= width:
                strips.append(Strip(start, place))
            start = None
        if step < 0 and count > crossing and count + step <= crossing:
            start = place
        count += step
    return [strip for strip in strips if _has_both_sides(strip, rows)]


def _has_both_sides(strip: Strip, rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether two rows at least stand on both sides: what is crossed nowhere else parts nothing."""
    left = (any(s.right <= strip.left + 0.5 for s in row) for row in rows)
    right = (any(s.left >= strip.right - 0.5 for s in row) for row in rows)
    return sum(a and b for a, b in zip(left, right, strict=True)) >= min(2, len(rows))


def drop_lonely(strips: Sequence[Strip], rows: Sequence[Sequence[Segment]]) -> list[Strip]:
    """The strips without those that cut words off which no other row has anything above or below."""
    kept = list(strips)
    number = 0
    while len(rows) > LONELY_ROWS and number < len(kept):
        low = kept[number - 1].middle if number else -1e9
        # The column to the left of this strip; the last column is looked at with the strip before it.
        inside = _rows_between(rows, low, kept[number].middle)
        after = _rows_between(rows, kept[number].middle, kept[number + 1].middle if number + 1 < len(kept) else 1e9)
        if min(len(inside), len(after)) > 1:
            number += 1
            continue
        lonely = inside if len(inside) <= len(after) else after
        edges = (number - 1, number) if lonely is inside else (number, number + 1)
        gaps = {n: _gap_at(lonely[0], kept[n]) if lonely else 0.0 for n in edges if 0 <= n < len(kept)}
        nearest = min(gaps, key=lambda n: gaps[n])
        del kept[nearest]
        number = max(0, number - 1)
    return kept


def _rows_between(rows: Sequence[Sequence[Segment]], low: float, high: float) -> list[Sequence[Segment]]:
    return [row for row in rows if any(low < (s.left + s.right) / 2 < high for s in row)]


def _gap_at(row: Sequence[Segment], strip: Strip) -> float:
    """How far the segments of a row on both sides of a strip stand apart."""
    before = max((s.right for s in row if s.right <= strip.middle), default=-1e9)
    after = min((s.left for s in row if s.left >= strip.middle), default=1e9)
    return after - before


def _narrow(strip: Strip, rows: Sequence[Sequence[Segment]]) -> Strip:
    """The strip without what single segments take of it from either side."""
    left, right = strip
    for row in rows:
        for segment in row:
            if strip.left < segment.right < strip.middle:
                left = max(left, segment.right)
            elif strip.middle < segment.left < strip.right:
                right = min(right, segment.left)
    return Strip(left, right)
