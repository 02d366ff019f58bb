"""How lines are set, as far as it tells headings from text and from each other.

In: lines. Out: their `Style`, and answers about how they stand: in a type of their own, centred, or as a
chapter's number alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.caption_labels import begins_other_caption, read_figure_label
from thesis_convert.loader.structure.numbering import read_number
from thesis_convert.loader.structure.ordinals import read_ordinal
from thesis_convert.page import Font, Line, Word, enclosing_box
from thesis_convert.scripts import has_any

LARGER = 1.06
"""Type this much larger than the body's is display type."""
SMALLER = 0.88
"""Nobody sets headings in type smaller than this share of the body's, but for the small letters of small capitals."""
ALIKE = 0.85
"""Share of a heading's characters that are in one style; the others are formulas, marks and titles of books."""
FILLING = 0.3
"""Share of the lines in a face of running text that fill their column; most headings are short."""
_UNCASED = (("\u0590", "\u074f"), ("\u0900", "\u0eff"), ("\u3040", "\u9fff"), ("\uac00", "\ud7af"))
"""Letters of scripts without capitals."""
LONG_WORD = 5
"""Abbreviations have fewer letters."""
LARGE_NUMBER = 1.4
"""A chapter's number beside its title is set larger than the title by this, where it is set larger at all."""
MAX_LABEL = 24
"""No number of a chapter is longer, in characters ("Chapter Seventeen")."""
CENTRED = 0.15
"""The margins of a centred line differ by less than this share of both."""

_LABELLED = re.compile(r"^[^\W\d_]+\s\d{1,2}(?:[.\-–]\d{1,3})+(?![\w%])")
"""A word with a number of several parts: what is counted by chapter, but is no chapter or section."""


class Style(NamedTuple):
    """How a heading is set, as far as it tells headings apart. `capitals` is for long enough titles only."""

    size: float
    bold: bool
    italic: bool
    small_caps: bool
    capitals: bool
    color: int
    name: str


def read_style(line: Line) -> Style:
    """The style of a line."""
    text = line.text
    font = _read_face(line)
    size = font.size
    capitals = is_in_capitals(text)
    if capitals:  # small capitals are made of larger and smaller ones
        size = max(word.font.size for word in line.words)
    return Style(round(size * 2) / 2, font.bold, font.italic, font.small_caps, capitals, _read_color(line), font.name)


def stands_out(line: Line, body: Font) -> bool:
    """Whether a line is set in a type that headings have and running text has not."""
    font = line.font
    if font.monospace and not body.monospace:
        return False
    larger = font.size > LARGER * body.size
    other = font.bold > body.bold or font.small_caps or font.italic > body.italic
    capitals = is_in_capitals(line.text)
    if not (larger or other or capitals or line.words[0].color):
        return False
    if font.size < SMALLER * body.size and not capitals:
        return False
    alike = length = 0
    for word in line.words:
        face = word.font
        if word.text[0].isdigit():
            continue  # the number before a title may have a face of its own
        length += len(word.text)
        same = face.bold == font.bold and (face.italic == font.italic or font.bold > body.bold)
        if same or face.math or (larger and _is_large(face, body)):
            alike += len(word.text)
    return alike >= ALIKE * length


def _is_large(face: Font, body: Font) -> bool:
    return face.size > LARGER * body.size


def find_running_faces(pages: Iterable[Sequence[Line]]) -> frozenset[str]:
    """The names of the faces that running text is set in: those of many lines that fill their column."""
    full: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            name = line.font.name
            count[name] += 1
            full[name] += line.slack < 2 * line.font.size
    return frozenset(name for name in count if full[name] >= FILLING * count[name])


def is_in_capitals(text: str) -> bool:
    """Whether a text is set in capitals, and is not an abbreviation or two."""
    return (
        text.isupper()
        and any(len(word) >= LONG_WORD and word.isupper() for word in text.split())
        and not has_any(text, _UNCASED)
    )


def is_label(line: Line) -> bool:
    """Whether a line is only a chapter's number: "Chapter 3", "III", a lone "3"."""
    if len(line.text) > MAX_LABEL:
        return False
    number = read_number(line.text)
    if number is None:
        return line.text.isalpha() and line.text[0].isupper() and read_ordinal(line.text) is not None
    return not number.title and len(number.parts) <= 1


def is_caption(line: Line) -> bool:
    """Whether a line begins as the captions of figures, tables and the like do: "Example 5.2. ..." """
    label = read_figure_label(line.text)
    if (label is not None and label.possible) or begins_other_caption(line.text):
        return True
    return _LABELLED.match(line.text) is not None and read_number(line.text) is None


def is_centred(line: Line) -> bool:
    return line.indent > line.size and abs(line.indent - line.slack) < CENTRED * (line.indent + line.slack) + 1.0


def main_line(lines: Sequence[Line]) -> Line:
    """The line that shows a heading's type: not that of the chapter's number."""
    return max(lines, key=lambda line: (any(c.isalpha() for c in line.text) and not is_label(line), len(line.text)))


def order_label_first(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a heading, with its number before the title where it stands under or beside it."""
    return tuple(sorted(lines, key=lambda line: not is_label(line))) if is_label(lines[-1]) else tuple(lines)


def split_numbers(lines: Sequence[Line], size: float) -> list[Line]:
    """The lines, with a chapter's number that is set much larger than the title beside it on a line of its own.

    `size` is that of the body's type.
    """
    result: list[Line] = []
    for line in lines:
        last = line.words[-1]
        large = line.size > LARGER * size or last.font.size > LARGE_NUMBER**2 * size
        if large and len(line.words) > 1 and is_large_number(last, line) and not is_label(line):
            rest = line.words[:-1]
            title = replace_words(line, rest, enclosing_box([w.box for w in rest]))
            number = replace(line, words=(last,), box=last.box, text=last.text, font=last.font)
            result += [number, title]
        else:
            result.append(line)
    return result


def is_large_number(word: Word, line: Line) -> bool:
    """Whether a word is a chapter's number, set much larger than the line that it stands on."""
    text = word.text.strip(".")
    counts = (
        (text.isdigit() and len(text) <= 2)
        or (len(text) <= 5 and set(text) <= set("IVXLC"))
        or (len(text) == 1 and text.isupper())
    )
    return bool(text) and counts and word.font.size > LARGE_NUMBER * line.size


def _read_face(line: Line) -> Font:
    """The face of a title: that of its Chinese or Arabic words beside Latin ones, and not that of its number."""
    words = line.words
    if all(word.font == line.font for word in words):
        return line.font
    titles = [w for w in words if has_any(w.text, _UNCASED)] or [w for w in words if not w.text[0].isdigit()]
    count: Counter[Font] = Counter()
    for word in titles or words:
        count[word.font] += len(word.text)
    face = count.most_common(1)[0][0]
    if not face.italic:
        return face
    # Titles in upright type hold names in italics; one in italics begins so.
    first = _find_first(words, line.text).font
    return first if first == face._replace(name=first.name, italic=False) else face


def _find_first(words: Sequence[Word], text: str) -> Word:
    """The first word of a title behind its number, whose figures may be several words."""
    number = read_number(text)
    rest = len("".join(number.label.split())) if number else 0
    for word in words:
        if rest <= 0:
            return word
        rest -= len(word.text)
    return words[0]


def _read_color(line: Line) -> int:
    """The colour that all words of a line have, 0 where they differ: links have colours too."""
    color = line.words[0].color
    return color if all(word.color == color for word in line.words) else 0
