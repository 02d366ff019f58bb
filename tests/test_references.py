"""Printed references lead to what they name, when there is just one."""

from __future__ import annotations

import pytest

from tests.paper import set_pages
from thesis_convert.document import Reference, Text
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.loader.structure.references import find_references
from thesis_convert.traversal import plain_text

NUMBERS = {
    ("section", "2.1"): "section-4",
    ("section", "2.2"): "section-5",
    ("figure", "3"): "figure-3",
    ("figure", "4"): "figure-4",
    ("table", "1.1"): "table-1",
    ("equation", "1.1"): "equation-1",
    ("theorem lemma", "7"): "theorem-2",
    ("entry", "3"): "entry-3",
    ("entry", "6"): "entry-6",
    ("entry", "Knu84"): "entry-8",
}


def read(text: str) -> list[tuple[str, str]]:
    """(what is printed, where it leads) of each reference."""
    layouts, _ = set_pages(text)
    links = {key: f"#{name}" for key, name in find_references(layouts[0].text, NUMBERS)}
    content = build_inlines(layouts[0].text, InlineContext(Hyphenation(()), links=links))
    return [(plain_text(node.content), node.target) for node in content if isinstance(node, Reference)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as Section 2.1 says", [("Section 2.1", "section-4")]),
        ("(see Fig. 3).", [("Fig. 3", "figure-3")]),
        ("as Sections 2.1 and 2.2 say", [("Sections 2.1", "section-4"), ("2.2", "section-5")]),
        ("Figures 3 and 4", [("Figures 3", "figure-3"), ("4", "figure-4")]),
        ("in Figure 3, 4 clerks", [("Figure 3", "figure-3")]),
        ("by equation (1.1) and Lemma 7", [("equation (1.1)", "equation-1"), ("Lemma 7", "theorem-2")]),
        ("was shown [3, 6]; others [Knu84, p. 5]", [("[3", "entry-3"), ("6]", "entry-6"), ("[Knu84", "entry-8")]),
        ("the table in section\n2.1 is long", [("section 2.1", "section-4")]),
        ("# List of Figures\n3 The weir in summer", []),
        ("in section 9, on 3 of 6 days (1.1 m)", []),
        ("如图 3 所示", [("3", "figure-3")]),
    ],
)
def test_printed_references(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


def test_punctuation_is_no_part_of_a_reference() -> None:
    layouts, _ = set_pages("(see Fig. 3), and go")
    links = {key: f"#{name}" for key, name in find_references(layouts[0].text, NUMBERS)}
    assert build_inlines(layouts[0].text, InlineContext(Hyphenation(()), links=links)) == (
        Text("(see "),
        Reference("figure-3", (Text("Fig. 3"),)),
        Text("), and go"),
    )
