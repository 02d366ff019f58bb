"""Finds where tables may stand on a page.

In: a page as laid out. Out: a `PageScan`: its captions, and the ruled areas that read as a grid.
Whether an area is a table is settled with its caption, later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.lines.building import line_text, make_line
from thesis_convert.loader.structure.caption_labels import is_same_number
from thesis_convert.loader.structure.tables.areas import Area, read_ruled_area
from thesis_convert.loader.structure.tables.columns import split_segments
from thesis_convert.loader.structure.tables.labels import CaptionLabel, label_forms, read_table_label
from thesis_convert.loader.structure.tables.prose import is_prose_line, is_running_text
from thesis_convert.loader.structure.tables.strokes import find_rulings
from thesis_convert.page import Line, PageLayout, Rule, Typography, Word

RECURRING = 0.2
"""A rule at one place on this share of the pages that have rules belongs to their heads or feet."""
BESIDE_GAP = 1.2
"""A table that text flows around keeps more than so many sizes from it."""
MAX_LINES = 3
"""The same in another language follows within so many lines."""
SIDE_STEP = 1.7
"""Lines of captions side by side follow each other within so many sizes."""


class Caption(NamedTuple):
    """The first line of a caption: its number among the lines of the page, -1 - n for margin line n."""

    number: int
    line: Line
    label: CaptionLabel


@dataclass(frozen=True, slots=True)
class PageScan:
    """A page's lines that are not taken, the captions among them, and its areas from the top down."""

    layout: PageLayout
    lines: tuple[Line, ...]
    captions: tuple[Caption, ...]
    areas: tuple[Area, ...]
    code: Set[tuple[int, int]]


RulePlace = tuple[int, int, int]
"""Height, left and right edge of a rule, in whole points."""


def scan_page(
    layout: PageLayout,
    typography: Typography,
    taken: Set[tuple[int, int]],
    code: Set[tuple[int, int]],
    furniture: Set[RulePlace],
) -> PageScan:
    """What a page has of captions and areas that may be tables.

    `code` are the keys of lines that look like a listing's, `furniture` the places of rules that
    belong to running heads.
    """
    layout = replace(layout, text=_part_captions(layout.text))
    lines = tuple(line for line in layout.text if line.key not in taken)
    captions = _find_captions(lines, layout.margin, typography)
    starts = {caption.line.key for caption in captions}

    def is_prose(between: list[Line]) -> bool:
        return any(line.key in starts for line in between) or is_running_text(between)

    rules = tuple(rule for rule in layout.page.rules if _place(rule) not in furniture)
    page = replace(layout.page, rules=rules)
    rulings = find_rulings(page, lines, typography.size, typography.leading, is_prose, starts)
    areas = []
    for ruling in rulings:
        if len(ruling.across) + len(ruling.down) > 1:
            area = read_ruled_area(ruling, rulings, layout, lines, starts, typography)
            if area is not None:
                areas.append(area)
    return PageScan(layout, lines, captions, tuple(areas), code)


def find_furniture_rules(layouts: Sequence[PageLayout]) -> frozenset[RulePlace]:
    """The places of the rules over or under the text that return on page after page."""
    count: Counter[RulePlace] = Counter()
    pages = 0
    for layout in layouts:
        if not layout.text or not layout.page.rules:
            continue
        pages += 1
        top, bottom = max(line.baseline for line in layout.text), min(line.baseline for line in layout.text)
        outside = (r for r in layout.page.rules if r.horizontal and not bottom < r.box.bottom < top)
        count.update({_place(rule) for rule in outside})
    return frozenset(place for place, number in count.items() if number >= max(3, RECURRING * pages))


def _place(rule: Rule) -> RulePlace:
    return round(rule.box.bottom), round(rule.box.left), round(rule.box.right)


def _find_captions(lines: Sequence[Line], margin: Sequence[Line], typography: Typography) -> tuple[Caption, ...]:
    found: list[Caption] = []
    for number, line in enumerate(lines):
        label = read_table_label(line.text)
        if label is not None and label.possible:
            before = lines[number - 1] if number else None
            titled = line.text[len(label.label) :].lstrip()[:1] in (":", "：")
            if found and _is_translation(found[-1], number, line, label):
                continue
            if before is None or titled or not _goes_on(before, line, typography):
                found.append(Caption(number, line, label))
    for number, line in enumerate(margin):
        label = read_table_label(line.text)
        if label is not None and label.possible:
            found.append(Caption(-1 - number, line, label))
    return tuple(found)


def _is_translation(caption: Caption, number: int, line: Line, label: CaptionLabel) -> bool:
    """Whether a line begins a caption once more in another language, under it: its label has the same number."""
    near = number - caption.number <= MAX_LINES and caption.line.baseline > line.baseline
    over = caption.line.box.left < line.box.right and line.box.left < caption.line.box.right
    close = caption.line.baseline - line.baseline < SIDE_STEP * line.size * (number - caption.number)
    return near and close and over and is_same_number(label.label, caption.label.label)


def _goes_on(before: Line, line: Line, typography: Typography) -> bool:
    """Whether a line stands inside a paragraph that only happens to name a table at its edge."""
    return (
        0 < before.baseline - line.baseline < 1.25 * typography.leading
        and abs(before.size - line.size) < 0.05 * line.size
        and before.font.bold == line.font.bold
        and is_prose_line(before)
        and abs(before.box.right - before.column.right) < 2 * line.size
        and abs(before.box.left - before.column.left) < 3 * line.size
    )


def _part_captions(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with those cut in two on which a table's caption stands behind another, or behind running text."""
    result: list[Line] = []
    pending: list[Line] = []  # the parts of the right caption: they are read after what stands on the left
    cut = None
    for line in lines:
        if pending and pending[-1].baseline - line.baseline > SIDE_STEP * line.size:
            result += pending
            pending, cut = [], None
        start = _find_caption_behind(line) if cut is None else cut
        left, right = _cut_line(line, start) if start is not None else (line, None)
        if left is None or (right is not None and _crosses(right, pending)):
            result += pending
            pending, cut = [], None
            left, right = line, None
        result.append(left)
        if right is not None:
            pending.append(right)
            cut = start
    return (*result, *pending)


def _crosses(right: Line, pending: Sequence[Line]) -> bool:
    """Whether the right part of a line is in other type than the caption above it: it belongs to something else."""
    return bool(pending) and abs(right.size - pending[-1].size) > 0.05 * right.size


def _find_caption_behind(line: Line) -> float | None:
    """From where on a line is a caption that does not begin it, None when there is none."""
    if len(line.words) < 4 or label_forms().isdisjoint([word.text for word in line.words]):
        return None
    first = read_table_label(line.text)
    segments = split_segments(line.words)
    for before, segment in pairwise(segments):
        label = read_table_label(line_text(segment.words))
        wide = segment.left - before.right > BESIDE_GAP * line.size
        if label is not None and (first is not None or (label.certain and wide)):
            return segment.left - 1.0
    return None


def _cut_line(line: Line, x: float) -> tuple[Line | None, Line | None]:
    """The parts of a line before and after `x`, which must stand apart."""
    before = [w for w in line.words if w.box.right < x]
    after = [w for w in line.words if w.box.left > x]
    if len(before) + len(after) < len(line.words):
        return line, None

    def make(words: list[Word]) -> Line | None:
        return make_line(line.page, [words], line.column, line.right_to_left) if words else None

    return make(before), make(after)
