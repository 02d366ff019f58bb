"""Tells what a line of a title page is for: a label and its value, a degree, an institution, a date.

In: the text of a line. Out: its role, and the value that stands behind a label. A word such as "student"
is a label only with a colon or alone on its line: it may begin a title as well.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thesis_convert.loader.structure.dates import read_date
from thesis_convert.loader.structure.folding import FoldedWord, split_words
from thesis_convert.loader.structure.names import has_rank, read_people
from thesis_convert.loader.structure.phrases import find_phrase, is_whole_phrase, match_phrase
from thesis_convert.scripts import has_any

LONG_LINE = 5
"""A line of so many words that speaks of a degree is a sentence that goes on in the next line."""
MAX_INSTITUTION = 12
"""The name of an institution or department has no more words."""
LETTER = 0.4
"""A letter of a script without word spaces is such a part of a word."""
DISTINCTIVE = 6
"""A word for a thesis with so many letters is hardly anything else ("scriptie", but not "tesi")."""
MAX_PLACE = 4
"""Beside a date stand no more words than those of a place."""

SEASONS = frozenset(
    {"spring", "summer", "autumn", "fall", "winter", "herbst", "sommer", "fruhjahr", "ete", "hiver", "term", "semester"}
)
PEOPLE = ("supervisor", "examiner", "author")
_LABELS: tuple[str, ...] = (
    *("student-number", *PEOPLE, "title", "keywords", "date", "birth", "other"),
    *("institution", "department", "degree-of", "by", "of"),
)
_ENDING = re.compile(r"^\s*(?:\((?:s|a|as|es|in|innen|n|en|nen)\)|[/*:]-?(?:in|innen|a|as|ica)\b)", re.I)
_COLON = re.compile(r"^\s*[:：﹕]\s*|^\s*[.．]?\s*[-–—=]\s+|^\s*[.]\s*:\s*")
_FIRST_COLON = re.compile(r"\s*(?:\([a-z]{1,3}\))?\s*[:：﹕]\s*")
_NOTHING = re.compile(r"^[\s:：.,;–—\-_)\]]*$")
_ASIDE = re.compile(r"^\s*[(\[（](.{2,60})[)\]）]\s*$")
_MAIL = re.compile(r"[\w.-]@[\w-]+\.\w")
_DASH = re.compile(r"\s*[–—]\s*|\s-\s")
_SPACED_LETTERS = re.compile(r"^(?:[A-Z]\s){3,}[A-Z]$")
_NUMBER = re.compile(r"^(?:n[.°º]?\s*)?[A-Za-z]{0,4}[\s.\-]?\d{5,12}(?:[/\-]\d{1,4})?$|^[A-Za-z]{2,8}\d{4,10}$")
# Words for a thesis that titles are fond of: they count alone.
_AMBIGUOUS = frozenset({"memoria", "memoire", "monografia", "elaborato", "diplom", "uppsats", "report", "projet"})
ARTICLES = frozenset(
    {"the", "a", "an", "die", "der", "das", "einer", "eines", "la", "le", "l", "il", "lo", "el", "o", "as", "os"}
    | {"de", "het"}
)
LINKS = frozenset(
    {"in", "en", "em", "of", "de", "im", "i", "w", "v", "در", "для", "fur", "des", "and", "und", "e", "y", "et", "du"}
)
"""Words after which a name or a degree goes on."""
OF = frozenset(
    {"of", "for", "de", "del", "della", "degli", "di", "do", "da", "des", "du", "d", "dei", "delle", "fur", "zu", "van"}
)
_ACADEMIC = re.compile(r"^(?:prof|dr|dott|doc|mgr|ing|mag|dipl|доц|проф|د\.|دکتر|الدكتور|الأستاذ)", re.I)
_IDEOGRAPHS = (("\u3400", "\u9fff"),)
_CASELESS = (
    *(("\u0590", "\u0fff"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff")),
    *(("\uac00", "\ud7af"), ("\ufb1d", "\ufefc")),
)


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
            if is_whole_phrase(words, name):
                return Role(name, "", after=True)
    text = _SPACED_LETTERS.sub(lambda match: re.sub(r"\s", "", match.group()), text)
    words = split_words(text)
    if not words:
        return Role()
    if _MAIL.search(text):
        return Role("other")
    label = _read_label(text, words)
    if label is not None:
        return label
    if _NUMBER.match(text.strip()) and not re.fullmatch(r"(?:19|20)\d\d", text.strip()):
        return Role("student-number", text.strip())
    return Role(_read_kind(text, words))


def _read_label(text: str, words: list[FoldedWord]) -> Role | None:
    """The label that the line begins with: all before a colon, else the longest."""
    if (colon := _FIRST_COLON.search(text)) and (before := [word for word in words if word.end <= colon.start()]):
        for name in _LABELS:
            if is_whole_phrase(before, name):
                return Role(name, text[colon.end() :].strip())
    found = [(match_phrase(words, 0, name), -order, name) for order, name in enumerate(_LABELS)]
    length, _, name = max(found)
    rest = text[words[length - 1].end :]
    if not length or (match_phrase(words, 0, "thesis") >= length and not _COLON.match(rest)):
        return None  # "Tesi di laurea" is no "Tesi di ..." with the name of its author
    if rest.rstrip().endswith((":", "：")) and name in PEOPLE and len(words) <= LONG_LINE:
        return Role(name)  # "Presented by the candidates:"
    rest = rest[ending.end() :] if (ending := _ENDING.match(rest)) else rest
    if _NOTHING.match(rest) and name not in ("institution", "department", "degree-of"):
        return Role(name)
    if colon := _COLON.match(rest):
        return Role(name, rest[colon.end() :].strip())
    if name in PEOPLE and rest.lstrip().startswith(",") and not has_rank(rest):
        return Role(name, "", after=True)  # "Supervisor, Department of Waters" under a name
    rest = rest.strip(" .,")
    if name in PEOPLE:
        rest = _drop_post(rest, name)
        if find_phrase(split_words(rest), "thesis"):
            return None  # "博士研究生学位论文"
        sure = length > 1 or _ACADEMIC.match(rest) or (has_any(rest[:1], _CASELESS) and len(rest.split()) <= 4)
        return Role(name, rest) if sure and read_people(rest, labelled=length > 1 or has_rank(rest)) else None
    if name in ("by", "of"):
        return Role(name, rest) if read_people(rest, labelled=False) else None
    if name == "date":
        return Role(name, rest) if read_date(rest) or read_date(text) else None
    if name == "birth":
        return Role(name, rest) if len(words) <= LONG_LINE + 3 and (length > 1 or read_date(rest)) else None
    if name in ("student-number", "other", "keywords"):
        return Role(name, rest) if any(map(str.isdigit, rest)) and len(words) <= LONG_LINE + 2 else None
    return None


def may_be_former(text: str) -> bool:
    """Whether a line tells a degree with the place that gave it: "B.A., University of Eastmoor, 2009"."""
    words = split_words(text)
    if not words or not any(match_phrase(words, 0, name) for name in ("degree", "bachelor", "master")):
        return False
    before, mark, after = text.partition("(") if "(" in text else text.partition(",")
    date = read_date(after)
    told = split_words(after[: date.start] if date is not None else after)
    place = find_phrase(told, "institution") is not None or (date is not None and any(w.text.isalpha() for w in told))
    return bool(mark) and len(before.split()) <= LONG_LINE and place


def _drop_post(text: str, name: str) -> str:
    """A name without the label after it: "Michel Arnaud directeur" after "Thèse dirigée par"."""
    words = split_words(text)
    for place in range(max(1, len(words) - 2), len(words)):
        if match_phrase(words, place, name) == len(words) - place and read_people(text[: words[place].start]):
            return text[: words[place].start].rstrip(" -–—,")
    return text


def _read_kind(text: str, words: list[FoldedWord]) -> str:
    """What a line without a label is for."""
    place, length = find_phrase(words, "degree-of") or (0, 0)
    if length > 1 and (place == 0 or len(words) > LONG_LINE or place + length == len(words)):
        return "degree-of"
    if match_phrase(words, 0, "body"):
        return "body"
    if _names_thesis(words):
        return "thesis"
    if is_institution(text, words):
        return "institution"
    if is_department(words):
        return "department"
    if match_phrase(words, 0, "degree") or (_DASH.search(text) and _ends_in_degree(text)):
        return "degree"
    date = read_date(text)
    if date is not None:
        rest = text[: date.start] + " " + text[date.end :]
        beside = split_words(rest)
        if len(beside) <= MAX_PLACE and all(_suits_date(rest[word.start : word.end], word) for word in beside):
            return "date"
    return ""


def _ends_in_degree(text: str) -> bool:
    """Whether a line tells a subject and a degree in it: "Linguistics—Doctor of Philosophy"."""
    words = split_words(_DASH.split(text)[-1])
    return match_phrase(words, 0, "degree") > 1


def _suits_date(printed: str, word: FoldedWord) -> bool:
    """Whether a word can stand beside a date: of a place, a season, or a short one such as "im"."""
    return (
        len(word.text) <= 3
        or word.text.isdecimal()
        or printed[:1].isupper()
        or has_any(printed[:1], _CASELESS)
        or word.text in SEASONS
    )


def _names_thesis(words: list[FoldedWord]) -> bool:
    """Whether a line tells the kind of work, alone or with its subject: "Masterarbeit Informatik"."""
    place, length = find_phrase(words, "thesis") or (0, 0)
    if length == 0 or length == len(words):
        return length > 0
    if length > 1 or words[place].text in _AMBIGUOUS:
        return length > 1
    short = len(words) <= LONG_LINE + 1
    long_word = len(words[place].text) >= DISTINCTIVE
    at_end = short and place == len(words) - 1
    return len(words) <= 2 or (place == 0 and (long_word or len(words) > LONG_LINE)) or (long_word and at_end)


def is_institution(text: str, words: list[FoldedWord]) -> bool:
    """Whether a line is the name of an institution, and not a sentence that speaks of one."""
    found = find_phrase(words, "institution")
    if found is None or _is_long(words) or has_rank(text) or text.endswith("-"):
        return False  # nor is a person there, or a sentence that goes on
    place, length = found
    if has_any(text, _CASELESS):
        return len(words) > length or not has_any(text, _IDEOGRAPHS)  # "大学" alone names none
    first = text[words[0].start]
    ends = place + length == len(words)
    if words[0].text in ARTICLES and not ends:
        after = words[place + length]
        if not text[after.start].isupper() and after.text not in OF:
            return False  # "The university as a place of memory"
    capitals = sum(text[word.start].isupper() for word in words)
    return (first.isupper() or place == 0) and (place <= 1 or ends or 2 * capitals >= len(words))


def is_department(words: list[FoldedWord]) -> bool:
    """Whether a line is the name of a faculty, a department or a course of study."""
    if _is_long(words):
        return False
    found = find_phrase(words, "department")
    if found is None:
        return False
    place, length = found
    return place <= 2 or place + length == len(words)


def _is_long(words: list[FoldedWord]) -> bool:
    """Whether words are too many for a name."""
    return sum(1.0 if len(word.text) > 1 else LETTER for word in words) > MAX_INSTITUTION
