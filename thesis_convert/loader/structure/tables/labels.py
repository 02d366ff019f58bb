"""Reads the label that a table's caption begins with, and tells the words that begin its notes.

In: the text of a line. Out: the label as printed and how sure it is. The words of many languages are
in `data/captions.json`: a label there is followed by its number, or preceded by it where "#" says so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from thesis_convert.loader.structure.caption_labels import list_caption_words
from thesis_convert.scripts import has_case

MAX_MARK = 40
"""So many characters tell at most that a table goes on."""
_NUMBER = r"(?:[A-Z]{1,2}[.\-–]?)?\d+(?:\s?[.\-–:٫]\s?\d+)*[a-z]?|[IVXLC]{1,7}|[A-Z](?=[.:])"
"""A number as captions have it: 3, 3.12, A.1, B-2, S4, IV; in the digits of any script."""
_SIGN = r"(?:n\s?[.°ºo]{1,2}|no\.|nr\.?|č\.|№)?"
_END = r"\s*(?P<end>[:：．。|—–]|[.\-](?=\W|$))?(?=\s|$|[^\w.,;]|(?<=\W)\w)"


class CaptionLabel(NamedTuple):
    """A label such as "Table 3.1".

    `certain` says that the line can be nothing but a caption: its label ends with a stop or colon, or
    stands alone. `possible` is false for a sentence that begins with the label ("Table 3 shows").
    `continued` marks the caption of a table that goes on from the page before.
    """

    label: str
    certain: bool
    possible: bool
    continued: bool


def read_table_label(text: str) -> CaptionLabel | None:
    """The label that a line begins with, None when it begins with none."""
    match = _pattern().match(text) if _may_begin(text.partition(" ")[0]) else None
    if match is None:
        return None
    rest = text[match.end() :].strip()
    continued = _continued().match(rest) is not None
    # "... are listed in / Table 3." ends a sentence: a label with its stop and no more may be either.
    certain = continued or (bool(match.group("end")) if rest else match.group("end") != ".")
    # A sentence goes on with a small letter; scripts without capitals leave the question open.
    sentence = rest[:1].islower() and has_case(match.group("label"))
    possible = certain or not rest or not (sentence or rest[0] in ",;)")
    return CaptionLabel(match.group("label").strip(), certain, possible, continued)


@cache
def label_forms() -> frozenset[str]:
    """The words that labels begin with, as they are printed before a number."""
    words = {word.partition(" ")[0] for word in list_caption_words("label", "table")}
    return frozenset(form for word in words for form in (word, word.lower(), word.upper()))


def _may_begin(word: str) -> bool:
    """Whether a label may begin with this word: most lines are done with at that."""
    if not word.isascii() or word[:1].isdigit():
        return True
    return word.strip("0123456789.:-()[]").casefold() in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.partition(" ")[0].rstrip(".").casefold() for word in list_caption_words("label", "table"))


def is_continuation_mark(text: str) -> bool:
    """Whether a line under a table says no more than that it goes on: "(continued)", "Continued on next page"."""
    return len(text) <= MAX_MARK and _continued().match(text) is not None


def begins_note(text: str) -> bool:
    """Whether a line under a table begins as its notes do: "Note:", "Source:", or a mark of reference."""
    return _notes().match(text) is not None


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


@cache
def _pattern() -> re.Pattern[str]:
    labels = list_caption_words("label", "table")
    before = _alternatives(tuple(word for word in labels if not word.startswith("#")))
    after = _alternatives(tuple(word.lstrip("# ") for word in labels if word.startswith("#")))
    return re.compile(
        rf"\W{{0,2}}(?P<label>(?:(?i:{before})\s*{_SIGN}\s*[(\[«]?(?:{_NUMBER})[)\]»]?)|(?:(?:{_NUMBER})\.?\s*(?i:{after})))"
        + _END
    )


@cache
def _continued() -> re.Pattern[str]:
    return re.compile(rf"[(\[（［\-–—.,:：\s]*(?i:{_alternatives(list_caption_words('continued', 'table'))})(?!\w)")


@cache
def _notes() -> re.Pattern[str]:
    notes = _alternatives(list_caption_words("notes", "table"))
    return re.compile(rf"(?i:{notes})[^:.：]{{0,24}}[:.：]|[*†‡§]|[a-z¹²³⁴-⁹\d][)\s]")
