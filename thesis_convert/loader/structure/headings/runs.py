"""Finds what paragraphs begin with in a style of their own: headings that are run in, terms, labels.

In: the lines of a page. Out: `Run` values, words in one style that text in the body's style follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thesis_convert.loader.lines.building import line_text
from thesis_convert.loader.structure.headings.candidates import Keys
from thesis_convert.loader.structure.headings.search import MAX_LINES
from thesis_convert.loader.structure.numbering import fold_letters, read_number
from thesis_convert.page import Font, Line, Word

MIN_LETTERS = 3
"""A heading has at least so many letters and digits: a lone mark or number is none."""

MOSTLY = 0.5
"""Share of the letters after a heading that are in the body's type; names and code may stand first."""
SAME_SIZE = 0.05
"""Types whose sizes differ by no more than this share are one."""

MAX_SLACK = 1.5
"""A line with less room than so many sizes at its end is full."""
NEXT_LINE = 1.6
"""The next line of a paragraph is no more sizes below."""

SEPARATORS = ".:;,—–- "
"""What stands between a heading and the text that it runs into."""
_COUNT = re.compile(r"(?:\d{1,3}|[A-Z])(?:\.\d{1,3})+\.?")
"""A number of several parts may stand in the type of the text before a title in another one."""
_STOPS = frozenset(".:!?…。．！？؟।»”“\"')")


class Run(NamedTuple):
    """The words in a style of their own from the line `start` up to the word `end` of the line `last`.

    `counted` says that a number in the type of the text stands before them.
    """

    start: int
    last: int
    end: int
    text: str
    font: Font
    counted: bool = False


def find_runs(lines: Sequence[Line], body: Font, claimed: Keys) -> Iterator[Run]:
    """The runs that lines begin with. `claimed` lines have none."""
    for start, line in enumerate(lines):
        font = line.words[0].font
        if ((font is not body and font != body) or _is_counted(line)) and line.key not in claimed:
            if start and _goes_on(lines[start - 1], line):
                continue
            run = _read_run(lines, start, body)
            if run is not None:
                yield run


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the one before: that is full, near, and ends without a stop."""
    near = 0 < before.baseline - line.baseline < NEXT_LINE * line.size and before.slack < MAX_SLACK * before.size
    return near and before.text[-1:] not in _STOPS


def _read_run(lines: Sequence[Line], start: int, body: Font) -> Run | None:
    """The words in another style that text in the body's style follows on the same line."""
    counted = _is_counted(lines[start])
    style = lines[start].words[counted].font
    if style.monospace or style.math or not _differs(style, body):
        return None
    words: list[Word] = []
    for last in range(start, min(start + MAX_LINES, len(lines))):
        for end, word in enumerate(lines[last].words):
            if counted and last == start and not end:
                continue
            if word.font == style or _is_same_style(word.font, style):
                words.append(word)
                continue
            text = line_text(words)
            goes_on = text[-1:] in SEPARATORS or _is_body(lines[last].words[end:], body)
            return (
                Run(start, last, end, text, style, counted)
                if end > counted and goes_on and len(fold_letters(text)) >= MIN_LETTERS and not _is_bare(text)
                else None
            )
    return None


def _is_counted(line: Line) -> bool:
    """Whether a line begins with a number in another type than the words after it."""
    first = line.words[0]
    if not first.text[:1].isalnum() or len(line.words) < 2 or _is_same_style(line.words[1].font, first.font):
        return False
    return _COUNT.fullmatch(first.text) is not None


def _is_bare(text: str) -> bool:
    """Whether words are only a number: its title follows in a face of its own."""
    number = read_number(text)
    return number is not None and not number.title


def _is_body(words: Sequence[Word], body: Font) -> bool:
    """Whether words are of the text, not only a mark or a number."""
    usual = [word for word in words if _is_same_style(word.font, body)]
    letters = len(fold_letters(line_text(usual))) if usual else 0
    return letters >= max(MIN_LETTERS, MOSTLY * len(fold_letters(line_text(words))))


def _differs(font: Font, body: Font) -> bool:
    return (font.bold, font.italic, font.small_caps) != (body.bold, body.italic, body.small_caps)


def _is_same_style(font: Font, style: Font) -> bool:
    same = not _differs(font, style) and abs(font.size - style.size) <= SAME_SIZE * style.size
    return same and not font.monospace and not font.math
