"""Turns pages whose text stands on its side, so that what follows sees upright lines only.

In: the pages as read. Out: the same pages, those with most of their words turned by a quarter or a
half put upright, and beside each the words that then stand across: the running head over a table
that was turned for its width. A typesetter turns whole pages; a few turned words on a page that
reads upright are labels of axes and rows, and stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.page import BoundingBox, Page, Word, enclosing_box

TURNED_SHARE = 0.6
"""Share of a page's characters that must stand on one side for the page to be turned."""


MIN_TURNED = 40
"""Where pictures with words take most of a page, so many characters beside them are a line of text."""
WHOLE_PAGE = 0.8
"""A picture over this share of the page is its ground."""


class UprightPage(NamedTuple):
    """A page whose text is upright, and the words that stand across, in the page's coordinates as shown."""

    page: Page
    across: tuple[Word, ...] = ()


def set_upright(pages: Sequence[Page]) -> list[UprightPage]:
    """Each page with its text upright. `Page.turns` says by how much its coordinates are turned."""
    return [_set_upright(page) for page in pages]


def box_as_shown(box: BoundingBox, page: Page) -> BoundingBox:
    """A box of a page that was put upright, in the coordinates of the page as shown."""
    return _turn_box(box, -page.turns % 4, page.width, page.height) if page.turns else box


def _set_upright(page: Page) -> UprightPage:
    turned = [word for word in page.words if word.turns]
    if not turned:
        return UprightPage(page)
    turns = _find_turns(page.words, 0) or _find_turns(_list_words_outside(page), MIN_TURNED)
    if turns == 0:
        return UprightPage(page)

    def turn(box: BoundingBox) -> BoundingBox:
        return _turn_box(box, turns, page.width, page.height)

    width, height = (page.height, page.width) if turns % 2 else (page.width, page.height)
    upright = replace(
        page,
        width=width,
        height=height,
        turns=turns,
        words=tuple(_turn_word(word, turns, turn, page) for word in page.words if word.turns == turns),
        rules=tuple(rule._replace(box=turn(rule.box)) for rule in page.rules),
        pictures=tuple(picture._replace(box=turn(picture.box)) for picture in page.pictures),
        links=tuple(link._replace(box=turn(link.box)) for link in page.links),
    )
    return UprightPage(upright, tuple(word._replace(turns=0) for word in page.words if word.turns != turns))


def _find_turns(words: Iterable[Word], least: int) -> int:
    """The quarter turns that most characters have, 0 when that are not enough of them."""
    count: Counter[int] = Counter()
    for word in words:
        count[word.turns] += len(word.text)
    turns, number = max(count.items(), key=lambda item: item[1], default=(0, 0))
    return turns if number >= max(least, TURNED_SHARE * count.total()) else 0


def _list_words_outside(page: Page) -> Iterator[Word]:
    """The words that stand in no drawing: those within may be turned every way."""
    drawings: defaultdict[int, list[BoundingBox]] = defaultdict(list)
    for picture in page.pictures:
        drawings[picture.key].append(picture.box)
    boxes = [enclosing_box(parts) for parts in drawings.values() if len(parts) > 1]
    boxes = [box for box in boxes if box.area < WHOLE_PAGE * page.width * page.height]
    for word in page.words:
        middle = (word.box.left + word.box.right) / 2, (word.box.bottom + word.box.top) / 2
        if not any(box.holds(*middle) for box in boxes):
            yield word


def _turn_word(word: Word, turns: int, turn: Callable[[BoundingBox], BoundingBox], page: Page) -> Word:
    """The word upright; the baseline of a word on its side is a distance from the left edge."""
    baseline = {1: page.width - word.baseline, 2: page.height - word.baseline, 3: word.baseline}[turns]
    return word._replace(box=turn(word.box), baseline=baseline, turns=0)


def _turn_box(box: BoundingBox, turns: int, width: float, height: float) -> BoundingBox:
    """The box after the page, `width` by `height`, is turned clockwise by so many quarters."""
    left, bottom, right, top = box
    if turns == 1:
        return BoundingBox(bottom, width - right, top, width - left)
    if turns == 2:
        return BoundingBox(width - right, height - top, width - left, height - bottom)
    if turns == 3:
        return BoundingBox(height - top, left, height - bottom, right)
    return box
