"""Finds tables: ruled areas and captioned columns, read as rows, columns and cells.

In: pages with rules and lines. Out: blocks of kind "table", each with its grid, caption and notes, and
the pages with lines cut where a table stands beside other text. An area is a table when it reads as a
grid: two columns and two rows at least, with words in most cells; a drawing, a frame around text or
the rules of a page do not. Without rules only a caption and aligned columns make a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from thesis_convert.diagnostics import Code, Diagnostic, Report, ignore
from thesis_convert.loader.lines.building import make_line
from thesis_convert.loader.structure.tables.cells import build_cells, count_head_rows, measure_alignments
from thesis_convert.loader.structure.tables.joining import Part, join_parts
from thesis_convert.loader.structure.tables.scanning import PageScan, find_furniture_rules, scan_page
from thesis_convert.loader.structure.tables.settling import Found, find_waiting, read_rest, settle_tables
from thesis_convert.loader.structure.tables.surroundings import find_caption_above, find_caption_below
from thesis_convert.page import Block, Line, PageLayout, TableDetail, Typography, enclosing_box
from thesis_convert.scripts import has_right_to_left

BESIDE = 2
"""So many lines beside a table are text that flows around it."""


@dataclass(frozen=True, slots=True)
class TableSearch:
    """The tables, the pages with lines cut where other text stands beside a table, and the listings that are none."""

    layouts: tuple[PageLayout, ...]
    blocks: tuple[Block, ...]
    listings: tuple[Block, ...]


def find_tables(
    layouts: Sequence[PageLayout],
    typography: Typography,
    taken: Set[tuple[int, int]],
    listings: Sequence[Block] = (),
    report: Report = ignore,
) -> TableSearch:
    """The tables of a thesis.

    Lines whose keys are in `taken` are left alone. Those of `listings` are part of a table when most
    of its words are others, or its caption says that it is one.
    """
    code = {line.key for block in listings for line in block.lines}
    furniture = find_furniture_rules(layouts)
    scans = [scan_page(layout, typography, taken, code, furniture) for layout in layouts]
    above = _count_sides(scans, typography)
    cut: list[PageLayout] = []
    parts: list[Part] = []
    waiting: tuple[Line, ...] = ()
    for scan in scans:
        before = parts[-1] if parts else None
        found = settle_tables(scan, above, before, waiting, typography)
        if before and (rest := read_rest(scan, before, found, typography)) is not None:
            found.insert(0, rest)
        for _ in (table for table in found if not table.readable):
            number = scan.layout.page.number
            report(Diagnostic(Code.TABLE_AS_PICTURE, "a table that cannot be read is shown", number))
        waiting = find_waiting(scan, above, found, typography)
        layout = _cut_lines(scan, found) if found else scan.layout
        cut.append(layout)
        parts += [_make_part(table, layout, before, typography) for table in found]
    blocks = tuple(_make_block(part) for part in join_parts(parts))
    own = {line.key for block in blocks for line in block.lines}
    left = tuple(block for block in listings if not any(line.key in own for line in block.lines))
    return TableSearch(tuple(cut), blocks, left)


def _count_sides(scans: Sequence[PageScan], typography: Typography) -> bool:
    """Whether the captions of this thesis stand above their tables, by the pages where that is beyond doubt."""
    votes = 0
    for scan in scans:
        if len(scan.areas) == 1 and len(scan.captions) == 1 and scan.captions[0].number >= 0:
            (area,), (caption,) = scan.areas, scan.captions
            votes += bool(find_caption_above(scan, caption, area, typography))
            votes -= bool(find_caption_below(scan, caption, area, typography))
    return votes >= 0


def _make_part(table: Found, layout: PageLayout, before: Part | None, typography: Typography) -> Part:
    own = {word.order for word in table.area.words}
    extra = {line.key for line in (*table.caption, *table.notes, *table.mark)}
    lines = tuple(line for line in layout.text if line.words[0].order in own or line.key in extra)
    keys = {line.key for line in lines}
    places = [n for n, line in enumerate(layout.text) if line.key in keys]
    right_to_left = _reads_from_right(layout, before, typography)
    return Part(
        layout.page.index,
        _make_detail(table, layout, right_to_left, typography),
        (*table.caption, *lines) if table.awaited else lines,
        table.area.grid.edges,
        typography.size,
        table.area.grid.framed,
        right_to_left,
        bool(places) and places[0] == 0,
        bool(places) and places[-1] == len(layout.text) - 1,
        table.continued,
    )


def _make_detail(table: Found, layout: PageLayout, from_right: bool, typography: Typography) -> TableDetail:
    grid = table.area.grid
    if not table.readable:
        own = {word.order for word in table.area.words}
        unread = tuple(line for line in layout.text if line.words[0].order in own)
        return TableDetail(table.area.box, (), caption=table.caption, notes=table.notes, unread=unread)
    head = count_head_rows(grid, layout.page.pictures)
    return TableDetail(
        table.area.box,
        build_cells(grid, layout.page.index, from_right, typography.right_to_left),
        head,
        measure_alignments(grid, head, from_right),
        table.caption,
        table.notes,
    )


def _reads_from_right(layout: PageLayout, before: Part | None, typography: Typography) -> bool:
    """Whether the first column of a table is the rightmost: in such a thesis, on pages with words of that script.

    A page that holds nothing but the rest of a table is read as the page before.
    """
    if not typography.right_to_left:
        return False
    if before is not None and before.last and before.right_to_left and before.page == layout.page.index - 1:
        return True
    return any(has_right_to_left(line.text) for line in layout.text)


def _make_block(part: Part) -> Block:
    """The block of a table. It stands where its rows begin, though its caption may end the page before."""
    captions = {line.key for line in part.detail.caption}
    begun = next((line.page for line in part.lines if line.key not in captions), part.page)
    first = next((line for line in part.lines if line.page == begun), None)
    page = first.page if first else part.page
    return Block("table", part.lines, (page, first.box.top if first else part.detail.box.top), part.detail)


def _cut_lines(scan: PageScan, found: Sequence[Found]) -> PageLayout:
    """The page with its lines cut at the tables' edges, and without the captions in its margin."""
    layout = scan.layout
    owner = {word.order: number for number, table in enumerate(found) for word in table.area.words}
    text: list[Line] = []
    for line in layout.text:
        owners = {owner.get(word.order, -1) for word in line.words}
        if len(owners) == 1:
            text.append(line)
            continue
        for number in sorted(owners, key=lambda n: (n < 0, n)):
            words = [word for word in line.words if owner.get(word.order, -1) == number]
            text.append(make_line(line.page, [words], line.column, line.right_to_left))
    captions = {line.key for table in found for line in table.caption}
    margin = tuple(line for line in layout.margin if line.key not in captions)
    for table in found:
        text = _let_flow_around(text, table, owner)
    return replace(layout, text=tuple(text), margin=margin)


def _let_flow_around(text: list[Line], table: Found, owner: Mapping[int, int]) -> list[Line]:
    """The lines of a page with those that stand beside a table before it, in a column that ends at the table."""
    box = enclosing_box([table.area.box, *(line.box for line in table.beside)])
    captions = {line.key for line in table.beside}
    beside = {
        line.key
        for line in text
        if line.words[0].order not in owner
        and line.key not in captions
        and line.box.bottom < box.top + line.size
        and line.box.top > box.bottom - line.size
        and (line.box.right < box.left or line.box.left > box.right)
    }
    if len(beside) < BESIDE:
        return text
    flowing = [line for line in text if line.key in beside]
    left, right = min(line.box.left for line in flowing), max(line.box.right for line in flowing)
    narrowed = {line.key: replace(line, column=line.column._replace(left=left, right=right)) for line in flowing}
    last = max(n for n, line in enumerate(text) if line.key in beside)
    own = [line for line in text[:last] if line.words[0].order in owner or line.key in captions]
    moved = {line.key for line in own}
    before = [narrowed.get(line.key, line) for line in text[: last + 1] if line.key not in moved]
    return [*before, *own, *text[last + 1 :]]
