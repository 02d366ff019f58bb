"""Groups the lines that no other recognition has claimed to paragraphs.

In: pages of lines, and the blocks that were recognised before (headings, figures, tables, code ...).
Out: all blocks in reading order, those of running text with kind "paragraph". Lines belong together
when nothing speaks against it: a wider gap, another type size, a first-line indent, a line that ends
though the next word would have fitted, a list marker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from thesis_convert.loader.structure.continuity import (
    FITTING,
    MIN_INDENT,
    begins_inside,
    divides_word,
    ends_sentence,
    find_start,
    first_width,
    runs_on,
    select_within,
)
from thesis_convert.loader.structure.leaders import has_leader, leads_to_page
from thesis_convert.loader.structure.leading import enters_dense, is_apart, leaves_dense, measure_leadings
from thesis_convert.loader.structure.markers import begins_turn, read_marker
from thesis_convert.page import INITIAL, Block, ItemDetail, Line, PageLayout, Typography

ALIGNED = 0.3
"""Lines that begin within so many sizes of each other begin at one edge."""
MIN_SET_IN = 3
"""So many lines that are set in alike show where such lines end."""
MIN_CENTRED = 2
"""So many lines that are shorter on both sides alike show that lines are centred."""
MAX_INITIAL_LINES = 5
"""An initial hangs over no more lines than these."""


def build_flow(
    layouts: Sequence[PageLayout], typography: Typography, claimed: Iterable[Block], indent: float
) -> list[Block]:
    """All blocks in reading order. `claimed` blocks keep their place; their lines are not used again.

    `indent` is what `measure_indent` gives.
    """
    owners: dict[tuple[int, int], Block] = {}
    floating: defaultdict[int, list[Block]] = defaultdict(list)
    standing = {line.key for layout in layouts for line in layout.text}
    for block in claimed:
        for line in block.lines:
            owners[line.key] = block
        if not any(line.key in standing for line in block.lines):
            floating[block.page].append(block)
    leadings = measure_leadings(layouts, typography)
    flow: list[Block] = []
    placed: set[int] = set()
    for layout in layouts:
        waiting = sorted(floating[layout.page.index], key=lambda b: -b.place[1])
        group: list[Line] = []
        for line, below in zip_longest(layout.text, layout.text[1:]):
            while waiting and waiting[0].place[1] >= line.baseline:
                flow += _split_group(group, indent)
                group = []
                flow.append(waiting.pop(0))
            owner = owners.get(line.key)
            if owner is not None:
                flow += _split_group(group, indent)
                group = []
                if id(owner) not in placed:
                    placed.add(id(owner))
                    flow.append(owner)
                continue
            if group and (
                is_apart(group[-1], line, leadings)
                or leaves_dense(group, line, leadings)
                or enters_dense(group[-1], line, below, leadings)
            ):
                flow += _split_group(group, indent)
                group = []
            group.append(line)
        flow += _split_group(group, indent)
        flow += waiting
    return flow


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


def _split_group(group: list[Line], indent: float) -> list[Block]:
    """The paragraphs within lines that stand together."""
    if not group:
        return []
    if len(group) == 1:
        return [_make_block(group)]
    within = select_within(group)
    measure = _Measure(min(line.box.left for line in within), max(line.box.right for line in within), indent)
    slacks = _measure_slacks(group, measure)
    centred = _are_centred(group, measure)
    blocks: list[Block] = []
    current = [group[0]]
    for number in range(1, len(group)):
        following = group[number + 1] if number + 1 < len(group) else None
        if (
            _begins_centred(current[-1], group[number], measure)
            if centred
            else _begins_paragraph(current, group[number], following, (slacks[number - 1], slacks[number]), measure)
        ):
            blocks.append(_make_block(current))
            current = []
        current.append(group[number])
    blocks.append(_make_block(current))
    return blocks


class _Measure(NamedTuple):
    """The edges of lines that stand together, and the first-line indent of paragraphs, in points."""

    left: float
    right: float
    indent: float

    def slack(self, line: Line) -> float:
        return line.box.left - self.left if line.right_to_left else self.right - line.box.right


def _measure_slacks(group: Sequence[Line], measure: _Measure) -> list[float]:
    """How far each line ends before the edge; lines that are set in together have an edge of their own."""
    slacks = [measure.slack(line) for line in group]
    flush = min(line.start for line in group)
    number = 0
    while number < len(group):
        line, end = group[number], number + 1
        while end < len(group) and _is_aligned(group[end], line):
            end += 1
        if end - number >= MIN_SET_IN and line.start - flush > MIN_INDENT * line.size:
            least = max(0.0, min(slacks[number:end]))
            slacks[number:end] = [slack - least for slack in slacks[number:end]]
        number = end
    return slacks


def _is_aligned(line: Line, other: Line) -> bool:
    """Whether two lines begin at one edge, in type of one size: the text under a quotation may begin there, too."""
    return abs(line.start - other.start) < ALIGNED * other.size and line.size == other.size


def _begins_paragraph(
    current: Sequence[Line], line: Line, following: Line | None, slacks: tuple[float, float], measure: _Measure
) -> bool:
    """Whether `line` begins a paragraph; `slacks` are those of the line above and of its own."""
    above = current[-1]
    if has_leader(above) and (has_leader(line) or leads_to_page(above)):
        return True
    size = line.size
    slack = slacks[0]
    if above.column.left > measure.left + 2 * size or above.column.right < measure.right - 2 * size:
        slack = above.slack  # beside a table that the text flows around
    if divides_word(above, line, slack) or _stands_beside_initial(current, line, slack):
        return False
    marker = read_marker(line)
    if marker and _may_begin_item(marker, current, line, slack):
        return True
    hangs = len(current) == 1 or current[1].start - current[0].start > MIN_INDENT * size
    turn = hangs and begins_turn(current[0])
    if turn and begins_turn(line) and abs(line.start - current[0].start) < ALIGNED * size:
        return True
    if _is_centred(above, measure) and _is_centred(line, measure):
        return False
    goes_on = runs_on(above, line, slack)
    if line.right_to_left == above.right_to_left:
        shift = find_start(line) - find_start(above)
        back = following is not None and _begins_after_inset(current[0], line, following, slacks[1])
        item = (back or shift > MIN_INDENT * size) and (turn or read_marker(current[0]) is not None)
        if back and (item or _ends_set_in(current, line)):
            return True
        if shift > MIN_INDENT * size and not item:
            return len(current) > 1 or _is_first_line(line, following, measure, goes_on)
        if shift < -MIN_INDENT * size and len(current) > 1:
            flush = abs(above.start - current[0].start) < ALIGNED * size
            # Out of an indented paragraph, or back out from a hanging indent: the next entry.
            if not flush or not measure.indent:
                return True
    return slack > first_width(line) + FITTING * size and slack > 2 * size and not goes_on


def _is_first_line(line: Line, following: Line | None, measure: _Measure, goes_on: bool) -> bool:
    """Whether a line that is set in from the one line above begins a paragraph, and does not hang below that line."""
    if following is None:
        return not goes_on
    edge = measure.right - line.box.right if line.right_to_left else line.box.left - measure.left
    hanging = abs(following.start - line.start) < ALIGNED * line.size
    usual = bool(measure.indent) and abs(edge - measure.indent) < ALIGNED * line.size
    if goes_on and line.text[:1].islower():
        return False
    return not hanging or (usual and not goes_on)


def _ends_set_in(current: Sequence[Line], line: Line) -> bool:
    """Whether a sentence and a block of lines that begin where `line` does end together."""
    alike = all(abs(other.start - line.start) < ALIGNED * line.size for other in current[-MIN_SET_IN:])
    return alike and len(current) > 1 and ends_sentence(current[-1])


def _begins_after_inset(inset: Line, line: Line, following: Line, slack: float) -> bool:
    """Whether a line is the first of a paragraph below an item or quotation: it goes on further out than that."""
    limit = MIN_INDENT * line.size
    if line.start - following.start < limit or inset.start - following.start < limit:
        return False
    return runs_on(line, following, slack)


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


def _are_centred(group: Sequence[Line], measure: _Measure) -> bool:
    """Whether all lines stand about one middle, some of them well within the widest."""
    if not all(_is_balanced(line, measure) for line in group):
        return False
    return sum(line.box.left - measure.left > 0.25 * line.size for line in group) >= MIN_CENTRED


def _begins_centred(above: Line, line: Line, measure: _Measure) -> bool:
    """Whether a line among centred ones begins a paragraph: neither had it to leave the line above nor is it short."""
    if _is_centred(above, measure) and _is_centred(line, measure):
        return False
    room = measure.right - measure.left - above.box.width
    return room > first_width(line) + FITTING * line.size and (ends_sentence(above) or not begins_inside(line))


def _is_centred(line: Line, measure: _Measure) -> bool:
    return line.box.left - measure.left > line.size and _is_balanced(line, measure)


def _is_balanced(line: Line, measure: _Measure) -> bool:
    before, after = line.box.left - measure.left, measure.right - line.box.right
    return abs(before - after) < 0.15 * (before + after) + 1.0


def _make_block(lines: Sequence[Line]) -> Block:
    first = lines[0]
    return Block("paragraph", tuple(lines), (first.page, first.box.top))
