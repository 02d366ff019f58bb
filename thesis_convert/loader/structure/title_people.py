"""Finds the people of a title page by the labels that stand before, above, beside or after their names.

In: the entries of a page. Out: authors, supervisors and examiners, the author's number, and the places
of all entries that are explained by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thesis_convert.loader.structure.folding import fold_title, split_words
from thesis_convert.loader.structure.names import has_rank, is_rank, read_people
from thesis_convert.loader.structure.phrases import find_phrase, is_whole_phrase, match_phrase
from thesis_convert.loader.structure.title_entries import Entry, stand_below, stand_beside
from thesis_convert.loader.structure.title_roles import PEOPLE, Role

FIRST_GAP = 7.0
"""So many sizes under its label, at most, stands the first name."""
NEXT_GAP = 2.6
"""So many sizes under a name, at most, stands the next."""

_AFFILIATION = frozenset({"institution", "department", "degree", "other"})
_NUMBER = re.compile(r"[A-Za-z]{0,8}[\s.\-]?\d[\d./\-]{2,14}\d")
_LABELS = frozenset({"department", "degree-of", "date", "other", "student-number"})
_SENTENCES = frozenset({"thesis", "statement", "degree-of"})
_ASIDE = re.compile(r"[(（]([^()（）]+)[)）]")
_CONNECTED = re.compile(r"\W*(?:and|und|et|y|e|i|и|en|och|og|ja|ve|dan|sowie|&)\W*", re.I)


class PeopleReader:
    """The people of a page; `claimed` has the places of the labels and of the lines that they explain."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.claimed: set[int] = {entry.place for entry in entries if entry.role.name and entry.role.name != "title"}
        self.found: dict[str, list[str]] = {role: [] for role in PEOPLE}
        self.student_number = ""
        self._value_places: set[int] = set()
        for entry in entries:
            self._read(entry)
        self._read_number_beside_name()

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.found["author"]))

    @property
    def supervisors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.found["supervisor"]))

    @property
    def examiners(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.found["examiner"]))

    def _read(self, entry: Entry) -> None:
        role = entry.role
        if role.name == "by":
            role = Role("author", role.value)
        if role.name in _LABELS and not role.value:
            self._claim_value(entry)
        if role.name == "student-number" and not self.student_number:
            self._read_number(entry)
        elif role.after and entry.place:
            self._claim_people(role.name, self.entries[entry.place - 1])
        elif role.name in PEOPLE:
            value = role.value
            if value:
                self.found[role.name] += read_people(value)
            if not value or value.endswith((",", "&")) or not read_people(value):
                for below in self._values(entry):
                    self._claim_people(role.name, below)
            elif role.name != "author":
                for below in self._values(entry, started=True):
                    self._claim_people(role.name, below)
        elif role.name in _SENTENCES:
            self._read_author_within(entry)
        elif not role.name and entry.place not in self.claimed:
            self._read_sentence_end(entry)

    def _claim_value(self, label: Entry) -> None:
        """What stands beside a label and tells nothing of the people or the title."""
        if label.text.endswith((":", "：")) or is_whole_phrase(label.words, label.role.name):
            beside = (entry for entry in self.entries if stand_beside(label.line, entry.line))
            nearest = min(beside, key=lambda entry: entry.line.start, default=None)
            if nearest is not None and not nearest.role.name:
                self.claimed.add(nearest.place)

    def _claim_people(self, role: str, entry: Entry) -> None:
        people = () if entry.role.name or is_rank(entry.text) else read_people(entry.text)
        if people or is_rank(entry.text) or _CONNECTED.fullmatch(entry.text):
            self.found[role] += people
            self.claimed.add(entry.place)
        elif entry.role.name in _AFFILIATION:
            self.claimed.add(entry.place)

    def _values(self, label: Entry, *, started: bool = False) -> Iterator[Entry]:
        """The lines that a label explains: one beside it, and those below, until something else begins."""
        last = label
        for entry in self.entries:
            if stand_beside(label.line, entry.line) and not entry.role.name and read_people(entry.text):
                started = True
                last = entry
                self._value_places.add(entry.place)
                yield entry
                break
        skipped = False
        for entry in sorted(self.entries[:], key=lambda e: -e.line.baseline):
            if entry.place in self._value_places or not stand_below(last.line, entry.line):
                continue
            gap = last.line.baseline - entry.line.baseline
            near = NEXT_GAP if started and not (skipped and has_rank(entry.text)) else FIRST_GAP
            if gap > near * max(last.line.size, entry.line.size):
                return  # after the post of one of several a place to sign may be left
            if started and entry.role.name == "student-number":
                last = entry
                continue
            if any(_is_label(other) and stand_beside(other.line, entry.line) for other in self.entries):
                return  # a table: this row has a label of its own
            if not self._explains(label, entry, started):
                if skipped or entry.role.name not in _AFFILIATION:
                    return
                skipped = True
            else:
                skipped = False
                started = started or not is_rank(entry.text)
                self._value_places.add(entry.place)
            last = entry
            yield entry

    def _explains(self, label: Entry, entry: Entry, started: bool) -> bool:
        """Whether a line under a label is a name; after the first one a line needs a sign of going on."""
        if entry.role.name:
            return False
        if _CONNECTED.fullmatch(entry.text) or is_rank(entry.text):
            return True
        ranked = label.role.name in ("supervisor", "examiner") and has_rank(entry.text)
        return bool(read_people(entry.text, labelled=not started or ranked))

    def _read_number(self, entry: Entry) -> None:
        candidates = [entry.role.value or ""]
        if not entry.role.value:
            candidates += [e.text for e in self.entries if stand_beside(entry.line, e.line)]
            candidates += [e.text for e in self.entries[entry.place + 1 : entry.place + 2]]
        for text in candidates:
            if match := _NUMBER.search(text):
                self.student_number = match.group().strip()
                return

    def _read_number_beside_name(self) -> None:
        """The number in brackets after the name: "Anna Bruni (Matricola 1234567)"."""
        for match in (match for entry in self.entries for match in _ASIDE.finditer(entry.text)):
            words = split_words(match[1])
            found = find_phrase(words, "student-number")
            number = _NUMBER.search(match[1], words[sum(found) - 1].end) if found else None
            if number and not self.student_number:
                self.student_number = number.group().strip()

    def _read_author_within(self, entry: Entry) -> None:
        """The author at the end of a sentence: "Dissertation von Hanna Weber aus Ostmoor"."""
        for place in range(1, len(entry.words)):
            if not match_phrase(entry.words, place, "by-within"):
                continue
            rest = entry.text[entry.words[place].end :]
            words = split_words(rest)
            birth = find_phrase(words, "birth")
            rest = rest[: words[birth[0]].start] if birth else rest
            led = any(find_phrase(entry.words[: place + 1], role) for role in ("supervisor", "examiner"))
            if not led and len(rest.split()) > 1:
                self.found["author"] += read_people(rest, labelled=False)

    def _read_sentence_end(self, entry: Entry) -> None:
        """A label within a line: "Maria Rossi, Supervisor", "Supervised by ..." after other words."""
        for role in ("supervisor", "examiner"):
            found = find_phrase(entry.words, role)
            if found is None or found[0] == 0:
                continue
            place, length = found
            before = entry.text[: entry.words[place].start].rstrip(" ,-–—:(")
            if place + length == len(entry.words) and read_people(before, labelled=False):
                self.found[role] += read_people(before, labelled=False)
                self.claimed.add(entry.place)
                return


def _is_label(entry: Entry) -> bool:
    """Whether a line is a label that wants its value beside it."""
    return bool(entry.role.name) and not entry.role.value


def mentions(name: str, text: str) -> bool:
    """Whether a text prints a name, in any order of its words."""
    letters = fold_title(text)
    return bool(name) and all(fold_title(word) in letters for word in name.split())
