"""Figures, tables and formulas inside the items of lists."""

from __future__ import annotations

import pytest

from tests.paper import set_pages
from tests.test_passages import outline
from thesis_convert.document import Block as DocumentBlock
from thesis_convert.loader.structure.assembly import assemble
from thesis_convert.loader.structure.blocks import classify_blocks
from thesis_convert.loader.structure.figures import find_figures
from thesis_convert.loader.structure.flow import build_flow, measure_indent
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext
from thesis_convert.loader.structure.insertions import hold_insertions
from thesis_convert.loader.structure.joining import join_blocks

TEXT = """\
The gauge was read every day at noon, and what it told was w
ritten down in a book.
"""
PICTURE = "            ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒\n" * 3
FIGURE = f"\n{PICTURE}           Figure 2.1: The river at noon\n\n"


def read(drawing: str) -> tuple[DocumentBlock, ...]:
    layouts, typography = set_pages(drawing)
    figures = find_figures(layouts, typography, set())
    indent = measure_indent(layouts, typography)
    flow = join_blocks(classify_blocks(build_flow(layouts, typography, figures, indent), typography, indent), indent)
    context = InlineContext(Hyphenation(line for layout in layouts for line in layout.text))
    return assemble(hold_insertions(flow), layouts, context, lambda box, page: "", {}).front_matter[0].blocks


def kinds(block: DocumentBlock) -> list[list[object]]:
    """The kinds of what each item of a list holds."""
    return [[type(part).__name__ for part in item.blocks] for item in getattr(block, "items", ())]


@pytest.mark.parametrize("marker", ["1. ", "•  "])
def test_an_item_goes_on_below_its_figure(marker: str) -> None:
    second = marker.replace("1", "2")
    blocks = read(f"""\
{TEXT}
  {marker}The first gauge stands at the bridge, where a clerk
     reads it.
{FIGURE}\
     He walks there every day, as the picture shows, and w
     hat he reads he writes down.
  {second}The second one stands at the mill.

{TEXT}""")
    assert [kinds(block) for block in blocks] == [[], [["Paragraph", "Figure", "Paragraph"], ["Paragraph"]], []]


def test_a_figure_between_two_items_does_not_part_their_list() -> None:
    blocks = read(f"""\
{TEXT}
  1. The first gauge stands at the bridge.
{FIGURE}\
  2. The second one stands at the mill.

{TEXT}""")
    assert [kinds(block) for block in blocks] == [[], [["Paragraph", "Figure"], ["Paragraph"]], []]


def test_a_figure_below_a_list_and_one_between_two_lists_are_in_none() -> None:
    blocks = read(f"""\
{TEXT}
  1. The first gauge stands at the bridge.
  2. The second one stands at the mill.
{FIGURE}\
  1. The first clerk lives in the town.
  2. The second one lives at the mill.
{FIGURE}\
{TEXT}""")
    assert [outline(block)[0] for block in blocks][1:5] == ["OrderedList", "Figure", "OrderedList", "Figure"]
