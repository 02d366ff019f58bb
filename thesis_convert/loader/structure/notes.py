"""Reads footnotes and finds the marks that they belong to.

In: pages with the lines of their notes. Out: each note with its lines and the word that is its mark.
A note begins with its mark; lines without one go on with the note before them, over the page too.
Marks stand in the text in the order of the notes, so the first unused mark with the note's label on
its page is the note's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.loader.structure.hyphens import HYPHENS
from thesis_convert.page import Line, PageLayout, Word
from thesis_convert.scripts import fold_digits

PLAIN_SHARE = 0.15
"""Where fewer of the notes' lines than this begin with a raised mark, the marks are set like the text."""
MARGIN_GAP = 1.9
"""Lines of one margin note follow within this many type sizes."""

_BEFORE_MARK = frozenset(".,;:!?)]}\"'”’»›…*–—-/%。，、；：！？）」』》")
"""Signs that a mark may stand behind; behind any other it is an exponent or part of a formula."""
_LABEL = re.compile(r"^[\[(]?(\d{1,4}|[*∗†‡§¶‖#]{1,4}|[a-z])[\])]?$")
_PLAIN_START = re.compile(r"^[\[(]?(\d{1,4}|[*∗†‡§¶‖]{1,4})[\])]?[.:)]?$")

WordKey = tuple[int, int]


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
    kind: Literal["footnote", "marginal", "endnote"] = "footnote"


class RaisedWords(NamedTuple):
    """Raised words that stand together, and the word that they stand behind."""

    words: tuple[Word, ...]
    before: Word | None


class RawNote(NamedTuple):
    """A note as it stands in its place: label, words of the mark, lines."""

    label: str
    skip: int
    lines: list[Line]


def find_notes(layouts: Sequence[PageLayout], report: Report) -> list[FoundNote]:
    """All footnotes and margin notes in order, each with its mark in the text where that could be found."""
    marks: dict[int, list[RaisedWords]] = {}
    used: set[WordKey] = set()
    found = []
    feet = split_notes([line for layout in layouts for line in layout.notes])
    raw = [(note, False) for note in feet] + [(note, True) for note in _split_margin(layouts)]
    for note, marginal in raw:
        page = note.lines[0].page
        covers: tuple[WordKey, ...] = ()
        for near in (page, page - 1, page + 1):
            if note.label and not covers and 0 <= near < len(layouts):
                if near not in marks:
                    marks[near] = sorted(list_raised(layouts[near].text), key=_is_doubtful)
                covers = match_mark(note.label, near, marks[near], used)
        used.update(covers)
        beside = None if covers else _word_beside(note.lines[0], layouts[page], marginal)
        if note.label and not covers:
            message = f"no mark in the text for note {note.label!r}"
            report(Diagnostic(Code.NOTE_WITHOUT_MARK, message, layouts[page].page.number))
        kind: Literal["footnote", "marginal"] = "marginal" if marginal else "footnote"
        found.append(FoundNote(note.label, tuple(note.lines), note.skip, covers, beside, kind))
    return found


def _word_beside(line: Line, layout: PageLayout, marginal: bool) -> WordKey | None:
    """The word after which a note without a mark stands: beside it for a margin note, else the page's last."""
    if not layout.text:
        return None
    host = min(layout.text, key=lambda other: abs(other.baseline - line.baseline)) if marginal else layout.text[-1]
    words = host.words[:-1] if len(host.words) > 1 and host.text.endswith(tuple(HYPHENS)) else host.words
    return host.page, words[-1].order


def _split_margin(layouts: Sequence[PageLayout]) -> list[RawNote]:
    """The notes in the margins: one begins with its mark, or after a gap."""
    notes: list[RawNote] = []
    for layout in layouts:
        previous: Line | None = None
        for line in layout.margin:
            start = _read_raised(line)
            apart = previous is None or not 0 < previous.baseline - line.baseline < MARGIN_GAP * line.size
            if start is not None or apart:
                label, skip = start or ("", 0)
                notes.append(RawNote(label, skip, [line]))
            else:
                notes[-1].lines.append(line)
            previous = line
    return notes


def match_mark(label: str, page: int, raised: Sequence[RaisedWords], used: set[WordKey]) -> tuple[WordKey, ...]:
    """The keys of the first unused words that print a label: a whole run, or a part of one ("4" and "5" in "45")."""
    for whole in (True, False):
        for run, _ in raised:
            for start in range(1 if whole else len(run)):
                for end in (len(run),) if whole else range(start + 1, len(run) + 1):
                    keys = tuple((page, word.order) for word in run[start:end])
                    match = _LABEL.match("".join(word.text for word in run[start:end]).rstrip(",;"))
                    if match and fold_digits(match.group(1)) == fold_digits(label) and used.isdisjoint(keys):
                        return keys
    return ()


def split_notes(lines: Sequence[Line]) -> list[RawNote]:
    """The notes in lines of notes. Lines before the first mark of a page go on with the note before."""
    raised = sum(_read_raised(line) is not None for line in lines)
    plain = raised < PLAIN_SHARE * len(lines)
    notes: list[RawNote] = []
    for line in lines:
        start = _read_raised(line) or (_read_plain(line, notes[-1].label if notes else "") if plain else None)
        if start is not None:
            notes.append(RawNote(*start, [line]))
        elif notes and line.page - notes[-1].lines[-1].page <= 1:
            notes[-1].lines.append(line)
        else:
            notes.append(RawNote("", 0, [line]))
    return notes


def _read_raised(line: Line) -> tuple[str, int] | None:
    """Label and number of words of the raised mark that a line begins with."""
    run = ""
    for number, word in enumerate(line.words[:4]):
        if not line.raises(word) or (number and word.space_before):
            break
        run += word.text
    else:
        number = len(line.words)
    match = _LABEL.match(run)
    return (match.group(1), number) if match and number < len(line.words) else None


def _read_plain(line: Line, previous: str) -> tuple[str, int] | None:
    """A mark set like the note's text: believed when it counts on from the note before."""
    if len(line.words) < 2:
        return None
    match = _PLAIN_START.match(line.words[0].text)
    if match is None:
        return None
    label = match.group(1)
    if label.isdigit() and previous.isdigit() and int(label) not in (int(previous) + 1, 1):
        return None
    return label, 1


def list_raised(lines: Sequence[Line]) -> Iterator[RaisedWords]:
    """The raised words of some lines, in reading order."""
    for line in lines:
        run: list[Word] = []
        before: Word | None = None
        for place, word in enumerate(line.words):
            raised = line.raises(word)
            if run and not (raised and not word.space_before):
                yield RaisedWords(tuple(run), before)
                run = []
            if raised:
                if not run:
                    before = line.words[place - 1] if place else None
                run.append(word)
        if run:
            yield RaisedWords(tuple(run), before)


def _is_doubtful(raised: RaisedWords) -> bool:
    """Whether raised words may be an exponent or a numerator: they do not stand on a word of the text."""
    before = raised.before
    if before is None or before.font.math:
        return True
    text = before.text.rstrip()
    return not (text[-1:].isalnum() or text[-1:] in _BEFORE_MARK) or (len(text) == 1 and text.isalnum())
