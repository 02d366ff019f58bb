"""Finds figures: pictures and drawings, the text inside them, and their captions.

In: pages with pictures and lines. Out: blocks of kind "figure" that claim the lines inside their
region; captions join them once the flow is known. Parts of one picture lie close together, so
boxes that nearly touch are one region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.page import Block, BoundingBox, FigureDetail, Line, Page, PageLayout, Typography, enclosing_box

MIN_SIDE = 2.0
"""A figure measures at least this many body sizes each way; smaller ones are ornaments or icons."""
REACH = 0.6
"""Parts closer than this many body sizes are one picture."""
BACKGROUND = 0.8
"""A picture over this share of the page, with text on it, is a background."""
MAX_PARTS = 1500
"""More parts than this are joined by a grid instead of pair by pair."""
CAPTION_GAP = 4.0
"""A caption stands within this many leadings of its picture."""

CAPTION = re.compile(
    r"^(fig(?:ure|ura|\.)?s?|abb(?:ildung|\.)?|illustration|ill\.|gr[aá]fic[oa]|gr[aá]fico|graph|imag(?:e|em|en)|foto(?:grafia)?|photo(?:graph)?|рис(?:унок|\.)?|图|圖|図"
    r"|obr(?:ázek|\.)?|rys(?:unek|\.)?|kuva|figuur|şekil|ábra|εικόνα|σχήμα|شکل|תמונה|hình|gambar|scheme|schema|plate|map|karte|carte|chart|diagram(?:m|ma)?|slika|bild)"
    r"\.?\s*(?P<number>[\dIVX۰-۹]+(?:[.\-–][\d۰-۹]+)*[a-z]?|[A-Z][.\-]?\d+(?:\.\d+)*)?\s*[.:\-–—|]?\s*",
    re.I,
)


def find_figures(layouts: Sequence[PageLayout], typography: Typography, taken: set[tuple[int, int]]) -> list[Block]:
    """A block for each picture region, with the lines that stand inside it."""
    blocks = []
    for layout in layouts:
        for region in _find_regions(layout.page, typography):
            inside = [line for line in layout.text if _is_inside(line, region) and line.key not in taken]
            if _is_text_frame(inside, region, layout.page, typography):
                continue
            taken.update(line.key for line in inside)
            blocks.append(Block("figure", tuple(inside), (layout.page.index, region.top), FigureDetail(region)))
    return blocks


def _find_regions(page: Page, typography: Typography) -> list[BoundingBox]:
    side = MIN_SIDE * typography.size
    parts = [p.box for p in page.pictures if p.box.area < BACKGROUND * page.width * page.height]
    if len(parts) > 40:
        parts += [rule.box for rule in page.rules]
    regions = _join_boxes(parts[:MAX_PARTS], REACH * typography.size)
    return [box for box in regions if box.width >= side and box.height >= side]


def _join_boxes(boxes: Sequence[BoundingBox], reach: float) -> list[BoundingBox]:
    """Boxes that overlap or nearly touch as one, until none do."""
    joined = list(boxes)
    changed = True
    while changed:
        changed = False
        result: list[BoundingBox] = []
        for box in sorted(joined, key=lambda b: -b.top):
            for number, other in enumerate(result):
                if (
                    box.left - reach <= other.right
                    and other.left - reach <= box.right
                    and box.bottom - reach <= other.top
                    and other.bottom - reach <= box.top
                ):
                    result[number] = enclosing_box((box, other))
                    changed = True
                    break
            else:
                result.append(box)
        joined = result
    return joined


def _is_inside(line: Line, region: BoundingBox) -> bool:
    return region.holds((line.box.left + line.box.right) / 2, (line.box.bottom + line.box.top) / 2)


def _is_text_frame(inside: Sequence[Line], region: BoundingBox, page: Page, typography: Typography) -> bool:
    """Whether a region is a frame or ground around running text and no picture."""
    if any(p.kind == "bitmap" and p.box.overlap(region) > 0.5 * region.area for p in page.pictures):
        return False
    full = [line for line in inside if line.box.width > 0.6 * region.width and len(line.words) > 4]
    return len(full) >= 2 and sum(len(line.text) for line in full) > 0.6 * sum(len(line.text) for line in inside)


def attach_captions(flow: Sequence[Block], typography: Typography) -> list[Block]:
    """The flow with each figure's caption in its detail, taken from the block below or above it."""
    blocks = list(flow)
    gone: set[int] = set()
    captions = {n for n, block in enumerate(blocks) if block.kind == "paragraph" and is_figure_caption(block)}
    for number, block in enumerate(blocks):
        if block.kind != "figure" or not isinstance(block.detail, FigureDetail):
            continue
        for other in (number + 1, number - 1, number + 2):
            if (
                other in captions
                and other not in gone
                and _is_near(block.detail.box, blocks[other], typography, block.page)
            ):
                blocks[number] = replace(block, detail=replace(block.detail, caption=blocks[other].lines))
                gone.add(other)
                break
    return [block for number, block in enumerate(blocks) if number not in gone]


def is_figure_caption(block: Block) -> bool:
    match = CAPTION.match(block.lines[0].text)
    return bool(match and match.group("number")) and sum(len(line.text) for line in block.lines) < 1200


def _is_near(box: BoundingBox, block: Block, typography: Typography, page: int) -> bool:
    if block.page != page:
        return False
    text = enclosing_box([line.box for line in block.lines])
    gap = max(box.bottom - text.top, text.bottom - box.top)
    return gap < CAPTION_GAP * typography.leading
