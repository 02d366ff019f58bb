"""Tells what the paragraphs of the flow are: list items, quotations, listings, or plain text.

In: the flow of blocks. Out: the same with kinds. The place of a block in its column, its type and
its first word tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.structure.markers import DASHES, read_marker
from thesis_convert.page import Block, ItemDetail, Line, Typography

QUOTE_INDENT = 0.9
"""A quotation is set in from the text by at least this many sizes."""


def classify_blocks(flow: Sequence[Block], typography: Typography, indent: float) -> list[Block]:
    """The flow with items, quotations and listings recognised. `indent` is the first-line indent in points."""
    result: list[Block] = []
    for number, block in enumerate(flow):
        if block.kind != "paragraph":
            result.append(block)
            continue
        following = flow[number + 1] if number + 1 < len(flow) else None
        result.append(_classify(block, result[-1] if result else None, following, typography, indent))
    return result


def _classify(
    block: Block, before: Block | None, following: Block | None, typography: Typography, indent: float
) -> Block:
    marker = read_marker(block.lines[0])
    if marker is not None and _is_item(marker, block, before, following, typography):
        return replace(block, kind="item", detail=marker)
    if is_set_in(block.lines, typography, indent):
        if before is not None and _goes_on_with_item(block, before):
            return replace(block, kind="item", detail=None, starts=False)
        return replace(block, kind="quote")
    return block


def _is_item(
    marker: ItemDetail, block: Block, before: Block | None, following: Block | None, typography: Typography
) -> bool:
    line = block.lines[0]
    if marker.numbering == "bullet":
        return marker.marker not in DASHES or _hangs(block, marker, typography)
    neighbours = [b for b in (before, following) if b is not None and b.lines]
    for other in neighbours:
        near = other.detail if isinstance(other.detail, ItemDetail) else read_marker(other.lines[0])
        if near and near.numbering == marker.numbering and abs(near.value - marker.value) == 1:
            return True
    hanging = len(block.lines) > 1 and block.lines[1].start > marker.left + 0.5 * line.size
    return marker.value == 1 and (line.indent > 0.5 * typography.size or hanging)


def _hangs(block: Block, marker: ItemDetail, typography: Typography) -> bool:
    """Whether the lines after the first keep clear of the marker; a dash may also stand in the midst of a sentence."""
    line = block.lines[0]
    if len(block.lines) == 1:
        return line.indent > 0.5 * typography.size or line.text[2:3].isupper()
    return block.lines[1].start > marker.left + 0.4 * line.size


def is_set_in(lines: Sequence[Line], typography: Typography, indent: float) -> bool:
    """Whether a block stands further in than the text's own first lines do."""
    limit = QUOTE_INDENT * typography.size
    indents = [line.indent for line in lines]
    if len(lines) == 1:
        smaller = lines[0].size < 0.95 * typography.size
        return indents[0] > limit and (indents[0] > indent + 0.5 * typography.size or smaller) and lines[0].slack > -1
    return min(indents) > limit


def _goes_on_with_item(block: Block, before: Block) -> bool:
    """Whether a block stands under the text of the list item before it."""
    if before.kind != "item":
        return False
    start = before.lines[1] if len(before.lines) > 1 else None
    if start is not None:
        return abs(block.lines[0].start - start.start) < 0.5 * start.size
    first, words = before.lines[0], before.lines[0].words
    if len(words) < 2:
        return False
    edge = -words[1].box.right if first.right_to_left else words[1].box.left
    return abs(block.lines[0].start - edge) < 0.5 * first.size
