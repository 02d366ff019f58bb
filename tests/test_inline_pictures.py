"""Small pictures in lines of text: which they are, and where they stand among the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paper import ADVANCE, LEADING, LEFT, TOP, set_pages
from thesis_convert.document import InlineImage, Text
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inline_pictures import find_inline_pictures
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.page import Block, BoundingBox, FigureDetail, Picture

DRAWING = """\
Press the    button once and the gauge is read anew at once.
Then note what it says in the book beside it     and sign."""


def place(start: float, end: float, row: int = 0, height: float = 9.0) -> BoundingBox:
    """From and to which character of a row a picture goes."""
    bottom = TOP - LEADING * row - 1.0
    return BoundingBox(LEFT + ADVANCE * start, bottom, LEFT + ADVANCE * end, bottom + height)


def read(*boxes: BoundingBox, kind: str = "bitmap", blocks: tuple[Block, ...] = ()) -> str:
    """The text of the drawing with pictures at these places, each as "[n]"."""
    layouts, _ = set_pages(DRAWING)
    pictures = tuple(Picture(box, kind, key) for key, box in enumerate(boxes))
    layouts = [replace(layout, page=replace(layout.page, pictures=pictures)) for layout in layouts]
    context = InlineContext(
        Hyphenation(()),
        pictures=find_inline_pictures(layouts, blocks),
        show=lambda box, page: f"[{boxes.index(box)}]",
    )
    nodes = build_inlines(layouts[0].text, context)
    return "".join(
        node.media if isinstance(node, InlineImage) else node.text
        for node in nodes
        if isinstance(node, InlineImage | Text)
    )


def test_a_picture_stands_between_its_words() -> None:
    text = read(place(10, 12), place(45.5, 48, row=1))
    assert "Press the [0] button once" in text and "beside it [1] and sign." in text


def test_a_picture_at_either_end_of_a_line() -> None:
    assert read(place(-2, -0.5)).startswith("[0] Press")
    assert read(place(58.5, 60, row=1)).endswith("and sign. [0]")


def test_a_picture_that_touches_a_word_belongs_to_it() -> None:
    assert "[0]button" in read(place(11, 13))


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        (place(10, 12, height=40.0), "bitmap"),  # as high as three lines
        (place(0, 60, height=9.0), "bitmap"),  # a ground behind the line
        (place(10, 12), "drawing"),  # a stroke
        (place(10, 10.3, height=2.0), "bitmap"),  # a dot
    ],
)
def test_other_pictures_are_no_signs(box: BoundingBox, kind: str) -> None:
    assert "[0]" not in read(box, kind=kind)


def test_what_a_figure_shows_is_not_shown_twice() -> None:
    figure = Block("figure", (), (0, TOP), FigureDetail(place(5, 40, height=30.0)))
    assert "[0]" not in read(place(10, 12), blocks=(figure,))


def test_nothing_stands_there_without_pictures() -> None:
    layouts, _ = set_pages("A    word")
    picture = Picture(place(2, 4), "bitmap", 0)
    layouts = [replace(layout, page=replace(layout.page, pictures=(picture,))) for layout in layouts]
    context = InlineContext(Hyphenation(()), pictures=find_inline_pictures(layouts, ()))
    assert context.pictures
    assert not any(isinstance(node, InlineImage) for node in build_inlines(layouts[0].text, context))
