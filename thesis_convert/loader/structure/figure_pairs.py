"""Tells which shapes belong to which caption.

In: a page's captions, shapes and text. Out: for each caption its shapes. Between a caption and the
running text, heading or other caption on the far side stands nothing but its figure. A thesis has all
its captions below their figures or all above, so where both sides are possible the clear cases decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thesis_convert.loader.structure.caption_labels import begins_other_caption, is_sub_label
from thesis_convert.loader.structure.captions import Caption, find_captions, find_sub_captions
from thesis_convert.loader.structure.figure_shapes import Decorations, Shape, find_prose, find_shapes, same_face
from thesis_convert.loader.structure.leading import Leadings
from thesis_convert.page import BoundingBox, Line, PageLayout, Typography, enclosing_box

CAPTION_GAP = 5.0
"""A caption stands within this many leadings of its picture."""
CHAIN_GAP = 3.0
"""Parts of one figure stand within this many leadings of each other."""
SUB_GAP = 2.5
"""The caption of a part stands within this many leadings of it; labels of axes may come between."""
OVERLAP = 2.0
"""Points by which a picture's white edge may reach over its caption."""
COVERED = 0.5
"""A table or listing takes more than this share of its ground."""
RULES_IN_DRAWING = 4
"""So many rules beside a caption are a drawing when there is nothing else: axes, boxes, arrows."""
MAX_RULES = 400


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page holds for figures.

    `subs` are captions of parts of figures, `barriers` boxes that no figure goes beyond, `free` lines that
    may be labels, `rules` those that are no decoration of the page.
    """

    layout: PageLayout
    captions: tuple[Caption, ...]
    subs: tuple[Caption, ...]
    shapes: tuple[Shape, ...]
    barriers: tuple[BoundingBox, ...]
    free: tuple[Line, ...]
    rules: tuple[BoundingBox, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A caption, the shapes of its figure in a scene, and whether they stand above it."""

    scene: int
    caption: Caption
    shapes: tuple[Shape, ...]
    above: bool


def read_scene(
    layout: PageLayout,
    typography: Typography,
    leadings: Leadings,
    decorations: Decorations,
    taken: set[tuple[int, int]],
    tables: Sequence[BoundingBox],
) -> Scene | None:
    """What a page holds for figures, None when it has neither pictures nor captions, nor words on their side."""
    captions = find_captions(layout, typography, leadings, taken)
    if not captions and not layout.page.pictures and not any(word.turns for word in layout.page.words):
        return None
    titled = {line.key for caption in captions for line in caption.lines}
    subs = find_sub_captions(layout, typography, leadings, taken | titled) if captions else []
    parts = {line.key for caption in subs for line in caption.lines}
    rest = [line for line in layout.text if line.key not in taken and line.key not in titled]
    prose = find_prose([line for line in rest if line.key not in parts], typography, leadings)
    ends = [line for line in layout.text if line.key in titled or begins_other_caption(line.text)]
    texts = [line for line in rest if line.key in prose]
    shapes = [
        shape
        for shape in find_shapes(layout, texts, ends, decorations, typography)
        if not any(_lies_under(shape.box, table) for table in tables)
    ]
    subs, items = _divide_subs(subs, shapes, typography)
    prose.update(line.key for caption in items for line in caption.lines)
    free = [line for line in rest if line.key not in prose]
    barriers = [
        *tables,
        *(line.box for line in (*layout.furniture, *layout.notes)),
        *(line.box for line in layout.text if line.key in taken or line.key in prose),
        *(line.box for line in free if begins_other_caption(line.text) or _is_text(line, shapes, typography)),
    ]
    rules = [rule.box for rule in layout.page.rules if not decorations.has_rule(rule.box)]
    return Scene(
        layout, tuple(captions), tuple(subs), tuple(shapes), tuple(barriers), tuple(free), tuple(rules)
    )  # fmt: skip


def _divide_subs(
    subs: Sequence[Caption], shapes: Sequence[Shape], typography: Typography
) -> tuple[list[Caption], list[Caption]]:
    """What may be captions of parts: those that are, each with its translation under it, and the items of lists."""
    captions: list[Caption] = []
    items: list[Caption] = []
    for caption in subs:
        above = [
            number
            for number, other in enumerate(captions)
            if other.label == caption.label and _hangs_under(caption.box, other.box, typography)
        ]
        if above:
            other = captions[above[0]]
            box = enclosing_box((other.box, caption.box))
            captions[above[0]] = other._replace(lines=(*other.lines, *caption.lines), box=box)
        elif any(_hangs_under(caption.box, shape.box, typography) for shape in shapes):
            captions.append(caption)
        else:
            items.append(caption)
    return captions, items


def _lies_under(shape: BoundingBox, area: BoundingBox) -> bool:
    """Whether a shape is the ground or frame of a table or listing, whose lines may be short."""
    high = min(shape.top, area.top) - max(shape.bottom, area.bottom)
    across = min(shape.right, area.right) - max(shape.left, area.left)
    own = across > COVERED * area.width and area.right < shape.right + OVERLAP
    return area.overlap(shape) > COVERED * shape.area or (own and high > COVERED * shape.height)


def pair_captions(scenes: Sequence[Scene], typography: Typography) -> list[Pair]:
    """Each caption with its shapes, () where none were found; no shape twice."""
    sides = [
        (number, caption, _look(caption, scene, typography, True), _look(caption, scene, typography, False))
        for number, scene in enumerate(scenes)
        for caption in scene.captions
    ]
    usual = _is_usually_above(sides)
    used: set[tuple[int, BoundingBox]] = set()
    pairs: list[Pair | None] = []
    for number, caption, above, below in sides:
        near = above if usual else below
        pairs.append(_claim(number, caption, near, usual, used))
    for place, (number, caption, above, below) in enumerate(sides):
        if pairs[place] is None:
            pairs[place] = _claim(number, caption, below if usual else above, not usual, used)
    result = []
    for pair, (number, caption, _, _) in zip(pairs, sides, strict=True):
        result.append(
            pair
            or _turn_over(number, caption, scenes, used)
            or Pair(number, caption, _find_rules(caption, scenes[number], typography, usual), usual)
        )
    return result


_Side = tuple[int, Caption, tuple[Shape, ...], tuple[Shape, ...]]


def _claim(
    number: int, caption: Caption, shapes: Sequence[Shape], above: bool, used: set[tuple[int, BoundingBox]]
) -> Pair | None:
    left = tuple(shape for shape in shapes if (number, shape.box) not in used)
    if not left:
        return None
    used.update((number, shape.box) for shape in left)
    return Pair(number, caption, left, above)


def _turn_over(
    number: int, caption: Caption, scenes: Sequence[Scene], used: set[tuple[int, BoundingBox]]
) -> Pair | None:
    """The picture at the foot of a page, when its caption is the first thing on the next."""
    layout = scenes[number].layout
    if number == 0 or layout.text[0].key != caption.lines[0].key:
        return None
    before = scenes[number - 1]
    if before.layout.page.index != layout.page.index - 1 or not before.shapes:
        return None
    lowest = min(before.shapes, key=lambda shape: shape.box.bottom)
    below = any(line.box.top < lowest.box.bottom for line in before.layout.text)
    return None if below else _claim(number - 1, caption, [lowest], True, used)


def _is_usually_above(sides: Sequence[_Side]) -> bool:
    """Whether the figures of a thesis stand above their captions; they mostly do."""
    above = sum(bool(up) and not down for _, _, up, down in sides)
    below = sum(bool(down) and not up for _, _, up, down in sides)
    return above >= below


def _hangs_under(box: BoundingBox, shape: BoundingBox, typography: Typography) -> bool:
    """Whether a caption stands close below a shape."""
    gap = shape.bottom - box.top
    across = min(box.right, shape.right) - max(box.left, shape.left)
    return -OVERLAP < gap < SUB_GAP * typography.leading and across > 0


def _is_text(line: Line, shapes: Sequence[Shape], typography: Typography) -> bool:
    """Whether a line that is no certain text stands like text or a heading, and beside no shape."""
    middle = (line.box.bottom + line.box.top) / 2
    if any(shape.box.bottom < middle < shape.box.top for shape in shapes) or is_sub_label(line.text):
        return False
    body = typography.body
    own = same_face(line.font, body) and line.size > 0.95 * body.size
    if line.font.bold and line.size >= 0.95 * body.size:
        return True
    return own and (line.indent < 4 * body.size or line.size > 1.1 * body.size)


def _look(caption: Caption, scene: Scene, typography: Typography, above: bool) -> tuple[Shape, ...]:
    """The shapes on one side of a caption up to the next barrier."""
    low, high = _find_cell(caption, scene)
    leading = typography.leading

    def distance(box: BoundingBox) -> float:
        return box.bottom - caption.box.top if above else caption.box.bottom - box.top

    shapes = [
        shape
        for shape in scene.shapes
        if distance(shape.box) > -OVERLAP - 0.05 * shape.box.height
        and low < (shape.box.left + shape.box.right) / 2 < high
        and _shares_column(shape.box, caption)
        and not any(_is_nearer(other.box, caption.box, shape.box, above) for other in scene.captions)
    ]
    if not shapes:
        return ()
    hull = enclosing_box([caption.box, min((shape.box for shape in shapes), key=distance)])
    ends = [
        box for box in scene.barriers if distance(box) > -OVERLAP and box.left < hull.right and hull.left < box.right
    ]
    ends += [
        c.box
        for c in scene.captions
        if c is not caption and distance(c.box) >= 0 and hull.left < c.box.right and c.box.left < hull.right
    ]
    limit = min(map(distance, ends), default=float("inf"))
    labels = [line.box for line in scene.free if distance(line.box) > -OVERLAP and distance(line.box) < limit]
    chosen: list[Shape] = []
    reach = CAPTION_GAP * leading
    for box, shape in sorted(
        [*((shape.box, shape) for shape in shapes), *((box, None) for box in labels)],
        key=lambda item: distance(item[0]),
    ):
        if distance(box) > min(reach, limit):
            break
        if shape is not None:
            chosen.append(shape)
        reach = max(reach, distance(box) + box.height + CHAIN_GAP * leading)
    return tuple(chosen)


def _is_nearer(other: BoundingBox, caption: BoundingBox, shape: BoundingBox, above: bool) -> bool:
    """Whether a shape stands over (or under) a caption, but over none of another to the side of that.

    Figures side by side end at different heights, and their captions are not beside each other then.
    """
    beside = caption.right <= min(other.left, shape.left + OVERLAP) or caption.left >= max(
        other.right, shape.right - OVERLAP
    )
    side = other.top < shape.bottom + OVERLAP if above else other.bottom > shape.top - OVERLAP
    return beside and side and min(other.right, shape.right) > max(other.left, shape.left)


def _find_cell(caption: Caption, scene: Scene) -> tuple[float, float]:
    """From where to where across the page a caption reaches: up to those that stand beside it."""
    low, high = float("-inf"), float("inf")
    for other in scene.captions:
        if other is caption or not _is_beside(other.box, caption.box):
            continue
        if other.box.left > caption.box.left:
            high = min(high, (other.box.left + caption.box.right) / 2)
        else:
            low = max(low, (other.box.right + caption.box.left) / 2)
    return low, high


def _is_beside(box: BoundingBox, other: BoundingBox) -> bool:
    apart = box.left >= other.right or other.left >= box.right
    return apart and min(box.top, other.top) - max(box.bottom, other.bottom) > 0


def _shares_column(box: BoundingBox, caption: Caption) -> bool:
    """Whether a shape stands over the column of a caption, as one across all columns does."""
    column = caption.lines[0].column
    return min(box.right, max(column.right, caption.box.right)) > max(box.left, min(column.left, caption.box.left))


def _find_rules(caption: Caption, scene: Scene, typography: Typography, above: bool) -> tuple[Shape, ...]:
    """A drawing made of nothing but straight lines beside a caption, () when there is none."""
    rules = [Shape(box) for box in scene.rules[:MAX_RULES]]
    if len(rules) < RULES_IN_DRAWING:
        return ()
    bare = replace(scene, shapes=tuple(rules))
    found = _look(caption, bare, typography, above) or _look(caption, bare, typography, not above)
    upright = sum(shape.box.height > shape.box.width for shape in found)
    return found if len(found) >= RULES_IN_DRAWING and upright else ()
