"""The structure of tagged PDFs as a sign: word processors tag headings with their level.

In: the tags, and pages with the places of the content that is tagged as heading. Out: the headings, with
their levels. A tag only says where and how high: the words are those of the lines that stand there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from thesis_convert.loader.structure.headings.merging import nest
from thesis_convert.loader.structure.headings.search import MAX_LINES, Located
from thesis_convert.page import BoundingBox, HeadingTags, Line, PageLayout, enclosing_box

COVERED = 0.5
"""A line is a heading's when the heading's ink covers so much of its width; automatic numbers are left untagged."""


def locate_tags(tags: HeadingTags, layouts: Sequence[PageLayout], pages: Sequence[Sequence[Line]]) -> list[Located]:
    """The headings that the file tags as such."""
    found: list[tuple[int, tuple[Line, ...]]] = []
    for layout, lines in zip(layouts, pages, strict=True):
        page = layout.page
        if page.turns or not page.marked:
            continue
        for element, box in _find_places(page.marked, tags.content.get(page.number - 1, {})).items():
            group = _select_lines(lines, box)
            if 0 < len(group) <= MAX_LINES and any(c.isalpha() for line in group for c in line.text):
                found.append((tags.levels[element], group))
    return nest(found)


def _find_places(marked: Sequence[tuple[int, BoundingBox]], elements: Mapping[int, int]) -> dict[int, BoundingBox]:
    """Where each heading stands on a page, in their order."""
    boxes: defaultdict[int, list[BoundingBox]] = defaultdict(list)
    for mark, box in marked:
        if mark in elements:
            boxes[elements[mark]].append(box)
    return {element: enclosing_box(found) for element, found in sorted(boxes.items())}


def _select_lines(lines: Sequence[Line], box: BoundingBox) -> tuple[Line, ...]:
    return tuple(
        line
        for line in lines
        if box.bottom <= (line.box.bottom + line.box.top) / 2 <= box.top
        and min(line.box.right, box.right) - max(line.box.left, box.left) >= COVERED * line.box.width
    )
