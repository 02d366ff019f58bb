"""The structure of tagged PDFs as a sign: word processors tag headings with their level.

In: the tags, and pages with the places of the content that is tagged as heading. Out: the headings, with
their levels. A tag only says where and how high: the words are those of the lines that stand there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from thesis_convert.loader.structure.headings.merging import nest
from thesis_convert.loader.structure.headings.search import MAX_LINES, Located
from thesis_convert.page import BoundingBox, Line, PageLayout, TagTree, enclosing_box

COVERED = 0.5
"""A line is a heading's when the heading's ink covers so much of its width; automatic numbers are left untagged."""

_LEVELS = {f"H{level}": level for level in range(1, 7)}


def find_heading_marks(tags: TagTree) -> dict[int, dict[int, int]]:
    """For each page of the PDF, the identifiers of content within headings, with the places of these in `tags`."""
    if not any(tag.role in _LEVELS for tag in tags.elements):
        return {}
    around = _find_headings_around(tags)
    return {
        page: found
        for page, content in tags.content.items()
        if (found := {mark: around[place] for mark, place in content.items() if around[place] >= 0})
    }


def _find_headings_around(tags: TagTree) -> list[int]:
    """For each element the heading that it is, or stands in; -1 where there is none. Parents come first."""
    around: list[int] = []
    for place, tag in enumerate(tags.elements):
        inherited = around[tag.parent] if 0 <= tag.parent < place else -1
        around.append(place if tag.role in _LEVELS else inherited)
    return around


def locate_tags(tags: TagTree, layouts: Sequence[PageLayout], pages: Sequence[Sequence[Line]]) -> list[Located]:
    """The headings that the file tags as such."""
    marks = find_heading_marks(tags)
    found: list[tuple[int, tuple[Line, ...]]] = []
    for layout, lines in zip(layouts, pages, strict=True):
        page = layout.page
        if page.turns or not page.marked:
            continue
        for element, box in _find_places(page.marked, marks.get(page.number - 1, {})).items():
            group = _select_lines(lines, box)
            if 0 < len(group) <= MAX_LINES and any(c.isalpha() for line in group for c in line.text):
                found.append((_LEVELS[tags.elements[element].role], group))
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
