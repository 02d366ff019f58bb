"""Finds the phrases of title pages: labels such as "Supervisor", and the words of institutions and degrees.

In: folded words. Out: which phrases of a role stand where. The phrases of many languages are in
`data/title_page.json`; of several that begin at a word the longest counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from thesis_convert.loader.structure.folding import FoldedWord, fold_phrases, load_data


class Phrases(NamedTuple):
    """The phrases of a role by their first word; and word endings ("...universität")."""

    by_first: dict[str, list[str]]
    endings: tuple[str, ...]


def match_phrase(words: Sequence[FoldedWord], place: int, role: str) -> int:
    """How many words from `place` on are the longest phrase of `role` that begins there; 0 for none."""
    if place >= len(words):
        return 0
    phrases = _load_phrases()[role]
    first = words[place].text
    longest = _match_longest(words, place, phrases.by_first.get(first, ()))
    return longest or int(bool(phrases.endings) and first.endswith(phrases.endings))


def _match_longest(words: Sequence[FoldedWord], place: int, phrases: Sequence[str]) -> int:
    longest = 0
    for phrase in phrases:
        length = phrase.count(" ") + 1
        if length > longest and phrase == " ".join([word.text for word in words[place : place + length]]):
            longest = length
    return longest


def is_whole_phrase(words: Sequence[FoldedWord], role: str) -> bool:
    """Whether words are one phrase of `role` and nothing else."""
    return bool(words) and match_phrase(words, 0, role) == len(words)


def find_phrase(words: Sequence[FoldedWord], role: str, start: int = 0) -> tuple[int, int] | None:
    """The place and length of the first phrase of `role` from `start` on, None when there is none."""
    for place in range(start, len(words)):
        length = match_phrase(words, place, role)
        if length:
            return place, length
    return None


def find_level(words: Sequence[FoldedWord], language: str) -> str:
    """The level ("bachelor", "master", "doctoral") that words in `language` or English tell; "" when none do.

    A word for the work alone counts less than one for the degree: a dissertation can be either.
    """
    strong: list[tuple[int, int, str]] = []
    weak: list[tuple[int, int, str]] = []
    for level in ("bachelor", "master", "doctoral"):
        phrases = _load_levels(level, language)
        for place in range(len(words)):
            length = _match_longest(words, place, phrases.get(words[place].text, ()))
            if length:
                alone = match_phrase(words, place, "thesis") >= length
                (weak if alone else strong).append((-length, place, level))
    if not strong and len({level for *_, level in weak}) > 1:
        longest = min(length for length, *_ in weak)
        weak = [item for item in weak if item[0] == longest]
    found = strong or weak
    return min(found)[2] if found else ""


@cache
def _load_phrases() -> dict[str, Phrases]:
    entries = [
        (role, phrase)
        for role, languages in load_data("title_page.json").items()
        for phrases in languages.values()
        for phrase in phrases
    ]
    found: dict[str, dict[str, list[str]]] = {}
    endings: dict[str, list[str]] = {}
    for (role, phrase), text in zip(entries, fold_phrases(phrase for _, phrase in entries), strict=True):
        by_first = found.setdefault(role, {})
        if phrase.startswith("*"):
            endings.setdefault(role, []).append(text)
        else:
            by_first.setdefault(text.partition(" ")[0], []).append(text)
    return {role: Phrases(by_first, tuple(endings.get(role, ()))) for role, by_first in found.items()}


@cache
def _load_levels(level: str, language: str) -> dict[str, list[str]]:
    """The phrases for a level in a language and in English; in all where the language is not known."""
    data = load_data("title_page.json")[level]
    names = dict.fromkeys((language, "en")) if language else data
    index: dict[str, list[str]] = {}
    for text in fold_phrases(phrase for name in names for phrase in data.get(name, ())):
        index.setdefault(text.partition(" ")[0], []).append(text)
    return index
