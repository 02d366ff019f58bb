"""Reads the notes that stand together in the text, at the end of a chapter or of the thesis.

In: the flow, the pages, and the footnotes. Out: all notes with their marks, and the flow without them. A
title tells what they are, or their place; that most of them have a mark bears it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.structure.endnote_sections import TEXT, Section, find_note_sections, is_title
from thesis_convert.loader.structure.note_lines import split_notes
from thesis_convert.loader.structure.note_marks import read_label
from thesis_convert.loader.structure.note_order import MATCHED, match_in_order
from thesis_convert.loader.structure.notes import MIN_NOTES, FoundNote, list_free_marks
from thesis_convert.page import Block, Line, PageLayout


def find_endnotes(
    flow: Sequence[Block], layouts: Sequence[PageLayout], footnotes: Sequence[FoundNote]
) -> tuple[list[FoundNote], list[Block]]:
    """All notes: endnotes whose marks were found beside `footnotes`; and the flow without them.

    Titles that nothing is left under go with them. What was taken for footnotes under such a title is
    among the endnotes.
    """
    sections = find_note_sections(flow, footnotes)
    if not sections:
        return list(footnotes), list(flow)
    blocks = [block for section in sections for block in flow[section.first : section.end]]
    spans = [(_place(flow[section.start].lines[0]), _place_after(flow, section.end)) for section in sections]
    others = [note for note in footnotes if not any(low < _place(note.lines[0]) < high for low, high in spans)]
    lines = [line for block in blocks if block.kind in TEXT and not is_title(block) for line in block.lines]
    lines += [line for note in footnotes if note not in others for line in note.lines]
    inside = {line.key for section in sections for block in flow[section.start : section.end] for line in block.lines}
    texts = [replace(layout, text=tuple(line for line in layout.text if line.key not in inside)) for layout in layouts]
    marks = list_free_marks(texts, (key for note in others for key in note.covers))
    printed = frozenset(read_label(run.words) for _, run in marks)
    marked = {line.page: printed for line in lines}
    raw = [note for note in split_notes(sorted(lines, key=_place), marked) if note.label]
    matched = match_in_order(raw, marks, 1)
    if len(raw) < MIN_NOTES or len(matched) < MATCHED * len(raw):
        return list(footnotes), list(flow)
    found = [
        FoundNote(raw[place].label, tuple(raw[place].lines), raw[place].skip, keys, kind="endnote")
        for place, keys in matched.items()
    ]
    return [*others, *found], _without_lines(flow, sections, {line.key for note in found for line in note.lines})


def _place(line: Line) -> tuple[int, float]:
    return line.page, -line.baseline


def _place_after(flow: Sequence[Block], end: int) -> tuple[int, float]:
    return _place(flow[end].lines[0]) if end < len(flow) and flow[end].lines else (len(flow), 0.0)


def _without_lines(flow: Sequence[Block], sections: Sequence[Section], removed: set[tuple[int, int]]) -> list[Block]:
    kept: dict[int, Block] = dict(enumerate(flow))
    for start, first, end in sections:
        left_over = False
        for number in range(first, end):
            block = flow[number]
            lines: tuple[Line, ...] = tuple(line for line in block.lines if line.key not in removed)
            if block.kind in TEXT and not lines:
                del kept[number]
            else:
                kept[number] = replace(block, lines=lines) if block.kind in TEXT else block
                left_over = left_over or not (block.kind == "heading" or is_title(block))
        if not left_over:
            for number in range(start, end):
                kept.pop(number, None)
    return list(kept.values())
