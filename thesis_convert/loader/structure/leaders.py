"""Reads the lines of lists whose two sides are joined by dots: terms and their meanings, symbols and their pages.

In: a line. Out: whether dots lead through it, and the line without these. Contents have such lines, too; those are
known before anything else.
"""

from __future__ import annotations

import re
from itertools import groupby

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.page import Line

_DOTS = ".·․∙…"
_PAGE = re.compile(r"[\dxvilcXVILC]{1,7}[.,]?$")
_LEADER = re.compile(rf"(?:\s?[{_DOTS}]){{5,}}|(?:\s?…){{2,}}")


def has_leader(line: Line) -> bool:
    """Whether one row of dots leads from one word of a line to another; a form to fill in has several."""
    text = line.text
    if ". ." not in text and ".." not in text and "…" not in text and "·" not in text:
        return False
    found = list(_LEADER.finditer(text))
    return len(found) == 1 and found[0].start() > 0 and found[0].end() < len(text)


def leads_to_page(line: Line) -> bool:
    """Whether the dots lead to a page number, in figures or small roman ones."""
    return _PAGE.match(line.words[-1].text) is not None and has_leader(line)


def cut_leader(line: Line) -> tuple[Line, int]:
    """A line with a leader without its dots, and how many words stand before these."""
    runs = [list(run) for dots, run in groupby(range(len(line.words)), lambda n: _is_dots(line, n)) if dots]
    longest = max(runs, key=len, default=[])
    if not longest or longest[0] == 0 or longest[-1] == len(line.words) - 1:
        return line, 0
    before, after = line.words[: longest[0]], line.words[longest[-1] + 1 :]
    last = before[-1]._replace(text=before[-1].text.rstrip(_DOTS) or before[-1].text)
    first = after[0]._replace(text=after[0].text.lstrip(_DOTS) or after[0].text, space_before=True)
    return replace_words(line, (*before[:-1], last, first, *after[1:])), len(before)


def _is_dots(line: Line, number: int) -> bool:
    return not line.words[number].text.strip(_DOTS)
