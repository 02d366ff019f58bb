"""Tells which language a text is in.

In: text. Out: a BCP 47 tag, "" when the text is too short or too mixed to be sure. The script decides
first, since most scripts serve one language. Among languages that share one, the words without which
no sentence is made ("of", "und", "które") decide: a third of all prose is made of some fifty of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache

from thesis_convert.loader.structure.folding import load_data

SYLLABLE_WEIGHT = 2
"""Words of Chinese, Japanese and Korean have so many times fewer signs than those of alphabets, foreign names too."""
SCRIPT_SHARE = 0.6
"""A text is in the script that so many of its letters belong to; the rest is names and terms."""
MIN_LETTERS = 4
"""Fewer letters of an alphabet are a symbol or an abbreviation."""
MIN_WORDS = 4
"""So many common words of a language, at least, make its text known."""
MIN_KINDS = 3
"""So many different ones: "de" alone, however often, is in every list of names."""
MIN_SHARE = 0.1
"""Common words among all words of a text. Languages rich in endings have the fewest, near a fifth."""
LEAD = 2.0
"""The best language leads by so many times the deviation that chance would make, squared."""
MAX_RIVALS = 5
"""So many languages with the most common words after the best can be meant instead of it."""
KANA_SHARE = 0.03
"""Japanese among Chinese characters: some kana is in all of its sentences."""

_SEPARATORS = re.compile(r"[\s\d.,;:!?…()\[\]{}<>\"“”„‟‘’'‚‹›«»\-‐‑–—/\\|*·•،؛؟।=+&%§]+")
_NOT_LATIN = re.compile(r"[^A-Za-z\u00c0-\u024f]+")
_RANGES = (
    ("latin", 0x41, 0x24F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x370, 0x3FF),
    ("greek", 0x1F00, 0x1FFF),
    ("cyrillic", 0x400, 0x52F),
    ("hy", 0x530, 0x58F),
    ("he", 0x590, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("arabic", 0xFB50, 0xFEFC),
    ("devanagari", 0x900, 0x97F),
    ("bn", 0x980, 0x9FF),
    ("pa", 0xA00, 0xA7F),
    ("gu", 0xA80, 0xAFF),
    ("ta", 0xB80, 0xBFF),
    ("te", 0xC00, 0xC7F),
    ("kn", 0xC80, 0xCFF),
    ("ml", 0xD00, 0xD7F),
    ("si", 0xD80, 0xDFF),
    ("th", 0xE00, 0xE7F),
    ("lo", 0xE80, 0xEFF),
    ("my", 0x1000, 0x109F),
    ("ka", 0x10A0, 0x10FF),
    ("am", 0x1200, 0x139F),
    ("km", 0x1780, 0x17FF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x4DBF),
    ("han", 0x4E00, 0x9FFF),
    ("han", 0xF900, 0xFAFF),
    ("ko", 0xAC00, 0xD7AF),
    ("han", 0x20000, 0x3FFFF),
)
_SEVERAL = {
    "latin": "en de fr es pt it nl sv da nb nn fi et pl cs sk sl hr hu ro tr ca gl eu lv lt is vi id ms tl sw af sq cy"
    " ga la",
    "greek": "el",
    "cyrillic": "ru uk be bg mk sr",
    "arabic": "ar fa ur",
    "devanagari": "hi mr ne",
}
"""Scripts whose letters do not settle the language: several share them, or formulas use them."""
_RARE = frozenset({"gl", "nn", "ms", "af", "be", "mk", "la"})
"""Languages much like a larger neighbour: a text that could be either is in the neighbour's."""


def detect_language(text: str) -> str:
    """The language of a text, "" when it cannot be told."""
    script = detect_script(text)
    if script not in _SEVERAL:
        return script
    return _compare_words(text, script)


def detect_script(text: str) -> str:
    """The script of most letters: a language that has it for itself, else "latin" and the like; "" for none."""
    if len(_NOT_LATIN.sub("", text)) > max(MIN_LETTERS, SCRIPT_SHARE * len(text)):
        return "latin"
    count: Counter[str] = Counter()
    for letter, number in Counter(text).items():
        if letter.isalpha():
            count[_find_script(letter)] += number
    asian = count["han"] + count["kana"]
    if asian:
        count["ja" if count["kana"] > KANA_SHARE * asian else "zh"] = asian * SYLLABLE_WEIGHT
        del count["han"], count["kana"]
    count["ko"] *= SYLLABLE_WEIGHT
    if not count.total():
        return ""
    script, number = count.most_common(1)[0]
    # One Chinese character says as much as some letters of an alphabet.
    enough = number >= (2 * SYLLABLE_WEIGHT if script in ("zh", "ja") else MIN_LETTERS)
    return script if enough and number >= SCRIPT_SHARE * count.total() else ""


def choose_main_language(texts: Iterable[str], declared: str = "") -> str:
    """The language of a whole thesis, from samples of its text.

    The file's own word, `declared`, makes the tag more exact ("en-GB") when the text agrees with it, and
    counts alone where the text cannot decide. Word processors declare the language of their menus.
    """
    found = detect_language(" ".join(texts))
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", declared):
        return found
    primary = declared.split("-")[0].lower()
    if not found or primary == found or {primary, found} in ({"no", "nb"}, {"no", "nn"}, {"hr", "bs"}, {"hr", "sr"}):
        known = primary in load_data("languages.json")
        return declared if found or not known else ""
    return found


@cache
def common_words(language: str) -> frozenset[str]:
    """The common words that no other language of the lists has, but for rare neighbours: a few of them are proof."""
    lists = {other: words.split() for other, words in load_data("languages.json").items() if other not in _RARE}
    own = set(lists.pop(language, ()))
    return frozenset(own.difference(*lists.values()))


@cache
def _find_script(letter: str) -> str:
    return next((name for name, first, last in _RANGES if first <= ord(letter) <= last), "other")


@cache
def _word_index(script: str) -> dict[str, tuple[str, ...]]:
    """For each common word the languages of a script that have it."""
    index: dict[str, tuple[str, ...]] = {}
    for language in _SEVERAL[script].split():
        for word in dict.fromkeys(load_data("languages.json")[language].split()):
            index[word] = (*index.get(word, ()), language)
    return index


def _compare_words(text: str, script: str) -> str:
    words = text.casefold()
    if script == "arabic":
        words = unicodedata.normalize("NFKC", words).replace("ي", "ی").replace("ك", "ک")
    count = Counter(filter(None, _SEPARATORS.split(words)))
    hits = _count_hits(count, script)
    totals = {language: sum(words.values()) for language, words in hits.items()}
    ranked = sorted(totals, key=lambda language: (-totals[language], language in _RARE))
    if not ranked:
        return ""
    best, *others = ranked
    if totals[best] < max(MIN_WORDS, MIN_SHARE * count.total()) or len(hits[best]) < MIN_KINDS:
        return ""
    rivals = [language for language in others[:MAX_RIVALS] if best in _RARE or language not in _RARE]
    return best if all(_leads(hits[best], hits[rival]) for rival in rivals) else ""


def _count_hits(count: Counter[str], script: str) -> dict[str, Counter[str]]:
    """For each language the common words of it that were found, and how often."""
    index = _word_index(script)
    hits: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, number in count.items():
        for language in index.get(word, ()):
            hits[language][word] = number
    return hits


def _leads(hits: Counter[str], rival: Counter[str]) -> bool:
    """Whether the words that only one of two languages has speak for the first beyond chance."""
    own = sum(number for word, number in hits.items() if word not in rival)
    others = sum(number for word, number in rival.items() if word not in hits)
    return own > others and (own - others) ** 2 > LEAD * (own + others)
