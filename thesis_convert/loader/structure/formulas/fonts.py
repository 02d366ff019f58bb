"""Tells which fonts of a thesis set its text, and which upright type only formulas have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from thesis_convert.page import Font, PageLayout

TEXT_SHARE = 0.02
"""A font that sets this share of the letters of a thesis is one of its text fonts."""
MATH_ROMAN = re.compile(r"^(?:cm(?:r|bx|ss|b)\d|lmroman|r?[tp]x(?:r|b)$|r[tp]x)", re.I)
CAPITALS = frozenset("ΓΔ∆ΘΛΞΠΣΥΦΨΩ")
"""Greek capitals, which TeX has in its upright type."""
VOWELS = frozenset("aàáâeèéêiíoòóôuúyAÀEÉIOÓUY")
_FAMILY = re.compile(r"^[A-Za-z]+")


class Fonts(NamedTuple):
    """What is known of the fonts of a thesis: those of its text, and the pages that may have formulas.

    `math_roman` are those of upright type that only formulas have, since the text is in another family.
    """

    text: frozenset[str]
    math_roman: frozenset[str]
    pages: frozenset[int]


def measure_fonts(layouts: Sequence[PageLayout]) -> Fonts:
    """Which fonts set the text."""
    letters: Counter[str] = Counter()
    for layout in layouts:
        for line in layout.text:
            if not line.font.math:
                letters[line.font.name] += len(line.text)
    total = sum(letters.values())
    text = frozenset(name for name, number in letters.items() if number > TEXT_SHARE * total)
    families = set(map(_family, text))
    used = [list({id(word.font): word.font for word in layout.page.words}.values()) for layout in layouts]
    names = {font.name for fonts in used for font in fonts} - text
    roman = frozenset(name for name in names if MATH_ROMAN.match(name) and _family(name) not in families)
    pages = (layout.page.index for layout, fonts in zip(layouts, used, strict=True) if _has_math(layout, fonts, roman))
    return Fonts(text, roman, frozenset(pages))


def _has_math(layout: PageLayout, fonts: Sequence[Font], roman: Collection[str]) -> bool:
    """Whether a page may have formulas; `fonts` are those of its words."""
    if any(font.math or font.name in roman for font in fonts):
        return True
    slanted = {id(font) for font in fonts if font.italic}
    words = layout.page.words if slanted else ()
    return any(len(word.text) == 1 and id(word.font) in slanted and _is_variable(word.text) for word in words)


def _is_variable(text: str) -> bool:
    """Whether a slanted letter may be a variable. A vowel may be a word, and no formula has vowels alone."""
    return text.isalpha() and text not in VOWELS


def _family(name: str) -> str:
    match = _FAMILY.match(name)
    return match.group().lower() if match else name
