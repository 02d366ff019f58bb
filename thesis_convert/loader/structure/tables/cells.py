"""Turns the areas of a grid into the cells of a table, in reading order.

In: a grid as it stands on the page. Out: `GridCell`s with lines, how many rows are its head, and how
columns are aligned. The head shows by a rule under it, by bold type, by shading, or by words over
columns of numbers. In a script written from right to left the first column is the rightmost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from thesis_convert.loader.lines.building import build_chunks, make_line, merge_rows
from thesis_convert.loader.lines.reading_order import order_words
from thesis_convert.loader.structure.tables.grid import Grid, GridArea
from thesis_convert.loader.structure.tables.row_breaks import is_number
from thesis_convert.page import BoundingBox, GridCell, Line, Picture, Word, enclosing_box
from thesis_convert.scripts import has_left_to_right, has_right_to_left, is_right_to_left

Alignment = Literal["", "start", "center", "end"]

MAX_HEAD_ROWS = 4
BOLD_SHARE = 0.8
"""A row is bold when this share of its letters is."""
ALIGNED = 0.6
"""Edges are one line when they scatter less than this share of what the other edges do."""


def build_cells(grid: Grid, page: int, from_right: bool, right_to_left: bool) -> tuple[GridCell, ...]:
    """The cells of a grid from the first to the last, by rows.

    `from_right` says that its first column is the rightmost, `right_to_left` that most of the thesis
    is read so.
    """
    cells = []
    for area in grid.areas:
        column = grid.columns - area.column - area.column_span if from_right else area.column
        lines = _build_lines(area.words, page, right_to_left)
        cells.append(GridCell(area.row, column, lines, area.row_span, area.column_span))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _build_lines(words: Sequence[Word], page: int, right_to_left: bool) -> tuple[Line, ...]:
    if not words:
        return ()
    box = enclosing_box([word.box for word in words])
    lines = [make_line(page, [chunk], box) for chunk in _split_turned([word for word in words if word.turns])]
    for row in merge_rows(build_chunks([word for word in words if not word.turns])):
        text = "".join(word.text for chunk in row for word in chunk)
        if has_right_to_left(text) or (right_to_left and not has_left_to_right(text)):
            row = [order_words([w for chunk in row for w in chunk], right_to_left or is_right_to_left(text))]
        lines.append(make_line(page, row, box, right_to_left))
    return tuple(lines)


def _split_turned(words: Sequence[Word]) -> list[list[Word]]:
    """Turned words by the lines on which they stand."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and abs(lines[-1][-1].baseline - word.baseline) < 0.3 * word.font.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def count_head_rows(grid: Grid, shades: Sequence[Picture]) -> int:
    """How many rows at the top of a grid are its head, 0 when it has none. No cell stands half in the head."""
    head = _guess_head(grid, shades)
    reached = head
    while reached and (deeper := max(a.row + a.row_span for a in grid.areas if a.row < reached)) > reached:
        reached = deeper
    return reached if reached <= max(head, MAX_HEAD_ROWS) and reached < grid.rows else 0


def _guess_head(grid: Grid, shades: Sequence[Picture]) -> int:
    rows = [[a for a in grid.areas if a.row == number] for number in range(min(grid.rows, MAX_HEAD_ROWS + 2))]
    if 0 < grid.ruled_head <= MAX_HEAD_ROWS and not grid.framed and not _is_data(rows[grid.ruled_head - 1]):
        return grid.ruled_head
    bold = 0
    while bold < len(rows) - 1 and _is_bold(rows[bold]):
        bold += 1
    if 0 < bold <= MAX_HEAD_ROWS and bold < grid.rows:
        return bold
    if grid.rows < 2 or _is_data(rows[0]):
        return 0
    if _is_shaded(rows[0], shades) and not _is_shaded(rows[1], shades):
        return 1
    first = [a for a in rows[0] if a.words]
    return 1 if len(first) >= 0.6 * len(rows[0]) and len(first) > 1 else 0


def _text(area: GridArea) -> str:
    return " ".join(word.text for word in area.words)


def _is_data(row: Sequence[GridArea]) -> bool:
    """Whether most cells after the first hold numbers; years and short codes head columns, too."""
    later = [area for area in row[1:] if area.words]
    numbers = [area for area in later if is_number(_text(area)) and len(_text(area)) != 4]
    return bool(later) and len(numbers) > 0.6 * len(later) and any("." in _text(a) or "," in _text(a) for a in numbers)


def _is_bold(row: Sequence[GridArea]) -> bool:
    letters = sum(len(w.text) for area in row for w in area.words)
    bold = sum(len(w.text) for area in row for w in area.words if w.font.bold)
    return letters > 0 and bold >= BOLD_SHARE * letters


def _is_shaded(row: Sequence[GridArea], shades: Sequence[Picture]) -> bool:
    words = [word for area in row for word in area.words]
    grounds = [shade.box for shade in shades if shade.kind == "rectangle"]
    if not words or not grounds:
        return False
    under = sum(1 for w in words if any(_lies_under(box, w.box) for box in grounds))
    return under >= 0.8 * len(words)


def _lies_under(shade: BoundingBox, word: BoundingBox) -> bool:
    middle = (word.bottom + word.top) / 2
    return shade.bottom < middle < shade.top and shade.left - 1 < word.left and word.right < shade.right + 1


def measure_alignments(grid: Grid, head_rows: int, right_to_left: bool) -> tuple[Alignment, ...]:
    """How the cells of each column are set, in reading order: "start", "center", "end", or "" when it does not show."""
    found: list[Alignment] = []
    for column in range(grid.columns):
        areas = [a for a in grid.areas if a.words and a.column == column and a.column_span == 1]
        boxes = [(area.row, enclosing_box([word.box for word in area.words])) for area in areas]
        body = _read_alignment([box for row, box in boxes if row >= head_rows], right_to_left)
        # Cells of one width do not tell; the head over them may.
        found.append(body or _read_alignment([box for _, box in boxes], right_to_left))
    return tuple(reversed(found)) if right_to_left else tuple(found)


def _read_alignment(boxes: Sequence[BoundingBox], right_to_left: bool) -> Alignment:
    if len(boxes) < 2:
        return ""
    scatter = {
        "left": _measure_scatter([b.left for b in boxes]),
        "right": _measure_scatter([b.right for b in boxes]),
        "center": _measure_scatter([(b.left + b.right) / 2 for b in boxes]),
    }
    best = min(scatter, key=lambda side: scatter[side])
    if max(scatter.values()) < 1.0 or scatter[best] > ALIGNED * max(scatter.values()):
        return ""
    if best == "center":
        return "center"
    return "start" if (best == "right") == right_to_left else "end"


def _measure_scatter(values: Sequence[float]) -> float:
    """The standard deviation."""
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
