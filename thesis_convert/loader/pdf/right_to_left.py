"""Repairs words of scripts that are written from right to left.

In: the text of a page as the library gives it, and the places of a word's first and last character.
Out: words that run in one direction only, with their letters in reading order and without the traces
of shaping. The library turns the lines of such scripts round character by character, by rules that fit
some producers; places are right with all of them, so later stages order words by place alone.

A zero-width non-joiner is drawn by most producers as a space that takes no room, and so is a joiner
between two runs of type; some draw neither. They are told apart by the letter before them: before a
non-joiner it has its final shape, which does not reach over to the next letter and has the width of the
letter at word ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.page import Page, Word
from thesis_convert.scripts import NEVER_JOINING, RIGHT_TO_LEFT, ZERO_WIDTH_NON_JOINER

OVERSHOOT = 0.008
"""A letter whose ink passes its own end by this share of the type size joins the next one."""
SAME_PLACE = 0.5
"""Characters of one glyph stand at one place: within so many points."""
MAX_ROOM = 0.08
"""A non-joiner stands between letters that are neither apart nor over each other by this share of the type size."""
ARTIFACT_SHARE = 0.04
"""Where fewer of the spaces without room than this are joiners, the producer draws none but non-joiners."""

_ONE_WAY = re.compile(rf"[{RIGHT_TO_LEFT}]+|[^\W\d_{RIGHT_TO_LEFT}][^\W{RIGHT_TO_LEFT}]*|\d+|([^\w\s\x00\u200b])\1*|_+")
_LETTER = re.compile(f"[{RIGHT_TO_LEFT}]")
# The library turns round the letters of one glyph too.
_TURNED_LIGATURES = re.compile("[اأإآٱ]ل|هللا|هلل")


class Shape(NamedTuple):
    """A letter in a face, as it stands before a joiner or non-joiner, `drawn` as a space without room or not."""

    font: str
    letter: str
    width: float
    overshoot: float
    drawn: bool


def has_letters(text: str) -> bool:
    return not text.isascii() and _LETTER.search(text) is not None


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of all that runs one way on a page with such scripts."""
    return (match.span() for match in _ONE_WAY.finditer(text))


def order_characters(text: str, first: float, last: float, left_edge: Callable[[int], float]) -> str:
    """A word's characters in reading order. `first` and `last` are the left edges of its outer characters.

    `left_edge` tells that of the character at any place in `text`.
    """
    backwards = _LETTER.search(text) is not None
    if len(text) > 1 and abs(last - first) > SAME_PLACE and (first < last) == backwards:
        places = sorted(range(len(text)), key=left_edge, reverse=backwards)
        return "".join(text[place] for place in places)
    if backwards:
        for match in _TURNED_LIGATURES.finditer(text):
            start, end = match.span()
            if abs(left_edge(start) - left_edge(end - 1)) < SAME_PLACE:
                text = text[:start] + match.group()[::-1] + text[end:]
    return text


class JoinerEvidence:
    """Gathers how letters look at the ends of words, to tell joiners from non-joiners at last."""

    def __init__(self) -> None:
        self._final: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        self._doubtful: dict[tuple[int, int], Shape] = {}

    def add_word_end(self, font: str, letter: str, width: float) -> None:
        """A letter before a true space or a line's end; `width` in sizes."""
        self._final[font, letter].add(round(width * 100))

    def add_doubtful(self, page: int, order: int, shape: Shape) -> None:
        """A word that ends before a space without room, by page number and drawing order."""
        self._doubtful[page, order] = shape

    def settle(self, pages: Sequence[Page]) -> list[Page]:
        """The pages without the non-joiners that were none."""
        if not self._doubtful:
            return list(pages)
        drawn = [self._joins(shape) for shape in self._doubtful.values() if shape.drawn]
        artifacts = sum(drawn) > ARTIFACT_SHARE * len(drawn)
        concerned = {page for page, _ in self._doubtful}
        return [
            replace(page, words=tuple(self._settle_words(page, artifacts))) if page.number in concerned else page
            for page in pages
        ]

    def _settle_words(self, page: Page, artifacts: bool) -> Iterator[Word]:
        for word, following in zip(page.words, (*page.words[1:], None), strict=True):
            shape = self._doubtful.get((page.number, word.order))
            if shape is not None and not self._is_non_joiner(shape, word, following, artifacts):
                word = word._replace(text=word.text.removesuffix(ZERO_WIDTH_NON_JOINER))
            yield word

    def _is_non_joiner(self, shape: Shape, word: Word, following: Word | None, artifacts: bool) -> bool:
        if shape.drawn and not artifacts:
            return True
        if following is None or not has_letters(following.text) or shape.letter in NEVER_JOINING:
            return False
        gap = word.box.left - following.box.right
        return abs(gap) < MAX_ROOM * word.font.size and not self._joins(shape)

    def _joins(self, shape: Shape) -> bool:
        if shape.letter in NEVER_JOINING:
            return False
        if shape.overshoot > OVERSHOOT:
            return True
        known = self._final.get((shape.font, shape.letter))
        width = round(shape.width * 100)
        return known is not None and not known & {width - 1, width, width + 1}
