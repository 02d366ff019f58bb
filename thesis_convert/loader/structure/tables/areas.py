"""Reads the parts of a page that may be tables: ruled areas, and columns of words without a frame.

In: a page's lines and rules. Out: an `Area` where these read as a grid, with its words. Rows of a head
may stand on top of a frame and labels of rows beside it; running text never belongs to a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from thesis_convert.loader.structure.tables.columns import split_segments
from thesis_convert.loader.structure.tables.grid import Grid, read_grid
from thesis_convert.loader.structure.tables.labels import read_table_label
from thesis_convert.loader.structure.tables.prose import WIDE_GAP, has_wide_gap, is_prose_line, split_at_gaps
from thesis_convert.loader.structure.tables.strokes import Ruling, find_rulings
from thesis_convert.page import BoundingBox, Line, PageLayout, Typography, Word, enclosing_box
from thesis_convert.scripts import has_right_to_left

MIN_WIDTH = 2.0
"""Sizes; what is narrower has no two columns."""
WHOLE_PAGE = 0.97
"""Rules around this share of a page's height frame the page."""
REACH = 0.6
"""Words this near, in sizes, outside the rules still stand between them: italics and bold overhang."""
NEAR = 0.8
"""The baseline of a head that stands on a frame is within so many leadings of it."""
MAX_OUTSIDE_ROWS = 4
"""Rows of a head that may stand above a table's frame."""
LABELLED = 0.8
"""Share of the labels of rows that have their rows beside them; running text has other lines."""
LABEL_WORDS = 4
"""Row labels beside a frame have about so many words; running text beside a table has more."""
LARGER = 1.12
"""Type so much larger than the text's is a heading's."""
HEAD_STEP = 1.4
"""The rows of a head follow each other within so many leadings."""
ROW_GAP = 2.6
"""Rows of a table without rules are at most this many leadings apart."""
SAME_STEP = 1.1
"""Lines of one cell are nearer than so many of the closest steps in a table."""
SAME_START = 0.1
"""Cells begin at one place when their edges differ by less than so many sizes."""
TIGHT = 0.4
"""A gap of so many sizes parts cells whose columns are known."""
LEAST_ROWS = 3
LEAST_RULED = 2
WHOLE_WIDTH = 0.85
"""A rule over this share of a table's width goes all across it."""
MAX_ROWS = 90
"""More lines than this do not stand on a page in type that can be read."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that reads as a grid: where, its words, its grid, and the rules in and around it."""

    box: BoundingBox
    words: tuple[Word, ...]
    grid: Grid
    ruling: Ruling


def read_ruled_area(
    ruling: Ruling,
    others: Sequence[Ruling],
    layout: PageLayout,
    lines: Sequence[Line],
    captions: Set[tuple[int, int]],
    typography: Typography,
) -> Area | None:
    """The area of a ruling, with what stands just outside its rules and belongs to it.

    `others` are all rulings of the page, `lines` its lines that are nothing else yet, `captions` the
    keys of those among them that begin captions.
    """
    size = typography.size
    box = ruling.box
    if box.width < MIN_WIDTH * size or box.height > WHOLE_PAGE * layout.page.height:
        return None
    inside = [x for x in lines if box.bottom - 0.2 * size < x.baseline and x.baseline + 0.3 * x.size < box.top]
    words = [w for line in inside for w in line.words if _stands_in(w, box, REACH * size)]
    if len(words) < 2:
        return None
    words += _words_beside(words, inside, box, others, size)
    words += _words_above(words, lines, box, captions, typography)
    turned = [w for w in layout.page.words if w.turns and box.bottom < w.box.bottom < box.top]
    words += [w for w in turned if _stands_in(w, box, REACH * size)]
    return _read_area(words, ruling, layout, typography)


def read_open_area(
    candidates: Iterable[Line], used: Set[int], layout: PageLayout, typography: Typography, rest: bool = False
) -> Area | None:
    """The columns of words without a frame at the beginning of `candidates`, lines downwards or upwards.

    `used` holds the drawing order of words that are something else. The `rest` of a table may begin with a line
    of its first column that goes on with a row on the page before.
    """
    lines: list[Line] = []
    for line in islice(candidates, MAX_ROWS):
        if line.words[0].order in used or is_prose_line(line) or line.size > LARGER * typography.size:
            break
        if read_table_label(line.text) is not None:
            break
        if lines and abs(lines[-1].baseline - line.baseline) > ROW_GAP * typography.leading:
            break
        lines.append(line)
    lines.sort(key=lambda line: -line.baseline)
    while lines and not has_wide_gap(lines[-1]) and _is_at_start(lines[-1], lines):
        if _wraps_label(lines) or _keeps_columns(lines[-1], lines[:-1]):
            break
        lines.pop()
    broken = rest and len(lines) > 1 and has_wide_gap(lines[1]) and lines[0].text[0].islower()
    while lines and not broken and not _begins_area(lines, typography):
        lines.pop(0)
    parted = sum(has_wide_gap(line) for line in lines)
    if parted < LEAST_RULED:
        return None
    ruling = _rules_inside(enclosing_box([line.box for line in lines]), layout, typography)
    if parted < count_least_rows(ruling):
        return None
    return _read_area([word for line in lines for word in line.words], ruling, layout, typography)


def count_least_rows(ruling: Ruling) -> int:
    """How many rows with columns make a table without a frame: fewer when a rule under its head goes all across."""
    width = ruling.box.width
    return LEAST_RULED if any(stroke.length > WHOLE_WIDTH * width for stroke in ruling.across) else LEAST_ROWS


def _read_area(words: Sequence[Word], ruling: Ruling, layout: PageLayout, typography: Typography) -> Area | None:
    printed = take_as_printed(words, layout)
    grid = read_grid(printed, ruling, typography.right_to_left)
    box = enclosing_box([ruling.box, *(w.box for w in printed)])
    return Area(box, printed, grid, ruling) if grid is not None else None


def take_as_printed(words: Sequence[Word], layout: PageLayout) -> tuple[Word, ...]:
    """The words as they stand on the page, where the lines have joined or turned some of them.

    That is done for scripts from right to left; what is right for a line is not so for its cells.
    """
    if not any(has_right_to_left(word.text) for word in words):
        return tuple(words)
    printed = {word.order: word for word in layout.page.words}
    lines = (*layout.text, *layout.notes, *layout.margin, *layout.furniture)
    known = {word.order for line in lines for word in line.words}
    box = enclosing_box([word.box for word in words])
    joined = [
        w for w in layout.page.words if w.order not in known and not w.turns and box.overlap(w.box) > 0.5 * w.box.area
    ]
    return tuple(sorted((*(printed.get(w.order, w) for w in words), *joined), key=lambda w: w.order))


def _begins_area(lines: Sequence[Line], typography: Typography) -> bool:
    """Whether the first line has columns, or is a head over several: the next follows as rows do, and has columns."""
    if len(split_segments(lines[0].words)) > 1:
        return True
    if len(lines) < 2 or _is_at_start(lines[0], lines):
        return False
    return has_wide_gap(lines[1]) and lines[0].baseline - lines[1].baseline < HEAD_STEP * typography.leading


def _wraps_label(lines: Sequence[Line]) -> bool:
    """Whether the last line goes on with the label of the last row: as close under it as lines stand, and as narrow."""
    if len(lines) < 3 or abs(lines[-1].size - lines[-2].size) > 0.05 * lines[-1].size:
        return False
    if not has_wide_gap(lines[-2]) and not _keeps_columns(lines[-2], lines[:-2]):
        return False
    closest = min(above.baseline - below.baseline for above, below in pairwise(lines[:-1]))
    second = min(_second_columns(lines[:-1]))
    step = lines[-2].baseline - lines[-1].baseline
    return step < SAME_STEP * closest and lines[-1].box.right < second


def _keeps_columns(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a tight line has a word where the second column of most lines begins."""
    starts = _second_columns(lines)
    if len(starts) < LEAST_RULED or len(starts) < 0.5 * len(lines):
        return False
    second = min(starts)
    return max(starts) - second < SAME_START * line.size and any(
        abs(after.box.left - second) < SAME_START * line.size and after.box.left - before.box.right > TIGHT * line.size
        for before, after in pairwise(line.words)
    )


def _second_columns(lines: Sequence[Line]) -> list[float]:
    """Where the second column begins in each line that has one."""
    parts = (split_at_gaps(line, WIDE_GAP) for line in lines)
    return [starts[1] for starts in parts if len(starts) > 1]


def _is_at_start(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line begins where the first column does."""
    left, right = min(x.box.left for x in lines), max(x.box.right for x in lines)
    return line.box.left < left + 0.3 * (right - left)


def _rules_inside(box: BoundingBox, layout: PageLayout, typography: Typography) -> Ruling:
    size = typography.size
    bottom, top = box.bottom - size, box.top + size

    def is_near(other: BoundingBox) -> bool:
        return bottom < other.bottom and other.top < top and other.right > box.left and other.left < box.right

    near = replace(
        layout.page,
        rules=tuple(rule for rule in layout.page.rules if is_near(rule.box)),
        pictures=tuple(picture for picture in layout.page.pictures if is_near(picture.box)),
    )
    inside = find_rulings(near, (), size, typography.leading, lambda between: False)
    across = tuple(sorted((s for r in inside for s in r.across), key=lambda s: -s.at))
    return Ruling(box, across, tuple(sorted(s for r in inside for s in r.down)))


def _stands_in(word: Word, box: BoundingBox, reach: float) -> bool:
    middle = (word.box.left + word.box.right) / 2
    return box.left - reach < middle < box.right + reach


def _words_beside(
    words: Sequence[Word], lines: Sequence[Line], box: BoundingBox, others: Sequence[Ruling], size: float
) -> list[Word]:
    """Row labels outside the frame, on the lines inside it."""
    own = {word.order for word in words}
    outside = [[w for w in line.words if w.order not in own] for line in lines]
    if not any(outside) or any(
        other.box != box and min(other.box.top, box.top) - max(other.box.bottom, box.bottom) > size for other in others
    ):
        return []
    labelled = sum(len(found) < len(line.words) for found, line in zip(outside, lines, strict=True) if found)
    count = sum(1 for found in outside if found)
    if sum(map(len, outside)) > LABEL_WORDS * count or labelled < LABELLED * count:
        return []
    return [w for found in outside for w in found]


def _stands_apart(words: Sequence[Word], line: Line) -> bool:
    """Whether the other words of a line keep their distance from these."""
    left, right = min(w.box.left for w in words), max(w.box.right for w in words)
    gap = line.size
    return all(w.box.right < left - gap or w.box.left > right + gap or w in words for w in line.words)


def _words_above(
    words: Sequence[Word],
    lines: Sequence[Line],
    box: BoundingBox,
    captions: Set[tuple[int, int]],
    typography: Typography,
) -> list[Word]:
    """The rows of a head that stands on top of the frame."""
    left, right = min(w.box.left for w in words), max(w.box.right for w in words)
    reach = 2 * typography.size
    found: list[Word] = []
    top = box.top
    over = sorted((x for x in lines if x.baseline + 0.3 * x.size >= box.top), key=lambda x: x.baseline)
    for line in over[:MAX_OUTSIDE_ROWS]:
        above = [w for w in line.words if w.box.right > left - reach and w.box.left < right + reach]
        if line.baseline - top > NEAR * typography.leading or line.key in captions or not above:
            break
        outside = len(above) < len(line.words) and not _stands_apart(above, line)
        if outside or len(split_segments(above)) < 2 or not has_wide_gap(line):
            break
        found += above
        top = max(w.box.top for w in above)
    return found
