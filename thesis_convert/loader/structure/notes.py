"""Reads footnotes and finds the marks that they belong to.

In: pages with the lines of their notes. Out: each note with its lines and the word that is its mark.
A note begins with its mark; lines without one go on with the note before them, over the page too.
Marks stand in the text in the order of the notes, so the first unused mark with the note's label on
its page is the note's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.page import Line, PageLayout, Word

RAISED = 0.12
"""A mark stands at least this share of the type size above the baseline."""
SMALLER = 0.95

_LABEL = re.compile(r"^[\[(]?(\d{1,4}|[*∗†‡§¶‖#]{1,4}|[a-z])[\])]?$")
_PLAIN_START = re.compile(r"^[\[(]?(\d{1,4}|[*∗†‡§¶‖]{1,4})[\])]?[.:)]?$")

WordKey = tuple[int, int]


class FoundNote(NamedTuple):
    """A note: its label, its lines, and how many words at the first line's beginning are its mark.

    `mark` is the key of the word in the text that it hangs on, None when there is none; `covers`
    are the keys of all words that print the mark.
    """

    label: str
    lines: tuple[Line, ...]
    skip: int
    mark: WordKey | None
    covers: tuple[WordKey, ...] = ()


def find_notes(layouts: Sequence[PageLayout], report: Report) -> list[FoundNote]:
    """All footnotes in order, each with its mark in the text where that could be found."""
    marks: dict[int, list[list[Word]]] = {}
    used: set[WordKey] = set()
    found = []
    for label, skip, lines in _split_notes(layouts):
        page = lines[0].page
        covers: tuple[WordKey, ...] = ()
        for near in (page, page - 1, page + 1):
            if not covers and 0 <= near < len(layouts):
                if near not in marks:
                    marks[near] = list(_list_raised(layouts[near].text))
                covers = _match_mark(label, near, marks[near], used)
        used.update(covers)
        if not covers:
            report(Diagnostic(Code.NOTE_WITHOUT_MARK, f"no mark in the text for note {label!r}", layouts[page].page.number))
        found.append(FoundNote(label, tuple(lines), skip, covers[0] if covers else None, covers))
    return found


def _match_mark(label: str, page: int, runs: Sequence[Sequence[Word]], used: set[WordKey]) -> tuple[WordKey, ...]:
    """The keys of the first unused words that print a label: a whole run, or a part of one ("4" and "5" in "45")."""
    for whole in (True, False):
        for run in runs:
            for start in range(1 if whole else len(run)):
                for end in (len(run),) if whole else range(start + 1, len(run) + 1):
                    keys = tuple((page, word.order) for word in run[start:end])
                    match = _LABEL.match("".join(word.text for word in run[start:end]).rstrip(",;"))
                    if match and match.group(1) == label and used.isdisjoint(keys):
                        return keys
    return ()


def _split_notes(layouts: Sequence[PageLayout]) -> list[tuple[str, int, list[Line]]]:
    """(label, words of the mark, lines) of each note."""
    lines = [line for layout in layouts for line in layout.notes]
    raised = sum(_read_raised(line) is not None for line in lines)
    plain = raised < 0.15 * len(lines)
    notes: list[tuple[str, int, list[Line]]] = []
    for line in lines:
        start = _read_raised(line) or (_read_plain(line, notes) if plain else None)
        if start is not None:
            notes.append((start[0], start[1], [line]))
        elif notes and line.page - notes[-1][2][-1].page <= 1:
            notes[-1][2].append(line)
    return notes


def _read_raised(line: Line) -> tuple[str, int] | None:
    """Label and number of words of the raised mark that a line begins with."""
    run = ""
    for number, word in enumerate(line.words[:4]):
        if not is_raised(word, line) or (number and word.space_before):
            break
        run += word.text
    else:
        number = len(line.words)
    match = _LABEL.match(run)
    return (match.group(1), number) if match and number < len(line.words) else None


def _read_plain(line: Line, before: Sequence[tuple[str, int, list[Line]]]) -> tuple[str, int] | None:
    """A mark set like the note's text: believed when it counts on from the note before."""
    if len(line.words) < 2:
        return None
    match = _PLAIN_START.match(line.words[0].text)
    if match is None:
        return None
    label = match.group(1)
    previous = before[-1][0] if before else ""
    if label.isdigit() and previous.isdigit() and int(label) not in (int(previous) + 1, 1):
        return None
    return label, 1


def is_raised(word: Word, line: Line) -> bool:
    """Whether a word stands above the baseline of its line in smaller type."""
    return word.baseline - line.baseline > RAISED * line.size and word.font.size < SMALLER * line.size


def _list_raised(lines: Sequence[Line]) -> Iterator[list[Word]]:
    """The raised words that stand together, in reading order."""
    for line in lines:
        run: list[Word] = []
        for word in line.words:
            raised = is_raised(word, line)
            if run and not (raised and not word.space_before):
                yield run
                run = []
            if raised:
                run.append(word)
        if run:
            yield run
