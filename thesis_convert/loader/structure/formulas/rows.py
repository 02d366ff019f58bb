"""Reads items that stand in rows.

In: items, each a node with its place, size and baseline. Out: one node. A row is read from its left
to its right: what has the row's size stands on its line, and what is smaller and off the line is a
script of what comes before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.nodes import (
    Fence,
    Grid,
    Item,
    Node,
    Row,
    Scripts,
    Symbol,
    UnreadableError,
    make_row,
)
from thesis_convert.loader.structure.formulas.symbols import BARS, CLOSING, OPENING, RELATIONS

AXIS = 0.25
"""Fraction bars and signs are centred so many sizes above the baseline."""
SCRIPT_SIZE = 0.88
"""Scripts are set smaller than this share of what they belong to."""
SAME_ROW, SAME_LINE = 0.3, 0.12
"""Baselines of signs, and of letters, in one row differ by less than this share of its size."""
FREE_SHIFT = 0.22
"""A fraction in small type that is off the line by this share of the size is a script."""
NEW_ROW = 0.75
"""Rows are at least this share of their size apart; a script is not moved so far."""
OFF_LINE = 0.06
"""A smaller glyph that is off the baseline by this share of the size is a script."""


def read_rows(items: Sequence[Item]) -> Node:
    """The node for items in one or more rows."""
    return join_rows(split_rows(items))


def join_rows(rows: Sequence[Sequence[Item]]) -> Node:
    """The node for rows under each other."""
    if len(rows) == 1:
        return read_row(rows[0])
    cut = _find_alignment(rows)
    if cut is None:
        return Grid(tuple((read_row(row),) for row in rows), aligned=True)
    cells = []
    for row in rows:
        before = [item for item in row if item.middle < cut]
        after = [item for item in row if item.middle >= cut]
        cells.append((read_row(before), read_row(after)))
    return Grid(tuple(cells), aligned=True)


def split_rows(items: Sequence[Item]) -> list[list[Item]]:
    """Items by the row that they stand in, from the top down."""
    firm = [item for item in items if not item.free] or list(items)
    if not firm:
        return []
    size = max(item.size for item in firm)
    baselines: list[tuple[float, float]] = []  # of the rows, with the width of what stands on them
    for item in sorted(firm, key=lambda i: -i.baseline):
        if item.size < SCRIPT_SIZE * size:
            continue
        if baselines and baselines[-1][0] - item.baseline < NEW_ROW * size:
            baseline, width = baselines[-1]
            here = item.box.width
            baselines[-1] = (item.baseline, here) if here > width else (baseline, width + here)
        else:
            baselines.append((item.baseline, item.box.width))
    rows: list[list[Item]] = [[] for _ in baselines]
    for item in items:
        level = item.baseline if item.free else item.height - AXIS * size
        rows[min(range(len(rows)), key=lambda n: abs(baselines[n][0] - level))].append(item)
    return [row for row in rows if row]


def _find_alignment(rows: Sequence[Sequence[Item]]) -> float | None:
    """Where the relations of all rows stand under each other."""
    for first in sorted(rows[0], key=lambda i: i.box.left):
        if first.text not in RELATIONS:
            continue
        reach = 0.3 * first.size
        found = 0
        for row in rows[1:]:
            if any(i.text in RELATIONS and i.text and abs(i.box.left - first.box.left) < reach for i in row):
                found += 1
            elif any(i.box.left < first.box.left - reach for i in row):
                return None
        return first.box.left - 0.01 if found else None
    return None


def read_row(items: Sequence[Item]) -> Node:
    """The node for items on one baseline, with what hangs on them."""
    if not items:
        return Row(())
    ordered = sorted(items, key=lambda i: (i.box.left, i.box.right))
    size, baseline = measure_row(ordered)
    nodes: list[Node] = []
    boxes: list[Item] = []
    scripts: list[Item] = []
    for item in ordered:
        if not _stands_on(item, baseline, size):
            scripts.append(item)
            continue
        if scripts:
            _attach(nodes, scripts, baseline, size)
            scripts = []
        if boxes and _collides(boxes[-1], item):
            raise UnreadableError
        nodes.append(item.node)
        boxes.append(item)
    if scripts:
        _attach(nodes, scripts, baseline, size)
    return fence(nodes)


def measure_row(items: Sequence[Item]) -> tuple[float, float]:
    """The size and baseline of what stands on the line of a row."""
    firm = [item for item in items if not item.free]
    if not firm:
        first = max(items, key=lambda i: i.size)
        return first.size, first.baseline
    size = max(item.size for item in firm)
    # The first: scripts of scripts are as large as what they belong to, and come after it.
    first = min((item for item in firm if item.size >= SCRIPT_SIZE * size), key=lambda i: i.box.left)
    return size, first.baseline


def _stands_on(item: Item, baseline: float, size: float) -> bool:
    shift = abs(item.baseline - baseline)
    small = item.size < SCRIPT_SIZE * size
    if item.free:
        return shift < (FREE_SHIFT if small else NEW_ROW) * size
    return shift < (OFF_LINE if small else SAME_LINE if item.text.isalnum() else SAME_ROW) * size


def _collides(left: Item, right: Item) -> bool:
    shared = left.box.right - right.box.left
    return shared > 0.6 * min(left.box.width, right.box.width) and shared > 0.3 * min(left.size, right.size)


def _attach(nodes: list[Node], scripts: Sequence[Item], baseline: float, size: float) -> None:
    """Puts raised and lowered items on the last node."""
    above, below = split_scripts(scripts, baseline, size)
    base: Node = nodes.pop() if nodes else Row(())
    if isinstance(base, Scripts) and not base.limits:
        nodes.append(base)
        base = Row(())
    raised = read_rows(above) if above else None
    lowered = read_rows(below) if below else None
    nodes.append(Scripts(base, lowered, raised))


def split_scripts(scripts: Sequence[Item], baseline: float, size: float) -> tuple[list[Item], list[Item]]:
    """Superscripts and subscripts. What is smaller than they are belongs to the one it stands beside."""
    largest = max(item.size for item in scripts)
    above: list[Item] = []
    below: list[Item] = []
    for item in sorted(scripts, key=lambda i: i.box.left):
        level = item.height - AXIS * item.size if item.free else item.baseline
        chosen = above if level > baseline + 0.1 * size else below
        if item.size < SCRIPT_SIZE * largest and (above or below):
            chosen = min((s for s in (above, below) if s), key=lambda s: _distance(s[-1], item))
        chosen.append(item)
    return above, below


def _distance(left: Item, right: Item) -> float:
    return abs(right.box.left - left.box.right) + abs(right.baseline - left.baseline)


def fence(nodes: Sequence[Node]) -> Node:
    """The row, with stretched brackets around what they hold."""
    result: list[Node] = []
    starts: list[int] = []
    for node in nodes:
        base = node.base if isinstance(node, Scripts) and not node.limits else node
        sign = base.text if isinstance(base, Symbol) and base.tall else ""
        if sign and (sign in CLOSING or sign in BARS) and starts and _fits(result[starts[-1]], sign):
            start = starts.pop()
            left = result[start]
            assert isinstance(left, Symbol)
            fenced: Node = Fence(left.text, make_row(result[start + 1 :]), sign)
            if isinstance(node, Scripts):
                fenced = Scripts(fenced, node.below, node.above)
            result[start:] = [fenced]
            continue
        if sign and node is base and (sign in OPENING or sign in BARS):
            starts.append(len(result))
        result.append(node)
    return make_row(_open_cases(result))


def _fits(left: Node, sign: str) -> bool:
    """Whether a bracket closes another: of another kind only when both are brackets, as in half-open intervals."""
    assert isinstance(left, Symbol)
    return left.text == sign if sign in BARS else left.text in OPENING


def _open_cases(nodes: list[Node]) -> list[Node]:
    """A lone brace before a grid holds it."""
    for place, node in enumerate(nodes[:-1]):
        if isinstance(node, Symbol) and node.tall and node.text in OPENING and isinstance(nodes[place + 1], Grid):
            return [*nodes[:place], Fence(node.text, nodes[place + 1], ""), *_open_cases(nodes[place + 2 :])]
    return nodes
