"""Finds the measures of a thesis: its body type, leading and text columns.

In: the rows of all pages. Out: a `Typography`. What most of the text does is the norm: body type
is the font of most characters, the column's edges are where most of its lines begin and end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from thesis_convert.loader.layout.body_type import find_body_font
from thesis_convert.loader.layout.measures import BodyLine, agree_on_width, find_column, list_body_lines
from thesis_convert.loader.layout.parts import Part, find_parts
from thesis_convert.loader.lines.direction import Rows
from thesis_convert.page import BoundingBox, Font, Page, Typography
from thesis_convert.scripts import is_right_to_left

_OTHER_WIDTH = 0.1
"""A page whose width differs from the usual by more than this share has a text column of its own."""


def measure_typography(pages: Sequence[Page], rows: Sequence[Rows]) -> Typography:
    """The measures, `rows` being the rows of each of `pages`."""
    body = find_body_font(rows)
    lines = list_body_lines(pages, rows, body)
    leading = _find_leading(lines, body)
    found = [find_column([row for row in lines if row[0] % 2 == side], pages, body) for side in (0, 1)]
    sides = agree_on_width(found, lines, pages[0].width if pages else 0.0, body.size)
    both = find_column(lines, pages, body)
    if sides == found and sides[0] and sides[1] and both and abs(sides[0][0] - sides[1][0]) < 0.25 * body.size:
        sides = [both, both]
    usual = [sides[page.index % 2] or both or (0.12 * page.width, 0.88 * page.width) for page in pages]
    parts = find_parts(pages, rows, usual, body)
    columns = _list_columns(pages, rows, usual, parts)
    sizes = [body.size] * len(pages)
    for part in parts:
        for number in part.pages:
            sizes[number] = part.body.size
    sample = "".join(w.text for r in rows[:: max(1, len(rows) // 20)] for row in r for chunk in row for w in chunk)
    return Typography(body, leading, tuple(columns), tuple(sizes), right_to_left=is_right_to_left(sample))


def _list_columns(
    pages: Sequence[Page], rows: Sequence[Rows], usual: Sequence[tuple[float, float]], parts: Iterable[Part]
) -> list[BoundingBox]:
    """The text column of each page, `usual` being those of the main text."""
    own = {number: (part.left, part.right) for part in parts for number in part.pages}
    width = Counter(round(page.width) for page in pages).most_common(1)[0][0] if pages else 0
    columns = []
    for number, (page, page_rows) in enumerate(zip(pages, rows, strict=True)):
        left, right = own.get(number, usual[number])
        other = number not in own and abs(page.width - width) > _OTHER_WIDTH * width  # landscape, a folded plate
        if other or right > page.width or right - left < 0.2 * page.width:
            left, right = _measure_extent(page, page_rows)
        columns.append(BoundingBox(left, 0.0, right, page.height))
    return columns


def _measure_extent(page: Page, rows: Rows) -> tuple[float, float]:
    """From where to where the text of a page reaches."""
    words = [word for row in rows for chunk in row for word in chunk]
    left = min((word.box.left for word in words), default=0.1 * page.width)
    right = max((word.box.right for word in words), default=0.9 * page.width)
    return (left, right) if right - left > 0.2 * page.width else (0.1 * page.width, 0.9 * page.width)


def _find_leading(lines: Sequence[BodyLine], body: Font) -> float:
    count: Counter[float] = Counter()
    for (page, baseline, *_), (next_page, next_baseline, *_) in pairwise(lines):
        step = baseline - next_baseline
        if page == next_page and 0.9 * body.size < step < 3 * body.size:
            count[round(step * 2) / 2] += 1
    return count.most_common(1)[0][0] if count else 1.2 * body.size
