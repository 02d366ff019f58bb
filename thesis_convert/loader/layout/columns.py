"""Finds text columns, and the order in which lines are read.

In: the rows of a page without its furniture. Out: lines in reading order. Text columns show as a
white gutter that no row of a run crosses, with rows that fill the column on both sides of it;
cells of a table are narrower than their columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.layout.facing import find_passages
from thesis_convert.loader.lines.building import find_span, make_line
from thesis_convert.loader.lines.direction import Row
from thesis_convert.page import BoundingBox, Line, Page, Typography

MIN_COLUMN_ROWS = 8
"""A page with fewer rows on one side has no text columns."""
FILLED = 0.72
"""Rows of running text fill this share of their column, but for the last of a paragraph."""


def order_lines(page: Page, rows: Sequence[Row], whole: Sequence[Line], typography: Typography) -> list[Line]:
    """The lines of a page in reading order: by columns where it has several.

    `whole` has the line that each of `rows` makes where the page has one column.
    """
    column = typography.columns[page.index]
    gutter = _find_gutter(rows, whole, column, typography)
    if gutter is not None:
        return _order_columns(page, rows, gutter, typography)
    lines: list[Line] = []
    done = 0
    for passage in find_passages(page, rows, typography):
        lines += whole[done : passage.start]
        lines += _order_columns(page, rows[passage.start : passage.end], passage.gutter, typography)
        done = passage.end
    return [*lines, *whole[done:]]


def _order_columns(page: Page, rows: Sequence[Row], gutter: tuple[float, float], typography: Typography) -> list[Line]:
    """The lines of rows in two columns: those on one side, then those on the other, up to each that stands across."""
    column = typography.columns[page.index]
    left_column = BoundingBox(column.left, 0, gutter[0], column.top)
    right_column = BoundingBox(gutter[1], 0, column.right, column.top)
    lines: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    middle = (gutter[0] + gutter[1]) / 2
    first, second = (1, 0) if typography.right_to_left else (0, 1)
    for row in rows:
        spans = [find_span(chunk) for chunk in row]
        if any(left < middle < right for left, right in spans):
            lines += [*sides[first], *sides[second], make_line(page.index, row, column, typography.right_to_left)]
            sides = ([], [])
            continue
        for side, box in ((0, left_column), (1, right_column)):
            part = [chunk for chunk, span in zip(row, spans, strict=True) if (span[0] >= middle) == bool(side)]
            if part:
                sides[side].append(make_line(page.index, part, box, typography.right_to_left))
    return [*lines, *sides[first], *sides[second]]


def _find_gutter(
    rows: Sequence[Row], whole: Sequence[Line], column: BoundingBox, typography: Typography
) -> tuple[float, float] | None:
    """The (left, right) edges of the white strip between two text columns, None when there is none."""
    spans: list[tuple[float, float]] = []
    for row, line in zip(rows, whole, strict=True):
        spans += [(line.box.left, line.box.right)] if len(row) == 1 else map(find_span, row)
    low, high = column.left + 0.3 * column.width, column.left + 0.7 * column.width
    best = None
    for x in {right for _, right in spans if low <= right <= high}:
        left = [s for s in spans if s[1] <= x + 0.5]
        right = [s for s in spans if s[0] > x + 0.5]
        crossing = len(spans) - len(left) - len(right)
        if min(len(left), len(right)) < MIN_COLUMN_ROWS or crossing > 0.25 * len(spans):
            continue
        edge = sorted(s[0] for s in right)[len(right) // 20]
        if edge - x < 0.8 * typography.size:
            continue
        fills = [_fill(left, column.left, x), _fill(right, edge, column.right)]
        if min(fills) >= 0.5 and (best is None or crossing < best[0]):
            best = (crossing, x, edge)
    return (best[1], best[2]) if best else None


def _fill(spans: Sequence[tuple[float, float]], left: float, right: float) -> float:
    """Share of the spans that run over most of the column."""
    return sum(s[1] - s[0] >= FILLED * (right - left) for s in spans) / len(spans)
