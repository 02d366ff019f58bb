"""Tables as aligned columns, or as records where the columns do not fit.

A table and the room it has go in, lines come out. Columns are as wide as their widest cell; when
that is too much, wide columns give way and their cells take several lines. What still does not fit,
or would become a thin tower of words, is said row by row as "header: value".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from thesis_convert.document import Cell, Row, Table
from thesis_convert.writers.text_wrap import measure_columns, split_pieces, wrap_text

_GAP = 2
_HANG = 4
# A column is not made narrower than this for the sake of others, and no cell higher.
_NARROWEST = 12
_HIGHEST = 6
# More than any page has; a span beyond it is a mistake that must not cost memory.
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell's text where it stands; `again` when it began in a row above."""

    text: str
    column: int
    span: int
    alignment: str
    again: bool = False


def set_table(table: Table, room: int, set_cell: Callable[[Cell], str]) -> list[str]:
    """The rows of the table as lines of at most `room` columns, 0 for any; none when it has no rows."""
    grid = _place_cells((*table.head, *table.body), set_cell)
    head, body = grid[: len(table.head)], grid[len(table.head) :]
    widths = _find_widths(grid, room)
    if widths:
        return _set_columns(head, body, widths, room)
    return _set_records(head, body, room)


def _place_cells(rows: Sequence[Row], set_cell: Callable[[Cell], str]) -> list[list[_Placed]]:
    """Gives each cell its column; a cell that goes down over rows is in each of them."""
    grid: list[list[_Placed]] = []
    going_on: dict[int, tuple[int, _Placed]] = {}  # first column -> rows left, cell
    for row in rows:
        placed = [cell for _, cell in going_on.values()]
        taken = {cell.column + step for cell in placed for step in range(cell.span)}
        going_on = {column: (left - 1, cell) for column, (left, cell) in going_on.items() if left > 1}
        column = 0
        for cell in row.cells:
            while column in taken:
                column += 1
            span = min(max(1, cell.column_span), _MOST_COLUMNS)
            found = _Placed(set_cell(cell), column, span, cell.alignment)
            placed.append(found)
            if cell.row_span > 1:
                again = _Placed(found.text, column, span, cell.alignment, again=True)
                going_on[column] = (cell.row_span - 1, again)
            column += span
        grid.append(sorted(placed, key=lambda cell: cell.column))
    return grid


# --- Columns --------------------------------------------------------------------------------------


def _find_widths(grid: list[list[_Placed]], room: int) -> list[int]:
    """The width of each column, or [] when they do not fit side by side."""
    cells = [cell for row in grid for cell in row]
    count = max((cell.column + cell.span for cell in cells), default=0)
    widths, floors = [1] * count, [1] * count
    for cell in sorted(cells, key=lambda cell: cell.span):
        last = slice(cell.column, cell.column + cell.span)
        inside = _GAP * (cell.span - 1)
        for sizes, wanted in ((widths, _measure_widest_line(cell.text)), (floors, _measure_widest_piece(cell.text))):
            sizes[last.stop - 1] += max(0, wanted - inside - sum(sizes[last]))
    floors = [max(floor, min(width, _NARROWEST)) for floor, width in zip(floors, widths, strict=True)]
    if not room:
        return widths
    space = room - _GAP * (count - 1)
    if sum(floors) > space:
        return []
    fitted = _shrink(widths, floors, space)
    highest = max(len(wrap_text(cell.text, _measure_span(cell, fitted))) for cell in cells) if cells else 0
    return fitted if highest <= _HIGHEST or fitted == widths else []


def _shrink(widths: list[int], floors: list[int], space: int) -> list[int]:
    """Takes from the widest columns until all fit."""
    fitted = [min(width, space) for width in widths]
    while sum(fitted) > space:
        free = [column for column, width in enumerate(fitted) if width > floors[column]]
        widest = max(free, key=lambda column: fitted[column])
        fitted[widest] -= 1
    return fitted


def _set_columns(head: list[list[_Placed]], body: list[list[_Placed]], widths: list[int], room: int) -> list[str]:
    head_lines = [line for row in head for line in _set_row(row, widths, room)]
    rows = [_set_row(row, widths, room) for row in body]
    # Rows of several lines run into each other without a gap.
    gap = [""] if any(len(row) > 1 for row in rows) else []
    lines = [line for row in rows for line in [*row, *gap]]
    rule = [(" " * _GAP).join("-" * width for width in widths)] if head else []
    return [*head_lines, *rule, *(lines[:-1] if gap else lines)]


def _set_row(row: list[_Placed], widths: list[int], room: int) -> list[str]:
    columns = []
    for cell in row:
        width = _measure_span(cell, widths)
        lines = [] if cell.again else wrap_text(cell.text, width if room else 0)
        columns.append((cell, width, lines))
    height = max((len(lines) for _, _, lines in columns), default=0) or 1
    set_lines = []
    for index in range(height):
        line = ""
        for cell, width, lines in columns:
            start = sum(widths[: cell.column]) + _GAP * cell.column
            text = lines[index] if index < len(lines) else ""
            line += " " * (start - measure_columns(line)) + _align(text, width, cell.alignment)
        set_lines.append(line.rstrip(" "))
    return set_lines


def _align(text: str, width: int, alignment: str) -> str:
    free = max(0, width - measure_columns(text))
    left = {"end": free, "center": free // 2}.get(alignment, 0)
    return " " * left + text + " " * (free - left)


def _measure_span(cell: _Placed, widths: list[int]) -> int:
    return sum(widths[cell.column : cell.column + cell.span]) + _GAP * (cell.span - 1)


def _measure_widest_line(text: str) -> int:
    return max(map(measure_columns, text.split("\n")))


def _measure_widest_piece(text: str) -> int:
    return max((measure_columns(piece) for word in text.split() for piece in split_pieces(word)), default=0)


# --- Records --------------------------------------------------------------------------------------


def _set_records(head: list[list[_Placed]], body: list[list[_Placed]], room: int) -> list[str]:
    """One record a row, said in full: a cell that goes over several rows is in each of them."""
    names = _name_columns(head) if body else {}
    lines: list[str] = []
    for row in body or head:
        if not names:
            lines += wrap_text("; ".join(_flatten(cell) for cell in row), room, _HANG)
            continue
        for cell in filter(_flatten, row):
            over = [names[column] for column in range(cell.column, cell.column + cell.span) if column in names]
            name = "; ".join(dict.fromkeys(filter(None, over)))
            lines += wrap_text(f"{name}: {_flatten(cell)}" if name else _flatten(cell), room, _HANG)
        lines.append("")
    return lines[:-1] if names else lines


def _name_columns(head: list[list[_Placed]]) -> dict[int, str]:
    """The header of each column that has one: its head cells from top to bottom."""
    names: dict[int, str] = {}
    for cell in (cell for row in head for cell in row if not cell.again and _flatten(cell)):
        for column in range(cell.column, cell.column + cell.span):
            names[column] = " ".join(filter(None, (names.get(column, ""), _flatten(cell))))
    return names


def _flatten(cell: _Placed) -> str:
    return " ".join(cell.text.split("\n"))
