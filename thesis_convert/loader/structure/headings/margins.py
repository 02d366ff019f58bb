"""Brings headings that stand in the margin into the text.

In: pages of lines, and the titles that the file and its contents name. Out: the same pages, with such a
heading before the line of text that it stands beside. Only a name tells it from a note in the margin.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from thesis_convert.loader.structure.contents import PrintedContents
from thesis_convert.loader.structure.headings.search import MAX_LINES
from thesis_convert.loader.structure.numbering import fold_letters, read_number
from thesis_convert.page import Catalogue, Line, PageLayout

BESIDE = 0.5
"""A line of text is beside another when its baseline is at most so many sizes higher, or lower down."""


def move_margin_headings(
    layouts: Sequence[PageLayout], catalogue: Catalogue, contents: PrintedContents
) -> list[PageLayout]:
    """The pages, with the named headings of their margins among the lines of the text."""
    if not any(layout.margin for layout in layouts):
        return list(layouts)
    titles = fold_titles(catalogue, contents)
    return [_move_headings(layout, titles) if layout.margin else layout for layout in layouts]


def fold_titles(catalogue: Catalogue, contents: PrintedContents) -> frozenset[str]:
    """The titles that the file and its contents name, by their letters and digits, with their numbers and without."""
    bookmarks, entries = (one.title for one in catalogue.bookmarks), (f"{e.label} {e.title}" for e in contents.entries)
    return frozenset(_list_folded(chain(bookmarks, entries)))


def _list_folded(titles: Iterable[str]) -> Iterator[str]:
    for title in titles:
        number = read_number(title)
        if number and number.title:
            yield fold_letters(number.title)
        yield fold_letters(title)


def _move_headings(layout: PageLayout, titles: frozenset[str]) -> PageLayout:
    text, margin = list(layout.text), list(layout.margin)
    start = 0
    while start < len(margin):
        size = _count_lines(margin[start:], titles)
        place = _find_place(text, margin[start]) if size else None
        if place is None:
            start += 1
            continue
        column = text[place].column
        text[place:place] = [replace(line, column=column) for line in margin[start : start + size]]
        del margin[start : start + size]
    return layout if len(text) == len(layout.text) else replace(layout, text=tuple(text), margin=tuple(margin))


def _count_lines(lines: Sequence[Line], titles: frozenset[str]) -> int:
    """How many lines make a title, from the first on; 0 when they make none."""
    words = ""
    for number, line in enumerate(lines[:MAX_LINES], 1):
        words += fold_letters(line.text)
        if words in titles:
            return number
    return 0


def _find_place(text: Sequence[Line], line: Line) -> int | None:
    """The place in the text of the first line beside or below one in the margin."""
    limit = line.baseline + BESIDE * line.size
    return next((number for number, other in enumerate(text) if other.baseline <= limit), None)
