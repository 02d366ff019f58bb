"""A thesis as Markdown that pandoc, GitHub, markdown-it and Obsidian read alike.

A `Document` goes in; one Markdown file and its pictures come out: front matter, then the sections
with their headings, one paragraph a line, notes after each chapter or at the end. Markdown has no
standard for half of what a thesis holds, so this keeps to what all of these readers share, and uses
what one of them has of its own only in the flavor made for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.document import (
    CodeBlock,
    Document,
    Figure,
    InlineImage,
    Link,
    MathBlock,
    PageBreak,
    Section,
    Table,
    Text,
)
from thesis_convert.traversal import walk
from thesis_convert.writers import Output, WriteContext
from thesis_convert.writers.markdown_blocks import BREAK, add_language, render_blocks, render_note
from thesis_convert.writers.markdown_escape import UNWRITABLE, clean_text
from thesis_convert.writers.markdown_front_matter import render_front_matter
from thesis_convert.writers.markdown_inlines import render_inlines
from thesis_convert.writers.markdown_names import (
    find_notes,
    find_targets,
    join_heading,
    label_notes,
    name_pages,
    split_chapters,
)
from thesis_convert.writers.markdown_spans import is_safe_link
from thesis_convert.writers.markdown_style import MarkdownOptions, Style

__all__ = ["MarkdownOptions", "MarkdownWriter"]

DEEPEST_HEADING = 6


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
        parts = [render_front_matter(document), *render_document(document, style)]
        text = "\n\n".join(filter(None, parts)) + "\n"
        return Output(text.encode(), collect_media(document, context.media_folder))


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


# --- Sections -----------------------------------------------------------------------------------


def render_document(document: Document, style: Style) -> Iterator[str]:
    """The sections with their notes, in parts that belong between empty lines."""
    within_notes = replace(style, within_note=True)
    waiting: list[str] = []
    languages: list[str] = []
    begun = False
    for chapter in split_chapters(document):
        for section, depth in chapter:
            languages[depth - 1 :] = [section.language or "".join(languages[max(depth - 2, 0) : depth - 1])]
            blocks = add_language(render_blocks(section.blocks, style), languages[-1], style)
            if begun and blocks and not section.title and not section.label:
                yield BREAK  # nothing else would say where the section before ends
            yield render_heading(section, depth, style)
            yield blocks
            begun = begun or bool(blocks)
            waiting += [render_note(note, within_notes) for note in find_notes(section)]
        if style.options.notes == "section":
            yield from waiting
            waiting = []
    yield from waiting


def render_heading(section: Section, depth: int, style: Style) -> str:
    """ "## 2.3 Title"; "" for a section without label and title."""
    content = join_heading(section)
    text = render_inlines(content, style, "heading")
    if not text:
        return style.add_anchor("", section.id)
    marks = "#" * min(depth, DEEPEST_HEADING)
    if section.id not in style.targets or style.obsidian:
        return f"{marks} {text}"
    return f"{marks} {text} {{#{section.id}}}" if style.pandoc else f"{marks} {style.add_anchor(text, section.id)}"
