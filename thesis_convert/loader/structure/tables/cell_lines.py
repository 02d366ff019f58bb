"""Puts the lines of cells in the place of the lines that go through a table.

In: pages, and the blocks recognised in them. Out: the pages as what looks for signs within lines should see
them: the last word of a cell has nothing to do with the first of the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thesis_convert.page import Block, Line, PageLayout, TableDetail


def put_cells(layouts: Sequence[PageLayout], blocks: Iterable[Block]) -> list[PageLayout]:
    """The pages with a line for each line of a cell; captions and notes stay as they are."""
    cells: defaultdict[int, list[Line]] = defaultdict(list)
    words: set[tuple[int, int]] = set()
    for line in list_cell_lines(blocks):
        cells[line.page].append(line)
        words.update((line.page, word.order) for word in line.words)
    return [
        replace(
            layout,
            text=(*(line for line in layout.text if line.key not in words), *cells[layout.page.index]),
        )
        if layout.page.index in cells
        else layout
        for layout in layouts
    ]


def list_cell_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of all cells."""
    for block in blocks:
        if isinstance(block.detail, TableDetail):
            yield from (line for cell in block.detail.cells for line in cell.lines)
