"""Finds the captions of figures among the lines of a page.

In: pages of lines. Out: the captions, each with its label and its lines. A caption begins a paragraph
with a word for "figure" and a number. Sentences begin like that as well ("Figure 3 shows"), so what
follows the number has to look like a title, and the paragraph like no running text. A caption goes on
as long as its lines have one type, one distance and one edge or axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.caption_labels import (
    begins_source,
    is_same_number,
    is_sub_label,
    read_figure_label,
)
from thesis_convert.loader.structure.leading import Leadings
from thesis_convert.page import BoundingBox, Line, PageLayout, Typography, enclosing_box

SAME_SIZE = 0.06
"""Types whose sizes differ by less than this share are one."""
MIXED_SIZE = 0.15
"""The types of two scripts in one line differ by no more than this share."""
STEP_TOLERANCE = 0.12
"""The lines of a caption keep their distance within this share of it."""
MAX_STEP = 1.3
"""Lines of a caption stand no further apart than this share of the leading of running text of their size."""
WIDEST_STEP = 2.1
"""In sizes: a caption set with double spacing goes to two."""
TRANSLATION_STEP = 2.6
"""The same in another language may be set apart by more than a line of it."""
SAME_EDGE = 0.35
"""Lines whose edges differ by less than this many sizes begin at one place."""
FITTING = 0.6
"""Space, in sizes, that must be left over for a next word to have fitted into a line."""
MAX_CAPTIONS = 100
"""No page has more; what looks like it is a list."""
BESIDE = 0.9
"""A caption whose column is less than this share of the text's has a neighbour."""
MAX_LINES = 14
"""Longer paragraphs are no captions."""


class Caption(NamedTuple):
    """A caption on a page. `certain` is false where only a picture beside it makes it one."""

    label: str
    lines: tuple[Line, ...]
    box: BoundingBox
    certain: bool


def find_captions(
    layout: PageLayout, typography: Typography, leadings: Leadings, taken: set[tuple[int, int]]
) -> list[Caption]:
    """The captions of figures on a page, in reading order. `leadings` gives the leading of each type size."""
    found = []
    used = -1
    for number, line in enumerate(layout.text):
        if number <= used or line.key in taken:
            continue
        label = read_figure_label(line.text)
        if label is None or not label.possible:
            continue
        before = layout.text[number - 1] if number else None
        if before is not None and number - 1 != used and _runs_on(before, line, leadings, typography):
            continue
        caption = _make_caption(layout.text, number, label.label, label.closed, typography, leadings, taken)
        if caption is not None:
            found.append(caption)
            used = number + len(caption.lines) - 1
            if len(found) == MAX_CAPTIONS:
                break
    return found


def find_sub_captions(
    layout: PageLayout, typography: Typography, leadings: Leadings, taken: set[tuple[int, int]]
) -> list[Caption]:
    """What may be captions of the parts of figures, in reading order: "(a) ..." and the lines that go on with it."""
    found = []
    used = -1
    for number, line in enumerate(layout.text):
        if number <= used or line.key in taken or not is_sub_label(line.text):
            continue
        caption = _make_caption(layout.text, number, line.text.split(")")[0] + ")", False, typography, leadings, taken)
        if caption is not None:
            found.append(caption)
            used = number + len(caption.lines) - 1
    return found


def _make_caption(
    lines: Sequence[Line],
    start: int,
    label: str,
    closed: bool,
    typography: Typography,
    leadings: Leadings,
    taken: set[tuple[int, int]],
) -> Caption | None:
    group = _gather(lines, start, typography, leadings, taken)
    if group is None:
        return None
    box = enclosing_box([member.box for member in group])
    return Caption(label, tuple(group), box, closed or _is_set_off(group, typography))


# Where captions begin


def _runs_on(before: Line, line: Line, leadings: Leadings, typography: Typography) -> bool:
    """Whether a line is the next one of running text."""
    if before.column != line.column or abs(before.size - line.size) > SAME_SIZE * line.size:
        return False
    step = before.baseline - line.baseline
    if not 0 < step <= _usual_leading(line, leadings, typography) * (1 + STEP_TOLERANCE):
        return False
    if line.indent - before.indent > SAME_EDGE * line.size:
        return False  # set in or centred
    return before.slack < _first_width(line) + FITTING * line.size


def _is_set_off(group: Sequence[Line], typography: Typography) -> bool:
    """Whether lines look other than running text: smaller, slanted, or centred."""
    first, body = group[0], typography.body
    if first.size < (1 - SAME_SIZE) * body.size or first.font.italic != body.italic:
        return True
    return all(_is_centred(line) for line in group)


def _is_centred(line: Line) -> bool:
    both = line.indent + line.slack
    return both > 4 * line.size and abs(line.indent - line.slack) < 0.1 * both + 1.0


# How far they go


def _gather(
    lines: Sequence[Line],
    start: int,
    typography: Typography,
    leadings: Leadings,
    taken: set[tuple[int, int]],
) -> list[Line] | None:
    """The lines of the caption that begins at `start`, None when they are too many for one."""
    group = [lines[start]]
    step = 0.0
    for line in lines[start + 1 : start + 2 + MAX_LINES]:
        above = group[-1]
        gap = above.baseline - line.baseline
        if line.key in taken or not _same_type(above, line) or line.column != above.column:
            break
        if len(group) == 1 and _is_title(line, above, leadings, typography):
            group.append(line)
            continue
        if _is_translation(line, group[0]) and 0 < gap <= TRANSLATION_STEP * line.size:
            group.append(line)
            continue
        if not 0 < gap <= min(MAX_STEP * _usual_leading(line, leadings, typography), WIDEST_STEP * line.size):
            break
        if step and abs(gap - step) > STEP_TOLERANCE * step:
            break
        if is_sub_label(line.text) or (read_figure_label(line.text) is not None and _ends(group, line)):
            break
        if not begins_source(line.text) and _breaks(group, line, typography):
            break
        group.append(line)
        step = step or gap
    return group if len(group) <= MAX_LINES else None


def _is_translation(line: Line, first: Line) -> bool:
    """Whether a line begins the same caption once more in another language: its label has the same number."""
    label, own = read_figure_label(line.text), read_figure_label(first.text)
    if label is None or own is None or not any(map(str.isdigit, label.label)):
        return False
    return is_same_number(label.label, own.label)


def _is_title(line: Line, label: Line, leadings: Leadings, typography: Typography) -> bool:
    """Whether a slanted line says what a label that stands alone in bold type above it names."""
    found = read_figure_label(label.text)
    alone = found is not None and found.length >= len(label.text) and label.font.bold and not line.font.bold
    near = 0 < label.baseline - line.baseline <= MAX_STEP * _usual_leading(line, leadings, typography)
    slanted = line.font.italic and not typography.body.italic
    return alone and near and slanted and abs(line.indent - label.indent) < SAME_EDGE * line.size


def _same_type(above: Line, line: Line) -> bool:
    """Whether two lines have one type, or one and the same mixture of two for two scripts."""
    difference = abs(above.size - line.size) / max(above.size, line.size)
    if difference <= SAME_SIZE:
        return True
    return difference <= MIXED_SIZE and {w.font.size for w in above.words} == {w.font.size for w in line.words}


def _breaks(group: Sequence[Line], line: Line, typography: Typography) -> bool:
    """Whether a line begins something new below a caption."""
    above = group[-1]
    tolerance = SAME_EDGE * line.size
    centred = abs((line.indent - line.slack) - (above.indent - above.slack)) < 2 * tolerance and line.indent > tolerance
    aligned = abs(line.indent - above.indent) < tolerance or (
        len(group) == 1 and line.indent > above.indent - tolerance
    )
    if not (centred or aligned):
        return True
    if aligned and _ends_alike(group, line, tolerance):
        return False
    if above.column.width < BESIDE * typography.columns[above.page].width:
        return False  # beside another caption nobody knows where its lines would end
    own = group[0].font.italic == line.font.italic or line.size < (1 - SAME_SIZE) * typography.size
    if not (_is_set_off(group, typography) and own) or _is_centred(above):
        # In the type of the text only a full line tells that the caption goes on.
        return _ends(group, line) and not (centred and _is_set_off([line], typography))
    return False


def _ends_alike(group: Sequence[Line], line: Line, tolerance: float) -> bool:
    """Whether the last two lines end at one edge: where a caption is set as narrow as its figure, they are full."""
    above, below = group[-2:] if len(group) > 1 else (group[-1], line)
    return abs(above.box.right - below.box.right) < tolerance and not _is_centred(above)


def _ends(group: Sequence[Line], line: Line) -> bool:
    """Whether the next line's first word would have fitted behind the last line of `group`."""
    # What is set in at its beginning is set in as far at its end.
    room = group[-1].slack - max(group[0].indent, 0.0)
    return room > _first_width(line) + FITTING * line.size


def _usual_leading(line: Line, leadings: Leadings, typography: Typography) -> float:
    return leadings.get(("", line.size), typography.leading / typography.size * line.size)


def _first_width(line: Line) -> float:
    """The width of a line's first word with all its pieces."""
    end = 1
    while end < len(line.words) and not line.words[end].space_before:
        end += 1
    first = enclosing_box([word.box for word in line.words[:end]])
    return first.width
