"""Reads the formulas that stand on lines of their own.

In: pages as laid out. Out: blocks with TeX and the printed number; without TeX where a formula
could not be read. Formulas with a number each are blocks of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.loader.structure.formulas.fonts import Fonts
from thesis_convert.loader.structure.formulas.glyphs import make_items
from thesis_convert.loader.structure.formulas.groups import find_groups, is_displayed
from thesis_convert.loader.structure.formulas.lines import FormulaLine, find_bars, read_lines
from thesis_convert.loader.structure.formulas.nodes import Item, UnreadableError
from thesis_convert.loader.structure.formulas.rows import join_rows, measure_row
from thesis_convert.loader.structure.formulas.tex import write_tex
from thesis_convert.loader.structure.formulas.tree import read_formula_rows
from thesis_convert.page import (
    Block,
    BoundingBox,
    FormulaDetail,
    Line,
    PageLayout,
    WordKey,
    enclosing_box,
)

MARGIN = 0.3
"""Rules of a formula reach over its signs by less than so many sizes."""


def find_displays(
    layouts: Sequence[PageLayout], fonts: Fonts, taken: Collection[WordKey], report: Report
) -> list[Block]:
    """Blocks for the formulas that stand by themselves. Lines that are `taken` are none."""
    blocks: list[Block] = []
    for layout in layouts:
        if layout.page.index not in fonts.pages:
            continue
        read = read_lines(layout, fonts)
        apart = {n: n for n, entry in enumerate(read) if entry.line.key in taken}
        bars = find_bars(layout)
        for group in find_groups(read, apart):
            if is_displayed(read, group):
                blocks += _make_blocks([read[n] for n in group], bars, fonts, layout.page.number, report)
    return blocks


def bars_within(bars: Sequence[BoundingBox], area: BoundingBox, size: float) -> list[BoundingBox]:
    left, right = area.left - MARGIN * size, area.right + MARGIN * size
    return [b for b in bars if left <= b.left and b.right <= right and area.bottom <= b.bottom <= area.top]


def _make_blocks(
    group: Sequence[FormulaLine], bars: Sequence[BoundingBox], fonts: Fonts, page: int, report: Report
) -> Iterator[Block]:
    words = [token.word for entry in group for token in entry.tokens]
    size = max(word.font.size for word in words)
    box = enclosing_box([word.box for word in words])
    labels = [(entry.line.baseline, entry.label) for entry in group if entry.label]
    lines = [entry.line for entry in group]
    try:
        rows = read_formula_rows(make_items(words, fonts.text), bars_within(bars, box, size))
        parts = _divide(rows, labels)
        texs = [write_tex(join_rows(part)) for _, part in parts]
    except UnreadableError:
        report(Diagnostic(Code.FORMULA_AS_PICTURE, "a formula could not be read and is shown", page))
        yield _make_block(lines, box, "", " ".join(label for _, label in labels))
        return
    areas = [enclosing_box([item.box for row in part for item in row]) for _, part in parts]
    owners = [min(areas, key=lambda area: abs(_height(area) - line.baseline)) for line in lines]
    for (label, _), tex, area in zip(parts, texs, areas, strict=True):
        own = [line for line, owner in zip(lines, owners, strict=True) if owner is area]
        if own:
            yield _make_block(own, area, tex, label)


def _divide(rows: Sequence[list[Item]], labels: Sequence[tuple[float, str]]) -> list[tuple[str, list[list[Item]]]]:
    """The rows of each numbered formula, with its number: rows without one belong to the next that has one."""
    if len(labels) < 2:
        return [(labels[0][1] if labels else "", list(rows))]
    levels = [measure_row(row)[1] for row in rows]
    found: dict[int, str] = {}
    for baseline, label in labels:
        nearest = min(range(len(rows)), key=lambda n: abs(levels[n] - baseline))
        found[nearest] = f"{found[nearest]} {label}" if nearest in found else label
    parts: list[tuple[str, list[list[Item]]]] = []
    current: list[list[Item]] = []
    for number, row in enumerate(rows):
        current.append(row)
        if number in found:
            parts.append((found[number], current))
            current = []
    return [*parts, ("", current)] if current else parts


def _make_block(lines: Sequence[Line], box: BoundingBox, tex: str, label: str) -> Block:
    first = lines[0]
    return Block(
        "formula", tuple(lines), (first.page, max(line.box.top for line in lines)), FormulaDetail(box, tex, label)
    )


def _height(box: BoundingBox) -> float:
    return (box.bottom + box.top) / 2
