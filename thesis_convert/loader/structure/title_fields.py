"""Reads the institution, the date and the place from a title page.

In: the entries of the page. Out: each as printed, "" or None where the page does not tell. An
institution's name may take several lines, or stand within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from thesis_convert.loader.structure.dates import FoundDate, read_date
from thesis_convert.loader.structure.folding import split_words
from thesis_convert.loader.structure.names import lower_capitals
from thesis_convert.loader.structure.phrases import find_phrase
from thesis_convert.loader.structure.title_entries import Entry
from thesis_convert.loader.structure.title_lines import IDEOGRAPHS, join_lines
from thesis_convert.loader.structure.title_roles import LINKS, OF, SEASONS, is_department, is_institution, read_role
from thesis_convert.scripts import has_any

MAX_PLACE = 3
"""Words of the name of a place."""

_DIGITS = re.compile(r"[\d.,/\s–-]+")
_MAY_TELL = frozenset({"", "statement", "thesis", "degree-of"})
_SIGNS = " ,.()–—-:"
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
                department, institution = _part_from_whole(entries, *_join_name(entries, entry, used), department)
            institution = _cut_address(institution)
        if not department and (departments or entry.role.name == "department"):
            department = ", ".join(departments) or text
            department = _cut_opening(_join_name(entries, entry, used)[0] if _is_open(text) else department)
    for sentence in _list_sentences(entries):
        institution = institution or _find_institution(sentence)
        parts = _PARTS.split(sentence)[1:]
        department = department or next((part for part in parts if read_role(part).name == "department"), "")
    for entry in entries:
        if not institution and entry.place not in used and entry.role.name in _MAY_TELL:
            institution = _find_institution(entry.text)
    return institution, department


def _list_sentences(entries: Sequence[Entry]) -> list[str]:
    """What the page says of the thesis and its degree, each over as many lines as it takes."""
    sentences: list[str] = []
    stanza = -1
    for entry in entries:
        if entry.role.name in ("thesis", "degree-of", "degree"):
            sentences.append(entry.text)
            stanza = entry.stanza
        elif entry.role.name == "statement" and entry.stanza == stanza:
            sentences[-1] = join_lines((sentences[-1], entry.text))
    return sentences


def _find_institution(sentence: str) -> str:
    """The name within a sentence: the word for an institution with the capitalised words around it, or ""."""
    words = split_words(sentence)
    found = find_phrase(words, "institution")
    if found is None:
        return ""
    first, last = found[0], sum(found) - 1

    def goes_on(left: int, right: int) -> bool:
        return right < len(words) and sentence[words[left].end : words[right].start].strip(" -") == ""

    while first > 1 and goes_on(first - 1, first) and sentence[words[first - 1].start].isupper():
        first -= 1
    while goes_on(last, last + 1):
        linked = words[last + 1].text in OF and goes_on(last + 1, last + 2)
        following = last + 2 if linked else last + 1
        if not sentence[words[following].start].isupper():
            break
        last = following
    alone = last - first + 1 == found[1] and has_any(sentence[words[first].start], IDEOGRAPHS)
    return sentence[words[first].start : words[last].end] if last > first and not alone else ""


def _cut_address(text: str) -> str:
    """A name without the date at its end, and without the parts after it that hold a number."""
    date = read_date(text)
    if date is not None and date.start and date.end == len(text):
        text = text[: date.start].rstrip(" ,;·–—-")
    parts = text.split(", ")
    kept = [part for n, part in enumerate(parts) if n == 0 or not any(map(str.isdigit, part))]
    return ", ".join(kept if len(kept) == len(parts) else kept[:1])


def _join_name(entries: Sequence[Entry], first: Entry, used: Set[int]) -> tuple[str, int]:
    """The lines of a name: what goes on below in the same stanza and tells nothing else; and the place after them."""
    names = [first.role.value or first.text]
    end = first.place + 1
    for entry in entries[end:]:
        address = any(map(str.isdigit, entry.text)) or ", " in entry.text
        if entry.stanza != first.stanza or entry.role.name or entry.place in used or address or not _may_go_on(entry):
            break
        names.append(entry.text)
        end += 1
    return join_lines(names).strip(" ,;"), end


def _may_go_on(entry: Entry) -> bool:
    """Whether a name may go on with a line: no sentence begins there ("on the authority of the Rector")."""
    return not entry.text[0].islower() or entry.words[0].text in OF | LINKS


def _is_open(text: str) -> bool:
    words = split_words(text)
    return bool(words) and words[-1].text in OF


def _part_from_whole(entries: Sequence[Entry], name: str, end: int, department: str) -> tuple[str, str]:
    """The department and the institution, of a name that may be open: that of a school "of" a university below."""
    whole = entries[end] if end < len(entries) else None
    if not _is_open(name) or whole is None or whole.role.name != "institution":
        return department, name
    part = name[: split_words(name)[-1].start].rstrip()
    return department or part, whole.role.value or whole.text


def _cut_opening(text: str) -> str:
    """The name of a department without what leads to it: "carried out at the Institute of Waters"."""
    place, _ = find_phrase(split_words(text), "department") or (0, 0)
    return text[split_words(text)[place].start :] if text[:1].islower() else text


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
        before = _cut_links(text[: date.start].strip(_SIGNS))
        if entry.role.name == "date" and not entry.role.value:
            above = entries[entry.place - 1] if entry.place and not before else None
            if is_place(before):
                place = before
            elif above is not None and stands_over_date(entries, above):
                place = " ".join(lower_capitals(above.text.split()))
    return best, place


def _cut_links(text: str) -> str:
    """A place without the words that lead to a date: "Wien, im" before "August"."""
    words = split_words(text)
    while words and words[-1].text in LINKS:
        text = text[: words.pop().start].rstrip(_SIGNS)
    return text


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
