"""Reads the markers of list items: bullets, numbers and letters in their many forms.

In: a line. Out: the marker with its kind and value, or None.
"""

from __future__ import annotations

import re
from unicodedata import category

from thesis_convert.page import ItemDetail, Line
from thesis_convert.roman import write_roman

BULLETS = frozenset("⋄◊∘▷△▲➢•‣◦⁃∙▪▫■□●○◆◇▶►▸➢➤➔→⇒✓✔✗❖❑❒★☆⋆∗*·–—-−o§ü")
"""Glyphs that begin list items; those from symbol fonts come out as private characters or letters."""
_WEAK_BULLETS = frozenset("*·–—-−o§üØ→⇒")
"""Signs that also begin sentences: they count only when set off from the text."""
DASHES = frozenset("–—-−")
MAX_NAME = 20
MAX_NAME_WORDS = 4
"""The name of a speaker has no more letters, and no more words or parts of words, than these."""
_SYMBOL_FONT = re.compile(r"wingding|symbol|zapf|dingbat|opensymbol|webding|fontawesome", re.I)
_NUMBER = re.compile(
    r"^[(\[]?(?P<value>\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z]|[IVX]{1,5}|[۰-۹٠-٩]{1,3}|[一二三四五六七八九十]{1,3}"
    r"|الف|[اأآبپتثجدهوزحط]|[א-ט]|י[א-ט]?|[α-ωА-Яа-яіє]|στ|[가나다라마바사아자차카타파하ㄱ-ㅎ]|[ก-ฮ])"
    r"['’׳ʹ΄´′]?(?P<end>[.)\]、．:\-]+)$"
)
_NUMBER_ENDS = frozenset(".)]、．:-")
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)} | {chr(0x2776 + i): i + 1 for i in range(10)}
_ROMAN = {write_roman(value): value for value in range(1, 17)}
_EASTERN_LETTERS = {
    **dict.fromkeys(("ا", "أ", "آ", "الف"), 1),
    **{letter: value for value, letter in enumerate("بجدهوزحط", 2)},
    **{letter: value for value, letter in enumerate("پتث", 3)},
    **{letter: value for value, letter in enumerate("אבגדהוזחטי", 1)},
    **{letter: value for value, letter in enumerate("αβγδε", 1)},
    **dict.fromkeys(("στ", "ϛ"), 6),
    **{letter: value for value, letter in enumerate("ζηθι", 7)},
    **{letter: value for value, letter in enumerate("абвгдежзиклмнопрст", 1)},
    **{letter: value for value, letter in enumerate("가나다라마바사아자차카타파하", 1)},
    **{letter: value for value, letter in enumerate("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", 1)},
    **{letter: value for value, letter in enumerate("กขคงจฉช", 1)},
}
"""What letters count: by the old order of the alphabet, and by the new one where both do not clash."""
_CJK = {c: i + 1 for i, c in enumerate("一二三四五六七八九十")}


def read_marker(line: Line) -> ItemDetail | None:
    """The marker that a line begins with, when it has text after it."""
    if len(line.words) < 2:
        return None
    first, second = line.words[0], line.words[1]
    indent = line.indent
    text = first.text
    apart = (
        second.box.left - first.box.right if second.box.left >= first.box.right else first.box.left - second.box.right
    )
    if len(text) == 1:
        private = "\ue000" <= text <= "\uf8ff" or (
            _SYMBOL_FONT.search(first.font.name) is not None and not text.isdigit() and not _has_meaning(text)
        )
        if text in BULLETS or private:
            if (
                text in _WEAK_BULLETS
                and not private
                and apart < 0.35 * line.size
                and not (text in "-–—*·" and second.space_before and apart >= 0.2 * line.size)
            ):
                return None
            if not second.space_before and not private and text in _WEAK_BULLETS:
                return None
            return ItemDetail(text, "bullet", 0, indent)
        if text in _CIRCLED:
            return ItemDetail(text, "circled", _CIRCLED[text], indent)
    match = _NUMBER.match(text) if text[-1] in _NUMBER_ENDS else None
    if match is None:
        # "1 ." or "( a )" set as several words
        joined = text + (second.text if not second.space_before else "")
        match = _NUMBER.match(joined) if joined != text and len(line.words) > 2 else None
        if match is None:
            return None
        text = joined
    if not text.startswith(("(", "[")) and match.group("end").startswith("]"):
        return None
    if match.group("end") == ":" and not match.group("value").isdigit() and text[0] not in _CJK:
        return None  # who speaks, not what counts
    value, numbering = _read_value(match.group("value"))
    return ItemDetail(text, numbering, value, indent) if value else None


def _has_meaning(sign: str) -> bool:
    """Whether a sign has a meaning of its own, as those in a list of symbols do ("∈", "Λ"): no code of a shape."""
    return sign > "\u0370" and category(sign) in ("Sm", "Lu", "Ll")


def begins_turn(line: Line) -> bool:
    """Whether a line begins with who speaks: "I:", "B2:", "Frau Berg:"."""
    name = ""
    for word in line.words[:MAX_NAME_WORDS]:
        name += word.text
        if len(name) > MAX_NAME or not name[0].isupper():
            return False
        if name.endswith((":", "：")):
            return len(line.words) > 1
    return False


def _read_value(text: str) -> tuple[int, str]:
    if text.isdigit():
        return int(text), "decimal" if text.isascii() else "persian"
    if text[0] in _CJK:
        return _CJK[text[0]] if len(text) == 1 else 11, "cjk"
    if text.lower() in _EASTERN_LETTERS:
        return _EASTERN_LETTERS[text.lower()], "lower-alpha" if text == text.lower() else "upper-alpha"
    if text[0] == "י":
        return 10 + _EASTERN_LETTERS[text[1]], "lower-alpha"
    lower = text.lower()
    case = "lower" if text == lower else "upper"
    if lower in _ROMAN and (len(lower) > 1 or lower == "i"):
        return _ROMAN[lower], f"{case}-roman"
    if len(lower) == 1 and lower.isascii():
        return ord(lower) - 96, f"{case}-alpha"
    return 0, ""
