"""Sections as Markdown: chapters go in, their headings, blocks and notes come out.

A chapter is a section at the top, or one below a part. Each is a list of pieces that belong between
empty lines, so that whoever makes files can put chapters together or keep them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from thesis_convert.document import Document, Section
from thesis_convert.writers.markdown_blocks import BREAK, add_language, render_blocks, render_note
from thesis_convert.writers.markdown_inlines import render_inlines
from thesis_convert.writers.markdown_names import find_notes, join_heading, split_chapters
from thesis_convert.writers.markdown_style import Style

# The sections of a chapter with their depth in the thesis, the chapter itself first.
Chapter = list[tuple[Section, int]]
DEEPEST_HEADING = 6


def render_chapters(document: Document, styles: Iterable[Style], *, apart: bool = False) -> Iterator[list[str]]:
    """The pieces of each chapter with its notes; `styles` has one for each of them.

    Chapters that stand `apart` begin each with a heading of the first level, and have all their
    notes at their end. After those that do not, notes may come as one more list of pieces.
    """
    waiting: list[str] = []
    languages: list[str] = []
    begun = False
    for chapter, style in zip(split_chapters(document), styles, strict=False):
        pieces: list[str] = []
        lifted = chapter[0][1] - 1 if apart else 0
        within_notes = replace(style, within_note=True)
        for section, depth in chapter:
            languages[depth - 1 :] = [section.language or "".join(languages[max(depth - 2, 0) : depth - 1])]
            blocks = add_language(render_blocks(section.blocks, style), languages[-1], style)
            if begun and blocks and not section.title and not section.label:
                pieces.append(BREAK)  # nothing else would say where the section before ends
            pieces += [render_heading(section, depth - lifted, style), blocks]
            begun = begun or bool(blocks)
            waiting += [render_note(note, within_notes) for note in find_notes(section)]
        if apart or style.options.notes == "section":
            pieces += waiting
            waiting = []
        begun = begun and not apart
        yield [piece for piece in pieces if piece]
    if waiting:
        yield waiting


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
