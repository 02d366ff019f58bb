"""Merges what bookmarks, contents and tags tell, so that each heading is there once.

In: headings located by each sign. Out: headings with one level each. The signs count levels from
different roots (bookmarks may begin with the thesis's title), so the levels of a lesser sign are moved by
what they mostly differ by from those of a better one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from thesis_convert.loader.structure.headings.search import Located


def merge_located(bookmarks: Iterable[Located], entries: Iterable[Located], tags: Iterable[Located]) -> list[Located]:
    """One heading for each place, with the level of the best source that tells one, each line used once."""
    sources = [list(bookmarks), list(entries), list(tags)]
    levels: dict[tuple[int, int], list[int]] = {}
    lines: dict[tuple[int, int], Located] = {}
    for place, source in enumerate(sources):
        for heading in source:
            key = heading.lines[-1].key
            levels.setdefault(key, [0, 0, 0])[place] = heading.level
            if key not in lines or len(heading.lines) > len(lines[key].lines):
                lines[key] = heading
    shifts = [_find_shift(levels.values(), place) for place in range(3)]
    merged = []
    for key, heading in lines.items():
        told = next((max(1, lv + shifts[p]) for p, lv in enumerate(levels[key]) if lv), 0)
        merged.append(heading._replace(level=told))
    return list(_drop_overlaps(merged))


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
