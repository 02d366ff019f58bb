"""Takes marks apart that are printed as one word: "1,2" behind one word, "12" for the notes 1 and 2.

In: pages with their notes. Out: the same pages, with a word for each of these marks. Numbers that touch are
taken apart only where the notes of the page have both and not the number that they make together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import count

from thesis_convert.loader.structure.mark_words import FIRST_NEW, split_word
from thesis_convert.loader.structure.note_lines import read_raised
from thesis_convert.loader.structure.note_marks import SYMBOLS
from thesis_convert.page import Line, PageLayout
from thesis_convert.scripts import fold_digits

_LIST = re.compile(rf"(?:(?:\d{{1,3}}|[{SYMBOLS}])[,;،])+(?:\d{{1,3}}|[{SYMBOLS}])")
_PART = re.compile(r"[^,;،]+[,;،]?")
_MAY_BE_LIST = re.compile(rf"[\d{SYMBOLS}][,;،][\d{SYMBOLS}]")
_MAY_TOUCH = re.compile(r"\D\d{2,6}(?!\d)")


def separate_marks(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with such marks taken apart."""
    return [_separate_on_page(layout) for layout in layouts]


def _separate_on_page(layout: PageLayout) -> PageLayout:
    labels = {fold_digits(start[0]) for line in layout.notes if (start := read_raised(line))}
    lines: list[Line] = []
    orders = count(2 * FIRST_NEW)
    for line in layout.text:
        touching = len(labels) > 1 and _MAY_TOUCH.search(line.text)
        lines.append(_separate_on_line(line, labels, orders) if touching or _MAY_BE_LIST.search(line.text) else line)
    return layout if tuple(lines) == layout.text else replace(layout, text=tuple(lines))


def _separate_on_line(line: Line, labels: Set[str], orders: Iterator[int]) -> Line:
    words = []
    for word in line.words:
        parts = _read_parts(fold_digits(word.text), labels) if line.raises(word) else []
        words += split_word(word, parts, orders) if parts else [word]
    return replace(line, words=tuple(words)) if len(words) > len(line.words) else line


def _read_parts(text: str, labels: Set[str]) -> list[str]:
    """The marks in a raised word, with the signs between them; [] when it is one mark, or none."""
    if _LIST.fullmatch(text):
        return _PART.findall(text)
    if not text.isdecimal() or text in labels:
        return []
    for length in range(1, len(text)):
        first, second = text[:length], text[length:]
        if {first, second} <= labels and int(second) == int(first) + 1:
            return [first, second]
    return []
