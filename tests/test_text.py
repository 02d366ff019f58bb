"""Plain text: what somebody sees who opens the file."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thesis_convert import document as nodes
from thesis_convert.diagnostics import Code as DiagnosticCode
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import (
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Inline,
    Link,
    ListItem,
    Metadata,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Row,
    Section,
    Strong,
    Superscript,
    Table,
    Text,
    Verse,
)
from thesis_convert.writers import WriteContext
from thesis_convert.writers.text import TextOptions, TextWriter
from thesis_convert.writers.text_math import set_formula
from thesis_convert.writers.text_numbering import format_number


def write(document: Document, **options: Any) -> str:
    return TextWriter().write(document, TextOptions(**options), WriteContext("thesis")).data.decode("utf-8")


def paragraph(*content: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in content))


def chapter(*blocks: Block, label: str = "", title: str = "", **parts: Any) -> Section:
    return Section("chapter", label, (Text(title),) if title else (), blocks, **parts)


def write_blocks(*blocks: Block, **options: Any) -> str:
    """What the blocks of an otherwise empty chapter look like."""
    return write(Document(Metadata(), body=(chapter(*blocks),)), **options).removesuffix("\n")


def note(name: str, label: str, text: str, **parts: Any) -> Note:
    return Note(name, label, (paragraph(text),), **parts)


def count_columns(text: str) -> int:
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cc")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


# --- The whole ------------------------------------------------------------------------------------


def test_the_page_looks_like_a_book_of_project_gutenberg(every_node: Document) -> None:
    text = write(every_node)
    assert (
        """




Part I
The Keepers


This part tells who read the cans.




Chapter 1
A Valley of Gauges[2]


The first gauge was a milk can. It stood, [a drop], behind the school.
Its can was square, which nobody minded.[m1]

    I have read the can at seven. There was nothing in it but a beetle,
    and the beetle was dry.

        Then the beetle was your reading.

    Il pleut depuis hier; la boîte est pleine.

So the series begins.[3] The beetle is not counted in Table 2.1 but it
is in [1], p. 7.

[Figure 1.1: A keeper’s gauge with its _square_ can]

[(a) from the east]
[(b) from the west]
[Figure 1.2: The valley from both ends]

[Figure 1.3: A map that was not reproduced]


1.1 Who they were

They were, in the order of their number:

- teachers,

- farmers, of whom

  (a) twelve kept sheep,
  (b) four kept bees and
      - two of these sold honey;

- one bishop.

  He stopped after a week.

3. Read the can.
4. Empty the can.
"""
        in text
    )
    assert text.startswith("    *Counting the Rain*\n    Gauges and Their Keepers")
    assert text.endswith("Set in a fount that the parish owned.\n")


def test_files_are_utf8_with_line_feeds_and_nothing_at_line_ends(every_node: Document) -> None:
    output = TextWriter().write(every_node, TextOptions(), WriteContext("thesis"))
    assert output.files == {}
    assert not output.data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in output.data
    assert re.search(rb"[ \t]\n", output.data) is None
    assert TextWriter().write(every_node, TextOptions(), WriteContext("thesis")) == output


@pytest.mark.parametrize("width", [20, 33, 72, 100])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_line_is_too_wide(every_node: Document, width: int, ascii_only: bool) -> None:
    listings = {line for block in find_blocks(every_node) for line in block.text.split("\n")}
    for line in write(every_node, width=width, ascii=ascii_only, page_markers="label").split("\n"):
        if count_columns(line) > width and line not in listings:
            assert max(map(count_columns, line.split())) > width


def find_blocks(document: Document) -> list[CodeBlock]:
    return [block for block in walk_blocks(document) if isinstance(block, CodeBlock)]


def walk_blocks(document: Document) -> list[Any]:
    sections = [*document.front_matter, *document.body, *document.back_matter]
    blocks: list[Any] = []
    while sections:
        section = sections.pop()
        blocks += section.blocks
        sections += section.sections
    return blocks


def test_without_a_width_each_paragraph_is_one_line() -> None:
    long = "word " * 50 + "end"
    assert write_blocks(paragraph(long), BlockQuote((paragraph(long),)), width=0) == f"{long}\n\n    {long}"


def test_a_thesis_without_a_title_page_begins_with_what_is_known() -> None:
    metadata = Metadata("Rain", "A History", ("Ada Quill", "Bo Lee"), "Harrowmere", degree="MA", date="2021")
    document = Document(metadata, body=(chapter(paragraph("Text."), label="1", title="One"),))
    assert write(document) == (
        "Rain\nA History\n\nAda Quill\nBo Lee\n\nMA\nHarrowmere\n2021\n\n\n\n\n1 One\n\n\nText.\n"
    )
    assert write(Document(Metadata())) == "\n"


def test_the_width_must_hold_ordinary_words() -> None:
    with pytest.raises(ValueError, match="at least 20, not 5"):
        TextOptions(width=5)


def test_empty_lines_say_how_deep_a_heading_is() -> None:
    inner = Section("section", "1.1", (Text("Inner"),), (paragraph("B."),))
    sections = (chapter(label="1", title="One", sections=(inner,)), chapter(paragraph("C."), title="Two"))
    text = write(Document(Metadata(), body=sections))
    assert text == "1 One\n\n\n1.1 Inner\n\nB.\n\n\n\n\nTwo\n\n\nC.\n"


# --- Notes ----------------------------------------------------------------------------------------


def test_notes_stand_at_the_end_of_their_chapter_with_their_printed_marks() -> None:
    first = chapter(
        paragraph("A", note("a", "7", "Seven.")),
        sections=(Section("section", "", (), (paragraph("B", note("b", "8", "Eight.")),)),),
    )
    second = chapter(paragraph("C", note("c", "*", "Star.")))
    assert write(Document(Metadata(), body=(first, second))) == (
        "A[7]\n\nB[8]\n\n----------\n\n[7] Seven.\n\n[8] Eight.\n\n\n\n\nC[*]\n\n----------\n\n[*] Star.\n"
    )


def test_notes_that_begin_anew_on_each_page_are_counted() -> None:
    text = write_blocks(paragraph("A", note("a", "1", "x"), " B", note("b", "1", "y"), " C", note("c", "2", "z")))
    assert text == "A[1] B[2] C[3]\n\n----------\n\n[1] x\n\n[2] y\n\n[3] z"


def test_notes_without_a_mark_and_notes_of_notes_are_found() -> None:
    inner = Note("b", "(2)", (paragraph("Inner."),))
    text = write_blocks(
        paragraph("A", Note("a", "[1]", (paragraph("Outer", inner, "."), paragraph("More.")))),
        paragraph("B", note("c", "", "Margin.", kind="marginal")),
    )
    assert text == "A[1]\n\nB[m1]\n\n----------\n\n[1] Outer[2].\n\n    More.\n\n[2] Inner.\n\n[m1] Margin."


def test_each_chapter_of_a_part_has_its_own_notes() -> None:
    chapters = (chapter(paragraph("B", note("b", "1", "y"))), chapter(paragraph("C", note("c", "1", "z"))))
    part = Section("part", "", (Text("Part"), note("a", "1", "x")), (), chapters)
    text = write(Document(Metadata(), body=(part,)))
    assert re.findall(r"\[1\] (\w)", text) == ["x", "y", "z"]


def test_a_page_that_begins_in_a_note_is_not_said_far_behind_it() -> None:
    long_note = Note("a", "1", (paragraph("One", PageBreak("4", 4), " two."),))
    text = write_blocks(paragraph("A", long_note, " B", PageBreak("4", 4), " C"), page_markers="ff")
    assert text == "A[1] B\f C\n\n----------\n\n[1] One two."


# --- Inlines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        (Emphasis((Text(" so "),)), "a _so_ b"),
        (Emphasis((Text("a "), Strong((Text("b"),)), Emphasis((Text(" c"),)))), "a_a *b* c_b"),
        (Emphasis((Text(" "),)), "a b"),
        (Superscript((Text("2"),)), "a²b"),
        (Superscript((Text("er"),)), "aerb"),
        (Superscript((Text("x/2"),)), "a^{x/2}b"),
        (nodes.Subscript((Text("Q"),)), "a_Qb"),
        (Link("https://rain.org/a", (Text("rain.org/a"),)), "arain.org/ab"),
        (Link("https://rain.org/a", (Text(" here"),)), "a here <https://rain.org/a>b"),
        (Link("mailto:a@rain.org", (Text("a@rain.org"),)), "aa@rain.orgb"),
        (Link("https://doi.org/10.1/x", (Text("doi:10.1/x"),)), "adoi:10.1/xb"),
        (Link("https://rain.org", ()), "a<https://rain.org>b"),
        (nodes.LineBreak(), "a\nb"),
        (nodes.Math(r"\alpha^2", "α2"), "aα²b"),
        (nodes.Math(r"\frac{a+b}{c}", "a+b c"), r"a$\frac{a+b}{c}$b"),
        (nodes.Math("", "∑x"), "a∑xb"),
        (nodes.InlineImage("drop.png"), "a[image]b"),
    ],
)
def test_inlines(inline: Inline, text: str) -> None:
    assert write_blocks(paragraph("a", inline, "b")) == text


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        (r"a^2 + b^2 \neq c^2", "a² + b² ≠ c²"),
        (r"\sum_{i=1}^{n} r_i \le\frac{a}{2}", "∑ᵢ₌₁ⁿ rᵢ ≤ a/2"),
        (r"10^{-12}\,\text{mm}", "10⁻¹² mm"),
        (r"2\sin x + \Lambda'", "2sin x + Λ′"),
        (r"\sqrt{ab}\%", "√(ab)%"),
        (r"\bar{x}", "x\u0304"),
        (r"\begin{matrix}a\end{matrix}", None),
        (r"x^{\frac{a}{b}}", None),
        (r"\unheard", None),
        ("{a", None),
        ("a}", None),
        ("a^", None),
        ("{" * 5000, None),
    ],
)
def test_simple_formulas_are_a_line_of_characters(tex: str, line: str | None) -> None:
    assert set_formula(tex) == line


def test_page_markers_stand_where_a_page_begins() -> None:
    section = Section("chapter", "2", (PageBreak("8", 16), Text("Two")), (paragraph("a b", PageBreak("9", 17), " c"),))
    document = Document(Metadata(), body=(section,))
    assert write(document) == "2 Two\n\n\na b c\n"
    assert write(document, page_markers="ff") == "\f2 Two\n\n\na b\f c\n"
    assert write(document, page_markers="label") == "[p. 8]\n2 Two\n\n\na b [p. 9] c\n"


# --- Blocks ---------------------------------------------------------------------------------------


def test_verse_keeps_its_lines_and_long_ones_turn_over() -> None:
    verse = Verse(((Text("Nought point three and four,"),), (), (Text("wind."),)))
    assert write_blocks(verse, width=30) == "    Nought point three and\n        four,\n\n    wind."


def test_code_stays_as_it_is_also_when_it_is_too_wide() -> None:
    code = "def f():\n\treturn  1 #" + "x" * 80 + "\n\n    # end"
    assert (
        write_blocks(CodeBlock(code, label="Listing 1", caption=(Text("Reading"),))) == f"Listing 1: Reading\n\n{code}"
    )
    nested = BulletList((ListItem((paragraph("See"), CodeBlock("if x:\n    " + "y" * 80))),))
    assert write_blocks(nested) == "- See\n\n  if x:\n      " + "y" * 80
    assert write_blocks(CodeBlock("a\n  b")) == "    a\n      b"


def test_what_stands_deep_is_not_squeezed_into_a_ribbon() -> None:
    quote: Block = paragraph("rain " * 20)
    for _ in range(30):
        quote = BlockQuote((quote,))
    lines = write_blocks(quote, width=40).split("\n")
    assert max(map(len, lines)) <= 40
    assert {len(line) - len(line.lstrip()) for line in lines} == {16}


def test_lists_have_their_printed_counters_or_count() -> None:
    items = tuple(ListItem((paragraph(word),)) for word in ("one", "two"))
    assert write_blocks(OrderedList(items, 9)) == "9. one\n10. two"
    printed = OrderedList((ListItem((paragraph("one"), paragraph("more")), "(a)"), ListItem((), "(b)")))
    assert write_blocks(printed) == "(a) one\n\n    more\n\n(b)"
    wide = OrderedList((ListItem((paragraph("one two three"),), "Requirement 12:"),))
    assert write_blocks(wide, width=28) == "Requirement 12: one two\n    three"


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
    assert write_blocks(nodes.MathBlock("a=b", "", "(1)"), width=30) == "    a = b                  (1)"
    assert write_blocks(nodes.MathBlock("", "a + b + c + d + e + f", "(1.2)"), width=28) == (
        "    a + b + c + d + e + f\n                       (1.2)"
    )
    assert write_blocks(nodes.MathBlock("a=b", "", "(1)"), width=0) == "    a = b  (1)"
    assert write_blocks(nodes.MathBlock("", " ", "(1)", "f.png"), width=0) == "    [formula]  (1)"


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
    assert write_blocks(table, width=20).split("\n") == [
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
    assert write_blocks(headless, width=24) == f"{'a' * 15}; 0; 0;\n    {'b' * 15}"


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
    assert write_blocks(table, width=24).split("\n") == [
        "Year  What was seen",
        "----  ------------------",
        "1901  a beetle and",
        "      nothing else",
        "",
        "1902  rain",
    ]
    tower = Table((row("Year", "What"),), (row("1901", "rain and " * 40),))
    assert write_blocks(tower, width=24).startswith("Year: 1901\nWhat: rain and rain and")


def test_a_table_without_rows_is_its_text() -> None:
    table = Table((), (), (Text("Table 1: Rain"),), "Table 1", (paragraph("Source."),), "t.png", "Monday 0.2")
    assert write_blocks(table) == "Table 1: Rain\n\n[Monday 0.2]\n\nSource."


def test_a_span_that_cannot_be_costs_nothing() -> None:
    assert write_blocks(Table((), (row(cell("a", column_span=10**9, row_span=10**9), "b"),)), width=0).startswith("a")


# --- ASCII and characters that cannot be ----------------------------------------------------------


def test_ascii_spells_what_it_can_and_counts_the_rest() -> None:
    told: list[Diagnostic] = []
    text = "“Größe” — Łódź… 10⁻¹² m², ½ ≤ α, Чехов, ‘naïve’ ﬁ ۱۲ 雨雪"
    document = Document(Metadata(), body=(chapter(paragraph(text), paragraph("雨")),))
    output = TextWriter().write(document, TextOptions(ascii=True), WriteContext("thesis", report=told.append))
    assert output.data == (b"\"Grosse\" -- Lodz... 10^{-12} m^2, 1/2 <= alpha, Chekhov, 'naive' fi 12\n??\n\n?\n")
    assert [diagnostic.code for diagnostic in told] == [DiagnosticCode.CHARACTERS_REPLACED]
    assert told[0].message.startswith("3 replaced")


def test_ascii_is_ascii_also_in_what_the_writer_adds(every_node: Document) -> None:
    assert write(every_node, ascii=True, page_markers="label").isascii()


def test_controls_vanish_and_surrogates_are_told() -> None:
    told: list[Diagnostic] = []
    document = Document(Metadata(), body=(chapter(paragraph("a\x1b[31mb\x9bc\x00\ud800d")),))
    output = TextWriter().write(document, TextOptions(), WriteContext("thesis", report=told.append))
    assert output.data.decode() == "a[31mbc\ufffdd\n"
    assert told[0].message.startswith("1 replaced")


# --- Any document ---------------------------------------------------------------------------------

words = st.text(st.sampled_from("abé雨谷，。「」한ש- "), max_size=90)
inlines = st.recursive(
    words.map(Text),
    lambda inner: st.one_of(
        st.builds(Emphasis, st.tuples(inner)),
        st.builds(Superscript, st.tuples(inner)),
        st.builds(Link, st.just("https://rain.org"), st.tuples(inner)),
        st.builds(nodes.Math, words, words),
    ),
    max_leaves=3,
).map(lambda inline: (inline,))
labels = st.text("a1雨().", max_size=14)


def extend_blocks(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, max_size=3).map(tuple)
    cells = st.builds(Cell, several, st.integers(1, 3), st.integers(1, 3), st.booleans(), st.sampled_from(["", "end"]))
    rows = st.lists(st.builds(Row, st.lists(cells, max_size=4).map(tuple)), max_size=3).map(tuple)
    items = st.lists(st.builds(ListItem, several, labels), max_size=3).map(tuple)
    return st.one_of(
        st.builds(BlockQuote, several),
        st.builds(OrderedList, items),
        st.builds(BulletList, items),
        st.builds(nodes.DefinitionList, st.tuples(st.builds(nodes.Definition, inlines, several))),
        st.builds(nodes.Theorem, inlines, several),
        st.builds(Table, rows, rows, inlines, labels, several),
        st.builds(nodes.Epigraph, several, inlines),
    )


blocks = st.recursive(
    st.one_of(
        inlines.map(Paragraph),
        st.builds(Verse, st.lists(inlines, max_size=3).map(tuple)),
        st.builds(nodes.MathBlock, words, words, labels),
        st.builds(nodes.BibliographyEntry, inlines, labels),
        st.builds(Figure, st.just(""), inlines, labels, words),
        st.just(nodes.Separator()),
    ),
    extend_blocks,
    max_leaves=8,
)


@given(st.lists(blocks, max_size=3), labels, inlines, st.integers(20, 60), st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_line_of_any_document_is_wider_than_asked_unless_one_word_is(
    found: list[Block], label: str, title: tuple[Inline, ...], width: int, ascii_only: bool
) -> None:
    section = Section("chapter", label, title, tuple(found))
    for line in write(Document(Metadata(), body=(section,)), width=width, ascii=ascii_only).split("\n"):
        if count_columns(line) > width:
            # A run that no rule allows to break: Latin, Hangul and Hebrew letters, and closing and opening marks.
            runs = re.findall(r"[^\s雨谷]*[雨谷]?[^\s雨谷]*", line)
            assert max(map(count_columns, runs)) > width, line
