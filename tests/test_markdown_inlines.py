"""Headings, text, pages, notes and links as a user finds them in a Markdown file."""

from __future__ import annotations

import dataclasses

import pytest

from tests.markdown_samples import A, B, blocks, body, cells, convert, line, listed, refer
from tests.text_samples import chapter, note, paragraph
from thesis_convert.diagnostics import Code as DiagnosticCode
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import (
    BibliographyEntry,
    Block,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    LineBreak,
    Link,
    ListItem,
    MathBlock,
    Metadata,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Section,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Theorem,
    Underline,
)

# --- Headings and sections -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "title", "heading"),
    [
        ("2.3", "Ink", "# 2.3 Ink"),
        ("Chapter 3", "Ink", "# Chapter 3. Ink"),
        ("Appendix B", "Ink", "# Appendix B. Ink"),
        ("Chapter 3.", "Ink", "# Chapter 3. Ink"),
        ("第三章", "墨", "# 第三章 墨"),
        ("Chapter 3", "", "# Chapter 3"),
        ("", "C# and {x}", r"# C\# and \{x\}"),
        ("", "1986. Ink", "# 1986. Ink"),
    ],
)
def test_headings(label: str, title: str, heading: str) -> None:
    assert body(chapter(label=label, title=title)) == heading


def test_headings_are_never_deeper_than_six() -> None:
    section = chapter(title="8")
    for depth in range(7, 0, -1):
        section = chapter(title=str(depth), sections=(section,))
    assert body(section).split("\n\n") == [f"{'#' * min(depth, 6)} {depth}" for depth in range(1, 9)]


def test_a_line_break_in_a_heading_is_a_space() -> None:
    assert body(Section("chapter", "", (Text("Two"), LineBreak(), Text("lines")))) == "# Two lines"


def test_a_section_without_title_is_set_apart() -> None:
    title_page, dedication = chapter(paragraph("Mills")), chapter(paragraph("For Ada"))
    assert body(title_page, dedication, chapter(title="Ink")) == "Mills\n\n***\n\nFor Ada\n\n# Ink"


# --- Text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("snake_case and _x_", r"snake_case and \_x\_"),
        ("3 < 4 & 5 > 2 - 1, don’t don't 50%", "3 < 4 & 5 > 2 - 1, don’t don't 50%"),
        ("<b>bold</b> &amp;", r"\<b>bold\</b> \&amp;"),
        ("1986. A year", r"1986\. A year"),
        ("A. Smith", "A. Smith"),
        ("(a) first", r"(a\) first"),
        ("iv. fourth", r"iv\. fourth"),
        ("# no", r"\# no"),
        ("- no", r"\- no"),
        ("-5 °C", "-5 °C"),
        ("Table: no", r"Table\: no"),
        ("me@example.org, @smith", r"me@example.org, \@smith"),
        ("See https://a.b/c_d.", "See <https://a.b/c_d>."),
        ("See https://a.b/c_(d)", r"See https\://a.b/c\_(d)"),
        ("www.a.b", r"www\.a.b"),
        ("No! a <", "No! a <"),
    ],
)
def test_text_is_escaped_only_where_it_must_be(text: str, written: str) -> None:
    assert line(text) == written


def test_one_paragraph_is_one_line() -> None:
    assert blocks(paragraph("word " * 500), paragraph("x")).count("\n") == 2


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ((Emphasis((A,)), B), "*a*b"),
        ((Text("x"), Strong((A,)), B), "x**a**b"),
        ((Text("x"), Emphasis((Text(" a "),)), B), "x *a* b"),
        ((Emphasis((A,)), Emphasis((B,))), "*ab*"),
        ((Emphasis((A,)), Strong((B,))), "*a*<!-- -->**b**"),
        ((Emphasis((Strong((A,)),)), B), "_**a**_<!-- -->b"),
        ((Strong((A, Text(" "), Emphasis((B,)))),), "**a _b_**"),
        ((Emphasis((Emphasis((A,)), B)),), "*ab*"),
        ((Emphasis((Text("a."),)), B), "*a.*<!-- -->b"),
        ((Emphasis((Text("a."),)), Text(" b")), "*a.* b"),
        ((Text("他"), Emphasis((Text("走"),)), Text("了")), "他*走*了"),
        ((Text("他"), Strong((Text("「走」"),)), Text("了")), "他<!-- -->**「走」**<!-- -->了"),
        ((Emphasis((A, note("n", "1", "N"))), B), "*a*[^1]b\n\n[^1]: N"),
        ((Emphasis((A, LineBreak())), B), "*a*\\\nb"),
        ((Emphasis((Text(" "),)), B), "b"),
        ((A, Emphasis((Text(", where"),))), "a, *where*"),
        ((Text("end"), Strong((Text("."),))), "end."),
        ((Emphasis((Text(".NET"),)),), "*.NET*"),
        ((Underline((A,)), SmallCaps((B,)), Foreign("fr", (A,))), "*a*ba"),
        ((Text("H"), Subscript((Text("2"),)), Text("O"), Superscript((Text("+"),))), "H<sub>2</sub>O<sup>+</sup>"),
        ((Code("a`b"), Code("|")), "``a`b|``"),
    ],
)
def test_emphasis_and_its_neighbours(content: tuple[Inline, ...], written: str) -> None:
    assert line(*content) == written


def test_what_pandoc_alone_has() -> None:
    content = (
        *(Underline((A,)), SmallCaps((B,)), Foreign("fr", (Text("le"),))),
        *(Superscript((Text("+2"),)), Subscript((Text("2 b"),)), Subscript((Strong((A,)),))),
    )
    written = "[a]{.underline}[b]{.smallcaps}[le]{lang=fr}^+2^<sub>2 b**a**</sub>"
    assert line(*content, flavor="pandoc") == written


def test_characters_that_cannot_be_written_are_replaced_and_told() -> None:
    told: list[Diagnostic] = []
    document = Document(Metadata(), body=(chapter(paragraph("a\x00b\ud800c\x0bd\u2028e"), CodeBlock("x\x1by")),))
    text = convert(document, report=told.append).data.decode()
    assert "a\ufffdb\ufffdc d e" in text and "x\ufffdy" in text
    assert [(diagnostic.code, diagnostic.message[0]) for diagnostic in told] == [
        (DiagnosticCode.CHARACTERS_REPLACED, "3")
    ]


# --- Pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ((Text("exam"), PageBreak("12", 20), Text("ple")), "exam<!-- page: 12 -->ple"),
        ((Text("one "), PageBreak("12", 20), Text("two")), "one <!-- page: 12 -->two"),
        ((PageBreak("12", 20), Text("one")), "<!-- page: 12 -->\n\none"),
        ((Emphasis((PageBreak("12", 20), Text("one"))),), "<!-- page: 12 -->\n\n*one*"),
        ((Text("one"), LineBreak(), PageBreak("12", 20), Text("two")), "one<!-- page: 12 -->\\\ntwo"),
        ((Text("one."), PageBreak("12", 20)), "one.<!-- page: 12 -->"),
        ((PageBreak("", 20), Text("one")), "<!-- PDF page: 20 -->\n\none"),
        ((PageBreak("1--><b>|", 20), Text("one")), "<!-- page: 1-b -->\n\none"),
    ],
)
def test_page_breaks(content: tuple[Inline, ...], written: str) -> None:
    assert line(*content) == written


def test_a_page_break_alone_stands_alone() -> None:
    parts = (paragraph("one"), paragraph(PageBreak("xi", 11)), paragraph("two"))
    assert blocks(*parts) == "one\n\n<!-- page: xi -->\n\ntwo"
    assert blocks(*parts, page_markers="none") == "one\n\ntwo"


def test_page_anchors() -> None:
    content = (PageBreak("1", 1), Text("a "), PageBreak("1", 2), Text("b"), PageBreak("四", 3), Text("c"))
    assert line(*content, page_markers="anchor") == (
        '<a id="page-1"></a>a <a id="page-1-2"></a>b<a id="page-pdf-3"></a>c'
    )
    assert line(*content[:2], page_markers="anchor", flavor="pandoc") == "[]{#page-1}a"


def test_pages_that_begin_with_a_heading_an_entry_or_an_item() -> None:
    page = PageBreak("5", 5)
    assert body(Section("chapter", "Chapter 2", (page, Text("Ink")))) == "# <!-- page: 5 -->Chapter 2. Ink"
    assert blocks(BibliographyEntry((page, Text("A book.")), "[1]")) == "<!-- page: 5 -->\n\n\\[1\\] A book."
    items = (ListItem((paragraph("a"),)), ListItem((paragraph(page, "b"),)))
    assert blocks(BulletList(items)) == "- a\n- <!-- page: 5 -->\n  b"


def test_entries_that_are_only_counted() -> None:
    entries = tuple(ListItem((BibliographyEntry((Text(f"Book {name}."),), id=name),)) for name in "ab")
    assert blocks(OrderedList(entries)) == "1. Book a.\n2. Book b."
    assert blocks(OrderedList((*entries, ListItem((refer("b"),))))) == (
        '1. Book a.\n2. <a id="b"></a>Book b.\n3. See [there](#b).'
    )


# --- Notes -----------------------------------------------------------------------------------------


def test_notes_follow_their_chapter() -> None:
    one = chapter(paragraph("a", note("n1", "1", "A.")), title="One", sections=(chapter(paragraph("b"), title="Sub"),))
    two = chapter(paragraph("c", note("n2", "2", "C.")), title="Two")
    assert body(one, two) == "# One\n\na[^1]\n\n## Sub\n\nb\n\n[^1]: A.\n\n# Two\n\nc[^2]\n\n[^2]: C."
    assert body(one, two, notes="document").endswith("c[^2]\n\n[^1]: A.\n\n[^2]: C.")


def test_notes_that_begin_anew_are_named_after_their_chapters() -> None:
    def numbered(label: str, title: str, *names: str) -> Section:
        return chapter(*(paragraph(note(name, name[-1], "N")) for name in names), label=label, title=title)

    part = Section("part", "Part I", (Text("P"),), (), (numbered("1", "A", "a1", "a2"), numbered("2", "B", "b1", "b*")))
    third = dataclasses.replace(numbered("", "E", "e1"), sections=(numbered("3.1", "F", "f2"),))
    written = body(part, numbered("", "C", "c1", "d1"), third)
    marks = [row.removesuffix(": N") for row in written.split("\n") if row.endswith(": N")]
    assert marks == ["[^c1-1]", "[^c1-2]", "[^c2-1]", "[^c2-note]", "[^s4-1]", "[^s4-1-2]", "[^c3-1]", "[^c3-2]"]
    assert written.index("[^c1-1]: N") < written.index("## 2 B"), "notes follow the chapter, not the part"


def test_notes_of_several_blocks() -> None:
    several = Note("n", "1", (paragraph("One."), paragraph("Two."), CodeBlock("x")))
    assert line("a", several) == "a[^1]\n\n[^1]: One.\n\n    Two.\n\n    ```\n    x\n    ```"
    quoting = Note("n", "1", (BulletList(listed("q")),))
    assert line("a", quoting) == "a[^1]\n\n[^1]:\n\n    - q"


def test_a_note_within_a_note_is_told_in_brackets() -> None:
    inner = Note("n2", "2", (paragraph("inner ", Emphasis((Text("words"),))),))
    assert line("a", Note("n1", "1", (paragraph("outer", inner, "."),))) == "a[^1]\n\n[^1]: outer \\[inner words\\]."


def test_a_note_without_text_is_its_mark() -> None:
    assert line("a", Note("n", "7", ())) == "a<sup>7</sup>"


def test_notes_leave_links() -> None:
    assert line(Link("https://a.b/", (A, note("n", "1", "N"), B))) == "[ab](https://a.b/)[^1]\n\n[^1]: N"


# --- Links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "text", "written"),
    [
        ("https://a.b/c", "see", "[see](https://a.b/c)"),
        ("https://a.b/c_(d) e[1]", "see", r"[see](https://a.b/c_\(d\)%20e%5B1%5D)"),
        ("https://a.b/100%/é?x=1&copy;", "see", "[see](https://a.b/100%25/é?x=1&amp;copy;)"),
        ("https://a.b/\n<x>\"'\\|`", "see", "[see](https://a.b/%0A%3Cx%3E%22%27%5C%7C%60)"),
        ("https://a.b/c", "https://a.b/c", "<https://a.b/c>"),
        ("https://a.b/é", "https://a.b/é", r"[https\://a.b/é](https://a.b/é)"),
        ("mailto:a.b@c.org", "a.b@c.org", "<a.b@c.org>"),
        ("doi:10.1/x", "10.1/x", "[10.1/x](doi:10.1/x)"),
    ],
)
def test_links(url: str, text: str, written: str) -> None:
    assert line(Link(url, (Text(text),))) == written


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JavaScript:x", "file:///etc/passwd", "data:text/html,x", "a", "", "//a.b", "http:"]
)
def test_unsafe_links_are_text(url: str) -> None:
    told: list[Diagnostic] = []
    content = (PageBreak("4", 9), Link(url, (Emphasis((Text("see"),)),)))
    document = Document(Metadata(), body=(chapter(Paragraph(content)),))
    assert convert(document, report=told.append).data.decode().endswith("\n\n*see*\n")
    assert [(diagnostic.code, diagnostic.page) for diagnostic in told] == [(DiagnosticCode.UNSAFE_LINK, 9)]


def test_references_lead_to_anchors_that_exist_only_for_them() -> None:
    def write(**options: str) -> str:
        entry = BibliographyEntry((Text("Book."),), "[1]", "lamb")
        unused = BibliographyEntry((Text("Other."),), "[2]", "other")
        ink = Section("chapter", "2", (Text("Ink & [x]"),), (refer("ink"), refer("lamb"), entry, unused), id="ink")
        return body(ink, **options)

    assert write() == (
        '# <a id="ink"></a>2 Ink & \\[x\\]\n\nSee [there](#ink).\n\nSee [there](#lamb).\n\n'
        '<a id="lamb"></a>\\[1\\] Book.\n\n\\[2\\] Other.'
    )
    assert write(flavor="pandoc") == (
        "# 2 Ink & \\[x\\] {#ink}\n\nSee [there](#ink).\n\nSee [there](#lamb).\n\n"
        "[]{#lamb}\\[1\\] Book.\n\n\\[2\\] Other."
    )
    assert write(flavor="obsidian") == (
        "# 2 Ink & \\[x\\]\n\nSee [there](#2%20Ink%20%26%20x).\n\nSee [there](#^lamb).\n\n"
        "\\[1\\] Book. ^lamb\n\n\\[2\\] Other."
    )


def test_a_reference_to_nothing_is_text() -> None:
    assert blocks(refer("nowhere")) == "See there."


@pytest.mark.parametrize(
    "block",
    [
        Paragraph((A,), id="x"),
        CodeBlock("a", id="x"),
        CodeBlock("a", caption=(A,), id="x"),
        MathBlock("a", "a", id="x"),
        MathBlock("", "a", media="mill.png", id="x"),
        Figure("mill.png", (A,), id="x"),
        Figure("", (A,), id="x"),
        Figure("", (A,), figures=(Figure("mill.png"),), id="x"),
        Table((), (cells("a"),), id="x"),
        Table((), (cells("a"),), (A,), id="x"),
        Theorem((A,), (paragraph("b"),), id="x"),
        Theorem((A,), (CodeBlock("b"),), id="x"),
    ],
)
def test_every_target_of_a_reference_has_its_anchor(block: Block) -> None:
    assert blocks(refer("x"), block).count('<a id="x"></a>') == 1
    assert blocks(refer("x"), block, flavor="pandoc").count("{#x}") == 1
    assert (
        blocks(refer("x"), block, flavor="obsidian").count(" ^x")
        + blocks(refer("x"), block, flavor="obsidian").count("\n^x")
        == 1
    )
