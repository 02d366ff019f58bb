"""What a user finds in a Markdown file: exact lines, small documents."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pypandoc
import pytest

from tests.markdown_readers import READERS, parse_html, read_with_pandoc, run
from tests.text_samples import chapter, note, paragraph
from thesis_convert.diagnostics import Code as DiagnosticCode
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import (
    Abstract,
    BibliographyEntry,
    Block,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Identifier,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    ListItem,
    Math,
    MathBlock,
    Media,
    Metadata,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    SmallCaps,
    Source,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Theorem,
    Underline,
    Verse,
)
from thesis_convert.version import __version__
from thesis_convert.writers import Output, WriteContext
from thesis_convert.writers.markdown import MarkdownOptions, MarkdownWriter

PICTURE = Media("mill.png", "image/png", b"PNG", 4, 3)


def convert(document: Document, stem: str = "book", report: Any = lambda diagnostic: None, **options: Any) -> Output:
    return MarkdownWriter().write(document, MarkdownOptions(**options), WriteContext(stem, report=report))


def body(*sections: Section, **options: Any) -> str:
    """The file without its front matter, and without its last line end."""
    document = Document(Metadata(), body=sections, media=(PICTURE,))
    return convert(document, **options).data.decode().split("\n---\n\n", 1)[1].removesuffix("\n")


def blocks(*parts: Block, **options: Any) -> str:
    return body(chapter(*parts), **options)


def line(*content: str | Inline, **options: Any) -> str:
    return blocks(paragraph(*content), **options)


def listed(*texts: str) -> tuple[ListItem, ...]:
    return tuple(ListItem((paragraph(text),)) for text in texts)


def cells(*texts: str | Inline, **parts: Any) -> Row:
    return Row(tuple(Cell((paragraph(text),), **parts) for text in texts))


# --- Front matter -------------------------------------------------------------------------------


def read_metadata(document: Document) -> dict[str, Any]:
    """What pandoc takes for metadata, values as plain text."""
    command = [pypandoc.get_pandoc_path(), "-f", "markdown-smart", "-t", "json"]
    meta = json.loads(run(command, convert(document).data.decode()))["meta"]
    return {key: spell_meta(value) for key, value in meta.items()}


def spell_meta(value: dict[str, Any]) -> Any:
    content = value["c"]
    match value["t"]:
        case "MetaList":
            return [spell_meta(entry) for entry in content]
        case "MetaMap":
            return {key: spell_meta(entry) for key, entry in content.items()}
        case "MetaInlines":
            kinds = {"Str": lambda node: node["c"], "Space": lambda node: " "}
            return "".join(kinds[node["t"]](node) for node in content)
        case "MetaBlocks":
            return [spell_meta({"t": "MetaInlines", "c": block["c"]}) for block in content]
    raise AssertionError(value)


def test_front_matter_in_full() -> None:
    metadata = Metadata(
        title="Paper Mills",
        subtitle="A History",
        authors=("Ada Quill", "Béla Łoś"),
        institution="University of Harrowmere",
        department="History",
        degree="Master of Arts",
        level="master",
        supervisors=("Ines Halloran",),
        examiners=("Tom Ferris",),
        student_number="0042",
        place="Harrowmere",
        date="2021",
        language="en",
        keywords=("paper", "no"),
        abstracts=(Abstract("de", "Papier."), Abstract("en", "One.\n\nTwo.")),
        rights="CC BY 4.0",
        identifiers=(Identifier("doi", "10.1/x"), Identifier("uri", "https://a.b/c")),
    )
    source = Source("mills.pdf", "ab" * 32, 24)
    assert convert(Document(metadata, source=source)).data.decode() == (
        f"""---
title: "Paper Mills"
subtitle: "A History"
author:
- "Ada Quill"
- "Béla Łoś"
date: "2021"
lang: "en"
abstract-de: "Papier."
abstract: "One.\\n\\nTwo.\\n"
keywords:
- "paper"
- "no"
institution: "University of Harrowmere"
department: "History"
degree: "Master of Arts"
level: "master"
advisor:
- "Ines Halloran"
examiner:
- "Tom Ferris"
student-number: "0042"
place: "Harrowmere"
doi: "10.1/x"
url: "https://a.b/c"
license: "CC BY 4.0"
source:
  file: "mills.pdf"
  sha256: "{"ab" * 32}"
  pages: "24"
converter: "thesis-convert {__version__}"
---
"""
    )


def test_front_matter_without_anything_names_the_converter() -> None:
    text = convert(Document(Metadata())).data.decode()
    assert text == f'---\nconverter: "thesis-convert {__version__}"\n---\n'


@pytest.mark.parametrize(
    "title",
    [
        'The "Great" C:\\War: a #1 -- story',
        "yes",
        "1. A *b* _c_ $x$ [y](z) `d` <script>alert(1)</script>",
        "- @smith ~a~ ^b^ {#c} && %TAG --- ...",
        "snake_case don't 100% | > ! ? \\alpha",
    ],
)
def test_front_matter_of_hostile_titles(title: str) -> None:
    metadata = read_metadata(Document(Metadata(title=title, authors=(title, "B"), date="2020/2021")))
    assert metadata["title"] == title
    assert metadata["author"] == [title, "B"]
    assert metadata["date"] == "2020/2021"


def test_front_matter_keeps_paragraphs_and_loses_controls() -> None:
    abstracts = (Abstract("en", "One\x00.\n\nTwo\u2028lines."),)
    metadata = read_metadata(Document(Metadata(title="A\nB\x85C\ud800", abstracts=abstracts)))
    assert metadata["title"] == "A B C\ufffd"
    assert metadata["abstract"][0] == "One\ufffd."


# --- Headings and sections ----------------------------------------------------------------------


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


# --- Text ---------------------------------------------------------------------------------------


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


A, B = Text("a"), Text("b")


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


# --- Pages --------------------------------------------------------------------------------------


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


# --- Notes --------------------------------------------------------------------------------------


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


# --- Links --------------------------------------------------------------------------------------


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


def refer(target: str) -> Paragraph:
    return paragraph("See ", Reference(target, (Text("there"),)), ".")


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


# --- Lists --------------------------------------------------------------------------------------


def test_lists_are_tight_when_they_can_be() -> None:
    inner = OrderedList(listed("x", "y"))
    assert blocks(BulletList((ListItem((paragraph("a"), inner)), *listed("b")))) == "- a\n  1. x\n  2. y\n- b"
    several = ListItem((paragraph("a"), paragraph("b")))
    assert blocks(BulletList((several, *listed("c")))) == "- a\n\n  b\n\n- c"


def test_ordered_lists_count_on_and_indent_by_their_markers() -> None:
    nested = ListItem((paragraph("b"), BulletList(listed("x"))))
    assert blocks(OrderedList((*listed("a"), nested), 9)) == "9. a\n10. b\n    - x"


@pytest.mark.parametrize("flavor", ["common", "pandoc"])
def test_code_that_begins_with_dashes_is_no_table_in_an_item(flavor: str) -> None:
    code = CodeBlock("---\ntitle: x")
    terms = DefinitionList((Definition((Text("front matter"),), (code,)),))
    markdown = blocks(OrderedList((ListItem((code,)),)), terms, flavor=flavor)
    assert run([pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "plain"], markdown).count("---\n") == 2
    assert "<table" not in run([pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "html"], markdown)


def test_neighbouring_lists_stay_apart() -> None:
    parts = (BulletList(listed("a")), BulletList(listed("b")), OrderedList(listed("c")), OrderedList(listed("d"), 5))
    assert blocks(*parts) == "- a\n\n<!-- -->\n\n- b\n\n1. c\n\n<!-- -->\n\n5. d"
    theorem = Theorem((A,), (OrderedList(listed("c")),))
    assert blocks(theorem, OrderedList(listed("d"))) == "**a**\n\n1. c\n\n<!-- -->\n\n1. d"


def test_a_list_that_begins_later_has_room_before_it() -> None:
    """Without the empty line it would be part of the paragraph."""
    assert blocks(BulletList((ListItem((paragraph("a"), OrderedList(listed("x"), 3))),))) == "- a\n\n  3. x"


def test_letters_count_in_pandoc_alone() -> None:
    lettered = OrderedList(listed("x", "y"), numbering="upper-alpha")
    assert blocks(lettered) == "1. x\n2. y"
    assert blocks(lettered, flavor="pandoc") == "A) x\nB) y"


# --- Other blocks -------------------------------------------------------------------------------


def test_verse_keeps_lines_and_stanzas() -> None:
    lines = tuple((Text(text),) if text else () for text in ("One,", "- two.", "", "Three."))
    assert blocks(Verse(lines)) == "One,\\\n\\- two.\n\nThree."


def test_an_epigraph_names_its_source_within() -> None:
    assert blocks(Epigraph((paragraph("Write."),), (Text("A keeper"),))) == "> Write.\n>\n> A keeper"


def test_theorems_and_terms_run_in() -> None:
    parts = (paragraph("It holds."), paragraph("Always."))
    assert blocks(Theorem((Text("Lemma 2"),), parts)) == "**Lemma 2** It holds.\n\nAlways."
    terms = DefinitionList((Definition((Text("mm"),), parts),))
    assert blocks(terms) == "**mm** It holds.\n\nAlways."
    assert blocks(terms, flavor="pandoc") == "mm\n\n:   It holds.\n\n    Always."


def test_another_language_is_said_to_pandoc() -> None:
    french = Paragraph((Text("Il pleut."),), language="fr")
    assert blocks(french) == "Il pleut."
    assert blocks(french, flavor="pandoc") == "::: {lang=fr}\nIl pleut.\n:::"
    assert blocks(dataclasses.replace(french, language='fr} x="'), flavor="pandoc").startswith("::: {lang=frx}\n")
    inner = chapter(paragraph("下"), title="二")
    outer = chapter(paragraph("上"), title="一", language="zh", sections=(inner,))
    assert body(outer, chapter(paragraph("x"), title="3"), flavor="pandoc") == (
        "# 一\n\n::: {lang=zh}\n上\n:::\n\n## 二\n\n::: {lang=zh}\n下\n:::\n\n# 3\n\nx"
    )


def test_code_has_a_fence_longer_than_any_within() -> None:
    code = CodeBlock("````\nx = '`'\n\n  y", "py thon`", caption=(Text("Listing 1"),))
    assert blocks(code) == "Listing 1\n\n`````python\n````\nx = '`'\n\n  y\n`````"


@pytest.mark.parametrize(
    ("block", "written"),
    [
        (MathBlock("a^2", "a2", "(3.2)"), "$$a^2$$ (3.2)"),
        (MathBlock("a % no\n\n+ b", "ab"), "$$a + b$$"),
        (MathBlock("a<b", "a<b"), "$$a< b$$"),
        (MathBlock("a$b", "a b", "(1)"), "a b (1)"),
        (MathBlock("a\\", "1. a"), "1\\. a"),
        (MathBlock("", "a_2", "(1)", "mill.png"), r"![a\_2](book_media/mill.png) (1)"),
        (MathBlock("", "a_2", "", "mill.png"), r"![a\_2](book_media/mill.png)<!-- -->"),
    ],
)
def test_displayed_formulas(block: MathBlock, written: str) -> None:
    if r"\_2" in written:
        written = written.replace(r"a\_2", "a_2")
    assert blocks(block) == written


def test_formulas_in_the_line() -> None:
    assert line("so ", Math("x^2", "x2"), "3 and ", Math("", "y*"), ".") == r"so $x^2$<!-- -->3 and y\*."


# --- Figures ------------------------------------------------------------------------------------

CAPTION = (Text("Fig. 1: A "), Emphasis((Text("mill"),)), Text(" [old]"))


def test_a_figure_is_a_picture_alone_in_its_paragraph() -> None:
    figure = Figure("mill.png", CAPTION, alternative='wheel "A" <b>')
    assert blocks(paragraph("a"), figure) == (
        'a\n\n![Fig. 1: A *mill* \\[old\\]](book_media/mill.png "wheel &#34;A&#34; &#60;b&#62;")'
    )


def test_captions_stand_below_for_readers_that_hide_descriptions() -> None:
    figure = Figure("mill.png", CAPTION, "Fig. 1", "wheel")
    for flavor in ("gfm", "obsidian"):
        assert blocks(figure, flavor=flavor) == "![wheel](book_media/mill.png)\n\nFig. 1: A *mill* \\[old\\]"


def test_a_caption_with_a_note_stands_below() -> None:
    figure = Figure("mill.png", (Text("Fig. 1"), note("n", "1", "N")), alternative="wheel")
    assert blocks(figure) == '![](book_media/mill.png "wheel")\n\nFig. 1[^1]\n\n[^1]: N'


def test_a_caption_with_raised_numbers_stands_below() -> None:
    figure = Figure("mill.png", (Text("Fig. 1: m"), Superscript((Text("2"),))))
    assert blocks(figure) == "![](book_media/mill.png)\n\nFig. 1: m<sup>2</sup>"


def test_a_page_that_begins_in_a_caption_is_marked_before() -> None:
    figure = Figure("mill.png", (Text("Fig. 1: "), PageBreak("8", 8), Text("x")))
    assert blocks(figure) == "<!-- page: 8 -->\n\n![Fig. 1: x](book_media/mill.png)"


def test_figures_without_their_pictures() -> None:
    assert blocks(Figure("", CAPTION)) == "Fig. 1: A *mill* \\[old\\]"
    assert blocks(Figure("lost.png", CAPTION)) == "Fig. 1: A *mill* \\[old\\]"
    assert blocks(Figure("", alternative="wheel")) == "wheel"
    assert line("a ", InlineImage("lost.png", "drop"), " b") == "a drop b"


def test_groups_of_figures() -> None:
    group = Figure("", (Text("Fig. 2: Both"),), figures=(Figure("mill.png", (Text("(a) one"),)), Figure("mill.png")))
    assert blocks(group) == "![(a) one](book_media/mill.png)\n\n![](book_media/mill.png)\n\nFig. 2: Both"


def test_pictures_go_beside_the_file_when_they_are_shown() -> None:
    other = Media("other.png", "image/png", b"x", 1, 1)
    document = Document(Metadata(), body=(chapter(Figure("mill.png")),), media=(PICTURE, other), cover="other.png")
    assert convert(document).files == {"book_media/mill.png": b"PNG"}


@pytest.mark.parametrize(
    ("stem", "folder"),
    [
        ("my thesis (1)", "my%20thesis%20%281%29_media"),
        ("100%#?", "100%25%23%3F_media"),
        ("论文 é", "论文%20é_media"),
        ("a:b*c", "a%3Ab%2Ac_media"),
        ("b\udce4d", "b%E4d_media"),
    ],
)
def test_addresses_of_pictures(stem: str, folder: str) -> None:
    document = Document(Metadata(), body=(chapter(Figure("mill.png", (A,))),), media=(PICTURE,))
    output = convert(document, stem=stem)
    assert f"![a]({folder}/mill.png)" in output.data.decode()
    assert list(output.files) == [f"{stem}_media/mill.png"]


# --- Tables -------------------------------------------------------------------------------------


def test_a_pipe_table() -> None:
    table = Table(
        (cells("Mill", "Sheets"),),
        (
            cells("a|b", Code("c|d")),
            Row((Cell((paragraph("e"),)), Cell((paragraph("1"), paragraph("2")), alignment="end"))),
        ),
        (Text("Table 1: Sheets"),),
        notes=(paragraph("Source: books."),),
    )
    assert blocks(table) == (
        "Table 1: Sheets\n\n"
        "| Mill | Sheets |\n"
        "| ---- | -------: |\n"
        "| a\\|b | <code>c&#124;d</code> |\n"
        "| e | 1 <br>2 |\n\n"
        "Source: books."
    )


def test_a_table_without_heads_has_an_empty_row_of_them() -> None:
    assert blocks(Table((), (cells("a", "b"), cells("c")))) == "|  |  |\n| --- | --- |\n| a | b |\n| c |  |"


def test_formulas_in_cells_keep_their_bars() -> None:
    assert r"| $\vert x\vert  \Vert y$ |" in blocks(Table((), (cells(Math(r"|x| \|y", "")),)))


def test_a_table_with_spans_has_empty_cells_beside_them() -> None:
    head = Row((Cell((), row_span=2), Cell((paragraph("Mill"),), column_span=2)))
    table = Table((head, cells("upper", "lower")), (cells("x", "1", "2"),))
    assert blocks(table).split("\n") == [
        "|  | Mill |  |",
        "| --- | ----- | ----- |",
        "|  | upper | lower |",
        "| x | 1 | 2 |",
    ]


def test_a_table_as_html_keeps_its_spans() -> None:
    head = Row((Cell((), row_span=2), Cell((paragraph("Mill *"),), column_span=2, alignment="center")))
    rows = (
        cells("upper", Emphasis((Text("lower"),))),
        Row((Cell((paragraph("x"),), header=True), *cells("1", "2").cells)),
    )
    table = Table((head,), rows)
    assert blocks(table, tables="html").split("\n") == [
        *("<table>", "<thead>", "<tr>", '<th rowspan="2"></th>', '<th colspan="2" align="center">Mill &#42;</th>'),
        *("</tr>", "</thead>", "<tbody>", "<tr>", "<td>upper</td>", "<td>", "", "*lower*", "", "</td>", "</tr>"),
        *("<tr>", "<th>x</th>", "<td>1</td>", "<td>2</td>", "</tr>", "</tbody>", "</table>"),
    ]
    assert blocks(table, tables="pipe").split("\n")[2:] == ["|  | upper | *lower* |", "| x | 1 | 2 |"]
    assert blocks(Table((), (cells("1986. A"),)), tables="html").startswith("<table>\n<tbody>\n<tr>\n<td>1986&#46; A<")


def test_spans_over_rows_and_columns_leave_empty_cells() -> None:
    wide = Row((Cell((paragraph("a"),), column_span=2, row_span=2), *cells("b").cells))
    table = Table((), (wide, cells("c"), cells("d", "e", "f")))
    assert blocks(table, flavor="obsidian").split("\n")[2:] == ["| a |  | b |", "|  |  | c |", "| d | e | f |"]


def test_a_table_that_could_not_be_read_is_shown() -> None:
    table = Table((), (), CAPTION, media="mill.png", alternative="1 2")
    assert blocks(table) == '![Fig. 1: A *mill* \\[old\\]](book_media/mill.png "1 2")'
    assert blocks(Table((), (), CAPTION, media="", alternative="1 2")) == "Fig. 1: A *mill* \\[old\\]\n\n1 2"


def test_captions_of_tables_for_pandoc() -> None:
    table = Table((cells("a"),), (cells("b"),), (Text("Table 1: {x}"),), id="t")
    written = blocks(refer("t"), table, flavor="pandoc")
    assert written.split("\n")[2] == r"Table: Table 1: \{x\} {#t}"


@pytest.mark.parametrize("name", READERS)
def test_a_paragraph_beside_a_table_is_no_caption(name: str) -> None:
    markdown = blocks(paragraph("Table: a"), Table((cells("b"),), (cells("c"),)), paragraph(": d"))
    texts = [block[0] for block in READERS[name](markdown)[0]]
    assert texts == ["p", "table", "p"]


# --- The whole ----------------------------------------------------------------------------------

ATTACK = '--><script>alert(1)</script><img src="x" onerror="y">\\" onload="z" {.a onclick=b} `x`{=html}'


def infect(value: Any) -> Any:
    """`value` with the attack in every string that a PDF could fill."""
    if isinstance(value, tuple):
        return tuple(infect(part) for part in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, Media | type):
        return value
    kept = ("kind", "id", "media", "target", "url", "numbering", "tex", "alignment", "cover", "language")
    changes = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        changes[field.name] = old if field.name in kept else old + ATTACK if isinstance(old, str) else infect(old)
    return dataclasses.replace(value, **changes)


@pytest.mark.parametrize("flavor", ["common", "pandoc", "gfm", "obsidian"])
@pytest.mark.parametrize("page_markers", ["comment", "anchor"])
def test_no_html_of_the_thesis_comes_through(every_node: Document, flavor: str, page_markers: str) -> None:
    text = convert(infect(every_node), flavor=flavor, page_markers=page_markers).data.decode()
    assert "alert(1)" in text
    reader = "markdown" if flavor == "pandoc" else "gfm"
    commands = [[pypandoc.get_pandoc_path(), "-f", reader, "-t", "html", "--mathjax"]]
    if flavor != "pandoc" and "cmark-gfm" in READERS:
        commands.append(["cmark-gfm", "--unsafe", "-e", "table", "-e", "footnotes"])
    for command in commands:
        elements = list(parse_html(run(command, text)).find())
        assert not [element for element in elements if element.tag == "script" or element.attributes.get("src") == "x"]
        assert not [name for element in elements for name in element.attributes if name.startswith("on")]


def test_the_same_twice(every_node: Document) -> None:
    assert convert(every_node) == convert(every_node)


def test_every_flavor_gives_pandoc_the_same_headings_and_notes(every_node: Document) -> None:
    readings = [
        read_with_pandoc(convert(every_node, flavor=flavor).data.decode())
        for flavor in ("common", "pandoc", "gfm", "obsidian")
    ]
    headings = [[block[1:] for block in found if block[0] == "h"] for found, _ in readings]
    assert headings[0] == headings[1] == headings[2] == headings[3]
    assert len(headings[0]) > 20
    assert readings[0][1] == readings[1][1] == readings[2][1] == readings[3][1]
