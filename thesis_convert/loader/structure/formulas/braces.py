"""Reads horizontal braces over and under parts of a formula.

In: items and the pieces of braces. Out: the items with one in place of what a brace embraces and of
the smaller label at its tip.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.bars import gather, span
from thesis_convert.loader.structure.formulas.nodes import (
    Brace,
    Item,
    ReadLevel,
    UnreadableError,
    make_item,
    replace_items,
)
from thesis_convert.loader.structure.formulas.rows import SCRIPT_SIZE, measure_row
from thesis_convert.page import (
    BoundingBox,
    enclosing_box,
)

BRACES = frozenset("⏞⏟⏠⏡")


def group_braces(
    pieces: Sequence[Item], rules: Sequence[BoundingBox]
) -> tuple[list[tuple[BoundingBox, float]], list[BoundingBox]]:
    """Box and size of each brace, which is built of ends, tip and rules between them; and the other rules."""
    if not pieces:
        return [], list(rules)
    size = max(piece.size for piece in pieces)
    parts = sorted([piece.box for piece in pieces] + list(rules), key=lambda box: box.left)
    inked = {id(piece.box) for piece in pieces}
    groups: list[list[BoundingBox]] = []
    for box in parts:
        group = next((g for g in groups if any(_touch(box, other, size) for other in g)), None)
        if group is None:
            groups.append([box])
        else:
            group.append(box)
    braces = [(enclosing_box(g), size) for g in groups if any(id(box) in inked for box in g)]
    return braces, [box for g in groups if not any(id(box) in inked for box in g) for box in g]


def _touch(right: BoundingBox, left: BoundingBox, size: float) -> bool:
    middle = (left.bottom + left.top) / 2
    return right.left - left.right < 0.15 * size and abs((right.bottom + right.top) / 2 - middle) < 0.4 * size


def set_brace(items: list[Item], brace: tuple[BoundingBox, float], read: ReadLevel) -> list[Item]:
    box, reach = brace[0], 0.4 * brace[1]
    y = (box.bottom + box.top) / 2
    within = [i for i in items if box.left - reach <= i.box.left and i.box.right <= box.right + reach]
    over, under = gather(within, y, 1), gather(within, y, -1)
    if not over and not under:
        raise UnreadableError
    above = _measure(under) >= _measure(over)
    inside, label = (under, over) if above else (over, under)
    if label and max(i.size for i in label) >= SCRIPT_SIZE * max(i.size for i in inside):
        label = []
    size, baseline = measure_row(inside)
    node = Brace(read(inside), read(label) if label else None, above)
    return replace_items(items, [*inside, *label], make_item(node, inside, baseline, size))


def _measure(items: Sequence[Item]) -> tuple[float, float]:
    return (max(i.size for i in items), span(items)) if items else (0.0, 0.0)
