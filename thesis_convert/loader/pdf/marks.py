"""Puts accents and vowel signs that are drawn as glyphs of their own on the letters that they stand over.

In: the words of a page as read, with the place of every character on request. Out: the same words with
such marks in them. Old TeX fonts have no accented letters, and shaping moves Arabic and Hebrew signs
off the line; either way the mark's middle is above or below its letter, which no free-standing sign is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from thesis_convert.loader.pdf.characters import ACCENT, MARKS_ALONE, compose_accent
from thesis_convert.page import Word

NEAR = 3
"""The word with an accent's letter is among so many before and after in drawing order."""
FAR = 60
"""The word with a vowel sign's letter may be anywhere on a line."""
MAX_SHIFT = 0.9
"""Accents of capitals are raised by less than this many sizes."""

CharacterBox = Callable[[int], tuple[float, float]]
"""The left and right edge of a character, by its place in the text of the page."""


def attach_marks(words: Sequence[Word], text: str, box: CharacterBox) -> list[Word]:
    """The words with their marks; those that were nothing but a mark are gone.

    A word's `order` is the place in `text` where its characters begin, and it has as many as they are.
    """
    letters = [list(word.text) for word in words]
    for number, word in enumerate(words):
        if MARKS_ALONE.fullmatch(word.text):
            _attach(words, letters, text, box, number, range(len(word.text)))
        elif ACCENT.search(word.text):
            accents = [n for n, char in enumerate(word.text) if ACCENT.match(char)]
            _attach(words, letters, text, box, number, accents)
    joined = ("".join(parts) for parts in letters)
    return [
        word if word.text == new else word._replace(text=new) for word, new in zip(words, joined, strict=True) if new
    ]


def _attach(
    words: Sequence[Word],
    letters: list[list[str]],
    text: str,
    box: CharacterBox,
    number: int,
    places: Sequence[int],
) -> None:
    """Moves the marks at some places of a word to their letters."""
    word = words[number]
    for place in places:
        mark = word.text[place]
        left, right = box(word.order + place)
        middle = (left + right) / 2
        reach = NEAR if ACCENT.match(mark) else FAR
        for host in sorted(
            range(max(0, number - reach), min(len(words), number + reach + 1)), key=lambda n: abs(n - number)
        ):
            if not _may_carry(words[host], word, mark):
                continue
            found = next(_find_under(words[host], text, box, middle, mark), None)
            if found is not None:
                composed = compose_accent(letters[host][found][:1], mark)
                if composed is not None:
                    letters[host][found] = composed + letters[host][found][1:]
                    letters[number][place] = ""
                    break


def _may_carry(host: Word, word: Word, mark: str) -> bool:
    if abs(host.baseline - word.baseline) > MAX_SHIFT * max(host.font.size, word.font.size) or host.turns != word.turns:
        return False
    # An accent in another face than the letter's belongs to a formula.
    return host.font.name == word.font.name or MARKS_ALONE.match(mark) is not None


def _find_under(host: Word, text: str, box: CharacterBox, middle: float, mark: str) -> Iterator[int]:
    """Places in the host's text of the letters that stand under (or over) a point."""
    raw = text[host.order : host.order + len(host.text)]
    turned = raw != host.text and raw == host.text[::-1]
    for place, char in enumerate(raw):
        if char.isalpha() and char != mark:
            left, right = box(host.order + place)
            if left <= middle <= right:
                yield len(raw) - 1 - place if turned else place
