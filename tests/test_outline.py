"""The outline as it is printed: depth, numbers, titles, and printed pages at the right."""

from __future__ import annotations

from thesis_convert.document import (
    Document,
    Emphasis,
    Inline,
    LineBreak,
    Metadata,
    Note,
    Origin,
    PageBreak,
    Paragraph,
    Section,
    SectionKind,
    Separator,
    Text,
)
from thesis_convert.outline import format_outline


def make_section(
    kind: SectionKind, label: str, title: tuple[Inline, ...], page: int = 0, sections: tuple[Section, ...] = ()
) -> Section:
    return Section(kind, label, title, (), sections, origin=Origin(page, (0, 0, 1, 1)) if page else None)


def test_the_tree_with_printed_pages() -> None:
    note = Note("n1", "1", (Paragraph((Text("A note."),)),))
    inner = make_section("section", "1.1", (Text("Where "), Emphasis((Text("all"),)), LineBreak(), Text("began")), 4)
    document = Document(
        Metadata(),
        front_matter=(
            make_section("title-page", "", (), 1),
            Section(
                "other", "", (), (Separator(), Paragraph((Text("For the river."),), origin=Origin(2, (0, 0, 1, 1))))
            ),
            make_section("dedication", "", ()),
            make_section("foreword", "", (PageBreak("ii", 2), Text("前言")), 2),
        ),
        body=(make_section("chapter", "Chapter 1", (PageBreak("1", 3), Text("Rivers"), note), 3, (inner,)),),
        back_matter=(make_section("bibliography", "", (Text("x" * 80),), 12),),
    )
    assert format_outline(document).splitlines() == [
        "(title page) " + "." * 55 + " [1]",
        "(without a title) " + "." * 51 + " ii",
        "(dedication)",
        "前言 " + "." * 64 + " ii",
        "Chapter 1 Rivers " + "." * 53 + " 1",
        "  1.1 Where all began " + "." * 46 + " [4]",
        "x" * 80 + " ... [12]",
    ]


def test_a_document_without_sections() -> None:
    assert format_outline(Document(Metadata())) == ""
