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
    """The phrases of a role: by first word, the longest first; and word endings ("...universität")."""

    by_first: dict[str, tuple[tuple[str, ...], ...]]
    endings: tuple[str, ...]


def match_phrase(words: Sequence[FoldedWord], place: int, role: str) -> int:
    """How many words from `place` on are the longest phrase of `role` that begins there; 0 for none."""
    phrases = _load_phrases()[role]
    first = words[place].text
    for phrase in phrases.by_first.get(first, ()):
        fits = place + len(phrase) <= len(words)
        if fits and all(word.text == other for word, other in zip(words[place:], phrase, strict=False)):
            return len(phrase)
    return 1 if phrases.endings and first.endswith(phrases.endings) else 0


def find_phrase(words: Sequence[FoldedWord], role: str, start: int = 0) -> tuple[int, int] | None:
    """The place and length of the first phrase of `role` from `start` on, None when there is none."""
    for place in range(start, len(words)):
        length = match_phrase(words, place, role)
        if length:
            return place, length
    return None


def find_level(words: Sequence[FoldedWord], language: str) -> str:
    """ "bachelor", "master" or "doctoral", as words in `language` or English tell; "" when they do not.

    A word for the work alone counts less than one for the degree: a dissertation can be either.
    """
    strong: list[tuple[int, int, str]] = []
    weak: list[tuple[int, int, str]] = []
    for level in ("bachelor", "master", "doctoral"):
        phrases = _load_levels(level, language)
        for place in range(len(words)):
            for phrase in phrases.get(words[place].text, ()):
                if tuple(word.text for word in words[place : place + len(phrase)]) == phrase:
                    alone = match_phrase(words, place, "thesis") >= len(phrase)
                    (weak if alone else strong).append((-len(phrase), place, level))
                    break
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
    folded = fold_phrases(phrase for _, phrase in entries)
    found: dict[str, dict[str, dict[tuple[str, ...], None]]] = {}
    endings: dict[str, list[str]] = {}
    for (role, phrase), text in zip(entries, folded, strict=True):
        roles = found.setdefault(role, {})
        if phrase.startswith("*"):
            endings.setdefault(role, []).append(text)
        elif text:
            words = tuple(text.split())
            roles.setdefault(words[0], {})[words] = None
    return {
        role: Phrases(
            {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in index.items()},
            tuple(endings.get(role, ())),
        )
        for role, index in found.items()
    }


@cache
def _load_levels(level: str, language: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases for a level in a language and in English; in all where the language is not known."""
    data = load_data("title_page.json")[level]
    chosen = (
        [data[name] for name in dict.fromkeys((language, "en")) if name in data] if language else list(data.values())
    )
    index: dict[str, list[tuple[str, ...]]] = {}
    for text in fold_phrases(phrase for phrases in chosen for phrase in phrases):
        words = tuple(text.split())
        index.setdefault(words[0], []).append(words)
    return {first: sorted(phrases, key=len, reverse=True) for first, phrases in index.items()}
