"""Takes captions apart that stand side by side.

In: pages of lines. Out: the same with such captions as lines of their own, one caption after the other. Two
captions on one baseline make one line, for nothing but their labels tells that it is two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import NamedTuple

from thesis_convert.loader.lines.building import line_text, replace_words
from thesis_convert.loader.structure.caption_labels import is_sub_label, read_figure_label
from thesis_convert.page import Line, PageLayout, Word, enclosing_box

SIDE_GAP = 0.7
"""Captions beside each other are at least this many sizes apart: more than any word space but the widest."""
PART_GAP = 1.2
"""What tells less is further apart: the captions of the parts of a figure, (a) and (b), and labels without a stop."""
ACROSS = 2.5
"""Centred lines may reach over the border between two captions, but by less than this many sizes."""
MAX_STEP = 2.1
"""In sizes: the lines of captions set with double spacing stand two apart."""
MAX_ABOVE = 4
"""Of the higher one of two captions side by side, no more lines than these stand above the other's first."""
SAME_SIZE = 0.06
"""Types whose sizes differ by less than this share are one."""


class _Staggered(NamedTuple):
    """The border between two captions, on which side of it the higher one stands, and which line begins that."""

    edge: float
    rest: int
    start: int


def separate_captions(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with captions that stand side by side as lines of their own, one caption after the other."""
    return [_separate_page(layout) for layout in layouts]


def _separate_page(layout: PageLayout) -> PageLayout:
    lines: list[Line] = []
    columns: list[list[Line]] = []
    edges: list[float] = []
    pictured = bool(layout.page.pictures)
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
        found = _find_edges(line, pictured)
        staggered = _find_staggered(line, lines) if pictured and lines and not found else None
        if found:
            edges = found
            columns = [[part] if part else [] for part in split_line(line, edges) or ()]
        elif staggered:
            edges = [staggered.edge]
            higher, lines = lines[staggered.start :], lines[: staggered.start]
            columns = _divide([*higher, line], edges)
        else:
            lines.append(line)
    lines += [part for column in columns for part in column]
    lines = _sort_interleaved(lines) if pictured else lines
    return replace(layout, text=tuple(lines)) if lines != list(layout.text) else layout


def _sort_interleaved(lines: Sequence[Line]) -> list[Line]:
    """The lines with captions that stand side by side, at whatever heights they begin, one after the other."""
    result: list[Line] = []
    captions: list[list[Line]] = []
    for line in lines:
        owners = [caption for caption in captions if _share_width(caption, line)]
        near = bool(owners) and 0 < owners[0][-1].baseline - line.baseline <= MAX_STEP * line.size
        if len(owners) == 1 and near and abs(owners[0][0].size - line.size) <= SAME_SIZE * line.size:
            owners[0].append(line)
            continue
        begins = _read_kind(line.text, True) not in ("", "(")
        if owners or not begins:
            result += _narrow_columns(captions)
            captions = []
        if begins:
            captions.append([line])
        else:
            result.append(line)
    return result + _narrow_columns(captions)


def _share_width(caption: Sequence[Line], line: Line) -> bool:
    return any(above.box.left < line.box.right and line.box.left < above.box.right for above in caption)


def _narrow_columns(captions: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of captions, each as wide as its neighbours leave it; a single one as it is."""
    boxes = [enclosing_box([line.box for line in caption]) for caption in captions]
    lines: list[Line] = []
    for box, caption in zip(boxes, captions, strict=True):
        left = max(((other.right + box.left) / 2 for other in boxes if other.right <= box.left), default=-inf)
        right = min(((other.left + box.right) / 2 for other in boxes if other.left >= box.right), default=inf)
        for line in caption:
            column = line.column
            narrow = column._replace(left=max(column.left, left), right=min(column.right, right))
            lines.append(line if narrow == column else replace(line, column=narrow))
    return lines


def _divide(lines: Sequence[Line], edges: Sequence[float]) -> list[list[Line]]:
    """The parts of lines between the edges, by columns."""
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        for column, part in zip(columns, split_line(line, edges) or (), strict=False):
            column += [part] if part else []
    return columns


def _find_edges(line: Line, pictured: bool) -> list[float]:
    """The borders between the captions of a row, from left to right; on a page with pictures also those of parts."""
    kind = _read_kind(line.text, pictured)
    if not kind:
        return []
    label = read_figure_label(line.text)
    closed = label is not None and label.closed
    edges = []
    for number in range(1, len(line.words)):
        before, word = line.words[number - 1], line.words[number]
        gap, edge = _measure_gap(before, word)
        if gap < (SIDE_GAP if closed else PART_GAP) * line.size or not word.space_before:
            continue
        if _read_kind(line_text(line.words[number:]), pictured) == kind:
            edges.append(edge)
    return sorted(edges)


def _find_staggered(line: Line, before: Sequence[Line]) -> _Staggered | None:
    """How a line begins a caption beside one that begins higher up, None when it does not.

    One part of it has a label, the other stands under a caption that ends short of the first.
    """
    gaps = [(*_measure_gap(*pair), number) for number, pair in enumerate(pairwise(line.words), 1)]
    gap, edge, number = max(gaps, default=(0.0, 0.0, 0))
    if gap < SIDE_GAP * line.size:
        return None
    kinds = [bool(_read_kind(line_text(words), True)) for words in (line.words[:number], line.words[number:])]
    if kinds[0] == kinds[1] or not 0 < before[-1].baseline - line.baseline <= MAX_STEP * line.size:
        return None
    rest = int(kinds[0] != line.right_to_left)
    for start in range(len(before) - 1, max(-1, len(before) - 1 - MAX_ABOVE), -1):
        above = before[start]
        on_side = above.box.left > edge if rest else above.box.right < edge
        if not on_side or abs(above.size - line.size) > SAME_SIZE * line.size:
            return None
        if _read_kind(above.text, True):
            return _Staggered(edge, rest, start)
    return None


def _read_kind(text: str, pictured: bool) -> str:
    """The word that a text's label has, "(" for that of a part, "" without one.

    On a page with pictures (`pictured`) a label needs no stop behind it.
    """
    label = read_figure_label(text)
    if label is not None and (label.closed or (pictured and label.possible)):
        return "".join(c for c in label.label if c.isalpha()).lower()
    return "(" if pictured and is_sub_label(text) else ""


def _measure_gap(before: Word, word: Word) -> tuple[float, float]:
    """How far two words of a line are apart, and the middle between them."""
    if word.box.left >= before.box.left:
        return word.box.left - before.box.right, (word.box.left + before.box.right) / 2
    return before.box.left - word.box.right, (before.box.left + word.box.right) / 2


def split_line(line: Line, edges: Sequence[float]) -> list[Line | None] | None:
    """The parts of a line between the edges in reading order, None when words stand across one."""
    bounds = [-inf, *edges, inf]
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
