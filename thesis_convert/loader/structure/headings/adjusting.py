"""Moves levels that keys alone get wrong: by what stands before a heading, and by where in the thesis it stands.

In: headings in reading order, with the levels that their keys gave them. Out: the levels after the change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from thesis_convert.loader.structure.counting import number_format
from thesis_convert.loader.structure.divisions import FRONT, section_kind
from thesis_convert.loader.structure.headings.ranked import LAST, SAME_SIZE, WITHIN, Key, Ranked

PARTED = frozenset({"bibliography", "appendix"})
"""Kinds of sections at a thesis's end that have parts with numbers of their own."""
MIN_TOLD = 3
"""So many headings that are told make a rule for their depth."""


def place_within(headings: Sequence[Ranked], keys: Sequence[Key], levels: Sequence[int]) -> list[int]:
    """Levels with those of the headings that stand below the numbered one before them."""
    result: list[int] = []
    above = 0
    for heading, key, level in zip(headings, keys, levels, strict=True):
        if key == WITHIN and not heading.level:
            level = above + 1
        elif heading.number:
            above = level
        result.append(level)
    return result


def sink_strays(headings: Sequence[Ranked], keys: Sequence[Key], levels: Sequence[int]) -> list[int]:
    """Levels with those of headings that nothing tells, smaller than all told ones of their depth, below the last told.

    A list of publications counts from 1 again, and so does a life.
    """
    told: defaultdict[Key, list[float]] = defaultdict(list)
    for heading, key in zip(headings, keys, strict=True):
        if heading.level and isinstance(key, tuple) and key[0] == "depth":
            told[key].append(heading.style.size)
    result: list[int] = []
    above = 0
    for heading, key, level in zip(headings, keys, levels, strict=True):
        known = told.get(key, ())
        stray = len(known) >= MIN_TOLD and not heading.level and heading.style.size < min(known) * (1 - SAME_SIZE)
        if stray and (heading.number or section_kind(heading.title) is None):
            level = max(level, above + (heading.number.depth if heading.number else 1))
        else:
            above = level
        result.append(level)
    return result


def lift_back(headings: Sequence[Ranked], levels: Sequence[int]) -> list[int]:
    """The one bibliography or index that begins a page after all numbers is no part of the last chapter."""
    last = max((n for n, h in enumerate(headings) if h.number), default=-1)
    kinds = [section_kind(h.title) for h in headings]
    lifted = list(levels)
    for place, heading in enumerate(headings):
        alone = kinds[place] in LAST and kinds.count(kinds[place]) == 1
        if alone and place > last >= 0 and heading.head and not heading.level:
            lifted[place] = 1
    return lifted


def nest_back(headings: Sequence[Ranked], levels: Sequence[int]) -> list[int]:
    """Levels with the parts of a bibliography and the appendices under "Appendices" below that heading.

    They follow it with no text between, and count by themselves ("I. Sources"), so that their numbers look like
    those of chapters.
    """
    nested = list(levels)
    for place, heading in enumerate(headings[:-1]):
        first = headings[place + 1]
        if heading.number or not heading.stacked or first.head or section_kind(heading.title) not in PARTED:
            continue
        if first.number is None or first.level or nested[place + 1] != nested[place]:
            continue
        form = number_format(first.number)
        for n in range(place + 1, len(headings)):
            number, top = headings[n].number, nested[n] <= nested[place]
            if headings[n].level or (top and (number is None or number_format(number) != form)):
                break
            nested[n] += 1
    return nested


def lift_front(headings: Sequence[Ranked], levels: Sequence[int]) -> list[int]:
    """Titles of front matter before the first number are no parts of each other, nor of anything else."""
    first = next((n for n, h in enumerate(headings) if h.number), 0)
    lifted = list(levels)
    spare = min(levels[:first], default=1) - 1
    for place in range(first):
        lifted[place] = 1 if section_kind(headings[place].title) in FRONT else levels[place] - spare
    return lifted


def sink_papers(headings: Sequence[Ranked], levels: Sequence[int]) -> list[int]:
    """Levels with those of the headings inside the papers of a thesis below the papers' own.

    Papers keep the sections that they were published with, which count from 1 as the thesis's chapters do.
    """
    papers = [n for n, h in enumerate(headings) if h.number and h.number.kind == "paper"]
    sunk = list(levels)
    for place, end in pairwise([*papers, len(headings)]):
        top = sunk[place]
        largest = max((h.style.size for h in headings[: papers[0]] if h.number), default=0.0)
        inside = []
        for n in range(place + 1, end):
            if headings[n].level or headings[n].style.size >= largest * (1 - SAME_SIZE) > 0:
                break
            inside.append(n)
        counted = [sunk[n] for n in inside if (number := headings[n].number) and number.depth == 1]
        drop = top + 1 - min(counted or [sunk[n] for n in inside], default=top + 1)
        for n in inside:
            sunk[n] = max(top + 1, sunk[n] + drop)
    return sunk
