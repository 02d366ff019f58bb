"""A `Document` as plain text, by the customs of Project Gutenberg's books.

UTF-8 or ASCII, line feeds, no byte order mark. Paragraphs are filled to a width and stand apart by
an empty line, chapters begin after four and their heading is followed by two, quotations are
indented, `_italics_` are marked, a picture is `[its caption]`. Notes are `[1]` in the text and
stand at the end of their chapter, since a text has no page for them to stand at the foot of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.document import Document, Metadata, Note, PageBreak, Section
from thesis_convert.traversal import Node, walk
from thesis_convert.writers import Output, WriteContext
from thesis_convert.writers.text_ascii import UNKNOWN, spell_document
from thesis_convert.writers.text_blocks import INDENT, join_parts, run_in, set_blocks
from thesis_convert.writers.text_inlines import PageMarkers, Style, set_inlines, set_page_marker
from thesis_convert.writers.text_wrap import wrap_text

# Narrower than this, words of ordinary length no longer fit.
_NARROWEST = 20
# Terminal commands and other controls have no business in a text; lone surrogates have no bytes.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextOptions:
    wrap: int = field(
        default=72,
        metadata={"help": "Columns of a line, counted by East Asian width; 0 keeps a paragraph in one line."},
    )
    ascii: bool = field(default=False, metadata={"help": "Spell everything in ASCII; what cannot be is ?."})
    page_markers: PageMarkers = field(
        default="none",
        metadata={"help": "Where a printed page begins: a form feed, its number as [p. 12], or nothing."},
    )

    def __post_init__(self) -> None:
        if self.wrap and self.wrap < _NARROWEST:
            raise ValueError(f"wrap is 0 or at least {_NARROWEST}, not {self.wrap}")


class TextWriter:
    name = "text"
    aliases: tuple[str, ...] = ("txt", "plain")
    extension = ".txt"
    media_type = "text/plain"
    binary = False
    pictures = False
    description = "plain text in lines, with notes at the end of each chapter"
    options = TextOptions

    def write(self, document: Document, options: TextOptions, context: WriteContext) -> Output:
        if options.ascii:
            document = spell_document(document)
        sections = (*document.front_matter, *document.body, *document.back_matter)
        style = Style(options.ascii, options.page_markers, dict(_number_notes(sections)))
        lines = _space_parts(_set_book(document.metadata, sections, options.wrap, style))
        return Output(_encode_lines(lines, options.ascii, context.report))


def _encode_lines(lines: Iterable[str], ascii_only: bool, report: Report) -> bytes:
    text = _CONTROLS.sub("", "\n".join(lines)) + "\n"
    # No-break spaces have done their work when lines are made, and would hide words from a search.
    text, lost = _SURROGATES.subn(UNKNOWN, text.replace("\u00a0", " "))
    if ascii_only:
        lost = text.count(UNKNOWN)
        text = text.replace(UNKNOWN, "?")
    if lost:
        reason = "they have no ASCII spelling" if ascii_only else "they are no characters (surrogates)"
        report(Diagnostic(Code.CHARACTERS_REPLACED, f"{lost} replaced, because {reason}"))
    return text.encode("utf-8")


class _Part(NamedTuple):
    """Lines that stay together, and how many empty lines they want before and after them."""

    before: int
    lines: list[str]
    after: int = 1


def _space_parts(parts: Iterable[_Part]) -> list[str]:
    """All lines; between two parts the larger of both wishes."""
    lines: list[str] = []
    after = 0
    for part in parts:
        if part.lines:
            gap = max(part.before, after) if lines else 0
            lines += [""] * gap + part.lines
            after = part.after
    return lines


# --- The book and its sections --------------------------------------------------------------------


def _set_book(metadata: Metadata, sections: Sequence[Section], width: int, style: Style) -> Iterator[_Part]:
    if not any(section.kind == "title-page" for section in sections):
        yield _Part(0, _set_title(metadata, width), 2)
    for section in sections:
        yield from _set_chapter(section, width, style)


def _set_title(metadata: Metadata, width: int) -> list[str]:
    """Who and what, for a thesis whose title page was not found."""
    about = (metadata.degree, metadata.department, metadata.institution, metadata.date)
    groups = ((metadata.title, metadata.subtitle), metadata.authors, about)
    return join_parts([line for words in group for line in wrap_text(words, width)] for group in groups)


def _set_chapter(section: Section, width: int, style: Style) -> Iterator[_Part]:
    """A section that has its notes at its end. The chapters of a part have each their own."""
    lead = _set_heading(section, width, style)
    yield _Part(4, lead, 2)
    yield _Part(1 if lead else 4, set_blocks(section.blocks, width, style))
    if section.kind == "part":
        yield _set_notes([*section.title, *section.blocks], width, style)
        for chapter in section.sections:
            yield from _set_chapter(chapter, width, style)
        return
    for inner in section.sections:
        yield from _set_section(inner, width, style)
    yield _set_notes([section], width, style)


def _set_section(section: Section, width: int, style: Style) -> Iterator[_Part]:
    yield _Part(2, _set_heading(section, width, style), 1)
    yield _Part(1, set_blocks(section.blocks, width, style))
    for inner in section.sections:
        yield from _set_section(inner, width, style)


def _set_heading(section: Section, width: int, style: Style) -> list[str]:
    """ "2.3 Title" in one line; a label of words ("Chapter 3") has its own above the title."""
    markers = [set_page_marker(inline.label, style) for inline in section.title if isinstance(inline, PageBreak)]
    title = set_inlines(tuple(inline for inline in section.title if not isinstance(inline, PageBreak)), style)
    parts = [section.label, title] if " " in section.label else [f"{section.label} {title}"]
    lines = [line for part in parts for line in wrap_text(part, width)]
    if style.page_markers == "ff":
        return ["".join(markers) + line for line in lines[:1]] + lines[1:]
    return [marker.strip() for marker in markers if marker] + lines


# --- Notes ----------------------------------------------------------------------------------------


def _set_notes(nodes: Iterable[Node], width: int, style: Style) -> _Part:
    """All notes within `nodes`, a note of a note after its own, below a short rule."""
    # A printed page does not begin in a note at its foot, nor here, far behind it.
    style = replace(style, page_markers="none")
    notes = [run_in(f"[{style.marks[note.id]}] ", note.blocks, width, style, INDENT) for note in _find_notes(nodes)]
    return _Part(1, ["-" * 10, "", *join_parts(notes)] if notes else [])


def _number_notes(sections: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """The id of each note with its mark.

    A chapter keeps its printed marks when they are different from each other; where they begin
    anew on each page, its notes are counted. Notes in the margin, which have no mark, are m1, m2 ...
    """
    for section in sections:
        is_part = section.kind == "part"
        notes = list(_find_notes([*section.title, *section.blocks] if is_part else [section]))
        printed = [note.label.strip("[]() ") for note in notes]
        known = [mark for mark in printed if mark]
        in_margin = count(1)
        if len(set(known)) == len(known):
            marks = [mark or f"m{next(in_margin)}" for mark in printed]
        else:
            marks = [str(number) for number in range(1, len(notes) + 1)]
        yield from zip((note.id for note in notes), marks, strict=True)
        yield from _number_notes(section.sections if is_part else ())


def _find_notes(nodes: Iterable[Node]) -> Iterator[Note]:
    return (inner for node in nodes for inner in walk(node) if isinstance(inner, Note))
