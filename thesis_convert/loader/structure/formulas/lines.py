"""Tells which lines are formulas or parts of one, and finds their printed numbers.

In: a page. Out: its lines, each with the words of the formula apart from the number at the margin.
Numerators and signs over signs may be words of text: their place over a bar tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thesis_convert.loader.structure.formulas.fonts import Fonts
from thesis_convert.loader.structure.formulas.rows import AXIS, SCRIPT_SIZE
from thesis_convert.loader.structure.formulas.runs import is_formula
from thesis_convert.loader.structure.formulas.symbols import FUNCTIONS
from thesis_convert.loader.structure.formulas.words import MAX_PRODUCT, Kind, Token, read_tokens
from thesis_convert.page import (
    BoundingBox,
    Line,
    PageLayout,
)

TOO_CLOSE = 0.8
"""Baselines nearer than this share of the leading are parts of one line."""
SINGLE_SPACED = 1.2
"""The leading of single-spaced lines, in sizes of their type: also a double-spaced thesis has some."""
THIN = 1.5
"""Bars of fractions are thinner than so many points."""
_LABEL = re.compile(r"[(\[](?:[^\W\d_]{1,3}[.\-–]?)?(?:\d+(?:[.\-–:]\d+)*[a-z]?|[*∗†‡]+|[ivx]+)[′']?[)\]]")
_LABEL_WORDS = 5
LABEL_GAP = 1.5
"""A formula's number is set off by more than so many sizes."""
TEXT_SHARE = 0.5
"""Displayed formulas hold fewer letters of text than this share of their characters."""


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """A line, its words from the left to the right without the printed number, and that number."""

    line: Line
    tokens: tuple[Token, ...]
    label: str
    text: int  # letters that are words of text
    formula: bool


def read_lines(layout: PageLayout, fonts: Fonts) -> list[FormulaLine]:
    """The lines of a page, with what tells whether they are formulas or parts of one."""
    read = [
        FormulaLine(line, (), "", len(line.text), False) if _is_text(line, fonts) else _read_line(line, fonts)
        for line in layout.text
    ]
    bars = find_bars(layout)
    for number, entry in enumerate(read):
        near = [] if entry.formula else [other for other in read[max(0, number - 2) : number + 3] if other.formula]
        if near and not entry.tokens:
            entry = _read_line(entry.line, fonts)
        if entry.tokens and any(_is_over_bar(entry, other, bars) or _is_small_part(entry, other) for other in near):
            read[number] = replace(entry, formula=True, text=0)
    return read


def find_bars(layout: PageLayout) -> list[BoundingBox]:
    """The horizontal rules of a page that may be part of a formula, the shortest too."""
    rules = [rule.box for rule in layout.page.rules if rule.horizontal]
    short = [p.box for p in layout.page.pictures if p.box.height < THIN and p.box.width > 2 * p.box.height]
    return [box for box in rules + short if box.width < 0.95 * layout.page.width]


def _is_over_bar(entry: FormulaLine, other: FormulaLine, bars: Sequence[BoundingBox]) -> bool:
    """Whether words are over or under the bar of a fraction that stands on a formula's axis."""
    line, size = entry.line, other.line.size
    axis = other.line.baseline + AXIS * size
    return any(
        abs(bar.bottom - axis) < 0.2 * size
        and bar.left - 0.5 * size < line.box.left
        and line.box.right < bar.right + 0.5 * size
        and -0.3 * size < min(abs(line.box.bottom - bar.top), abs(bar.bottom - line.box.top)) < size
        for bar in bars
    )


def _is_small_part(entry: FormulaLine, other: FormulaLine) -> bool:
    """Whether small words are over or under a sign of a formula, as "def" is over an equals sign."""
    line, box = entry.line, other.line.box
    return (
        line.size < SCRIPT_SIZE * other.line.size
        and abs(line.baseline - other.line.baseline) < TOO_CLOSE * SINGLE_SPACED * other.line.size
        and box.left < line.box.left
        and line.box.right < box.right
    )


def _is_text(line: Line, fonts: Fonts) -> bool:
    """Whether a line is so plainly text, as most are, that its words need not be looked at one by one."""
    font = line.words[0].font
    if font.math or font.italic or font.name in fonts.math_roman or line.text[0] in "([" or line.text[-1] in ")]":
        return False
    if any(word.font is not font for word in line.words):
        return False
    texts = [word.text for word in line.words]
    letters = sum([len(text) for text in texts if len(text) > MAX_PRODUCT and text.isalpha() and text not in FUNCTIONS])
    return letters > TEXT_SHARE * sum(map(len, texts))


def _read_line(line: Line, fonts: Fonts) -> FormulaLine:
    tokens = read_tokens(line, fonts)
    tokens, label = _cut_label(tokens, line)
    text = sum(len(t.word.text) for t in tokens if t.kind is Kind.TEXT and not t.script)
    return FormulaLine(line, tuple(tokens), label, text, _may_be_formula(tokens) if tokens else bool(label))


def _may_be_formula(tokens: Sequence[Token]) -> bool:
    """Whether words can be a formula or a part of one, such as a numerator."""
    if not tokens:
        return False
    text = [t for t in tokens if t.kind is Kind.TEXT]
    if not text:
        return any(t.firm or t.kind is Kind.VARIABLE for t in tokens) or len(tokens) <= 3
    letters = sum(len(t.word.text) for t in text)
    total = sum(len(t.word.text) for t in tokens)
    return letters < TEXT_SHARE * total and is_formula([t for t in tokens if t.kind is not Kind.TEXT])


def _cut_label(tokens: list[Token], line: Line) -> tuple[list[Token], str]:
    """The words without the number at the right or left end, and that number."""
    size = line.size
    for ends in (1, -1):
        ordered = tokens[::-ends]
        text = ""
        for number, token in enumerate(ordered[:_LABEL_WORDS], 1):
            text = token.word.text + text if ends > 0 else text + token.word.text
            if not _LABEL.fullmatch(text):
                continue
            rest = ordered[number:]
            if not rest:
                alone = line.slack < size or line.indent < size
                return ([], text) if alone else (tokens, "")
            near = rest[0].word.box
            gap = token.word.box.left - near.right if ends > 0 else near.left - token.word.box.right
            if gap > LABEL_GAP * size:
                return rest[::-ends] if ends > 0 else rest, text
    return tokens, ""
