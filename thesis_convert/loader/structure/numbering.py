"""The grammar of heading numbers: "2.3", "Chapter 3", "Appendix B", "IV.", "第三章".

In: the text of a heading. Out: its printed label, the words after it, and how deep the number is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from thesis_convert.loader.structure.folding import load_data

_NUMBER = r"\d{1,3}(?:[.\-]\d{1,3})*|[۰-۹٠-٩]{1,3}(?:[.\-][۰-۹٠-٩]{1,3})*"
_LETTERED = r"[A-Z](?:\.\d{1,3})*"
_ROMAN = r"[IVXLC]{1,7}(?:\.\d{1,3})*|[ivx]{1,5}"
_KNOWN_NUMBER = f"{_NUMBER}|{_ROMAN}|{_LETTERED}"
_PLAIN = re.compile(rf"^(?P<number>{_NUMBER})(?P<end>[.)]?\s*[:\-–—]?\s+|[.)]?(?=[^\W\d_])|$)")
_LETTER = re.compile(r"^(?P<number>[A-Z]\.\d{1,3}(?:\.\d{1,3})*\.?|[A-Z][.)]|[A-Z](?=\s\s|\s[A-Z]))(?P<end>\s+|$)")
_ROMAN_HEAD = re.compile(rf"^(?P<number>{_ROMAN})(?P<end>[.)]\s*[:\-–—]?\s*|\s*[:\-–—]\s+|\s+(?=[A-ZÀ-Ý])|$)")
_CHINESE = re.compile(r"^(?P<number>第\s*[0-9一二三四五六七八九十百]+\s*(?P<unit>[章节節部編编篇回]))\s*[:：、]?\s*")
_CHINESE_LIST = re.compile(r"^(?P<number>[（(]?[一二三四五六七八九十]{1,3}[）)]?)[、.．]\s*")
_NO_LETTERS = re.compile(r"[\W_]+")
_UNIT = "الأول|الاول|الأولى|الثاني|الثانية|الثالث|الثالثة|الرابع|الرابعة|الخامس|السادس|السابع|الثامن|التاسع|العاشر"
_ORDINAL = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eins|zwei|drei|un|deux|trois|uno|due|tre|quattro"
    r"|i{1,3}|iv|vi{0,3}"
    r"|(?:یازده|دوازده|سیزده|چهارده|پانزده)م|اول|نخست|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم"
    rf"|(?:الحادي|{_UNIT})\s+عشر|{_UNIT}|تمهيدي|التمهيدي"
    r"|ראשון|ראשונה|שניי?ה?|שלישית?|רביעית?|חמישית?|ש[יי]שית?|שביעית?|שמינית?|תשיעית?|עשירית?"
)
_ORDINALS = re.compile(rf"^(?:{_ORDINAL})$", re.I)
_COUNTING_LETTER = r"[(\[](?:الف|[آأ-ی]|[א-ת])[)\]]|(?:الف|[آأ-نهيپچژکگی])(?!\w)|(?:[א-ת]|[יכ][א-ט]|ט[וז])['’׳]?(?!\w)"
"""Arabic and Hebrew letters that count chapters and appendices, bare or in brackets."""
_KNOWN = re.compile(f"{_KNOWN_NUMBER}|{_COUNTING_LETTER}")
_SECTION_WORDS = {"المبحث": 2, "مبحث": 2, "گفتار": 2, "المطلب": 3, "الفرع": 4}
"""Words before the numbers of sections, with their depth below the chapter's: theses of law and letters have them."""
_SECTION_WORDED = re.compile(
    rf"^(?P<label>(?P<word>{'|'.join(_SECTION_WORDS)})\s+(?:{_ORDINAL}|{_NUMBER}))(?!\w)\s*[:.\-–—]*\s*"
)


class Numbered(NamedTuple):
    """`label` as printed, `title` the words after it, `depth` of the number from 1; `kind` says what
    the word before it means: "part", "chapter", "appendix" or "" for a bare number."""

    label: str
    title: str
    depth: int
    kind: str = ""
    parts: tuple[str, ...] = ()


def read_number(text: str) -> Numbered | None:
    """The number that a heading begins with, None without one."""
    text = text.strip()
    match = _worded().match(text)
    if match and (match.group("number") or not text[match.end() :].strip()):
        number = match.group("number") or ""
        known = not number or _KNOWN.fullmatch(number) or _ORDINALS.match(number)
        if known:
            kind = _word_kind(match.group("word"))
            label = text[: match.end("number") if number else match.end("word")]
            parts = tuple(re.split(r"[.\-]", number)) if number else ()
            return Numbered(label, text[match.end() :].strip(), max(1, len(parts)), kind, parts)
    for pattern in (_PLAIN, _LETTER, _ROMAN_HEAD):
        match = pattern.match(text)
        if match:
            number = match.group("number").rstrip(".)")
            parts = tuple(re.split(r"[.\-]", number))
            title = text[match.end() :].strip()
            if len(parts) == 1 and number.isdigit() and int(number) > 60:
                return None  # a year, a quantity
            return Numbered(text[: match.end()].strip().rstrip(":-–— "), title, len(parts), "", parts)
    match = _SECTION_WORDED.match(text)
    if match:
        return Numbered(match["label"], text[match.end() :].strip(), _SECTION_WORDS[match["word"]])
    match = _CHINESE.match(text)
    if match:
        depth = 2 if match.group("unit") in "节節" else 1
        return Numbered(
            match.group("number"),
            text[match.end() :].strip(),
            depth,
            "chapter" if depth == 1 else "",
            (match.group("number"),),
        )
    match = _CHINESE_LIST.match(text)
    if match:
        return Numbered(match.group().strip(), text[match.end() :].strip(), 2, "", (match.group("number"),))
    return None


@cache
def _worded() -> re.Pattern[str]:
    """A word for chapter, part or appendix in any language, with the number after it."""
    words = "|".join(map(re.escape, sorted(_heading_words(), key=lambda word: (-len(word), word))))
    number = rf"{_NUMBER}|{_ROMAN}|{_LETTERED}|(?:{_ORDINAL})(?!\w)|(?<!\w)(?:{_COUNTING_LETTER})|\w{{3,8}}"
    sign = r"(?:رقم\s*|شماره[\u200c ]?[یٔ]?\s*|מספר\s*)?"
    return re.compile(rf"^(?P<word>{words})\s*{sign}(?P<number>{number})?(?P<end>\s*[:.\-–—]+\s*|\s+|$)", re.I)


@cache
def _heading_words() -> dict[str, str]:
    """The words that stand before a number, and which of "part", "appendix" and "chapter" they mean."""
    return {
        word.casefold(): kind
        for kind in ("chapter", "appendix", "part")
        for language in load_data("sections.json").values()
        for word in language.get(f"{kind}-word", ())
    }


def _word_kind(word: str) -> str:
    return _heading_words().get(word.casefold(), "chapter")


def fold_letters(text: str) -> str:
    """Only letters and digits, folded: the same however lines, hyphens and spaces fall."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _NO_LETTERS.sub("", text.casefold())
