"""Matches notes that stand together, far from the text, with their marks.

In: the notes in order, and all raised words of the text in order. Out: the marks of those notes that have
one. Both count on from the first mark, or begin again with each chapter: so both fall into rounds, and the
notes of a round belong to the next round of marks that has most of their labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.note_lines import RawNote
from thesis_convert.loader.structure.note_marks import RaisedWords, count_label, match_mark, read_label
from thesis_convert.page import WordKey
from thesis_convert.scripts import fold_digits

MATCHED = 0.6
"""Share of a round of notes whose marks must be found for it to be one of notes."""

Marks = Sequence[tuple[int, RaisedWords]]


def match_in_order(notes: Sequence[RawNote], marks: Marks, fewest: int) -> dict[int, tuple[WordKey, ...]]:
    """The keys of the words that print their marks, by the notes' places in `notes`.

    A round of notes with fewer than the `fewest` may be something else, and has no marks.
    """
    result: dict[int, tuple[WordKey, ...]] = {}
    rounds = _split_marks(marks)
    for places in _split_rounds(notes):
        labels = {fold_digits(notes[place].label) for place in places}
        for number, round_ in enumerate(rounds):
            printed = {read_label(run.words) for _, run in round_}
            if len(labels) >= fewest and len(labels & printed) >= MATCHED * len(labels):
                result |= _match_round([(place, notes[place]) for place in places], round_)
                rounds = rounds[number + 1 :]
                break
    return result


def _match_round(notes: Sequence[tuple[int, RawNote]], marks: Marks) -> dict[int, tuple[WordKey, ...]]:
    found: dict[int, tuple[WordKey, ...]] = {}
    used: set[WordKey] = set()
    for place, note in notes:
        for page, run in marks:
            if keys := match_mark(note.label, page, [run], used):
                found[place] = keys
                used.update(keys)
                break
    return found


def _split_rounds(notes: Sequence[RawNote]) -> list[list[int]]:
    """The places of the notes, a list for each time that they count from the beginning."""
    rounds: list[list[int]] = [[]]
    last = 0
    for place, note in enumerate(notes):
        value = count_label(note.label)
        if value and value <= last:
            rounds.append([])
        last = value or last
        rounds[-1].append(place)
    return rounds


def _split_marks(marks: Marks) -> list[list[tuple[int, RaisedWords]]]:
    """The marks, a list for each time that they count from the beginning; other raised words stay where they are."""
    rounds: list[list[tuple[int, RaisedWords]]] = [[]]
    last = 0
    for page, run in marks:
        value = count_label(read_label(run.words))
        if value == 1 and last > 1:
            rounds.append([])
            last = 1
        elif value == last + 1:
            last = value
        rounds[-1].append((page, run))
    return rounds
