"""Says of every place on the pages what it was recognised as.

In: the `Stages` of the loader. Out: regions in reading order, page by page, with boxes on the pages as shown.
Blocks that run over several pages or columns give a region for each. What no block, note or running head
holds is a region of its own, "unused": nothing of a page may be lost without a trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from thesis_convert.loader.layout.orientation import box_as_shown
from thesis_convert.loader.stages import Stages
from thesis_convert.page import (
    Block,
    BoundingBox,
    CodeDetail,
    EntryDetail,
    FigureDetail,
    FormulaDetail,
    HeadingDetail,
    ItemDetail,
    Line,
    PageLayout,
    TableDetail,
    enclosing_box,
)


class Region(NamedTuple):
    """A part of the page with index `page`, from 0; its box is on the page as shown.

    `kind` is that of the block, or "caption", "cell", "footnote", "endnote", "marginal", "furniture", "unused".
    `number` counts the blocks of the thesis from 1, parts of one block have the same; 0 is for what is no block.
    `name` is the printed label or the level, "" without one.
    """

    page: int
    box: BoundingBox
    kind: str
    number: int
    name: str
    text: str


def find_regions(stages: Stages) -> list[Region]:
    """All regions, sorted by page and then by the reading order."""
    structure = stages.structure
    regions: list[Region] = []
    used: set[tuple[int, int]] = set()
    for number, block in enumerate(structure.blocks, 1):
        regions += _describe_block(block, number)
        used |= _collect_keys(block.lines)
    for note in structure.notes:
        regions += _divide_lines(note.lines, note.kind, 0, note.label)
        used |= _collect_keys(note.lines)
        used.update(note.covers)
    for layout in structure.layouts:
        regions += _divide_lines(layout.furniture, "furniture", 0, "")
        used |= _collect_keys(layout.furniture)
    places: dict[int, list[BoundingBox]] = defaultdict(list)
    for region in regions:
        places[region.page].append(region.box)
    for layout in structure.layouts:
        regions += _find_unused(layout, used, places[layout.page.index])
    pages = [layout.page for layout in structure.layouts]
    shown = (region._replace(box=box_as_shown(region.box, pages[region.page])) for region in regions)
    return sorted(shown, key=lambda region: region.page)


def _describe_block(block: Block, number: int) -> Iterator[Region]:
    """The regions of a block: its own, and those of its caption and cells."""
    detail = block.detail
    name = _name_block(block)
    caption = detail.caption if isinstance(detail, FigureDetail | TableDetail | CodeDetail) else ()
    if isinstance(detail, FigureDetail):
        yield from _describe_figure(block.page, detail, number)
    elif isinstance(detail, TableDetail):
        yield from _describe_table(block, detail, number)
    elif isinstance(detail, FormulaDetail):
        yield Region(block.page, detail.box, block.kind, number, name, _read(block.lines))
    else:
        titled = {line.key for line in caption}
        lines = [line for line in block.lines if line.key not in titled]
        yield from _divide_lines(lines, block.kind, number, name)
    yield from _divide_lines(caption, "caption", number, "")


def _describe_figure(page: int, detail: FigureDetail, number: int) -> Iterator[Region]:
    yield Region(page, detail.box, "figure", number, detail.label, _read(detail.words))
    for part in detail.parts:
        yield from _describe_figure(page, part, number)
        yield from _divide_lines(part.caption, "caption", number, "")


def _describe_table(block: Block, detail: TableDetail, number: int) -> Iterator[Region]:
    cells = [line for cell in detail.cells for line in cell.lines] or detail.unread
    name = f"{1 + max((cell.row for cell in detail.cells), default=-1)} rows, {detail.head_rows} of them head"
    outside = {line.key for line in (*detail.caption, *detail.notes)}
    for page, lines in _sort_by_page([*cells, *(line for line in block.lines if line.key not in outside)]).items():
        around = [line.box for line in lines] + ([detail.box] if page == block.page else [])
        yield Region(page, enclosing_box(around), "table", number, name if detail.cells else "not read", _read(lines))
    for cell in detail.cells:
        spans = "".join(
            f" {word} {size}" for word, size in (("spans", cell.column_span), ("down", cell.row_span)) if size > 1
        )
        yield from _divide_lines(cell.lines, "cell", number, f"{cell.row + 1},{cell.column + 1}{spans}")
    yield from _divide_lines(detail.notes, "table note", number, "")


def _name_block(block: Block) -> str:
    detail = block.detail
    if isinstance(detail, HeadingDetail):
        return f"level {detail.level}"
    if isinstance(detail, ItemDetail):
        return detail.marker
    if isinstance(detail, FormulaDetail | EntryDetail):
        return detail.label
    if isinstance(detail, CodeDetail):
        return "algorithm" if detail.algorithm else detail.language
    return "" if block.starts else "goes on"


def _divide_lines(lines: Sequence[Line], kind: str, number: int, name: str) -> Iterator[Region]:
    """A region for the lines of each page and column."""
    parts: dict[tuple[int, BoundingBox], list[Line]] = defaultdict(list)
    for line in lines:
        parts[line.page, line.column].append(line)
    for (page, _), members in parts.items():
        yield Region(page, enclosing_box([line.box for line in members]), kind, number, name, _read(members))


def _sort_by_page(lines: Iterable[Line]) -> dict[int, list[Line]]:
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return pages


def _find_unused(layout: PageLayout, used: set[tuple[int, int]], places: Sequence[BoundingBox]) -> Iterator[Region]:
    """The words of a page that are in no other region: a region for each line of them, and for those in no line.

    Words from right to left are joined on the way to their lines, so it is their place that tells.
    """
    index = layout.page.index
    for line in (*layout.text, *layout.notes, *layout.margin):
        if not any((index, word.order) in used for word in line.words):
            yield Region(index, line.box, "unused", 0, "", line.text)
            used |= _collect_keys([line])
    for word in layout.page.words:
        x, y = (word.box.left + word.box.right) / 2, (word.box.bottom + word.box.top) / 2
        if (index, word.order) not in used and not any(place.holds(x, y) for place in places):
            yield Region(index, word.box, "unused", 0, "", word.text)


def _collect_keys(lines: Iterable[Line]) -> set[tuple[int, int]]:
    return {(line.page, word.order) for line in lines for word in line.words}


def _read(lines: Iterable[Line]) -> str:
    return " ".join(line.text for line in lines)
