"""The tree of chapters and sections as lines to look at: what was recognised, and where it stands.

In comes a Document; out comes text, a line a section: indented by its depth, with its printed
number, its title and the printed number of its page ("[12]" for the twelfth page of a PDF that
prints none there), dots between.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Sequence

from thesis_convert.document import Code, Document, Inline, LineBreak, Math, Note, PageBreak, Section, Text

INDENT = "  "
# The width that lines are filled to with dots; a longer title takes the room that it needs.
WIDTH = 72
MIN_DOTS = 3
WIDE = ("W", "F")


def format_outline(document: Document) -> str:
    """The tree as text, every line ended; "" when nothing was recognised."""
    sections = (*document.front_matter, *document.body, *document.back_matter)
    printed = {page_break.page: page_break.label for page_break in find_page_breaks(sections)}
    return "".join(f"{line}\n" for line in format_sections(sections, 0, printed))


def format_sections(sections: Sequence[Section], depth: int, printed: dict[int, str]) -> Iterator[str]:
    for section in sections:
        title = " ".join(filter(None, [section.label, read_words(section.title)])) or f"({section.kind})"
        start = f"{INDENT * depth}{title}"
        page = section.origin.page if section.origin else 0
        number = (printed.get(page) or f"[{page}]") if page else ""
        dots = WIDTH - measure_width(start) - measure_width(number) - 2
        yield f"{start} {'.' * max(dots, MIN_DOTS)} {number}" if number else start
        yield from format_sections(section.sections, depth + 1, printed)


def find_page_breaks(node: object) -> Iterator[PageBreak]:
    """All page breaks below a node or a tuple of nodes."""
    if isinstance(node, PageBreak):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from find_page_breaks(part)
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from find_page_breaks(getattr(node, field.name))


def read_words(title: Sequence[Inline]) -> str:
    """The words of a title in one line, without its notes."""
    return " ".join("".join(read_inlines(title)).split())


def read_inlines(inlines: Sequence[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Text | Code | Math):
            yield inline.text
        elif isinstance(inline, LineBreak):
            yield " "
        elif not isinstance(inline, Note):
            yield from read_inlines(getattr(inline, "content", ()))


def measure_width(text: str) -> int:
    """The columns that text takes on a terminal: East Asian characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in WIDE else 1 for char in text
    )
