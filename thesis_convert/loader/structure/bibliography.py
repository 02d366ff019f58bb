"""Splits the blocks of a bibliography into its entries.

In: the lines under a bibliography's heading. Out: blocks of kind "entry". Entries show by a label at
each beginning, by a hanging indent, or by a wider gap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from thesis_convert.loader.structure.markers import DASHES, read_marker
from thesis_convert.page import Block, EntryDetail, Line, Typography

SET_IN = 0.6
"""A line that begins so many sizes within another is set in."""

LABEL_ROOM = 1.5
"""Labels begin within so many sizes of each other."""

_LABEL = re.compile(r"^\[[^\]\s]{1,24}(?:\s[^\]]{1,16})?\]|^\d{1,3}[.)](?=\s|$)")


def split_entries(blocks: Sequence[Block], typography: Typography) -> list[Block]:
    """The entries among the blocks of a bibliography; headings and figures stay as they are."""
    bullets = [block for block in blocks if block.kind in _TEXT and _has_bullet(block)]
    if len(bullets) > 0.5 * sum(block.kind in _TEXT for block in blocks):
        return list(blocks)  # set as a list by its author: its items are the entries
    lines = [line for block in blocks if block.kind in _TEXT for line in block.lines]
    if not lines:
        return list(blocks)
    labelled = sum(bool(_LABEL.match(block.lines[0].text)) for block in blocks if block.kind in _TEXT)
    by_label = labelled >= 3 and labelled > 0.3 * sum(block.kind in _TEXT for block in blocks)
    edges = Counter(round(line.indent) for line in lines)
    low = min((edge for edge, number in edges.items() if number >= 0.03 * len(lines)), default=0)
    prose = frozenset() if by_label else _find_prose(blocks, low)
    least, most = _find_label_edges([block.lines[0] for block in blocks if block.kind in _TEXT], low, typography)
    set_in = sum(line.indent > low + SET_IN * line.size for line in lines)
    hanging = not _begins_set_in(blocks) and set_in > 0.25 * (len(lines) - len(prose))
    result: list[Block] = []
    for block in blocks:
        if block.kind not in _TEXT or (hanging and block.lines[0].key in prose):
            result.append(block)
            continue
        for number, line in enumerate(block.lines):
            if by_label:
                begins = bool(_LABEL.match(line.text)) and least <= line.indent < most
            elif hanging:
                begins = line.indent < low + 0.5 * line.size
            else:
                begins = number == 0
            if begins or not result or result[-1].kind != "entry":
                match = _LABEL.match(line.text) if by_label else None
                result.append(
                    Block("entry", (line,), (line.page, line.box.top), EntryDetail(match.group() if match else ""))
                )
            else:
                last = result[-1]
                result[-1] = Block("entry", (*last.lines, line), last.place, last.detail)
    return result


def _has_bullet(block: Block) -> bool:
    marker = read_marker(block.lines[0])
    return marker is not None and marker.numbering == "bullet" and marker.marker not in DASHES


_TEXT = frozenset({"paragraph", "quote", "item", "entry"})


def _begins_set_in(blocks: Sequence[Block]) -> bool:
    """Whether the first lines of most entries are set in, and not all the others."""
    shifts = [
        (block.lines[0].indent - block.lines[1].indent) / block.lines[0].size
        for block in blocks
        if block.kind in _TEXT and len(block.lines) > 1
    ]
    return sum(shift > SET_IN for shift in shifts) > sum(shift < -SET_IN for shift in shifts)


def _find_prose(blocks: Sequence[Block], low: int) -> frozenset[tuple[int, int]]:
    """The keys of the lines that speak of hanging entries: sentences run on at the edge where these begin."""
    text = [block for block in blocks if block.kind in _TEXT]
    prose = [line.key for block in text if _is_prose(block, low) for line in block.lines]
    # Where most lines are so, these are entries without any indent.
    return frozenset(prose if len(prose) < 0.5 * sum(len(block.lines) for block in text) else ())


def _is_prose(block: Block, low: int) -> bool:
    following = block.lines[1:]
    if any(line.indent > low + SET_IN * line.size for line in following):
        return False
    return sum(line.text[0].islower() for line in following) > len(following) / 2


def _find_label_edges(firsts: Sequence[Line], low: int, typography: Typography) -> tuple[float, float]:
    """How far in labels begin, at least and at most: at the edge of all lines, or where first lines are set in to.

    `firsts` are the first lines of blocks. Labels set flush right wander by the width of their digits.
    """
    last = low + (SET_IN + LABEL_ROOM) * typography.size
    indents = sorted(line.indent for line in firsts if _LABEL.match(line.text))
    usual = indents[len(indents) // 2] if indents else 0.0
    if usual < last:
        return -typography.size, last
    return usual - SET_IN * typography.size, usual + SET_IN * typography.size
