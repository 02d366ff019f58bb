"""Sets figures that stand side by side in the order in which they are read.

In: the flow of blocks. Out: the same with the figures of each row from the side where reading begins. On paper a hair
decides which of them is higher.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.page import Block, FigureDetail, Typography


def order_rows(flow: Sequence[Block], typography: Typography) -> list[Block]:
    """The flow with the figures of each row in the order of the script, for a hair decides which is higher."""
    result: list[Block] = []
    row: list[Block] = []
    for block in flow:
        if row and not _stands_beside(row[0], block, typography):
            result += sorted(row, key=lambda figure: _start(figure, typography))
            row = []
        if block.kind == "figure":
            row.append(block)
        else:
            result.append(block)
    return result + sorted(row, key=lambda figure: _start(figure, typography))


def _stands_beside(figure: Block, block: Block, typography: Typography) -> bool:
    """Whether a block is a figure of the same row."""
    return (
        block.kind == "figure"
        and block.page == figure.page
        and abs(block.place[1] - figure.place[1]) < typography.leading
    )


def _start(block: Block, typography: Typography) -> float:
    """How far from the side where reading begins a figure stands."""
    assert isinstance(block.detail, FigureDetail)
    return -block.detail.box.right if typography.right_to_left else block.detail.box.left
