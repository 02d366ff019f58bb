"""Brings marks back to their word that begin the next line.

In: pages as laid out. Out: the same pages. Chinese and Japanese have no spaces to break lines at, so a line
may end between a word and its mark; a mark that begins a line, or is all of it, belongs to the line before
when that one is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.inlines.spacing import is_cjk
from thesis_convert.loader.structure.mark_words import LIFT
from thesis_convert.loader.structure.note_lines import read_raised
from thesis_convert.loader.structure.note_marks import read_label
from thesis_convert.page import SMALLER, Line, PageLayout

FULL = 2.0
"""A line is full that ends within so many sizes of the column's edge: signs may hang, and marks do not fit."""
NEXT = 2.6
"""The next line is no further down than so many sizes."""


def bring_back_marks(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with such marks at the ends of the lines before."""
    return [_bring_back_on_page(layout) for layout in layouts]


def _bring_back_on_page(layout: PageLayout) -> PageLayout:
    lines: list[Line] = []
    for line in layout.text:
        above = lines[-1] if lines else None
        number = _count_wrapped(line, above) if above is not None and is_cjk(above.text[-1:]) else 0
        if above is not None and number:
            lines[-1] = _append_mark(above, line, number)
            if number == len(line.words):
                continue
            line = replace_words(line, line.words[number:])
        lines.append(line)
    return layout if tuple(lines) == layout.text else replace(layout, text=tuple(lines))


def _count_wrapped(line: Line, above: Line) -> int:
    """How many words at the beginning of a line are a mark of the line above."""
    if above.column != line.column or above.slack > FULL * above.size:
        return 0
    if not 0 < above.baseline - line.baseline < NEXT * above.size:
        return 0
    if len(line.words) <= 4 and line.size < SMALLER * above.size and read_label(line.words):
        return len(line.words)
    start = read_raised(line)
    return start[1] if start else 0


def _append_mark(above: Line, line: Line, number: int) -> Line:
    """The line above with the mark at its end, raised as it was, or as marks are."""
    alone = number == len(line.words)
    lift = LIFT * above.size if alone else line.words[0].baseline - line.baseline
    mark = [word._replace(baseline=above.baseline + lift, space_before=False) for word in line.words[:number]]
    return replace_words(above, (*above.words, *mark))
