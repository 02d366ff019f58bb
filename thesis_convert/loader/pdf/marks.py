"""Puts accents and vowel signs that are drawn as glyphs of their own on the letters that they stand over.

In: the words of a page as read, with the place of every character on request. Out: the same words with
such marks in them. Old TeX fonts have no accented letters, and shaping moves Arabic and Hebrew signs
off the line; either way the mark's middle is above or below its letter, which no free-standing sign is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thesis_convert.loader.pdf.characters import ACCENT, MARKS_ALONE, compose_accent
from thesis_convert.page import Word

NEAR = 3
"""The letter of an accent inside a word is there or in one of so many words before and after in drawing order."""
FAR = 60
"""The letter of a mark that stands by itself, raised off the line, may be anywhere on that line."""
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
        reach = FAR if len(word.text) == len(places) else NEAR
        for host in sorted(
            range(max(0, number - reach), min(len(words), number + reach + 1)), key=lambda n: abs(n - number)
        ):
            if not _may_carry(words[host], word, mark):
                continue
            found = _find_under(words[host], text, box, middle)
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


def _find_under(host: Word, text: str, box: CharacterBox, middle: float) -> int | None:
    """The place in the host's text of the letter that stands under (or over) a point; of joined ones the last."""
    raw = text[host.order : host.order + len(host.text)]
    turned = raw != host.text and raw == host.text[::-1]
    found: tuple[float, int] | None = None
    for place, char in enumerate(raw):
        if not char.isalpha() or ACCENT.match(char):
            continue
        left, right = box(host.order + place)
        if left <= middle <= right:
            offset = abs((left + right) / 2 - middle)
            if found is None or offset <= found[0] + 0.01:
                found = (offset, place)
    if found is None:
        return None
    return len(raw) - 1 - found[1] if turned else found[1]
