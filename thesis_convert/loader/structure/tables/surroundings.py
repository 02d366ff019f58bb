"""Finds what stands around a table: its caption, its notes, the word that it goes on.

In: a page's lines and an area. Out: lines. A caption stands on top of its table, under it, or in the
margin beside it; notes are set small under it, or begin with a word that says what they are.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from thesis_convert.loader.structure.tables.areas import Area
from thesis_convert.loader.structure.tables.labels import begins_note, is_continuation_mark
from thesis_convert.loader.structure.tables.prose import has_wide_gap, split_at_gaps
from thesis_convert.loader.structure.tables.scanning import Caption, PageScan
from thesis_convert.page import Line, Typography

CAPTION_GAP = 2.6
"""A caption stands within so many leadings of its table."""
CAPTION_STEP = 1.45
"""Baselines of one caption, or of one note, are at most this share of the usual leading apart."""
MAX_CAPTION_LINES = 14
NOTE_GAP = 2.2
"""Notes begin within so many leadings under their table."""
MAX_NOTE_LINES = 12
SMALLER = 0.96
"""Notes are set in type smaller than this share of the body type, when no word says that they are notes."""


def choose_caption(
    scan: PageScan, captions: Sequence[Caption], area: Area, above: bool, typography: Typography
) -> tuple[Caption, tuple[Line, ...]] | None:
    """The caption of an area and its lines, on the side where this thesis sets them if there is one."""
    over, under, beside = [], [], []
    for caption in captions:
        if caption.number < 0:
            if lines := find_caption_beside(scan, caption, area):
                beside.append((caption, lines))
        elif lines := find_caption_above(scan, caption, area, typography):
            over.append((caption, lines))
        elif lines := find_caption_below(scan, caption, area, typography):
            under.append((caption, lines))
    ordered = [*reversed(over), *under] if above else [*under, *reversed(over)]
    return next(iter([*ordered, *beside]), None)


def find_caption_above(scan: PageScan, caption: Caption, area: Area, typography: Typography) -> tuple[Line, ...]:
    """The lines of a caption that stands on top of an area, () when it does not."""
    own = {word.order for word in area.words}
    others = {other.line.key for other in scan.captions if other is not caption}
    lines: list[Line] = []
    for line in scan.lines[caption.number : caption.number + MAX_CAPTION_LINES]:
        if line.key in others:
            break
        if not _stand_under(line, caption.line, area):
            continue  # text that flows around the table
        if line.words[0].order in own or line.words[-1].order in own or line.baseline < area.box.top - 1.0:
            break
        if lines and lines[-1].baseline - line.baseline > CAPTION_STEP * typography.leading:
            return ()
        lines.append(line)
    if not lines or lines[-1].baseline - area.box.top > CAPTION_GAP * typography.leading:
        return ()
    return tuple(lines) if lines[-1].baseline >= area.box.top - 1.0 and _overlaps(lines, area) else ()


def find_caption_below(scan: PageScan, caption: Caption, area: Area, typography: Typography) -> tuple[Line, ...]:
    """The lines of a caption that stands under an area, () when it does not."""
    gap = area.box.bottom - caption.line.box.top
    if not -0.5 * typography.size < gap < CAPTION_GAP * typography.leading:
        return ()
    if any(
        caption.line.baseline < line.baseline < area.box.bottom - 1.0 and line.key != caption.line.key
        for line in scan.lines
    ):
        return ()
    lines = read_caption(scan, caption.number, typography)
    return lines if _overlaps(lines, area) else ()


def find_caption_beside(scan: PageScan, caption: Caption, area: Area) -> tuple[Line, ...]:
    """The lines of a caption in the margin beside an area."""
    if not area.box.bottom <= caption.line.baseline <= area.box.top + 2 * caption.line.size:
        return ()
    start = -1 - caption.number
    lines = [scan.layout.margin[start]]
    for line in scan.layout.margin[start + 1 : start + MAX_CAPTION_LINES]:
        if not 0 < lines[-1].baseline - line.baseline < 1.6 * line.size:
            break
        lines.append(line)
    return tuple(lines)


def read_caption(scan: PageScan, number: int, typography: Typography) -> tuple[Line, ...]:
    """A line and those that go on with it: in the same type, set as close."""
    lines = [scan.lines[number]]
    starts = {caption.line.key for caption in scan.captions}
    step = 0.0
    for line in scan.lines[number + 1 : number + MAX_CAPTION_LINES]:
        if line.key in starts:
            break
        if line.box.left > lines[0].box.right or line.box.right < lines[0].box.left:
            continue
        gap = lines[-1].baseline - line.baseline
        if not 0 < gap < (1.1 * step if step else CAPTION_STEP * typography.leading * line.size / typography.size):
            break
        if abs(line.size - lines[0].size) > 0.05 * line.size or has_wide_gap(line) or len(split_at_gaps(line)) > 2:
            break
        lines.append(line)
        step = step or gap
    return tuple(lines)


def find_mark(scan: PageScan, area: Area, typography: Typography) -> tuple[Line, ...]:
    """The line under a table that says that it goes on."""
    bottom = area.box.bottom
    for line in scan.lines:
        if 0 < bottom - line.baseline < CAPTION_GAP * typography.leading and is_continuation_mark(line.text):
            return (line,)
    return ()


def find_notes(
    scan: PageScan, area: Area, caption: Sequence[Line], used: Set[int], typography: Typography
) -> tuple[Line, ...]:
    """The lines under a table that explain it: smaller than the text, or begun by a word that says so.

    `used` holds the drawing order of words that belong to tables and captions.
    """
    bottom = min([area.box.bottom, *(line.box.bottom for line in caption)])
    below = [line for line in scan.lines if line.baseline < bottom and _overlaps([line], area)]
    notes: list[Line] = []
    edge = bottom
    for line in below[:MAX_NOTE_LINES]:
        limit = NOTE_GAP * typography.leading if not notes else CAPTION_STEP * typography.leading
        small = line.size < SMALLER * typography.size
        if line.words[0].order in used or edge - line.baseline > limit or has_wide_gap(line):
            break
        if notes:
            if abs(line.size - notes[-1].size) > 0.05 * line.size:
                break
        elif not (begins_note(line.text) and (small or line.text[:1].isalpha())):
            break
        if notes and not small and notes[-1].slack > 3 * line.size:
            break
        notes.append(line)
        edge = line.baseline
    return tuple(notes)


def _stand_under(line: Line, caption: Line, area: Area) -> bool:
    left, right = min(caption.box.left, area.box.left), max(caption.box.right, area.box.right)
    return line.box.left < right and line.box.right > left


def _overlaps(lines: Sequence[Line], area: Area) -> bool:
    return any(line.box.left < area.box.right and line.box.right > area.box.left for line in lines)
