"""Bookmarks as a sign: a viewer's list of headings, each with its page.

In: the bookmarks and the text of the pages. Out: the headings that they lead to, with their levels. Not
all bookmarks are headings (the title page, a part of a merged file), so one whose words are not printed
where it leads is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.headings.search import Evidence, Located, PageText, make_located
from thesis_convert.loader.structure.numbering import read_number
from thesis_convert.page import Bookmark, Line


def locate_bookmarks(bookmarks: Sequence[Bookmark], text: PageText) -> list[Located]:
    """The headings that bookmarks lead to. Those whose words are not printed there lead to none."""
    found: list[tuple[int, tuple[Line, ...]]] = []
    for bookmark in bookmarks:
        item = _read_bookmark(bookmark)
        lines = text.find_best(item) if item.title else None
        if lines is None:
            lines = text.find_at_place(item)
        if lines is not None:
            found.append((bookmark.level, lines))
    return _nest(found)


def _read_bookmark(bookmark: Bookmark) -> Evidence:
    number = read_number(bookmark.title)
    label, title = (number.label, number.title) if number and number.title else ("", bookmark.title)
    return Evidence(title, label, bookmark.level + 1, bookmark.page, bookmark.top)


def _nest(found: Sequence[tuple[int, tuple[Line, ...]]]) -> list[Located]:
    """Levels by how many of the found headings stand around each: what is not in the text has no level.

    A single root over everything is the thesis itself, no chapter.
    """
    depths = [depth for depth, _ in found]
    if len(found) > 3 and depths.count(min(depths)) == 1 and depths[0] == min(depths) and found[0][1][0].page == 0:
        found = found[1:]
    stack: list[int] = []
    result = []
    for depth, lines in found:
        while stack and stack[-1] >= depth:
            stack.pop()
        stack.append(depth)
        result.append(make_located(lines, len(stack)))
    return result
