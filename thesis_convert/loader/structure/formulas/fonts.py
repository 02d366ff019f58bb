"""Tells which fonts of a thesis set its text, and which upright type only formulas have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.page import (
    PageLayout,
)

TEXT_SHARE = 0.02
"""A font that sets this share of the letters of a thesis is one of its text fonts."""
MATH_ROMAN = re.compile(r"^(?:cm(?:r|bx|ss|b)\d|lmroman|r?[tp]x(?:r|b)$|r[tp]x)", re.I)
CAPITALS = frozenset("ΓΔ∆ΘΛΞΠΣΥΦΨΩ")
"""Greek capitals, which TeX has in its upright type."""
_FAMILY = re.compile(r"^[A-Za-z]+")


class Fonts(NamedTuple):
    """What is known of the fonts of a thesis: those of its text, and the pages that may have formulas."""

    text: frozenset[str]
    families: frozenset[str]
    pages: frozenset[int]

    def is_math_roman(self, name: str) -> bool:
        """Whether a font is upright type that only formulas have, since the text is in another family."""
        return MATH_ROMAN.match(name) is not None and name not in self.text and _family(name) not in self.families


def measure_fonts(layouts: Sequence[PageLayout]) -> Fonts:
    """Which fonts set the text."""
    letters: Counter[str] = Counter()
    for layout in layouts:
        for line in layout.text:
            if not line.font.math:
                letters[line.font.name] += len(line.text)
    total = sum(letters.values())
    text = frozenset(name for name, number in letters.items() if number > TEXT_SHARE * total)
    fonts = Fonts(text, frozenset(map(_family, text)), frozenset())
    pages = frozenset(layout.page.index for layout in layouts if _may_have_formulas(layout, fonts))
    return fonts._replace(pages=pages)


def _may_have_formulas(layout: PageLayout, fonts: Fonts) -> bool:
    words = layout.page.words
    used = {id(word.font): word.font for word in words}.values()
    if any(font.math or fonts.is_math_roman(font.name) for font in used):
        return True
    slanted = {id(font) for font in used if font.italic}
    return bool(slanted) and any(len(word.text) == 1 and id(word.font) in slanted for word in words)


def _family(name: str) -> str:
    match = _FAMILY.match(name)
    return match.group().lower() if match else name
