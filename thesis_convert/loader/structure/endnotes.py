"""Reads the notes that stand together at the end of a chapter or of the thesis.

In: the flow, the pages, and the marks that footnotes have used. Out: the notes with their marks, and
the flow without them. Notes and marks have the same order, whether the numbers run through the
thesis or begin again with each chapter: so each note belongs to the next unused mark with its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.notes import (
    FoundNote,
    RaisedWords,
    RawNote,
    WordKey,
    list_raised,
    match_mark,
    split_notes,
)
from thesis_convert.page import Block, HeadingDetail, Line, PageLayout

MIN_NOTES = 3
"""Fewer notes than this under a heading may be remarks."""
MATCHED = 0.6
"""Share of the notes whose marks must be found for the section to be one of notes."""

_TEXT = frozenset({"paragraph", "item", "quote", "entry"})


def find_endnotes(
    flow: Sequence[Block], layouts: Sequence[PageLayout], used: Iterable[WordKey]
) -> tuple[list[FoundNote], list[Block]]:
    """The endnotes whose marks were found, and the flow without them and without headings left empty."""
    sections = list(_find_sections(flow))
    if not sections:
        return [], list(flow)
    inside = {line.key for start, end in sections for block in flow[start:end] for line in block.lines}
    marks = _list_marks(layouts, inside, set(used))
    found: list[FoundNote] = []
    removed: set[tuple[int, int]] = set()
    for start, end in sections:
        raw = split_notes([line for block in flow[start + 1 : end] if block.kind in _TEXT for line in block.lines])
        notes = list(_match_in_order(raw, marks))
        if len(raw) >= MIN_NOTES and len(notes) >= MATCHED * len(raw):
            found += notes
            removed |= {line.key for note in notes for line in note.lines}
    return found, _without_lines(flow, sections, removed)


def _find_sections(flow: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """(heading, end) of each section whose title says that it holds notes."""
    for start, block in enumerate(flow):
        detail = block.detail
        if not isinstance(detail, HeadingDetail):
            continue
        title = detail.title.removeprefix(detail.label).lstrip(" .:")
        if section_kind(title) != "endnotes":
            continue
        end = next(
            (
                n
                for n in range(start + 1, len(flow))
                if isinstance(d := flow[n].detail, HeadingDetail) and d.level <= detail.level
            ),
            len(flow),
        )
        yield start, end


def _list_marks(
    layouts: Sequence[PageLayout], inside: set[tuple[int, int]], used: set[WordKey]
) -> list[tuple[int, RaisedWords]]:
    """The raised words of the text that no footnote has used, with their pages, in order."""
    return [
        (layout.page.index, run)
        for layout in layouts
        for run in list_raised([line for line in layout.text if line.key not in inside])
        if (layout.page.index, run.words[0].order) not in used
    ]


def _match_in_order(notes: Sequence[RawNote], marks: list[tuple[int, RaisedWords]]) -> Iterator[FoundNote]:
    """The notes whose marks come in order; `marks` loses those that were used and those before them."""
    for note in notes:
        if not note.label:
            continue
        for number, (page, run) in enumerate(marks):
            covers = match_mark(note.label, page, [run], set())
            if covers:
                yield FoundNote(note.label, tuple(note.lines), note.skip, covers, kind="endnote")
                del marks[: number + 1]
                break


def _without_lines(
    flow: Sequence[Block], sections: Sequence[tuple[int, int]], removed: set[tuple[int, int]]
) -> list[Block]:
    kept: dict[int, Block] = dict(enumerate(flow))
    for start, end in sections:
        left_over = False
        for number in range(start + 1, end):
            block = flow[number]
            lines: tuple[Line, ...] = tuple(line for line in block.lines if line.key not in removed)
            if block.kind in _TEXT and not lines:
                del kept[number]
            else:
                kept[number] = replace(block, lines=lines) if block.kind in _TEXT else block
                left_over = left_over or block.kind != "heading"
        if not left_over:
            for number in range(start, end):
                kept.pop(number, None)
    return list(kept.values())
