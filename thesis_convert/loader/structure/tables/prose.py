"""Tells running text from the lines of a table.

In: lines. Out: whether they fill their column with words, and where wide gaps part them.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.page import Line

PROSE_WIDTH = 0.72
"""A line of running text fills this share of its column, but for the last of a paragraph."""
PROSE_WORDS = 5
WIDE_GAP = 1.0
"""A gap of this many sizes stands between columns, and hardly ever between words."""
DOUBTFUL_GAP = 0.75
"""Two gaps of so many sizes in a line that is not the first of its paragraph part columns, too."""


def is_running_text(lines: Sequence[Line]) -> bool:
    """Whether lines are a paragraph: two at least, without wide gaps, that fill their column."""
    if len(lines) < 2:
        return False
    prose = sum(is_prose_line(line) for line in lines)
    return prose >= 2 and prose >= 0.5 * len(lines)


def is_prose_line(line: Line) -> bool:
    """Whether a line fills its column with words and has no wide gap."""
    return line.box.width > PROSE_WIDTH * line.column.width and len(line.words) > PROSE_WORDS and not has_wide_gap(line)


def has_wide_gap(line: Line) -> bool:
    """Whether there is a gap in the line that parts columns."""
    return len(split_at_gaps(line, WIDE_GAP)) > 1


def split_at_gaps(line: Line, gap: float = DOUBTFUL_GAP) -> list[float]:
    """Where, in points from the left, the parts of a line begin that are more than `gap` sizes apart."""
    words = sorted(line.words, key=lambda w: w.box.left)
    starts = [words[0].box.left]
    edge = words[0].box.right
    for word in words[1:]:
        if word.box.left - edge > gap * line.size:
            starts.append(word.box.left)
        edge = max(edge, word.box.right)
    return starts
