"""Finds the marks that notes belong to.

In: pages with the lines of their notes. Out: each note with its lines and the word that is its mark. Marks
stand in the text in the order of the notes, so the first unused mark with the note's label on its page is
the note's; the mark of a note that goes on from the page before, or was pushed to the next, is near it; that
of a note to a note stands in another note. Notes that stand together under a chapter have theirs in the
chapter, and are matched in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from thesis_convert.loader.structure.hyphens import HYPHENS
from thesis_convert.loader.structure.note_lines import RawNote, split_margin, split_notes
from thesis_convert.loader.structure.note_marks import (
    NO_WORD,
    RaisedWords,
    is_doubtful,
    list_raised,
)
from thesis_convert.loader.structure.note_matching import Candidate, Index, index_marks, match_page
from thesis_convert.loader.structure.note_order import match_in_order
from thesis_convert.page import Line, PageLayout, WordKey

MIN_NOTES = 3
"""Fewer notes than this on a page may have lost their marks one by one."""

NoteKind = Literal["footnote", "marginal", "endnote"]


class FoundNote(NamedTuple):
    """A note: its label, its lines, and how many words at the first line's beginning are its mark.

    `covers` are the keys of the words in the text that print its mark, () when there is none: then
    it stands after the word `beside`.
    """

    label: str
    lines: tuple[Line, ...]
    skip: int
    covers: tuple[WordKey, ...]
    beside: WordKey | None = None
    kind: NoteKind = "footnote"


def find_notes(layouts: Sequence[PageLayout]) -> list[FoundNote]:
    """All footnotes and margin notes in order, each with its mark in the text where that could be found."""
    marks = _MarksByPage(layouts)
    feet = split_notes([line for layout in layouts for line in layout.notes], marks.list_labels())
    notes = [*feet, *split_margin(layouts)]
    near = _match_near(notes, marks)
    far = _match_far(feet, near, layouts)
    covers = near | far
    result = []
    for number, note in enumerate(notes):
        marginal = number >= len(feet)
        beside = None if number in covers else _word_beside(note.lines[0], layouts[note.lines[0].page], marginal)
        kind: NoteKind = "marginal" if marginal else "endnote" if number in far else "footnote"
        result.append(FoundNote(note.label, tuple(note.lines), note.skip, covers.get(number, ()), beside, kind))
    return result


class _MarksByPage:
    """What may be a mark on each page, in its text and in its notes, listed when it is asked for."""

    def __init__(self, layouts: Sequence[PageLayout]) -> None:
        self.layouts = layouts
        self.in_text: dict[int, Index] = {}
        self.in_notes: dict[int, Index] = {}

    def find_in_text(self, page: int) -> Index:
        if page not in self.in_text:
            lines = self.layouts[page].text if 0 <= page < len(self.layouts) else ()
            self.in_text[page] = index_marks(page, list(list_raised(lines)))
        return self.in_text[page]

    def find_in_notes(self, page: int) -> Index:
        """Those in a page's notes, without the marks that the notes begin with."""
        if page not in self.in_notes:
            runs = [run for run in list_raised(self.layouts[page].notes) if run.before is not None]
            self.in_notes[page] = index_marks(page, runs)
        return self.in_notes[page]

    def list_labels(self) -> dict[int, frozenset[str]]:
        """By page with notes, the labels that may stand in its text."""
        pages = [layout.page.index for layout in self.layouts if layout.notes]
        return {page: frozenset(self.find_in_text(page)) for page in pages}


def _match_near(notes: Sequence[RawNote], marks: _MarksByPage) -> dict[int, tuple[WordKey, ...]]:
    """By the notes' numbers, the words that print their labels: on their pages, on the next ones, or in other notes."""
    found: dict[int, Candidate] = {}
    labelled = sorted((n for n, note in enumerate(notes) if note.label), key=lambda n: notes[n].lines[0].page)
    for page, group in groupby(labelled, key=lambda number: notes[number].lines[0].page):
        numbers = list(group)
        matched = match_page([notes[number].label for number in numbers], marks.find_in_text(page), frozenset())
        found |= {numbers[place]: candidate for place, candidate in matched.items()}
    used = {key for candidate in found.values() for key in candidate.keys}
    for number in labelled:
        own = found.get(number)
        if own is None or own.doubt >= NO_WORD:
            label, page = notes[number].label, notes[number].lines[0].page
            others = (marks.find_in_text(page - 1), marks.find_in_text(page + 1), marks.find_in_notes(page))
            better = next((match[0] for index in others if (match := match_page([label], index, used))), None)
            if better is not None and better.doubt < NO_WORD:
                found[number] = better
                used.update(better.keys)
    return {number: found[number].keys for number in found}


def _match_far(
    feet: Sequence[RawNote], near: dict[int, tuple[WordKey, ...]], layouts: Sequence[PageLayout]
) -> dict[int, tuple[WordKey, ...]]:
    """The marks, by the notes' numbers, of those that stand together on pages without their marks.

    Where several notes stand on a page and most have no mark near, all of them are endnotes: what was found
    on the next page for some belongs to the chapter that begins there.
    """
    left: list[int] = []
    for _, group in groupby((n for n, note in enumerate(feet) if note.label), key=lambda n: feet[n].lines[0].page):
        numbers = list(group)
        unmarked = [number for number in numbers if number not in near]
        if unmarked:
            left += numbers if len(numbers) >= MIN_NOTES and len(unmarked) > 0.5 * len(numbers) else unmarked
    if not left:
        return {}
    used = {key for number, keys in near.items() if number not in left for key in keys}
    found = match_in_order([feet[number] for number in left], list_free_marks(layouts, used), MIN_NOTES)
    return {left[place]: keys for place, keys in found.items()}


def list_free_marks(layouts: Sequence[PageLayout], used: Iterable[WordKey]) -> list[tuple[int, RaisedWords]]:
    """The raised words of the text that no note has used and that stand on a word, with their pages, in order."""
    taken = set(used)
    return [
        (layout.page.index, run)
        for layout in layouts
        for run in list_raised(layout.text)
        if not is_doubtful(run) and (layout.page.index, run.words[0].order) not in taken
    ]


def _word_beside(line: Line, layout: PageLayout, marginal: bool) -> WordKey | None:
    """The word after which a note without a mark stands: beside it for a margin note, else the page's last."""
    if not layout.text:
        return None
    host = min(layout.text, key=lambda other: abs(other.baseline - line.baseline)) if marginal else layout.text[-1]
    words = host.words[:-1] if len(host.words) > 1 and host.text.endswith(tuple(HYPHENS)) else host.words
    return host.page, words[-1].order
