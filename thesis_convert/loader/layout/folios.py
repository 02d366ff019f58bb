"""Reads and writes printed page numbers: 12, xii, ۱۲, and letters where front matter is counted by letters.

In: a line at the head or foot of a page. Out: the page numbers that it may hold, with their values. A letter
counts in more than one way, by the alphabet or by the old number letters; the pages tell which.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thesis_convert.roman import parse_roman, write_roman
from thesis_convert.scripts import fold_digits

LONGEST_WITH_ROMAN = 12
"""On longer lines with a number, letters that could be a roman number belong to words."""

_AROUND = " \t-–—·|•~*[]()<>"
"""What may stand on both sides of a page number: "– xii –"."""
_DECIMAL = re.compile(r"(?<![\w.,])\d{1,4}(?![\w,]|\.\d)")
_ROMAN = re.compile(r"(?<!\w)[ivxlc]{1,8}(?!\w)", re.I)
_LETTERS = re.compile(r"[\W_]*(?P<letters>الف|[آ-ی]|[א-ת]{1,2})[\W_]*")
_ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_ABJAD = "ابجدهوزحطیکلمنسعفصقرشتثخذضظغ"
_HEBREW = {letter: value for value, letter in enumerate("אבגדהוזחט", 1)} | {"י": 10, "כ": 20, "ל": 30}
_SAME_LETTER = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ي": "ی", "ى": "ی", "ك": "ک"})
_EASTERN = {"۰": "۰۱۲۳۴۵۶۷۸۹", "٠": "٠١٢٣٤٥٦٧٨٩"}


class Folio(NamedTuple):
    """A printed page number: its text, its value, and the way of counting: "decimal", "roman", "alphabet" ..."""

    text: str
    value: int
    style: str


def read_folios(text: str) -> list[Folio]:
    """Page numbers that a line may hold, at most the first and the last."""
    text = text.strip(_AROUND)
    plain = fold_digits(text)
    found = [Folio(text[m.start() : m.end()], int(m.group()), "decimal") for m in _DECIMAL.finditer(plain)]
    if len(text) <= LONGEST_WITH_ROMAN or not found:
        found += [
            Folio(m.group(), value, "roman")
            for m in _ROMAN.finditer(plain)
            if (m.start() == 0 or m.end() == len(plain)) and (value := parse_roman(m.group()))
        ]
    if not found and (letters := _LETTERS.fullmatch(text)):
        return _count_letters(letters["letters"])
    return found[:1] + found[-1:] if len(found) > 2 else found


def is_letter_folio(text: str) -> bool:
    """Whether a line is nothing but letters that may count a page."""
    return not text.isascii() and _LETTERS.fullmatch(text) is not None


def write_like(folio: Folio, value: int) -> str:
    """The page number with another value, written like `folio`; "" where its letters do not reach so far."""
    if folio.style == "roman":
        text = write_roman(value)
        return text.upper() if folio.text.isupper() else text
    if folio.style == "decimal":
        digits = next((row for row in _EASTERN.values() if folio.text[:1] in row), "")
        return "".join(digits[int(digit)] for digit in str(value)) if digits else str(value)
    if folio.style == "hebrew":
        tens, ones = divmod(value, 10)
        return {15: "טו", 16: "טז"}.get(value, " יכל"[tens].strip() + " אבגדהוזחט"[ones].strip() if value < 40 else "")
    order = _ABJAD if folio.style == "abjad" else _ALPHABET
    return order[value - 1] if 0 < value <= len(order) else ""


def _count_letters(letters: str) -> list[Folio]:
    """What letters may count."""
    if letters[0] in _HEBREW or len(letters) == 2:
        value = sum(_HEBREW.get(letter, 1000) for letter in letters)
        return [Folio(letters, value, "hebrew")] if value < 40 else []
    letter = letters[0].translate(_SAME_LETTER)
    orders = (("alphabet", _ALPHABET), ("abjad", _ABJAD))
    return [Folio(letters, order.index(letter) + 1, style) for style, order in orders if letter in order]
