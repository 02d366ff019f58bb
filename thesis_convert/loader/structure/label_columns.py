"""Takes the labels of pictures apart that stand side by side.

In: pages of lines. Out: the same with the words in one picture and those in the next as lines of their own.
What stands at one height makes one line, and only the pictures tell that it is two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thesis_convert.loader.structure.caption_columns import split_line
from thesis_convert.page import BoundingBox, Line, PageLayout, Picture, enclosing_box

TALL = 3.0
"""A picture with labels of its own is so many type sizes high; lower ones are grounds of cells and lines."""
MAX_PICTURES = 200
"""More than this on a page are the parts of drawings, each too small to hold a line."""


def separate_labels(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with a line for each picture that a line of labels goes through."""
    return [_separate_page(layout) for layout in layouts]


def _separate_page(layout: PageLayout) -> PageLayout:
    pictures = _find_pictures(layout.page.pictures) if len(layout.page.pictures) > 1 else []
    if len(pictures) < 2:
        return layout
    lines: list[Line] = []
    for line in layout.text:
        edges = _find_edges(line, pictures)
        parts = split_line(line, edges) if edges else None
        lines += [part for part in parts if part] if parts else [line]
    return replace(layout, text=tuple(lines)) if len(lines) != len(layout.text) else layout


def _find_pictures(pictures: Sequence[Picture]) -> list[BoundingBox]:
    """The boxes of bitmaps and of forms, from the left."""
    forms: defaultdict[int, list[Picture]] = defaultdict(list)
    for picture in pictures:
        forms[picture.key].append(picture)
    whole = [parts for parts in forms.values() if len(parts) > 1 or parts[0].kind == "bitmap"]
    return sorted(enclosing_box([part.box for part in parts]) for parts in whole[:MAX_PICTURES])


def _find_edges(line: Line, pictures: Sequence[BoundingBox]) -> list[float]:
    """The middles between pictures beside each other in which all words of a line stand, none unless they all do."""
    middle = (line.box.bottom + line.box.top) / 2
    beside = [box for box in pictures if box.bottom < middle < box.top and box.height > TALL * line.size]
    if len(beside) < 2:
        return []
    held = [next((box for box in beside if box.left < _middle(word.box) < box.right), None) for word in line.words]
    used = sorted({box for box in held if box is not None})
    if None in held or any(box.right > after.left for box, after in pairwise(used)):
        return []
    return [(box.right + after.left) / 2 for box, after in pairwise(used)]


def _middle(box: BoundingBox) -> float:
    return (box.left + box.right) / 2
