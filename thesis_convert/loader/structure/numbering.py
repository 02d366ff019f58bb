"""The grammar of heading numbers: "2.3", "Chapter 3", "Third Part", "Appendix B", "IV.", "第三章".

In: the text of a heading. Out: its printed label, the words after it, and how deep the number is. Each
way to write a number is one function; the first that fits counts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from thesis_convert.loader.structure.dates import is_month
from thesis_convert.loader.structure.folding import load_data
from thesis_convert.loader.structure.ordinals import compound_ordinals, read_ordinal
from thesis_convert.scripts import has_any, has_case

MAX_BARE = 60
"""A thesis has fewer chapters: a greater number alone is a year or a quantity."""

RANK_DEPTH = 4
"""How deep the numbers are that East Asian theses count below 一、 and （一）."""

_NUMBER = r"\d{1,2}(?:\.\s\d{1,2})+(?=\.\s)|\d{1,3}(?:[.．\-]\d{1,3})*|[۰-۹٠-٩]{1,3}(?:[.\-−–][۰-۹٠-٩]{1,3})*"
_LETTERED = r"[A-Z](?:\.\d{1,3})*"
_ROMAN = r"[IVXLC]{1,7}(?:\.\d{1,3})*|[ivx]{1,5}"
_COUNTING_LETTER = r"[(\[](?:الف|[آأ-ی]|[א-ת])[)\]]|(?:الف|[آأ-نهيپچژکگی])(?!\w)|(?:[א-ת]|[יכ][א-ט]|ט[וז])['’׳]?(?!\w)"
"""Arabic and Hebrew letters that count chapters and appendices, bare or in brackets."""
_KNOWN = re.compile(f"{_NUMBER}|{_ROMAN}|{_LETTERED}|{_COUNTING_LETTER}")
# A letter may follow at once ("2Methods"), but not as in "3D models" and "1st".
_PLAIN = re.compile(
    rf"^(?:§+\s?)?(?P<number>{_NUMBER})(?P<end>[.)]?\s*[:\-–—]?\s+|(?<=[۰-۹٠-٩])\s?−\s+"
    r"|[.)．、]?\s*(?=[^\W\d_a-z][^\W\d_])|[.)]?$)"
)
_MARKED = re.compile(r"^\(?(?P<number>[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)(?P<end>\s+)(?=\S)")
_LETTER = re.compile(
    r"^(?P<number>[A-Z]\.\d{1,3}(?:\.\d{1,3})*\.?|[a-h]\.\d{1,2}(?:\.\d{1,2})*"  # small capitals may be small letters
    r"|[A-Z][.)]|[A-Z](?=\s\s|\s[A-Z]))(?P<end>\s+|$)"
)
# Titles may begin with a small letter, as names of programs do, after what can hardly be a word.
_ROMAN_HEAD = re.compile(
    rf"^(?P<number>{_ROMAN})(?P<end>[.)]\s*[:\-–—]?\s*|\s*[:\-–—]\s+|\s+(?=[A-ZÀ-ÝΑ-ΩА-Я])|(?<=[IVX]{{2}})\s+(?=[^\W\d_])|$)"
)
HANGUL_LETTERS = "가나다라마바사아자차카타파하"
"""Syllables that count, in their order."""
_EAST_ASIAN = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))
_CHINESE_SECTIONS = "节節절"
_CHINESE_PARTS = "部編编篇부"
_FIRST_WORD = re.compile(r"\s*(?P<word>[^\W\d_]{3,})(?:\s+(?P<year>\d{4})\b)?")
_LETTER_BEFORE = re.compile(r"[A-Z][.\-–]\s")
_END = r"(?P<end>\s*[:.\-–—]+\s*|\s+|$)"
_WORD_KINDS = ("chapter", "appendix", "part", "section", "subsection", "subsubsection")
_WORD_DEPTHS = {"section": 2, "subsection": 3, "subsubsection": 4}
_NO_LETTERS = re.compile(r"[\W_]+")
_ASCII_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_MAY_COUNT = re.compile(
    r"[\d۰-۹٠-٩]{1,3}(?:[.．、\-−–)]|\s|$|[^\W\d_a-z])|[A-Z](?:[.)]|\s|$)|[IVXLC]{1,6}(?:[.\-:)]|\s|$)"
    r"|[a-h]\.\d|§|\(?[a-z]{1,4}\)\s"
)


class Numbered(NamedTuple):
    """`label` as printed, `title` the words after it, `depth` of the number from 1; `kind` says what
    the word before it means: "part", "chapter", "appendix", "paper" or "" for a bare number."""

    label: str
    title: str
    depth: int
    kind: str = ""
    parts: tuple[str, ...] = ()


def read_number(text: str) -> Numbered | None:
    """The number that a heading begins with, None without one."""
    text = text.strip()
    if may_count(text):
        number, certain = _read_bare(text)
        if number or certain:
            return number
    return _read_worded(text) or _read_word_after(text)


def may_count(text: str) -> bool:
    """Whether a text begins with what may be a number without a word: a quick look before `read_number`."""
    return _MAY_COUNT.match(text) is not None or (
        has_any(text, _EAST_ASIAN) and _east_asian().may_count.match(text) is not None
    )


def begins_rank(text: str) -> bool:
    """Whether a text begins with a number that ranks below sections in East Asian theses: 一、 （一） 1. (1) ① 가."""
    if not has_any(text, _EAST_ASIAN):
        return False
    forms = _east_asian()
    return any(form.match(text) is not None for form in (forms.listed, forms.rank, forms.dotted))


@lru_cache(maxsize=4096)
def fold_letters(text: str) -> str:
    """Only letters and digits, folded: the same however lines, hyphens and spaces fall."""
    if text.isascii():
        return text.lower().translate(_ASCII_LETTERS)
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _read_bare(text: str) -> tuple[Numbered | None, bool]:
    """A number without a word for what it counts; and whether there is none for certain."""
    east_asian = has_any(text, _EAST_ASIAN)
    if east_asian and (rank := _east_asian().rank.match(text)):
        number = rank["bracketed"] or rank["half"] or rank["syllable"] or str(ord(rank["circled"]) - ord("①") + 1)
        return Numbered(rank["label"], text[rank.end() :].strip(), RANK_DEPTH, "", (number,)), True
    after = _read_word_after(text)
    if after:
        return after, True
    for pattern in (_PLAIN, _MARKED, _LETTER, _ROMAN_HEAD):
        match = pattern.match(text)
        if match is None:
            continue
        number = match["number"].rstrip(".)")
        parts = _split_parts(number)
        if len(parts) == 1 and number.isdigit() and int(number) > MAX_BARE:
            return None, True
        if len(parts) == 1 and number.isdigit() and _is_day(text[match.end() :]):
            return None, True
        return Numbered(match.group().strip().rstrip(":-–— "), text[match.end() :].strip(), len(parts), "", parts), True
    return (_read_chinese(text) if east_asian else None), False


def _is_day(text: str) -> bool:
    """Whether the words after a number make it the day of a month: "janvier", "March 2020"; the planet is "Mars"."""
    match = _FIRST_WORD.match(text)
    return match is not None and (match["word"][0].islower() or bool(match["year"])) and is_month(match["word"])


def _read_chinese(text: str) -> Numbered | None:
    if match := _east_asian().unit.match(text):
        number, unit = match["number"], match["unit"]
        kind = "" if unit in _CHINESE_SECTIONS else "part" if unit in _CHINESE_PARTS else "chapter"
        value = re.sub(r"[\s第제]|.$", "", number)
        return Numbered(number, text[match.end() :].strip(), 1 if kind else 2, kind, (value,))
    if match := _east_asian().listed.match(text):
        number = match["bracketed"] or match["bare"]
        depth = 3 if match["bracketed"] else 2
        return Numbered(match.group().strip(), text[match.end() :].strip(), depth, "", (number.strip("（()）"),))
    return None


def _read_worded(text: str) -> Numbered | None:
    """ "Chapter 3", "Teil II", "Appendix", "الفصل الثاني عشر"."""
    match = _word_first().match(text)
    if match is None:
        return None
    number, rest = match["number"] or "", text[match.end() :].strip()
    kind = _heading_words().get(match["word"].casefold(), "chapter")
    if not number:
        return Numbered(match["word"], "", 1, kind) if not rest and kind not in _WORD_DEPTHS else None
    joined = match.end("word") == match.start("number") and number[0].isalpha()
    if joined and has_case(match["word"][-1]) and not (match["word"][-1].islower() and number[0].isupper()):
        return None  # "Parti" is no part I, "AnnexeA" has lost its space; scripts without capitals need none
    if not (_KNOWN.fullmatch(number) or read_ordinal(number)):
        return None
    parts = _split_parts(number)
    depth = max(_WORD_DEPTHS.get(kind, 1), len(parts))
    return Numbered(text[: match.end("number")], rest, depth, "" if kind in _WORD_DEPTHS else kind, parts)


def _read_word_after(text: str) -> Numbered | None:
    """ "First Part", "3. fejezet", "DEUXIÈME PARTIE"."""
    match = _word_last().match(text)
    if match is None or text[match.end() : match.end() + 1].islower():
        return None
    number = match["number"]
    kind = _heading_words().get(match["word"].casefold(), "chapter")
    counts = number[0].isdigit() or re.fullmatch(r"[IVXLC]+", number) or read_ordinal(number)
    if number[0].isdigit() and match["word"].casefold() in _words_before_figures():
        return None
    if kind in _WORD_DEPTHS or not (counts or (kind == "appendix" and _LETTER_BEFORE.match(text))):
        return None
    return Numbered(match["label"], text[match.end() :].strip(), 1, kind, (number,))


def _split_parts(number: str) -> tuple[str, ...]:
    return tuple(re.split(r"[.．\-−–]\s?", number))


class _EastAsianForms(NamedTuple):
    """Numbers with a unit (第三章), of lists (一、 （一）), of the ranks below ((1) 1) ① 가.), with a stop (1.)."""

    unit: re.Pattern[str]
    listed: re.Pattern[str]
    rank: re.Pattern[str]
    dotted: re.Pattern[str]
    may_count: re.Pattern[str]


@cache
def _east_asian() -> _EastAsianForms:
    """Made when they are needed: so large sets of characters take long to compile."""
    letter = "[" + "".join(f"{low}-{high}" for low, high in _EAST_ASIAN) + "]"
    return _EastAsianForms(
        re.compile(
            r"^(?P<number>[第제]\s*[0-9一二三四五六七八九十百]+\s*(?P<unit>[章节節部編编篇回장절부]))\s*[:：、]?\s*"
        ),
        re.compile(
            r"^(?:(?P<bracketed>[（(][一二三四五六七八九十]{1,3}[）)])[、.．]?\s*"
            r"|(?P<bare>[一二三四五六七八九十]{1,3})(?:[、.．]\s*|\s+(?=[\u3040-\u9fff]{2})))"
        ),
        re.compile(
            rf"^(?P<label>[（(](?P<bracketed>\d{{1,2}}|[{HANGUL_LETTERS}])[）)]|(?P<half>\d{{1,2}})[）)．]"
            rf"|(?P<syllable>[{HANGUL_LETTERS}])[.)）]|(?P<circled>[①-⑳]))\s*(?={letter})"
        ),
        re.compile(rf"^\d{{1,2}}[.．、]\s*(?={letter})"),
        re.compile(
            r"第|제|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．\s]"
            rf"|[（(]?[\d{HANGUL_LETTERS}]{{1,2}}[）)．.]\s*{letter}|[①-⑳]\s*{letter}"
        ),
    )


@cache
def _word_first() -> re.Pattern[str]:
    """A word for chapter, part, section or appendix in any language, with the number after it."""
    compounds = "|".join(map(re.escape, compound_ordinals()))
    number = rf"{_NUMBER}|{_ROMAN}|{_LETTERED}|(?:{compounds})(?!\w)|(?<!\w)(?:{_COUNTING_LETTER})|\w{{2,12}}"
    sign = r"(?:رقم\s*|شماره[\u200c ]?[یٔ]?\s*|מספר\s*)?"
    return re.compile(rf"^(?P<word>{_list_words()})\s*{sign}(?P<number>{number})?{_END}", re.I)


@cache
def _word_last() -> re.Pattern[str]:
    """A number with the word after it."""
    return re.compile(
        rf"^(?P<label>(?P<number>\d{{1,2}}|\w{{1,14}})\s?[.\-–]?\s*(?<!\w)(?P<word>{_list_words()})){_END}", re.I
    )


@cache
def _words_before_figures() -> frozenset[str]:
    """Words that no figure stands before: "12. Appendix" is an item of a list."""
    language = load_data("sections.json")["en"]
    return frozenset(word for kind in _WORD_KINDS for word in language.get(f"{kind}-word", ()))


@cache
def _list_words() -> str:
    return "|".join(map(re.escape, sorted(_heading_words(), key=lambda word: (-len(word), word))))


@cache
def _heading_words() -> dict[str, str]:
    """The words that stand before a number, and which kind of section they mean."""
    return {
        word.casefold(): kind
        for kind in reversed(_WORD_KINDS)
        for language in load_data("sections.json").values()
        for word in language.get(f"{kind}-word", ())
    }
