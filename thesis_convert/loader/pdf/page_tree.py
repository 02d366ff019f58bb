"""Lists the pages of a PDF in the order in which they are shown.

In: `Objects`. Out: a `PageNode` a page, with what it inherits from the tree above. The tree is walked
with a stack of its own, so its depth does not matter; a node within itself is left out, and a kid
that cannot be read still counts as a page, as it does for the library that reads the ink: page
numbers must mean the same page in both.
"""

from __future__ import annotations

from typing import NamedTuple

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.syntax import Ref, Value
from thesis_convert.page import BoundingBox

MAX_NODES = 100_000
"""Pages and inner nodes that are looked at; the longest theses have some 2,000 pages."""
MAX_DEPTH = 100
"""Nodes within each other; balanced trees stay below ten."""
LETTER = BoundingBox(0.0, 0.0, 612.0, 792.0)
"""The paper of a page that does not say its size, in every program that shows PDFs."""


class PageNode(NamedTuple):
    """A page: its dictionary, the part of the drawing plane that is shown, and its quarter turns clockwise."""

    entries: dict[str, Value]
    ref: Ref | None
    box: BoundingBox
    turns: int

    def show_point(self, x: float | None, y: float | None) -> tuple[float | None, float | None]:
        """Where a point of the drawing plane is on the page as shown. What is None stays unknown."""
        left, bottom, right, top = self.box
        from_left, from_right = (None, None) if x is None else (x - left, right - x)
        from_bottom, from_top = (None, None) if y is None else (y - bottom, top - y)
        return (
            (from_left, from_bottom),
            (from_bottom, from_right),
            (from_right, from_top),
            (from_top, from_left),
        )[self.turns]

    @property
    def height(self) -> float:
        """The height of the page as shown."""
        return self.box.width if self.turns % 2 else self.box.height


class _Inherited(NamedTuple):
    media_box: Value = None
    crop_box: Value = None
    rotation: Value = None


def read_pages(objects: Objects) -> list[PageNode]:
    """All pages. The first `MAX_NODES` nodes of the tree count."""
    pages: list[PageNode] = []
    if not objects.dictionary(objects.root.get("Pages")):
        return pages
    stack: list[tuple[Value, _Inherited, int]] = [(objects.root.get("Pages"), _Inherited(), 0)]
    above: list[Value] = []  # the nodes that hold the one at hand
    for _ in range(MAX_NODES):
        if not stack:
            break
        value, inherited, depth = stack.pop()
        del above[depth:]
        entries = objects.dictionary(value)
        inherited = _Inherited(
            entries.get("MediaBox", inherited.media_box),
            entries.get("CropBox", inherited.crop_box),
            entries.get("Rotate", inherited.rotation),
        )
        if "Kids" not in entries:
            ref = value if isinstance(value, Ref) else None
            pages.append(PageNode(entries, ref, _read_box(objects, inherited), _read_turns(objects, inherited)))
        elif depth < MAX_DEPTH and not (isinstance(value, Ref) and value in above):
            above.append(value)
            stack.extend((kid, inherited, depth + 1) for kid in reversed(objects.array(entries["Kids"])))
    return pages


def _read_box(objects: Objects, inherited: _Inherited) -> BoundingBox:
    media = read_rectangle(objects, inherited.media_box) or LETTER
    crop = read_rectangle(objects, inherited.crop_box)
    if crop is None:
        return media
    both = BoundingBox(
        max(media.left, crop.left),
        max(media.bottom, crop.bottom),
        min(media.right, crop.right),
        min(media.top, crop.top),
    )
    return both if both.width > 0 and both.height > 0 else media


def _read_turns(objects: Objects, inherited: _Inherited) -> int:
    return ((objects.integer(inherited.rotation) or 0) // 90) % 4


def read_rectangle(objects: Objects, value: Value) -> BoundingBox | None:
    """The rectangle in `value` with its corners in order, None when it is none or has no area."""
    numbers = [objects.number(number) for number in objects.array(value)[:4]]
    if len(numbers) < 4 or None in numbers:
        return None
    xs, ys = sorted(number or 0.0 for number in numbers[0::2]), sorted(number or 0.0 for number in numbers[1::2])
    box = BoundingBox(xs[0], ys[0], xs[1], ys[1])
    return box if box.width > 0 and box.height > 0 else None
