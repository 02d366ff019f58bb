"""Repairs the characters of words: what stands for a letter's shape becomes the letter itself.

In: the text of a word as the library maps it from the font. Out: the text that its author typed.
Fonts have glyphs for joined letters, for letters as they stand inside a word, for signs of vertical
lines, and for dingbats under private codes; all of these have one plain meaning. Accents that are
drawn over a letter as a glyph of their own are put together with it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from thesis_convert.scripts import KASHIDA

_ACCENTS = {
    "´": "\u0301", "ˊ": "\u0301", "`": "\u0300", "ˋ": "\u0300", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303",
    "~": "\u0303", "¨": "\u0308", "¸": "\u0327", "˚": "\u030a", "ˇ": "\u030c", "˘": "\u0306", "˙": "\u0307",
    "˝": "\u030b", "¯": "\u0304", "ˉ": "\u0304", "˛": "\u0328",
}  # fmt: skip
_DOTLESS = str.maketrans("ıȷ", "ij")
ACCENT = re.compile(f"[{''.join(map(re.escape, _ACCENTS))}]")
"""Accents that have a place of their own, alone or before or after the letter that they belong to."""
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
MARKS_ALONE = re.compile(f"[{_MARKS}]+")
MARK = re.compile(f"[{_MARKS}]")

UNUSUAL = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u0640\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2e80-\u2fd5"
    "\ue000-\uf8ff\uf900-\ufaff\ufb00-\ufdf9\ufe10-\ufe1f\ufe30-\ufe4f\ufe70-\ufeff\ufffe\uffff]"
)
"""Characters that need repair. Full-width letters do not: authors of Chinese and Japanese type them."""

_BIDI_CONTROLS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_SYMBOL_FONT = re.compile(r"symbol", re.I)
_WINGDINGS_FONT = re.compile(r"wingding", re.I)
_SYMBOL = dict(zip(
    (*range(0x21, 0x7F), *range(0xA1, 0xFF)),
    "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
    strict=True,
))  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def repair_characters(text: str, font: str) -> str:
    """The word as typed. `font` tells what private characters stand for."""
    text = text.translate(_plain_forms())
    if text.isascii():
        return text
    if "\u0640" in text:
        text = KASHIDA.sub("", text)
    if max(text) >= "\ue000" and any("\uf020" <= c <= "\uf0ff" for c in text):
        text = _read_private(text, font)
    return unicodedata.normalize("NFC", text)


def compose_accent(letter: str, accent: str) -> str | None:
    """A letter with an accent or mark that is drawn over it; None when `letter` takes none."""
    if not letter.isalpha():
        return None
    return unicodedata.normalize("NFC", letter.translate(_DOTLESS) + _ACCENTS.get(accent, accent))


@cache
def _plain_forms() -> dict[int, str | None]:
    """What each character that is only a shape stands for."""
    table: dict[int, str | None] = dict.fromkeys([*range(1, 9), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFF])
    table |= dict.fromkeys(map(ord, _BIDI_CONTROLS))
    table |= dict.fromkeys([0x02, 0xAD, 0xFFFE], "-")
    shapes = [
        (0xFB00, 0xFDF9),
        (0xFE70, 0xFEFC),
        (0x2E80, 0x2FD5),
        (0xF900, 0xFAFF),
        (0xFE10, 0xFE19),
        (0xFE30, 0xFE44),
    ]
    for first, last in shapes:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                # Isolated vowel signs are defined as a space with the sign.
                table[code] = plain.replace(" ", "") or None
    # The plain forms of these are told apart from their full-width forms, which Chinese text has.
    table |= {0xFE10: "，", 0xFE13: "：", 0xFE14: "；", 0xFE15: "！", 0xFE16: "？", 0xFE19: "…", 0xFE35: "（",
              0xFE36: "）", 0xFE30: "…", 0xFE31: "—", 0xFE32: "–"}  # fmt: skip
    return table


def _read_private(text: str, font: str) -> str:
    table = _SYMBOL if _SYMBOL_FONT.search(font) else _WINGDINGS if _WINGDINGS_FONT.search(font) else {0xB7: "•"}
    return "".join(table.get(ord(c) - 0xF000, c) if "\uf020" <= c <= "\uf0ff" else c for c in text)
