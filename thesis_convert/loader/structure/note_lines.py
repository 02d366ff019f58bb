"""Takes the lines of notes apart: into notes, and a note into its paragraphs.

In: the lines of footnotes, margin notes or endnotes, in order. Out: each note with its label, as it stands
in its place. A note begins with its mark, raised or set like the text; lines without one go on with the
note before, over the page too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.continuity import FITTING, first_width
from thesis_convert.loader.structure.note_marks import LABEL, PLAIN_LABEL, ROMAN_LABEL, count_label
from thesis_convert.loader.structure.run_in_notes import part_run_in
from thesis_convert.page import Line, PageLayout
from thesis_convert.scripts import fold_digits

PLAIN_SHARE = 0.15
"""Where fewer of the notes' lines than this begin with a raised mark, the marks are set like the text."""
MARGIN_GAP = 1.9
"""Lines of one margin note follow within this many type sizes."""
ALIGNED = 0.8
"""Marks set like the text begin at one place, to within this many sizes: numbers are set flush right at times."""
INDENT = 0.5
"""A paragraph within a note begins this many sizes further in than the line before, or after a line that ends early:"""
EARLY = 2.0
"""that leaves so many sizes at least."""
SENTENCE_ENDS = frozenset(".!?。！？؟…:")
_CLOSING = "\"'”’»›)]」』）"


class RawNote(NamedTuple):
    """A note as it stands in its place: label, words of the mark, lines."""

    label: str
    skip: int
    lines: list[Line]


def split_notes(lines: Sequence[Line], marked: Mapping[int, frozenset[str]] | None = None) -> list[RawNote]:
    """The notes in lines of notes. Lines before the first mark of a page go on with the note before.

    `marked` has, by page, the labels that stand raised in its text: a number at the beginning of a line is
    then believed to be a mark, also where it does not count on from the note before.
    """
    lines = part_run_in(lines, marked or {})
    raised = sum(read_raised(line) is not None for line in lines)
    plain = raised < PLAIN_SHARE * len(lines)
    notes: list[RawNote] = []
    for line in lines:
        start = read_raised(line)
        if start is None and plain:
            start = _read_plain(line, notes[-1] if notes else None, (marked or {}).get(line.page, frozenset()))
        if start is not None:
            notes.append(RawNote(*start, [line]))
        elif notes and line.page - notes[-1].lines[-1].page <= 1:
            notes[-1].lines.append(line)
        else:
            notes.append(RawNote("", 0, [line]))
    return notes


def split_margin(layouts: Sequence[PageLayout]) -> list[RawNote]:
    """The notes in the margins: one begins with its mark, or after a gap."""
    notes: list[RawNote] = []
    for layout in layouts:
        previous: Line | None = None
        for line in layout.margin:
            start = read_raised(line)
            apart = previous is None or not 0 < previous.baseline - line.baseline < MARGIN_GAP * line.size
            if start is not None or apart:
                label, skip = start or ("", 0)
                notes.append(RawNote(label, skip, [line]))
            else:
                notes[-1].lines.append(line)
            previous = line
    return notes


def split_paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The paragraphs of a note: one begins after a sentence, further in, or where the line before left room."""
    paragraphs = [[lines[0]]]
    for number in range(1, len(lines)):
        above, line = lines[number - 1], lines[number]
        if _begins_paragraph(above, line, first=number == 1):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return paragraphs


def _begins_paragraph(above: Line, line: Line, first: bool) -> bool:
    if above.text.rstrip(_CLOSING)[-1:] not in SENTENCE_ENDS or above.right_to_left != line.right_to_left:
        return False
    if above.page == line.page and above.column == line.column:
        if above.baseline <= line.baseline:
            return False
        if line.start - above.start > INDENT * line.size and not first:
            return True
    return above.slack > first_width(line) + FITTING * line.size and above.slack > EARLY * line.size


def read_raised(line: Line) -> tuple[str, int] | None:
    """Label and number of words of the raised mark that a line begins with."""
    run = ""
    for number, word in enumerate(line.words[:4]):
        if not line.raises(word) or (number and word.space_before):
            break
        run += word.text
    else:
        number = len(line.words)
    match = LABEL.match(run)
    return (match.group(1), number) if match and number < len(line.words) else None


def _read_plain(line: Line, previous: RawNote | None, marked: frozenset[str]) -> tuple[str, int] | None:
    """A mark set like the note's text: believed when it counts on from the note before, or stands in the text."""
    if len(line.words) < 2:
        return None
    match = PLAIN_LABEL.match(line.words[0].text)
    if match is None:
        return _read_roman(line, previous, marked)
    label = match.group(1)
    if label.isdecimal() and not line.words[1].space_before and line.words[1].text[0].isdigit():
        return None  # a number that is drawn in pieces
    value, before = count_label(label), count_label(previous.label) if previous is not None else 0
    if value and before and previous is not None:
        first = previous.lines[0]
        aligned = first.page != line.page or abs(first.start - line.start) < ALIGNED * line.size
        counts_on = value == before + 1 or (value == 1 and (first.page != line.page or not marked))
        if not counts_on and not (aligned and fold_digits(label) in marked):
            return None
    return label, 1


def _read_roman(line: Line, previous: RawNote | None, marked: frozenset[str]) -> tuple[str, int] | None:
    """A roman numeral set like the note's text: it may be a word, so it must count on and stand in the text."""
    match = ROMAN_LABEL.match(line.words[0].text)
    if match is None or match.group(1) not in marked:
        return None
    before = count_label(previous.label) if previous is not None and not previous.label.isdecimal() else 0
    return (match.group(1), 1) if count_label(match.group(1)) == before + 1 else None
