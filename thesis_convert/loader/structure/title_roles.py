"""Tells what a line of a title page is for: a label and its value, a degree, an institution, a date.

In: the text of a line. Out: its role, and the value that stands behind a label. A word such as "student"
is a label only with a colon or alone on its line: it may begin a title as well.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thesis_convert.loader.structure.dates import read_date
from thesis_convert.loader.structure.folding import FoldedWord, split_words
from thesis_convert.loader.structure.names import read_people
from thesis_convert.loader.structure.phrases import find_phrase, match_phrase

LONG_LINE = 5
"""A line of so many words that speaks of a degree is a sentence that goes on in the next line."""
MAX_INSTITUTION = 12
"""The name of an institution or department has no more words."""
MAX_PLACE = 4
"""Beside a date stand no more words than those of a place."""

PEOPLE = ("supervisor", "examiner", "author")
_LABELS = ("student-number", *PEOPLE, "title", "keywords", "date", "birth", "other", "institution", "department", "by")
_ENDING = re.compile(r"^\s*(?:\((?:s|a|as|es|in|innen|n|en|nen)\)|[/*:]-?(?:in|innen|a|as|ica)\b)", re.I)
_COLON = re.compile(r"^\s*[:：﹕]\s*|^\s*[.．]?\s*[-–—=]\s+|^\s*[.]\s*:\s*")
_NOTHING = re.compile(r"^[\s:：.,;–—\-_)\]]*$")
_ASIDE = re.compile(r"^\s*[(\[（](.{2,60})[)\]）]\s*$")
_NUMBER = re.compile(r"^(?:n[.°º]?\s*)?[A-Za-z]{0,4}[\s.\-]?\d{5,12}(?:[/\-]\d{1,4})?$|^[A-Za-z]{2,8}\d{4,10}$")
_ACADEMIC = re.compile(r"^(?:prof|dr|dott|doc|mgr|ing|mag|dipl|доц|проф|د\.|دکتر|الدكتور|الأستاذ)", re.I)
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\ufb1d-\ufefc]")


class Role(NamedTuple):
    """What a line is for, "" when nothing tells; `value` is the text after a label.

    `after` says that a label stands after its value: "(Orientador)" under the name.
    """

    name: str = ""
    value: str = ""
    after: bool = False


def read_role(text: str) -> Role:
    """The role of a line."""
    if aside := _ASIDE.match(text):
        words = split_words(aside[1])
        for name in ("supervisor", "examiner"):
            if words and match_phrase(words, 0, name) == len(words):
                return Role(name, "", after=True)
    words = split_words(text)
    if not words:
        return Role()
    label = _read_label(text, words)
    if label is not None:
        return label
    if _NUMBER.match(text.strip()) and not re.fullmatch(r"(?:19|20)\d\d", text.strip()):
        return Role("student-number", text.strip())
    return Role(_read_kind(text, words))


def _read_label(text: str, words: list[FoldedWord]) -> Role | None:
    """The longest label that the line begins with."""
    found = [(match_phrase(words, 0, name), -order, name) for order, name in enumerate(_LABELS)]
    length, _, name = max(found)
    if not length:
        return None
    rest = text[words[length - 1].end :]
    rest = rest[ending.end() :] if (ending := _ENDING.match(rest)) else rest
    if _NOTHING.match(rest) and name not in ("institution", "department"):
        return Role(name)
    if colon := _COLON.match(rest):
        return Role(name, rest[colon.end() :].strip())
    rest = rest.strip(" .,")
    if name in PEOPLE:
        sure = length > 1 or _ACADEMIC.match(rest) or (_CASELESS.match(rest) and len(rest.split()) <= 4)
        return Role(name, rest) if sure and read_people(rest, labelled=length > 1) else None
    if name == "by":
        return Role(name, rest) if read_people(rest, labelled=False) else None
    if name == "date":
        return Role(name, rest) if read_date(rest) else None
    if name == "birth":
        return Role(name, rest) if len(words) <= LONG_LINE + 3 and (length > 1 or read_date(rest)) else None
    if name in ("student-number", "other", "keywords"):
        return Role(name, rest) if any(map(str.isdigit, rest)) and len(words) <= LONG_LINE + 2 else None
    return None


def _read_kind(text: str, words: list[FoldedWord]) -> str:
    """What a line without a label is for."""
    if match_phrase(words, 0, "degree-of") > 1 or (find_phrase(words, "degree-of") and len(words) > LONG_LINE):
        return "degree-of"
    place, length = find_phrase(words, "thesis") or (0, 0)
    if length > 1 or (length and 2 * length >= len(words)) or (length and place == 0 and len(words) > LONG_LINE):
        return "thesis"
    if is_institution(text, words):
        return "institution"
    if is_department(words):
        return "department"
    if match_phrase(words, 0, "degree"):
        return "degree"
    date = read_date(text)
    if date is not None:
        rest = split_words(text[: date.start] + " " + text[date.end :])
        if len(rest) <= MAX_PLACE:
            return "date"
    return ""


def is_institution(text: str, words: list[FoldedWord]) -> bool:
    """Whether a line is the name of an institution, and not a sentence that speaks of one."""
    found = find_phrase(words, "institution")
    if found is None or len(words) > MAX_INSTITUTION:
        return False
    place, length = found
    if _CASELESS.search(text):
        return True
    first = text[words[0].start]
    ends = place + length == len(words)
    capitals = sum(text[word.start].isupper() for word in words)
    return (first.isupper() or place == 0) and (place <= 1 or ends or 2 * capitals >= len(words))


def is_department(words: list[FoldedWord]) -> bool:
    """Whether a line is the name of a faculty, a department or a course of study."""
    if len(words) > MAX_INSTITUTION:
        return False
    found = find_phrase(words, "department")
    if found is None:
        return False
    place, length = found
    return place <= 2 or place + length == len(words)
