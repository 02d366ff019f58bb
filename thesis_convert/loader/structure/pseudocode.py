"""Finds algorithms that neither rules nor a ground set off, by the key words of their steps.

In: pages of lines. Out: blocks of kind "code". The steps of an algorithm begin with key words in bold type (for,
if, end, in many languages: `data/listings.json`), those that open a block have deeper lines below them, and none
is running text. All of that is asked for, and of an algorithm without a caption more of it: a paragraph that is
taken for one loses its shape, while an algorithm that is not seen is still read. Steps may go on over a page break,
so the lines of all pages are looked at as one sequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from thesis_convert.loader.structure.code_captions import read_code_label
from thesis_convert.loader.structure.code_lines import set_steps
from thesis_convert.loader.structure.folding import load_data
from thesis_convert.loader.structure.tables.prose import WIDE_GAP, has_wide_gap, split_at_gaps
from thesis_convert.page import Block, CodeDetail, Line, PageLayout, Word

MIN_KEYED = 3
MIN_KEYED_ALONE = 4
"""So many steps begin with key words: in an algorithm with a caption, and in one without."""
MIN_KINDS = 2
"""So many different words these are: the heads of paragraphs may repeat one."""
KEYED_SHARE = 0.3
"""Share of the lines that begin with key words."""
DEEPER = 0.6
"""A line that stands so many sizes further in is inside the block above it."""
FILLED = 0.93
"""A line without a key word that fills this share of its column is running text."""
STEP = 2.2
"""Steps follow each other within so many sizes: theses in double space set them as wide."""
EVEN = 1.2
"""A step without a key word at either end stands as close as the others, up to this factor."""
CAPTION_GAP = 3.5
"""A caption stands within so many sizes of the steps."""
SAME_SIZE = 0.1
"""The type of steps differs by less than this share."""

_NUMBER = re.compile(r"\(?\d{1,3}[:.)]?$")
_ASSIGNMENT = re.compile(r"[;←≔⟵≡]|:=|\s=\s")


def find_pseudocode(layouts: Sequence[PageLayout], taken: set[tuple[int, int]]) -> Iterator[Block]:
    """The algorithms of a thesis that have no frame. The keys of their lines are added to `taken`."""
    lines = [line for layout in layouts for line in layout.text if line.key not in taken]
    words = [_read_key_word(line) for line in lines]
    for start, end in _group(lines, words):
        keyed = [word for word in words[start:end] if word]
        if len(keyed) < MIN_KEYED or len(set(keyed)) < MIN_KINDS or len(keyed) < KEYED_SHARE * (end - start):
            continue
        if not _is_nested(lines[start:end], words[start:end]):
            continue
        caption, steps = _find_caption(lines, start, end, taken)
        if not caption and (len(keyed) < MIN_KEYED_ALONE or _word_kinds()["close"].isdisjoint(keyed)):
            continue
        taken.update(line.key for line in (*caption, *steps))
        first = caption and (caption[0].page, -caption[0].baseline) < (steps[0].page, -steps[0].baseline)
        claimed = (*caption, *steps) if first else (*steps, *caption)
        label = read_code_label(caption[0].text, "algorithm") if caption else ""
        detail = CodeDetail("\n".join(set_steps(steps)), caption, True, "", label)
        yield Block("code", claimed, (claimed[0].page, claimed[0].box.top), detail)


def _group(lines: Sequence[Line], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of lines that may be steps: from one with a key word to another, and even ones around them."""
    number = 0
    while number < len(lines):
        if not words[number]:
            number += 1
            continue
        start, end = number, number + 1
        reach = end
        while reach < len(lines) and _follows(lines[reach - 1], lines[reach]) and _may_be_step(lines[reach]):
            reach += 1
            end = reach if words[reach - 1] else end
        steps = [a.baseline - b.baseline for a, b in pairwise(lines[start:end]) if not _turns(a, b)]
        if steps:
            start, end = _widen(lines, start, end, EVEN * median(steps))
        yield start, end
        number = max(end, number + 1)


def _widen(lines: Sequence[Line], start: int, end: int, step: float) -> tuple[int, int]:
    """The range with the assignments before and behind it, and what begins in bold type."""
    left = min(line.indent for line in lines[start:end]) - DEEPER * lines[start].size

    def belongs(line: Line, above: Line, below: Line) -> bool:
        even = (_turns(above, below) or above.baseline - below.baseline <= step) and _has_same_size(above, below)
        assigns = _ASSIGNMENT.search(line.text) is not None or _has_number(line) or line.words[0].font.bold
        return even and assigns and line.indent > left and _may_be_step(line)

    while start and belongs(lines[start - 1], lines[start - 1], lines[start]):
        start -= 1
    while end < len(lines) and belongs(lines[end], lines[end - 1], lines[end]):
        end += 1
    return start, end


def _turns(above: Line, below: Line) -> bool:
    """Whether a line stands at the head of the next page or column."""
    return below.page == above.page + 1 or (below.page == above.page and below.column.left >= above.column.right)


def _may_be_step(line: Line) -> bool:
    """Whether a line is no running text, and no caption."""
    if read_code_label(line.text, "algorithm"):
        return False
    if line.box.width < FILLED * line.column.width or has_wide_gap(line):
        return True
    return bool(_read_key_word(line)) or _has_number(line)


def _follows(above: Line, below: Line) -> bool:
    close = _is_near(above, below, STEP * max(above.size, below.size))
    return close and _has_same_size(above, below) and not below.right_to_left


def _is_near(above: Line, below: Line, limit: float) -> bool:
    """Whether a line follows another within so many points, or at the head of the next page or column."""
    return _turns(above, below) or (above.page == below.page and 0 < above.baseline - below.baseline < limit)


def _has_same_size(one: Line, other: Line) -> bool:
    """Whether two lines are set in one size; the numbers of steps are often smaller."""
    size, second = (max(word.font.size for word in line.words[int(_has_number(line)) :]) for line in (one, other))
    return abs(size - second) < SAME_SIZE * size


def _is_nested(lines: Sequence[Line], words: Sequence[str]) -> bool:
    """Whether lines stand further in below those that open a block, more often than not.

    Below a line that is full this says nothing: the explanation of a term goes on so.
    """
    opening = _word_kinds()["open"]
    below = [
        _begin(lower) - _begin(upper) > DEEPER * upper.size and _leaves_room(upper, lower)
        for (upper, lower), word in zip(pairwise(lines), words, strict=False)
        if word in opening
    ]
    return sum(below) > 0.5 * len(below)


def _leaves_room(upper: Line, lower: Line) -> bool:
    """Whether the first word of `lower` would have fitted on the line above, or a comment stands at that line's end.

    Below the second column of a table words stand further in, too.
    """
    columns = split_at_gaps(upper, WIDE_GAP)[1:]
    if columns:
        return all(abs(lower.box.left - left) > DEEPER * upper.size for left in columns)
    return upper.slack > lower.words[0].box.width + upper.size


def _begin(line: Line) -> float:
    """Where a step begins in its column, behind its number."""
    return line.words[int(_has_number(line))].box.left - line.column.left


def _has_number(line: Line) -> bool:
    return len(line.words) > 1 and _NUMBER.match(line.words[0].text) is not None


def _read_key_word(line: Line) -> str:
    """The key word in bold type with which a step begins or ends, in small letters; "" without one."""
    words = line.words[1:] if _has_number(line) else line.words
    if line.font.monospace:
        return ""
    first = _fold(words[0])
    if words[0].font.bold and any(first in kind for kind in _word_kinds().values()):
        return first
    last = _fold(words[-1])
    return last if words[-1].font.bold and last in _word_kinds()["end"] else ""


def _fold(word: Word) -> str:
    return word.text.strip(".:;,()").casefold()


def _find_caption(
    lines: Sequence[Line], start: int, end: int, taken: set[tuple[int, int]]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The caption over or under a range of steps, and these with the lines up to it."""
    steps = tuple(lines[start:end])
    gap = CAPTION_GAP * steps[0].size
    for number in (start - 1, start - 2, end, end + 1):
        if not 0 <= number < len(lines) or lines[number].key in taken:
            continue
        if not read_code_label(lines[number].text, "algorithm"):
            continue
        between = lines[number + 1 : start] if number < start else lines[end:number]
        row = lines[min(number, start) : max(number + 1, end)]
        near = all(_is_near(upper, lower, gap) for upper, lower in pairwise(row))
        if near and all(map(_may_be_step, between)):
            return (lines[number],), (*between, *steps) if number < start else (*steps, *between)
    return (), steps


@cache
def _word_kinds() -> dict[str, frozenset[str]]:
    """The key words that open a block, close one, stand in between ("else"), state, or end a line ("do")."""
    data = load_data("listings.json")["steps"]
    return {kind: frozenset(word for listed in words.values() for word in listed) for kind, words in data.items()}
