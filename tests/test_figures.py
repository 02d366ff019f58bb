"""Figures: what belongs to them, what does not, and their captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.paper import set_pages
from thesis_convert.loader.structure.caption_columns import separate_captions
from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.loader.structure.code import find_code
from thesis_convert.loader.structure.figure_labels import add_frame
from thesis_convert.loader.structure.figure_notes import take_back_words
from thesis_convert.loader.structure.figure_rows import order_rows
from thesis_convert.loader.structure.figures import find_figures
from thesis_convert.loader.structure.label_columns import separate_labels
from thesis_convert.page import Block, BoundingBox, FigureDetail, Line, PageLayout, Picture

BEFORE = """\
The river had been measured every day since the summer of th
great flood, at noon, by a clerk with a rod and a notebook.
"""
AFTER = """\
Nobody had ever asked what the measurements were for, and no
clerk had ever thought it proper to ask.
"""


def prepare(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    return separate_captions(separate_labels(take_back_words(layouts)))


def read(drawing: str) -> list[FigureDetail]:
    """The figures of a drawing."""
    layouts, typography = set_pages(drawing)
    blocks = find_figures(prepare(layouts), typography, set())
    return [block.detail for block in blocks if isinstance(block.detail, FigureDetail)]


def left_over(drawing: str) -> list[str]:
    """The lines of a drawing that stay in the text."""
    layouts, typography = set_pages(drawing)
    taken: set[tuple[int, int]] = set()
    layouts = prepare(layouts)
    find_figures(layouts, typography, taken)
    return [line.text for layout in layouts for line in layout.text if line.key not in taken]


def text(lines: tuple[Line, ...]) -> str:
    return " | ".join(line.text for line in lines)


def has_picture(figure: FigureDetail) -> bool:
    return figure.box.height > 0


STACKED = f"""\
{BEFORE}
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                 Figure 2.1: The river

          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
                 Figure 2.2: The bridge

{AFTER}"""


def test_each_of_two_stacked_figures_has_its_caption() -> None:
    first, second = read(STACKED)
    assert (text(first.caption), first.label) == ("Figure 2.1: The river", "Figure 2.1")
    assert (text(second.caption), second.label) == ("Figure 2.2: The bridge", "Figure 2.2")
    assert first.box.bottom > second.box.top
    assert left_over(STACKED) == [*BEFORE.splitlines(), *AFTER.splitlines()]


def test_captions_above_their_figures_are_told_from_captions_below() -> None:
    drawing = f"""\
{BEFORE}
                 Figure 1: The river
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒

                 Figure 2: The bridge
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒

{AFTER}"""
    first, second = read(drawing)
    assert text(first.caption) == "Figure 1: The river"
    assert first.box.bottom > second.caption[0].box.top > second.box.top


def test_a_caption_ends_where_the_text_goes_on() -> None:
    (figure,) = read(f"""\
{BEFORE}
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
Figure 3: The river in the summer of the great flood, when i
          carried away the mill, the bridge and the notebook
          of two years
{AFTER}""")
    assert text(figure.caption) == (
        "Figure 3: The river in the summer of the great flood, when i"
        " | carried away the mill, the bridge and the notebook | of two years"
    )


def test_the_source_of_a_picture_belongs_to_its_caption() -> None:
    (figure,) = read(f"""\
{BEFORE}
                 Figura 1 – O rio
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
~                         Fonte: elaborado pelo autor

{AFTER}""")
    assert text(figure.caption) == "Figura 1 – O rio | Fonte: elaborado pelo autor"


def test_captions_side_by_side_have_each_their_picture() -> None:
    drawing = f"""\
{BEFORE}
 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
 Figure 4: The river in the    Figure 5: The bridge,
 summer of the great flood     the mill and the clerk

{AFTER}"""
    left, right = read(drawing)
    assert text(left.caption) == "Figure 4: The river in the | summer of the great flood"
    assert text(right.caption) == "Figure 5: The bridge, | the mill and the clerk"
    assert left.box.right < right.box.left


def test_labels_on_one_line_go_to_the_picture_that_they_stand_in() -> None:
    drawing = f"""\
{BEFORE}

        `Mill`                             `Ford`
                                           `Weir`
        `Lock`
 Figure 4: The river           Figure 5: The brook

{AFTER}"""
    layouts, typography = set_pages(drawing)
    boxes = [BoundingBox(left, 625.0, left + 140.0, 664.0) for left in (105.0, 255.0)]
    pictures = tuple(Picture(box, "bitmap", key) for key, box in enumerate(boxes))
    layouts = [replace(layout, page=replace(layout.page, pictures=pictures)) for layout in layouts]
    left, right = (block.detail for block in find_figures(prepare(layouts), typography, set()))
    assert isinstance(left, FigureDetail) and isinstance(right, FigureDetail)
    assert (left.box, right.box) == tuple(boxes)
    assert [text((line,)) for line in (*left.words, *right.words)] == ["Mill", "Lock", "Ford", "Weir"]


def test_figures_of_a_row_stand_in_the_order_of_the_script() -> None:
    _, typography = set_pages("A line")
    blocks = [
        Block("figure", (), (0, top), FigureDetail(BoundingBox(left, top - 50, left + 100, top)))
        for left, top in ((300.0, 600.0), (100.0, 599.9), (100.0, 500.0))
    ]
    assert order_rows(blocks, typography) == [blocks[1], blocks[0], blocks[2]]
    assert order_rows(blocks, replace(typography, right_to_left=True)) == blocks


def test_parts_of_a_figure_keep_their_own_captions() -> None:
    (figure,) = read(f"""\
{BEFORE}
 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
        (a) The river                (b) The bridge

             Figure 6: What the clerk saw

{AFTER}""")
    assert text(figure.caption) == "Figure 6: What the clerk saw"
    assert [text(part.caption) for part in figure.parts] == ["(a) The river", "(b) The bridge"]
    assert figure.parts[0].box.right < figure.parts[1].box.left


def test_words_in_and_beside_a_drawing_leave_the_text() -> None:
    drawing = f"""\
{BEFORE}
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
          ░          Bridge              ░  `high`
          ░    Mill                      ░  `low`
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
                 Figure 7: A map

{AFTER}"""
    (figure,) = read(drawing)
    assert {line.text for line in figure.words} == {"Bridge high", "Mill low"}
    assert left_over(drawing) == [*BEFORE.splitlines(), *AFTER.splitlines()]


def test_words_of_a_figure_at_the_foot_of_a_page_are_no_footnotes() -> None:
    (figure,) = read(f"""\
{BEFORE}
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
          ░                              ░
____
~             ░░  1880    1890    1900 ░░░░
~                 Figure 7: The water in feet
""")
    assert text(figure.caption) == "Figure 7: The water in feet"
    assert text(figure.words) == "1880 1890 1900"


def test_a_sentence_about_a_figure_is_no_caption() -> None:
    drawing = f"""\
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒

Figure 8 shows the river as it was in the summer of the grea
flood, which nobody forgot.

{BEFORE}"""
    (figure,) = read(drawing)
    assert figure.caption == ()
    assert "Figure 8 shows the river as it was in the summer of the grea" in left_over(drawing)


def test_a_frame_around_text_is_no_figure() -> None:
    drawing = f"""\
{AFTER}
░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
{BEFORE}\
░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
"""
    assert read(drawing) == []


def test_notes_within_a_frame_around_the_text_are_notes() -> None:
    (layout,), _ = set_pages(f"{AFTER}\n{BEFORE}\n____\n~ ^1 See the book of the clerk, which is lost.")
    frame = Picture(BoundingBox(80.0, 400.0, 420.0, 720.0), "rectangle", 0)
    framed = replace(layout, page=replace(layout.page, pictures=(frame,)))
    assert take_back_words([framed]) == [framed]


def test_an_icon_in_a_line_is_no_figure() -> None:
    assert read(f"{BEFORE}Press the button ▒▒ to go on, and wait until the water falls\n{AFTER}") == []


def test_what_returns_on_every_page_is_no_figure() -> None:
    logo = "    ▒▒▒▒▒▒▒▒▒▒\n    ▒▒▒▒▒▒▒▒▒▒\n"
    assert read("\n====\n".join(f"{logo}\n{BEFORE}" for _ in range(4))) == []


def test_a_picture_without_a_caption_is_a_figure_all_the_same() -> None:
    (figure,) = read(f"{BEFORE}\n    ▒▒▒▒▒▒▒▒▒▒\n    ▒▒▒▒▒▒▒▒▒▒\n    ▒▒▒▒▒▒▒▒▒▒\n\n{AFTER}")
    assert figure.caption == ()
    assert has_picture(figure)


def test_a_caption_without_a_picture_stays_a_caption() -> None:
    (figure,) = read(f"{BEFORE}\n             Figure 9: A lost drawing\n\n{AFTER}")
    assert text(figure.caption) == "Figure 9: A lost drawing"
    assert not has_picture(figure)


def test_a_caption_at_the_head_of_the_next_page_finds_its_picture() -> None:
    figure, *more = read(f"""\
{BEFORE}
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
====
                 Figure 10: The river

{AFTER}""")
    assert text(figure.caption) == "Figure 10: The river"
    assert has_picture(figure)
    assert more == []


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Figure 3.1: The river", "Figure 3.1"),
        ("Fig.3: The river", "Fig.3"),
        ("FIGURE A.2 – The river", "FIGURE A.2"),
        ("Abb. 2-1 Der Fluss", "Abb. 2-1"),
        ("Ryc. 3. Rzeka", "Ryc. 3"),
        ("Рис. 3.2 – Река", "Рис. 3.2"),
        ("3.2. ábra: A folyó", "3.2. ábra"),
        ("Obrázek č. 4: Řeka", "Obrázek č. 4"),
        ("Şekil 1.4. Nehir", "Şekil 1.4"),
        ("图2.1系统架构", "图2.1"),
        ("圖一 系統", "圖一"),
        ("図2.2 apt を使う", "図2.2"),
        ("그림 3.1 구조", "그림 3.1"),
        ("شکل ۱-۲: رود", "شکل ۱-۲"),
        ("Figures 3 and 4: Two rivers", "Figures 3 and 4"),
    ],
)
def test_labels_are_read_in_many_languages(line: str, label: str) -> None:
    found = read_figure_label(line)
    assert found is not None
    assert (found.label, found.possible) == (label, True)


@pytest.mark.parametrize(
    "line",
    [
        "Figure 3.1 shows the river",
        "Fig. 3, where the river is wide",
        "Graph theory begins",
        "Karten und 3 Bilder",
        "map 3",
    ],
)
def test_sentences_have_no_labels(line: str) -> None:
    found = read_figure_label(line)
    assert found is None or not found.possible


def test_a_title_in_italics_under_a_label_in_bold_is_the_caption() -> None:
    drawing = f"""\
{BEFORE}
**Figure** **1**
*The* *weir* *in* *spring*

          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒

{AFTER}"""
    (figure,) = read(drawing)
    assert text(figure.caption) == "Figure 1 | The weir in spring"
    (figure,) = read(drawing.replace("*The* *weir* *in* *spring*", "It was spring."))
    assert "It was spring." not in text(figure.caption)


def test_a_sentence_over_a_figure_is_no_title_in_it() -> None:
    drawing = f"""\
{BEFORE}
               *{{0}}*
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
          ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
               Figure 2: The weir in summer

{AFTER}"""
    title, sentence = "Water at the weir by month", "It stood under the old weir."
    assert sentence in left_over(drawing.format(sentence))
    assert title not in left_over(drawing.format(title))


def test_the_ground_of_a_listing_is_no_figure_however_short_its_lines_are() -> None:
    code = "".join(f"`def` `measure_{name}():`\n" for name in ("rain", "snow", "wind", "flow"))
    layouts, typography = set_pages(f"{BEFORE}\n{code}\n{AFTER}")
    taken: set[tuple[int, int]] = set()
    (listing,) = find_code(layouts, typography, taken)
    grounds = tuple(
        Picture(BoundingBox(100.0, line.box.bottom - 2, 400.0, line.box.top + 2), "drawing", number)
        for number, line in enumerate(listing.lines * 2)
    )
    layouts = [replace(layout, page=replace(layout.page, pictures=grounds)) for layout in layouts]
    assert not find_figures(layouts, typography, taken, [listing])
    bare = [replace(layout, text=tuple(x for x in layout.text if x.key not in taken)) for layout in layouts]
    assert find_figures(bare, typography, taken)


def test_a_frame_around_a_drawing_is_part_of_its_figure_unless_text_stands_in_it_too() -> None:
    drawing, text = BoundingBox(150.0, 650.0, 250.0, 700.0), BoundingBox(100.0, 560.0, 300.0, 570.0)
    rules = [BoundingBox(99.0, y, 301.0, y) for y in (600.0, 750.0)]
    rules += [BoundingBox(x, 599.0, x, 751.0) for x in (100.0, 300.0)]
    assert add_frame(drawing, rules, [text]) == BoundingBox(99.0, 599.0, 301.0, 751.0)
    assert add_frame(drawing, rules[1:], [text]) == drawing
    assert add_frame(drawing, rules, [text, BoundingBox(110.0, 610.0, 290.0, 620.0)]) == drawing


TITLED = f"""\
{BEFORE}
{{0}}
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
               Figure 2: The weir in summer

{AFTER}"""


def test_a_title_in_the_type_of_the_text_stands_over_the_middle_of_its_drawing() -> None:
    def is_taken(title: str) -> bool:
        layouts, typography = set_pages(TITLED.format(title))
        page = layouts[0].page
        lowered = tuple(
            p._replace(box=p.box._replace(top=p.box.top - 4, bottom=p.box.bottom - 4)) for p in page.pictures
        )
        taken: set[tuple[int, int]] = set()
        find_figures([replace(layouts[0], page=replace(page, pictures=lowered))], typography, taken)
        return any(line.text == title.strip() and line.key in taken for line in layouts[0].text)

    assert is_taken(f"{'Water at the weir':^60}")
    assert not is_taken("Water at the weir")


def test_the_scales_of_a_drawing_without_a_label_are_part_of_it_and_no_caption() -> None:
    (figure,) = read(f"""\
{BEFORE}
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
       40 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
       20 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
          ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
~           1990      2000      2010      2020

{AFTER}""")
    assert figure.caption == ()
    assert {line.text for line in figure.words} == {"40", "20", "1990 2000 2010 2020"}
