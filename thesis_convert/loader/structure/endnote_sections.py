"""Finds where notes stand together in the text: under a title of theirs, or on the last pages without one.

In: the flow, and the footnotes. Out: the sections that may hold notes; whether they do, their marks tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.note_lines import read_raised
from thesis_convert.loader.structure.note_marks import PLAIN_LABEL, ROMAN_LABEL, count_label
from thesis_convert.loader.structure.notes import FoundNote
from thesis_convert.page import SMALLER, Block, HeadingDetail, Line

MAX_TITLE = 3
"""The title of notes has no more words than these."""
TEXT = frozenset({"paragraph", "item", "quote", "entry"})
"""The kinds of blocks that the lines of notes are taken for."""


class Section(NamedTuple):
    """Blocks by their places in the flow: the title, the first one under it, and the first behind them all.

    Without a title, `start` is `first`.
    """

    start: int
    first: int
    end: int


def find_note_sections(flow: Sequence[Block], footnotes: Sequence[FoundNote]) -> list[Section]:
    """The sections that may hold notes: those whose titles say so, else the end of the thesis."""
    titled = list(_list_titled(flow, footnotes))
    return titled or list(_list_untitled(flow))


def _list_untitled(flow: Sequence[Block]) -> Iterator[Section]:
    """The last blocks from a page on that begins with the first of notes; nothing but text follows it."""
    for number in range(len(flow) - 1, 0, -1):
        block = flow[number]
        if block.kind not in TEXT:
            return
        if block.page > flow[number - 1].page and _begins_notes(block.lines[0]):
            yield Section(number, number, len(flow))
            return


def _list_titled(flow: Sequence[Block], footnotes: Sequence[FoundNote]) -> Iterator[Section]:
    """The sections whose title says that they hold notes."""
    pages = {note.lines[0].page for note in footnotes}
    for start, block in enumerate(flow):
        detail = block.detail
        if isinstance(detail, HeadingDetail):
            title = detail.title.removeprefix(detail.label).lstrip(" .:")
            if section_kind(title) == "endnotes":
                yield Section(start, start + 1, _find_end(flow, start, detail.level))
        elif _names_notes(block) and _heads_notes(block, flow[start + 1 :], pages):
            yield Section(start, start + 1, _find_end(flow, start, None))


def _names_notes(block: Block) -> bool:
    """Whether a block of text is a line that says what notes are headed by."""
    if block.kind not in TEXT or len(block.lines) > 1 or len(block.lines[0].words) > MAX_TITLE:
        return False
    return section_kind(block.lines[0].text) == "endnotes"


def is_title(block: Block) -> bool:
    """Whether a block of text is a line in bold type: a title that no heading was made of."""
    return block.kind in TEXT and len(block.lines) == 1 and all(word.font.bold for word in block.lines[0].words)


def _heads_notes(title: Block, following: Sequence[Block], pages: Set[int]) -> bool:
    """Whether notes stand under a title: in the text, or among the footnotes of its page when no text is there.

    Those under a title that is set like the text are set smaller than it.
    """
    first = next((block for block in following if not is_title(block)), None)
    if not is_title(title):
        smaller = first is not None and bool(first.lines) and first.lines[0].size < SMALLER * title.lines[0].size
        return smaller and first is not None and first.kind in TEXT and _begins_notes(first.lines[0])
    if title.page in pages and (first is None or first.kind == "heading" or first.page != title.page):
        return True
    return first is not None and first.kind in TEXT and _begins_notes(first.lines[0])


def _begins_notes(line: Line) -> bool:
    """Whether a line begins with a raised mark, or with the first of marks that are set like the text."""
    text = line.words[0].text
    plain = PLAIN_LABEL.match(text) or ROMAN_LABEL.match(text) if len(line.words) > 1 else None
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
        elif level is None and block.kind in TEXT and not is_title(block):
            size = size or block.lines[0].size
            if SMALLER * block.lines[0].size > size:
                return number
    return len(flow)
