"""Finds the pages that divide a thesis by a word and a number: "Paper I", "Study 2", "Essay One".

In: the lines of the pages. Out: the headings, each with the title below its number or at the head of the next page.
A thesis made of papers counts them in words of its own, which no list holds. But each stands nearly alone on its page,
in type larger than the text's, and they count up from one: nothing else in a thesis does so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.continuity import first_width
from thesis_convert.loader.structure.counting import read_line_number
from thesis_convert.loader.structure.headings.search import FITTING, MAX_LINES, Located
from thesis_convert.loader.structure.headings.styles import LARGER, is_caption, is_centred
from thesis_convert.loader.structure.numbering import Numbered, fold_letters, read_number
from thesis_convert.loader.structure.ordinals import read_ordinal
from thesis_convert.page import Line, PageLayout, Typography
from thesis_convert.roman import parse_roman

FEW = 12
"""A page that divides has no more lines: a number, a title, names, and where a paper was published."""
FULL = 0.9
"""None of them fills more than this share of its column but a title, as running text does."""
APART = 2
"""The next one stands at least so many pages further on: the paper is between them."""
_WORD_AND_NUMBER = re.compile(r"(?P<word>[^\W\d_]{3,})\s(?P<number>\d{1,2}|[^\W\d_]+)[.:]?")


class Divided(NamedTuple):
    """The located headings after the change, and the keys of those that only pages of their own tell of."""

    located: list[Located]
    alone: frozenset[tuple[int, int]]


class _Divider(NamedTuple):
    """The line of a number, the lines of its title, and what the number counts."""

    line: Line
    title: tuple[Line, ...]
    number: str
    value: int


def join_dividers(
    located: Sequence[Located],
    layouts: Sequence[PageLayout],
    pages: Sequence[Sequence[Line]],
    typography: Typography,
) -> Divided:
    """The headings that are known, with those on pages of their own; a number and its title become one.

    `pages` are the lines. Where both the number and the title are known as headings, they stay two.
    """
    joined = list(located)
    alone = set()
    for divider in _find_dividers(layouts, pages, typography):
        keys = {line.key for line in divider.lines}
        known = [heading for heading in joined if keys & {line.key for line in heading.lines}]
        if len(known) > 1:
            continue
        if not known:
            alone.add(divider.lines[0].key)
        joined = [heading for heading in joined if heading not in known]
        joined.append(divider._replace(level=max((heading.level for heading in known), default=0)))
    return Divided(joined, frozenset(alone))


def _find_dividers(
    layouts: Sequence[PageLayout], pages: Sequence[Sequence[Line]], typography: Typography
) -> list[Located]:
    """The headings on pages of their own, those with one word together."""
    found: defaultdict[str, list[_Divider]] = defaultdict(list)
    for number, lines in enumerate(pages):
        if 0 < len(lines) <= FEW and not layouts[number].page.pictures and lines[0].size > LARGER * typography.size:
            divider = _read_page(lines, _find_next(pages, number), typography)
            if divider is not None:
                found[fold_letters(divider.line.text.split()[0])].append(divider)
    return [_locate(divider) for dividers in found.values() if _counts_up(dividers) for divider in dividers]


def _find_next(pages: Sequence[Sequence[Line]], number: int) -> Sequence[Line]:
    """The lines of the next page, or of that after its empty back."""
    return next((lines for lines in pages[number + 1 : number + 1 + APART] if lines), ())


def _read_page(lines: Sequence[Line], following: Sequence[Line], typography: Typography) -> _Divider | None:
    first = lines[0]
    match = _WORD_AND_NUMBER.fullmatch(first.text)
    if match is None or read_number(first.text) is not None or is_caption(first):
        return None
    if any(line.box.width > FULL * line.column.width and line.size < LARGER * typography.size for line in lines[1:]):
        return None
    value = _read_value(match["number"])
    if value is None:
        return None
    title = _read_title(lines[1:], typography) or (_read_title(following, typography) if len(lines) == 1 else ())
    return _Divider(first, title, match["number"], value)


def _read_value(number: str) -> int | None:
    if number.isdecimal():
        return int(number)
    if len(number) == 1 and number.isascii() and number.isupper() and number not in "IVX":
        return ord(number) - ord("A") + 1
    return parse_roman(number) if number.isupper() else read_ordinal(number)


def _read_title(lines: Sequence[Line], typography: Typography) -> tuple[Line, ...]:
    """The first lines in one type larger than the text's, as far as they go on with each other."""
    if not lines or lines[0].size <= LARGER * typography.size or read_line_number(lines[:1]) is not None:
        return ()
    title = [lines[0]]
    for line in lines[1:MAX_LINES]:
        above = title[-1]
        full = is_centred(line) or above.slack <= first_width(line) + FITTING * line.size
        if line.font != above.font or not full:
            break
        title.append(line)
    return tuple(title)


def _counts_up(dividers: Sequence[_Divider]) -> bool:
    """Whether they count from one without a gap, with pages between them."""
    apart = all(b.line.page - a.line.page >= APART for a, b in pairwise(dividers))
    return len(dividers) > 1 and apart and [d.value for d in dividers] == list(range(1, len(dividers) + 1))


def _locate(divider: _Divider) -> Located:
    title = " ".join(line.text for line in divider.title)
    number = Numbered(divider.line.text.rstrip(".:"), title, 1, "paper", (divider.number,))
    return Located((divider.line, *divider.title), 0, number)
