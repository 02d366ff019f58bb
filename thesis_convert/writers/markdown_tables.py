"""Tables as Markdown: a pipe table where that can hold one, else HTML with Markdown in its cells.

A pipe table has one row of heads, one line a row, and no spans: further rows of heads come as rows,
and a cell that spans has empty ones beside or below it. So much is lost, but all readers see the grid,
while HTML they show or drop. It is left for tables whose cells hold lists and other blocks, and is such
that readers agree: a cell of plain text is written in characters and entities, which mean the same in
HTML and Markdown; any other cell stands between empty lines, where every reader goes on with Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from thesis_convert.document import Block, Cell, Inline, LineBreak, Paragraph, Row, Table, Text
from thesis_convert.traversal import plain_text
from thesis_convert.writers.markdown_escape import clean_text, escape_entities
from thesis_convert.writers.markdown_figures import render_caption, render_picture
from thesis_convert.writers.markdown_inlines import render_inlines
from thesis_convert.writers.markdown_style import Style

RenderBlocks = Callable[[Iterable[Block], Style], str]
# Nothing is gained by dashes beyond this; pandoc shares the width of a page by their number.
_MOST_DASHES = 40
_ALIGNMENTS = {"start": "left", "center": "center", "end": "right"}


def render_table(table: Table, style: Style, render_blocks: RenderBlocks) -> str:
    """The caption and the table; not the notes below it, which are blocks of their own."""
    if not table.head and not table.body:
        if table.media in style.media:
            return render_picture(table.media, table.caption, table.alternative, table.label, style, table.id)
        alternative = render_blocks((Paragraph((Text(table.alternative),)),), style) if table.alternative else ""
        return "\n\n".join(filter(None, (render_caption(table.caption, style, table.id), alternative)))
    grid = _render_pipes(table, style) if _fits_pipes(table, style) else _render_html(table, style, render_blocks)
    caption = render_caption(table.caption, style, table.id)
    if style.pandoc and table.caption and grid.startswith("|"):
        caption = "Table: " + render_inlines(table.caption, style, "heading")
        caption += f" {{#{table.id}}}" if table.id in style.targets else ""
    return "\n\n".join(filter(None, (caption, grid)))


def _fits_pipes(table: Table, style: Style) -> bool:
    if style.options.tables != "auto":
        return style.options.tables == "pipe"
    rows = (*table.head, *table.body)
    return all(isinstance(block, Paragraph) for row in rows for cell in row.cells for block in cell.blocks)


# --- Pipe tables --------------------------------------------------------------------------------


def _render_pipes(table: Table, style: Style) -> str:
    rows = _spread_spans((*table.head, *table.body))
    width = max(map(len, rows), default=0)
    if not width:
        return ""
    texts = [[_render_in_line(cell, style) if cell else "" for cell in row] for row in rows]
    texts = [row + [""] * (width - len(row)) for row in texts]
    head = texts.pop(0) if table.head else [""] * width
    rule = [
        _rule_column([row[column] for row in (head, *texts)], _find_alignment(rows, column)) for column in range(width)
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *texts))


def _render_in_line(cell: Cell, style: Style) -> str:
    """The blocks of a cell in one line; those that are more than a paragraph give their text."""
    inlines: list[Inline] = []
    for block in cell.blocks:
        inlines += [LineBreak()] if inlines else []
        inlines += block.content if isinstance(block, Paragraph) else (Text(plain_text(block)),)
    return render_inlines(inlines, style, "cell")


def _spread_spans(rows: Sequence[Row]) -> list[list[Cell | None]]:
    """Rows of equal columns: a cell that spans stands where it begins, None where it goes on."""
    grid: list[list[Cell | None]] = []
    covered: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(rows):
        line: list[Cell | None] = []
        for cell in row.cells:
            while covered.get((number, len(line))):
                line.append(None)
            column = len(line)
            covered |= {
                (number + down, column + right): True
                for down in range(min(cell.row_span, len(rows) - number))
                for right in range(cell.column_span)
            }
            line += [cell, *([None] * (cell.column_span - 1))]
        while covered.get((number, len(line))):
            line.append(None)
        grid.append(line)
    return grid


def _find_alignment(rows: Sequence[Sequence[Cell | None]], column: int) -> str:
    cells = [row[column] for row in rows[::-1] if column < len(row)]
    return next((cell.alignment for cell in cells if cell and cell.alignment), "")


def _rule_column(texts: Sequence[str], alignment: str) -> str:
    widest = max(len(re.sub("<[^>]*>", "", text)) for text in texts)
    dashes = "-" * min(max(3, widest), _MOST_DASHES)
    left = ":" if alignment in ("start", "center") else ""
    right = ":" if alignment in ("center", "end") else ""
    return left + dashes[len(left) + len(right) :] + right


# --- HTML ---------------------------------------------------------------------------------------


def _render_html(table: Table, style: Style, render_blocks: RenderBlocks) -> str:
    lines = ["<table>"]
    for tag, rows in (("thead", table.head), ("tbody", table.body)):
        if not rows:
            continue
        lines.append(f"<{tag}>")
        for row in rows:
            cells = (_render_cell(cell, tag == "thead", style, render_blocks) for cell in row.cells)
            lines += ["<tr>", *cells, "</tr>"]
        lines.append(f"</{tag}>")
    return "\n".join([*lines, "</table>"])


def _render_cell(cell: Cell, in_head: bool, style: Style, render_blocks: RenderBlocks) -> str:
    tag = "th" if in_head or cell.header else "td"
    attributes = [
        f' colspan="{cell.column_span}"' if cell.column_span > 1 else "",
        f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "",
        f' align="{_ALIGNMENTS[cell.alignment]}"' if cell.alignment else "",
    ]
    opening = f"<{tag}{''.join(attributes)}>"
    match cell.blocks:
        case ():
            return f"{opening}</{tag}>"
        case (Paragraph((Text(text),)),) if "://" not in text:
            return f"{opening}{escape_entities(clean_text(text).strip())}</{tag}>"
    content = render_blocks(cell.blocks, style)
    return f"{opening}\n\n{content}\n\n</{tag}>" if content else f"{opening}</{tag}>"
