"""Finds the ruled areas of a page: lines drawn in a way that only tables have.

In: a page's rules and its lines of text. Out: a `Ruling` for each area. Typesetters draw one line of a
table as many short pieces, or twice; pieces on one line that touch are one stroke. Strokes belong
together when they meet, or when they lie under each other from the same left to the same right edge
with no running text between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import NamedTuple

from thesis_convert.page import BoundingBox, Line, Page, Picture, enclosing_box

DOUBLE_RULE = 0.35
"""Rules closer than this many sizes are one, drawn double or in pieces that do not quite meet."""
MEETING = 0.6
"""Strokes that come this near, in sizes, meet: some styles leave room around a horizontal rule."""
PIECE_GAP = 3.2
"""Points between the pieces of one rule: as thick as the heaviest rule that crosses there."""
SAME_EDGE = 2.0
"""Points by which the ends of a table's horizontal rules may differ."""
UNDERLINE = 0.22
"""A rule this near, in sizes, under a baseline underlines the words; a table keeps room for descenders."""
EMPTY_BAND = 3.0
"""Two rules with nothing between them further apart than this many leadings belong to two things."""
SHADE_WIDTH = 3.0
SHADE_LINES = 6.0
"""The ground of a cell is more than so many sizes wide and less than so many leadings high."""
MAX_RULES = 6000
MAX_STROKES = 400
"""More rules on a page than these are a drawing; the largest tables have some hundred strokes."""


class Stroke(NamedTuple):
    """A straight line: its y (or x, when it is vertical), and from where to where it goes."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


class Ruling(NamedTuple):
    """Strokes that belong together: the horizontal ones from the top down, the vertical from the left."""

    box: BoundingBox
    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]


def find_rulings(
    page: Page,
    lines: Sequence[Line],
    size: float,
    leading: float,
    is_prose: Callable[[list[Line]], bool],
    captions: Set[tuple[int, int]] = frozenset(),
) -> list[Ruling]:
    """The ruled areas of a page, from the top down.

    `lines` are those of the page, `captions` the keys of those that begin captions; `is_prose` tells whether lines
    between two rules are running text or a caption, which no table holds. The edges of framed and shaded cells count
    as rules.
    """
    rules = page.rules
    shades = _find_shades(page.pictures, size, leading)
    if not 0 < len(rules) + 2 * len(shades) <= MAX_RULES:
        return []
    across = merge_strokes(
        [
            *(Stroke((r.box.bottom + r.box.top) / 2, r.box.left, r.box.right) for r in rules if r.horizontal),
            *(Stroke(y, box.left, box.right) for box in shades for y in (box.bottom, box.top)),
        ],
        DOUBLE_RULE * size,
        PIECE_GAP,
    )
    down = [Stroke((r.box.left + r.box.right) / 2, r.box.bottom, r.box.top) for r in rules if not r.horizontal]
    down += _find_sides(shades, down, size)
    down = merge_strokes(down, DOUBLE_RULE * size, MEETING * size)
    if not across or len(across) + len(down) > MAX_STROKES:
        return []
    plain = [line for line in lines if line.key not in captions]
    across = sorted((s for s in across if not _underlines(s, plain)), key=lambda s: -s.at)
    groups = _Groups(len(across) + len(down))
    _join_meeting(groups, across, down, MEETING * size)
    _join_aligned(groups, across, lines, leading, is_prose)
    rulings = [_make_ruling(members, across, down) for members in groups.members()]
    return sorted(_join_nested(rulings, MEETING * size), key=lambda r: -r.box.top)


def _find_shades(pictures: Sequence[Picture], size: float, leading: float) -> list[BoundingBox]:
    """The rectangles that may be the frame or ground of a row or cell: as wide as a word, as high as some lines."""
    boxes = [picture.box for picture in pictures if picture.kind == "rectangle"]
    shades = [b for b in boxes if 0.9 * size < b.height < SHADE_LINES * leading and b.width > SHADE_WIDTH * size]
    if len(shades) > MAX_STROKES:
        return []
    # The ground of a paragraph within a shaded cell is not the cell's.
    return [s for s in shades if not any(o.area > s.area and o.overlap(s) > 0.95 * s.area for o in shades)]


def _find_sides(shades: Sequence[BoundingBox], down: Sequence[Stroke], size: float) -> list[Stroke]:
    """The sides of rectangles where no vertical rule stands: a rule at hand tells better where cells end."""
    sides = (Stroke(x, box.bottom, box.top) for box in shades for x in (box.left, box.right))
    return [
        side
        for side in sides
        if not any(abs(s.at - side.at) < size and s.start < side.end and s.end > side.start for s in down)
    ]


def merge_strokes(strokes: Iterable[Stroke], thickness: float, gap: float) -> list[Stroke]:
    """Strokes of one direction, with the pieces of each line and its double put together."""
    result: list[Stroke] = []
    cluster: list[Stroke] = []
    for stroke in sorted(strokes):
        if cluster and stroke.at - cluster[0].at > thickness:
            result += _merge_pieces(cluster, gap)
            cluster = []
        cluster.append(stroke)
    return result + _merge_pieces(cluster, gap)


def _merge_pieces(cluster: list[Stroke], gap: float) -> list[Stroke]:
    merged: list[Stroke] = []
    for stroke in sorted(cluster, key=lambda s: s.start):
        if merged and stroke.start <= merged[-1].end + gap:
            last = merged[-1]
            merged[-1] = Stroke(last.at, last.start, max(last.end, stroke.end))
        else:
            merged.append(stroke)
    return merged


def _underlines(stroke: Stroke, lines: Sequence[Line]) -> bool:
    """Whether a horizontal stroke runs along under words, as far as they go."""
    for line in lines:
        if not 0.0 < line.baseline - stroke.at <= UNDERLINE * line.size:
            continue
        under = [w.box for w in line.words if w.box.right > stroke.start + 1.0 and w.box.left < stroke.end - 1.0]
        if under and sum(box.width for box in under) > 0.7 * stroke.length:
            return True
    return False


class _Groups:
    """Numbers that belong together (union-find)."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, number: int) -> int:
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        self.parent[self.find(one)] = self.find(other)

    def members(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for number in range(len(self.parent)):
            found.setdefault(self.find(number), []).append(number)
        return list(found.values())


def _join_meeting(groups: _Groups, across: Sequence[Stroke], down: Sequence[Stroke], reach: float) -> None:
    for number, stroke in enumerate(down, len(across)):
        for other, crossing in enumerate(across):
            if (
                crossing.start - reach <= stroke.at <= crossing.end + reach
                and stroke.start - reach <= crossing.at <= stroke.end + reach
            ):
                groups.join(number, other)


def _join_aligned(
    groups: _Groups,
    across: Sequence[Stroke],
    lines: Sequence[Line],
    leading: float,
    is_prose: Callable[[list[Line]], bool],
) -> None:
    """Joins each horizontal stroke with the next one below it that is as long and stands under it."""
    for number, upper in enumerate(across):
        for other in range(number + 1, len(across)):
            lower = across[other]
            if abs(lower.start - upper.start) > SAME_EDGE or abs(lower.end - upper.end) > SAME_EDGE:
                continue
            between = [
                line
                for line in lines
                if lower.at < line.baseline < upper.at and line.box.right > upper.start and line.box.left < upper.end
            ]
            if not (is_prose(between) if between else upper.at - lower.at > EMPTY_BAND * leading):
                groups.join(number, other)
            break


def _make_ruling(members: Sequence[int], across: Sequence[Stroke], down: Sequence[Stroke]) -> Ruling:
    horizontal = [across[n] for n in members if n < len(across)]
    vertical = [down[n - len(across)] for n in members if n >= len(across)]
    return _bound(horizontal, vertical)


def _bound(across: Sequence[Stroke], down: Sequence[Stroke]) -> Ruling:
    boxes = [BoundingBox(s.start, s.at, s.end, s.at) for s in across]
    boxes += [BoundingBox(s.at, s.start, s.at, s.end) for s in down]
    return Ruling(enclosing_box(boxes), tuple(across), tuple(sorted(down)))


def _join_nested(rulings: Sequence[Ruling], reach: float) -> list[Ruling]:
    """Takes rules that stand inside an area or close it off into that area."""
    result: list[Ruling] = []
    for ruling in sorted(rulings, key=lambda r: -r.box.area):
        for number, other in enumerate(result):
            if _holds(other.box, ruling.box, reach):
                across = sorted((*other.across, *ruling.across), key=lambda s: -s.at)
                result[number] = _bound(across, (*other.down, *ruling.down))
                break
        else:
            result.append(ruling)
    return result


def _holds(outer: BoundingBox, inner: BoundingBox, reach: float) -> bool:
    return (
        inner.left >= outer.left - reach
        and inner.right <= outer.right + reach
        and inner.bottom >= outer.bottom - reach
        and inner.top <= outer.top + reach
        and outer.width > 0
    )
