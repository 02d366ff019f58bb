"""Small documents, and what of them comes out as Markdown."""

from __future__ import annotations

from typing import Any

from tests.text_samples import chapter, paragraph
from thesis_convert.document import (
    Block,
    Cell,
    Document,
    Inline,
    ListItem,
    Media,
    Metadata,
    Paragraph,
    Reference,
    Row,
    Section,
    Text,
)
from thesis_convert.writers import Output, WriteContext
from thesis_convert.writers.markdown import MarkdownOptions, MarkdownWriter

A, B = Text("a"), Text("b")
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


def refer(target: str) -> Paragraph:
    return paragraph("See ", Reference(target, (Text("there"),)), ".")
