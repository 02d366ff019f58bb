"""Tells the figures, tables, listings and formulas that stand inside the items of lists.

In: the flow with its items, whole. Out: the same; what stands between an item and the rest of its text, or between
two items of one list, goes on with the item above it: its block does not start anything of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.page import Block, ItemDetail

INSERTED = frozenset({"figure", "table", "code", "formula"})
MAX_INSERTED = 4
"""So many of these may follow each other within an item."""
ALIGNED = 0.8
"""Markers of one list are less than so many sizes apart."""


def hold_insertions(flow: Sequence[Block]) -> list[Block]:
    """The flow with the insertions that stand inside items marked as going on with these."""
    result = list(flow)
    start = 0
    while start < len(flow):
        end = start
        while end < len(flow) and flow[end].kind in INSERTED:
            end += 1
        if 0 < start < end < len(flow) and end - start <= MAX_INSERTED and _holds(flow, start, end):
            result[start:end] = [replace(block, starts=False) for block in flow[start:end]]
        start = max(end, start + 1)
    return result


def _holds(flow: Sequence[Block], start: int, end: int) -> bool:
    """Whether the block at `end` goes on with the item that ends before `start`, or with its list."""
    following = flow[end]
    if flow[start - 1].kind != "item" or following.kind != "item":
        return False
    if not following.starts:
        return True
    detail = following.detail
    if not isinstance(detail, ItemDetail):
        return False
    for block in reversed(flow[:start]):
        if block.kind != "item" and block.starts:
            return False
        if isinstance(block.detail, ItemDetail):
            other, size = block.detail, following.lines[0].size
            if other.numbering == detail.numbering and abs(other.indent - detail.indent) < ALIGNED * size:
                return detail.numbering == "bullet" or detail.value == other.value + 1
    return False
