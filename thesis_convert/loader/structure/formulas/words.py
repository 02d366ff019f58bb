"""Tells the words of formulas from the words of text.

In: the words of a line. Out: for each its kind. Math fonts are the best sign; but digits, brackets
and the names of functions are upright in formulas, often in the type of the text.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from thesis_convert.loader.structure.formulas.fonts import CAPITALS, MATH_ROMAN, Fonts
from thesis_convert.loader.structure.formulas.rows import SCRIPT_SIZE
from thesis_convert.loader.structure.formulas.symbols import ACCENTS, BIG, FUNCTIONS, RELATIONS
from thesis_convert.page import (
    Line,
    Word,
)
from thesis_convert.scripts import has_any

OFF_LINE = 0.06
"""A smaller word off the baseline by this share of the line's size is a script."""
MAX_PRODUCT = 2
"""So many variables in the italics of the text may stand without a sign between them; more are a word."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?$")
_NEUTRAL = re.compile(r"[^\w\s]*(?:\d+(?:[.,]\d+)*)?[^\w\s]*$")
_SIGNS = frozenset("+=<>±×÷−/*|~≤≥≠≈·∙→∈!") | RELATIONS
_PUNCTUATION = frozenset(".,;…")
LEFT, RIGHT = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


WRITTEN = (("\u3040", "\u9fff"), ("\uac00", "\ud7af"))
"""Letters of scripts that no formula has."""


class Kind(Enum):
    """What a word may be in a formula. BLANK is text."""

    VARIABLE = "variable"
    SIGN = "sign"
    NUMBER = "number"
    LEFT = "left"
    RIGHT = "right"
    PUNCTUATION = "punctuation"
    NAME = "name"
    ACCENT = "accent"
    TEXT = "text"


class Token(NamedTuple):
    """A word with its kind. `firm` ones are in a font for formulas; `script` ones are off the line."""

    word: Word
    kind: Kind
    firm: bool
    script: bool


def read_tokens(line: Line, fonts: Fonts) -> list[Token]:
    """The words of a line from the left to the right."""
    size, baseline = _measure(line)
    words = sorted(line.words, key=lambda w: w.box.left)
    slanted = any(w.font.italic and not w.font.math and len(w.text) > MAX_PRODUCT and w.text.isalpha() for w in words)
    return [_read_token(word, size, baseline, line, slanted, fonts) for word in words]


def _measure(line: Line) -> tuple[float, float]:
    """The size and baseline of what is not a script."""
    size = (
        max(line.size, max(w.font.size for w in line.words if not w.font.math or w.text not in BIG))
        if any(w.text not in BIG for w in line.words)
        else line.size
    )
    firm = next((w.baseline for w in line.words if w.font.size > SCRIPT_SIZE * size), line.baseline)
    return (size, firm) if line.size < SCRIPT_SIZE * size else (line.size, line.baseline)


def _read_token(word: Word, size: float, baseline: float, line: Line, slanted: bool, fonts: Fonts) -> Token:
    font = word.font
    script = font.size < SCRIPT_SIZE * size and abs(word.baseline - baseline) > OFF_LINE * size
    firm = font.math or font.name in fonts.math_roman or (word.text in CAPITALS and bool(MATH_ROMAN.match(font.name)))
    return Token(word, _read_kind(word, firm, line, slanted), firm, script)


def _read_kind(word: Word, firm: bool, line: Line, slanted: bool) -> Kind:
    """`slanted` says that the line has words of text in italics: then single letters may be text as well."""
    text = word.text
    if word.turns:
        return Kind.TEXT
    if text in ACCENTS:
        return Kind.ACCENT
    if has_any(text, WRITTEN):
        return Kind.TEXT
    if text.isalpha():
        if word.font.math:
            return (
                Kind.NAME
                if len(text) > 1 and not word.font.italic and text.isascii() and text.lower() == text
                else Kind.VARIABLE
            )
        if text in FUNCTIONS:
            return Kind.NAME
        if firm:
            return Kind.NAME if len(text) > 1 else Kind.VARIABLE
        if len(text) <= MAX_PRODUCT and word.font.italic and not slanted:
            return Kind.VARIABLE
        return Kind.VARIABLE if len(text) == 1 and word.font.bold and not line.font.bold else Kind.TEXT
    if _NUMBER.match(text):
        return Kind.NUMBER
    if len(text) == 1 or len(set(text)) == 1:
        kind = _read_sign(text[0], word.font.math)
        return Kind.VARIABLE if kind is Kind.TEXT and firm else kind
    if _NEUTRAL.match(text):
        return _read_mixed(text, firm)
    if word.font.math or firm:
        return Kind.VARIABLE
    return Kind.TEXT


def _read_sign(sign: str, math: bool) -> Kind:
    if sign in LEFT:
        return Kind.LEFT
    if sign in RIGHT:
        return Kind.RIGHT
    if sign in _PUNCTUATION:
        return Kind.PUNCTUATION
    if sign in _SIGNS or math:
        return Kind.SIGN
    return Kind.TEXT


def _read_mixed(text: str, firm: bool) -> Kind:
    """A word of digits and signs: what its last character is says how it goes on."""
    last = text[-1]
    if any(c not in LEFT | RIGHT | _PUNCTUATION | _SIGNS and not c.isdigit() and c != "%" for c in text):
        return Kind.NUMBER if firm else Kind.TEXT
    if last in _PUNCTUATION and not firm:
        return Kind.RIGHT if any(c in RIGHT for c in text) else Kind.TEXT
    return _read_sign(last, False) if not last.isdigit() else Kind.NUMBER
