"""The colour of the text is what nothing is told by."""

from __future__ import annotations

from tests.paper import set_pages
from thesis_convert.loader.layout.text_color import settle_text_color
from thesis_convert.page import Page

GREY, BLUE = 0x333333, 0x2244CC


def set_colors(drawing: str, *colors: int) -> Page:
    page = set_pages(drawing)[0][0].page
    words = tuple(word._replace(color=color) for word, color in zip(page.words, colors, strict=True))
    return Page(0, 1, "1", page.width, page.height, words)


def test_the_colour_of_most_letters_is_that_of_the_text() -> None:
    page = set_colors("Rivers rise after rain", BLUE, GREY, GREY, GREY)
    assert [word.color for word in settle_text_color([page])[0].words] == [BLUE, 0, 0, 0]


def test_pages_in_black_stay_as_they_are() -> None:
    page = set_colors("Rivers rise after rain", BLUE, 0, 0, 0)
    assert settle_text_color([page]) == [page]
