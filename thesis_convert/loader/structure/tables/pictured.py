"""Finds tables that are bitmaps: pictures under or over the caption of a table.

In: a scanned page and a caption. Out: the box of the picture. Tables are pasted as pictures from other
programs; nothing but the caption tells that they are tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.loader.structure.tables.scanning import PageScan
from thesis_convert.loader.structure.tables.surroundings import CAPTION_GAP
from thesis_convert.page import BoundingBox, Line, Typography, enclosing_box

MIN_WIDTH = 6.0
MIN_HEIGHT = 3.0
"""A picture of a table measures at least so many sizes."""
SEAM = 3.0
"""Points between the strips of one picture."""


def find_pictured_table(
    scan: PageScan, caption: Sequence[Line], above: bool, used: Sequence[BoundingBox], typography: Typography
) -> BoundingBox | None:
    """The picture that a caption belongs to, None when there is none beside it.

    `above` says that captions stand above tables in this thesis; `used` holds the boxes of tables.
    """
    label = enclosing_box([line.box for line in caption])
    bitmaps = [p.box for p in scan.layout.page.pictures if p.kind == "bitmap"]
    for under in (above, not above):
        near = [box for box in bitmaps if _is_beside(box, label, under, CAPTION_GAP * typography.leading)]
        if not near:
            continue
        box = _join_strips(max(near, key=lambda b: b.area), bitmaps)
        if box.width < MIN_WIDTH * typography.size or box.height < MIN_HEIGHT * typography.size:
            continue
        if any(other.overlap(box) for other in used) or _has_other_caption(scan, box, typography):
            continue
        between = enclosing_box((box, label))
        if not any(_stands_between(line, between, box, label) for line in scan.lines):
            return box
    return None


def _is_beside(box: BoundingBox, label: BoundingBox, under: bool, reach: float) -> bool:
    gap = label.bottom - box.top if under else box.bottom - label.top
    return -0.2 * label.height < gap < reach and box.left < label.right and box.right > label.left


def _join_strips(box: BoundingBox, bitmaps: Sequence[BoundingBox]) -> BoundingBox:
    """The box with the other strips of its picture, which abut on it from above or below."""
    for other in sorted(bitmaps, key=lambda b: abs(b.top - box.top)):
        same = abs(other.left - box.left) < SEAM and abs(other.right - box.right) < SEAM
        if same and other.bottom - box.top < SEAM and box.bottom - other.top < SEAM:
            box = enclosing_box((box, other))
    return box


def _has_other_caption(scan: PageScan, box: BoundingBox, typography: Typography) -> bool:
    """Whether a figure's caption claims the picture."""
    reach = CAPTION_GAP * typography.leading
    return any(
        _is_beside(box, line.box, under, reach)
        for line in scan.lines
        for under in (True, False)
        if (label := read_figure_label(line.text)) is not None and label.possible
    )


def _stands_between(line: Line, between: BoundingBox, box: BoundingBox, label: BoundingBox) -> bool:
    middle = (line.box.bottom + line.box.top) / 2
    if not between.bottom < middle < between.top or box.bottom < middle < box.top:
        return False
    return not label.bottom < middle < label.top
