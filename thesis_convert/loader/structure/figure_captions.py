"""Gives the captions of figures that are set as tables or listings to these.

In: the tables and listings of a thesis, its figures, and the lines of its pages. Out: both, without those figures of
which only a caption was found, where a table or listing without a caption stands right beside it: what an author calls
a figure may be words between rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.page import (
    Block,
    BoundingBox,
    CodeDetail,
    FigureDetail,
    PageLayout,
    TableDetail,
    Typography,
    enclosing_box,
)

GAP = 3.0
"""A caption stands within so many leadings of what it names."""


def give_captions(
    bodies: Sequence[Block], figures: Sequence[Block], layouts: Sequence[PageLayout], typography: Typography
) -> tuple[list[Block], list[Block]]:
    """The tables and listings (`bodies`) with such captions, and the figures that are left."""
    whole = list(bodies)
    left: list[Block] = []
    for figure in figures:
        number = _find_body(figure, whole, layouts, typography) if _is_caption_only(figure) else None
        if number is None:
            left.append(figure)
        else:
            whole[number] = _join(whole[number], figure)
    return whole, left


def _is_caption_only(figure: Block) -> bool:
    detail = figure.detail
    return isinstance(detail, FigureDetail) and not detail.box.height and not detail.words and not detail.parts


def _find_body(
    figure: Block, bodies: Sequence[Block], layouts: Sequence[PageLayout], typography: Typography
) -> int | None:
    """The number of the nearest table or listing without a caption that nothing parts from a figure's caption."""
    caption = enclosing_box([line.box for line in figure.lines])
    found: list[tuple[float, int]] = []
    for number, block in enumerate(bodies):
        if not isinstance(block.detail, TableDetail | CodeDetail) or block.detail.caption:
            continue
        box = _find_box(block, figure.page)
        if box is None or min(box.right, caption.right) <= max(box.left, caption.left):
            continue
        low, high = sorted([(box.bottom, box.top), (caption.bottom, caption.top)])
        gap = high[0] - low[1]
        own = {line.key for line in (*block.lines, *figure.lines)}
        lines = layouts[figure.page].text
        parted = any(low[1] <= line.baseline <= high[0] and line.key not in own for line in lines)
        if -typography.size < gap < GAP * typography.leading and not parted:
            found.append((gap, number))
    return min(found)[1] if found else None


def _find_box(block: Block, page: int) -> BoundingBox | None:
    """Where a table or listing stands on a page, None when it is not there."""
    boxes = [line.box for line in block.lines if line.page == page]
    if isinstance(block.detail, TableDetail) and block.page == page:
        boxes.append(block.detail.box)
    return enclosing_box(boxes) if boxes else None


def _join(body: Block, figure: Block) -> Block:
    """A table or listing with the caption of a figure."""
    detail = figure.detail
    assert isinstance(detail, FigureDetail)
    above = figure.place[0] == body.page and figure.place[1] > body.place[1]
    lines = (*figure.lines, *body.lines) if above else (*body.lines, *figure.lines)
    place = figure.place if above else body.place
    if isinstance(body.detail, CodeDetail):
        return replace(
            body, lines=lines, place=place, detail=replace(body.detail, caption=detail.caption, label=detail.label)
        )
    assert isinstance(body.detail, TableDetail)
    return replace(body, lines=lines, place=place, detail=replace(body.detail, caption=detail.caption))
