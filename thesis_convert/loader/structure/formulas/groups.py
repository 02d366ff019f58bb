"""Finds the lines that are displayed formulas.

In: the lines of a page with what is known of each. Out: groups of lines. Displayed formulas stand
further in than the text around them, or have a number at the margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from thesis_convert.loader.structure.formulas.lines import FormulaLine
from thesis_convert.loader.structure.formulas.runs import NOTE_MARKS, is_formula
from thesis_convert.loader.structure.formulas.words import Kind, Token

ROWS_APART = 1.6
"""Rows of a displayed formula have less white between them than so many sizes."""
INDENTED = 1.2
"""Displayed formulas begin so many sizes further in than the lines around them."""
COLUMN_GAP = 5.0
"""Wider gaps in a formula, in sizes, are those of a table."""
_WORDS = frozenset((Kind.TEXT, Kind.NAME))


def find_groups(read: Sequence[FormulaLine], joined: dict[int, int]) -> list[list[int]]:
    """Lines next to each other that are formulas or parts of formulas."""
    groups: list[list[int]] = []
    last = -2
    for number, entry in enumerate(read):
        if not entry.formula or number in joined:
            continue
        if groups and last == number - 1 and _goes_on([read[n] for n in groups[-1]], entry):
            groups[-1].append(number)
        else:
            groups.append([number])
        last = number
    return groups


def _goes_on(group: Sequence[FormulaLine], entry: FormulaLine) -> bool:
    if group[0].line.column != entry.line.column:
        return False
    bottom = min(other.line.box.bottom for other in group)
    top = max(other.line.box.top for other in group)
    reach = ROWS_APART * max(entry.line.size, *(other.line.size for other in group))
    return bottom - entry.line.box.top < reach and entry.line.box.bottom - top < reach


def is_displayed(read: Sequence[FormulaLine], group: Sequence[int]) -> bool:
    """Whether formula lines stand by themselves, and are not the end of a paragraph."""
    lines = [read[n] for n in group]
    tokens = [token for entry in lines for token in entry.tokens]
    if (
        not tokens
        or not is_formula(tokens)
        or not _has_substance(tokens)
        or _is_table(lines)
        or _is_marked_text(tokens)
    ):
        return False
    column = lines[0].line.column
    size = max(entry.line.size for entry in lines)
    left = min(t.word.box.left for t in tokens)
    right = max(t.word.box.right for t in tokens)
    if any(entry.label for entry in lines):
        return True
    indent, slack = left - column.left, column.right - right
    around = [read[n].line for n in (group[0] - 1, group[-1] + 1) if 0 <= n < len(read)]
    around = [line for line in around if line.column == column and len(line.text) > 1]
    if indent < INDENTED * size or slack < -size:
        return False
    if abs(indent - slack) < 0.1 * column.width and indent > 2 * size:
        return True
    return all(abs(line.box.left - left) > INDENTED * size for line in around)


def _has_substance(tokens: Sequence[Token]) -> bool:
    """A lone letter in a formula's type is the label of something drawn."""
    return len(tokens) > 2 or any(t.kind is Kind.SIGN or t.script for t in tokens)


def _is_marked_text(tokens: Sequence[Token]) -> bool:
    """Whether words, as a title's, have nothing of a formula but the mark of their note."""
    *words, last = tokens
    kinds = {token.kind for token in words if not token.script}
    return len(words) > 1 and Kind.TEXT in kinds <= _WORDS and last.script and last.word.text in NOTE_MARKS


def _is_table(lines: Sequence[FormulaLine]) -> bool:
    gaps = sum(
        b.word.box.left - a.word.box.right > COLUMN_GAP * entry.line.size
        for entry in lines
        for a, b in pairwise(entry.tokens)
    )
    return gaps > len(lines)
