"""Reads numbers that are written as words or in another script: "Chapter Three", "Erster Teil", "第三章".

In: a word. Out: its value from 1. The words of many languages are in `data/ordinals.json`, in the order
of their values.
"""

from __future__ import annotations

import re
from functools import cache

from thesis_convert.loader.structure.folding import fold_title, load_data

CHINESE_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九十", 1)}
_NUMERAL = re.compile(r"[一二三四五六七八九]?十?[一二三四五六七八九]?")


def read_ordinal(word: str) -> int | None:
    """The value of a number written as a word, None when it is none."""
    if word and word[0] in CHINESE_DIGITS:
        return _read_chinese(word)
    return _values().get(fold_title(word))


@cache
def compound_ordinals() -> tuple[str, ...]:
    """The ordinals of more than one word, as printed."""
    return tuple(word for entry in _entries() for words in entry for word in words if " " in word)


def _read_chinese(word: str) -> int | None:
    if not _NUMERAL.fullmatch(word):
        return None
    tens, found, ones = word.partition("十")
    if not found:
        return CHINESE_DIGITS[word] if len(word) == 1 else None
    return 10 * CHINESE_DIGITS.get(tens, 1) + CHINESE_DIGITS.get(ones, 0)


@cache
def _values() -> dict[str, int]:
    """The first language that has a word decides what it means."""
    values: dict[str, int] = {}
    for entry in _entries():
        for value, words in enumerate(entry, 1):
            for word in words:
                values.setdefault(fold_title(word), value)
    return values


def _entries() -> list[list[list[str]]]:
    """For each language, the words for 1, 2, 3 ..."""
    return list(load_data("ordinals.json").values())
