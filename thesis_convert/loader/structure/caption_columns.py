"""Takes captions apart that stand side by side.

In: pages of lines. Out: the same with such captions as lines of their own, one caption after the other. Two
captions on one baseline make one line, for nothing but their labels tells that it is two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thesis_convert.loader.lines.building import line_text, replace_words
from thesis_convert.loader.structure.caption_labels import is_sub_label, read_figure_label
from thesis_convert.page import Line, PageLayout, Word, enclosing_box

SIDE_GAP = 0.7
"""Captions beside each other are at least this many sizes apart: more than any word space but the widest."""
PART_GAP = 1.2
"""The captions of the parts of a figure are further apart: their labels alone, (a) and (b), tell little."""
ACROSS = 2.5
"""Centred lines may reach over the border between two captions, but by less than this many sizes."""
MAX_STEP = 2.1
"""In sizes: the lines of captions set with double spacing stand two apart."""
SAME_SIZE = 0.06
"""Types whose sizes differ by less than this share are one."""


def separate_captions(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with captions that stand side by side as lines of their own, one caption after the other."""
    return [_separate_page(layout) for layout in layouts]


def _separate_page(layout: PageLayout) -> PageLayout:
    lines: list[Line] = []
    columns: list[list[Line]] = []
    edges: list[float] = []
    for line in layout.text:
        if columns:
            same = abs(line.size - max(column[0].size for column in columns if column)) <= SAME_SIZE * line.size
            parts = split_line(line, edges) if same and not _read_kind(line.text, False) else None
            above = min(column[-1].baseline for column in columns if column)
            if parts is not None and 0 < above - line.baseline <= MAX_STEP * line.size:
                for column, part in zip(columns, parts, strict=True):
                    column += [part] if part else []
                continue
            lines += [part for column in columns for part in column]
            columns = []
        found = _find_edges(line, bool(layout.page.pictures))
        if found:
            edges = found
            columns = [[part] if part else [] for part in split_line(line, edges) or ()]
        else:
            lines.append(line)
    lines += [part for column in columns for part in column]
    return replace(layout, text=tuple(lines)) if len(lines) != len(layout.text) else layout


def _find_edges(line: Line, pictured: bool) -> list[float]:
    """The borders between the captions of a row, from left to right; on a page with pictures also those of parts."""
    kind = _read_kind(line.text, pictured)
    if not kind:
        return []
    edges = []
    for number in range(1, len(line.words)):
        before, word = line.words[number - 1], line.words[number]
        gap, edge = _measure_gap(before, word)
        if gap < (PART_GAP if kind == "(" else SIDE_GAP) * line.size or not word.space_before:
            continue
        if _read_kind(line_text(line.words[number:]), pictured) == kind:
            edges.append(edge)
    return sorted(edges)


def _read_kind(text: str, pictured: bool) -> str:
    """The word that a text's label has, "(" for that of a part, "" without one."""
    label = read_figure_label(text)
    if label is not None and label.closed:
        return "".join(c for c in label.label if c.isalpha()).lower()
    return "(" if pictured and is_sub_label(text) else ""


def _measure_gap(before: Word, word: Word) -> tuple[float, float]:
    """How far two words of a line are apart, and the middle between them."""
    if word.box.left >= before.box.left:
        return word.box.left - before.box.right, (word.box.left + before.box.right) / 2
    return before.box.left - word.box.right, (before.box.left + word.box.right) / 2


def split_line(line: Line, edges: Sequence[float]) -> list[Line | None] | None:
    """The parts of a line between the edges in reading order, None when words stand across one."""
    bounds = [float("-inf"), *edges, float("inf")]
    cells: list[list[Word]] = [[] for _ in bounds[1:]]
    for words in _split_at_gaps(line):
        left, right = min(word.box.left for word in words), max(word.box.right for word in words)
        if any(edge - left > ACROSS * line.size and right - edge > ACROSS * line.size for edge in edges):
            return None
        cells[sum(edge < (left + right) / 2 for edge in edges)] += words
    parts: list[Line | None] = []
    for words, low, high in zip(cells, bounds, bounds[1:], strict=False):
        if not words:
            parts.append(None)
            continue
        box = enclosing_box([word.box for word in words])
        column = line.column._replace(left=max(low, line.column.left), right=min(high, line.column.right))
        parts.append(replace(replace_words(line, words, box), column=column))
    return parts[::-1] if line.right_to_left else parts


def _split_at_gaps(line: Line) -> list[list[Word]]:
    """The words of a line in runs without a gap that could separate two captions."""
    runs = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.space_before and _measure_gap(before, word)[0] > SIDE_GAP * line.size:
            runs.append([])
        runs[-1].append(word)
    return runs
