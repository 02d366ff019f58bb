"""Reads what the lines of contents end with: leaders and page numbers.

In: a line. Out: its `Mark`, when it ends as the last line of an entry does. Most lines of text are passed over
at one look at their last word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thesis_convert.page import Line
from thesis_convert.roman import parse_roman

GAP = 0.8
"""Without leaders, a page number stands off from its title by more sizes than any word space."""
MIN_LEADERS = 8
"""So many characters of leaders are no ellipsis, even without a title before them or a number after them."""

_DOTS = ".·…‥․∙•⋅ꞏ・"
_LEADERS = re.compile(rf"(?:\s?[{_DOTS}]){{3,}}\s*|(?:\s[.·…⋅ꞏ]){{2,}}\s*|_{{4,}}\s*|…+\s*")
_PAGE = r"(?:[A-Z]{1,2}-?\d{1,3}|\d{1,4}|\d{1,2}[-–]\d{1,3}|[ivxlcIVXLC]{1,8}|[۰-۹٠-٩]{1,4}|(?<![^\W\d_])[آ-ی])"
_ENTRY = re.compile(rf"^(?P<title>.*?\S)(?:\s*(?:[{_DOTS}]\s*){{2,}}|…+\s*|_{{4,}}\s*|\s+)(?P<page>{_PAGE})\s*$")
_TURNED = re.compile(
    rf"^(?P<title>.*?\S)??\s*(?P<page>{_PAGE})\s*(?P<leaders>(?:[{_DOTS}]\s*){{2,}})(?P<rest>[^{_DOTS}\s].*)$"
)
_MAY_END = re.compile(rf"\d$|(?:^|[{_DOTS}_]){_PAGE}$|(?:^|[\s{_DOTS}_])[{_DOTS}_]$")
"""How the last word of an entry ends; nearly all lines of running text are passed over at this one look."""
_SMALL_ROMAN = frozenset("ivxlc")


class Mark(NamedTuple):
    """What a line ends with: its text without the page number, that number, and whether leaders lead to it.

    `turned` says that the number stands where the line should begin, and the title where it should end.
    """

    title: str
    page: str
    leaders: bool
    turned: bool = False


def read_mark(line: Line) -> Mark | None:
    """What an entry's last line ends with, None when it does not end as one. Of long titles it may have no word."""
    text = line.text
    last = line.words[-1].text
    if (last[-1].islower() and last[-1] not in _SMALL_ROMAN) or not _MAY_END.search(last):
        return _read_turned_mark(line) if line.right_to_left else None
    leaders = _LEADERS.search(text)
    match = _ENTRY.match(text)
    page = match["page"] if match else ""
    title = _LEADERS.sub(" ", match["title"] if match else text).strip()
    has_words = any(c.isalpha() for c in title)
    if leaders:
        long = len(leaders.group()) > MIN_LEADERS and "_" not in text
        # The page number may be lost, or stand on a line of its own.
        lost = match is None and has_words and leaders.end() >= len(text) - 1
        return (
            Mark(title if has_words else "", page, True)
            if (match and has_words) or (long and (match or lost))
            else None
        )
    if match is None or not has_words or len(line.words) < 2:
        return None
    last_word, before = line.words[-1], line.words[-2]
    gap = max(last_word.box.left - before.box.right, before.box.left - last_word.box.right)
    return Mark(title, page, False) if gap > GAP * line.size else None


def _read_turned_mark(line: Line) -> Mark | None:
    """The same for a line of a script that runs to the left, whose parts were set in the order of Latin ones."""
    match = _TURNED.match(line.text)
    if match is None or len(match["leaders"]) < MIN_LEADERS:
        return None
    title = " ".join(part for part in (match["title"], match["rest"]) if part)
    return Mark(title, match["page"], True, turned=not match["title"])


def page_value(page: str) -> int | None:
    """A printed page number as a number, roman ones before all others; None for letters."""
    if page.isdecimal():
        return int(page)
    roman = parse_roman(page)
    return roman - 10_000 if roman else None
