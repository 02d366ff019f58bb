"""Matches the notes of a page with the marks that stand on it.

In: the labels of notes in their order, and the raised words of a page in reading order. Out: for each note the
words that print its label. Marks follow each other as their notes do, so of the words that print a label those
are chosen that keep this order and that look least like exponents; a note with none that is likely gets none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import NamedTuple

from thesis_convert.loader.structure.note_marks import SYMBOLS, RaisedWords, rate_doubt, read_label
from thesis_convert.page import WordKey
from thesis_convert.scripts import fold_digits

PART = 0.25
"""How much less likely a part of a raised run is a mark than the whole."""
OUT_OF_ORDER = 3.0
"""A mark before that of the note before it is as unlikely as this: it stands in a float, or is something else."""
MISSING = 3.5
"""And that a note has no mark on its page: rather so than an exponent out of order."""
LONGEST_MARK = 4
"""A mark is printed by no more words than these."""
MOST_CANDIDATES = 12
"""So many words that print one label are weighed; more of them tell no more."""


class Candidate(NamedTuple):
    """Words that may be a mark: their place among the raised words of the page, and how doubtful they are."""

    place: tuple[int, int]
    keys: tuple[WordKey, ...]
    doubt: float


class _Choice(NamedTuple):
    """What is chosen for one note and those before it: what it costs, and after which place the next mark stands."""

    cost: float
    place: tuple[int, int]
    candidate: Candidate | None
    before: _Choice | None


Index = Mapping[str, Sequence[Candidate]]
"""The words that may be marks, by the label that they print, in reading order."""


def index_marks(page: int, raised: Sequence[RaisedWords]) -> Index:
    """The words on a page that may be marks."""
    found: defaultdict[str, list[Candidate]] = defaultdict(list)
    for number, run in enumerate(raised):
        doubt = rate_doubt(run)
        for start, end in _list_parts(len(run.words)):
            label = read_label(run.words[start:end])
            if label:
                keys = tuple((page, word.order) for word in run.words[start:end])
                part = 0.0 if end - start == len(run.words) else PART
                found[label].append(Candidate((number, start), keys, doubt + part))
    return found


def match_page(labels: Sequence[str], marks: Index, used: Set[WordKey]) -> dict[int, Candidate]:
    """The marks of a page's notes, by their places in `labels`. Words that are `used` are none."""
    result: dict[int, Candidate] = {}
    taken = set(used)
    order = sorted(range(len(labels)), key=lambda number: _find_kind(labels[number]))
    for _, group in groupby(order, key=lambda number: _find_kind(labels[number])):
        places = list(group)
        chosen = _choose([_list_candidates(labels[place], marks, used) for place in places])
        for place, candidate in zip(places, chosen, strict=True):
            if candidate is not None and taken.isdisjoint(candidate.keys):
                result[place] = candidate
                taken.update(candidate.keys)
    return result


def _list_parts(length: int) -> Iterator[tuple[int, int]]:
    for start in range(length):
        for end in range(start + 1, min(start + LONGEST_MARK, length) + 1):
            yield start, end


def _find_kind(label: str) -> int:
    """Numbers, symbols and letters count each by themselves where a page has several kinds of notes."""
    return 0 if label[:1].isdecimal() else 1 if label[:1] in SYMBOLS else 2


def _list_candidates(label: str, marks: Index, used: Set[WordKey]) -> list[Candidate]:
    free = [candidate for candidate in marks.get(fold_digits(label), ()) if used.isdisjoint(candidate.keys)]
    return sorted(free, key=lambda candidate: candidate.doubt)[:MOST_CANDIDATES]


def _choose(candidates: Sequence[Sequence[Candidate]]) -> list[Candidate | None]:
    """One candidate a note, or None, so that doubt and disorder are least over all notes."""
    ends = [_Choice(0.0, (-1, -1), None, None)]
    for own in candidates:
        missing = min(ends, key=lambda end: end.cost)
        following = [_Choice(missing.cost + MISSING, missing.place, None, missing)]
        for candidate in own:
            costs = [
                (end.cost + candidate.doubt + (0.0 if end.place < candidate.place else OUT_OF_ORDER), number)
                for number, end in enumerate(ends)
            ]
            cost, number = min(costs)
            following.append(_Choice(cost, candidate.place, candidate, ends[number]))
        ends = following
    chosen: list[Candidate | None] = []
    last: _Choice | None = min(ends, key=lambda end: end.cost)
    while last is not None and last.before is not None:
        chosen.append(last.candidate)
        last = last.before
    return chosen[::-1]
