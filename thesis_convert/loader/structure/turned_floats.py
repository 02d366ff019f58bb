"""Finds figures and tables that are set on their side, with their captions, among upright text.

In: pages as read for figures. Out: blocks for what a caption on its side names: the pictures beside it, or the other
words on their side around it, which are the cells of a table. Such a table is not read but shown. Pages that are
turned as a whole have been put upright before, and have nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.loader.structure.figure_labels import read_turned_lines, take_turned
from thesis_convert.loader.structure.figure_pairs import CAPTION_GAP, Scene
from thesis_convert.loader.structure.figure_shapes import Shape
from thesis_convert.loader.structure.tables.labels import read_table_label
from thesis_convert.loader.structure.tables.prose import DOUBTFUL_GAP
from thesis_convert.page import Block, BoundingBox, FigureDetail, Line, TableDetail, Typography, enclosing_box

STEP = 1.7
"""The lines of a caption follow each other within so many sizes."""
SAME_SIZE = 0.06
"""And their types differ by less than this share."""
SAME_ROW = 0.3
"""Lines whose baselines differ by less than so many sizes are cells of one row."""
MIN_CELLS = 4
"""A table has so many words beside its caption."""


def find_turned_floats(scene: Scene, typography: Typography) -> Iterator[tuple[Block, tuple[Shape, ...]]]:
    """The figures and tables on their side on an upright page, each with the shapes that it takes."""
    page = scene.layout.page
    if not any(word.turns % 2 for word in page.words):
        return
    turned = read_turned_lines(page, typography.columns[page.index])
    for line in turned:
        figure, table = read_figure_label(line.text), read_table_label(line.text)
        if not (figure and figure.closed) and not (table and table.certain):
            continue
        caption = _gather(line, turned)
        box = enclosing_box([other.box for other in caption])
        rest = [other for other in turned if other not in caption]
        shapes = _find_shapes(box, scene, typography) if figure else ()
        if figure and shapes:
            yield _make_figure(caption, figure.label, shapes, rest, typography), shapes
        elif table:
            cells = take_turned(box, rest, typography)
            if sum(len(cell.words) for cell in cells) >= MIN_CELLS:
                yield _make_table(caption, cells), ()


def _gather(first: Line, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The first line of a caption and those that go on with it: no cells of a table, which stand apart."""
    turns = first.words[0].turns
    down = 1 if turns == 1 else -1
    caption = [first]
    for line in sorted(lines, key=lambda other: down * other.baseline):
        step = down * (line.baseline - caption[-1].baseline)
        alike = line.words[0].turns == turns and abs(line.size - first.size) < SAME_SIZE * line.size
        beside = min(line.box.top, first.box.top) > max(line.box.bottom, first.box.bottom)
        if not 0 < step < STEP * line.size or not beside or line is first:
            continue
        row = sum(abs(other.baseline - line.baseline) < SAME_ROW * line.size for other in lines)
        if not alike or row > 1 or _has_wide_gap(line):
            break
        caption.append(line)
    return tuple(caption)


def _has_wide_gap(line: Line) -> bool:
    words = sorted(line.words, key=lambda word: word.box.bottom)
    return any(after.box.bottom - before.box.top > DOUBTFUL_GAP * line.size for before, after in pairwise(words))


def _find_shapes(caption: BoundingBox, scene: Scene, typography: Typography) -> tuple[Shape, ...]:
    """The shapes beside a caption, as high as it stands."""
    reach = CAPTION_GAP * typography.leading
    return tuple(
        shape
        for shape in scene.shapes
        if min(shape.box.top, caption.top) > max(shape.box.bottom, caption.bottom)
        and max(shape.box.left - caption.right, caption.left - shape.box.right) < reach
    )


def _make_figure(
    caption: tuple[Line, ...], label: str, shapes: Sequence[Shape], rest: Sequence[Line], typography: Typography
) -> Block:
    box = enclosing_box([shape.box for shape in shapes])
    words = tuple(take_turned(box, rest, typography))
    box = enclosing_box([box, *(line.box for line in words)])
    place = caption[0].page, max(box.top, caption[0].box.top)
    return Block("figure", (*caption, *words), place, FigureDetail(box, caption, label, words))


def _make_table(caption: tuple[Line, ...], cells: Sequence[Line]) -> Block:
    box = enclosing_box([line.box for line in cells])
    place = caption[0].page, max(box.top, caption[0].box.top)
    return Block("table", (*caption, *cells), place, TableDetail(box, (), caption=caption, unread=tuple(cells)))
