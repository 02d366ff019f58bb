"""What stands apart from the running text: quotations, verses, mottos, definitions, theorems."""

from __future__ import annotations

from tests.paper import LEFT, set_pages
from thesis_convert.document import Block as DocumentBlock
from thesis_convert.document import BlockQuote, DefinitionList, Epigraph, Paragraph, Theorem, Verse
from thesis_convert.loader.structure.assembly import assemble
from thesis_convert.loader.structure.blocks import classify_blocks
from thesis_convert.loader.structure.definitions import mark_definitions
from thesis_convert.loader.structure.flow import build_flow, measure_indent
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext
from thesis_convert.loader.structure.joining import join_blocks
from thesis_convert.loader.structure.passages import build_verses
from thesis_convert.loader.structure.quotations import refine_quotations
from thesis_convert.loader.structure.theorems import mark_theorems
from thesis_convert.page import Block, BoundingBox, FigureDetail, HeadingDetail
from thesis_convert.traversal import plain_text

TEXT = """\
The river had been measured every day since the summer of th
great flood, at noon, by a clerk with a rod and a notebook o
f his own, and in the evening he copied what he had written;
but nobody had ever asked what all of that was good for, and
no clerk had ever thought it proper to ask the town council.
"""


FIRST = (
    "The first gauge stood below the bridge, on the firm bank, o which the deed of the year says that it was as good "
    "as ro ck and that:"
)


def read(drawing: str, *, headed: bool = False) -> tuple[DocumentBlock, ...]:
    """The blocks of a drawing; its first line is a heading when it is `headed`."""
    layouts, typography = set_pages(drawing)
    first = layouts[0].text[0]
    heading = Block("heading", (first,), (0, first.box.top), HeadingDetail(1, "", first.text))
    indent = measure_indent(layouts, typography)
    flow = classify_blocks(build_flow(layouts, typography, [heading] if headed else [], indent), typography, indent)
    flow = mark_definitions(mark_theorems(refine_quotations(join_blocks(flow, indent)), indent))
    context = InlineContext(Hyphenation(line for layout in layouts for line in layout.text))
    division = assemble(flow, layouts, context, lambda box, page: "", {})
    return division.body[0].blocks if division.body else division.front_matter[0].blocks


def outline(block: object) -> list[object]:
    """Kinds and words of a block and of those inside it."""
    inner = getattr(block, "blocks", getattr(block, "items", ()))
    kind = type(block).__name__
    return [kind, *(outline(part) for part in inner)] if inner else [kind, plain_text(block).strip()]  # type: ignore[arg-type]


def test_a_poem_keeps_its_lines_and_stanzas() -> None:
    quote = read(f"""\
{TEXT}
      Upon the bridge the clerk would stand
      And count the waters, rod in hand;
      He wrote them down, he closed the book,
      And never gave a second look.

      The winter came, the river froze,
      And why he counted no one knows.

{TEXT}""")[1]
    assert isinstance(quote, BlockQuote)
    assert [len(verse.lines) for verse in quote.blocks if isinstance(verse, Verse)] == [4, 2]


def test_prose_that_is_set_in_does_not() -> None:
    quote = read(f"""\
{TEXT}
          And so the clerk would stand upon the bridge at
          noon and count the waters with his rod. Nobody
          had asked him to. He wrote them down and never
          looked again.

{TEXT}""")[1]
    assert isinstance(quote, BlockQuote)
    assert [type(part).__name__ for part in quote.blocks] == ["Paragraph"]


def test_a_motto_and_its_source() -> None:
    motto = read(
        f"""\
# On Rivers

                           All the rivers run into the sea,
                           yet the sea is not full.

                                                *Ecclesiastes*

{TEXT}""",
        headed=True,
    )[0]
    assert isinstance(motto, Epigraph)
    assert plain_text(motto.source) == "Ecclesiastes"
    assert " ".join(plain_text(motto.blocks).split()) == "All the rivers run into the sea, yet the sea is not full."


QUOTING = """\
• The first gauge stood below the bridge, on the firm bank, o
  which the deed of the year says that it was as good as ro
  ck and that:

       It shall be the duty of the clerk to read it at
       noon, and at no other hour."""
"""An item that quotes."""


def test_a_quotation_in_an_item_stays_there() -> None:
    shown = outline(
        read(f"""\
{TEXT}
{QUOTING}

  Nobody obeyed.

• The second stood at the mill.

{TEXT}""")[1]
    )
    assert shown == [
        "BulletList",
        [
            "ListItem",
            ["Paragraph", FIRST],
            [
                "BlockQuote",
                ["Paragraph", "It shall be the duty of the clerk to read it at noon, and at no other hour."],
            ],
            ["Paragraph", "Nobody obeyed."],
        ],
        ["ListItem", ["Paragraph", "The second stood at the mill."]],
    ]


def test_a_quotation_in_an_item_may_have_a_figure_below_it() -> None:
    layouts, typography = set_pages(f"""\
{TEXT}
{QUOTING}



  Nobody obeyed.

{TEXT}""")
    last = next(line for line in layouts[0].text if "no other hour" in line.text)
    below = last.box.bottom - 5
    figure = Block("figure", (), (0, below), FigureDetail(BoundingBox(LEFT, below - 20, LEFT + 50, below)))
    indent = measure_indent(layouts, typography)
    flow = classify_blocks(build_flow(layouts, typography, [figure], indent), typography, indent)
    assert [block.kind for block in flow][:4] == ["paragraph", "item", "item", "figure"]


def test_a_paragraph_of_an_item_may_have_an_indent() -> None:
    indented = "\n".join(
        f"   The clerk of the year 18{year} kept a notebook, and bound it in\n{TEXT}" for year in range(40, 46)
    )
    block = read(f"""\
{indented}
1. Readings.
      The gauge shall be read at noon, by a clerk who is not pai
   d for it.
2. Copies.
      Each reading shall be copied.

{TEXT}""")[-2]
    assert outline(block) == [
        "OrderedList",
        [
            "ListItem",
            ["Paragraph", "Readings."],
            ["Paragraph", "The gauge shall be read at noon, by a clerk who is not pai d for it."],
        ],
        ["ListItem", ["Paragraph", "Copies."], ["Paragraph", "Each reading shall be copied."]],
    ]


def test_terms_and_their_definitions() -> None:
    block = read(f"""\
{TEXT}
**Gauge** a rod with marks that stands in a river, so that any
     clerk who comes by can read how high the water is, an
     d write it down.

**Stone weir** a wall.

**Clerk** one who reads the gauge at noon, and who is paid for
     it by the council of the town at the end of the month
     if it remembers.

{TEXT}""")[1]
    assert isinstance(block, DefinitionList)
    assert [plain_text(item.term) for item in block.items] == ["Gauge", "Stone weir", "Clerk"]
    assert plain_text(block.items[1].blocks).strip() == "a wall."


def test_theorems_and_proofs() -> None:
    blocks = read(f"""\
{TEXT}
**Theorem 2.1 (Euler).** *Every river runs into the sea, unless*
*it is lost in sand.*

*Proof.* Look at the map of the valley, and follow the river with
your finger.

Where there is sand, stop. ∎

**Theorem 2.1** shows this.

{TEXT}""")
    statement, proof, text = blocks[1:4]
    assert isinstance(statement, Theorem)
    assert isinstance(proof, Theorem)
    assert not isinstance(text, Theorem)
    assert plain_text(statement.label) == "Theorem 2.1 (Euler)."
    assert plain_text(statement.blocks).strip() == "Every river runs into the sea, unless it is lost in sand."
    assert len(proof.blocks) == 2


def test_dots_lead_to_definitions() -> None:
    block = read("""\
Gauge . . . . . . . . . . . . . . . . a rod that stands in a
Stone weir . . . . . . . . . . . . . . . . . . . . . .a wall
Clerk. . . . . . . . . . . . . . . . . . . one who reads it
""")[0]
    assert isinstance(block, DefinitionList)
    assert [(plain_text(i.term), plain_text(i.blocks).strip()) for i in block.items] == [
        ("Gauge", "a rod that stands in a"),
        ("Stone weir", "a wall"),
        ("Clerk", "one who reads it"),
    ]


def test_dots_that_lead_to_pages_leave_a_paragraph_for_each_term() -> None:
    blocks = read("""\
Gauge, a rod that stands in a river . . . . . . . . . . . 12
Stone weir, a wall . . . . . . . . . . . . . . . . . . . . 7
""")
    assert [plain_text(block).strip() for block in blocks] == [
        "Gauge, a rod that stands in a river 12",
        "Stone weir, a wall 7",
    ]


def test_blanks_of_a_form_are_no_leaders() -> None:
    (block,) = read("""\
I, . . . . . . . . . . . . . . ., born on . . . . . . . . .,
declare that I have measured . . . . . . . . . . . the river
myself and with my own rod.
""")
    assert plain_text(block).strip().endswith("the river myself and with my own rod.")


def test_a_justified_statement_on_a_title_page_is_a_paragraph_and_short_lines_stay_lines() -> None:
    (layout,), _ = set_pages(
        "As members of the committee of the town we certify that we d\n"
        "id read the book of the clerk, and that it was written by hi\n"
        "m alone.\n\n\n"
        "                         The Town of Linz\n"
        "                         The First of May"
    )
    statement, place = build_verses(layout.text, InlineContext(Hyphenation(layout.text)), lambda lines: None)
    assert isinstance(statement, Paragraph)
    assert isinstance(place, Verse)
    assert len(place.lines) == 2
