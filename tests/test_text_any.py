"""Plain text of any document: no line is wider than asked."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text_samples import count_columns, write
from thesis_convert import document as nodes
from thesis_convert.document import (
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Document,
    Emphasis,
    Figure,
    Inline,
    Link,
    ListItem,
    Metadata,
    OrderedList,
    Paragraph,
    Row,
    Section,
    Superscript,
    Table,
    Text,
    Verse,
)

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
    for line in write(Document(Metadata(), body=(section,)), wrap=width, ascii=ascii_only).split("\n"):
        if count_columns(line) > width:
            # A run that no rule allows to break: Latin, Hangul and Hebrew letters, and closing and opening marks.
            runs = re.findall(r"[^\s雨谷]*[雨谷]?[^\s雨谷]*", line)
            assert max(map(count_columns, runs)) > width, line
