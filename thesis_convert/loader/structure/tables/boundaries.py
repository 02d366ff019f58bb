"""Finds where the columns of a table's area meet, and sets its words into them.

In: the segments of the area's lines and its rules. Out: the strips between columns, and the pieces of
each line in their columns. Vertical rules part columns, and so does the white that goes down through
the rows; in the head, where cells span columns, only what the rows below bear out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from thesis_convert.loader.structure.tables.columns import Segment, Strip, find_strips
from thesis_convert.loader.structure.tables.row_breaks import Piece
from thesis_convert.loader.structure.tables.strokes import Ruling
from thesis_convert.page import Word

FRAMED_SHARE = 0.8
"""Share of the lines in a framed column that must be parted for it to be two columns without a rule."""
HEAD_GAP = 0.8
"""Two heads this many sizes apart stand over two columns."""
ALIGNED = 0.25
"""A word this near, in sizes, to the middle or an edge of a column is set in it."""
SHARED = 0.5
"""A head over more than this share of another stands over its column."""
WORD_SPACE = 0.8
"""Spaces in one phrase are alike: none is less than this share of another."""
SPLIT_GAP = 0.4
"""A gap of this many sizes at the white strip parts two cells although the line is set tight."""


def find_boundaries(
    segments: Sequence[Sequence[Segment]], body: Sequence[bool], ruling: Ruling, framed: bool, size: float
) -> list[Strip]:
    """Where columns meet, from left to right: a strip of white, or a vertical rule.

    `body` says for each line whether it stands under the head.
    """
    left = min(row[0].left for row in segments if row)
    right = max(row[-1].right for row in segments if row)
    inner = [s.at for s in ruling.down if left < s.at < right]
    rules: list[float] = []
    for x in sorted(inner):
        if not rules or x - rules[-1] > 0.5 * size:
            rules.append(x)
    if framed:
        return sorted([*(Strip(x, x) for x in rules), *_part_framed(segments, rules, size)])
    below = [row for row, is_body in zip(segments, body, strict=True) if is_body]
    strips = find_strips(below, size)
    if not strips:
        strips = find_strips(segments, size)
    head = [row for row, is_body in zip(segments, body, strict=True) if not is_body]
    strips = _part_at_heads(head, strips, size)
    strips += _part_by_head(head, below, strips, size)
    strips += [Strip(x, x) for x in rules if not any(s.left - 1.0 <= x <= s.right + 1.0 for s in strips)]
    return sorted(strips)


def place_line(segments: Sequence[Segment], strips: Sequence[Strip], in_head: bool) -> tuple[Piece, ...]:
    """The pieces of a line. Heads that are as many as the columns stand over one each, however they are set."""
    segments = [segment for segment in segments if segment.words]
    if in_head and len(segments) == len(strips) + 1:
        return tuple(Piece(n, n, s.left, s.right, s.words) for n, s in enumerate(segments))
    return _join_pieces(piece for segment in segments for piece in _place_segment(segment, strips))


def spread_heads(upper: Sequence[Piece], lower: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a line of the head, each over all columns whose own heads, in the line below, it stands over."""
    spread: list[Piece] = []
    for piece in upper:
        over = [p.first for p in lower if p.first == p.last and _stands_over(piece, p)]
        others = {n for p in upper if p is not piece for n in range(p.first, p.last + 1)}
        first, last = min([piece.first, *over]), max([piece.last, *over])
        taken = len(over) < 2 or others & set(range(first, last + 1))
        spread.append(piece if taken else piece._replace(first=first, last=last))
    return tuple(spread)


def _stands_over(piece: Piece, below: Piece) -> bool:
    return min(piece.right, below.right) - max(piece.left, below.left) > SHARED * (below.right - below.left)


def _place_segment(segment: Segment, strips: Sequence[Strip]) -> list[Piece]:
    """A segment as pieces in columns; it is one piece over several columns when its words cross the white."""
    crossed = [s for s in strips if segment.left < s.left - 1.0 and segment.right > s.right + 1.0]
    for strip in crossed:
        for number in range(1, len(segment.words)):
            before, after = segment.words[number - 1].box.right, segment.words[number].box.left
            size = segment.words[number].font.size
            apart = after - before >= SPLIT_GAP * size or _are_close_heads(segment.words, number, strips)
            if apart and before <= strip.right and after >= strip.left:
                first, second = segment.words[:number], segment.words[number:]
                return [
                    *_place_segment(Segment(segment.left, before, first), strips),
                    *_place_segment(Segment(after, segment.right, second), strips),
                ]
    middle = (segment.left + segment.right) / 2
    first_column = sum(1 for s in strips if s.middle < (segment.left if s in crossed else middle))
    return [Piece(first_column, first_column + len(crossed), segment.left, segment.right, segment.words)]


def _join_pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces of a line with those put together that stand in one cell: justified words leave wide gaps."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].last >= piece.first:
            last = joined[-1]
            joined[-1] = Piece(
                last.first, max(last.last, piece.last), last.left, piece.right, (*last.words, *piece.words)
            )
        else:
            joined.append(piece)
    return tuple(joined)


def _part_framed(segments: Sequence[Sequence[Segment]], rules: Sequence[float], size: float) -> list[Strip]:
    """Strips within the columns of a frame, where the author put fewer vertical rules than columns.

    Nearly all lines must be parted, and not by a list's markers.
    """
    found: list[Strip] = []
    limits = [-1e9, *rules, 1e9]
    for low, high in pairwise(limits):
        rows = [inside for row in segments if (inside := [s for s in row if low < (s.left + s.right) / 2 < high])]
        parted = [row for row in rows if len(row) > 1]
        if len(parted) < max(4, FRAMED_SHARE * len(rows)):
            continue
        letters = sum(len(word.text) for row in parted for word in row[0].words)
        if letters >= 2 * len(parted):
            found += find_strips(rows, 1.6 * size)
    return found


def _part_by_head(
    head: Sequence[Sequence[Segment]], body: Sequence[Sequence[Segment]], strips: Sequence[Strip], size: float
) -> list[Strip]:
    """Strips between the heads of columns that have too few words to part them."""
    if not head or not strips:
        return []
    found = []
    for before, after in pairwise(head[-1]):
        gap = Strip(before.right, after.left)
        known = any(s.left < gap.right and s.right > gap.left for s in strips)
        if known or gap.right - gap.left <= HEAD_GAP * size:
            continue
        # Words below the first head reach into the white between the two, and so may those below the second.
        below = [s for row in body for s in row]
        left = max([gap.left, *(s.right for s in below if s.right <= gap.right)])
        right = min([gap.right, *(s.left for s in below if s.right > gap.right)])
        if right - left > HEAD_GAP * size:
            found.append(Strip(left, right))
    return found


def _part_at_heads(head: Sequence[Sequence[Segment]], strips: Sequence[Strip], size: float) -> list[Strip]:
    """The strips with those parted in whose white a head stands alone: below it nothing is in its column."""
    parted = list(strips)
    for before, segment, after in zip(head[-1], head[-1][1:], head[-1][2:], strict=False) if head else ():
        gap = HEAD_GAP * size
        if segment.left - before.right < gap or after.left - segment.right < gap:
            continue
        for number, strip in enumerate(parted):
            if strip.left < segment.left - 1.0 and segment.right + 1.0 < strip.right:
                parted[number : number + 1] = [Strip(strip.left, segment.left), Strip(segment.right, strip.right)]
                break
    return parted


def _are_close_heads(words: Sequence[Word], number: int, strips: Sequence[Strip]) -> bool:
    """Whether word `number` and the one before it are heads of columns, as all are that stand as far apart."""
    pairs = [words[n - 1 : n + 1] for n in range(1, len(words))]
    gap = _measure_gap(pairs[number - 1])
    return all(_stand_in_columns(pair, strips) for pair in pairs if _measure_gap(pair) > WORD_SPACE * gap)


def _measure_gap(pair: Sequence[Word]) -> float:
    return pair[1].box.left - pair[0].box.right


def _stand_in_columns(words: Sequence[Word], strips: Sequence[Strip]) -> bool:
    """Whether each word is set in a column of its own: heads of narrow columns stand close."""
    for word in words:
        middle = (word.box.left + word.box.right) / 2
        number = sum(1 for strip in strips if strip.middle < middle)
        if not 0 < number < len(strips):
            return False
        left, right = strips[number - 1].right, strips[number].left
        offset = min(abs(middle - (left + right) / 2), abs(word.box.left - left), abs(word.box.right - right))
        if offset > ALIGNED * word.font.size:
            return False
    return True
