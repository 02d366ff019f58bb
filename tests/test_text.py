"""Plain text: what somebody sees who opens the file."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.text_samples import chapter, count_columns, note, paragraph, write, write_blocks
from thesis_convert import document as nodes
from thesis_convert.diagnostics import Code as DiagnosticCode
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import (
    BlockQuote,
    CodeBlock,
    Document,
    Emphasis,
    Inline,
    Link,
    Metadata,
    Note,
    PageBreak,
    Section,
    Strong,
    Superscript,
    Text,
)
from thesis_convert.writers import WriteContext
from thesis_convert.writers.text import TextOptions, TextWriter
from thesis_convert.writers.text_math import set_formula

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
    for line in write(every_node, wrap=width, ascii=ascii_only, page_markers="label").split("\n"):
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
    assert write_blocks(paragraph(long), BlockQuote((paragraph(long),)), wrap=0) == f"{long}\n\n    {long}"


def test_a_thesis_without_a_title_page_begins_with_what_is_known() -> None:
    metadata = Metadata("Rain", "A History", ("Ada Quill", "Bo Lee"), "Harrowmere", degree="MA", date="2021")
    document = Document(metadata, body=(chapter(paragraph("Text."), label="1", title="One"),))
    assert write(document) == (
        "Rain\nA History\n\nAda Quill\nBo Lee\n\nMA\nHarrowmere\n2021\n\n\n\n\n1 One\n\n\nText.\n"
    )
    assert write(Document(Metadata())) == "\n"


def test_the_width_must_hold_ordinary_words() -> None:
    with pytest.raises(ValueError, match="at least 20, not 5"):
        TextOptions(wrap=5)


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
