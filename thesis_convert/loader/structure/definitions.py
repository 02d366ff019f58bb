"""Recognises lists of terms with their definitions.

In: the flow with its paragraphs whole. Out: the same, the entries of such lists of kind "definition". Each
begins with its term in bold type or small capitals, flush with the others, and the lines of the definition
hang under it. Bold words without hanging lines are what some authors begin their paragraphs with. Or dots lead
from term to definition, on one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.structure.leaders import cut_leader, has_leader, leads_to_page
from thesis_convert.page import Block, TermDetail

ALIGNED = 0.3
"""Terms of one list begin at one place, to within this many sizes."""
HANGING = 0.6
"""The lines under a term are set in from it by so many sizes at least."""
MAX_TERM = 8
"""A term has no more words; a bold sentence is no term."""
MIN_LED = 2
"""So many entries with dots make a list."""


def mark_definitions(flow: Sequence[Block]) -> list[Block]:
    """The flow with the lists of definitions marked, entry by entry."""
    flow = _read_leaders(flow)
    result = list(flow)
    start = 0
    while start < len(flow):
        end, entries = _find_end(flow, start)
        if entries > 1:
            result[start:end] = [
                replace(block, kind="definition", detail=TermDetail(_count_term(block))) for block in flow[start:end]
            ]
        start = max(end, start + 1)
    return result


def _read_leaders(flow: Sequence[Block]) -> list[Block]:
    """The flow without dots that lead through a line; what they lead to is a definition if it is no page number.

    Several such paragraphs follow each other: one alone may be a form with a blank to fill in.
    """
    result = list(flow)
    start = 0
    while start < len(flow):
        end = start
        while end < len(flow) and _is_led(flow[end]):
            end += 1
        if end - start >= MIN_LED:
            result[start:end] = [_cut_leader(block) for block in flow[start:end]]
        start = max(end, start + 1)
    return result


def _is_led(block: Block) -> bool:
    return block.kind in ("paragraph", "quote") and block.detail is None and has_leader(block.lines[-1])


def _cut_leader(block: Block) -> Block:
    paged = leads_to_page(block.lines[-1])
    last, words = cut_leader(block.lines[-1])
    if len(block.lines) == 1 and 0 < words <= MAX_TERM and not paged:
        block = replace(block, kind="definition", detail=TermDetail(words))
    return replace(block, lines=(*block.lines[:-1], last))


def _find_end(flow: Sequence[Block], start: int) -> tuple[int, int]:
    """The end of the list that begins at `start`, and how many terms it has; none when no definition hangs."""
    end, entries, hanging = start, 0, None
    while end < len(flow) and flow[end].kind in ("paragraph", "quote") and flow[end].detail is None:
        block = flow[end]
        first = block.lines[0]
        if _count_term(block) and abs(first.start - flow[start].lines[0].start) < ALIGNED * first.size:
            if len(block.lines) > 1:
                if block.lines[1].start - first.start < HANGING * first.size:
                    break
                hanging = block.lines[1].start
            entries += 1
        elif hanging is None or abs(first.start - hanging) > ALIGNED * first.size:
            break
        end += 1
    return end, entries if hanging is not None else 0


def _count_term(block: Block) -> int:
    """How many words of a block's first line are a term, 0 when it begins with none."""
    words = block.lines[0].words
    bold = words[0].font.bold
    if not (bold or words[0].font.small_caps):
        return 0
    count = 0
    while count < len(words) and (words[count].font.bold if bold else words[count].font.small_caps):
        count += 1
    return count if count < len(words) and count <= MAX_TERM else 0
