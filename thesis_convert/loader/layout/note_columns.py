"""Takes footnotes apart that stand in columns under text in one column.

In: the lines of a page's notes, each over the whole width. Out: the lines of one column after the other. A
typesetter draws a column to its end before the next: so the next one begins where drawing goes on further up,
to the right of all that was drawn before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.page import BoundingBox, Line, Word, enclosing_box


def part_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines column by column; those of notes in one column as they are."""
    columns = _find_columns(lines)
    if len(columns) < 2:
        return list(lines)
    place = {word.order: number for number, column in enumerate(columns) for word in column}
    result = []
    for number, column in enumerate(columns):
        box = enclosing_box(word.box for word in column)
        for line in lines:
            words = tuple(word for word in line.words if place[word.order] == number)
            if words:
                result.append(line if len(words) == len(line.words) else _make_line(line, words, box))
    return result


def _find_columns(lines: Sequence[Line]) -> list[list[Word]]:
    """The words of each column, from left to right."""
    columns: list[list[Word]] = []
    right = 0.0
    for word in sorted((word for line in lines for word in line.words), key=lambda word: word.order):
        if not columns or (
            word.baseline > columns[-1][-1].baseline + max(word.font.size, columns[-1][-1].font.size)
            and word.box.left > right
        ):
            columns.append([])
        columns[-1].append(word)
        right = max(right, word.box.right)
    edges = [(min(word.box.left for word in column), max(word.box.right for word in column)) for column in columns]
    apart = all(end < start for (_, end), (start, _) in pairwise(edges))
    return columns if apart else []


def _make_line(line: Line, words: tuple[Word, ...], column: BoundingBox) -> Line:
    box = enclosing_box(word.box for word in words)
    column = BoundingBox(column.left, 0.0, column.right, line.column.top)
    return replace(replace_words(line, words, box), column=column)
