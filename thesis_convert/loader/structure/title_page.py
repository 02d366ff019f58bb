"""Reads a title page: what it says of the thesis, told by labels, words, type and place.

In: the lines of a page. Out: a `TitlePage`, each field empty where the page does not tell. Lines are
first claimed by what is sure: a label and its value, a degree, an institution, a date. Of what is left
the largest is the title, and a name near it the author's: the institution's name is often larger than
the title, but its words give it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thesis_convert.loader.structure.dates import FoundDate
from thesis_convert.loader.structure.names import read_people
from thesis_convert.loader.structure.title_choice import choose_title
from thesis_convert.loader.structure.title_clues import Clues
from thesis_convert.loader.structure.title_degree import read_degree
from thesis_convert.loader.structure.title_entries import Entry, list_entries, stand_beside
from thesis_convert.loader.structure.title_fields import (
    read_date_and_place,
    read_institution,
    stands_over_date,
)
from thesis_convert.loader.structure.title_lines import join_lines
from thesis_convert.loader.structure.title_people import PeopleReader, mentions
from thesis_convert.page import Line

MAX_NAME_WORDS = 6
"""A line without a label that has more words a name is no name."""


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What a page says of the thesis.

    `guessed_authors` are names without a label; `statements` the lines that tell the kind of work, and
    `courses` those of departments and courses of study.
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    guessed_authors: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    examiners: tuple[str, ...] = ()
    student_number: str = ""
    institution: str = ""
    department: str = ""
    degree: str = ""
    place: str = ""
    date: FoundDate | None = None
    statements: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()


def read_title_page(lines: Sequence[Line], clues: Clues) -> TitlePage:
    """What a page tells, with what the rest of the thesis knows."""
    entries = list_entries(lines)
    if not entries:
        return TitlePage()
    people = PeopleReader(entries)
    title, subtitle = choose_title(entries, people.claimed, clues, authored=bool(people.authors))
    used = people.claimed | {entry.place for entry in (*title, *subtitle)}
    institution, department = read_institution(entries, used)
    date, place = read_date_and_place(entries)
    return TitlePage(
        _join_title(title),
        _join_title(subtitle),
        people.authors,
        () if people.authors else _find_author(entries, used, title, clues),
        people.supervisors,
        people.examiners,
        people.student_number,
        institution,
        department,
        read_degree(entries),
        place,
        date,
        tuple(entry.text for entry in entries if entry.role.name in ("thesis", "degree", "degree-of", "statement")),
        tuple(entry.text for entry in entries if entry.role.name == "department"),
    )


def _join_title(entries: Sequence[Entry]) -> str:
    """The words of several lines without the marks around them: quotation marks, marks of notes, a last colon."""
    text = join_lines(entry.role.value if entry.role.name == "title" else entry.text for entry in entries)
    text = text.strip(" *†‡:;,·–—-_")
    for opening, closing in ("“”", "„“", "«»", '""', "‘’", "「」", "『』", "»«", "〈〉"):
        inner = text[1:-1]
        if text.startswith(opening) and text.endswith(closing) and opening not in inner and closing not in inner:
            return inner.strip()
    return text


def _find_author(entries: Sequence[Entry], used: set[int], title: Sequence[Entry], clues: Clues) -> tuple[str, ...]:
    """The author without a label: a name that the file gives too, else the first name after the title, or before."""
    free = [entry for entry in entries if entry.place not in used and not entry.role.name]
    printed = [name for name in clues.authors if any(mentions(name, entry.text) for entry in free)]
    if printed:
        return tuple(printed)
    after = title[-1].place if title else -1

    def rank(entry: Entry) -> tuple[bool, bool, bool, int]:
        unlikely = clues.is_ordinary(entry.text) or clues.is_foreign(entry.text)
        return unlikely, stands_over_date(entries, entry), entry.place < after, entry.place

    for entry in sorted(free, key=rank):
        people = _read_name(entry)
        if people:
            beside = [e for e in free if stand_beside(entry.line, e.line) and e.line.font == entry.line.font]
            return tuple(dict.fromkeys((*people, *(name for e in beside for name in _read_name(e)))))
    return ()


def _read_name(entry: Entry) -> tuple[str, ...]:
    """The people that a line without a label names, and nothing else."""
    people = read_people(entry.text, labelled=False)
    return people if len(entry.words) <= MAX_NAME_WORDS * len(people) else ()
