"""Tells the marks of notes that are set in the line, like the text around them.

In: pages with their notes. Out: the same pages; where notes begin with "[1]", "(1)", "*" or "¹" set like
their text, that mark stands as a raised word of its own, and so does the one in the text of the page. It is
taken for a mark only when it occurs once there: brackets may also cite, and asterisks tell levels of
significance.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from thesis_convert.page import Line, PageLayout, Word

LIFT = 0.3
SHRINK = 0.7
"""Where a mark would be raised to, and how large it would be set, in sizes of its line."""

_MARK = r"\[\d{1,3}\]|\(\d{1,3}\)|[*∗†‡]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
_START = re.compile(rf"^(?P<mark>{_MARK})(?P<rest>.*)$")
_IN_TEXT = re.compile(rf"(?P<mark>{_MARK})(?=[.,;:!?)\]}}\"'”’»。，；：！？）」』]*$)")
_FIRST_NEW = 1_000_000
"""Words that are made here have drawing orders from this on, which no word of a page has."""


def detach_marks(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with such marks raised."""
    return [_detach_on_page(layout) if layout.notes else layout for layout in layouts]


def _detach_on_page(layout: PageLayout) -> PageLayout:
    starts = {place: mark for place, line in enumerate(layout.notes) if (mark := _read_start(line))}
    if not starts:
        return layout
    printed = Counter(mark for line in layout.text for _, mark, _ in _list_marks(line))
    wanted = {mark for mark in starts.values() if printed[mark] == 1}
    if not wanted:
        return layout
    orders = count(_FIRST_NEW)
    notes = tuple(
        _raise(line, 0, starts[place], 0, orders) if starts.get(place) in wanted else line
        for place, line in enumerate(layout.notes)
    )
    text = []
    for line in layout.text:
        for number, mark, start in reversed(list(_list_marks(line))):
            if mark in wanted:
                line = _raise(line, number, mark, start, orders)
        text.append(line)
    return replace(layout, text=tuple(text), notes=notes)


def _read_start(line: Line) -> str:
    """The mark set like the text that a line of notes begins with, "" without one."""
    first = line.words[0]
    match = _START.match(first.text) if not line.raises(first) else None
    return match["mark"] if match and (match["rest"] or len(line.words) > 1) else ""


def _list_marks(line: Line) -> Iterator[tuple[int, str, int]]:
    """(number of the word, mark, where it starts in the word) of what may be a mark in a line, one a word."""
    for number, word in enumerate(line.words):
        match = None if word.text.isalnum() and word.text.isascii() else _IN_TEXT.search(word.text)
        if match and not line.raises(word) and (match.start() or number):
            yield number, match["mark"], match.start()


def _raise(line: Line, number: int, mark: str, start: int, orders: Iterator[int]) -> Line:
    """A line with the mark in one of its words as a raised word of its own."""
    word = line.words[number]
    parts = [(word.text[:start], False), (mark, True), (word.text[start + len(mark) :], False)]
    made: list[Word] = []
    advance = word.box.width / len(word.text)
    left = word.box.left
    for text, raised in parts:
        if not text:
            continue
        box = word.box._replace(left=left, right=left + advance * len(text))
        left = box.right
        order = next(orders) if made else word.order
        piece = word._replace(text=text, box=box, order=order, space_before=not made and word.space_before)
        made.append(_lift(piece, line) if raised else piece)
    return replace(line, words=(*line.words[:number], *made, *line.words[number + 1 :]))


def _lift(word: Word, line: Line) -> Word:
    font = word.font._replace(size=SHRINK * line.size)
    return word._replace(
        text=unicodedata.normalize("NFKC", word.text), font=font, baseline=line.baseline + LIFT * line.size
    )
