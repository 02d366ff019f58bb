"""Plain text, block by block: lists, code, figures, formulas and tables."""

from __future__ import annotations

from typing import Any

import pytest

from tests.text_samples import paragraph, write_blocks
from thesis_convert import document as nodes
from thesis_convert.document import (
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    Emphasis,
    Figure,
    ListItem,
    OrderedList,
    Row,
    Strong,
    Table,
    Text,
    Verse,
)
from thesis_convert.writers.text_numbering import format_number

# --- Blocks ---------------------------------------------------------------------------------------


def test_verse_keeps_its_lines_and_long_ones_turn_over() -> None:
    verse = Verse(((Text("Nought point three and four,"),), (), (Text("wind."),)))
    assert write_blocks(verse, wrap=30) == "    Nought point three and\n        four,\n\n    wind."


def test_code_stays_as_it_is_but_for_lines_that_are_too_wide() -> None:
    code = "def f():\n\treturn  1 #" + "x" * 80 + "\n\n    # end"
    assert (
        write_blocks(CodeBlock(code, label="Listing 1", caption=(Text("Reading"),)))
        == "Listing 1: Reading\n\ndef f():\n\treturn  1\n        #" + "x" * 80 + "\n\n    # end"
    )


def test_code_in_a_list_is_indented_with_it() -> None:
    nested = BulletList((ListItem((paragraph("See"), CodeBlock("if x:\n    " + "y" * 80))),))
    assert write_blocks(nested) == "- See\n\n  if x:\n      " + "y" * 80
    assert write_blocks(CodeBlock("a\n  b")) == "    a\n      b"


def test_a_wide_line_of_code_is_folded_at_its_spaces() -> None:
    code = "    if (first_reading  <= second_reading && second_reading <= third_reading) { report(first_reading); }"
    assert write_blocks(CodeBlock(code)).split("\n") == [
        "    if (first_reading  <= second_reading && second_reading <=",
        "            third_reading) { report(first_reading); }",
    ]


def test_what_stands_deep_is_not_squeezed_into_a_ribbon() -> None:
    quote: Block = paragraph("rain " * 20)
    for _ in range(30):
        quote = BlockQuote((quote,))
    lines = write_blocks(quote, wrap=40).split("\n")
    assert max(map(len, lines)) <= 40
    assert {len(line) - len(line.lstrip()) for line in lines} == {16}


def test_lists_have_their_printed_counters_or_count() -> None:
    items = tuple(ListItem((paragraph(word),)) for word in ("one", "two"))
    assert write_blocks(OrderedList(items, 9)) == "9. one\n10. two"
    printed = OrderedList((ListItem((paragraph("one"), paragraph("more")), "(a)"), ListItem((), "(b)")))
    assert write_blocks(printed) == "(a) one\n\n    more\n\n(b)"
    wide = OrderedList((ListItem((paragraph("one two three"),), "Requirement 12:"),))
    assert write_blocks(wide, wrap=28) == "Requirement 12: one two\n    three"


@pytest.mark.parametrize(
    ("number", "numbering", "counter"),
    [
        (28, "lower-alpha", "ab."),
        (1994, "upper-roman", "MCMXCIV."),
        (0, "lower-roman", "0."),
        (20, "circled", "⑳"),
        (21, "circled", "21."),
        (10, "cjk", "十、"),
        (42, "cjk", "四十二、"),
        (15, "persian", "۱۵."),
    ],
)
def test_counters(number: int, numbering: nodes.Numbering, counter: str) -> None:
    assert format_number(number, numbering) == counter


def test_figures_are_their_captions() -> None:
    bold = Figure("a.png", (Strong((Text("Fig.\u00a01."),)), Text(" Rain")), "Fig. 1")
    assert write_blocks(bold) == "[*Fig. 1.* Rain]"
    assert write_blocks(Figure("a.png", (Text("Rain"),), "Fig. 1")) == "[Fig. 1: Rain]"
    assert write_blocks(Figure("a.png", alternative="a can")) == "[a can]"
    assert write_blocks(Figure("a.png")) == "[Figure]"


def test_equations_have_their_number_at_the_edge() -> None:
    assert write_blocks(nodes.MathBlock("a=b", "", "(1)"), wrap=30) == "    a = b                  (1)"
    assert write_blocks(nodes.MathBlock("", "a + b + c + d + e + f", "(1.2)"), wrap=28) == (
        "    a + b + c + d + e + f\n                       (1.2)"
    )
    assert write_blocks(nodes.MathBlock("a=b", "", "(1)"), wrap=0) == "    a = b  (1)"
    assert write_blocks(nodes.MathBlock("", " ", "(1)", "f.png"), wrap=0) == "    [formula]  (1)"


def test_a_theorem_runs_in_after_its_head() -> None:
    theorem = nodes.Theorem((Text("Theorem 1"),), (paragraph("Rain falls."), paragraph("Always.")))
    assert write_blocks(theorem) == "Theorem 1. Rain falls.\n\nAlways."
    proof = nodes.Theorem((Emphasis((Text("Proof."),)),), (CodeBlock("look"),))
    assert write_blocks(proof) == "_Proof._\n    look"


# --- Tables ---------------------------------------------------------------------------------------


def row(*cells: str | Cell) -> Row:
    return Row(tuple(Cell((paragraph(cell),)) if isinstance(cell, str) else cell for cell in cells))


def cell(text: str, **parts: Any) -> Cell:
    return Cell((paragraph(text),), **parts)


RAIN = Table(
    (row("Station", cell("Rain", alignment="end")),),
    (row("Upper mill", cell("1,204.5", alignment="end")), row("下谷", cell("98", alignment="end"))),
)


def test_tables_are_columns_where_they_fit() -> None:
    assert write_blocks(RAIN).split("\n") == [
        "Station        Rain",
        "----------  -------",
        "Upper mill  1,204.5",
        "下谷             98",
    ]


def test_tables_are_records_where_they_do_not() -> None:
    head = row("Station", cell("Rain and snow in a year", column_span=2))
    table = Table((head,), (row(cell("Mill", row_span=2), "x" * 12, "y" * 12), row("1", cell("2"))))
    assert write_blocks(table, wrap=20).split("\n") == [
        "Station: Mill",
        "Rain and snow in a",
        "    year:",
        "    xxxxxxxxxxxx",
        "Rain and snow in a",
        "    year:",
        "    yyyyyyyyyyyy",
        "",
        "Station: Mill",
        "Rain and snow in a",
        "    year: 1",
        "Rain and snow in a",
        "    year: 2",
    ]
    headless = Table((), (row("a" * 15, "0", "0", "b" * 15),))
    assert write_blocks(headless, wrap=24) == f"{'a' * 15}; 0; 0;\n    {'b' * 15}"


def test_cells_that_span_stand_over_their_columns() -> None:
    head = (row(cell("", row_span=2), cell("Mill", column_span=2, alignment="center")), row("upper", "lower"))
    table = Table(head, (row("1901", "dry", cell("wet", row_span=2)), row("1902", "wet")))
    assert write_blocks(table).split("\n") == [
        "          Mill",
        "      upper  lower",
        "----  -----  -----",
        "1901  dry    wet",
        "1902  wet",
    ]


def test_long_cells_take_several_lines_before_a_table_falls_apart() -> None:
    table = Table((row("Year", "What was seen"),), (row("1901", "a beetle and nothing else"), row("1902", "rain")))
    assert write_blocks(table, wrap=24).split("\n") == [
        "Year  What was seen",
        "----  ------------------",
        "1901  a beetle and",
        "      nothing else",
        "",
        "1902  rain",
    ]
    tower = Table((row("Year", "What"),), (row("1901", "rain and " * 40),))
    assert write_blocks(tower, wrap=24).startswith("Year: 1901\nWhat: rain and rain and")


def test_a_table_without_rows_is_its_text() -> None:
    table = Table((), (), (Text("Table 1: Rain"),), "Table 1", (paragraph("Source."),), "t.png", "Monday 0.2")
    assert write_blocks(table) == "Table 1: Rain\n\n[Monday 0.2]\n\nSource."


def test_a_span_that_cannot_be_costs_nothing() -> None:
    assert write_blocks(Table((), (row(cell("a", column_span=10**9, row_span=10**9), "b"),)), wrap=0).startswith("a")
