"""Merges what bookmarks, named places, tags and contents tell, so that each heading is there once.

In: headings located by each sign. Out: headings with one level each. The signs count levels from
different roots (bookmarks may begin with the thesis's title), so the levels of a lesser sign are moved by
what they mostly differ by from those of a better one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from thesis_convert.loader.structure.headings.search import Located, make_located
from thesis_convert.loader.structure.numbering import Numbered
from thesis_convert.page import Line

TRUSTED = 0.7
"""Share of the steps to deeper numbers and back that levels must take too, to be believed."""


def merge_located(*signs: Iterable[Located]) -> list[Located]:
    """One heading for each place, with the level of the best sign that tells one, each line used once.

    `signs` are what each tells, the most exact first.
    """
    sources = [_distrust(list(sign)) for sign in signs]
    levels: dict[tuple[int, int], list[int]] = {}
    lines: dict[tuple[int, int], Located] = {}
    for place, source in enumerate(sources):
        for heading in source:
            key = heading.lines[-1].key
            levels.setdefault(key, [0] * len(sources))[place] = heading.level
            if key not in lines or len(heading.lines) > len(lines[key].lines):
                lines[key] = heading
    shifts = [_find_shift(levels.values(), place) for place in range(len(sources))]
    merged = []
    for key, heading in lines.items():
        told = next((max(1, lv + shifts[p]) for p, lv in enumerate(levels[key]) if lv), 0)
        merged.append(heading._replace(level=told))
    return list(_drop_overlaps(merged))


def _distrust(source: list[Located]) -> list[Located]:
    """The headings, without levels where these go against the numbers: styles are taken for their looks, too."""
    # The number of a section with a word ("第3節") may have bare ones below it that count from 1.
    counted = [(h.number.depth, h.level) for h in source if h.number and h.number.title and _tells_depth(h.number)]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(counted) if a[0] != b[0]]
    right = sum(deeper * lower > 0 for deeper, lower in steps)
    return source if right >= TRUSTED * len(steps) else [heading._replace(level=0) for heading in source]


def _tells_depth(number: Numbered) -> bool:
    return number.kind != "part" and len(number.parts) == number.depth


def _find_shift(levels: Iterable[list[int]], place: int) -> int:
    """What a source's levels differ by from those of a better one."""
    for better in range(place):
        count = Counter(row[better] - row[place] for row in levels if row[better] and row[place])
        if count:
            return count.most_common(1)[0][0]
    return 0


def _drop_overlaps(found: Iterable[Located]) -> Iterator[Located]:
    taken: set[tuple[int, int]] = set()
    for item in sorted(found, key=lambda f: (-len(f.lines), f.lines[0].key)):
        if not any(line.key in taken for line in item.lines):
            taken.update(line.key for line in item.lines)
            yield item


def nest(found: Sequence[tuple[int, tuple[Line, ...]]]) -> list[Located]:
    """Levels by how many of the found headings stand around each: what is not in the text has no level.

    A single root over everything is the thesis itself, no chapter, unless it has a number.
    """
    depths = [depth for depth, _ in found]
    single = len(found) > 3 and depths.count(min(depths)) == 1 and depths[0] == min(depths)
    if single and found[0][1][0].page == 0 and make_located(found[0][1], 0).number is None:
        found = found[1:]
    stack: list[int] = []
    result = []
    for depth, lines in found:
        while stack and stack[-1] >= depth:
            stack.pop()
        stack.append(depth)
        result.append(make_located(lines, len(stack)))
    return result
