"""Collects the text that belongs to a figure: labels inside its drawing, beside it, and between it and its caption.

In: the box of a figure's shapes, and the lines of its page that are no running text. Out: the lines that
are part of the figure. Labels stand inside the drawing or next to it, smaller than the text or in
another type. Labels set on their side (the title of an axis) are no lines of the text at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from thesis_convert.loader.lines.building import line_text
from thesis_convert.loader.structure.captions import Caption
from thesis_convert.loader.structure.continuity import SENTENCE_END
from thesis_convert.loader.structure.figure_pairs import Scene
from thesis_convert.loader.structure.figure_shapes import has_wide_gaps, is_near, is_running, same_face
from thesis_convert.page import BoundingBox, Line, Page, Typography, Word, enclosing_box

GRID_LINES = 3
"""So many rules with the same ends are the grid of a chart."""
GRID_STEP = 1.2
"""The next line of a grid is not much further away than those within are from each other."""
SCALE_GAP = 1.5
"""The figures of a scale stand within so many of their sizes of the drawing."""
MIN_SCALE = 2
"""So many numbers under each other beside a drawing are a scale, and not the number of an item."""
CORNER = 4.0
"""Points; the rules of a frame end at its corners, as far as their own thickness lets them."""
BESIDE = 4.0
"""Labels beside a drawing begin within this many body sizes of it."""
AT_EDGE = 0.6
"""The number at the end of an axis reaches beyond it by half its height."""
BEYOND = 1.2
"""A title or legend on the far side of the caption stands within this many leadings of the drawing, in another face."""
NEAR_BEYOND = 1.0
"""In the face of the text it is smaller, and stands within this many of its own sizes."""
CENTRED = 1.0
"""A title in the type of the text stands within so many sizes of the middle of its drawing, and is indented by more."""
MAX_BEYOND = 3
"""Lines that are looked at there: a title, a legend."""
SMALLER = 0.94
"""Type of less than this share of the body's size is no running text."""
TURNED_REACH = 2.5
"""Labels on their side stand within this many body sizes of the drawing."""


def collect_labels(
    box: BoundingBox, caption: Caption | None, above: bool, scene: Scene, typography: Typography
) -> list[Line]:
    """The lines of `scene.free` that are labels of the figure in `box`; `above` says that its caption is below it."""
    labels = []
    rest = []
    others = [shape.box for shape in scene.shapes if shape.box.overlap(box) == 0]
    edge = None
    if caption is not None:
        edge = caption.box.top if above else caption.box.bottom
    for line in scene.free:
        x, y = (line.box.left + line.box.right) / 2, (line.box.bottom + line.box.top) / 2
        between = edge is not None and (edge <= y <= box.bottom if above else box.top <= y <= edge)
        beside = box.bottom - AT_EDGE * line.size <= y <= box.top + AT_EDGE * line.size
        near = (
            line.box.left < box.right + BESIDE * typography.size
            and line.box.right > box.left - BESIDE * typography.size
        )
        beside = beside and (box.bottom <= y <= box.top or not _is_sentence(line, typography))
        foreign = any(other.holds(x, y) for other in others)
        if box.holds(x, y) or (caption is not None and near and (between or beside) and not foreign):
            labels.append(line)
        else:
            rest.append(line)
    if caption is None:
        return labels
    return sorted(labels + _look_beyond(box, above, rest, typography), key=lambda line: -line.baseline)


def add_grid(box: BoundingBox, rules: Sequence[BoundingBox]) -> BoundingBox:
    """The box with those lines of its grid that stand out: rules that begin and end where others within do."""
    groups: defaultdict[tuple[bool, int, int], list[BoundingBox]] = defaultdict(list)
    for rule in rules:
        groups[_ends(rule)].append(rule)
    for (level, _, _), grid in groups.items():
        inside = sorted(rule.bottom if level else rule.left for rule in grid if is_near(rule, box, 0.0))
        if len(inside) < GRID_LINES:
            continue
        step = GRID_STEP * max(after - before for before, after in pairwise(inside))
        near = [rule for rule in grid if is_near(rule, box, step)]
        box = enclosing_box([box, *near])
    return box


def find_scales(box: BoundingBox, lines: Sequence[Line]) -> list[Line]:
    """The lines under a drawing, and left of it, that are the scales of its axes: figures, or names set wide apart."""
    under = [
        line
        for line in lines
        if -AT_EDGE * line.size < box.bottom - line.box.top < SCALE_GAP * line.size
        and box.left - line.size < (line.box.left + line.box.right) / 2 < box.right + line.size
        and (_is_number(line) or has_wide_gaps(line))
    ]
    left = [
        line
        for line in lines
        if box.bottom - line.size < (line.box.bottom + line.box.top) / 2 < box.top + line.size
        and -AT_EDGE * line.size < box.left - line.box.right < SCALE_GAP * line.size
        and _is_number(line)
    ]
    return [*under, *(left if len(left) >= MIN_SCALE else ())]


def _is_number(line: Line) -> bool:
    return any(map(str.isdigit, line.text)) and not any(map(str.isalpha, line.text))


def add_frame(box: BoundingBox, rules: Sequence[BoundingBox], barriers: Sequence[BoundingBox]) -> BoundingBox:
    """The box with the frame of four rules around it, unless one of `barriers` stands in that too."""
    level = [r for r in rules if r.width >= r.height and r.left < box.left and r.right > box.right]
    upright = [r for r in rules if r.width < r.height and r.bottom < box.bottom and r.top > box.top]
    over, under = [r for r in level if r.bottom > box.top], [r for r in level if r.top < box.bottom]
    before, behind = [r for r in upright if r.right < box.left], [r for r in upright if r.left > box.right]
    if not (over and under and before and behind):
        return box
    top, bottom = min(over, key=lambda r: r.bottom), max(under, key=lambda r: r.top)
    left, right = max(before, key=lambda r: r.right), min(behind, key=lambda r: r.left)
    frame = enclosing_box((top, bottom, left, right))
    corners = [abs(r.left - frame.left) + abs(r.right - frame.right) for r in (top, bottom)]
    corners += [abs(r.top - frame.top) + abs(r.bottom - frame.bottom) for r in (left, right)]
    closed = max(corners) < CORNER and not any(frame.overlap(barrier) for barrier in barriers)
    return frame if closed else box


def _ends(rule: BoundingBox) -> tuple[bool, int, int]:
    """Whether a rule lies level, and where it begins and ends."""
    if rule.width >= rule.height:
        return True, round(rule.left), round(rule.right)
    return False, round(rule.bottom), round(rule.top)


def read_turned_lines(page: Page, column: BoundingBox) -> list[Line]:
    """The words of a page that stand on their side, as lines."""
    lines: list[list[Word]] = []
    for word in page.words:
        if not word.turns:
            continue
        last = lines[-1][-1] if lines else None
        if (
            last is not None
            and last.turns == word.turns
            and abs(last.baseline - word.baseline) < 0.3 * word.font.size
            and _gap(last, word) < 2 * word.font.size
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_make_line(page, words, column) for words in lines]


def take_turned(box: BoundingBox, turned: Sequence[Line], typography: Typography) -> list[Line]:
    """Those of `turned` that stand in a figure or close beside it: the title of an axis stands beside its numbers."""
    reach = TURNED_REACH * typography.size
    taken: list[Line] = []
    left = list(turned)
    found = left
    while found:
        found = [
            line
            for line in left
            if box.bottom - reach < (line.box.bottom + line.box.top) / 2 < box.top + reach
            and box.left - reach < (line.box.left + line.box.right) / 2 < box.right + reach
        ]
        taken += found
        left = [line for line in left if line not in found]
        box = enclosing_box([box, *(line.box for line in found)])
    return taken


def _look_beyond(box: BoundingBox, above: bool, rest: Sequence[Line], typography: Typography) -> list[Line]:
    """Titles and legends on the side of a drawing that is away from its caption."""
    found: list[Line] = []
    outer = sorted(
        (line for line in rest if (line.box.bottom > box.top - 1 if above else line.box.top < box.bottom + 1)),
        key=lambda line: abs(line.box.bottom - box.top) if above else abs(box.bottom - line.box.top),
    )
    for line in outer[:MAX_BEYOND]:
        gap = line.box.bottom - box.top if above else box.bottom - line.box.top
        middle = (line.box.left + line.box.right) / 2
        own = same_face(line.font, typography.body)
        centred = abs(middle - (box.left + box.right) / 2) < CENTRED * line.size < line.indent
        limit = NEAR_BEYOND * line.size if own else BEYOND * typography.leading
        largest = SMALLER * typography.size if own and not centred else typography.size
        if gap > limit or not box.left < middle < box.right or line.size > largest or _is_sentence(line, typography):
            break
        found.append(line)
        box = enclosing_box((box, line.box))
    return found


def _is_sentence(line: Line, typography: Typography) -> bool:
    """Whether a line in the size of the text is a sentence: the title of a chart has no stop."""
    text_size = line.size >= SMALLER * typography.size
    return text_size and is_running(line) and SENTENCE_END.search(line.text) is not None


def _gap(before: Word, after: Word) -> float:
    if before.turns == 1:
        return abs(after.box.bottom - before.box.top)
    return abs(before.box.bottom - after.box.top) if before.turns == 3 else abs(before.box.left - after.box.right)


def _make_line(page: Page, words: Sequence[Word], column: BoundingBox) -> Line:
    box = enclosing_box([word.box for word in words])
    return Line(page.index, tuple(words), box, words[0].baseline, words[0].font, line_text(words), column)
