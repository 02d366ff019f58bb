"""Small documents to write as plain text, and the width of what comes out."""

from __future__ import annotations

import unicodedata
from typing import Any

from thesis_convert.document import Block, Document, Inline, Metadata, Note, Paragraph, Section, Text
from thesis_convert.writers import WriteContext
from thesis_convert.writers.text import TextOptions, TextWriter


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
