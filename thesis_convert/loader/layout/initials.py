"""Puts initials that hang over several lines on the first of these, before the word that they begin.

In: the pages as read. Out: the same, each drop capital on the baseline of the line that it begins. Such a
letter is much larger than the word after it and stands on a lower line, with words beside it there too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thesis_convert.page import INITIAL, Page, Word

MAX_GAP = 1.2
"""The lines beside an initial begin within so many sizes of it."""
MIN_DROP = 0.7
"""It stands on a line so many sizes lower than the first at least."""
ONE_WORD = 0.2
"""What is closer than so many sizes goes on with the word."""


def set_initials(pages: Sequence[Page]) -> list[Page]:
    """The pages with their drop capitals in line."""
    return [
        _set_page(page) if any(a.font is not b.font and _may_be(a, b) for a, b in pairwise(page.words)) else page
        for page in pages
    ]


def _may_be(letter: Word, word: Word) -> bool:
    size = word.font.size
    return (
        letter.font.size >= INITIAL * size
        and len(letter.text) == 1
        and letter.text.isupper()
        and letter.turns == word.turns == 0
        and MIN_DROP * size < word.baseline - letter.baseline < letter.font.size
        and -0.3 * size < word.box.left - letter.box.right < MAX_GAP * size
    )


def _set_page(page: Page) -> Page:
    words = list(page.words)
    for number, (letter, word) in enumerate(pairwise(page.words)):
        if not _may_be(letter, word) or not _has_words_beside(letter, word.font.size, page.words):
            continue
        box = letter.box._replace(bottom=word.box.bottom, top=word.box.top)
        words[number] = letter._replace(box=box, baseline=word.baseline)
        gap = word.box.left - letter.box.right
        words[number + 1] = words[number + 1]._replace(space_before=gap > ONE_WORD * word.font.size)
    return replace(page, words=tuple(words))


def _has_words_beside(letter: Word, size: float, words: Sequence[Word]) -> bool:
    """Whether a line beside the foot of a letter begins near it."""
    return any(
        abs(word.baseline - letter.baseline) < MIN_DROP * size
        and -0.3 * size < word.box.left - letter.box.right < MAX_GAP * size
        for word in words
        if word.font.size < letter.font.size
    )
