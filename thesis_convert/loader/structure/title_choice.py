"""Chooses the title of a thesis among the lines that nothing else has claimed.

In: the entries of a title page. Out: the entries of the title and of the subtitle. Each run of lines in
one type is weighed: by its size above all, then by weight, length and quotation marks; a run that could
be a name counts less.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import groupby
from statistics import median

from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.folding import fold_title
from thesis_convert.loader.structure.languages import detect_script
from thesis_convert.loader.structure.names import is_name, strip_asides
from thesis_convert.loader.structure.phrases import is_whole_phrase
from thesis_convert.loader.structure.title_clues import Clues
from thesis_convert.loader.structure.title_entries import Entry, stand_below, stand_beside
from thesis_convert.loader.structure.title_roles import ARTICLES, LINKS, OF

SIZE_WEIGHT = 3.0
"""The largest type on a page: nothing outweighs it but being something else."""
BOLD_WEIGHT = 0.4
QUOTED_WEIGHT = 0.4
ECHO_WEIGHT = 0.8
"""A title comes back in running heads and on the inner title page."""
FOREIGN_PENALTY = 1.5
"""The title in another script than the text is its translation."""
NAME_PENALTY = 0.7
HEADING_PENALTY = 3.0
"""The title of the abstract or the contents is not the title of the thesis."""
SHORT_PENALTY = 1.0
LONG_PENALTY = 1.0
ENOUGH_WORDS = 5
"""So many words make a title likely; each counts this much:"""
WORD_WEIGHT = 0.12
MAX_WORDS = 60
TITLE_LEADING = 2.7
"""Lines of a title set with wide leading are this many sizes apart, at most."""
SUBTITLE_GAP = 4.0
"""So many sizes under the title, at most, the subtitle begins."""
DISPLAY = 1.1
"""Type this many times the usual one on a page is the title's."""
_IN_TITLES = frozenset({"thesis", "institution", "department", "degree"})
_QUOTES = "\"“„«»”‘'「『《"


def choose_title(
    entries: Sequence[Entry], claimed: Set[int], clues: Clues, *, authored: bool
) -> tuple[list[Entry], list[Entry]]:
    """The title's entries and the subtitle's.

    `authored` says that the author is known already, so that what looks like a name under the title is none.
    """
    runs = _list_runs(entries, claimed)
    title = _find_known(runs, clues.title) or _find_labelled(entries, claimed)
    if not title and all(_is_person(run, clues) for run in runs) and not (authored and runs):
        # Everything else has been explained: the title is among what was, but is no name of an institution or a person.
        others = {e.place for e in entries if e.role.name in ("institution", "supervisor", "examiner")}
        runs = _list_runs(entries, others) or runs
    if not title and not runs:
        return [], []
    title = title or max(runs, key=lambda run: _weigh(run, entries, clues))
    rest = [run for run in runs if not {e.place for e in run} & {e.place for e in title}]
    title, rest = _extend(title, rest, entries)
    title = _extend_over_roles(title, entries)
    rest = [run for run in rest if not {e.place for e in run} & {e.place for e in title}]
    return title, _find_subtitle(title, rest, clues, authored)


def _list_runs(entries: Sequence[Entry], claimed: Set[int]) -> list[list[Entry]]:
    """Neighbouring entries of a stanza that are not claimed."""
    grouped = groupby(entries, key=lambda e: (e.stanza, e.place in claimed or e.role.name == "title"))
    return [list(run) for (_, taken), run in grouped if not taken]


def _is_person(run: Sequence[Entry], clues: Clues) -> bool:
    text = " ".join(entry.text for entry in run)
    return is_name(text) and not clues.is_ordinary(text)


def _weigh(run: Sequence[Entry], entries: Sequence[Entry], clues: Clues) -> float:
    text = " ".join(entry.text for entry in run)
    words = sum(len(entry.words) for entry in run)
    letters = len(fold_title(text))
    largest = max(entry.line.size for entry in entries)
    weight = SIZE_WEIGHT * run[0].line.size / largest + WORD_WEIGHT * min(words, ENOUGH_WORDS)
    weight += BOLD_WEIGHT * run[0].line.font.bold
    weight += QUOTED_WEIGHT * (text[0] in _QUOTES and text[-1] in _QUOTES)
    weight += ECHO_WEIGHT * clues.comes_back(text)
    weight -= FOREIGN_PENALTY * clues.is_foreign(text)
    weight -= NAME_PENALTY * _is_person(run, clues)
    weight -= HEADING_PENALTY * (section_kind(text) is not None)
    weight -= SHORT_PENALTY * (letters < 4) + SHORT_PENALTY * (letters < 2 or not any(map(str.isalpha, text)))
    weight -= LONG_PENALTY * (words > MAX_WORDS)
    return weight


def _find_known(runs: Sequence[list[Entry]], known: str) -> list[Entry]:
    """The run that prints a title known from the file; with its subtitle, the run that it begins with."""
    wanted = fold_title(known)
    if len(wanted) < 4:
        return []
    for run in runs:
        printed = fold_title("".join(entry.text for entry in run))
        if len(printed) >= 4 and (
            wanted in printed or (wanted.startswith(printed) and 3 * len(printed) >= len(wanted))
        ):
            return run
    return []


def _find_labelled(entries: Sequence[Entry], claimed: Set[int]) -> list[Entry]:
    """The lines after a label such as "Title:"."""
    for label in entries:
        if label.role.name != "title":
            continue
        if len(fold_title(label.role.value)) >= 4:
            below = [e for e in entries[label.place + 1 :] if e.stanza == label.stanza]
            return [label, *_take_while_free(below, claimed)]
        for entry in entries:
            beside = stand_beside(label.line, entry.line)
            if entry.place in claimed or entry.role.name or not (beside or stand_below(label.line, entry.line)):
                continue
            return _take_while_free([e for e in entries[entry.place :] if e.stanza == entry.stanza], claimed)
    return []


def _take_while_free(entries: Sequence[Entry], claimed: Set[int]) -> list[Entry]:
    taken: list[Entry] = []
    for entry in entries:
        if entry.place in claimed or entry.role.name:
            break
        taken.append(entry)
    return taken


def _extend(
    title: list[Entry], runs: Sequence[list[Entry]], entries: Sequence[Entry]
) -> tuple[list[Entry], list[list[Entry]]]:
    """The title with the runs that it goes on with, and those that go on with it; and the other runs."""
    rest = list(runs)
    for run in runs:
        named = is_name(" ".join(entry.text for entry in run))
        if _follows(title, run, entries) and (not named or _has_open_end(title[-1])):
            title = [*title, *run]
            rest.remove(run)
        elif _follows(run, title, entries) and (_has_open_end(run[-1]) or run[-1].text.endswith((":", "："))):
            title = [*run, *title]
            rest.remove(run)
    return title, rest


def _follows(above: Sequence[Entry], below: Sequence[Entry], entries: Sequence[Entry]) -> bool:
    """Whether a run is in the same type as another, with nothing but a wide leading between them."""
    last, first = above[-1].line, below[0].line
    same = abs(first.size - last.size) < 0.02 * last.size and first.font.bold == last.font.bold
    near = stand_below(last, first) and last.baseline - first.baseline < TITLE_LEADING * last.size
    return same and near and not any(last.baseline > e.line.baseline > first.baseline for e in entries)


def _has_open_end(entry: Entry) -> bool:
    return bool(entry.words) and entry.words[-1].text in LINKS | OF | ARTICLES


def _extend_over_roles(title: list[Entry], entries: Sequence[Entry]) -> list[Entry]:
    """The title with the lines around it in the same display type whose words only look like something else.

    Titles too speak of theses, degrees and universities: "Reading Habits / of University Students".
    """
    size = title[0].line.size
    if title[0].role.name or size < DISPLAY * median(entry.line.size for entry in entries):
        return title
    stanza = [entry for entry in entries if entry.stanza == title[0].stanza]
    before = [entry for entry in stanza if entry.place < title[0].place]
    after = [entry for entry in stanza if entry.place > title[-1].place]
    while after and (not after[0].role.name or _goes_on(title[-1], after[0])):
        title = [*title, after.pop(0)]
    while before and _goes_on(before[-1], title[0]) and before[-1].role.name in _IN_TITLES:
        title = [before.pop(), *title]
    return title


def _goes_on(above: Entry, below: Entry) -> bool:
    """Whether two lines of one type, one of which looks like a degree or an institution, are one title."""
    roles = {above.role.name, below.role.name} - {""}
    if not roles <= _IN_TITLES or any(is_whole_phrase(entry.words, "thesis") for entry in (above, below)):
        return False
    return _has_open_end(above) or below.text[:1].islower() or not roles & {"institution", "department"}


def _find_subtitle(title: Sequence[Entry], runs: Sequence[list[Entry]], clues: Clues, authored: bool) -> list[Entry]:
    """The run right under the title, in type no larger: unless it is a name, or the title in another script."""
    last = title[-1].line
    text = " ".join(entry.text for entry in title)
    for run in runs:
        first = run[0].line
        if not stand_below(last, first) or last.baseline - first.baseline > SUBTITLE_GAP * last.size:
            continue
        while not authored and len(run) > 1 and is_name(run[-1].text) and not clues.is_ordinary(run[-1].text):
            run = run[:-1]
        words = " ".join(entry.text for entry in run)
        if text.endswith((":", "：")):
            return run
        name = is_name(strip_asides(words)) and not clues.is_ordinary(words)
        same_script = detect_script(words) == detect_script(text)
        if first.size > 1.02 * last.size or not same_script or name or sum(len(e.words) for e in run) < 2:
            return []
        return run
    return []
