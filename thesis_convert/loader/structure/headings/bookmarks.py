"""Bookmarks as a sign: a viewer's list of headings, each with its page.

In: the bookmarks and the text of the pages. Out: the headings that they lead to, with their levels. Not
all bookmarks are headings (the title page, a part of a merged file), so one whose words are not printed
where it leads is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.headings.merging import nest
from thesis_convert.loader.structure.headings.search import Evidence, Located, PageText
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
    return nest(found)


def _read_bookmark(bookmark: Bookmark) -> Evidence:
    number = read_number(bookmark.title)
    label, title = (number.label, number.title) if number and number.title else ("", bookmark.title)
    return Evidence(title, label, bookmark.level + 1, bookmark.page, bookmark.top)
