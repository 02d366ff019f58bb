"""Tells verses and mottos among what is set in.

In: the flow with its quotations found and whole. Out: the same; a quotation whose lines end by the
author's will is a verse, and what stands at the head of a chapter, far in or with its source under it,
is a motto. Prose fills its lines, whatever its measure: verse leaves room for the next line's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from thesis_convert.loader.structure.continuity import FITTING, first_width
from thesis_convert.page import Block, Line, MottoDetail, QuoteDetail

LOOSE = 0.75
"""Share of the lines of a verse that leave room, and share of them that begin with a capital."""
RAGGED = 0.6
"""Where capitals tell nothing, this share of the lines leaves room before the end of the longest."""
FEW = 4
"""Of fewer lines than these each must end before this share of the column:"""
SHORT = 0.7
FAR_IN = 0.25
"""A motto is set in by this share of the column when nothing else tells it."""
MAX_MOTTO = 14
"""More lines than these are a text of their own."""
MIN_MOTTO = 10
"""Fewer letters are a remnant of something that could not be read."""
MAX_SOURCE = 2

_DASH = re.compile(r"^\s*[—–―~-]\s*[^\W\d]|^\(.*\)\W*$")


def refine_quotations(flow: Sequence[Block]) -> list[Block]:
    """The flow with verses and mottos told from quotations in prose."""
    result = list(flow)
    for start, end in _find_runs(flow):
        run = flow[start:end]
        if start and flow[start - 1].kind == "heading" and _is_motto(run):
            result[start:end] = _mark_motto(run)
        elif is_verse([line for block in run for line in block.lines]):
            result[start:end] = [replace(block, detail=QuoteDetail(verse=True)) for block in run]
    return result


def is_verse(lines: Sequence[Line]) -> bool:
    """Whether the lines of a text that is set in end where its author wanted."""
    pairs = [(line, below) for line, below in pairwise(lines) if line.page == below.page]
    if not pairs or any(line.right_to_left != lines[0].right_to_left for line in lines):
        return False
    inset = min(line.indent for line in lines)
    room = sum(_leaves_room(line, below, line.slack - inset) for line, below in pairs)
    if len(lines) < FEW and any(line.indent + line.box.width > SHORT * line.column.width for line in lines):
        return False
    if room < LOOSE * len(pairs):
        return False
    cased = [line for line in lines if _first_letter(line).upper() != _first_letter(line).lower()]
    if len(cased) > 0.5 * len(lines) and sum(_first_letter(line).isupper() for line in cased) >= LOOSE * len(cased):
        return True
    longest = max(line.end for line in lines)
    ragged = sum(_leaves_room(line, below, longest - line.end) for line, below in pairs)
    return len(lines) >= FEW and ragged >= RAGGED * len(pairs)


def _leaves_room(line: Line, below: Line, slack: float) -> bool:
    return slack > first_width(below) + FITTING * line.size


def _first_letter(line: Line) -> str:
    return next((char for char in line.text if char.isalpha()), "")


def _find_runs(flow: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """(start, end) of the quotations that follow each other."""
    start = 0
    while start < len(flow):
        end = start
        while end < len(flow) and flow[end].kind == "quote" and flow[end].detail is None:
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _is_motto(run: Sequence[Block]) -> bool:
    lines = [line for block in run for line in block.lines]
    letters = sum(char.isalpha() for line in lines for char in line.text)
    if len(lines) > MAX_MOTTO or lines[0].page != lines[-1].page or letters < MIN_MOTTO:
        return False
    far = min(line.indent for line in lines) > FAR_IN * lines[0].column.width
    return far or (len(lines) > 1 and _is_source(run))


def _is_source(run: Sequence[Block]) -> bool:
    """Whether the last block tells where the words before it are from."""
    last = run[-1]
    if len(run) < 2 or len(last.lines) > MAX_SOURCE:
        return False
    line, before = last.lines[0], run[0].lines[0]
    moved = line.start > before.start + 2 * line.size and last.lines[-1].slack < before.slack + line.size
    return bool(_DASH.match(line.text)) or moved


def _mark_motto(run: Sequence[Block]) -> list[Block]:
    has_source = _is_source(run) or (len(run) > 1 and len(run[-1].lines) == 1 and run[-1].lines[0].slack < 1.0)
    words = run[:-1] if has_source else run
    verse = is_verse([line for block in words for line in block.lines])
    marked = [replace(block, kind="epigraph", detail=MottoDetail(verse=verse)) for block in words]
    return marked + [replace(block, kind="epigraph", detail=MottoDetail(source=True)) for block in run[len(words) :]]
