"""Divides a figure into its parts, where these have captions of their own.

In: the shapes of a figure, the words in it, and the captions that look like those of parts. Out: the parts, or
none when it is not clear what belongs to which: then the figure stays whole. A part stands over its
caption, so every shape goes to the nearest caption below it that it has a share of the width with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from thesis_convert.loader.structure.captions import Caption
from thesis_convert.loader.structure.figure_shapes import Shape
from thesis_convert.page import BoundingBox, FigureDetail, Line, enclosing_box

OVERLAP = 2.0
"""Points by which a picture's white edge may reach over its caption."""


def divide_figure(
    shapes: Sequence[Shape], words: Sequence[Line], captions: Sequence[Caption]
) -> tuple[FigureDetail, ...]:
    """The parts of a figure in the order of their captions, () when it has none.

    `words` are all lines that belong to the figure, with those of its parts' captions.
    """
    keys = {line.key for line in words}
    own = [caption for caption in captions if all(line.key in keys for line in caption.lines)]
    if len(own) < 2:
        return ()
    boxes: defaultdict[int, list[BoundingBox]] = defaultdict(list)
    for shape in shapes:
        place = _find_caption(shape.box, own)
        if place is None:
            return ()
        boxes[place].append(shape.box)
    if len(boxes) < len(own):
        return ()
    inside: defaultdict[int, list[Line]] = defaultdict(list)
    titles = {line.key for caption in own for line in caption.lines}
    for line in words:
        if line.key not in titles:
            place = _find_caption(line.box, own)
            inside[len(own) - 1 if place is None else place].append(line)
    return tuple(
        FigureDetail(
            enclosing_box([*boxes[place], *(line.box for line in inside[place])]),
            caption.lines,
            caption.label,
            tuple(inside[place]),
        )
        for place, caption in enumerate(own)
    )


def _find_caption(box: BoundingBox, captions: Sequence[Caption]) -> int | None:
    """The place of the nearest caption below a box."""
    middle = (box.left + box.right) / 2
    below = [
        (box.bottom - caption.box.top, _distance(middle, caption.box), place)
        for place, caption in enumerate(captions)
        if box.bottom > caption.box.top - OVERLAP
    ]
    if not below:
        return None
    # Captions of one row are as near; of these, the one that stands under the box.
    nearest = min(gap for gap, _, _ in below)
    row = [item for item in below if item[0] < nearest + captions[item[2]].box.height]
    return min(row, key=lambda item: item[1])[2]


def _distance(x: float, box: BoundingBox) -> float:
    return abs(x - (box.left + box.right) / 2)
