"""Takes lines of notes apart in which one note follows another: "1 See the map. 2 By the clock."

In: the lines of footnotes, and the labels that stand raised in the text of their pages. Out: the same lines,
those with several notes as a line for each. A mark within a line begins a note when it stands free, where the
mark of a note to a note touches its word, when it counts on from the note before, and when the text has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.note_marks import count_label, list_raised, read_label
from thesis_convert.page import Line, Word, enclosing_box


def part_run_in(lines: Sequence[Line], marked: Mapping[int, frozenset[str]]) -> list[Line]:
    """The lines, each of them beginning at most one note."""
    result: list[Line] = []
    last = ""
    for line in lines:
        starts = [0]
        for label, place in _list_starts(line):
            if place == 0:
                last = label
            elif label in marked.get(line.page, frozenset()) and _counts_on(label, last):
                starts.append(place)
                last = label
        ends = [*starts[1:], len(line.words)]
        result += [_cut(line, start, end) for start, end in zip(starts, ends, strict=True)]
    return result


def _list_starts(line: Line) -> list[tuple[str, int]]:
    """The labels of raised words that stand free in a line, with the places of their first words."""
    places = {word.order: place for place, word in enumerate(line.words)}
    return [
        (label, place)
        for run in list_raised([line])
        if (label := read_label(run.words))
        and ((place := places[run.words[0].order]) == 0 or run.words[0].space_before)
        and place + len(run.words) < len(line.words)
    ]


def _counts_on(label: str, last: str) -> bool:
    """Whether a label is the next one; what does not count, as asterisks, is another one at least."""
    value = count_label(label)
    return value == count_label(last) + 1 if value else label != last


def _cut(line: Line, start: int, end: int) -> Line:
    words: tuple[Word, ...] = line.words[start:end]
    if len(words) == len(line.words):
        return line
    return replace_words(line, words, enclosing_box(word.box for word in words))
