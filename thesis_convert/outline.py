"""The tree of chapters and sections as lines to look at: what was recognised, and where it stands.

In comes a Document; out comes text, a line a section: indented by its depth, with its printed
number, its title and the printed number of its page ("[12]" for the twelfth page of a PDF that
prints none there), dots between. A piece that prints no title says in parentheses what it is.
"""

from __future__ import annotations

from thesis_convert.document import Document, PageBreak, Section
from thesis_convert.traversal import plain_text, sections, walk
from thesis_convert.writers.text_wrap import measure_columns

INDENT = "  "
# The width that lines are filled to with dots; a longer title takes the room that it needs.
WIDTH = 72
MIN_DOTS = 3


def format_outline(document: Document) -> str:
    """The tree as text, every line ended; "" when nothing was recognised."""
    printed = {node.page: node.label for node in walk(document) if isinstance(node, PageBreak)}
    return "".join(format_line(section, depth, printed) for section, depth in sections(document))


def format_line(section: Section, depth: int, printed: dict[int, str]) -> str:
    """The line of one section; `depth` counts from 1, `printed` has page labels by pages from 1."""
    words = f"{section.label} {plain_text(section.title)}".split()
    title = INDENT * (depth - 1) + (" ".join(words) or f"({describe_kind(section)})")
    page = find_page(section)
    if page is None:
        return f"{title}\n"
    number = printed.get(page) or f"[{page}]"
    dots = WIDTH - measure_columns(title) - measure_columns(number) - 2
    return f"{title} {'.' * max(dots, MIN_DOTS)} {number}\n"


def describe_kind(section: Section) -> str:
    return "without a title" if section.kind == "other" else section.kind.replace("-", " ")


def find_page(section: Section) -> int | None:
    """The page on which the section begins, which is where its first block stands when it has no title."""
    origins = (getattr(node, "origin", None) for node in walk(section))
    return next((origin.page for origin in origins if origin is not None), None)
