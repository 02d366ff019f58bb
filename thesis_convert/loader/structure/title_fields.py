"""Reads the institution, the degree, the date and the place from a title page.

In: the entries of the page. Out: each as printed, "" or None where the page does not tell. An
institution's name may take several lines; a degree may stand within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from thesis_convert.loader.structure.dates import FoundDate, read_date
from thesis_convert.loader.structure.folding import split_words
from thesis_convert.loader.structure.names import lower_capitals
from thesis_convert.loader.structure.phrases import find_phrase
from thesis_convert.loader.structure.title_entries import Entry
from thesis_convert.loader.structure.title_roles import SEASONS, is_department, is_institution

MAX_DEGREE = 16
"""Words of a degree's name."""
MAX_PLACE = 3
"""Words of the name of a place."""

_DEGREE_ENDS = re.compile(
    r"(?<=\w\w\w)[.;](?:\s|$)|\s[-–—]\s|[(\[]"
    r"|\s(?:at|an der|am|von|by|presented|submitted|to the|aan de|bij de|par|eingereicht|vorgelegt)\s"
)
_SENTENCE_COMMA = re.compile(r",(?:\s|$)")
_GOES_ON = frozenset(
    {"in", "en", "em", "of", "de", "im", "i", "w", "v", "در", "для", "fur", "des", "and", "und", "e", "y", "et", "du"}
)
_IN_SENTENCE = frozenset({"", "statement", "degree", "department", "institution", "thesis"})
_DIGITS = re.compile(r"[\d.,/\s–-]+")
_PARTS = re.compile(r",\s+|\s+[-–—|]\s+")


def read_institution(entries: Sequence[Entry], used: Set[int]) -> tuple[str, str]:
    """The institution and the department, each over as many lines as it takes."""
    institution = department = ""
    for entry in entries:
        if entry.role.name not in ("institution", "department"):
            continue
        text = entry.role.value or entry.text
        parts = _PARTS.split(text)
        departments = [
            part for part in parts if is_department(words := split_words(part)) and not is_institution(part, words)
        ]
        others = [part for part in parts if part not in departments]
        if entry.role.name == "institution" and not institution:
            institution = (
                text if not departments else next((p for p in others if is_institution(p, split_words(p))), "")
            )
            if text == entry.text and institution == text:
                institution = _join_name(entries, entry, used)
            institution = _cut_address(institution)
        if not department and departments:
            department = ", ".join(departments)
        elif not department and entry.role.name == "department":
            department = text
    return institution, department


def _cut_address(text: str) -> str:
    """A name without the parts after it that hold a number."""
    parts = text.split(", ")
    kept = [part for n, part in enumerate(parts) if n == 0 or not any(map(str.isdigit, part))]
    return ", ".join(kept if len(kept) == len(parts) else kept[:1])


def _join_name(entries: Sequence[Entry], first: Entry, used: Set[int]) -> str:
    """The lines of an institution's name: what goes on below in the same stanza and tells nothing else."""
    names = [first.role.value or first.text]
    for entry in entries[first.place + 1 :]:
        address = any(map(str.isdigit, entry.text)) or ", " in entry.text
        if entry.stanza != first.stanza or entry.role.name or entry.place in used or address:
            break
        names.append(entry.text)
    return re.sub(r"\s+", " ", " ".join(names)).strip(" ,;")


def read_date_and_place(entries: Sequence[Entry]) -> tuple[FoundDate | None, str]:
    """The most exact date, and the place that stands before it."""
    place, best = "", None
    for entry in entries:
        if entry.role.name == "birth":
            continue
        if entry.role.name == "date":
            text = entry.role.value if read_date(entry.role.value) else entry.text
            if not read_date(text) and entry.place + 1 < len(entries):
                text = entries[entry.place + 1].text
        elif (
            entry.role.name in ("thesis", "statement", "department", "institution")
            or len(entry.words) <= 3
            or "©" in entry.text
        ):
            text = entry.text
        else:
            continue
        date = read_date(text)
        if date is not None and entry.role.name == "statement" and date.exactness < 3:
            continue
        if date is None or (best is not None and date.exactness <= best.exactness):
            continue
        best = date
        before = text[: date.start].strip(" ,.()–—-:")
        if entry.role.name == "date" and not entry.role.value:
            above = entries[entry.place - 1] if entry.place and not before else None
            if is_place(before):
                place = before
            elif above is not None and stands_over_date(entries, above):
                place = " ".join(lower_capitals(above.text.split()))
    return best, place


def stands_over_date(entries: Sequence[Entry], entry: Entry) -> bool:
    """Whether a line is the name of a place over the date: "Pedra Azul" / "2020"."""
    below = entries[entry.place + 1] if entry.place + 1 < len(entries) else None
    if below is None or below.role.name != "date" or below.role.value or entry.role.name:
        return False
    return below.stanza == entry.stanza and is_place(entry.text) and not is_place(_DIGITS.sub("", below.text))


def is_place(text: str) -> bool:
    """Whether words before a date name a place: "Linköping, 2017"."""
    words = split_words(text)
    if not text or not 1 <= len(words) <= MAX_PLACE or any(map(str.isdigit, text)):
        return False
    told = any(find_phrase(words, role) for role in ("date", "thesis", "degree", "other"))
    return text[0].isupper() and not told and not SEASONS & {word.text for word in words}


def read_degree(entries: Sequence[Entry]) -> str:
    """The degree: what follows "for the degree of", or a line that begins with a degree's name."""
    for entry in entries:
        if entry.role.name == "degree-of" and entry.role.value:
            return _cut_degree(entry.role.value)
        if entry.role.name in ("degree-of", "thesis", "statement"):
            following = list(_go_on(entries, entry))
            text = " ".join(e.text for e in (entry, *following))
            if degree := _read_sentence(text, len(entry.text)):
                return degree
            if entry.role.name == "degree-of" and not following and entry.place + 1 < len(entries):
                after = entries[entry.place + 1]
                if after.role.name in ("", "degree", "thesis") and not _read_sentence(after.text, len(after.text)):
                    return _cut_degree(after.text)
    for entry in entries:
        if entry.role.name in ("thesis", "statement"):
            found = find_phrase(entry.words, "degree")
            if found is not None and found[1] > 1:
                return _cut_degree(_SENTENCE_COMMA.split(entry.text[entry.words[found[0]].start :])[0])
        if entry.role.name == "degree":
            text = entry.text
            for after in entries[entry.place + 1 : entry.place + 2]:
                if after.words and after.words[0].text in _GOES_ON:
                    text = f"{text} {after.text}"
            return _cut_degree(text)
    return ""


def _go_on(entries: Sequence[Entry], first: Entry) -> Iterator[Entry]:
    """The lines of a sentence after its first, three at most."""
    for entry in entries[first.place + 1 : first.place + 4]:
        if entry.stanza != first.stanza or entry.role.name not in _IN_SENTENCE:
            return
        yield entry


def _read_sentence(text: str, end: int) -> str:
    """What follows "for the degree of" when that begins before `end`."""
    words = split_words(text)
    found = find_phrase(words, "degree-of")
    if found is None or found[1] < 2 or words[found[0]].start >= end:
        return ""
    rest = text[words[found[0] + found[1] - 1].end :].strip(" :：.,")
    return _cut_degree(_SENTENCE_COMMA.split(rest)[0])


def _cut_degree(text: str) -> str:
    """The degree at the beginning of a text, without what the sentence goes on to say."""
    degree = _DEGREE_ENDS.split(text)[0]
    words = split_words(degree)
    if len(words) > MAX_DEGREE or not any(map(str.isalpha, degree)):
        return ""
    return re.sub(r"\s+", " ", degree).strip(" :,;–—-")
