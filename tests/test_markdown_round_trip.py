"""Our Markdown read back by pandoc, cmark-gfm and markdown-it: nothing lost, nothing invented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.markdown_expected import Expectation
from tests.markdown_readers import READERS, Reading
from tests.markdown_strategies import documents, paragraphs
from tests.tools import find_tool
from thesis_convert import load
from thesis_convert.document import Block, Document, Metadata, Section, Text
from thesis_convert.writers import WriteContext
from thesis_convert.writers.markdown import MarkdownOptions, MarkdownWriter

SAMPLES = Path(__file__).parent.parent / "samples"
# The same examples on every machine; whoever changes the escaping may raise their number for a while.
FIXED = settings(derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


def write(document: Document, **options: str) -> str:
    """The Markdown of a document without its front matter, which some readers take for text."""
    output = MarkdownWriter().write(document, MarkdownOptions(**options), WriteContext("book"))  # type: ignore[arg-type]
    return output.data.decode().split("\n---\n", 1)[1]


def read(name: str, markdown: str) -> Reading:
    return READERS[name](markdown)


def compare(document: Document, markdown: str) -> None:
    blocks, notes = Expectation(document).read(document)
    for name in READERS:
        got = read(name, markdown)
        assert list(got[0]) == [expect(block, name) for block in blocks], name
        if name != "markdown-it":  # to which notes are foreign
            assert got[1] == expect(notes, name), name


def expect(value: Any, name: str) -> Any:
    """What a reader makes of formulas: pandoc's GitHub has none in pictures' descriptions, others have none at all."""
    if isinstance(value, tuple) and value[:1] == ("figure",) and name == "pandoc's GitHub":
        return (*value[:2], re.sub(r"\$([^$]+)\$", r"\1", value[2]))
    if isinstance(value, tuple):
        return tuple(expect(part, name) for part in value)
    if isinstance(value, str) and not name.startswith("pandoc"):
        return re.sub(r"\$[^$]+\$", lambda formula: formula[0].replace("\\\\", "\\"), value)
    return value


def test_cmark_gfm_is_asked() -> None:
    """On machines that have it; elsewhere, but not under CI, the other two must do."""
    find_tool("cmark-gfm")
    assert read("cmark-gfm", "a *b*") == ((("p", (("a ", ()), ("b", ("em",)))),), ())


@pytest.mark.parametrize("notes", ["section", "document"])
@pytest.mark.parametrize("page_markers", ["comment", "anchor", "none"])
def test_every_node(every_node: Document, notes: str, page_markers: str) -> None:
    compare(every_node, write(every_node, notes=notes, page_markers=page_markers))


@pytest.mark.parametrize("name", ["computing", "german", "humanities"])
def test_sample_theses(name: str) -> None:
    document = load(SAMPLES / name / "thesis.pdf")
    compare(document, write(document))


@settings(FIXED, max_examples=8)
@given(st.lists(paragraphs, min_size=40, max_size=40))
def test_hostile_paragraphs(blocks: list[Block]) -> None:
    document = Document(Metadata(), body=(Section("chapter", "", (Text("z"),), tuple(blocks)),))
    compare(document, write(document))


@settings(FIXED, max_examples=25)
@given(documents())
def test_hostile_documents(document: Document) -> None:
    compare(document, write(document))
