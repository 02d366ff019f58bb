"""Reads the notes that stand under a title of their own, at the end of a chapter or of the thesis.

In: the flow, the pages, and the footnotes. Out: all notes with their marks, and the flow without them. The
title tells what they are; that most of them have a mark bears it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.note_lines import read_raised, split_notes
from thesis_convert.loader.structure.note_marks import PLAIN_LABEL, count_label
from thesis_convert.loader.structure.note_order import MATCHED, match_in_order
from thesis_convert.loader.structure.notes import MIN_NOTES, FoundNote, list_free_marks
from thesis_convert.page import SMALLER, Block, HeadingDetail, Line, PageLayout

MAX_TITLE = 3
"""The title of notes has no more words than these."""
_TEXT = frozenset({"paragraph", "item", "quote", "entry"})


def find_endnotes(
    flow: Sequence[Block], layouts: Sequence[PageLayout], footnotes: Sequence[FoundNote]
) -> tuple[list[FoundNote], list[Block]]:
    """All notes: endnotes whose marks were found beside `footnotes`; and the flow without them.

    Titles that nothing is left under go with them. What was taken for footnotes under such a title is
    among the endnotes.
    """
    sections = list(_find_sections(flow, footnotes))
    if not sections:
        return list(footnotes), list(flow)
    blocks = [block for start, end in sections for block in flow[start + 1 : end]]
    spans = [(_place(flow[start].lines[0]), _place_after(flow, end)) for start, end in sections]
    others = [note for note in footnotes if not any(low < _place(note.lines[0]) < high for low, high in spans)]
    lines = [line for block in blocks if block.kind in _TEXT and not _is_title(block) for line in block.lines]
    lines += [line for note in footnotes if note not in others for line in note.lines]
    raw = [note for note in split_notes(sorted(lines, key=_place)) if note.label]
    inside = {line.key for start, end in sections for block in flow[start:end] for line in block.lines}
    texts = [replace(layout, text=tuple(line for line in layout.text if line.key not in inside)) for layout in layouts]
    matched = match_in_order(raw, list_free_marks(texts, (key for note in others for key in note.covers)), 1)
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


def _find_sections(flow: Sequence[Block], footnotes: Sequence[FoundNote]) -> Iterator[tuple[int, int]]:
    """(title, end) of each section whose title says that it holds notes."""
    pages = {note.lines[0].page for note in footnotes}
    for start, block in enumerate(flow):
        detail = block.detail
        if isinstance(detail, HeadingDetail):
            title = detail.title.removeprefix(detail.label).lstrip(" .:")
            if section_kind(title) == "endnotes":
                yield start, _find_end(flow, start, detail.level)
        elif _names_notes(block) and _heads_notes(block, flow[start + 1 :], pages):
            yield start, _find_end(flow, start, None)


def _names_notes(block: Block) -> bool:
    """Whether a block of text is a line that says what notes are headed by."""
    if block.kind not in _TEXT or len(block.lines) > 1 or len(block.lines[0].words) > MAX_TITLE:
        return False
    return section_kind(block.lines[0].text) == "endnotes"


def _is_title(block: Block) -> bool:
    """Whether a block of text is a line in bold type: a title that no heading was made of."""
    return block.kind in _TEXT and len(block.lines) == 1 and all(word.font.bold for word in block.lines[0].words)


def _heads_notes(title: Block, following: Sequence[Block], pages: Set[int]) -> bool:
    """Whether notes stand under a title: in the text, or among the footnotes of its page when no text is there.

    Those under a title that is set like the text are set smaller than it.
    """
    first = next((block for block in following if not _is_title(block)), None)
    if not _is_title(title):
        smaller = first is not None and bool(first.lines) and first.lines[0].size < SMALLER * title.lines[0].size
        return smaller and first is not None and first.kind in _TEXT and _begins_notes(first.lines[0])
    if title.page in pages and (first is None or first.kind == "heading" or first.page != title.page):
        return True
    return first is not None and first.kind in _TEXT and _begins_notes(first.lines[0])


def _begins_notes(line: Line) -> bool:
    """Whether a line begins with a raised mark, or with the first of marks that are set like the text."""
    plain = PLAIN_LABEL.match(line.words[0].text) if len(line.words) > 1 else None
    return read_raised(line) is not None or (plain is not None and count_label(plain.group(1)) == 1)


def _find_end(flow: Sequence[Block], start: int, level: int | None) -> int:
    """Where the section ends that begins at `start`: at a heading as high as its own of this level.

    One with a title that is no heading ends at the next heading, or where the text goes on in larger type.
    """
    size = 0.0
    for number in range(start + 1, len(flow)):
        block = flow[number]
        if isinstance(block.detail, HeadingDetail):
            if level is None or block.detail.level <= level:
                return number
        elif level is None and block.kind in _TEXT and not _is_title(block):
            size = size or block.lines[0].size
            if SMALLER * block.lines[0].size > size:
                return number
    return len(flow)


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
                left_over = left_over or not (block.kind == "heading" or _is_title(block))
        if not left_over:
            for number in range(start, end):
                kept.pop(number, None)
    return list(kept.values())
