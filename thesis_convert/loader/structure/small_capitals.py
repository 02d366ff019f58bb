"""Reads small capitals that a word processor made of the capitals of the common face.

In: the words of a line. Out: the same, those of small capitals in lower case and marked as such.
Without a face of small capitals the first letter of a word stands in the text's own size, and the
rest of it beside it as smaller capitals on the same baseline; whole words of them follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.page import Font, Line, Word

SMALLEST = 0.6
LARGEST = 0.9
"""Small capitals have this share of the size of the capitals beside them."""
LEVEL = 0.05
"""They stand on the baseline, to within this many sizes: raised and lowered capitals are something else."""


def read_small_capitals(words: Sequence[Word], line: Line) -> Sequence[Word]:
    """The words of a line with imitated small capitals as what they stand for: "S" and "MALL" as "Small"."""
    small = [_is_small(word, line) for word in words]
    if not any(small) or not any(_begins(words, small, place) for place in range(1, len(words))):
        return words
    result = list(words)
    for place, word in enumerate(words):
        if small[place]:
            result[place] = word._replace(text=word.text.lower(), font=_mark(word, line))
        elif place + 1 < len(words) and _begins(words, small, place + 1):
            result[place] = word._replace(font=_mark(word, line))
    return result


def _is_small(word: Word, line: Line) -> bool:
    if not word.text.isupper() or word.font.math:
        return False
    size = line.size
    return SMALLEST * size < word.font.size < LARGEST * size and abs(word.baseline - line.baseline) < LEVEL * size


def _begins(words: Sequence[Word], small: Sequence[bool], place: int) -> bool:
    """Whether the small capitals at a place are the rest of a word that a full capital begins."""
    if not small[place] or words[place].space_before:
        return False
    before, word = words[place - 1], words[place]
    return before.font.name == word.font.name and before.text[-1:].isupper() and before.font.size > word.font.size


def _mark(word: Word, line: Line) -> Font:
    return word.font._replace(small_caps=True, size=line.size)
