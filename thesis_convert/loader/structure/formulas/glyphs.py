"""Makes the items that a formula is read from: one for each letter, number, name or sign.

In: words of a line or region. Out: items with the box that their ink has, as far as their characters
tell; brackets that were built of pieces and letters with accents are whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from thesis_convert.loader.structure.formulas.nodes import Item, Symbol
from thesis_convert.loader.structure.formulas.pieces import (
    PIECES,
    WHOLE,
    join_dots,
    join_overlays,
    join_pieces,
    set_accents,
    set_sizes,
)
from thesis_convert.loader.structure.formulas.symbols import ACCENTS, BARS, BIG, CLOSING, FUNCTIONS, OPENING
from thesis_convert.page import (
    BoundingBox,
    Font,
    Word,
)

STRETCHED = 1.3
"""A bracket higher than this share of its size has been made to fit what it holds."""
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|.", re.DOTALL)
_CALLIGRAPHIC = re.compile(r"^(?:cm|x?cc|lm|tx|px)b?b?sy|mathsymbols|rsfs|eus[mb]|script|mathcal", re.I)
_BLACKBOARD = re.compile(r"^msb|^bbm|^dsrom|blackboard|^[tp]xsyb|bbold|^ds(?:ss|fontr)", re.I)
_FRAKTUR = re.compile(r"^euf|fraktur", re.I)
_SANS = re.compile(r"^(?:cmss|lmsans|sfss)|helvet|arial|sans", re.I)
_TALL_LETTERS = frozenset("bdfhijkltβδζθλξφψϑħℏℓ∂ıȷ")
_DEEP_LETTERS = frozenset("gjpqyβγζηµμξρφχψςϱϕȷ")
_SIGNS = {
    "−": (0.2, 0.3),
    "-": (0.2, 0.3),
    ".": (0.0, 0.1),
    ",": (-0.2, 0.1),
    "⋅": (0.2, 0.3),
    "·": (0.2, 0.3),
    "…": (0.0, 0.1),
}
_NARROW = frozenset("ijlt.,;:'!|fr()[]ı")
_WIDE = frozenset("mwMW")
_ALIKE = str.maketrans("∣∥〈〉❘", "|‖⟨⟩|")


def make_items(words: Iterable[Word], text_fonts: frozenset[str]) -> list[Item]:
    """The items of a formula's words. Letters in `text_fonts` are words of text."""
    items = [item for word in words for item in _split_word(word, text_fonts)]
    return set_accents(join_overlays(join_dots(set_sizes(join_pieces(items)))))


def _split_word(word: Word, text_fonts: frozenset[str]) -> Iterator[Item]:
    font = word.font
    if font.size <= 0:
        return
    total = sum(map(_weigh, word.text)) or 1.0
    unit = word.box.width / total
    left = word.box.left
    for match in _TOKEN.finditer(word.text.translate(_ALIKE)):
        text = match.group()
        slanted = font.italic and (font.math or len(word.text) <= 3)
        for part in text if text[0].isalpha() and (slanted or not text.isascii()) else [text]:
            right = left + unit * sum(map(_weigh, part))
            style = read_style(part, font, text_fonts)
            tall = part in OPENING + CLOSING + BARS and word.box.height > STRETCHED * font.size
            box = _find_ink(part, word, left, right)
            free = tall or part in BIG or part == "√" or (part in PIECES and part not in WHOLE)
            yield Item(Symbol(part, style, tall), box, word.baseline, font.size, free)
            left = right


def read_style(text: str, font: Font, text_fonts: frozenset[str]) -> str:
    """The style of a symbol, as in `Symbol`."""
    if not text[0].isalnum():
        return ""
    name = font.name
    if font.math:
        if _BLACKBOARD.search(name):
            return "blackboard"
        if _CALLIGRAPHIC.search(name) and text.isupper():
            return "calligraphic"
        if _FRAKTUR.search(name):
            return "fraktur"
    if text[0].isdigit():
        return "bold" if font.bold else ""
    if font.bold:
        return "bold-italic" if font.italic else "bold"
    if font.italic:
        return "" if len(text) == 1 or font.math else "text"
    if text in FUNCTIONS:
        return "upright"
    if font.monospace:
        return "typewriter"
    if _SANS.search(name) and name not in text_fonts:
        return "sans"
    return "text" if name in text_fonts and len(text) > 1 else "upright"


def _weigh(text: str) -> float:
    return sum(0.5 if c in _NARROW else 1.5 if c in _WIDE else 1.0 for c in text)


def _find_ink(text: str, word: Word, left: float, right: float) -> BoundingBox:
    """The box of letters is known from their shapes; the boxes of fonts are as high for every letter."""
    size, baseline = word.font.size, word.baseline
    first = text[0]
    if first in _SIGNS:
        low, high = _SIGNS[first]
    elif first.isalnum():
        plain = unicodedata.normalize("NFD", first)[0]
        high = 0.45 if plain.islower() and plain not in _TALL_LETTERS and len(text) == 1 else 0.68
        low = -0.2 if plain in _DEEP_LETTERS else 0.0
    elif text in PIECES or text in OPENING + CLOSING + BARS or text in BIG or text == "√" or text in "⏞⏟⏠⏡":
        return BoundingBox(left, word.box.bottom, right, word.box.top)
    elif text in ACCENTS:
        high_box = word.box.height < 0.5 * size
        return BoundingBox(left, word.box.bottom if high_box else baseline + 0.5 * size, right, word.box.top)
    else:
        low, high = 0.0, 0.5
    return BoundingBox(left, baseline + low * size, right, baseline + high * size)
