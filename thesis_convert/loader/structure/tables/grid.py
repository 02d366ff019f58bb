"""Reads the rows, columns and cells of a table's area.

In: the words of the area and its rules. Out: a `Grid`. Vertical rules and the white between columns
part columns; horizontal rules and the lines' own arrangement part rows. Where a rule is missing in a
table whose cells are all framed, or words cross the white, one cell spans several columns or rows.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

from thesis_convert.loader.lines.building import build_chunks, make_line, merge_rows
from thesis_convert.loader.structure.tables.boundaries import find_boundaries, place_line, spread_heads
from thesis_convert.loader.structure.tables.columns import Segment, split_segments
from thesis_convert.loader.structure.tables.row_breaks import MIDDLE, PieceLine
from thesis_convert.loader.structure.tables.rows import Row, build_rows, find_bold_head, find_edges
from thesis_convert.loader.structure.tables.spans import (
    Cells,
    columns_of,
    join_below,
    join_block,
    join_centred,
    join_spans,
    join_unruled,
)
from thesis_convert.loader.structure.tables.strokes import Ruling
from thesis_convert.page import BoundingBox, Line, Word, enclosing_box

MAX_CELLS = 20_000
"""A grid of more cells than this is no printed page's table."""


@dataclass(frozen=True, slots=True)
class GridArea:
    """One cell: where it stands in the grid, counted from the left and from the top, and its words."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table. `framed` says that rules close in all cells; `ruled_head` counts rows over a rule."""

    areas: tuple[GridArea, ...]
    rows: int
    columns: int
    edges: tuple[float, ...]
    framed: bool
    ruled_head: int

    @property
    def filled(self) -> float:
        """Share of the cells that have words."""
        return sum(1 for area in self.areas if area.words) / max(1, len(self.areas))


def read_grid(words: Sequence[Word], ruling: Ruling, right_to_left: bool) -> Grid | None:
    """The grid of an area, None when it has not two columns, and two rows or a frame."""
    upright = [word for word in words if not word.turns]
    if not upright:
        return None
    box = enclosing_box([ruling.box, *(word.box for word in upright)])
    lines = [make_line(0, row, box) for row in merge_rows(build_chunks(upright))]
    size = sorted(line.size for line in lines)[len(lines) // 2]
    edges = find_edges(ruling, lines, size)
    framed = _is_framed(ruling, box, size)
    segments = [split_segments(line.words, _cuts_at(ruling, line)) for line in lines]
    blocks = _turned_blocks(words)
    for block in blocks:
        for line, row in zip(lines, segments, strict=True):
            if block.bottom <= line.baseline <= block.top:
                insort(row, Segment(block.left, block.right, ()))
    bold = None if framed else find_bold_head(lines, edges)
    edges = sorted([*edges, bold], key=lambda edge: -edge.y) if bold else edges
    head = next((edge.y for edge in edges if edge.full), None)
    body = [head is None or line.baseline < head for line in lines]
    strips = find_boundaries(segments, body, ruling, framed, size)
    if not strips or len(lines) * (len(strips) + 1) > MAX_CELLS:
        return None
    heads = 0 if framed else body.count(False)
    placed = [place_line(row, strips, number < heads) for number, row in enumerate(segments)]
    for number in reversed(range(heads - 1)):
        placed[number] = spread_heads(placed[number], placed[number + 1])
    pieces = [PieceLine(line.baseline, line.size, row) for line, row in zip(lines, placed, strict=True)]
    bounds = (box.left, *(strip.middle for strip in strips), box.right)
    rows = build_rows(pieces, edges, bounds, box, framed, right_to_left, size)
    if len(rows) < (1 if framed else 2):
        return None
    return _build_grid(rows, bounds, ruling, framed, blocks, words)


def _is_framed(ruling: Ruling, box: BoundingBox, size: float) -> bool:
    """Whether rules close the table in on all sides, and part its columns."""
    long = [s for s in ruling.down if s.length >= 0.9 * ruling.box.height]
    if len(long) < 3 or len(ruling.across) < 2:
        return False
    return (
        long[0].at - box.left < size
        and box.right - long[-1].at < size
        and ruling.box.top - ruling.across[0].at < size
        and ruling.across[-1].at - ruling.box.bottom < size
    )


def _cuts_at(ruling: Ruling, line: Line) -> list[float]:
    return [s.at for s in ruling.down if s.start <= line.baseline + MIDDLE * line.size <= s.end]


def _turned_blocks(words: Sequence[Word]) -> list[BoundingBox]:
    """The boxes of what is set on its side: heads of rows and of narrow columns."""
    return [enclosing_box([w.box for w in chunk]) for chunk in _turned_chunks(words)]


def _turned_chunks(words: Sequence[Word]) -> list[list[Word]]:
    chunks: list[list[Word]] = []
    for word in words:
        if not word.turns:
            continue
        last = chunks[-1][-1] if chunks else None
        if last is not None and last.turns == word.turns and _follows(last, word):
            chunks[-1].append(word)
        else:
            chunks.append([word])
    return chunks


def _follows(last: Word, word: Word) -> bool:
    size = word.font.size
    gap = max(word.box.bottom - last.box.top, last.box.bottom - word.box.top)
    return abs(last.baseline - word.baseline) < 1.5 * size and gap < size


def _build_grid(
    rows: Sequence[Row],
    bounds: Sequence[float],
    ruling: Ruling,
    framed: bool,
    blocks: Sequence[BoundingBox],
    words: Sequence[Word],
) -> Grid:
    columns = len(bounds) - 1
    cells = Cells(len(rows), columns)
    filled = {(r, c) for r, row in enumerate(rows) for line in row.lines for p in line.pieces for c in columns_of(p)}
    join_spans(cells, rows, bounds, ruling)
    head = next((n for n, row in enumerate(rows) if n and row.edge is not None and row.edge.full), 0)
    if framed:
        join_unruled(cells, rows, bounds, ruling)
    else:
        join_centred(cells, rows, head)
    join_below(cells, rows, bounds, framed, head, filled)
    content: dict[int, list[Word]] = {}
    for block, chunk in zip(blocks, _turned_chunks(words), strict=True):
        content.setdefault(join_block(cells, block, rows, bounds, filled), []).extend(chunk)
    for number, row in enumerate(rows):
        for line in row.lines:
            for piece in line.pieces:
                content.setdefault(cells.find(number, piece.first), []).extend(piece.words)
    areas = []
    for key, (r0, r1, c0, c1) in cells.rectangles().items():
        found = sorted(content.get(key, ()), key=lambda w: w.order)
        areas.append(GridArea(r0, c0, r1 - r0 + 1, c1 - c0 + 1, tuple(found)))
    return Grid(tuple(areas), len(rows), columns, tuple(bounds), framed, head)
