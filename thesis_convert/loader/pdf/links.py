"""Reads the places to click on the pages of a PDF.

In: `Objects`, the pages and the destinations. Out: the link areas of each page that has some. A link that
goes over a line's end is several areas, as it is for the eye. Links into other files, and those
that start programs, are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.pdf.destinations import Destinations, Target
from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.page_tree import PageNode, read_rectangle
from thesis_convert.loader.pdf.syntax import Value
from thesis_convert.page import BoundingBox, LinkArea

MAX_ANNOTATIONS = 60_000
"""Annotations of a file that are looked at; a thesis of 1,000 pages with dense citations has some 15,000."""
MAX_AREAS = 40
"""Areas of one link, one for each of its lines."""
TOLERANCE = 3.0
"""Points by which the parts of a link may stand out of the rectangle around all of it."""


def read_links(
    objects: Objects, pages: Sequence[PageNode], destinations: Destinations
) -> dict[int, tuple[LinkArea, ...]]:
    """The link areas by the index of their page, in the file's order."""
    links: dict[int, tuple[LinkArea, ...]] = {}
    left_over = MAX_ANNOTATIONS
    for index, page in enumerate(pages):
        annotations = objects.array(page.entries.get("Annots"))[:left_over]
        left_over -= len(annotations)
        areas: list[LinkArea] = []
        for annotation in annotations:
            entries = objects.dictionary(annotation)
            if objects.name(entries.get("Subtype")) != "Link":
                continue
            target = destinations.find_target(entries)
            if target != Target():
                areas += [
                    LinkArea(_show_box(page, box), target.uri, target.name, target.page, target.top)
                    for box in _read_boxes(objects, entries)
                ]
        if areas:
            links[index] = tuple(areas)
    return links


def _read_boxes(objects: Objects, entries: dict[str, Value]) -> list[BoundingBox]:
    """The boxes of a link in the drawing plane: one for each line when the file tells, else the one around all."""
    around = read_rectangle(objects, entries.get("Rect"))
    if around is None:
        return []
    corners = objects.array(entries.get("QuadPoints"))[: 8 * MAX_AREAS] if "QuadPoints" in entries else []
    boxes: list[BoundingBox] = []
    for start in range(0, len(corners) - 7, 8):
        numbers = [objects.number(corner) for corner in corners[start : start + 8]]
        known = [number for number in numbers if number is not None]
        if len(known) < 8:
            return [around]
        xs, ys = known[0::2], known[1::2]
        boxes.append(BoundingBox(min(xs), min(ys), max(xs), max(ys)))
    return boxes if boxes and all(_lies_within(box, around) for box in boxes) else [around]


def _lies_within(box: BoundingBox, around: BoundingBox) -> bool:
    return (
        box.left >= around.left - TOLERANCE
        and box.bottom >= around.bottom - TOLERANCE
        and box.right <= around.right + TOLERANCE
        and box.top <= around.top + TOLERANCE
        and box.area > 0
    )


def _show_box(page: PageNode, box: BoundingBox) -> BoundingBox:
    """The box on the page as shown."""
    left, bottom, right, top = page.box
    if page.turns == 0:
        return BoundingBox(box.left - left, box.bottom - bottom, box.right - left, box.top - bottom)
    if page.turns == 1:
        return BoundingBox(box.bottom - bottom, right - box.right, box.top - bottom, right - box.left)
    if page.turns == 2:
        return BoundingBox(right - box.right, top - box.top, right - box.left, top - box.bottom)
    return BoundingBox(top - box.top, box.left - left, top - box.bottom, box.right - left)
