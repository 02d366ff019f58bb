"""Lines of a given width, for letters of every script.

A line goes in without its end and comes out as lines that fit. Width is counted as a terminal
shows it: East Asian wide characters take two columns, combining marks none, all others one. (Some
invisible characters count one too: a line may come out a little short, never too long.) Lines end
at spaces, and also between Chinese and Japanese characters, with the rule of those scripts that
closing marks do not begin a line and opening marks do not end one (kinsoku). Greedy filling is what
every reader of plain text is used to, and a changed word changes few lines.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from thesis_convert.scripts import has_any

# Scripts without spaces between words. Hangul is wide too, but Korean has spaces.
_IDEOGRAPHIC = (
    ("\u2e80", "\u303f"), ("\u3041", "\u312f"), ("\u3190", "\u4dbf"), ("\u4e00", "\ua4cf"), ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe4f"), ("\uff01", "\uff60"), ("\U00020000", "\U0003fffd"),
)  # fmt: skip
# What stays with the character before it: closing marks, small kana, variation selectors, no-break
# characters, and what this writer sets itself: `[1]` at a note, `_` and `*` around emphasis.
_CLOSING = (
    "!%),.:;?\\]}»’”‰′″℃‐-―…‥·、。々〉》」』】〕〗〙〛〜〞〟〻"
    "ぁぃぅぇぉっゃゅょゎゕゖ゙-ゞ゠ァィゥェォッャュョヮヵヶ・-ヾㇰ-ㇿ！％），．：；？］｝｠￠"
    "\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef\u00a0\u202f\u2060\\[_*"
)
_OPENING = "(\\[{«‘“〈《「『【〔〖〘〚〝（［｛｟＄￡￥$£¥№#\u00a0\u202f\u2060_*"


def wrap_text(text: str, width: int, hang: int = 0) -> list[str]:
    """`text` as lines of at most `width` columns, 0 for any; a "\\n" in it ends a line in any case.

    Lines after the first begin with `hang` spaces, fewer where a long word needs the room. Only
    what cannot be broken and is wider than `width` by itself makes a longer line.
    """
    return [line for part in text.split("\n") for line in _wrap_line(part, width, hang)] if text.strip() else []


@lru_cache(maxsize=1 << 14)
def measure_columns(text: str) -> int:
    """How many columns `text` takes in a terminal."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(_measure_character, text))


def split_pieces(word: str) -> list[str]:
    """The parts of a word without spaces that a line's end may come between."""
    return _break().split(word) if has_any(word, _IDEOGRAPHIC) else [word]


@cache
def _break() -> re.Pattern[str]:
    """The place beside an ideograph where a line may end. Made when it is needed: it takes long to compile."""
    ideographs = "".join(f"{low}-{high}" for low, high in _IDEOGRAPHIC)
    return re.compile(f"(?:(?<=[{ideographs}])|(?=[{ideographs}]))(?<=[^{_OPENING}])(?=[^{_CLOSING}])")


@lru_cache(maxsize=1 << 12)
def _measure_character(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _wrap_line(text: str, width: int, hang: int) -> list[str]:
    words = [word for word in text.split(" ") if word]
    if not width:
        return [" ".join(words)]
    lines: list[str] = []
    line, used = "", 0
    for word in words:
        space = " " if line else ""
        for piece in split_pieces(word):
            size = measure_columns(piece)
            if line and used + len(space) + size > width:
                lines.append(line)
                indent = max(0, min(hang, width - size))
                line, used = " " * indent + piece, indent + size
            else:
                line, used = line + space + piece, used + len(space) + size
            space = ""
    return [*lines, line]
