"""Measures how far the lines of a thesis stand apart, and tells which stand too far apart for one paragraph.

In: the pages of lines; then lines that follow each other. Out: the usual distance of baselines for each face and
size; then whether two lines are parted. Each face has a leading of its own, and what is set closer than the text,
such as a quotation in single space, begins and ends where the distance changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from thesis_convert.loader.structure.continuity import FITTING, MIN_INDENT, first_width, runs_on, shares_type
from thesis_convert.page import Line, PageLayout, Typography

WIDE_GAP = 1.22
"""Baselines further apart than this share of the usual leading of their size separate paragraphs."""
DENSE = 0.75
"""Lines closer than this share of the usual leading of their size are set closer on purpose."""
MIXED_GAP = 1.18
"""A full line keeps its paragraph over a gap wider by this, when faces of several scripts meet in it."""
MIN_STEPS = 3
"""So many equal distances of baselines are a habit."""

Leadings = dict[tuple[str, float], float]


def measure_leadings(layouts: Sequence[PageLayout], typography: Typography) -> Leadings:
    """The usual distance of baselines for each face and size, in points; `("", size)` is for any face."""
    steps: defaultdict[tuple[str, float], Counter[float]] = defaultdict(Counter)
    for layout in layouts:
        for above, below in pairwise(layout.text):
            size, step = above.size, above.baseline - below.baseline
            if size == below.size and 0.8 * size < step < 2.6 * size:
                rounded = round(step * 2) / 2
                steps["", size][rounded] += 1
                if above.font.name == below.font.name:
                    steps[above.font.name, size][rounded] += 1
    ratio = typography.leading / typography.size
    result: Leadings = {}
    for (name, size), count in steps.items():
        usual, number = count.most_common(1)[0]
        if number >= MIN_STEPS:
            result[name, size] = usual
        elif not name:
            # Few lines tell little; what most of them share is then more likely a space between paragraphs.
            result[name, size] = min(min(count), ratio * size)
    result.setdefault(("", typography.size), typography.leading)
    return result


def leading_of(line: Line, leadings: Leadings) -> float:
    """The usual leading of a line's face and size: scripts such as Chinese are set with more."""
    size = line.size
    return leadings.get((line.font.name, size)) or leadings.get(("", size)) or 1.2 * size


def is_apart(above: Line, below: Line, leadings: Leadings) -> bool:
    """Whether a gap or another type separates two lines that follow each other."""
    size = max(above.size, below.size)
    step = above.baseline - below.baseline
    if step <= 0:
        return True
    leading = max(leading_of(above, leadings), leading_of(below, leadings))
    if not shares_type(above, below) and min(len(above.text), len(below.text)) > 4:
        # A whole line may be in other type when the sentence goes on in it.
        return step > WIDE_GAP * leading or not runs_on(above, below, above.slack)
    if step <= WIDE_GAP * leading:
        return False
    # A line with tall words (another script, a formula) is set further from its neighbours.
    extra = max(0.0, max(w.font.size for w in below.words) - below.size)
    tall = max(0.0, below.box.top - below.baseline - 1.1 * below.size) + max(
        0.0, above.baseline - above.box.bottom - 0.45 * above.size
    )
    limit = WIDE_GAP * leading + extra + min(tall, 0.5 * leading)
    if _is_mixed(above) or _is_mixed(below):
        full = above.slack < first_width(below) + FITTING * size and abs(above.indent - below.indent) < 0.5 * size
        limit *= MIXED_GAP if full else 1.0
    return step > limit


def leaves_dense(group: Sequence[Line], line: Line, leadings: Leadings) -> bool:
    """Whether lines set closer than usual end here: a quotation in single space within a text in double space."""
    if len(group) < 2 or not _is_dense(group[-2], group[-1], leadings):
        return False
    return group[-1].baseline - line.baseline > WIDE_GAP * (group[-2].baseline - group[-1].baseline)


def enters_dense(above: Line, line: Line, below: Line | None, leadings: Leadings) -> bool:
    """Whether lines set closer than usual begin here."""
    if below is None or not _is_dense(line, below, leadings):
        return False
    return above.baseline - line.baseline > WIDE_GAP * (line.baseline - below.baseline)


def _is_dense(above: Line, below: Line, leadings: Leadings) -> bool:
    """Whether two lines of one paragraph stand closer than usual.

    What is set in begins a paragraph of its own, and what stands under a line in another weight.
    """
    if below.start - above.start > MIN_INDENT * below.size or above.font.bold != below.font.bold:
        return False
    return 0 < above.baseline - below.baseline < DENSE * leading_of(below, leadings)


def _is_mixed(line: Line) -> bool:
    """Whether a line holds words of another family, such as Chinese among Latin: it is set with more leading."""
    return any(word.font.name != line.font.name and word.font.size >= 0.95 * line.size for word in line.words)
