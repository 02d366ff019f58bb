"""Finds small pictures in lines of text: icons, signs that no font had, formulas of one line.

In: pages, and the blocks recognised in them. Out: the pictures by the word that they stand before or behind.
Such a picture is hardly taller than the line, and stands in a gap that its words leave. Bitmaps and forms are
looked at; single strokes are underlines, bars and frames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.figure_shapes import Decorations
from thesis_convert.page import (
    Block,
    BoundingBox,
    FigureDetail,
    Line,
    Page,
    PageLayout,
    TableDetail,
    WordKey,
    enclosing_box,
)

TALLEST = 2.2
"""In sizes of the line: what is taller parts the lines, and is a figure."""
LEAST = 0.35
"""In sizes: what is smaller is a dot or a stroke."""
WIDEST = 0.5
"""Of the column: what is wider is no sign among words."""
MAX_OVERLAP = 0.3
"""A picture with a word over this share of its width is a ground behind it."""
GLUED = 0.15
"""In sizes: a picture nearer than this to a word belongs to it."""
MAX_PICTURES = 300
"""A page with more of them is a drawing."""


class InlinePicture(NamedTuple):
    """A picture at a word: its place, whether it comes before the word, and whether a space parts the two."""

    box: BoundingBox
    page: int
    before: bool
    spaced: bool


def find_inline_pictures(
    layouts: Sequence[PageLayout], blocks: Iterable[Block]
) -> dict[WordKey, tuple[InlinePicture, ...]]:
    """The small pictures in lines, by page index and drawing order of the word that they stand at."""
    decorations: Decorations | None = None
    shown = _find_shown(blocks)
    found: defaultdict[WordKey, list[InlinePicture]] = defaultdict(list)
    for layout in layouts:
        page = layout.page
        if not page.pictures or len(page.pictures) > MAX_PICTURES:
            continue
        candidates = [box for box in _find_signs(page) if not any(area.overlap(box) for area in shown[page.index])]
        if not candidates:
            continue
        decorations = decorations or Decorations([layout.page for layout in layouts])
        furniture = [p.box for p in page.pictures if decorations.has_picture(p)]
        for box in candidates:
            if any(other.overlap(box) for other in furniture):
                continue
            line = next((line for line in (*layout.text, *layout.notes) if _stands_in(box, line)), None)
            if line is not None:
                key, picture = _place(box, line)
                found[key].append(picture)
    return {key: tuple(sorted(pictures)) for key, pictures in found.items()}


def _find_signs(page: Page) -> Iterator[BoundingBox]:
    """The bitmaps and forms of a page."""
    forms: defaultdict[int, list[BoundingBox]] = defaultdict(list)
    bitmaps = set()
    for picture in page.pictures:
        forms[picture.key].append(picture.box)
        if picture.kind == "bitmap":
            bitmaps.add(picture.key)
    for key, boxes in forms.items():
        if key in bitmaps or len(boxes) > 1:
            yield enclosing_box(boxes)


def _find_shown(blocks: Iterable[Block]) -> defaultdict[int, list[BoundingBox]]:
    """The places that are shown as pictures anyway, by page index."""
    shown: defaultdict[int, list[BoundingBox]] = defaultdict(list)
    for block in blocks:
        if isinstance(block.detail, FigureDetail) or (isinstance(block.detail, TableDetail) and block.detail.unread):
            shown[block.page].append(block.detail.box)
    return shown


def _stands_in(box: BoundingBox, line: Line) -> bool:
    """Whether a picture is one of the signs of a line."""
    size = line.size
    if not line.box.bottom < (box.bottom + box.top) / 2 < line.box.top:
        return False
    if not (LEAST * size < box.height < TALLEST * size and LEAST * size < box.width < WIDEST * line.column.width):
        return False
    if box.right < line.column.left - size or box.left > line.column.right + size:
        return False
    limit = MAX_OVERLAP * box.width
    return all(min(word.box.right, box.right) - max(word.box.left, box.left) < limit for word in line.words)


def _place(box: BoundingBox, line: Line) -> tuple[WordKey, InlinePicture]:
    """The word that a picture comes before, or the last one of its line when it ends it."""
    middle = (box.left + box.right) / 2

    def comes_after(word: BoundingBox) -> bool:
        return (word.left + word.right) / 2 < middle if line.right_to_left else (word.left + word.right) / 2 > middle

    word = next((word for word in line.words if comes_after(word.box)), None)
    at = word or line.words[-1]
    gap = max(at.box.left - box.right, box.left - at.box.right)
    return (line.page, at.order), InlinePicture(box, line.page, word is not None, gap > GLUED * line.size)
