"""Finds algorithms, and listings in any type, by their captions and frames.

In: a page of lines, rules and grounds. Out: blocks of kind "code". Such a block has a caption that names it, and
stands between rules or on a ground of its own, or its lines are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.code_captions import Kind, guess_language, read_code_label
from thesis_convert.loader.structure.code_lines import set_steps
from thesis_convert.page import Block, BoundingBox, CodeDetail, Line, PageLayout

MIN_RULE = 0.5
"""Rules around an algorithm are at least this share of the column wide."""
NEAR = 2.5
"""The rule over or under a caption is within this many sizes of it."""
MIN_LINES = 2
PROSE_WIDTH = 0.9
"""A line over this share of its column with many words is running text when the next is, too."""
PROSE_WORDS = 8


class _Edge(NamedTuple):
    """A rule across the column, or the head or foot of a ground."""

    y: float
    left: float
    right: float


def find_algorithms(layout: PageLayout, taken: set[tuple[int, int]]) -> Iterator[Block]:
    """The algorithms and framed listings of a page. The keys of their lines are added to `taken`."""
    for line in layout.text:
        kind: Kind
        for kind in ("algorithm", "listing"):
            label = read_code_label(line.text, kind)
            if not label or line.key in taken or line.font.monospace:
                continue
            found = _look_below(line, layout, taken) or _look_above(line, layout, taken)
            if found is None or (kind == "listing" and _is_prose(found[1])):
                continue
            caption, steps = found
            taken.update(other.key for other in (*caption, *steps))
            text = "\n".join(set_steps(steps))
            language = "" if kind == "algorithm" else guess_language(caption, text)
            top = max(caption[0].box.top, steps[0].box.top)
            detail = CodeDetail(text, caption, kind == "algorithm", language, label)
            yield Block("code", (*caption, *steps), (layout.page.index, top), detail)


_Found = tuple[tuple[Line, ...], tuple[Line, ...]]


def _look_below(line: Line, layout: PageLayout, taken: set[tuple[int, int]]) -> _Found | None:
    """The caption that begins with a line and the steps under it, down to the rule that ends them."""
    edges = _find_edges(line, layout)
    above = [edge for edge in edges if 0 <= edge.y - line.baseline < NEAR * line.size]
    below = sorted((edge for edge in edges if edge.y < line.baseline), key=lambda edge: -edge.y)
    if not below or not (above or len(below) >= 2):
        return None
    near = len(below) >= 2 and line.baseline - below[0].y < NEAR * line.size
    foot = below[1] if near else below[0]
    inside = [x for x in layout.text if foot.y <= x.baseline < line.baseline - 1 and x.key not in taken]
    head = below[0].y if near else line.baseline - 1
    caption = (line, *(other for other in inside if other.baseline > head))
    steps = tuple(other for other in inside if other.baseline <= head)
    return (caption, steps) if len(steps) >= MIN_LINES else None


def _look_above(line: Line, layout: PageLayout, taken: set[tuple[int, int]]) -> _Found | None:
    """The caption that a line is, and the steps over it, between two rules."""
    above = sorted((edge for edge in _find_edges(line, layout) if edge.y > line.baseline), key=lambda edge: edge.y)
    if len(above) < 2 or above[0].y - line.baseline > NEAR * line.size:
        return None
    foot, head = above[0].y, above[1].y
    steps = tuple(x for x in layout.text if foot < x.baseline < head and x.key not in taken)
    return ((line,), steps) if len(steps) >= MIN_LINES else None


def _find_edges(caption: Line, layout: PageLayout) -> list[_Edge]:
    """The rules and the edges of grounds that go across the column of a caption."""
    least = MIN_RULE * caption.column.width
    boxes = [rule.box for rule in layout.page.rules if rule.horizontal and rule.box.width > least]
    edges = [_Edge((box.bottom + box.top) / 2, box.left, box.right) for box in boxes]
    for ground in _join_grounds([p.box for p in layout.page.pictures if p.kind == "rectangle" and p.box.width > least]):
        edges += [_Edge(ground.bottom, ground.left, ground.right), _Edge(ground.top, ground.left, ground.right)]
    middle = (caption.box.left + caption.box.right) / 2
    return [edge for edge in edges if edge.left < middle < edge.right]


def _join_grounds(boxes: Sequence[BoundingBox]) -> list[BoundingBox]:
    """Grounds that are drawn a line at a time as one."""
    joined: list[BoundingBox] = []
    for box in sorted(boxes, key=lambda box: -box.top):
        last = joined[-1] if joined else None
        if (
            last
            and box.top > last.bottom - 1.0
            and abs(box.left - last.left) < 1.0
            and abs(box.right - last.right) < 1.0
        ):
            joined[-1] = last._replace(bottom=min(last.bottom, box.bottom))
        else:
            joined.append(box)
    return joined


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether lines are running text: most fill their column with words."""
    full = sum(line.box.width > PROSE_WIDTH * line.column.width and len(line.words) > PROSE_WORDS for line in lines)
    return full > 0.5 * len(lines)
