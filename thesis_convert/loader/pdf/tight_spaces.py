"""Finds the word spaces that the library has overlooked, in lines that were set tight to fill their measure.

In: the words of a page in drawing order, and the places of characters. Out: the words, parted where a space is. The
library takes a gap for a space when it is wide enough for the letters at it; in a line whose spaces are all narrow it
sees some and overlooks others. All spaces of a justified line have one width, so those it has seen show the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from thesis_convert.page import BoundingBox, Word

TIGHT = 0.17
"""The library overlooks no space wider than so many sizes."""
SAME_WIDTH = 0.7
"""A gap of this share of the line's spaces is one: letters are moved less to fit each other."""
MIN_GAP = 0.07
"""A gap narrower than so many sizes is none."""
MIN_SPACES = 3
"""So many spaces show how wide those of a line are."""

_CLOSING = frozenset(".,;:!?)]}”’»…%")

Edges = tuple[float, float]


def part_tight_words(words: Sequence[Word], find_edges: Callable[[int], Edges]) -> list[Word]:
    """The words with those parted that are several; `find_edges` gives the left and right edge of a character."""
    if not _has_tight_spaces(words):
        return list(words)
    result: list[Word] = []
    start = 0
    while start < len(words):
        end = start + 1
        while end < len(words) and _goes_on(words[end - 1], words[end]):
            end += 1
        line = words[start:end]
        space = _measure_space(line)
        result += line if space is None else _part_line(line, space, find_edges)
        start = end
    return result


def _has_tight_spaces(words: Sequence[Word]) -> bool:
    """Whether some words stand closer than spaces are seen: a quick look, for most pages have none."""
    for before, after in pairwise(words):
        size = before[3][1]  # by place: names take twice as long
        if MIN_GAP * size < after[1][0] - before[1][2] < TIGHT * size and after[2] == before[2]:
            return True
    return False


def _goes_on(before: Word, word: Word) -> bool:
    return word.baseline == before.baseline and word.turns == 0 and word.box.left >= before.box.left


def _measure_space(line: Sequence[Word]) -> float | None:
    """The usual space of a line that is set tight, in points; None when it is wide enough to be seen."""
    size = line[0].font.size
    gaps = [after.box.left - before.box.right for before, after in pairwise(line) if after.space_before]
    if len(gaps) < MIN_SPACES:
        return None
    space = median(gaps)
    return space if MIN_GAP * size < space < TIGHT * size else None


def _part_line(line: Sequence[Word], space: float, find_edges: Callable[[int], Edges]) -> Iterator[Word]:
    least = SAME_WIDTH * space
    previous: Word | None = None
    for word in line:
        glued = previous is not None and not word.space_before and word.text[0] not in _CLOSING
        if previous is not None and glued and word.font.size == previous.font.size:
            word = word._replace(space_before=word.box.left - previous.box.right >= least)
        yield from _part_word(word, least, find_edges)
        previous = word


def _part_word(word: Word, least: float, find_edges: Callable[[int], Edges]) -> Iterator[Word]:
    edges = [find_edges(word.order + place) for place in range(len(word.text))]
    cuts = [
        place
        for place in range(1, len(edges))
        if edges[place][0] - edges[place - 1][1] >= least and word.text[place] not in _CLOSING
    ]
    if not cuts or 2 * len(cuts) >= len(edges):  # letters that all stand apart are spaced out
        yield word
        return
    _, bottom, _, top = word.box
    for first, last in pairwise((0, *cuts, len(edges))):
        box = BoundingBox(edges[first][0], bottom, edges[last - 1][1], top)
        space_before = word.space_before if first == 0 else True
        yield word._replace(text=word.text[first:last], box=box, space_before=space_before, order=word.order + first)
