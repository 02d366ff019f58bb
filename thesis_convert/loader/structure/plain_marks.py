"""Tells the marks of notes that are set in the line, like the text around them.

In: pages with their notes. Out: the same pages; where notes begin with "[1]", "(1)", "*" or "¹" set like
their text, that mark stands as a raised word of its own, and so does the one in the text of the page. It is
taken for a mark only when it occurs once there: brackets may also cite, and asterisks tell levels of
significance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from thesis_convert.loader.structure.mark_words import FIRST_NEW, raise_word, split_word
from thesis_convert.loader.structure.note_marks import list_raised, read_label
from thesis_convert.page import Line, PageLayout

_MARK = r"\[\d{1,3}\]|\(\d{1,3}\)|[*∗†‡]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
_START = re.compile(rf"^(?P<mark>{_MARK})(?P<rest>.*)$")
_IN_TEXT = re.compile(rf"(?P<mark>{_MARK})(?=[.,;:!?)\]}}\"'”’»。，；：！？）」』]*$)")
_GLUED = re.compile(r"^(?P<mark>\d{1,3})(?P<rest>[^\d.,:;)\]/%°+–-].*)$")


def detach_marks(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with such marks raised."""
    return [_detach_on_page(layout) if layout.notes else layout for layout in layouts]


def _detach_on_page(layout: PageLayout) -> PageLayout:
    orders = count(FIRST_NEW)
    layout = _split_numbers(layout, orders)
    starts = {place: mark for place, line in enumerate(layout.notes) if (mark := _read_start(line))}
    if not starts:
        return layout
    printed = Counter(mark for line in layout.text for _, mark, _ in _list_marks(line))
    wanted = {mark for mark in starts.values() if printed[mark] == 1}
    if not wanted:
        return layout
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


def _split_numbers(layout: PageLayout, orders: Iterator[int]) -> PageLayout:
    """The page with the numbers of notes that touch their first word, "12See", as words of their own.

    Such a number is the mark only when it stands raised in the text.
    """
    glued = {place: match for place, line in enumerate(layout.notes) if (match := _GLUED.match(line.words[0].text))}
    if not glued:
        return layout
    raised = {read_label(run.words) for run in list_raised(layout.text)}
    notes = list(layout.notes)
    for place, match in glued.items():
        line = notes[place]
        if match["mark"] in raised and not line.raises(line.words[0]):
            pieces = split_word(line.words[0], (match["mark"], match["rest"]), orders)
            notes[place] = replace(line, words=(*pieces, *line.words[1:]))
    return replace(layout, notes=tuple(notes))


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
    pieces = split_word(word, (word.text[:start], mark, word.text[start + len(mark) :]), orders)
    place = 1 if start else 0
    pieces[place] = raise_word(pieces[place], line)
    return replace(line, words=(*line.words[:number], *pieces, *line.words[number + 1 :]))
