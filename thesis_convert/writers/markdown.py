"""A thesis as Markdown that pandoc, GitHub, markdown-it and Obsidian read alike.

A `Document` goes in; one Markdown file and its pictures come out: front matter, then the sections
with their headings, one paragraph a line, notes after each chapter or at the end. Markdown has no
standard for half of what a thesis holds, so this keeps to what all of these readers share, and uses
what one of them has of its own only in the flavor made for it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, repeat

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.document import (
    CodeBlock,
    Document,
    Figure,
    InlineImage,
    Link,
    MathBlock,
    PageBreak,
    Table,
    Text,
)
from thesis_convert.traversal import walk
from thesis_convert.writers import Output, WriteContext
from thesis_convert.writers.markdown_escape import UNWRITABLE, clean_text
from thesis_convert.writers.markdown_front_matter import render_front_matter
from thesis_convert.writers.markdown_names import find_targets, label_notes, name_pages
from thesis_convert.writers.markdown_sections import render_chapters
from thesis_convert.writers.markdown_spans import is_safe_link
from thesis_convert.writers.markdown_split import write_chapters
from thesis_convert.writers.markdown_style import MarkdownOptions, Style

__all__ = ["MarkdownOptions", "MarkdownWriter"]


class MarkdownWriter:
    name = "markdown"
    aliases: tuple[str, ...] = ("md",)
    extension = ".md"
    media_type = "text/markdown"
    binary = False
    description = "one text file for pandoc, GitHub and Obsidian, with notes, tables and pictures"
    options = MarkdownOptions

    def write(self, document: Document, options: MarkdownOptions, context: WriteContext) -> Output:
        report_losses(document, context.report)
        style = make_style(document, options, context.media_folder)
        pictures = collect_media(document, context.media_folder)
        if options.split == "chapter":
            style = replace(style, media_folder=f"../{context.media_folder}")
            index, files = write_chapters(document, style, context.parts_folder)
            return Output(index.encode(), {name: text.encode() for name, text in files.items()} | pictures)
        chapters = render_chapters(document, repeat(style))
        text = "\n\n".join([render_front_matter(document), *chain.from_iterable(chapters)]) + "\n"
        return Output(text.encode(), pictures)


def make_style(document: Document, options: MarkdownOptions, media_folder: str) -> Style:
    """What the parts of the writer need to know about this document."""
    return Style(
        options,
        media_folder,
        media=frozenset(media.name for media in document.media),
        note_labels=label_notes(document),
        targets=find_targets(document, options.flavor == "obsidian"),
        page_ids=name_pages(document),
    )


def collect_media(document: Document, folder: str) -> dict[str, bytes]:
    """The pictures that the document shows, by their paths."""
    shown = {node.media for node in walk(document) if isinstance(node, Figure | Table | MathBlock | InlineImage)}
    return {f"{folder}/{media.name}": media.data for media in document.media if media.name in shown}


def report_losses(document: Document, report: Report) -> None:
    """Tells of links that are not passed on and of characters that no line of text can hold."""
    page: int | None = None
    replaced = 0
    for node in walk(document):
        match node:
            case PageBreak():
                page = node.page
            case Link(url=url) if not is_safe_link(url):
                address = clean_text(url)[:80]
                report(Diagnostic(Code.UNSAFE_LINK, f"a link to {address!r} is written as plain text", page))
            case Text(text) | CodeBlock(text=text):
                replaced += len(UNWRITABLE.findall(text))
    if replaced:
        report(Diagnostic(Code.CHARACTERS_REPLACED, f"{replaced} control characters are written as \ufffd"))
