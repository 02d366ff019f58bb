"""Tells items that begin with a dash from paragraphs that do: speech, and the second half of a sentence.

In: a block that begins with a dash, and the blocks around it. Out: whether it is an item. The blocks next to it
that begin with the same dash tell: those of a list hang, or go on in one sentence, in small letters or with
semicolons; those of a dialogue are paragraphs as all others are, each with a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from thesis_convert.page import Block, ItemDetail

NEAR = 12
"""So many blocks on either side tell."""
HANGING = 0.4
"""Lines that keep so many sizes clear of the marker hang."""
ALIGNED = 0.5
"""Markers of one list stand within so many sizes of each other."""
SET_IN = 0.5
"""A single line that is set in by so many sizes is an item when nothing else tells."""

_OPEN_ENDS = (";", ",", "\u061b", "\u060c", "；", "，")


def is_dashed_item(block: Block, marker: ItemDetail, before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether a block that begins with the dash `marker` is an item, going by itself and those `before` and `after`."""
    line = block.lines[0]
    run = [
        *reversed([*takewhile(lambda other: _is_alike(other, block), reversed(before[-NEAR:]))]),
        block,
        *takewhile(lambda other: _is_alike(other, block), after[:NEAR]),
    ]
    if len(run) > 1 and _is_one_sentence(run):
        return True
    if len(block.lines) > 1:
        return _hangs(block)
    longer = [other for other in run if len(other.lines) > 1]
    if longer:
        return any(_hangs(other) for other in longer)
    return line.indent > SET_IN * line.size or line.text[2:3].isupper()


def _is_alike(other: Block, block: Block) -> bool:
    """Whether a block begins with the same dash at the same edge."""
    if other.kind not in ("paragraph", "item"):
        return False
    first, line = other.lines[0], block.lines[0]
    if first.words[0].text != line.words[0].text:
        return False
    return abs(first.indent - line.indent) < ALIGNED * line.size


def _hangs(block: Block) -> bool:
    """Whether the second line keeps clear of the marker; a dash may also stand in the midst of a sentence."""
    first, second = block.lines[:2]
    return second.indent > first.indent + HANGING * first.size


def _is_one_sentence(run: Sequence[Block]) -> bool:
    """Whether the blocks of a run are parts of one sentence."""
    if all(block.lines[-1].text.endswith(_OPEN_ENDS) for block in run[:-1]):
        return True
    return all(block.lines[0].words[1].text[:1].islower() for block in run if len(block.lines[0].words) > 1)
