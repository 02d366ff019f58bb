"""What the codes of TeX's math fonts stand for.

In: a font's name and a code of a glyph whose name the library does not know. Out: its character.
The fonts of TeX have their own encodings, and nearly every family of math fonts keeps to them: OML
for letters, OMS for symbols, OMX for what is tall. A glyph that comes in several sizes has one
character here; the pieces that tall brackets are built of have a character each.
"""

from __future__ import annotations

import re
from functools import cache

_LETTER_FONT = re.compile(r"^(?:(?:x?cc|cm)b?mib?\d|lmmathitalic|lmmib?\d|(?:ntx|npx|new|r)?[tp]xb?mi|eur[mb]\d)", re.I)
_SYMBOL_FONT = re.compile(r"^(?:(?:x?cc|cm)b?b?sy\d|lmmathsymbols|lmb?sy\d|[tp]xb?sy\d?$|[tp]xsy$)", re.I)
_TALL_FONT = re.compile(r"^(?:(?:yh)?cmex\d|lmmathextension|lmex\d|[tp]xb?ex$|euex\d|(?:ntx|npx)exx?)", re.I)

_LETTERS = dict(enumerate(
    "ΓΔΘΛΞΠΣΥΦΨΩαβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφ↼↽⇀⇁\ufffd\ufffd▹◃0123456789.,</>⋆∂ABCDEFGHIJKLMNOPQRSTUVWXYZ♭♮♯⌣⌢ℓ"
    "abcdefghijklmnopqrstuvwxyzıȷ℘\u20d7\u0361",
))  # fmt: skip
_SYMBOLS = dict(enumerate(
    "−⋅×∗÷⋄±∓⊕⊖⊗⊘⊙◯∘•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽\u0338↦∀∃¬∅ℜℑ⊤⊥ℵABCDEFGHIJKLMNOPQRSTUVWXYZ∪∩⊎∧∨⊢⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡¶♣♢♡♠",
))  # fmt: skip
_TALL = dict(enumerate(
    "()[]⌊⌋⌈⌉{}⟨⟩|‖/\\()()[]⌊⌋⌈⌉{}⟨⟩/\\()[]⌊⌋⌈⌉{}⟨⟩/\\/\\⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⏐⎝⎠⎜⎟⟨⟩⨆⨆∮∮⨀⨀⨁⨁⨂⨂∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁∐∐"
    "ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}√√√√⎷\u23b8⌜‖↑↓⏞⏠⏡⏟⇑⇓",
))  # fmt: skip
# Names of pieces that have no character lead to private ones in Adobe's list of glyphs.
_PRIVATE = dict(zip(range(0xF8E6, 0xF900), "⏐―®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭\ufffd", strict=True))
_VARIANTS = dict.fromkeys(range(0xFE00, 0xFE10))
_STRETCHED = {0x20D2: "|", 0x2223: "|", 0x2225: "‖", 0x23B9: "\u23b8"}

PIECES = "⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎫⎬⎭⎪⏐⎷\u23b8⌜⎮"
BRACES = "⏞⏟⏠⏡"
WIDE_ACCENTS = "ˆ˜"
TALL = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉/\\∑∏∐∫∬∭∮⋃⋂⨄⨆⨀⨁⨂⋀⋁√" + PIECES + BRACES)
"""Characters that math fonts have in several heights."""


def is_letter_font(name: str) -> bool:
    """Whether a math font has variables: letters that slant."""
    return _LETTER_FONT.match(name) is not None


def is_tall_font(name: str) -> bool:
    """Whether a font has nothing but tall glyphs, which hang from their origin."""
    return _TALL_FONT.match(name) is not None


def decode(name: str, code: int) -> str:
    """The character of a glyph without a known name; U+FFFD in a font with another encoding."""
    table = _find_table(name)
    return table.get(code, "\ufffd") if table is not None else chr(code) if code > 0x20 else "\ufffd"


def tidy(name: str, text: str) -> str:
    """Characters that the library knows, as other math fonts have them."""
    text = text.translate(_PRIVATE).translate(_VARIANTS)
    return text.translate(_STRETCHED) if is_tall_font(name) else text


@cache
def _find_table(name: str) -> dict[int, str] | None:
    for pattern, table in ((_LETTER_FONT, _LETTERS), (_SYMBOL_FONT, _SYMBOLS), (_TALL_FONT, _TALL)):
        if pattern.match(name):
            return table
    return None
