"""Writes the bullets of lists that are drawn, not set: small squares and discs before the first word of a line.

In: the pages as read. Out: the same, each such drawing a word "▪". A bullet is smaller than a letter, stands
beside the small letters of its line with nothing before it, and has its like elsewhere in the thesis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from thesis_convert.page import Page, Picture, Word

BULLET = "▪"
_FONT, _TEXT = attrgetter("font"), attrgetter("text")
MIN_SIZE, MAX_SIZE = 0.12, 0.7
"""How wide and high a bullet is, in sizes of the type."""
MAX_RATIO = 1.5
"""It is about as wide as high."""
MAX_GAP = 2.5
"""So many sizes at most are between it and its word."""
CLEAR = 4.0
"""And so many are free before it: else it stands inside a line."""
MIN_NUMBER, MAX_NUMBER = 2, 100
"""A bullet comes not alone; more small drawings on a page than it has lines are the points of a chart."""
SAME_SIZE = 0.1
"""Its word is in the type of the text, but for this share: keys of charts are smaller."""


def write_bullets(pages: Sequence[Page]) -> list[Page]:
    """The pages with drawn bullets as words."""
    if not any(_is_small(picture, 12.0) for page in pages for picture in page.pictures):
        return list(pages)
    sizes: Counter[float] = Counter()
    for page in pages:
        for font, words in groupby(page.words, _FONT):
            sizes[font.size] += sum(map(len, map(_TEXT, words)))
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    found = [_find_bullets(page, size) for page in pages]
    shapes = Counter(_shape(picture) for bullets in found for picture in bullets.values())
    kept = [
        {number: picture for number, picture in bullets.items() if shapes[_shape(picture)] >= MIN_NUMBER}
        for bullets in found
    ]
    return [_write(page, bullets) if bullets else page for page, bullets in zip(pages, kept, strict=True)]


def _is_small(picture: Picture, size: float) -> bool:
    width, height = picture.box.width, picture.box.height
    if not (MIN_SIZE * size <= width <= MAX_SIZE * size and MIN_SIZE * size <= height <= MAX_SIZE * size):
        return False
    return max(width, height) <= MAX_RATIO * min(width, height)


def _shape(picture: Picture) -> tuple[str, float, float]:
    return picture.kind, round(picture.box.width), round(picture.box.height)


def _find_bullets(page: Page, size: float) -> dict[int, Picture]:
    """The bullets of a page by the numbers of the words that they stand before."""
    found: dict[int, Picture] = {}
    small = [picture for picture in page.pictures if _is_small(picture, size)]
    if len(small) <= MAX_NUMBER:
        for picture in small:
            number = _find_word(picture, page.words, size)
            if number is not None:
                found[number] = picture
    return found


def _find_word(picture: Picture, words: Sequence[Word], size: float) -> int | None:
    """The number of the word that a bullet stands before, None when it stands before none."""
    box = picture.box
    middle = (box.bottom + box.top) / 2
    best: int | None = None
    for number, word in enumerate(words):
        if word.turns or not 0.0 < middle - word.baseline < MAX_SIZE * size:
            continue
        if -CLEAR * size < word.box.right - box.left <= 0.1 * size:
            return None
        gap = word.box.left - box.right
        near = 0.0 < gap < MAX_GAP * size and abs(word.font.size - size) <= SAME_SIZE * size
        if near and (best is None or word.box.left < words[best].box.left):
            best = number
    return best


def _write(page: Page, bullets: dict[int, Picture]) -> Page:
    words: list[Word] = []
    for number, word in enumerate(page.words):
        if number in bullets:
            # A space or a line end stands before the first word of a line, and has its place in the drawing order.
            box = bullets[number].box._replace(bottom=word.box.bottom, top=word.box.top)
            words.append(word._replace(text=BULLET, box=box, space_before=True, order=word.order - 1))
        words.append(word._replace(space_before=True) if number in bullets else word)
    drawn = set(bullets.values())
    return replace(page, words=tuple(words), pictures=tuple(p for p in page.pictures if p not in drawn))
