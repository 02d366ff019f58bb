"""Groups the lines that no other recognition has claimed to paragraphs.

In: pages of lines, and the blocks that were recognised before (headings, figures, tables, code ...).
Out: all blocks in reading order, those of running text with kind "paragraph". Lines belong together
when nothing speaks against it: a wider gap, another type size, a first-line indent, a line that ends
though the next word would have fitted, a list marker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from thesis_convert.loader.structure.continuity import (
    FITTING,
    divides_word,
    find_start,
    first_width,
    runs_on,
    select_within,
    shares_type,
)
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.page import INITIAL, Block, ItemDetail, Line, PageLayout, Typography

WIDE_GAP = 1.22
"""Baselines further apart than this share of the usual leading of their size separate paragraphs."""
DENSE = 0.75
"""Lines closer than this share of the usual leading of their size are set closer on purpose."""
MIXED_GAP = 1.18
"""A full line keeps its paragraph over a gap wider by this, when faces of several scripts meet in it."""
MIN_INDENT = 0.6
"""A first-line indent is at least this many sizes: less is a matter of letter shapes."""
MAX_INITIAL_LINES = 5
"""An initial hangs over no more lines than these."""
MIN_STEPS = 3
"""So many equal distances of baselines are a habit."""


Leadings = dict[tuple[str, float], float]


def build_flow(layouts: Sequence[PageLayout], typography: Typography, claimed: Iterable[Block]) -> list[Block]:
    """All blocks in reading order. `claimed` blocks keep their place; their lines are not used again."""
    owners: dict[tuple[int, int], Block] = {}
    floating: defaultdict[int, list[Block]] = defaultdict(list)
    standing = {line.key for layout in layouts for line in layout.text}
    for block in claimed:
        for line in block.lines:
            owners[line.key] = block
        if not any(line.key in standing for line in block.lines):
            floating[block.page].append(block)
    leadings = measure_leadings(layouts, typography)
    indent = measure_indent(layouts, typography)
    flow: list[Block] = []
    placed: set[int] = set()
    for layout in layouts:
        waiting = sorted(floating[layout.page.index], key=lambda b: -b.place[1])
        group: list[Line] = []
        for line in layout.text:
            while waiting and waiting[0].place[1] >= line.baseline:
                flow += _split_group(group, typography, leadings, indent)
                group = []
                flow.append(waiting.pop(0))
            owner = owners.get(line.key)
            if owner is not None:
                flow += _split_group(group, typography, leadings, indent)
                group = []
                if id(owner) not in placed:
                    placed.add(id(owner))
                    flow.append(owner)
                continue
            if group and (_is_apart(group[-1], line, leadings) or _leaves_dense(group, line, leadings)):
                flow += _split_group(group, typography, leadings, indent)
                group = []
            group.append(line)
        flow += _split_group(group, typography, leadings, indent)
        flow += waiting
    return flow


def measure_leadings(layouts: Sequence[PageLayout], typography: Typography) -> Leadings:
    """The usual distance of baselines for each face and size, in points; `("", size)` is for any face."""
    steps: defaultdict[tuple[str, float], Counter[float]] = defaultdict(Counter)
    for layout in layouts:
        for above, below in zip(layout.text, layout.text[1:], strict=False):
            step = above.baseline - below.baseline
            if above.size == below.size and 0.8 * above.size < step < 2.6 * above.size:
                steps["", above.size][round(step * 2) / 2] += 1
                if above.font.name == below.font.name:
                    steps[above.font.name, above.size][round(step * 2) / 2] += 1
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


def measure_indent(layouts: Sequence[PageLayout], typography: Typography) -> float:
    """The first-line indent of paragraphs in points, 0 when they have none."""
    count: Counter[int] = Counter()
    flush = 0
    for layout in layouts:
        for before, line, after in zip(layout.text, layout.text[1:], layout.text[2:], strict=False):
            if abs(before.indent) > 2 or abs(after.indent) > 2 or abs(line.size - typography.size) > 0.5:
                continue
            if line.indent > MIN_INDENT * typography.size and line.indent < 6 * typography.size:
                count[round(line.indent)] += 1
            elif before.slack > 8 * typography.size and abs(line.indent) <= 2:
                flush += 1
    if not count:
        return 0.0
    indent, _ = count.most_common(1)[0]
    number = count[indent - 1] + count[indent] + count[indent + 1]
    return float(indent) if number >= 5 and number >= 0.4 * flush else 0.0


def _is_apart(above: Line, below: Line, leadings: Leadings) -> bool:
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


def _leaves_dense(group: Sequence[Line], line: Line, leadings: Leadings) -> bool:
    """Whether lines set closer than usual end here: a quotation in single space within a text in double space."""
    if len(group) < 2:
        return False
    step = group[-2].baseline - group[-1].baseline
    return 0 < step < DENSE * leading_of(line, leadings) and group[-1].baseline - line.baseline > WIDE_GAP * step


def _is_mixed(line: Line) -> bool:
    """Whether a line holds words of another family, such as Chinese among Latin: it is set with more leading."""
    return any(word.font.name != line.font.name and word.font.size >= 0.95 * line.size for word in line.words)


def _split_group(group: list[Line], typography: Typography, leadings: Leadings, indent: float) -> list[Block]:
    """The paragraphs within lines that stand together."""
    if not group:
        return []
    if len(group) == 1:
        return [_make_block(group)]
    within = select_within(group)
    right = max(line.box.right for line in within)
    left = min(line.box.left for line in within)
    blocks: list[Block] = []
    current = [group[0]]
    for number in range(1, len(group)):
        following = group[number + 1] if number + 1 < len(group) else None
        if _begins_paragraph(current, group[number], following, left, right, indent):
            blocks.append(_make_block(current))
            current = []
        current.append(group[number])
    blocks.append(_make_block(current))
    return blocks


def _begins_paragraph(
    current: Sequence[Line], line: Line, following: Line | None, left: float, right: float, indent: float
) -> bool:
    above = current[-1]
    size = line.size
    slack = above.box.left - left if above.right_to_left else right - above.box.right
    if above.column.left > left + 2 * size or above.column.right < right - 2 * size:
        slack = above.slack  # beside a table that the text flows around
    if divides_word(above, line, slack) or _stands_beside_initial(current, line, slack):
        return False
    marker = read_marker(line)
    if marker and _may_begin_item(marker, current, line, slack):
        return True
    if _is_centred(above, left, right) and _is_centred(line, left, right):
        return False
    goes_on = runs_on(above, line, slack)
    if line.right_to_left == above.right_to_left:
        shift = find_start(line) - find_start(above)
        edge = right - line.box.right if line.right_to_left else line.box.left - left
        if shift > MIN_INDENT * size and not read_marker(current[0]):
            if len(current) > 1:
                return True
            if following is None:
                return not goes_on
            hanging = abs(following.start - line.start) < 0.3 * size
            return not hanging or (bool(indent) and abs(edge - indent) < 0.3 * size and not goes_on)
        if shift < -MIN_INDENT * size and len(current) > 1:
            flush = abs(above.start - current[0].start) < 0.3 * size
            # Out of an indented paragraph, or back out from a hanging indent: the next entry.
            if not flush or not indent:
                return True
    return slack > first_width(line) + FITTING * size and slack > 2 * size and not goes_on


def _stands_beside_initial(current: Sequence[Line], line: Line, slack: float) -> bool:
    """Whether a line follows one with an initial that hangs over several, or is the first below it."""
    first = current[0].words[0]
    if first.font.size < INITIAL * current[0].size or len(first.text) > 1 or len(current) > MAX_INITIAL_LINES:
        return False
    return slack <= first_width(line) + FITTING * line.size


def _may_begin_item(marker: ItemDetail, current: Sequence[Line], line: Line, slack: float) -> bool:
    """Whether a marker begins an item, and is not a dash or number that fell on a line's beginning."""
    if slack > 2 * line.size or abs(line.start - current[-1].start) > 0.3 * line.size:
        return True
    first = read_marker(current[0])
    if first is None or first.numbering != marker.numbering:
        return False
    return abs(first.indent - marker.indent) < 0.5 * line.size


def _is_centred(line: Line, left: float, right: float) -> bool:
    before, after = line.box.left - left, right - line.box.right
    return before > line.size and abs(before - after) < 0.15 * (before + after) + 1.0


def _make_block(lines: Sequence[Line]) -> Block:
    first = lines[0]
    return Block("paragraph", tuple(lines), (first.page, first.box.top))
