"""Reads matrices and cases.

In: items. Out: the items with one in place of several rows between tall brackets, or behind a tall
brace. Columns are told by gaps that go through all rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.nodes import Grid, Item, Row, Symbol, make_item, replace_items
from thesis_convert.loader.structure.formulas.rows import AXIS, read_row, split_rows
from thesis_convert.loader.structure.formulas.symbols import BARS, CLOSING, OPENING
from thesis_convert.page import (
    BoundingBox,
)

COLUMN_GAP = 0.55
"""Columns of a grid are at least so many sizes apart, more than any space within a formula."""


def set_grids(items: list[Item]) -> list[Item]:
    """Rows between tall brackets, or behind a tall brace, as one item."""
    tall = [i for i in items if isinstance(i.node, Symbol) and i.node.tall]
    for left in sorted((i for i in tall if i.text in OPENING + BARS), key=lambda i: i.box.height):
        inside = [
            i
            for i in items
            if i.box.left >= left.box.right - 0.2 * i.size
            and left.box.bottom - 0.3 * left.size < i.height < left.box.top + 0.3 * left.size
        ]
        right = _find_closing(left, inside)
        if right is not None:
            inside = [i for i in inside if i.middle < right.middle and i is not right]
        elif left.text in BARS:
            continue
        if left not in items or any(i.node in (left.node,) and i is left for i in inside):
            continue
        rows = split_rows(inside) if inside else []
        if len(rows) < 2:
            continue
        grid = make_item(_read_grid(rows), inside, left.height - AXIS * left.size, left.size)
        items = replace_items(items, inside, grid)
    return items


def _find_closing(left: Item, behind: Sequence[Item]) -> Item | None:
    """The bracket of the same height that closes another."""
    depth = 0
    for item in sorted(behind, key=lambda i: i.box.left):
        if not (isinstance(item.node, Symbol) and item.node.tall) or item.box.height < 0.8 * left.box.height:
            continue
        if abs(item.height - left.height) > 0.5 * left.size or item.box.height > 1.25 * left.box.height:
            continue
        if item.text in CLOSING or (item.text in BARS and left.text == item.text):
            if not depth:
                return item
            depth -= 1
        elif item.text in OPENING:
            depth += 1
    return None


def _read_grid(rows: Sequence[Sequence[Item]]) -> Grid:
    size = max(item.size for row in rows for item in row)
    cuts = _find_columns([item.box for row in rows for item in row], COLUMN_GAP * size)
    result = []
    for row in rows:
        cells: list[list[Item]] = [[] for _ in range(len(cuts) + 1)]
        for item in row:
            cells[sum(item.middle > cut for cut in cuts)].append(item)
        result.append(tuple(read_row(cell) if cell else Row(()) for cell in cells))
    return Grid(tuple(result))


def _find_columns(boxes: Sequence[BoundingBox], gap: float) -> list[float]:
    """The middles of the gaps that go through all rows."""
    cuts: list[float] = []
    right = None
    for box in sorted(boxes, key=lambda b: b.left):
        if right is not None and box.left - right > gap:
            cuts.append((right + box.left) / 2)
        right = box.right if right is None else max(right, box.right)
    return cuts
