"""Reads the head of a page that tells the title and goes on with text, as papers begin.

In: pages of lines. Out: the lines over the text. A thesis without a title page begins so; its lines are
known by what follows them: an abstract, the contents, or lines that run over the whole column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.names import read_people
from thesis_convert.loader.structure.title_entries import list_entries
from thesis_convert.page import Line, PageLayout, Typography

DISPLAY = 1.2
"""Type this many times the body's is display type."""
RUNNING_SHARE = 0.34
"""A page whose lines run over the column to this share is text."""
FULL_WIDTH = 0.8
"""A line of running text takes so much of its column."""
MIN_OPENING = 4
"""An abstract under the title has so many lines, its own title counted."""


def read_opening(layouts: Sequence[PageLayout], typography: Typography) -> tuple[Line, ...]:
    """The lines above the abstract or contents of a thesis that begins without a title page, as papers do.

    () for any other: the first line is in display type, and below it stands a name, a date or an address.
    """
    lines = next((layout.text for layout in layouts if layout.text), ())
    end = next((place for place, line in enumerate(lines) if section_kind(line.text) in ("abstract", "contents")), 0)
    head, text = lines[:end], lines[end:]
    display = max((line.size for line in head[:2]), default=0.0) >= DISPLAY * typography.size
    if len(head) < 2 or not display or runs_over(head) or len(text) < MIN_OPENING:
        return ()
    below = list_entries(head[1:])
    told = any(e.role.name in ("date", "other") or read_people(e.text, labelled=False) for e in below)
    return head if told else ()


def read_head(layouts: Sequence[PageLayout], typography: Typography) -> Sequence[Line]:
    """The lines above the text of the first page, where a thesis begins without a title page."""
    lines = next((layout.text for layout in layouts if layout.text), ())
    if lines and section_kind(lines[0].text) is not None:
        return ()  # the title page is a picture
    for place, (line, below) in enumerate(pairwise(lines)):
        if is_full(line) and is_full(below) and abs(line.size - typography.size) < 0.1 * typography.size:
            return lines[:place]
    return lines


def runs_over(lines: Sequence[Line]) -> bool:
    """Whether most lines run over the column, as those of a text do."""
    running = sum(
        is_full(line) and line.size == below.size and line.baseline - below.baseline < 2.2 * line.size
        for line, below in pairwise(lines)
    )
    return running > RUNNING_SHARE * len(lines)


def is_full(line: Line) -> bool:
    return line.box.width >= FULL_WIDTH * line.column.width and len(line.words) > 4
