"""Joins the elementary cells of a grid that are one cell on paper.

In: rows, the limits of columns, and rules. Out: the cells as rectangles. Words that cross the white
between columns span them; so does a head over a rule that gathers columns. In a framed table a missing
rule joins its neighbours; in an open one a cell goes down past rules that end beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from thesis_convert.loader.structure.tables.row_breaks import Piece
from thesis_convert.loader.structure.tables.rows import SAME_EDGE, Row
from thesis_convert.loader.structure.tables.strokes import Ruling, Stroke
from thesis_convert.page import BoundingBox

COVERED = 0.5
"""A rule that runs along this share of a cell's side closes it."""
CENTRED = 0.7
"""A head within so many sizes of the middle of several columns stands over all of them."""
MIDWAY = 0.2
"""Words this many sizes off the lines beside them stand between two rows."""


class Cells:
    """The elementary cells of a grid, some of which are one cell on paper (union-find)."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.parent = list(range(rows * columns))

    def find(self, row: int, column: int) -> int:
        number = row * self.columns + column
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def join(self, row: int, column: int, other_row: int, other_column: int) -> None:
        one, other = self.find(row, column), self.find(other_row, other_column)
        self.parent[max(one, other)] = min(one, other)

    def rectangles(self) -> dict[int, tuple[int, int, int, int]]:
        """First and last row, first and last column of each cell, by its number."""
        found: dict[int, tuple[int, int, int, int]] = {}
        for row in range(self.rows):
            for column in range(self.columns):
                key = self.find(row, column)
                r0, r1, c0, c1 = found.get(key, (row, row, column, column))
                found[key] = (min(r0, row), max(r1, row), min(c0, column), max(c1, column))
        return found


def join_spans(cells: Cells, rows: Sequence[Row], bounds: Sequence[float], ruling: Ruling) -> None:
    """Joins the columns that words cross, and those that a rule under a head gathers.

    A rule under several heads gathers the columns of each between upright rules that stand at it.
    """
    for number, row in enumerate(rows):
        for line in row.lines:
            for piece in line.pieces:
                for column in range(piece.first, piece.last):
                    cells.join(number, column, number, column + 1)
        below = rows[number + 1].edge if number + 1 < len(rows) else None
        if below is None or below.full:
            continue
        for stroke in below.strokes:
            gathered = _gather(stroke, row, bounds)
            found = [gathered] if gathered else [_gather(part, row, bounds) for part in _cut(stroke, ruling.down)]
            for column in chain.from_iterable(columns[:-1] for columns in found):
                cells.join(number, column, number, column + 1)


def _gather(stroke: Stroke, row: Row, bounds: Sequence[float]) -> list[int]:
    """The columns that a rule under a row gathers: several, with words in one place over them; else none."""
    gathered = [c for c in range(len(bounds) - 1) if _covers(stroke, bounds[c], bounds[c + 1])]
    inside = [p for line in row.lines for p in line.pieces if set(columns_of(p)) & set(gathered)]
    return gathered if len(inside) == 1 and set(columns_of(inside[0])) <= set(gathered) else []


def _cut(stroke: Stroke, upright: Sequence[Stroke]) -> list[Stroke]:
    """The parts of a level rule between the upright rules that stand at it."""
    at = [s.at for s in upright if s.start - SAME_EDGE <= stroke.at <= s.end + SAME_EDGE]
    cuts = sorted(x for x in at if stroke.start + SAME_EDGE < x < stroke.end - SAME_EDGE)
    return [stroke._replace(start=a, end=b) for a, b in pairwise((stroke.start, *cuts, stroke.end))]


def join_centred(cells: Cells, rows: Sequence[Row], head: int) -> None:
    """Joins the columns over whose middle a word of the head stands, when all have heads of their own below it.

    `head` is how many rows are head. Where rules stand under words, these say what they gather.
    """
    for number in range(head - 1):
        below = rows[number + 1].edge
        if below is not None and below.strokes:
            continue
        pieces = [piece for line in rows[number].lines for piece in line.pieces]
        taken = {column for piece in pieces for column in columns_of(piece)}
        lower = {
            p.first: (p.left, p.right) for line in rows[number + 1].lines for p in line.pieces if p.first == p.last
        }
        for piece in pieces:
            if piece.words and set(columns_of(piece)) <= lower.keys():
                first, last = _find_centred(piece, taken - set(columns_of(piece)), lower)
                for column in range(first, last):
                    cells.join(number, column, number, column + 1)


def _find_centred(piece: Piece, taken: set[int], lower: Mapping[int, tuple[float, float]]) -> tuple[int, int]:
    """The most columns, without those in `taken`, whose middle a head stands over: the first and the last of them."""
    first, last = piece.first, piece.last
    while first - 1 in lower and first - 1 not in taken:
        first -= 1
    while last + 1 in lower and last + 1 not in taken:
        last += 1
    middle = (piece.left + piece.right) / 2
    limit = CENTRED * piece.words[0].font.size
    groups = [
        (i - j, i, j)
        for i in range(first, piece.first + 1)
        for j in range(piece.last, last + 1)
        if i < j and abs((lower[i][0] + lower[j][1]) / 2 - middle) < limit
    ]
    _, i, j = min(groups, default=(0, piece.first, piece.last))
    return i, j


def join_unruled(cells: Cells, rows: Sequence[Row], bounds: Sequence[float], ruling: Ruling) -> None:
    """Joins neighbours of a framed table that no vertical rule parts, where one parts others of their columns."""
    for column in range(len(bounds) - 2):
        strokes = [s for s in ruling.down if abs(s.at - bounds[column + 1]) <= SAME_EDGE]
        for number, row in enumerate(rows if strokes else ()):
            covered = sum(max(0.0, min(s.end, row.top) - max(s.start, row.bottom)) for s in strokes)
            if covered < COVERED * (row.top - row.bottom):
                cells.join(number, column, number, column + 1)


def join_below(
    cells: Cells, rows: Sequence[Row], bounds: Sequence[float], framed: bool, head: int, filled: set[tuple[int, int]]
) -> None:
    """Joins cells over a rule that ends beside them: always in a framed table, else when one is empty.

    `head` is how many rows are head. A head that stands in line with those beside it has an empty cell below.
    """
    for number in range(1, len(rows)):
        edge = rows[number].edge
        if edge is None or (edge.full and not framed):
            continue
        for column in range(len(bounds) - 1):
            left, right = bounds[column], bounds[column + 1]
            covered = sum(max(0.0, min(s.end, right) - max(s.start, left)) for s in edge.strokes)
            if covered >= COVERED * (right - left):
                continue
            in_line = number < head and (number - 1, column) in filled and not _is_midway(rows[number - 1], column)
            if framed or (_reaches(rows, number, column, filled) and not in_line):
                cells.join(number - 1, column, number, column)


def join_block(
    cells: Cells, block: BoundingBox, rows: Sequence[Row], bounds: Sequence[float], filled: set[tuple[int, int]]
) -> int:
    """Joins the rows beside which turned words stand, and gives the number of their cell."""
    middle = (block.left + block.right) / 2
    column = max(0, min(len(bounds) - 2, sum(1 for x in bounds[1:] if x < middle)))
    beside = [
        n
        for n, row in enumerate(rows)
        if any(block.bottom <= line.middle <= block.top for line in row.lines) and (n, column) not in filled
    ]
    if not beside:
        centre = (block.bottom + block.top) / 2
        return cells.find(
            min(range(len(rows)), key=lambda n: min((abs(x.middle - centre) for x in rows[n].lines), default=1e9)),
            column,
        )
    for upper, lower in pairwise(beside):
        if lower == upper + 1:
            cells.join(upper, column, lower, column)
    return cells.find(beside[0], column)


def columns_of(piece: Piece) -> range:
    return range(piece.first, piece.last + 1)


def _covers(stroke: Stroke, left: float, right: float) -> bool:
    return min(stroke.end, right) - max(stroke.start, left) >= COVERED * (right - left)


def _reaches(rows: Sequence[Row], number: int, column: int, filled: set[tuple[int, int]]) -> bool:
    """Whether a cell of an open table goes down into row `number`, or its words stand midway between the rows."""
    if (number, column) not in filled:
        return True
    return (number - 1, column) not in filled and _is_midway(rows[number], column)


def _is_midway(row: Row, column: int) -> bool:
    """Whether the words of a column stand off the lines beside them in their row."""
    own = [line for line in row.lines if any(column in columns_of(p) for p in line.pieces)]
    beside = [line for line in row.lines if any(column not in columns_of(p) for p in line.pieces)]
    return bool(beside) and min(abs(a.baseline - b.baseline) for a in own for b in beside) > MIDWAY * own[0].size
