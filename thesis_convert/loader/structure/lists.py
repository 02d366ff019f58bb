"""Builds lists, nested as their markers are set in, from the items that follow each other.

In: blocks of kind "item", in order, and the figures, formulas ... inside them. Out: bullet and ordered lists. An item
whose marker is set further in than that of the item before it begins a list within that item; a block without a marker
goes on with the item that it stands under.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Protocol

from thesis_convert.document import Block as DocumentBlock
from thesis_convert.document import BlockQuote, BulletList, ListItem, OrderedList, Origin, Paragraph
from thesis_convert.loader.structure.insertions import INSERTED
from thesis_convert.page import Block, ItemDetail, Line, QuoteDetail

ALIGNED = 0.7
"""Markers closer than this many sizes stand in one list; numbers set flush right wander by a digit."""


class BuildParagraph(Protocol):
    def __call__(self, lines: Sequence[Line], skip: int = 0) -> Paragraph: ...


class BuildBlock(Protocol):
    def __call__(self, block: Block) -> DocumentBlock | None: ...


class FindOrigin(Protocol):
    def __call__(self, lines: Sequence[Line]) -> Origin | None: ...


def build_lists(
    items: Sequence[Block], paragraph: BuildParagraph, insertion: BuildBlock, origin: FindOrigin
) -> list[DocumentBlock]:
    """The lists that `items` make.

    `paragraph` builds one from lines, leaving out so many words at its beginning; `insertion` builds what stands
    inside an item.
    """
    result: list[DocumentBlock] = []
    number = 0
    while number < len(items):
        end = number + 1
        while end < len(items) and not _begins_other_list(items[number], items[end]):
            end += 1
        result.append(_build_list(items[number:end], paragraph, insertion, origin))
        number = end
    return result


def _begins_other_list(first: Block, block: Block) -> bool:
    """Whether a block belongs neither to the list that `first` begins nor to one within it."""
    detail, head = block.detail, first.detail
    if not isinstance(detail, ItemDetail) or _is_deeper(first, block):
        return False
    if not isinstance(head, ItemDetail):
        return True
    restarted = head.numbering != "bullet" and detail.value == 1
    further_out = detail.indent < head.indent - ALIGNED * first.lines[0].size
    return further_out or detail.numbering != head.numbering or restarted


def _is_deeper(first: Block, block: Block) -> bool:
    indent = first.detail.indent if isinstance(first.detail, ItemDetail) else first.lines[0].indent
    return isinstance(block.detail, ItemDetail) and block.detail.indent > indent + ALIGNED * first.lines[0].size


def _build_list(
    blocks: Sequence[Block], paragraph: BuildParagraph, insertion: BuildBlock, origin: FindOrigin
) -> DocumentBlock:
    items: list[ListItem] = []
    number = 0
    while number < len(blocks):
        end = number + 1
        while end < len(blocks) and (not _has_marker(blocks[end]) or _is_deeper(blocks[0], blocks[end])):
            end += 1
        items.append(_build_item(blocks[number:end], paragraph, insertion, origin))
        number = end
    first = blocks[0].detail
    place = origin(blocks[0].lines)
    if not isinstance(first, ItemDetail) or first.numbering == "bullet":
        return BulletList(tuple(items), origin=place)
    return OrderedList(tuple(items), first.value, first.numbering, origin=place)  # type: ignore[arg-type]


def _build_item(
    blocks: Sequence[Block], paragraph: BuildParagraph, insertion: BuildBlock, origin: FindOrigin
) -> ListItem:
    """An item: its own paragraph, and the paragraphs and lists within it."""
    first = blocks[0]
    label = first.detail.marker if isinstance(first.detail, ItemDetail) else ""
    parts: list[DocumentBlock] = [paragraph(first.lines, _count_words(first.lines[0], label))]
    number = 1
    while number < len(blocks):
        if isinstance(blocks[number].detail, QuoteDetail):
            quoted = list(takewhile(lambda b: isinstance(b.detail, QuoteDetail), blocks[number:]))
            parts.append(BlockQuote(tuple(paragraph(b.lines) for b in quoted), origin=origin(quoted[0].lines)))
            number += len(quoted)
            continue
        if blocks[number].kind in INSERTED:
            built = insertion(blocks[number])
            parts += [built] if built is not None else []
            number += 1
            continue
        if not _has_marker(blocks[number]):
            parts.append(paragraph(blocks[number].lines))
            number += 1
            continue
        end = number + 1
        while end < len(blocks) and (_has_marker(blocks[end]) or _goes_under(blocks[number], blocks[end])):
            end += 1
        parts += build_lists(blocks[number:end], paragraph, insertion, origin)
        number = end
    return ListItem(tuple(parts), label)


def _has_marker(block: Block) -> bool:
    return isinstance(block.detail, ItemDetail)


def _goes_under(item: Block, block: Block) -> bool:
    """Whether a block without a marker is set in further than an item, or inserted in it."""
    if block.kind in INSERTED:
        return True
    return block.lines[0].indent > item.lines[0].indent + ALIGNED * item.lines[0].size


def _count_words(line: Line, marker: str) -> int:
    """How many words print the marker."""
    text, number = "", 0
    while text != marker and number < len(line.words):
        text += line.words[number].text
        number += 1
    return number
