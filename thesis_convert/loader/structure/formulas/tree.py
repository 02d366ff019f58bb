"""Reads a formula's structure from where its signs stand.

In: items with size and baseline, and the rules among them. Out: a tree of nodes. Typesetters place
by few rules, so places can be read back: a rule with something on both sides is a fraction, what is
centred over or under a large sign is its limit, rows between tall brackets are a matrix. Each
recognition takes items and gives fewer, larger items, from the innermost outwards; what remains in
the end stands in rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.bars import set_bar
from thesis_convert.loader.structure.formulas.braces import BRACES, group_braces, set_brace
from thesis_convert.loader.structure.formulas.grids import set_grids
from thesis_convert.loader.structure.formulas.limits import set_limits
from thesis_convert.loader.structure.formulas.nodes import Item, Node, UnreadableError
from thesis_convert.loader.structure.formulas.rows import join_rows, split_rows
from thesis_convert.page import (
    BoundingBox,
)

MAX_ITEMS = 1500
"""No formula has so many signs; what has is a page of something else."""
MAX_RULES = 200


def read_formula(items: Sequence[Item], rules: Sequence[BoundingBox]) -> Node:
    """The formula as a tree. Raises UnreadableError when its places make no sense."""
    return join_rows(read_formula_rows(items, rules))


def read_formula_rows(items: Sequence[Item], rules: Sequence[BoundingBox]) -> list[list[Item]]:
    """What stands in each row of a formula, from the top down. Raises UnreadableError as above."""
    if not items or len(items) > MAX_ITEMS or len(rules) > MAX_RULES:
        raise UnreadableError
    braces, bars = group_braces([item for item in items if item.text in BRACES], rules)
    found = [item for item in items if item.text not in BRACES]
    bars.sort(key=lambda b: b.width)
    for number, bar in enumerate(bars):
        found = set_bar(found, bar, bars[number + 1 :], read_level)
    for brace in braces:
        found = set_brace(found, brace, read_level)
    if any(item.text == "√" and not item.free for item in found):
        raise UnreadableError
    return _split_level(found)


def read_level(items: Sequence[Item]) -> Node:
    return join_rows(_split_level(items))


def _split_level(items: Sequence[Item]) -> list[list[Item]]:
    return split_rows(set_grids(set_limits(list(items), read_level)))
