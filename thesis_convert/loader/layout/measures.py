"""Finds where the lines of a text begin and end.

In: the lines in body type. Out: the (left, right) edges that they share, those of both columns where the text
has two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thesis_convert.loader.layout.body_type import SAME_SIZE
from thesis_convert.loader.lines.building import find_span, measure_words
from thesis_convert.loader.lines.direction import Rows
from thesis_convert.page import Font, Page

BodyLine = tuple[int, float, float, float]
"""Page index, baseline, left and right edge."""

_EDGE_SHARE = 0.2
"""Share of lines that must end at one place for the text to count as justified."""
_RAGGED_PERCENTILE = 0.97
_SECOND_COLUMN = 0.3
"""A second text column has at least this share of the lines of the first: chapters end on the first."""
_SAME_WIDTH = 0.5
"""Columns whose widths differ by less than so many sizes have one width."""
_SAME_PLACE = 0.25
"""Edges less than so many sizes apart are one."""
_MIN_SHARED = 0.05
"""An edge that fewer of the lines share is no edge of the text: a line may stick out."""


def list_body_lines(pages: Sequence[Page], rows: Sequence[Rows], body: Font) -> list[BodyLine]:
    found = []
    for page, page_rows in zip(pages, rows, strict=True):
        for row in page_rows:
            for chunk in row:
                if len(chunk) < 3:
                    continue
                font, baseline = measure_words(chunk)
                if abs(font.size - body.size) <= SAME_SIZE * body.size:
                    found.append((page.index, baseline, *find_span(chunk)))
    return found


def find_column(lines: Sequence[BodyLine], pages: Sequence[Page], body: Font) -> tuple[float, float] | None:
    if len(lines) < 8:
        return None
    if columns := _find_two_columns(lines, body):
        return columns
    full = [line for line in lines if line[3] - line[2] > 0.35 * pages[0].width] or list(lines)
    left = _common_edge([line[2] for line in full], low=True)
    right = _common_edge([line[3] for line in full], low=False)
    return (left, right) if right - left > 6 * body.size else None


def agree_on_width(
    sides: Sequence[tuple[float, float] | None], lines: Sequence[BodyLine], page_width: float, size: float
) -> list[tuple[float, float] | None]:
    """The columns of pages with even and with odd places, of one width: that of the wider.

    Where most lines are set in, in lists or on the few pages of a kind, what they share is no edge of the column.
    The column stands then where that of the other pages does, or mirrors it, if one of its edges bears that out.
    """
    if sides[0] is None or sides[1] is None:
        return list(sides)
    (_, narrow), (width, wide) = sorted((side[1] - side[0], place) for place, side in enumerate(sides) if side)
    found, (left, right) = sides[narrow], sides[wide] or (0.0, 0.0)
    own = [line for line in lines if line[0] % 2 == wide]
    shared = min(sum(abs(line[end] - edge) <= 1.5 for line in own) for end, edge in ((2, left), (3, right)))
    if found is None or width - (found[1] - found[0]) <= _SAME_WIDTH * size or shared < _MIN_SHARED * len(own):
        return list(sides)
    for column in ((left, right), (page_width - right, page_width - left)):
        if min(abs(edge - other) for edge, other in zip(column, found, strict=True)) <= _SAME_PLACE * size:
            return [column if place == narrow else side for place, side in enumerate(sides)]
    return list(sides)


def _find_two_columns(lines: Sequence[BodyLine], body: Font) -> tuple[float, float] | None:
    """From where to where text in two columns reaches, None when the lines that fill their column fill one alone."""
    spans = Counter((round(left), round(right)) for _, _, left, right in lines)
    near = {
        (left, right): sum(spans[left + x, right + y] for x in (-1, 0, 1) for y in (-1, 0, 1)) for left, right in spans
    }
    (left, right), number = max(near.items(), key=lambda item: item[1])
    width = right - left
    beside = [
        (count, other)
        for other, count in near.items()
        if (other[0] > right or other[1] < left) and abs(other[1] - other[0] - width) <= body.size
    ]
    if not beside or width < 6 * body.size:
        return None
    count, other = max(beside)
    if count < _SECOND_COLUMN * number or number < _EDGE_SHARE * len(lines) / 2:
        return None
    return float(min(left, other[0])), float(max(right, other[1]))


def _common_edge(edges: list[float], low: bool) -> float:
    """The edge that most lines share; for ragged lines the outermost but for a few."""
    bins: Counter[int] = Counter()
    for edge in edges:
        bins[round(edge)] += 1
    near = {place: bins[place - 1] + bins[place] + bins[place + 1] for place in bins}
    place = max(near, key=lambda p: (near[p], p))
    if near[place] >= _EDGE_SHARE * len(edges):
        close = sorted(edge for edge in edges if abs(edge - place) <= 1.5)
        return close[len(close) // 2]
    ordered = sorted(edges)
    share = 1 - _RAGGED_PERCENTILE if low else _RAGGED_PERCENTILE
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
