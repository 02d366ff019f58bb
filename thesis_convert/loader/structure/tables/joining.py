"""Joins the parts of a table that goes on over pages.

In: the tables found, in order. Out: the same with each table whole: rows of later parts follow those
of the first, without the head that is printed again. A part goes on when it stands first on its page,
the other last on the page before, and both have the same columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thesis_convert.loader.structure.tables.row_breaks import is_number
from thesis_convert.page import GridCell, Line, TableDetail

CELL_PADDING = 1.2
"""The white at both sides of a cell, with a word space, in sizes."""
FILLED = 0.7
"""A column that most rows fill has words in more than this share of them."""
SENTENCE_ENDS = ".!?;:。！？؟"
SAME_COLUMN = 1.5
LOOSE_COLUMN = 4.0
"""Sizes by which the columns of two parts may differ: with frames, and with white only between them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table on one page. `edges` are the columns' limits, `first` and `last` say how it stands on its page."""

    page: int
    detail: TableDetail
    lines: tuple[Line, ...]
    edges: tuple[float, ...]
    size: float
    framed: bool
    right_to_left: bool
    first: bool
    last: bool
    continued: bool


def join_parts(parts: Sequence[Part]) -> list[Part]:
    """The parts with those joined that are one table."""
    joined: list[Part] = []
    for part in parts:
        if joined and _goes_on(joined[-1], part):
            joined[-1] = _join(joined[-1], part)
        else:
            joined.append(part)
    return joined


def _goes_on(before: Part, part: Part) -> bool:
    if part.page != before.page + 1 or not before.last or not part.first:
        return False
    if before.detail.unread or part.detail.unread:
        return False
    if part.detail.caption and not part.continued:
        # Some styles caption a long table at its end, under the rows of its last page.
        repeated = _count_repeated(before.detail.cells, part.detail.cells) > 0
        if before.detail.caption or not repeated:
            return False
    return has_same_columns(before, part.edges)


def has_same_columns(part: Part, edges: Sequence[float]) -> bool:
    """Whether columns with these limits are those of `part`, wherever they stand on their page."""
    if len(part.edges) != len(edges):
        return False
    pairs = list(zip(part.edges, edges, strict=True))
    if not part.framed:
        # The last column ends where its longest cell does, and the white moves with the cells of a page.
        pairs = pairs[1:] if part.right_to_left else pairs[:-1]
    shifts = [one - other for one, other in pairs]
    return max(shifts) - min(shifts) <= (SAME_COLUMN if part.framed else LOOSE_COLUMN) * part.size


def _join(before: Part, part: Part) -> Part:
    old, new = before.detail, part.detail
    head = _count_repeated(old.cells, new.cells)
    rows = max((cell.row + cell.row_span for cell in old.cells), default=0)
    cells = [replace(cell, row=cell.row - head + rows) for cell in new.cells if cell.row >= head]
    if _is_rest(old.cells, cells, rows, _measure_columns(before)):
        cells = _pour(old.cells, cells, rows)
    else:
        cells = _stretch(old.cells, cells, rows)
    caption = old.caption or (() if part.continued else new.caption)
    detail = replace(old, cells=tuple(cells), caption=caption, notes=(*old.notes, *new.notes))
    return replace(
        part,
        detail=detail,
        lines=(*before.lines, *part.lines),
        edges=before.edges if before.framed else part.edges,
        continued=before.continued,
    )


def _count_repeated(old: Sequence[GridCell], new: Sequence[GridCell]) -> int:
    """How many rows at the top of `new` say the same as those of `old`."""
    count = 0
    while True:
        one, other = _row_texts(old, count), _row_texts(new, count)
        if not one or one != other or not any(one) or count >= max((c.row for c in new), default=0):
            return count
        count += 1


def _row_texts(cells: Sequence[GridCell], row: int) -> list[str]:
    return ["".join(line.text for line in c.lines).replace(" ", "") for c in cells if c.row == row]


def _is_rest(old: Sequence[GridCell], new: Sequence[GridCell], row: int, widths: Sequence[float]) -> bool:
    """Whether the first row of a later part is the rest of a row that the page broke.

    Its words would not have fitted at the end of the cells that they go on with, where some sentence is not at
    its end. It is empty in a column that most rows fill, or its first cell goes on with a small letter. `widths`
    are those of the columns.
    """
    first = [cell for cell in new if cell.row == row]
    last = {cell.column: cell for cell in old if cell.row + cell.row_span == row}
    if len(first) != len(last) or any(cell.row_span > 1 for cell in first):
        return False
    pairs = [(last[cell.column], cell) for cell in first if cell.lines and cell.column in last]
    if len(pairs) < sum(bool(cell.lines) for cell in first) or not pairs:
        return False
    if not all(_goes_on_in(upper, cell, widths) for upper, cell in pairs):
        return False
    if all(upper.lines[-1].text[-1] in SENTENCE_ENDS for upper, _ in pairs):
        return False
    if any(not cell.lines and cell.column in last and _is_filled(old, cell.column) for cell in first):
        return True
    return not first[0].column and bool(first[0].lines) and first[0].lines[0].text[0].islower()


def _goes_on_in(cell: GridCell, rest: GridCell, widths: Sequence[float]) -> bool:
    if not cell.lines or cell.column_span > 1:
        return False
    end, start = cell.lines[-1], rest.lines[0]
    if is_number(end.text) and is_number(start.text):
        return False
    room = widths[cell.column] - end.box.width - CELL_PADDING * end.size
    return room < start.words[0].box.width


def _is_filled(cells: Sequence[GridCell], column: int) -> bool:
    """Whether most cells of a column have words."""
    filled = [bool(cell.lines) for cell in cells if cell.column == column]
    return sum(filled) > FILLED * len(filled)


def _measure_columns(part: Part) -> list[float]:
    """The widths of the columns in reading order."""
    widths = [right - left for left, right in pairwise(part.edges)]
    return widths[::-1] if part.right_to_left else widths


def _pour(old: Sequence[GridCell], new: Sequence[GridCell], row: int) -> list[GridCell]:
    """The cells with those of the first new row added to those of the last old one."""
    rest = {cell.column: cell.lines for cell in new if cell.row == row}
    poured = [
        replace(cell, lines=(*cell.lines, *rest.get(cell.column, ()))) if cell.row + cell.row_span == row else cell
        for cell in old
    ]
    return [*poured, *(replace(cell, row=cell.row - 1) for cell in new if cell.row > row)]


def _stretch(old: Sequence[GridCell], new: Sequence[GridCell], row: int) -> list[GridCell]:
    """All cells, those at the end of `old` stretched that empty ones over several rows go on with."""
    reach = {cell.column: cell.row_span for cell in new if cell.row == row and cell.row_span > 1 and not cell.lines}
    ends = {cell.column for cell in old if cell.row + cell.row_span == row and cell.column in reach and cell.lines}
    stretched = [
        replace(cell, row_span=cell.row_span + reach[cell.column])
        if cell.column in ends and cell.row + cell.row_span == row
        else cell
        for cell in old
    ]
    return [*stretched, *(cell for cell in new if cell.row != row or cell.column not in ends)]
