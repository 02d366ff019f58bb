"""Builds the tables of a `Document` from recognised grids.

In: a `TableDetail` and what inlines are built with. Out: a `document.Table`: rows of cells with spans,
alignment, and heads of rows and columns, or a picture where no grid could be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from thesis_convert.document import Block, BulletList, Cell, Inline, ListItem, Origin, Paragraph, Row, Table
from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.loader.structure.inlines import PLAIN, InlineContext, Mark, build_inlines
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.loader.structure.tables.labels import read_table_label
from thesis_convert.page import BoundingBox, GridCell, Line, TableDetail

BOLD_SHARE = 0.8
"""Share of the cells of the first column that must be bold for it to hold the heads of rows."""
HEAD_MARK = Mark(strong=True)


def build_table(
    detail: TableDetail,
    page: int,
    identifier: str,
    origin: Origin,
    context: InlineContext,
    show: Callable[[BoundingBox, int], str],
) -> Table:
    """The table of a recognised grid. `page` is the index of its first page.

    A table that could not be read is shown by the picture that `show` gives; where there is none, its
    lines are rows of one cell, for no word may be lost.
    """
    # A page break is said where the page's words first come: what is printed first is built first.
    below = bool(detail.caption) and detail.caption[0].page >= page and detail.caption[0].box.top < detail.box.top
    caption = () if below else _build_caption(detail, context)
    media = "" if detail.cells else show(detail.box, page)
    rows = _build_lines(detail.unread, context) if detail.unread and not media else _build_rows(detail, context)
    caption = _build_caption(detail, context) if below else caption
    return Table(
        rows[: detail.head_rows],
        rows[detail.head_rows :],
        caption,
        _read_label(detail.caption[0].text) if detail.caption else "",
        _build_notes(detail.notes, context),
        media,
        " ".join(line.text for line in detail.unread) if media else "",
        id=identifier,
        origin=origin,
    )


def _read_label(text: str) -> str:
    """The label of a caption: that of a table, or of a figure that is set as one."""
    label = read_table_label(text) or read_figure_label(text)
    return label.label if label else ""


def _build_caption(detail: TableDetail, context: InlineContext) -> tuple[Inline, ...]:
    return build_inlines(detail.caption, context) if detail.caption else ()


def _build_lines(lines: Sequence[Line], context: InlineContext) -> tuple[Row, ...]:
    return tuple(Row((Cell((Paragraph(build_inlines([line], context)),)),)) for line in lines)


def _build_rows(detail: TableDetail, context: InlineContext) -> tuple[Row, ...]:
    count = max((cell.row + cell.row_span for cell in detail.cells), default=0)
    rows: list[list[Cell]] = [[] for _ in range(count)]
    heads = _has_row_heads(detail)
    for cell in sorted(detail.cells, key=lambda c: (c.row, c.column)):
        in_head = cell.row < detail.head_rows
        head = in_head or (heads and cell.column == 0 and bool(cell.lines))
        alignment: Literal["", "start", "center", "end"] = ""
        if cell.column_span == 1 and cell.column < len(detail.alignments):
            alignment = detail.alignments[cell.column]
        blocks = _build_cell(cell, context, HEAD_MARK if head else PLAIN)
        rows[cell.row].append(Cell(blocks, cell.column_span, cell.row_span, head, alignment))
    return tuple(Row(tuple(row)) for row in rows)


def _has_row_heads(detail: TableDetail) -> bool:
    """Whether the first column says what each row is: it is bold, or nothing stands over it."""
    first = [cell for cell in detail.cells if cell.column == 0]
    body = [cell for cell in first if cell.row >= detail.head_rows and cell.lines]
    others = [cell for cell in detail.cells if cell.column > 0 and cell.row >= detail.head_rows and cell.lines]
    if not body:
        return False
    if detail.head_rows and not any(cell.lines for cell in first if cell.row < detail.head_rows):
        return True
    bold = sum(_is_bold(cell) for cell in body)
    return bold >= BOLD_SHARE * len(body) and sum(map(_is_bold, others)) < (1 - BOLD_SHARE) * len(others)


def _is_bold(cell: GridCell) -> bool:
    return all(word.font.bold for line in cell.lines for word in line.words)


def _build_cell(cell: GridCell, context: InlineContext, base: Mark) -> tuple[Block, ...]:
    """The blocks of a cell: a paragraph, or the items of a list with what stands before it."""
    if not cell.lines:
        return ()
    starts = [n for n, line in enumerate(cell.lines) if (m := read_marker(line)) and m.numbering == "bullet"]
    if not starts:
        return _wrap(build_inlines(cell.lines, context, base=base))
    before = _wrap(build_inlines(cell.lines[: starts[0]], context, base=base)) if starts[0] else ()
    return (*before, BulletList(tuple(_build_items(cell.lines, starts, context))))


def _wrap(content: tuple[Inline, ...]) -> tuple[Block, ...]:
    return (Paragraph(content),) if content else ()


def _build_items(lines: Sequence[Line], starts: Sequence[int], context: InlineContext) -> Iterator[ListItem]:
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        label = lines[start].words[0].text
        yield ListItem(_wrap(build_inlines(lines[start:end], context, skip=1)), label)


def _build_notes(lines: Sequence[Line], context: InlineContext) -> tuple[Block, ...]:
    """The notes under a table, each line that does not fill the width ending one."""
    notes: list[Block] = []
    group: list[Line] = []
    right = max((line.box.right for line in lines), default=0.0)
    for number, line in enumerate(lines):
        group.append(line)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or right - line.box.right > following.words[0].box.width + line.size:
            notes += _wrap(build_inlines(group, context))
            group = []
    return tuple(notes)
