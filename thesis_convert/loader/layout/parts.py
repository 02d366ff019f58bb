"""Finds the parts of a thesis that are set to another measure: papers bound in, an appendix with wider lines.

In: the rows of all pages, and the text column that most pages have. Out: the parts, each with its pages, its text
column and its body type. A page belongs to the main text when its lines begin and end at the edges that the others
have; pages that share other edges are a part, as nobody sets an indent on every line of page after page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thesis_convert.loader.layout.body_type import find_body_font
from thesis_convert.loader.layout.measures import find_column, list_body_lines
from thesis_convert.loader.lines.building import find_span
from thesis_convert.loader.lines.direction import Rows
from thesis_convert.page import Font, Page, Word

MIN_ROWS = 8
"""A page with fewer rows says nothing about its column."""
MIN_PAGES = 2
"""So many pages share the edges of a part."""
MIN_NARROW_PAGES = 3
"""And so many where they stand within the main column, as the lines of a long quotation do."""
EDGE_SHARE = 0.2
"""Share of a page's rows that begin at the edge of its column: entries with hanging indents begin there seldom."""
OUTSIDE = 0.05
"""Share of the rows that may reach out of the column: a wide formula."""
EDGE = 1.5
"""Lines that begin or end within so many points of each other share an edge."""
FILLED = 0.7
"""Rows of running text cover this share of their column on the whole; the rows of tables leave more white."""
OTHER_EDGE = 1.0
"""An edge is another one when it is at least so many sizes away."""
FURNITURE_ROWS = 2
"""So many rows at the head and the foot of a page may be furniture, which has edges of its own."""


class Part(NamedTuple):
    """Pages that share a text column, from `left` to `right`, and the type of their text."""

    pages: tuple[int, ...]
    left: float
    right: float
    body: Font


class _Edges(NamedTuple):
    """Where the rows of a page begin, and where they end: None where they end ragged."""

    left: float
    right: float | None


def find_parts(
    pages: Sequence[Page], rows: Sequence[Rows], columns: Sequence[tuple[float, float]], body: Font
) -> list[Part]:
    """The parts with other measures than the main text, which has `columns`, one a page, and the type `body`."""
    measured = [_measure_page(page_rows[FURNITURE_ROWS : len(page_rows) - FURNITURE_ROWS]) for page_rows in rows]
    reach = OTHER_EDGE * body.size
    other = {
        number: edges
        for number, (edges, column) in enumerate(zip(measured, columns, strict=True))
        if edges and not _fits(edges, column, reach) and not _has_column(rows[number], column)
    }
    parts: list[Part] = []
    for cluster in _cluster(other):
        edges = other[cluster[0]]
        narrow = edges.left > columns[cluster[0]][0] - reach and (edges.right or 0.0) < columns[cluster[0]][1] + reach
        if len(cluster) >= (MIN_NARROW_PAGES if narrow else MIN_PAGES):
            parts += _measure_part(cluster, edges, pages, rows, body)
    return [_add_short_pages(part, measured, rows) for part in parts]


def _measure_page(rows: Rows) -> _Edges | None:
    """The edges of a page of running text, None for other pages."""
    if len(rows) < MIN_ROWS:
        return None
    spans = [[_measure_chunk(chunk) for chunk in row] for row in rows]
    left = _find_edge([min(row)[0] for row in spans])
    if left is None:
        return None
    ends = [max(right for _, right in row) for row in spans]
    right = _find_edge([-end for end in ends])
    width = (max(ends) if right is None else -right) - left
    covered = sum(right - left for row in spans for left, right in row)
    return _Edges(left, None if right is None else -right) if covered >= FILLED * width * len(rows) else None


def _measure_chunk(chunk: list[Word]) -> tuple[float, float]:
    """Its edges: the first and the last of its words are the outer ones, whichever way it is read."""
    first, last = chunk[0].box, chunk[-1].box
    return min(first.left, last.left), max(first.right, last.right)


def _find_edge(places: list[float]) -> float | None:
    """The first place where many lines begin, with hardly one before it."""
    places = sorted(places)
    first = int(OUTSIDE * len(places))
    for number, place in enumerate(places[: first + 1]):
        if bisect_left(places, place + 2 * EDGE) - number >= EDGE_SHARE * len(places):
            near = places[number : bisect_left(places, place + 2 * EDGE)]
            return near[len(near) // 2]
    return None


def _fits(edges: _Edges, column: tuple[float, float], reach: float) -> bool:
    return abs(edges.left - column[0]) <= reach and (edges.right is None or abs(edges.right - column[1]) <= reach)


def _has_column(rows: Rows, column: tuple[float, float]) -> bool:
    """Whether lines of a page fill the main column: what stands beside it then is in the margin."""
    filled = sum(
        abs(a - column[0]) <= EDGE and abs(b - column[1]) <= EDGE for row in rows for a, b in map(find_span, row)
    )
    return filled >= EDGE_SHARE * len(rows)


def _cluster(other: dict[int, _Edges]) -> Iterator[list[int]]:
    """The pages that share their edges, the commonest edges first."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for number, edges in other.items():
        places[round(edges.left)].append(number)
    taken: set[int] = set()
    reach = int(2 * EDGE)
    for key, _ in Counter(_round(edges) for edges in other.values()).most_common():
        near = [number for left in range(key[0] - reach, key[0] + reach + 1) for number in places.get(left, ())]
        cluster = [number for number in near if number not in taken and _ends_near(_round(other[number]), key)]
        taken.update(cluster)
        if cluster:
            yield sorted(cluster)


def _round(edges: _Edges) -> tuple[int, int]:
    return round(edges.left), round(edges.right or 0.0)


def _ends_near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return not one[1] or not other[1] or abs(one[1] - other[1]) <= 2 * EDGE


def _measure_part(
    numbers: Sequence[int], edges: _Edges, pages: Sequence[Page], rows: Sequence[Rows], body: Font
) -> Iterator[Part]:
    own = [rows[number] for number in numbers]
    font = find_body_font(own)
    if font.monospace and not body.monospace:
        return  # listings
    of_part = [pages[number] for number in numbers]
    column = find_column(list_body_lines(of_part, own, font), of_part, font)
    if column:
        right = column[1] if edges.right is None else edges.right
        yield Part(tuple(numbers), edges.left, right, font)


def _add_short_pages(part: Part, measured: Sequence[_Edges | None], rows: Sequence[Rows]) -> Part:
    """The part with the pages next to its own that are too short to tell, where their lines keep to its column."""
    found = set(part.pages)
    for number in part.pages:
        for near in (number - 2, number - 1, number + 1, number + 2):
            if 0 <= near < len(rows) and measured[near] is None and near not in found:
                spans = [find_span(chunk) for row in rows[near] for chunk in row if len(chunk) > 2]
                inside = all(part.left - EDGE <= a and b <= part.right + EDGE for a, b in spans)
                if inside and any(abs(a - part.left) <= EDGE for a, _ in spans):
                    found.add(near)
    return part._replace(pages=tuple(sorted(found)))
