"""Takes the notes in the margins out of the text.

In: the rows of all pages without their furniture. Out: the rows without the words in the margins, and the
lines that these make. Notes in a margin stand apart from the text column, on many pages, and keep to an edge
of their own; lines that are only too long, or a title page's, do not. What stands in the margin in the type of a
heading is part of it: its number. A number alone beside a line counts paragraphs, or the lines of a poem.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thesis_convert.loader.lines.building import SAME_BASELINE, make_line
from thesis_convert.loader.lines.direction import Row
from thesis_convert.page import BoundingBox, Line, Typography, Word

MARGIN_SHARE = 0.1
"""Share of pages that must have words in the margin for these to be margin notes, not overfull lines."""
MARGIN_GAP = 0.5
"""A margin note keeps at least this many sizes from the text column."""
ALIGNED = 0.4
"""Lines that begin within so many sizes of each other begin at one edge."""
ALIGNED_SHARE = 0.5
"""Share of the lines in a page's margin that begin or end where those of other pages do: notes have lists, too."""

LARGER = 1.05
"""What is set larger than so many times the text is no note."""
MAX_NUMBER = 4
"""Numbers of paragraphs and lines have no more digits."""

_Edge = tuple[bool, bool]
"""Whether a margin is the left one, and whether it is the left edge of the lines there."""


class MarginSplit(NamedTuple):
    """A page's rows without the words in its margins (rows keep their places), and those words' lines.

    `numbers` has those that only count the lines or paragraphs that they stand beside.
    """

    rows: list[Row]
    margin: tuple[Line, ...] = ()
    numbers: tuple[Line, ...] = ()


def split_margins(
    rows: Sequence[list[Row]], lines: Sequence[Sequence[Line]], typography: Typography
) -> list[MarginSplit]:
    """Takes the margin notes out of every page, where the thesis has any.

    `lines` are those that the rows make. Rows of furniture are empty.
    """
    split = [
        _split_page(page_rows, page_lines, typography, number)
        for number, (page_rows, page_lines) in enumerate(zip(rows, lines, strict=True))
    ]
    edges = _find_common_edges(split, typography)
    split = [
        page if _keeps_to_margin(page.margin, edges, typography) else MarginSplit(page_rows)
        for page, page_rows in zip(split, rows, strict=True)
    ]
    pages_with = sum(len(page.margin) >= 2 for page in split)
    if pages_with < MARGIN_SHARE * len(rows) or pages_with < 3:
        return [MarginSplit(page_rows) for page_rows in rows]
    return [_set_numbers_apart(page) for page in split]


def _split_page(rows: list[Row], lines: Sequence[Line], typography: Typography, number: int) -> MarginSplit:
    column = typography.columns[number]
    gap = MARGIN_GAP * typography.size
    kept: list[Row] = []
    margin: list[Line] = []
    left, right = column.left - gap, column.right + gap
    for row, line in zip(rows, lines, strict=True):
        if not row or (left <= line.box.left and line.box.right <= right):
            kept.append(row)
            continue
        parts = [([w for w in chunk if _is_inside(w, column, gap)], chunk) for chunk in row]
        outside = [[w for w in chunk if not _is_inside(w, column, gap)] for chunk in row]
        crossing = any(
            inside and out and out[0] is not chunk[0] and not _apart(inside[-1], out[0], gap)
            for (inside, chunk), out in zip(parts, outside, strict=True)
        )
        if crossing or not any(outside) or _heads(row, outside, typography):
            kept.append(row)
            continue
        kept.append([inside for inside, _ in parts if inside])
        for chunk in filter(None, outside):
            box = BoundingBox(min(w.box.left for w in chunk), 0, max(w.box.right for w in chunk), column.top)
            margin.append(make_line(number, [chunk], box, typography.right_to_left))
    return MarginSplit(kept, tuple(margin))


def _heads(row: Row, outside: Sequence[list[Word]], typography: Typography) -> bool:
    """Whether the words in the margin are set as headings are: larger than the text, or bold with the words beside."""
    words = [word for chunk in outside for word in chunk]
    if any(word.font.size > LARGER * typography.size for word in words):
        return True
    beside = [word for chunk in row for word in chunk if word not in words]
    return bool(beside) and all(word.font.bold for word in (*words, *beside))


def _set_numbers_apart(page: MarginSplit) -> MarginSplit:
    """The page with the numbers beside lines of text apart from the notes."""
    beside = {word.baseline for row in page.rows for chunk in row for word in chunk}
    heights = Counter(line.baseline for line in page.margin)
    numbers = [
        line
        for line in page.margin
        if line.text.isdecimal()
        and len(line.text) <= MAX_NUMBER
        and heights[line.baseline] == 1  # not the mark of a note beside it
        and any(abs(line.baseline - baseline) <= SAME_BASELINE * line.size for baseline in beside)
    ]
    if not numbers:
        return page
    return page._replace(margin=tuple(line for line in page.margin if line not in numbers), numbers=tuple(numbers))


def _is_inside(word: Word, column: BoundingBox, gap: float) -> bool:
    return word.box.left < column.right + gap and word.box.right > column.left - gap


def _apart(left: Word, right: Word, gap: float) -> bool:
    gap = max(gap, MARGIN_GAP * min(left.font.size, right.font.size))  # a title in large type runs into the margin
    return right.box.left - left.box.right >= gap or left.box.left - right.box.right >= gap


# --- Edges ----------------------------------------------------------------------------------------


def _find_common_edges(split: Sequence[MarginSplit], typography: Typography) -> dict[_Edge, float]:
    """Where most lines in each margin begin, and where most end."""
    found: defaultdict[_Edge, Counter[int]] = defaultdict(Counter)
    for page in split:
        for line in page.margin:
            for edge, place in _list_edges(line, typography):
                found[edge][round(place)] += 1
    return {edge: float(count.most_common(1)[0][0]) for edge, count in found.items()}


def _list_edges(line: Line, typography: Typography) -> Iterator[tuple[_Edge, float]]:
    left_margin = line.box.left < typography.columns[line.page].left
    yield (left_margin, True), line.box.left
    # Lines that end where the page's text does are text that is wider than elsewhere.
    if left_margin:
        yield (left_margin, False), line.box.right


def _keeps_to_margin(lines: Sequence[Line], edges: dict[_Edge, float], typography: Typography) -> bool:
    """Whether most of the lines begin or end where those in their margin do."""
    aligned = sum(
        any(abs(place - edges[edge]) < ALIGNED * typography.size for edge, place in _list_edges(line, typography))
        for line in lines
    )
    return aligned >= ALIGNED_SHARE * len(lines)
