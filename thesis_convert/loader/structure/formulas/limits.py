"""Reads what is centred over and under signs: limits of sums, "n → ∞" under "lim", "def" over "=".

In: items. Out: the items with limits on their signs. Limits are smaller than their sign and have
their middle where it has its own; scripts stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.bars import near_edge, span
from thesis_convert.loader.structure.formulas.nodes import Item, ReadLevel, Scripts, replace_items
from thesis_convert.loader.structure.formulas.rows import SCRIPT_SIZE
from thesis_convert.loader.structure.formulas.symbols import BIG, LIMIT_NAMES, RELATIONS

LIMIT_GAP = 0.8
"""Limits begin within so many sizes from their sign."""
CENTRED = 0.35
"""The middle of limits is within so many sizes from that of their sign."""


def set_limits(items: list[Item], read: ReadLevel) -> list[Item]:
    """Large signs and names such as "max" with what is centred over and under them."""
    signs = [i for i in items if _may_have_limits(i)]
    if not signs or len(items) == len(signs):
        return items
    size = max(i.size for i in items)
    signs = [i for i in signs if i.size >= SCRIPT_SIZE * size]
    seeded = [sign for sign in signs if sign.text not in RELATIONS and _has_seed(items, sign)]
    for sign in signs:
        small = [i for i in items if i.size < SCRIPT_SIZE * sign.size and i is not sign]
        if sign in seeded:
            small = [i for i in small if min(seeded, key=lambda s: abs(s.middle - i.middle)) is sign]
        if sign.text in RELATIONS:
            below: list[Item] = []
            above = [i for i in _gather_limit(small, sign, 1) if sign.box.left - 0.3 * sign.size < i.box.left]
            above = above if above and span(above) < sign.box.width + 0.8 * sign.size else []
        else:
            above, below = _gather_limit(small, sign, 1), _gather_limit(small, sign, -1)
        if above or below:
            node = Scripts(sign.node, read(below) if below else None, read(above) if above else None, True)
            items = replace_items(items, [sign, *above, *below], sign._replace(node=node))
    return items


def _has_seed(items: Sequence[Item], sign: Item) -> bool:
    return any(
        i.size < SCRIPT_SIZE * sign.size
        and abs(i.middle - sign.middle) < CENTRED * sign.size
        and (i.box.bottom > sign.box.top - 0.2 * i.size or i.box.top < sign.box.bottom + 0.2 * i.size)
        for i in items
    )


def _may_have_limits(item: Item) -> bool:
    return bool(item.text) and (item.text in BIG or item.text in LIMIT_NAMES or item.text in RELATIONS)


def _gather_limit(small: Sequence[Item], sign: Item, side: int) -> list[Item]:
    """What is centred over (`side` 1) or under (-1) a sign."""
    edge = (sign.box.top if side > 0 else sign.box.bottom) * side
    near = [
        i
        for i in small
        if -0.25 * i.size <= near_edge(i, side) * side - edge <= LIMIT_GAP * sign.size * (1.5 if i.free else 1.0)
    ]
    seed = next((i for i in near if i.box.left - 0.1 * i.size < sign.middle < i.box.right + 0.1 * i.size), None)
    if seed is None:
        seed = min(near, key=lambda i: abs(i.middle - sign.middle), default=None)
        if seed is None or abs(seed.middle - sign.middle) > 0.7 * sign.size:
            return []
    found = [seed]
    left, right = seed.box.left, seed.box.right
    rest = sorted((i for i in near if i is not seed), key=lambda i: abs(i.middle - sign.middle))
    for item in rest:
        if left - item.box.right < 0.45 * item.size and item.box.left - right < 0.45 * item.size:
            found.append(item)
            left, right = min(left, item.box.left), max(right, item.box.right)
    while abs((left + right) / 2 - sign.middle) > CENTRED * sign.size and len(found) > 1:
        # What is too much belongs to the next sign.
        far = max(found, key=lambda i: abs(i.middle - sign.middle))
        found.remove(far)
        left, right = min(i.box.left for i in found), max(i.box.right for i in found)
    return found if abs((left + right) / 2 - sign.middle) <= CENTRED * sign.size else []
