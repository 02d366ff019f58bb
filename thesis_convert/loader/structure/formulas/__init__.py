"""Formulas: displayed ones, those within lines, and lines that belong to one.

Most theses have no formulas, so what reads them is imported only where a page may have some.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from thesis_convert.diagnostics import Report
from thesis_convert.loader.structure.formulas.fonts import Fonts
from thesis_convert.loader.structure.formulas.values import InlineFormulas
from thesis_convert.page import Block, PageLayout, Typography, WordKey


def join_formula_lines(layouts: Sequence[PageLayout], typography: Typography, fonts: Fonts) -> tuple[PageLayout, ...]:
    """The pages with the lines of one formula put together."""
    if not fonts.pages:
        return tuple(layouts)
    from thesis_convert.loader.structure.formulas import joining

    return joining.join_formula_lines(layouts, typography, fonts)


def find_displays(
    layouts: Sequence[PageLayout], fonts: Fonts, taken: Collection[WordKey], report: Report
) -> list[Block]:
    """Blocks for the formulas that stand by themselves. Lines that are `taken` are none."""
    if not fonts.pages:
        return []
    from thesis_convert.loader.structure.formulas import displays

    return displays.find_displays(layouts, fonts, taken, report)


def find_inline_formulas(
    layouts: Sequence[PageLayout], fonts: Fonts, taken: Collection[WordKey], cells: Collection[WordKey] = ()
) -> InlineFormulas:
    """The formulas within lines. `taken` words are none: the marks of notes."""
    if not fonts.pages:
        return InlineFormulas({}, frozenset())
    from thesis_convert.loader.structure.formulas import inline

    return inline.find_inline_formulas(layouts, fonts, taken, cells)
