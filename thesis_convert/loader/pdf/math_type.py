"""Repairs the words of math fonts: their characters, and where tall ones stand.

In: the words of a page as read, and the page's characters on request. Out: the words, with those
of math fonts put right. Three things are unlike text there. Glyphs without a known name come as
bare codes, some of which look like spaces and would be lost. Variables of OpenType fonts are letters
of mathematical alphabets, where other fonts have plain ones. And tall glyphs hang from their origin or stand on it
as their font likes; all are made to be centred on the line that they belong to, so that ink, not
origin, tells where: such a word has a baseline as if it were a letter beside it.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol
from unicodedata import combining, normalize

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.library import bind
from thesis_convert.loader.pdf.math_encodings import (
    BRACES,
    TALL,
    WIDE_ACCENTS,
    decode,
    is_letter_font,
    is_tall_font,
    tidy,
)
from thesis_convert.loader.pdf.text_page import SECOND_HALF
from thesis_convert.page import BoundingBox, Font, Word

AXIS = 0.25
"""Signs are centred so many sizes above the baseline, in all math fonts within a few hundredths."""
TALLER = 1.2
"""A bracket higher than this share of the type size has been stretched."""

_LIKE_SPACE = frozenset("\x00\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0")
_NEVER_SPACE = re.compile("[\x00\t\x0b\x0c\x1c-\x1f]")
"""The library makes no such characters of its own accord."""
_PLAIN = {0x1D6A4: "ı", 0x1D6A5: "ȷ", 0x1D6DB: "∂", 0x1D715: "∂", 0x1D6C1: "∇", 0x1D6FB: "∇"}
_ITALIC_H = "ℎ"
"""Planck's constant: the italic h of mathematical letters, which are without one of their own."""
# Mathematical alphabets that differ from plain letters by weight and slant alone: first and last code, bold, italic.
_STYLES = (
    (0x1D400, 0x1D433, True, False),
    (0x1D434, 0x1D467, False, True),
    (0x1D468, 0x1D49B, True, True),
    (0x1D6A4, 0x1D6A5, False, True),
    (0x1D6A8, 0x1D6E1, True, False),
    (0x1D6E2, 0x1D71B, False, True),
    (0x1D71C, 0x1D755, True, True),
    (0x1D7CE, 0x1D7D7, True, False),
)
_HEAVY = 700

_is_raw = bind(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_is_generated = bind(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class Glyphs(Protocol):
    """The page that the words were read from. `text` has one character for each of the library's."""

    page: int | None
    text: str

    def place(self, box: BoundingBox) -> BoundingBox: ...

    def find_ink(self, index: int) -> tuple[float, float, float, float] | None: ...

    def find_style(self, index: int) -> tuple[Font, int, int]:
        """Font, colour and quarter turns of a character."""


def set_math_type(words: Sequence[Word], glyphs: Glyphs) -> list[Word]:
    """The words in drawing order, with those of math fonts as they were meant."""
    if not any(word.font.math for word in words):
        return list(words)
    result: list[Word] = []
    hidden = _NEVER_SPACE.search(glyphs.text) is not None
    for word in words:
        if word.font.math and not word.turns:
            hidden = hidden or is_tall_font(word.font.name)
            result += _set_word(word, glyphs)
        else:
            result.append(word)
    if hidden:
        result = sorted([*result, *_find_hidden(glyphs)], key=lambda word: word.order)
    return result


def _set_word(word: Word, glyphs: Glyphs) -> Iterator[Word]:
    characters = list(_read_characters(word, glyphs))
    if len(characters) > 1 and _runs_backwards(characters, glyphs):
        characters.reverse()
    text = "".join(char for _, char in characters)
    if not TALL.isdisjoint(text) or any(map(combining, text)) or len(set(map(_style_of, text))) > 1:
        for number, (index, char) in enumerate(characters):
            piece = word if len(characters) == 1 else _cut(word, index, number, glyphs)
            yield _set_tall(_set_style(piece, char), index, glyphs)
    elif text:
        yield _set_style(word, text)


def _read_characters(word: Word, glyphs: Glyphs) -> Iterator[tuple[int, str]]:
    """(Place in the page's text, character) of each of a word's glyphs."""
    name, page = word.font.name, glyphs.page
    for index in range(word.order, word.order + len(word.text)):
        char = glyphs.text[index]
        if char == SECOND_HALF:
            continue
        if char.isascii() and _is_raw(page, index) == 1:
            yield index, decode(name, ord(char))
        else:
            plain = tidy(name, char)
            if plain:
                yield index, plain


def _runs_backwards(characters: Sequence[tuple[int, str]], glyphs: Glyphs) -> bool:
    """Whether the library has turned a formula round, as it does within lines that are read from the right."""
    return _read_ink(characters[0][0], glyphs).left > _read_ink(characters[-1][0], glyphs).right


def _cut(word: Word, index: int, number: int, glyphs: Glyphs) -> Word:
    """One character of a word."""
    ink = _read_ink(index, glyphs)
    box = BoundingBox(ink.left, word.box.bottom, ink.right, word.box.top)
    return word._replace(box=box, order=index, space_before=word.space_before and number == 0)


def _set_tall(word: Word, index: int, glyphs: Glyphs) -> Word:
    accent = word.text in WIDE_ACCENTS or combining(word.text[0])
    if word.text not in TALL and not accent and not is_tall_font(word.font.name):
        return word
    ink = _read_ink(index, glyphs)
    if accent or word.text in BRACES:
        return word._replace(box=ink)
    if word.text != "√" and not is_tall_font(word.font.name) and ink.height < TALLER * word.font.size:
        return word._replace(box=BoundingBox(word.box.left, ink.bottom, word.box.right, ink.top))
    return word._replace(box=ink, baseline=(ink.bottom + ink.top) / 2 - AXIS * word.font.size)


def _set_style(word: Word, text: str) -> Word:
    """A word with plain letters, whose font tells their weight and slant."""
    style = _style_of(text[0])
    if style is None:
        font = _vary(word.font, False, True) if is_letter_font(word.font.name) and not word.font.italic else word.font
    else:
        font = _vary(word.font, style[2], style[3])
        text = "".join(_PLAIN.get(ord(char)) or normalize("NFKC", char) for char in text)
    return word._replace(text=text, font=font)


def _style_of(char: str) -> tuple[int, int, bool, bool] | None:
    code = 0x1D455 if char == _ITALIC_H else ord(char)
    if code < 0x1D400:
        return None
    return next((style for style in _STYLES if style[0] <= code <= style[1]), None)


def _find_hidden(glyphs: Glyphs) -> Iterator[Word]:
    """Glyphs of tall fonts whose codes look like spaces."""
    for index, char in enumerate(glyphs.text):
        if char in _LIKE_SPACE and _is_generated(glyphs.page, index) != 1 and _is_raw(glyphs.page, index) == 1:
            font, color, turns = glyphs.find_style(index)
            if is_tall_font(font.name) and not turns:
                ink = _read_ink(index, glyphs)
                word = Word(decode(font.name, ord(char)), ink, ink.bottom, font, True, index, color)
                yield _set_tall(word, index, glyphs)


def _read_ink(index: int, glyphs: Glyphs) -> BoundingBox:
    left, bottom, right, top = glyphs.find_ink(index) or (0.0, 0.0, 0.0, 0.0)
    return glyphs.place(BoundingBox(min(left, right), min(bottom, top), max(left, right), max(bottom, top)))


@lru_cache(maxsize=512)
def _vary(font: Font, bold: bool, italic: bool) -> Font:
    return font._replace(weight=max(font.weight, _HEAVY) if bold else font.weight, italic=italic)
