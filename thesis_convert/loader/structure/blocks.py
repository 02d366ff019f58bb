"""Tells what the paragraphs of the flow are: list items, quotations, listings, or plain text.

In: the flow of blocks. Out: the same with kinds. The place of a block in its column, its type and
its first word tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from thesis_convert.loader.structure.continuity import FIRST_INDENT
from thesis_convert.loader.structure.dashes import is_dashed_item
from thesis_convert.loader.structure.insertions import INSERTED, MAX_INSERTED
from thesis_convert.loader.structure.markers import DASHES, read_marker
from thesis_convert.page import Block, ItemDetail, Line, QuoteDetail, Typography

LOOK_AROUND = 12
"""So many blocks may stand between two items of one list: those of the lists within it."""
MAX_PARAGRAPHS = 4
"""So many more paragraphs may an item have before the next one shows that its list goes on."""
QUOTE_INDENT = 0.9
"""A quotation is set in from the text by at least this many sizes."""
SMALLER = 0.95
"""Type below this share of the text's is smaller."""
FULL = 0.5
"""A line that ends within so many sizes of the column's edge is full."""

CENTRED = 0.5
"""A line that is centred for itself, and not set in, takes less than this share of the column."""


def classify_blocks(flow: Sequence[Block], typography: Typography, indent: float) -> list[Block]:
    """The flow with items, quotations and listings recognised. `indent` is the first-line indent in points."""
    result: list[Block] = []
    for number, block in enumerate(flow):
        if block.kind == "paragraph":
            block = _classify(block, result, flow[number + 1 : number + 1 + LOOK_AROUND], typography, indent)
        result.append(block)
    return result


def _classify(
    block: Block, before: Sequence[Block], after: Sequence[Block], typography: Typography, indent: float
) -> Block:
    marker = read_marker(block.lines[0])
    if marker is not None and _is_item(marker, block, before, after, typography):
        return replace(block, kind="item", detail=marker)
    if before and (_is_paragraph_in_item(block, before, after, indent) or _is_narrow_in_item(block, before, after)):
        return replace(block, kind="item", detail=None, starts=False)
    if is_set_in(block.lines, typography, indent):
        if before and _goes_on_with_item(block, before):
            return replace(block, kind="item", detail=None, starts=False)
        if before and _is_quoted_in_item(block, before, after):
            return replace(block, kind="item", detail=QuoteDetail(inside=True), starts=False)
        if not _is_first_line(block.lines, typography) and not _is_centred_alone(block, before):
            return replace(block, kind="quote")
    elif before and after and _stands_between_quotes(block, before[-1], after[0], typography, indent):
        return replace(block, kind="quote")
    return block


def _is_item(
    marker: ItemDetail, block: Block, before: Sequence[Block], after: Sequence[Block], typography: Typography
) -> bool:
    """Whether a marker is one of a list: bullets are, a number when the one before or after it is there."""
    line = block.lines[0]
    if marker.numbering == "bullet":
        return marker.marker not in DASHES or is_dashed_item(block, marker, before, after)
    earlier = (b.detail for b in reversed(before[-LOOK_AROUND:]) if isinstance(b.detail, ItemDetail))
    if any(_counts_on(other, marker, line.size) for other in earlier):
        return True
    later = (read_marker(b.lines[0]) for b in takewhile(lambda b: b.kind == "paragraph", after))
    if any(other is not None and _counts_on(marker, other, line.size) for other in later):
        return True
    hanging = len(block.lines) > 1 and block.lines[1].indent > marker.indent + 0.5 * line.size
    return marker.value == 1 and (line.indent > 0.5 * typography.size or hanging)


def _counts_on(marker: ItemDetail, other: ItemDetail, size: float) -> bool:
    """Whether `other` is the next number of the same list."""
    aligned = abs(marker.indent - other.indent) < 0.8 * size
    return aligned and marker.numbering == other.numbering and other.value == marker.value + 1


def is_set_in(lines: Sequence[Line], typography: Typography, indent: float) -> bool:
    """Whether a block stands further in than the text's own first lines do."""
    limit = QUOTE_INDENT * typography.size
    indents = [line.indent for line in lines]
    if len(lines) == 1:
        smaller = lines[0].size < SMALLER * typography.size
        return indents[0] > limit and (indents[0] > indent + 0.5 * typography.size or smaller) and lines[0].slack > -1
    return min(indents) > limit


def _is_first_line(lines: Sequence[Line], typography: Typography) -> bool:
    """Whether a line that is set in reaches the column's edge: it begins a paragraph that goes on elsewhere."""
    line, size = lines[0], typography.size
    if len(lines) > 1 or line.size < SMALLER * size:
        return False
    return line.slack < FULL * size and line.indent < FIRST_INDENT * size


def _is_centred_alone(block: Block, before: Sequence[Block]) -> bool:
    """Whether a block is one short line in the middle of the column, as names of speakers; mottos have a heading."""
    line = block.lines[0]
    if len(block.lines) > 1 or (before and before[-1].kind in ("heading", "quote")):
        return False
    return abs(line.indent - line.slack) < FULL * line.size and line.box.width < CENTRED * line.column.width


def _goes_on_with_item(block: Block, before: Sequence[Block]) -> bool:
    """Whether a block stands under the text of the list item before it, or of one with a picture or formula in it."""
    inserted = sum(1 for _ in takewhile(lambda other: other.kind in INSERTED, reversed(before[-MAX_INSERTED:])))
    edge = _text_edge(before[: len(before) - inserted])
    return edge is not None and abs(block.lines[0].indent - edge) < 0.5 * block.lines[0].size


def _is_paragraph_in_item(block: Block, before: Sequence[Block], after: Sequence[Block], indent: float) -> bool:
    """Whether a block is a further paragraph of the list item before it, with a first-line indent of its own.

    Where the text of items begins at the edge of all text, such a paragraph could as well follow the list:
    it is the item's when the list goes on after it.
    """
    edge = _text_edge(before)
    line = block.lines[0]
    if edge is None or not indent or abs(line.indent - edge - indent) > 0.5 * line.size:
        return False
    if len(block.lines) > 1 and abs(block.lines[1].indent - edge) > 0.3 * line.size:
        return False
    if edge > 0.5 * line.size:
        return True
    return _is_list_open(before, after, line.size) or _is_as_before(block, before)


def _is_narrow_in_item(block: Block, before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether a block, set in no further than the first lines of paragraphs, is of the item before it."""
    line = block.lines[0]
    edge = _text_edge(before)
    if edge is None or min(edge, line.indent) < 0.5 * line.size or abs(line.indent - edge) > 0.5 * line.size:
        return False
    if len(block.lines) > 1:  # only the first line of a paragraph would be set in
        return all(abs(other.indent - edge) < 0.3 * line.size for other in block.lines)
    following = after[0] if after else block
    if following.page > block.page and following.kind == "paragraph" and read_marker(following.lines[0]) is None:
        return all(abs(other.indent - edge) < 0.5 * line.size for other in following.lines[:2])
    return _is_list_open(before, after[:1], line.size) or _is_as_before(block, before)


def _is_list_open(before: Sequence[Block], after: Sequence[Block], size: float) -> bool:
    """Whether the list of the last item goes on soon."""
    item = next((other.detail for other in reversed(before) if isinstance(other.detail, ItemDetail)), None)
    markers = (read_marker(other.lines[0]) for other in after[:MAX_PARAGRAPHS] if other.kind == "paragraph")
    return item is not None and any(marker is not None and _counts_on(item, marker, size) for marker in markers)


def _is_as_before(block: Block, before: Sequence[Block]) -> bool:
    """Whether a block stands to the item before it as another one stood to the item before that."""
    if len(before) < 2 or not isinstance(before[-1].detail, ItemDetail) or before[-2].starts:
        return False
    return (
        before[-2].kind == "item"
        and abs(before[-2].lines[0].indent - block.lines[0].indent) < 0.5 * block.lines[0].size
    )


def _stands_between_quotes(block: Block, before: Block, after: Block, typography: Typography, indent: float) -> bool:
    """Whether a block of one line stands in the midst of a quotation that is set in as first lines are."""
    if before.kind != "quote" or after.kind != "paragraph" or len(block.lines) > 1 or len(after.lines) < 2:
        return False
    line = block.lines[0]
    around = (before.lines[-1], after.lines[0])
    if any(abs(other.indent - line.indent) > 0.5 * line.size or other.page != line.page for other in around):
        return False
    return all(abs(other.size - line.size) < 0.1 for other in around) and is_set_in(after.lines, typography, indent)


def _text_edge(before: Sequence[Block]) -> float | None:
    """How far the text of the last list item is set in, None when the last block is no item."""
    for block in reversed(before):
        if block.kind != "item":
            return None
        if isinstance(block.detail, QuoteDetail):
            continue
        first = block.lines[0]
        if len(block.lines) > 1:
            return block.lines[1].indent
        if not isinstance(block.detail, ItemDetail):
            return first.indent
        if len(first.words) < 2:
            return None
        box = first.words[1].box
        return first.column.right - box.right if first.right_to_left else box.left - first.column.left
    return None


def _is_quoted_in_item(block: Block, before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether a block is set in on both sides from a list item that goes on after it, or whose list does."""
    edge = _text_edge(before)
    if edge is None or min(line.indent for line in block.lines) < edge + QUOTE_INDENT * block.lines[0].size:
        return False
    if any(line.slack < QUOTE_INDENT * line.size for line in block.lines):
        return False
    # A picture, which has no lines, may float in between.
    following = next((other for other in after if other.lines and not _looks_same(other, block)), None)
    if following is None:
        return False
    if _goes_on_with_item(following, before):
        return True
    marker = read_marker(following.lines[0])
    items = (other.detail for other in reversed(before) if isinstance(other.detail, ItemDetail))
    item = next(items, None)
    if marker is None or item is None or marker.numbering != item.numbering:
        return False
    return abs(marker.indent - item.indent) < 0.8 * block.lines[0].size


def _looks_same(other: Block, block: Block) -> bool:
    """Whether a block is set in as far as another: both may be of one quotation."""
    return (
        other.kind == "paragraph" and abs(other.lines[-1].indent - block.lines[-1].indent) < 0.5 * block.lines[0].size
    )
