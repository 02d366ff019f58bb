"""Tells running heads that say the title of a chapter or section.

In: the lines of each page, and those at the edges of the pages. Out: which of these repeat a title that stands in
larger or bolder type on their page or before it. A section of two pages has its running head once, and so nothing
that recurs; but what it says has been said already, where the section begins.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from thesis_convert.page import Line

LARGER = 1.04
"""A title is larger than its running head by this share, or bold where that is not."""
MIN_LETTERS = 4
"""Shorter words are no title."""

_NUMBER = re.compile(r"^(?:[^\W\d_]+[ .]+)?[#.\-–)§\s]*#[.\-–):|\s]*|^#?\W+")
_FOLIO = re.compile(r"[\s|.\-–]*#\W*$")

Titles = dict[str, list[Line]]


def list_titles(pages: Sequence[Sequence[Line]], mask: Callable[[str], str]) -> Titles:
    """The lines in larger or bolder type than most, by their words without numbers. `mask` writes numbers as "#"."""
    sizes = Counter(round(line.size, 1) for lines in pages for line in lines)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    titles: defaultdict[str, list[Line]] = defaultdict(list)
    for lines in pages:
        for line in lines:
            if line.font.bold or line.size > LARGER * usual:
                words = _strip(mask(line.text))
                if len(words) >= MIN_LETTERS:
                    titles[words].append(line)
    return titles


def repeats_title(line: Line, masked: str, titles: Titles) -> bool:
    """Whether a line at a page's edge, `masked` its text, says a title that has stood on its page or before.

    A title of several lines is known by its first.
    """
    words = _strip(masked)
    ends = [*(place for place, char in enumerate(words) if char == " "), len(words)]
    return any(_is_title_of(title, line) for end in ends for title in titles.get(words[:end], ()))


def _strip(masked: str) -> str:
    return _FOLIO.sub("", _NUMBER.sub("", masked))


def _is_title_of(title: Line, head: Line) -> bool:
    if title.page > head.page or title is head:
        return False
    bolder = title.font.bold and not head.font.bold and title.size >= head.size
    return bolder or title.size > LARGER * head.size
