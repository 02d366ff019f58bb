"""The names that a Markdown file needs and a `Document` does not tell: of notes, places and pages.

A document goes in; mappings come out, from ids or page numbers to names that are unique in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote

from thesis_convert.document import (
    BibliographyEntry,
    CodeBlock,
    Document,
    Figure,
    Inline,
    MathBlock,
    Note,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Text,
    Theorem,
)
from thesis_convert.traversal import Node, children, plain_text, referred_ids, sections, walk
from thesis_convert.writers.markdown_escape import clean_text
from thesis_convert.writers.markdown_spans import put_before

# A label of a word and a number ("Chapter 3", "Appendix B") stands apart from its title.
_WORDED_LABEL = re.compile(r"[^\W\d_]+\.? +\w+")
# What Obsidian leaves out of a heading when a link names it.
_NOT_IN_HEADING_LINKS = re.compile(r"[#^|:%\[\]\\]+")


def label_notes(document: Document) -> dict[str, str]:
    """A label by note id, unique in the document.

    The marks as printed (`12`); where numbering begins anew in the course of the thesis, behind the
    number of the chapter: `c2-5` in "Chapter 2", `s1-5` in the first one if it has no number.
    """
    places = [
        (note, chapter[0][0], number)
        for number, chapter in enumerate(split_chapters(document), 1)
        for section, _ in chapter
        for note in find_notes(section)
    ]
    marks = [_slug(note.label) for note, _, _ in places if _slug(note.label)]
    anew = len(set(marks)) < len(marks)
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for note, chapter, number in places:
        mark = _slug(note.label) or "note"
        label = _choose_free(f"{_name_chapter(chapter, number)}-{mark}" if anew else mark, taken)
        labels[note.id] = label
        taken.add(label)
    return labels


def split_chapters(document: Document) -> Iterator[list[tuple[Section, int]]]:
    """The sections with their depths, those together that belong to one chapter.

    A chapter is a section at the top, or one below a part.
    """
    chapter: list[tuple[Section, int]] = []
    within_part = False
    for section, depth in sections(document):
        if chapter and (depth == 1 or (depth == 2 and within_part)):
            yield chapter
            chapter = []
        within_part = section.kind == "part" if depth == 1 else within_part
        chapter.append((section, depth))
    if chapter:
        yield chapter


def find_notes(node: Node) -> Iterator[Note]:
    """The notes with text in `node`, without those in notes and, for a section, in sections below."""
    if isinstance(node, Note):
        yield from (node,) if node.blocks else ()
        return
    for child in (*node.title, *node.blocks) if isinstance(node, Section) else children(node):
        yield from find_notes(child)


def find_targets(document: Document, obsidian: bool) -> dict[str, str]:
    """The fragment that leads to each id which exists and which something refers to."""
    wanted = referred_ids(document)
    targets: dict[str, str] = {}
    for node in walk(document):
        match node:
            case Section(id=name) if name in wanted:
                targets[name] = f"#{_name_heading(node)}" if obsidian else f"#{name}"
            case (
                Paragraph(id=name)
                | CodeBlock(id=name)
                | MathBlock(id=name)
                | Figure(id=name)
                | Table(id=name)
                | Theorem(id=name)
                | BibliographyEntry(id=name)
            ) if name in wanted:
                targets[name] = f"#^{name}" if obsidian else f"#{name}"
    return targets


def name_pages(document: Document) -> dict[int, str]:
    """An id by page, counted from 1: the printed number, or the place in the PDF without one."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for node in walk(document):
        if isinstance(node, PageBreak):
            name = _choose_free(f"page-{_slug(node.label) or f'pdf-{node.page}'}", taken)
            names[node.page] = name
            taken.add(name)
    return names


def join_heading(section: Section) -> tuple[Inline, ...]:
    """The printed label and the title: "2.3 Title", "Chapter 3. Title"."""
    label = clean_text(section.label).strip()
    if not label or not section.title:
        return (Text(label), *section.title) if label else section.title
    return put_before((Text(label + (". " if _WORDED_LABEL.fullmatch(label) else " ")),), section.title)


def _name_heading(section: Section) -> str:
    text = _NOT_IN_HEADING_LINKS.sub(" ", clean_text(plain_text(join_heading(section))))
    return quote(" ".join(text.split()))


def _name_chapter(section: Section, number: int) -> str:
    """After its own number, or the one in front of the numbers of its sections, or its place."""
    digits = re.search("[0-9]+", section.label)
    for inner in section.sections:
        digits = digits or re.match(r"[0-9]+(?=\.[0-9])", inner.label)
    return f"c{digits[0]}" if digits else f"s{number}"


def _slug(label: str) -> str:
    return re.sub("[^A-Za-z0-9]", "", label)


def _choose_free(name: str, taken: set[str]) -> str:
    """`name`, or the first of `name-2`, `name-3` ... that is not taken."""
    if name not in taken:
        return name
    return next(other for number in count(2) if (other := f"{name}-{number}") not in taken)
