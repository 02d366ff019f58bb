"""Pages whose text stands on its side are read like all others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paper import set_line
from tests.pdfs import assemble, make_page, make_stream
from thesis_convert.loader.layout import lay_out
from thesis_convert.loader.layout.orientation import box_as_shown, set_upright
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.structure.turned_words import insert_turned_words
from thesis_convert.page import BoundingBox, Font, Page, PageLayout, Word

WIDTH, HEIGHT = 595, 842
TURNS = {"up": "0 1 -1 0", "down": "0 -1 1 0", "over": "-1 0 0 -1"}
STARTS = {"up": ((200, 100), (220, 100)), "down": ((400, 700), (380, 700)), "over": ((500, 400), (500, 420))}


def _read(content: str) -> Page:
    """The one page of a PDF with this content, in Times at 12 points."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
        make_page(6),
        make_stream("", content.encode()),
    ]
    with InkFile(assemble(objects, "")) as ink:
        page = ink.read_page(0)
    assert page is not None
    return page


def _set(text: str, matrix: str, x: float, y: float) -> str:
    return f"BT /F1 12 Tf {matrix} {x} {y} Tm ({text}) Tj ET\n"


@pytest.mark.parametrize("way", list(TURNS))
def test_lines_on_their_side_are_read_from_the_top(way: str) -> None:
    first, second = STARTS[way]
    page = _read(_set("Rainfall in the valley", TURNS[way], *first) + _set("and on the hills", TURNS[way], *second))
    (layout,), _ = lay_out([page])
    assert [line.text for line in layout.text] == ["Rainfall in the valley", "and on the hills"]


def test_boxes_lead_back_to_the_page_as_shown() -> None:
    page = _read(_set("Rainfall", TURNS["up"], 200, 100))
    (upright,) = set_upright([page])
    assert box_as_shown(upright.page.words[0].box, upright.page) == pytest.approx(page.words[0].box)


def test_the_words_across_a_turned_page_are_kept() -> None:
    page = _read(_set("Rainfall in the valley", TURNS["up"], 200, 100) + _set("Table 4", "1 0 0 1", 300, 700))
    (layout,), _ = lay_out([page])
    assert [line.text for line in layout.text] == ["Table 4", "Rainfall in the valley"]


def test_turned_words_beside_upright_ones_are_kept() -> None:
    lines = "".join(_set(f"The gauge was read on every day of year {n}", "1 0 0 1", 72, 700 - 14 * n) for n in range(9))
    pages = [_read(lines + _set("measured in the valley", TURNS["up"], 60, 100)), _read(lines)]
    layouts, _ = lay_out([page if n == 0 else replace(page, index=1) for n, page in enumerate(pages)])
    (block,) = insert_turned_words((), layouts, ())
    assert (block.page, [line.text for line in block.lines]) == (0, ["measured in the valley"])


def test_a_stamp_on_every_page_is_furniture() -> None:
    page = _read(_set("Rainfall", "1 0 0 1", 200, 100) + _set("archive copy", TURNS["up"], 20, 300))
    layouts, _ = lay_out([replace(page, index=number) for number in range(3)])
    assert insert_turned_words((), layouts, ()) == []


def _set_aside(x: float) -> PageLayout:
    """A page shown on its side, with words that run down it at `x`."""
    words = (Word("Rainfall", BoundingBox(x, 300.0, x + 9, 350.0), x, Font("Serif", 10.0), turns=3),)
    return PageLayout(Page(3, 4, "", float(HEIGHT), float(WIDTH), words), "", ())


@pytest.mark.parametrize(("x", "kept"), [(780.0, 0), (400.0, 1)], ids=["head", "text"])
def test_a_running_head_along_the_side_is_furniture(x: float, kept: int) -> None:
    heads = [
        PageLayout(
            Page(number, number + 1, "", float(WIDTH), float(HEIGHT), ()),
            "",
            (),
            furniture=(set_line(f"Rainfall {number}", number, 780.0),),
        )
        for number in range(3)
    ]
    assert len(insert_turned_words((), [*heads, _set_aside(x)], ())) == kept


def test_an_axis_label_turns_no_page() -> None:
    page = _read(_set("Rainfall in the valley", "1 0 0 1", 200, 100) + _set("mm", TURNS["up"], 150, 100))
    (upright,) = set_upright([page])
    assert upright.page is page
