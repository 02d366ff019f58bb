"""Tells which notes and marks did not find each other.

In: the notes, and the pages. Out: diagnostics. A raised number may be a power or cite an entry; it is told as a
mark only where the thesis counts its notes past it: the mark before it has the number before, and the one after
it another than its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.loader.structure.note_marks import count_label, list_raised, rate_doubt, read_label
from thesis_convert.loader.structure.notes import FoundNote
from thesis_convert.page import PageLayout, WordKey

_Mark = tuple[int, str, int, bool]
"""Page index, label, what it counts, and whether a note has it."""


def report_unmatched(notes: Sequence[FoundNote], layouts: Sequence[PageLayout], report: Report) -> None:
    """Reports the notes whose marks were not found, and the marks whose notes were not."""
    for note in notes:
        if note.label and not note.covers:
            message = f"no mark in the text for note {note.label!r}: it stands where the text of its page ends"
            report(Diagnostic(Code.NOTE_WITHOUT_MARK, message, layouts[note.lines[0].page].page.number))
    for page, label in _list_missing(notes, layouts):
        message = f"no note for the mark {label!r}: look for the note's words in the text near it"
        report(Diagnostic(Code.MARK_WITHOUT_NOTE, message, layouts[page].page.number))


def _list_missing(notes: Iterable[FoundNote], layouts: Sequence[PageLayout]) -> Iterator[tuple[int, str]]:
    """(page index, label) of the marks without a note."""
    owned = {key for note in notes for key in note.covers}
    if not owned:
        return
    marks = list(_list_marks(layouts, owned))
    following = [*marks[1:], (0, "", 0, True)]
    last = 0
    for (page, label, value, noted), (_, _, after, _) in zip(marks, following, strict=True):
        if noted:
            last = value
        elif last and value == last + 1 and after != value:
            yield page, label
            last = value


def _list_marks(layouts: Sequence[PageLayout], owned: set[WordKey]) -> Iterator[_Mark]:
    """The marks that notes have, and the raised numbers that may be others, in reading order."""
    for layout in layouts:
        page = layout.page.index
        for run in list_raised(layout.text):
            label = read_label(run.words)
            noted = not owned.isdisjoint((page, word.order) for word in run.words)
            if noted or (label.isdecimal() and not rate_doubt(run)):
                yield page, label, count_label(label) if label else 0, noted
