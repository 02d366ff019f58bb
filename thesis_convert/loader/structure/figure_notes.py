"""Takes the words of figures back from the footnotes.

In: pages of lines. Out: the same with the words and the caption of a figure at the foot of a page among the
text. The axis of a drawing looks like the rule over footnotes, and the small type under it like notes. Notes
within a frame around the whole text are notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.page import BoundingBox, Line, PageLayout

BACKGROUND = 0.8
"""A picture over this share of the page is its background, on which notes may stand."""
LABEL_LETTERS = 25
"""Lines of labels have fewer letters than this, lines of notes more."""

_BEGINS_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶‖#]{1,4})[\])]?[.:)]?\s")


def take_back_words(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages without those notes that are a figure's words or its caption."""
    return [_take_back(layout) if layout.notes and layout.page.pictures else layout for layout in layouts]


def _take_back(layout: PageLayout) -> PageLayout:
    notes = layout.notes
    limit = BACKGROUND * layout.page.width * layout.page.height
    boxes = [p.box for p in layout.page.pictures if p.box.area < limit and not _frames_text(p.box, layout.text)]
    last = -1
    bare = True  # nothing but the numbers and words of a drawing until here
    for place, line in enumerate(notes):
        label = read_figure_label(line.text) if bare else None
        if (label and label.closed) or any(_stands_on(line, box) for box in boxes):
            last = place
        else:
            bare = bare and not _is_running(line)
    while last >= 0 and last + 1 < len(notes) and not _BEGINS_NOTE.match(notes[last + 1].text):
        last += 1
    if last < 0:
        return layout
    return replace(layout, text=(*layout.text, *notes[: last + 1]), notes=notes[last + 1 :])


def _frames_text(box: BoundingBox, lines: Sequence[Line]) -> bool:
    """Whether the text of the page stands on a picture, as in a frame around it; on a figure mostly labels do."""
    framed = [line for line in lines if _stands_on(line, box)]
    return 2 * len(framed) > len(lines) and 2 * sum(map(_is_running, framed)) > len(framed)


def _is_running(line: Line) -> bool:
    return sum(c.isalpha() for c in line.text) >= LABEL_LETTERS


def _stands_on(line: Line, box: BoundingBox) -> bool:
    return box.holds((line.box.left + line.box.right) / 2, (line.box.bottom + line.box.top) / 2)
