"""Finds the formulas within lines of text.

In: pages as laid out. Out: formulas by the word that each begins with.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from thesis_convert.document import Math
from thesis_convert.loader.lines.building import line_text
from thesis_convert.loader.structure.formulas.displays import bars_within
from thesis_convert.loader.structure.formulas.fonts import Fonts
from thesis_convert.loader.structure.formulas.glyphs import make_items
from thesis_convert.loader.structure.formulas.lines import find_bars
from thesis_convert.loader.structure.formulas.nodes import UnreadableError
from thesis_convert.loader.structure.formulas.plain_values import is_plain_value
from thesis_convert.loader.structure.formulas.runs import find_runs
from thesis_convert.loader.structure.formulas.tex import write_tex
from thesis_convert.loader.structure.formulas.tree import read_formula
from thesis_convert.loader.structure.formulas.values import InlineFormulas
from thesis_convert.loader.structure.formulas.words import Token, read_tokens
from thesis_convert.page import (
    BoundingBox,
    Line,
    PageLayout,
    WordKey,
    enclosing_box,
)

TALL_REACH = 1.6
"""Rules of a formula in a line are within so many sizes of its baseline."""


def find_inline_formulas(
    layouts: Sequence[PageLayout], fonts: Fonts, taken: Collection[WordKey], cells: Collection[WordKey]
) -> InlineFormulas:
    """The formulas within lines. `taken` words are none: the marks of notes. `cells` are the lines of cells."""
    formulas: dict[WordKey, Math] = {}
    hidden: set[WordKey] = set()
    for layout in layouts:
        if layout.page.index not in fonts.pages:
            continue
        bars = find_bars(layout)
        for line in (*layout.text, *layout.notes):
            if not _may_have_formula(line):
                continue
            tokens = [t for t in read_tokens(line, fonts) if (line.page, t.word.order) not in taken]
            for run in find_runs(tokens):
                tex = "" if line.key in cells and is_plain_value(run) else _read_run(run, bars, fonts)
                if tex:
                    orders = {token.word.order for token in run}
                    words = [word for word in line.words if word.order in orders]
                    formulas[line.page, words[0].order] = Math(tex, line_text(words))
                    hidden.update((line.page, word.order) for word in words[1:])
    return InlineFormulas(formulas, frozenset(hidden))


def _may_have_formula(line: Line) -> bool:
    first = line.words[0].font
    return first.math or any(word.font is not first for word in line.words)


def _read_run(run: Sequence[Token], bars: Sequence[BoundingBox], fonts: Fonts) -> str:
    """The TeX of a run of words, "" when it cannot be read."""
    words = [token.word for token in run]
    size = max(word.font.size for word in words)
    baseline = next((t.word.baseline for t in run if not t.script), words[0].baseline)
    box = enclosing_box([word.box for word in words])
    reach = TALL_REACH * size
    area = BoundingBox(box.left, min(box.bottom, baseline - reach), box.right, max(box.top, baseline + reach))
    try:
        return write_tex(read_formula(make_items(words, fonts.text), bars_within(bars, area, size)))
    except UnreadableError:
        return ""
