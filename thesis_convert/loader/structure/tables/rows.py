"""Parts a table's area into rows.

In: the lines of the area as pieces in columns, and its horizontal rules. Out: the rows, each with its
lines and with what parts it from the row above. Rules part rows; between two rules the arrangement of
the lines does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.tables.row_breaks import MIDDLE, PieceLine, split_band
from thesis_convert.loader.structure.tables.strokes import Ruling, Stroke
from thesis_convert.page import BoundingBox, Line

SAME_EDGE = 2.5
"""Points by which rules on one edge of the grid may be apart."""
SHORTEST = 2.0
"""Shorter strokes, in sizes, are the bars of fractions."""
MAX_BOLD = 3
"""So many bold lines over others may be a head."""
FULL = 0.85
"""A rule over this share of the width parts the whole table."""
FRAMED_RELUCTANCE = 2.0
"""Evidence needed beyond the usual for two rows between the rules of a table that rules most rows off."""


class Edge(NamedTuple):
    """What parts a row from the one above it: rules, or nothing but the lines' arrangement."""

    y: float
    strokes: tuple[Stroke, ...]
    full: bool


class Row(NamedTuple):
    lines: tuple[PieceLine, ...]
    edge: Edge | None
    top: float
    bottom: float


def find_edges(ruling: Ruling, lines: Sequence[Line], size: float) -> list[Edge]:
    """The horizontal rules with words above and below them, from the top down."""
    groups: list[list[Stroke]] = []
    for stroke in ruling.across:
        if stroke.length < SHORTEST * size:
            continue
        if groups and groups[-1][0].at - stroke.at <= SAME_EDGE:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    middles = [line.baseline + MIDDLE * line.size for line in lines]
    top, bottom = max(middles), min(middles)
    left = min([line.box.left for line in lines] + [s.start for s in ruling.across])
    right = max([line.box.right for line in lines] + [s.end for s in ruling.across])
    return [
        Edge(group[0].at, tuple(group), sum(s.length for s in group) >= FULL * (right - left))
        for group in groups
        if bottom < group[0].at < top
    ]


def find_bold_head(lines: Sequence[Line], edges: Sequence[Edge]) -> Edge | None:
    """The edge under a bold head that no rule parts from its rows; None where a rule does, or nothing is bold."""
    if any(edge.full for edge in edges) or len(lines) < 3:
        return None
    bold = [all(word.font.bold for word in line.words) for line in lines]
    count = bold.index(False) if False in bold else 0
    if not 0 < count <= MAX_BOLD or any(bold[count:]):
        return None
    last, following = lines[count - 1], lines[count]
    return Edge((last.baseline + following.baseline + following.size) / 2, (), True)


def build_rows(
    lines: Sequence[PieceLine],
    edges: Sequence[Edge],
    bounds: Sequence[float],
    box: BoundingBox,
    framed: bool,
    right_to_left: bool,
    size: float,
) -> list[Row]:
    widths = _measure_columns(lines, len(bounds) - 1)
    head = next((edge.y for edge in edges if edge.full), None)
    limits = [None, *edges, None]
    reluctance = FRAMED_RELUCTANCE if framed and len(edges) > 1 else 0.0
    rows: list[Row] = []
    for upper, lower in pairwise(limits):
        top = upper.y if upper else box.top
        bottom = lower.y if lower else box.bottom
        band = [line for line in lines if bottom < line.middle <= top or (lower is None and line.middle <= bottom)]
        if not band:
            if framed and top - bottom > 0.8 * size:
                rows.append(Row((), upper, top, bottom))
            continue
        in_head = not framed and head is not None and bottom >= head
        begins = _split_head(band) if in_head else split_band(band, widths, right_to_left, reluctance)
        starts = [n for n, begin in enumerate(begins) if begin]
        for start, end in zip(starts, [*starts[1:], len(band)], strict=True):
            rows.append(Row(tuple(band[start:end]), upper if start == 0 else None, top, bottom))
    return rows


def _measure_columns(lines: Sequence[PieceLine], count: int) -> list[float]:
    """How wide the text of each column goes."""
    edges = [(1e9, -1e9)] * count
    for line in lines:
        for piece in line.pieces:
            if piece.first == piece.last:
                left, right = edges[piece.first]
                edges[piece.first] = (min(left, piece.left), max(right, piece.right))
    return [max(0.0, right - left) for left, right in edges]


def _split_head(band: Sequence[PieceLine]) -> list[bool]:
    """In a head only what spans columns stands on a row of its own; other lines are wrapped heads."""
    return [True] + [any(p.first != p.last for p in above.pieces) for above in band[:-1]]
