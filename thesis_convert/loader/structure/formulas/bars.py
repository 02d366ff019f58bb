"""Reads the rules of a formula: fractions, roots, overlines.

In: items and a rule. Out: the items with one in place of those that the rule holds together. What
stands on both sides of a rule, close to it and no wider, is a fraction.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.nodes import (
    Accent,
    Fraction,
    Item,
    Node,
    ReadLevel,
    Root,
    UnreadableError,
    make_item,
    replace_items,
)
from thesis_convert.loader.structure.formulas.rows import AXIS, SCRIPT_SIZE, measure_row
from thesis_convert.page import (
    BoundingBox,
)

NEAR_BAR = 0.75
"""Numerator and denominator begin within so many sizes from their bar."""
CLOSE = 0.3
"""Parts of a numerator are no further apart, in sizes; rows of formulas are."""
OVERLINE_GAP, LINE_ABOVE = 0.25, 0.55
"""An overline is nearer to what it covers than this, and further than that from what is above."""


def set_bar(items: list[Item], bar: BoundingBox, wider: Sequence[BoundingBox], read: ReadLevel) -> list[Item]:
    """The items with the fraction, root or overline that a rule makes."""
    y = (bar.bottom + bar.top) / 2
    for item in items:
        if item.text == "√" and item.free and _begins_root(item, bar, y):
            return _set_root(items, item, bar, read)
    within = [i for i in items if _stands_over(i, bar, y)]
    others = [(other.bottom + other.top) / 2 for other in wider if other.left < bar.right and bar.left < other.right]
    above = gather(within, y, 1, min((o for o in others if o > y + 0.01), default=None))
    below = gather(within, y, -1, max((o for o in others if o < y - 0.01), default=None))
    if above and below and max(span(above), span(below)) > 0.5 * bar.width and not _is_overline(above, below, y):
        size = max(i.size for i in above + below)
        node: Node = Fraction(read(above), read(below))
        parts = above + below
    elif below and span(below) > 0.6 * bar.width and (not above or _is_overline(above, below, y)):
        size, baseline = measure_row(below)
        node = Accent("overline" if len(below) > 1 else "bar", read(below))
        return replace_items(items, below, make_item(node, below, baseline, size)._replace(free=False))
    elif above and span(above) > 0.6 * bar.width and y > min(i.baseline for i in above) - 0.5 * above[0].size:
        size, baseline = measure_row(above)
        return replace_items(
            items, above, make_item(Accent("underline", read(above)), above, baseline, size)._replace(free=False)
        )
    else:
        return items
    return replace_items(items, parts, make_item(node, parts, y - AXIS * size, size))


def span(items: Sequence[Item]) -> float:
    return max(i.box.right for i in items) - min(i.box.left for i in items)


def _is_overline(above: Sequence[Item], below: Sequence[Item], y: float) -> bool:
    size = max(i.size for i in below)
    over = y - max(i.box.top for i in below)
    under = min(i.box.bottom for i in above) - y
    return over < OVERLINE_GAP * size and under > LINE_ABOVE * size


def _stands_over(item: Item, bar: BoundingBox, y: float) -> bool:
    """Whether an item is over or under a bar, and no bracket beside it."""
    reach = 0.3 * item.size
    through = item.box.bottom < y - reach and item.box.top > y + reach
    return not through and bar.left - reach <= item.box.left and item.box.right <= bar.right + reach


def gather(items: Sequence[Item], y: float, side: int, limit: float | None = None) -> list[Item]:
    """The items that stand on a bar at the height `y` (`side` 1) or hang under it (-1), as far as the next bar."""
    found: list[Item] = []
    edge = None
    on_side = [i for i in items if (i.height - y) * side > 0 and (limit is None or (limit - i.height) * side > 0)]
    for item in sorted(on_side, key=lambda i: near_edge(i, side) * side):
        near, far = near_edge(item, side) * side, near_edge(item, -side) * side
        if (near - y * side) > NEAR_BAR * item.size if edge is None else near - edge > CLOSE * item.size:
            break
        found.append(item)
        edge = far if edge is None else max(edge, far)
    return found


def near_edge(item: Item, side: int) -> float:
    return item.box.bottom if side > 0 else item.box.top


def _begins_root(sign: Item, bar: BoundingBox, y: float) -> bool:
    reach = 0.4 * sign.size
    return abs(sign.box.right - bar.left) < reach and abs(sign.box.top - y) < reach


def _set_root(items: list[Item], sign: Item, bar: BoundingBox, read: ReadLevel) -> list[Item]:
    inside = [
        i
        for i in items
        if i is not sign
        and bar.left - 0.2 * i.size < i.middle < bar.right + 0.1 * i.size
        and sign.box.bottom - 0.4 * sign.size < i.height < bar.top
    ]
    if not inside:
        raise UnreadableError
    degree = [
        i
        for i in items
        if i.size < SCRIPT_SIZE * sign.size
        and sign.box.left - i.size < i.box.left
        and i.box.right < sign.box.left + 0.75 * sign.box.width + 0.1 * sign.size
        and i.baseline > sign.height - 0.1 * sign.size
        and i.baseline < sign.box.top
    ]
    size, baseline = measure_row(inside)
    node = Root(read(inside), read(degree) if degree else None)
    item = make_item(node, [sign, *inside], baseline, size)
    return replace_items(items, [sign, *inside, *degree], item._replace(box=item.box._replace(right=bar.right)))
