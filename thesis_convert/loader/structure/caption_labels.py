"""Reads the labels that captions of figures begin with.

In: the text of a line. Out: the label, and what its shape tells. The words of many languages are in
`data/captions.json`, where "#" stands for a number that comes before its word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from thesis_convert.loader.structure.folding import load_data
from thesis_convert.scripts import has_case

_NUMBER = (
    r"(?:[A-Z]{1,2}[.\-–]?)?\d+(?:\s?[.\-–/٫]\s?\d+)*(?:\s?\([a-z]\)|[a-z](?!\w))?"
    r"|[IVXLC]{1,7}(?:[.\-–]\d+)*|[A-Z](?:[.\-–]\d+)+|[A-Z](?=[.:]\s)|[一二三四五六七八九十]{1,3}|[.\s:]{1,3}\d+(?:[\s.:]+\d+)*"
)
"""A number as captions have it: 3, 3.12, 3-12, A.1, S4, 3a, IV, 三; in the digits of any script."""
_RANGE = rf"(?:\s?(?:[-–,&+]|and|und|et|y|e|и)\s?(?:{_NUMBER}))?"
_SIGN = r"(?:\s?n\s?[.°ºo]{1,2}|\s?no\.|\s?nr\.?|\s?č\.|\s?№)?"
_END = r"\s*(?P<end>[.)]?\s?[:：．。|—–―]|[.)\]\-](?=\s|$))?"
_MAY_BEGIN = re.compile(r"[\dIVXLC:：一二三四五六七八九十]|[A-Z][.:\-–]")
_BEGINNING = 25
"""What a line holds among so many characters if it begins with a label at all; most lines do not."""
_SUB_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|[A-H]|\d|[آ-ی])\)")


class FigureLabel(NamedTuple):
    """A label such as "Fig. 3.2", at the beginning of a line.

    `closed` says that a stop, colon or dash ends it. `possible` is false for what goes on like a
    sentence. `length` counts the characters up to the caption's first word.
    """

    label: str
    closed: bool
    possible: bool
    length: int


def read_figure_label(text: str) -> FigureLabel | None:
    """The label of a figure that a text begins with, None when it begins with none."""
    match = _pattern().match(text) if _MAY_BEGIN.search(text, 0, _BEGINNING) else None
    if match is None or match.group("label")[0].islower():
        return None
    label = match.group("label").strip()
    rest = text[match.end() :].strip()
    closed = match.group("end") is not None
    if not any(c.isdigit() or c.isupper() or c in "一二三四五六七八九十" for c in label[1:]) and not closed:
        return None
    first = rest[:1]
    # In scripts without capitals a small letter begins no sentence's rest but a foreign word.
    possible = closed or not rest or not ((first.islower() and has_case(label)) or first in ",;.)")
    return FigureLabel(label, closed, possible, match.end())


def is_same_number(label: str, other: str) -> bool:
    """Whether two labels have one number and other words, as those of one caption in two languages."""
    numbers = [[char for char in text if char.isdigit()] for text in (label, other)]
    return numbers[0] == numbers[1] and label[0] != other[0]


def is_sub_label(text: str) -> bool:
    """Whether a line begins as the caption of a part of a figure does: "(a) ..."."""
    return _SUB_LABEL.match(text) is not None


def begins_source(text: str) -> bool:
    """Whether a line says where a picture comes from: "Source: ..."."""
    return _source_pattern().match(text) is not None


def begins_other_caption(text: str) -> bool:
    """Whether a line begins as the caption of a table does."""
    return _other_pattern().match(text) is not None


@cache
def list_caption_words(part: str, kind: str) -> tuple[str, ...]:
    """The words of all languages for a part of a figure or table, the longest first."""
    words = {word for language in load_data("captions.json")[kind].values() for word in language[part]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(
        re.escape(word.rstrip(".")) for word in list_caption_words("label", "figure") if not word.startswith("#")
    )
    after = "|".join(
        re.escape(word.lstrip("# ")) for word in list_caption_words("label", "figure") if word.startswith("#")
    )
    # No letter of a script with spaces between its words goes on. Large ranges take long to compile; these do not.
    apart = r"(?!(?=[\0-\u058f\U00010000-\U0010ffff])[^\W_])"
    numbered = rf"\s?\.?{_SIGN}\s*[(\[«]?(?:(?<![^\W\d_])|(?![A-Z]))(?:{_NUMBER}){_RANGE}[)\]»]?{apart}"
    return re.compile(
        rf"\W{{0,2}}(?P<label>(?i:{before})(?:{numbered}|(?=\s?[:：]))|(?:{_NUMBER})\.?\s?(?i:{after})(?!\w)){_END}"
    )


@cache
def _source_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in list_caption_words("source", "figure"))
    return re.compile(rf"[(\[]?(?i:{words})[^:.：\d]{{0,24}}[:：]")


@cache
def _other_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word.lstrip("# ")) for word in list_caption_words("label", "table"))
    return re.compile(rf"\W{{0,2}}(?:(?i:{words})\s?\.?\s?(?:{_NUMBER})|\d[\d.]*\s(?i:{words})){_END}")
