"""Figures side by side that stand, or whose captions begin, at several heights; and captions on their side."""

from __future__ import annotations

from dataclasses import replace

from tests.paper import BODY, set_pages
from tests.test_figures import AFTER, BEFORE, has_picture, read, text
from thesis_convert.loader.layout.orientation import set_upright
from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.loader.structure.figures import find_figures
from thesis_convert.page import BoundingBox, FigureDetail, Page, Picture, TableDetail, Word

PAIR = "▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒        ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒\n"


def test_captions_of_figures_that_end_at_several_heights() -> None:
    low = PAIR[:24] + "\n"
    found = read(f"""\
{BEFORE}
{PAIR}{PAIR}{PAIR}{low}                                   Figure 2.2: Weir
{low}{low}    Figure 2.1: River

{AFTER}""")
    assert [(text(figure.caption), has_picture(figure)) for figure in found] == [
        ("Figure 2.2: Weir", True),
        ("Figure 2.1: River", True),
    ]
    assert min(figure.box.bottom for figure in found) == found[1].box.bottom < found[0].box.bottom


def test_lines_of_captions_that_begin_at_several_heights_stay_apart() -> None:
    found = read(f"""\
{BEFORE}
{PAIR}{PAIR}{PAIR}{PAIR[:24]}
                                Figure 2.2: The weir in
Figure 2.1: The river and       the dry summer
the hills behind it

{AFTER}""")
    assert sorted(text(figure.caption) for figure in found) == [
        "Figure 2.1: The river and | the hills behind it",
        "Figure 2.2: The weir in | the dry summer",
    ]
    assert all(map(has_picture, found))


def test_a_caption_as_narrow_as_its_figure_goes_on_where_its_lines_end_alike() -> None:
    (figure,) = read(f"""\
{BEFORE}
{PAIR[:25]}{PAIR[:25]}{PAIR[:25]}
Figure 2.1: All the rivers
that were measured at noon
by him

{AFTER}""")
    assert text(figure.caption) == "Figure 2.1: All the rivers | that were measured at noon | by him"


def test_a_caption_in_two_languages_is_one() -> None:
    (figure,) = read(f"""\
{BEFORE}
{PAIR[:25]}{PAIR[:25]}{PAIR[:25]}
    图 2-1 河流
 Fig. 2-1 All the rivers

{AFTER}""")
    assert text(figure.caption) == "图 2-1 河流 | Fig. 2-1 All the rivers"


def test_a_word_that_ends_like_a_number_is_no_label() -> None:
    assert read_figure_label("GRAPHIC") is None
    assert read_figure_label("GRAPH IC") is not None


def set_turned(words: str, x: float, order: int, y: float = 400.0) -> list[Word]:
    """Words on their side, that read upwards from `y` on."""
    found = []
    for number, word in enumerate(words.split(" ")):
        length = 5.0 * len(word)
        found.append(Word(word, BoundingBox(x - 8, y, x + 2, y + length), x, BODY, True, order + number, 0, 1))
        y += length + (30.0 if words.count("  ") else 5.0)
    return [word for word in found if word.text]


def test_a_caption_on_its_side_has_the_picture_beside_it() -> None:
    (layout,), typography = set_pages(f"{BEFORE}\n\n\n\n\n\n\n\n\n\n\n\n\n{AFTER}")
    words = (*layout.page.words, *set_turned("Figure 2.1: The river", 320, 5000), *set_turned("in May", 333, 5100))
    picture = Picture(BoundingBox(200, 400, 300, 600), "bitmap", 1)
    page = replace(layout.page, words=words, pictures=(picture,))
    (block,) = find_figures([replace(layout, page=page)], typography, set())
    assert isinstance(block.detail, FigureDetail)
    assert (text(block.detail.caption), block.detail.label) == ("Figure 2.1: The river | in May", "Figure 2.1")
    assert block.detail.box == picture.box


def test_a_table_on_its_side_is_shown_with_its_caption() -> None:
    (layout,), typography = set_pages(f"{BEFORE}\n\n\n\n\n\n\n\n\n\n\n\n\n{AFTER}")
    cells = [set_turned(row, 340.0 + 12 * n, 6000 + 100 * n) for n, row in enumerate(["a  b", "1  2", "3  4"])]
    caption = set_turned("Table 2.1: The river", 326, 5000)
    page = replace(layout.page, words=(*layout.page.words, *caption, *(word for row in cells for word in row)))
    (block,) = find_figures([replace(layout, page=page)], typography, set())
    assert isinstance(block.detail, TableDetail)
    assert text(block.detail.caption) == "Table 2.1: The river"
    assert len(block.detail.unread) == 6


def test_words_in_a_drawing_do_not_keep_a_page_from_being_turned() -> None:
    words = [Word("upright", BoundingBox(150 + 40 * n, 300, 185 + 40 * n, 310), 302, BODY) for n in range(8)]
    caption = set_turned("Figure 2.1: All that was measured on the river in the dry summer", 550, 500, 100)
    drawing = tuple(Picture(BoundingBox(left, 200, left + 200, 400), "drawing", 7) for left in (100, 300))
    page = Page(0, 1, "", 600, 800, (*words, *caption), pictures=drawing)
    assert set_upright([page])[0].page.turns == 1
    assert set_upright([replace(page, pictures=())])[0].page.turns == 0
