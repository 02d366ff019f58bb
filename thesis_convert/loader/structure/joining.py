"""Joins paragraphs that a page, a column, a figure or a table interrupts.

In: the flow. Out: the flow with each paragraph whole. A paragraph goes on when its last line runs to
the column's edge, and what follows begins like the middle of one: without an indent, in the same
type, at the same left edge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.structure.continuity import (
    FIRST_INDENT,
    first_width,
    select_within,
    shares_type,
)
from thesis_convert.loader.structure.hyphens import HYPHENS
from thesis_convert.loader.structure.sentences import ends_sentence, find_abbreviations
from thesis_convert.page import Block, CodeDetail, ItemDetail, Line, QuoteDetail

FULL = 1.5
"""A full line ends within this many sizes of the edge, or where the next word would not have fitted."""
MAX_BETWEEN = 6
"""So many figures and tables may stand inside a paragraph, when they float to a page of their own."""
LAST_LINES = 3
"""A bracket that is still open was opened within so many lines."""

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.):]?\s")
_PASSED = frozenset({"figure", "table", "omitted"})
_JOINED = frozenset({"paragraph", "quote", "item", "entry"})


def join_blocks(flow: Sequence[Block], indent: float) -> list[Block]:
    """The flow without breaks inside paragraphs. Floats stand after the paragraph that they interrupted."""
    abbreviations = find_abbreviations(line.text for block in flow if block.kind in _JOINED for line in block.lines)
    result: list[Block] = []
    for block in flow:
        if block.kind in ("paragraph", "quote", "item"):
            number = _find_open(result)
            if number is not None and _goes_on(
                result[number], block, indent, abbreviations, passed=number < len(result) - 1
            ):
                result[number] = replace(result[number], lines=result[number].lines + block.lines)
                continue
        result.append(block)
    return result


def _find_open(result: Sequence[Block]) -> int | None:
    """The last block of text, when only floats have come since."""
    for number in range(len(result) - 1, max(-1, len(result) - 2 - MAX_BETWEEN), -1):
        if result[number].kind in _JOINED:
            return number
        if result[number].kind not in _PASSED and not _is_floating_code(result[number]):
            return None
    return None


def _is_floating_code(block: Block) -> bool:
    """Whether a listing has a caption: then it stands where there was room, as figures do."""
    return isinstance(block.detail, CodeDetail) and bool(block.detail.caption)


def _goes_on(block: Block, following: Block, indent: float, abbreviations: frozenset[str], passed: bool) -> bool:
    last, first = block.lines[-1], following.lines[0]
    turned = last.page != first.page or last.column != first.column
    if not turned and not passed:
        return False
    within = isinstance(following.detail, QuoteDetail) and block.detail == following.detail
    if not shares_type(last, first) or not (following.detail is None or within):
        return False
    if last.text.endswith(tuple(HYPHENS)) and first.text[:1].islower():
        return True
    if not _is_full(last, first, block):
        return False
    if not _same_edge(block, following, indent):
        return False
    if not _NUMBER.match(first.text):
        return True
    return not ends_sentence(" ".join(line.text for line in block.lines[-LAST_LINES:]), abbreviations)


def _is_full(last: Line, first: Line, block: Block) -> bool:
    """Whether the next line's first word would not have fitted at the end of the last."""
    alike = [line for line in block.lines if line.right_to_left == last.right_to_left]
    edge = max(line.end for line in select_within(alike))
    slack = edge - last.end if len(alike) > 2 else last.slack
    if block.kind != "paragraph" and len(alike) <= 2:
        slack -= max(0.0, last.indent)  # what is set in is mostly so on both sides
    if last.right_to_left:
        slack = min(slack, last.slack)
    if block.kind == "paragraph" and len(block.lines) <= 2:
        slack = max(0.0, slack)
    return slack <= max(FULL * last.size, first_width(first) + 0.6 * last.size)


def _same_edge(block: Block, following: Block, indent: float) -> bool:
    """Whether the block's later lines and the following block's first begin at one edge."""
    tolerance = 0.5 * following.lines[0].size
    first = following.lines[0].indent
    if len(following.lines) > 1 and first - following.lines[1].indent > tolerance:
        return False  # a first-line indent begins a paragraph
    usual = block.lines[-1].indent if len(block.lines) > 1 else _find_text_indent(block)
    if len(block.lines) == 1 and block.kind == "paragraph":
        first_indent = abs(usual - indent) < tolerance if indent else 0 < usual < FIRST_INDENT * following.lines[0].size
        usual = 0.0 if first_indent else usual
    return abs(first - usual) < tolerance


def _find_text_indent(block: Block) -> float:
    """How far a block of one line is set in, the marker of an item left aside."""
    line = block.lines[0]
    if not isinstance(block.detail, ItemDetail):
        return line.indent
    marker = ""
    for word in line.words:
        if marker == block.detail.marker:
            return line.column.right - word.box.right if line.right_to_left else word.box.left - line.column.left
        marker += word.text
    return line.indent
