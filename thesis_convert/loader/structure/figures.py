"""Finds figures: pictures and drawings, the text inside them, and their captions.

In: pages with pictures and lines. Out: blocks of kind "figure" that claim the lines of their captions and
those inside their regions. A caption leads to its figure. A shape without one is a figure only when it can
be nothing else: no ground behind text, no frame, no ornament.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.loader.structure.caption_labels import begins_other_caption, begins_source
from thesis_convert.loader.structure.captions import Caption
from thesis_convert.loader.structure.figure_labels import (
    add_frame,
    add_grid,
    collect_labels,
    find_scales,
    read_turned_lines,
    take_turned,
)
from thesis_convert.loader.structure.figure_pairs import Pair, Scene, pair_captions, read_scene
from thesis_convert.loader.structure.figure_parts import divide_figure
from thesis_convert.loader.structure.figure_shapes import Decorations, Shape, same_face
from thesis_convert.loader.structure.leading import measure_leadings
from thesis_convert.loader.structure.turned_floats import find_turned_floats
from thesis_convert.page import (
    Block,
    BoundingBox,
    FigureDetail,
    Line,
    PageLayout,
    TableDetail,
    Typography,
    enclosing_box,
)

MIN_SIDE = 2.0
"""A figure without a caption measures at least this many body sizes each way; smaller ones are icons."""
MIN_DRAWING_SIDE = 3.0
"""Drawings have more ornaments among them than bitmaps."""
MIN_DRAWING_PARTS = 3
"""A drawing without a caption has at least so many parts; fewer are brackets and rounded frames."""
MIN_CODE = 2
"""So many lines of which most are fixed-width are code, and what is under them is its ground."""
BITMAP_SHARE = 0.5
"""Bitmaps over less than this share of a shape are icons in a table, or marks in a drawing."""
TABLE_GAP = 3.0
"""The caption of a table stands within this many leadings of it; it may have three lines."""
GROUND_PARTS = 6
"""A drawing of no more parts than this with text on it is a ground for that text."""
SLENDER = 15.0
"""What is so many times longer than wide is a line of ornaments."""
SMALL = 6.0
"""In body sizes: a picture smaller than this each way that returns on another page is an ornament."""
CAPTION_STEP = 1.6
"""Words under a picture, without a label, stand within this many leadings of it when they are its caption."""
TOUCH = 2.0
"""Points by which boxes may touch: the boxes of letters are taller than their ink."""
SOURCE_GAP = 1.5
"""The line that names a picture's source stands within this many of its sizes of the picture or its caption."""
FEW_CAPTIONS = 3
"""A thesis that labels this many captions labels all of them."""
MAX_PLAIN_LINES = 3
"""Captions without a label are short."""


def find_figures(
    layouts: Sequence[PageLayout],
    typography: Typography,
    taken: set[tuple[int, int]],
    tables: Sequence[Block] = (),
) -> list[Block]:
    """A block for each figure, and for each table that stands on its side among upright text.

    Their lines are added to `taken`, which holds those that are something else.
    """
    pages = [layout.page for layout in layouts]
    decorations = Decorations(pages)
    leadings = measure_leadings(layouts, typography)
    areas = _find_areas(tables)
    scenes = [
        scene
        for layout in layouts
        if (scene := read_scene(layout, typography, leadings, decorations, taken, areas[layout.page.index]))
    ]
    blocks = []
    for number, scene in enumerate(scenes):
        for block, shapes in find_turned_floats(scene, typography):
            blocks.append(block)
            taken.update(line.key for line in block.lines)
            scenes[number] = replace(scene, shapes=tuple(s for s in scenes[number].shapes if s not in shapes))
    pairs = pair_captions(scenes, typography)
    used: set[tuple[int, BoundingBox]] = set()
    words = {_label_word(pair.caption.label) for pair in pairs if pair.shapes}
    for pair in pairs:
        if not pair.shapes and not (pair.caption.certain and (not words or _label_word(pair.caption.label) in words)):
            continue
        used.update((pair.scene, shape.box) for shape in pair.shapes)
        blocks.append(_make_figure(pair, scenes[pair.scene], typography, taken))
    alone = [
        (number, shape)
        for number, scene in enumerate(scenes)
        for shape in scene.shapes
        if (number, shape.box) not in used and _is_picture(shape, scene, typography)
    ]
    ornaments = _find_ornaments(alone, scenes, typography)
    for number, shape in alone:
        if (shape.content, *_measure(shape)) not in ornaments:
            blocks.append(_make_plain_figure(shape, scenes[number], typography, taken, len(pairs) < FEW_CAPTIONS))
    return blocks


def _label_word(label: str) -> str:
    """ "fig" of "Fig. 3.2"."""
    return "".join(c for c in label if c.isalpha()).lower()


def _find_areas(tables: Sequence[Block]) -> defaultdict[int, list[BoundingBox]]:
    """The boxes of what was recognised before, by page index."""
    areas: defaultdict[int, list[BoundingBox]] = defaultdict(list)
    for block in tables:
        lines: defaultdict[int, list[BoundingBox]] = defaultdict(list)
        for line in block.lines:
            lines[line.page].append(line.box)
        for page, boxes in lines.items():
            areas[page].append(enclosing_box(boxes))
        if isinstance(block.detail, TableDetail):
            areas[block.page].append(block.detail.box)
    return areas


def _make_figure(pair: Pair, scene: Scene, typography: Typography, taken: set[tuple[int, int]]) -> Block:
    """The figure of a caption; without shapes its box has no height, for there is nothing to show."""
    caption = pair.caption
    page = scene.layout.page
    if not pair.shapes:
        box = caption.box._replace(bottom=caption.box.top)
        taken.update(line.key for line in caption.lines)
        return Block("figure", caption.lines, (page.index, box.top), FigureDetail(box, caption.lines, caption.label))
    beside = caption if caption.lines[0].page == page.index else None  # else it stands on the next page
    box = add_grid(enclosing_box([shape.box for shape in pair.shapes]), scene.rules)
    box = add_frame(box, scene.rules, [*scene.barriers, *(line.box for line in caption.lines)])
    words = [line for line in collect_labels(box, beside, pair.above, scene, typography) if line.key not in taken]
    box = enclosing_box([box, *(line.box for line in words)])
    source = _find_source(box, caption.lines, words, scene, taken) if beside else ()
    words = [line for line in words if line not in source]
    words += take_turned(box, read_turned_lines(page, caption.lines[0].column), typography)
    lines = (*caption.lines, *source)
    parts = divide_figure(pair.shapes, words, scene.subs)
    if not parts:
        box = _cut_caption(enclosing_box([box, *(line.box for line in words)]), beside)
    taken.update(line.key for line in (*lines, *words))
    detail = FigureDetail(box, lines, caption.label, () if parts else tuple(words), parts)
    top = max(box.top, caption.box.top) if beside else box.top
    return Block("figure", (*lines, *words), (page.index, top), detail)


def _cut_caption(box: BoundingBox, caption: Caption | None) -> BoundingBox:
    """The box without the caption, over which a picture's white edge may reach: it is not to be seen twice."""
    if caption is None or caption.box.bottom >= box.top or caption.box.top <= box.bottom + TOUCH:
        return box
    if box.top - caption.box.bottom <= TOUCH:
        return box
    above = box.top - caption.box.top > caption.box.bottom - box.bottom
    return box._replace(bottom=caption.box.top) if above else box._replace(top=caption.box.bottom)


def _find_source(
    box: BoundingBox, caption: Sequence[Line], words: Sequence[Line], scene: Scene, taken: set[tuple[int, int]]
) -> tuple[Line, ...]:
    """The line under a figure, or under its caption, that says where the picture comes from."""
    lowest = min(box.bottom, caption[-1].box.bottom)
    keys = {line.key for line in caption}
    for line in (*words, *scene.free):
        if line.key in taken or line.key in keys or not begins_source(line.text):
            continue
        if line in words or -1.0 < lowest - line.box.top < SOURCE_GAP * line.size:
            return (line,)
    return ()


def _make_plain_figure(
    shape: Shape, scene: Scene, typography: Typography, taken: set[tuple[int, int]], captioned: bool
) -> Block:
    """The figure of a shape without a labelled caption; `captioned` allows for one without a label."""
    page = scene.layout.page
    words = collect_labels(shape.box, None, True, scene, typography)
    scales = find_scales(shape.box, [line for line in scene.free if line not in words]) if shape.drawings else []
    words = [line for line in (*words, *scales) if line.key not in taken]
    caption = _find_plain_caption(shape, scene, words, typography, taken) if captioned and not scales else ()
    words += take_turned(shape.box, read_turned_lines(page, shape.box), typography)
    taken.update(line.key for line in (*words, *caption))
    box = enclosing_box([shape.box, *(line.box for line in words)])
    return Block("figure", (*caption, *words), (page.index, box.top), FigureDetail(box, caption, "", tuple(words)))


def _find_plain_caption(
    shape: Shape, scene: Scene, words: Sequence[Line], typography: Typography, taken: set[tuple[int, int]]
) -> tuple[Line, ...]:
    """Lines under a picture that are set like a caption though no label begins them."""
    inside = {line.key for line in words}
    below = sorted(
        (
            line
            for line in scene.free
            if line.key not in inside and line.key not in taken and line.box.top < shape.box.bottom + 0.3 * line.size
        ),
        key=lambda line: -line.baseline,
    )
    lines: list[Line] = []
    edge = shape.box.bottom
    for line in below[: MAX_PLAIN_LINES + 1]:
        if edge - line.box.top > (CAPTION_STEP if not lines else 0.5) * typography.leading:
            break
        if lines and abs(line.size - lines[0].size) > 0.5:
            break
        lines.append(line)
        edge = line.box.bottom
    if not lines or len(lines) > MAX_PLAIN_LINES or not _is_set_like_caption(lines, shape, typography):
        return ()
    return tuple(lines)


def _is_set_like_caption(lines: Sequence[Line], shape: Shape, typography: Typography) -> bool:
    first = lines[0]
    smaller = first.size < 0.94 * typography.size or first.font.italic != typography.body.italic
    offset = (first.box.left + first.box.right - shape.box.left - shape.box.right) / 2
    placed = abs(offset) < 2 * first.size or abs(first.box.left - shape.box.left) < first.size
    return placed and (smaller or begins_source(first.text))


# Shapes without a caption


def _is_picture(shape: Shape, scene: Scene, typography: Typography) -> bool:
    """Whether a shape that no caption names is a figure all the same."""
    size = typography.size
    width, height = shape.box.width, shape.box.height
    least = (MIN_SIDE if shape.bitmaps else MIN_DRAWING_SIDE) * size
    if min(width, height) < least or max(width, height) > SLENDER * min(width, height):
        return False
    inside = [line for line in scene.layout.text if _stands_on(line, shape.box)]
    if inside and _is_captioned_table(shape, scene, typography):
        return False
    if shape.bitmap_area > BITMAP_SHARE * shape.box.area:
        return not any(_is_text_type(line, typography) for line in inside)
    if not shape.drawings or shape.parts < MIN_DRAWING_PARTS or _holds_code(inside):
        return False
    return not inside or (shape.parts > GROUND_PARTS and not any(line.size > 1.1 * size for line in inside))


def _holds_code(inside: Sequence[Line]) -> bool:
    """Whether the lines on a shape are a listing's, or were taken from one that is set in several types."""
    return len(inside) >= MIN_CODE and sum(line.font.monospace for line in inside) > len(inside) / 2


def _is_captioned_table(shape: Shape, scene: Scene, typography: Typography) -> bool:
    """Whether the caption of a table stands over or under a shape."""
    reach = TABLE_GAP * typography.leading
    return any(
        begins_other_caption(line.text)
        and shape.box.bottom - reach < line.box.bottom < shape.box.top + reach
        and line.box.left < shape.box.right
        and shape.box.left < line.box.right
        for line in scene.layout.text
    )


def _stands_on(line: Line, box: BoundingBox) -> bool:
    return box.holds((line.box.left + line.box.right) / 2, (line.box.bottom + line.box.top) / 2)


def _is_text_type(line: Line, typography: Typography) -> bool:
    return same_face(line.font, typography.body) and line.size > 0.95 * typography.size


def _measure(shape: Shape) -> tuple[int, int, int, int]:
    return round(shape.box.width), round(shape.box.height), round(shape.box.top), shape.parts


def _find_ornaments(
    alone: Sequence[tuple[int, Shape]], scenes: Sequence[Scene], typography: Typography
) -> set[tuple[int, ...]]:
    """The contents and measures of shapes that return at the same height on several pages."""
    count = Counter((shape.content, *_measure(shape)) for _, shape in alone)
    small = SMALL * typography.size
    return {key for key, number in count.items() if number > 2 or (number == 2 and max(key[1], key[2]) < small)}
