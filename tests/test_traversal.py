"""Walking, rebuilding and reading a document."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from thesis_convert import document as model
from thesis_convert.document import (
    BibliographyEntry,
    BulletList,
    Cell,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    LineBreak,
    ListItem,
    Math,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    Strong,
    Table,
    Text,
    Theorem,
    Verse,
)
from thesis_convert.traversal import (
    CHILD_FIELDS,
    Node,
    plain_text,
    referred_ids,
    sections,
    transform,
    walk,
)

NOTE = Note("n1", "1", (Paragraph((Text("See "), Emphasis((Text("Paper"),)), Text("."))),))
BODY = Section(
    "chapter",
    "1",
    (Text("Paper"),),
    (
        Paragraph((Text("Made by hand"), NOTE, Text(" since"), PageBreak("7", 19), Text(" long."))),
        BulletList((ListItem((Paragraph((Text("rags"),)),)), ListItem((Paragraph((Text("straw"),)),)))),
    ),
    (Section("section", "1.1", (Text("Ink"),), (Paragraph((Reference("fig-1", (Text("Fig. 1"),)),)),)),),
)
THESIS = Document(
    Metadata(title="Paper"),
    front_matter=(Section("abstract", "", (Text("Abstract"),)),),
    body=(BODY,),
    back_matter=(Section("appendix", "A", (Text("Letters"),)),),
)


def test_every_field_with_nodes_is_walked() -> None:
    """A class added to the model must be added to the table too."""
    leaves = {model.Origin, model.Metadata, model.Identifier, model.Abstract, model.Media, model.Source}
    classes = {value for value in vars(model).values() if isinstance(value, type) and dataclasses.is_dataclass(value)}
    assert set(CHILD_FIELDS) == classes - leaves
    for cls in CHILD_FIELDS:
        hints = typing.get_type_hints(cls)
        holding = {name for name, hint in hints.items() if _mentions(hint, set(CHILD_FIELDS))}
        assert set(CHILD_FIELDS[cls]) == holding, cls


def _mentions(hint: object, classes: set[type]) -> bool:
    return hint in classes or any(_mentions(part, classes) for part in typing.get_args(hint))


def test_walk_is_in_reading_order() -> None:
    words = [node.text for node in walk(THESIS) if isinstance(node, Text)]
    assert words == [
        *("Abstract", "Paper", "Made by hand", "See ", "Paper", "."),
        *(" since", " long.", "rags", "straw", "Ink", "Fig. 1", "Letters"),
    ]


def test_walk_goes_through_lines_of_verse() -> None:
    verse = Verse(((Text("one"),), (Text("two"), LineBreak())))
    assert [type(node).__name__ for node in walk(verse)] == ["Verse", "Text", "Text", "LineBreak"]


def test_walk_stands_deep_nesting() -> None:
    inline: model.Inline = Text("core")
    for _ in range(5000):
        inline = Emphasis((inline,))
    assert sum(1 for _ in walk(inline)) == 5001


def test_sections_with_depth() -> None:
    assert [(section.label, depth) for section, depth in sections(THESIS)] == [("", 1), ("1", 1), ("1.1", 2), ("A", 1)]


def test_referred_ids() -> None:
    assert referred_ids(THESIS) == {"fig-1"}


def test_transform_replaces_removes_and_multiplies() -> None:
    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case PageBreak():
                return ()
            case Text("rags"):
                return Text("linen"), LineBreak()
            case Emphasis(content):
                return Strong(content)
        return node

    changed = transform(THESIS, change)
    assert plain_text(changed, notes=True) == plain_text(THESIS, notes=True).replace("rags", "linen ")
    kinds = {type(node) for node in walk(changed)}
    assert Strong in kinds and Emphasis not in kinds and PageBreak not in kinds


def test_transform_works_from_the_leaves_upwards() -> None:
    seen: list[str] = []

    def note_down(node: Node) -> Node:
        seen.append(type(node).__name__)
        return node

    transform(Paragraph((Emphasis((Text("a"),)), Text("b"))), note_down)
    assert seen == ["Text", "Emphasis", "Text", "Paragraph"]


def test_transform_keeps_what_does_not_change() -> None:
    def change(node: Node) -> Node:
        return Text("Inks") if node == Text("Ink") else node

    changed = transform(THESIS, change)
    assert changed.front_matter is THESIS.front_matter
    assert changed.body[0].blocks is BODY.blocks
    assert changed.body[0].sections[0].title == (Text("Inks"),)
    assert transform(THESIS, lambda node: node) is THESIS


def test_transform_refuses_another_class_at_the_top() -> None:
    with pytest.raises(TypeError, match="a Paragraph became a Separator"):
        transform(Paragraph(()), lambda node: model.Separator())


def test_plain_text_of_inlines_and_notes() -> None:
    content = BODY.blocks[0]
    assert plain_text(content) == "Made by hand since long."
    assert plain_text(content, notes=True) == "Made by hand [See Paper.] since long."
    assert plain_text((Text("a"), LineBreak(), Math("x^2", "x²"), Math("y", ""))) == "a x²y"


def test_plain_text_of_blocks() -> None:
    cells = tuple(Cell((Paragraph((Text(word),)),)) for word in ("Year", "Sheets"))
    blocks = (
        Verse(((Text("Dust"),), (Text("and ash"),))),
        Table((Row(cells),), (Row(cells[::-1]),), (Text("Table 1"),)),
        Table((), (), media="t.png", alternative="1 2 3"),
        Figure("f.png", (Text("Fig. 1: A mill"),), alternative="wheel"),
        Figure("f.png", alternative="wheel"),
        CodeBlock("a = 1\n\nb = 2", caption=(Text("Listing 1"),)),
        Theorem((Text("Lemma 2"),), (Paragraph((Text("It holds."),)),)),
        BibliographyEntry((Text("A book."),), "[1]"),
    )
    assert plain_text(blocks).split("\n") == [
        *("Dust", "and ash", "Table 1", "Year\tSheets", "Sheets\tYear", "1 2 3", "Fig. 1: A mill", "wheel"),
        *("Listing 1", "a = 1", "", "b = 2", "Lemma 2", "It holds.", "[1] A book."),
    ]


def test_plain_text_of_the_whole() -> None:
    lines = plain_text(THESIS).split("\n")
    assert lines == [
        "Abstract",
        "1 Paper",
        "Made by hand since long.",
        "rags",
        "straw",
        "1.1 Ink",
        "Fig. 1",
        "A Letters",
    ]
