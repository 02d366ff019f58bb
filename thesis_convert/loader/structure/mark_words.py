"""Takes words apart where a mark begins or ends, and raises marks as notes' marks are raised."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from thesis_convert.page import Line, Word

LIFT = 0.3
SHRINK = 0.7
"""Where a mark would be raised to, and how large it would be set, in sizes of its line."""
FIRST_NEW = 1_000_000
"""Words that are made have drawing orders from this on, which no word of a page has."""


def split_word(word: Word, parts: Sequence[str], orders: Iterator[int]) -> list[Word]:
    """The word as several, one for each of `parts` that is not empty; the first keeps its drawing order."""
    made: list[Word] = []
    advance = word.box.width / len(word.text)
    left = word.box.left
    for text in filter(None, parts):
        box = word.box._replace(left=left, right=left + advance * len(text))
        left = box.right
        order = next(orders) if made else word.order
        made.append(word._replace(text=text, box=box, order=order, space_before=not made and word.space_before))
    return made


def raise_word(word: Word, line: Line) -> Word:
    """The word as a mark on `line`."""
    font = word.font._replace(size=SHRINK * line.size)
    text = unicodedata.normalize("NFKC", word.text)
    return word._replace(text=text, font=font, baseline=line.baseline + LIFT * line.size)
