"""Walks the name trees and number trees of a PDF: sorted tables that are cut into nodes.

In: the root node. Out: the pairs in it. The limits that nodes carry serve searching and are often
wrong, so all nodes are read; a node is entered once, which ends loops.
"""

from __future__ import annotations

from collections.abc import Iterator

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.syntax import Ref, Value

MAX_NODES = 50_000
"""Nodes of one tree; a node usually holds 6 to 64 pairs."""
MAX_PAIRS = 100_000
"""Pairs of one tree."""


def walk_tree(objects: Objects, root: Value, pairs_key: str) -> Iterator[tuple[Value, Value]]:
    """The keys and values of a tree whose nodes hold them under `pairs_key` ("Names" or "Nums"), in order."""
    stack = [root]
    entered: set[Ref] = set()
    pairs = 0
    for _ in range(MAX_NODES):
        if not stack or pairs > MAX_PAIRS:
            return
        node = stack.pop()
        if isinstance(node, Ref):
            if node in entered:
                continue
            entered.add(node)
        entries = objects.dictionary(node)
        values = objects.array(entries.get(pairs_key))[: 2 * MAX_PAIRS]
        pairs += len(values) // 2
        yield from zip(values[0::2], values[1::2], strict=False)
        stack.extend(reversed(objects.array(entries.get("Kids"))[:MAX_NODES]))
