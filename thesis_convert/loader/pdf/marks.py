"""Puts accents and vowel signs that are drawn as glyphs of their own on the letters that they stand over.

In: the words of a page as read, with the place of every character on request. Out: the same words with
such marks in them. Old TeX fonts have no accented letters, and shaping moves Arabic and Hebrew signs
off the line; either way the mark's middle is above or below its letter, which no free-standing sign is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from thesis_convert.loader.pdf.characters import ACCENT, MARKS_ALONE, compose_accent
from thesis_convert.page import Word
from thesis_convert.scripts import ZERO_WIDTH_NON_JOINER

NEAR = 3
"""The letter of an accent inside a word is there or in one of so many words before and after in drawing order."""
FAR = 60
"""The letter of a mark that stands by itself, raised off the line, may be anywhere on that line."""
MAX_SHIFT = 0.9
"""Accents of capitals are raised by less than this many sizes."""
MAX_GAP = 0.15
"""Letters on both sides of a mark that are closer than so many sizes belong to one word."""
SAME_PLACE = 0.01
"""Characters that one glyph stands for begin at one place, within so many points."""


_FIRST_INDIC, _LAST_INDIC = "\u0900", "\u17ff"
_INDIC = re.compile(f"[{_FIRST_INDIC}-{_LAST_INDIC}]")
_SARA_AM = "\u0e33"
"""The one vowel sign of Thai that is counted among the letters."""


class Characters(Protocol):
    """The characters of a page, each by its place in the text."""

    text: str

    def find_edges(self, index: int) -> tuple[float, float]: ...

    def find_origin(self, index: int) -> float: ...


def join_vowel_signs(words: list[Word], characters: Characters) -> list[Word]:
    """The words, with no space where a sign of an Indic script only seems to leave one.

    Such a sign ends a syllable, so no word begins with one; and one that stands over its letter is narrower, so
    that the letter reaches up to what follows.
    """
    if not _INDIC.search(characters.text):
        return words
    joined = words[:1]
    for before, word in pairwise(words):
        if word.space_before and (_is_sign(word.text[:1]) or _reaches(before, word, characters)):
            word = word._replace(space_before=False)
        joined.append(word)
    return joined


def _is_sign(char: str) -> bool:
    if not _FIRST_INDIC <= char <= _LAST_INDIC:
        return False
    return char == _SARA_AM or unicodedata.category(char) in ("Mn", "Mc")


def _reaches(before: Word, word: Word, characters: Characters) -> bool:
    """Whether the letter under the sign at a word's end reaches to the next word."""
    if not _is_sign(before.text[-1:]) or before.font is not word.font or before.turns or word.turns:
        return False
    if abs(before.baseline - word.baseline) > SAME_PLACE or word.box.left < before.box.left:
        return False
    letters = [before.order + place for place, char in enumerate(before.text) if not _is_sign(char)]
    return any(characters.find_edges(place)[1] > word.box.left for place in letters)


def attach_marks(words: Sequence[Word], places: Mapping[int, Sequence[int]], characters: Characters) -> list[Word]:
    """The words with their marks; those that were nothing but a mark are gone.

    `places` has for a word's `order` the places of its characters; those of words that it does not know
    follow each other from `order` on.
    """
    alones = {n for n, word in enumerate(words) if MARKS_ALONE.fullmatch(word.text)}
    marked = [n for n, word in enumerate(words) if n in alones or ACCENT.search(word.text)]
    if not marked:
        return list(words)
    letters = [list(word.text) for word in words]
    for number in marked:
        word, alone = words[number], number in alones
        marks = [n for n, char in enumerate(word.text) if alone or ACCENT.match(char)]
        reach = FAR if len(marks) == len(word.text) else NEAR
        near = sorted(range(max(0, number - reach), min(len(words), number + reach + 1)), key=lambda n: abs(n - number))
        for mark in marks:
            hosts = [host for host in near if _may_carry(words[host], word, alone)]
            found = _find_letter(words, hosts, places, characters, word.order + mark)
            if found is None:
                continue
            host, place = found
            composed = compose_accent(letters[host][place][:1], word.text[mark])
            if composed is not None:
                letters[host][place] = composed + letters[host][place][1:]
                letters[number][mark] = ""
    return list(_close_up(words, ["".join(parts) for parts in letters]))


def _close_up(words: Sequence[Word], texts: Sequence[str]) -> Iterator[Word]:
    """The words with their new texts; those that are nothing now are gone, and the spaces that they seemed to have.

    The library tells of a raised mark behind the words that follow its letter, and of a space there.
    """
    previous: Word | None = None
    parted = False
    for word, text in zip(words, texts, strict=True):
        if not text:
            parted = True
            continue
        new = word if word.text == text else word._replace(text=text)
        if parted and previous is not None and word.baseline == previous.baseline and not word.turns:
            gap = (word.box.left - previous.box.right) / word.font.size
            new = new._replace(space_before=gap >= MAX_GAP) if gap > -1 else new
        yield new
        previous, parted = new, False


def _may_carry(host: Word, word: Word, alone: bool) -> bool:
    if abs(host.baseline - word.baseline) > MAX_SHIFT * max(host.font.size, word.font.size) or host.turns != word.turns:
        return False
    # An accent in another face than the letter's belongs to a formula.
    return host.font.name == word.font.name or alone


def _find_letter(
    words: Sequence[Word],
    hosts: Sequence[int],
    places: Mapping[int, Sequence[int]],
    characters: Characters,
    mark: int,
) -> tuple[int, int] | None:
    """The word, and the place in it, of the letter that a mark belongs to.

    That is the letter of the same glyph, else the nearest that stands under the mark's middle.
    """
    middle = sum(characters.find_edges(mark)) / 2
    origin = characters.find_origin(mark)
    under: tuple[int, int] | None = None
    for host in hosts:
        best = 0.0
        for place, index in _list_letters(words[host], places, characters.text):
            left, right = characters.find_edges(index)
            if abs(characters.find_origin(index) - origin) < SAME_PLACE and abs(middle - left) < right - left:
                return host, place
            offset = abs((left + right) / 2 - middle)
            # Of joined letters, which share a place, the last carries the mark.
            if left <= middle <= right and (under is None or (under[0] == host and offset <= best + SAME_PLACE)):
                under, best = (host, place), offset
        if under is not None and abs(host - under[0]) > NEAR:
            break
    return under


def _list_letters(word: Word, places: Mapping[int, Sequence[int]], text: str) -> Iterator[tuple[int, int]]:
    """The letters of a word: their places in it, and in the text of the page."""
    own = places.get(word.order) or range(word.order, word.order + len(word.text))
    index = 0
    for place, char in enumerate(word.text):
        if index == len(own):
            return
        if text[own[index]] != char and char == ZERO_WIDTH_NON_JOINER:
            continue  # not in the file
        if char.isalpha() and not ACCENT.match(char):
            yield place, own[index]
        index += 1
