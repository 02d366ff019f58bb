"""Tells which lines between two rules of a table begin a new row, and which go on with a cell.

In: the lines of a band, each as pieces in columns. Out: for each line whether it begins a row. A cell
that goes on fills its column first: its next word would not have fitted. Rows begin in the first
column, numbers are not broken over lines, and where rows are set apart by space, that tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.lines.building import line_text
from thesis_convert.page import Word

WIDER_STEP = 1.2
"""Rows are set apart when some baselines are this many times further apart than the closest."""
ROOM = 0.4
"""Room, in sizes, that a word needs beside its own width to stand after another."""
LISTED = 0.5
"""A column has short entries when this share of its lines leaves room for the next line's first word."""
CAPITALS = 5
"""So many lines in a column that all begin with capitals are entries of a list."""
SMALL_LETTERS = 2.0
"""Evidence for new entries where all that surely are some begin with small letters."""
FULL_LINES = 3.0
FULL_PAIR = 2.0
"""Evidence for rows in that none of some lines, or of two, has an empty cell: cells seldom wrap to one depth."""
GOES_ON = -2.0
"""Evidence against a new entry in all that may say so in a cell but a hyphen: entries begin with small letters, too."""
MORE_FULL = 0.75
"""And more for each column beyond two in that neither of two lines is empty."""
STAGGERED = 0.9
"""Lines nearer than this many sizes overlap: they are neighbours in a row."""
ACCENT = 0.5
"""Lines of one cell this near, in sizes, are one line with what stands above it."""
MIDDLE = 0.25
"""So many sizes over the baseline is the middle of small letters: well away from the rules around a line."""
SECOND_NUMBER = 4.0
"""Evidence for a new row in each number that would be the second one of its cell."""
SECOND_IDENTIFIER = 3.0
"""The same in a second name of a file or the like, with a stop, stroke or sign within and nothing beside it."""
SECOND_MARK = 4.0
"""Evidence for a new row in a sign alone in its cell, where the row above has one: those of a row are on one line."""
LABELLED = 2.0
"""Evidence for a new row in a capital in the last column before those that have such signs alone."""
SMALL_NAMES = 5.0
"""The same in any word there, where the first has a small letter, too, and so few are in a line that none goes on."""
SHORT_NAME = 2
CAPITALISED = 3.0
"""Evidence that lines begin rows where those with cells beside them begin with capitals, and no other does."""

_DIGITS = r"[-–—−+<>=~≈≤≥±$€£¥%٪([]*\s?\d[\d.,٫٬'’]*(?:\s\d{3})*"
_NUMBER = re.compile(
    rf"(?:{_DIGITS}(?:\s?[-–—/:×x±^]\s?{_DIGITS})*\s?[a-zA-Z%‰٪°]{{0,3}}[.:)\]*∗†‡]*(?:\s?\([^()]*\d[^()]*\))?|[-–—−·*•✓✔✗×]+)$"
)
_BULLETS = frozenset("•‣◦⁃∙▪■□●○◆➢✓")
_IDENTIFIER = re.compile(r"[\w*/\\~]+(?:[-_/@.][\w*]+)*[_/@.][^\W\d]\w*$|[\w.]+/$")
_CROSSES = frozenset("xX")
_OPEN_END = re.compile(r"[-‐,;:(/&=–—]$|[([][^)\]]*$")


class Piece(NamedTuple):
    """Words of one line in one cell, from column `first` to column `last`."""

    first: int
    last: int
    left: float
    right: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return line_text(self.words)


class PieceLine(NamedTuple):
    """A line of a table: its pieces from left to right."""

    baseline: float
    size: float
    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> float:
        """The height at which the letters stand, well between the rules around them."""
        return self.baseline + MIDDLE * self.size

    def find(self, column: int) -> Piece | None:
        return next((p for p in self.pieces if p.first == p.last == column), None)


def split_band(
    lines: Sequence[PieceLine], widths: Sequence[float], right_to_left: bool, reluctance: float
) -> list[bool]:
    """Whether each line begins a row. `widths` are those of the columns' text.

    `reluctance` is added evidence against new rows: where rules part most rows anyway.
    """
    bases, begins = _gather_staggered(lines)
    steps = [above.baseline - below.baseline for above, below in pairwise(bases)]
    full = len(bases) > 1 and all(len(line.pieces) == len(widths) for line in bases)
    bonus = (FULL_LINES if len(bases) > 2 else FULL_PAIR) if full else 0.0
    closest = min(steps, default=0.0)
    wide = [step > WIDER_STEP * closest for step in steps]
    spaced = 0.2 * len(steps) <= sum(wide) < len(steps)
    listed = [_judge_column(bases, column, width, right_to_left) for column, width in enumerate(widths)]
    starts = [number for number, begin in enumerate(begins) if begin]
    key = len(widths) - 1 if right_to_left else 0
    capitals = _begin_with_capitals(bases, key)
    label = _find_label_column(bases, len(widths), right_to_left)
    names = [name for line in bases if label is not None and (name := line.find(label)) is not None]
    short = bool(names) and names[0].text[0].islower() and all(len(name.words) <= SHORT_NAME for name in names)
    row = 0
    for number, (above, below) in enumerate(pairwise(bases)):
        evidence = _weigh(above, below, widths, listed, right_to_left) - reluctance + bonus
        evidence += CAPITALISED * (_is_alone(above, key) - _is_alone(below, key)) if capitals else 0.0
        evidence += SECOND_NUMBER * _count_second_numbers(bases[row:number], above, below)
        if _has_mark([below], key) and _has_mark(bases[row : number + 1], key):
            evidence += SECOND_MARK
        if label is not None and (name := below.find(label)) is not None:
            evidence += SMALL_NAMES if short else LABELLED * name.text[0].isupper()
        if spaced:
            evidence += 1.5 if wide[number] else -1.0
        begins[starts[number + 1]] = evidence > 0
        if evidence > 0:
            row = number + 1
    return begins


def _count_second_numbers(row: Sequence[PieceLine], above: PieceLine, below: PieceLine) -> int:
    """How many numbers of a line stand in cells that have one already, further up than the line above."""
    return sum(
        is_number(piece.text)
        and above.find(piece.first) is None
        and any((upper := line.find(piece.first)) is not None and is_number(upper.text) for line in row)
        for piece in below.pieces
        if piece.first == piece.last
    )


def _has_mark(lines: Sequence[PieceLine], key: int) -> bool:
    """Whether a sign, or a capital that is one, stands alone in a cell beside the first column."""
    return any(p.first != key and _is_mark(p.text) for line in lines for p in line.pieces)


def _find_label_column(lines: Sequence[PieceLine], columns: int, right_to_left: bool) -> int | None:
    """The last column before those that hold nothing but such signs, None where no column does in several lines."""
    pieces = [piece for line in lines for piece in line.pieces]
    words = [piece for piece in pieces if not _is_mark(piece.text)]
    if len(pieces) - len(words) < 2 or not words:
        return None
    if right_to_left:
        label, step = min(piece.first for piece in words), -1
    else:
        label, step = max(piece.last for piece in words), 1
    return label if 0 <= label + step < columns else None


def _is_mark(text: str) -> bool:
    return len(text) == 1 and (text in _CROSSES or not (text.isdigit() or text.islower()))


def _begin_with_capitals(lines: Sequence[PieceLine], key: int) -> bool:
    """Whether the lines with cells beside the first column's begin with a capital there, and none of the others."""
    first = [(_is_alone(line, key), piece.text[0].isupper()) for line in lines if (piece := line.find(key)) is not None]
    alone = [capital for single, capital in first if single]
    beside = [capital for single, capital in first if not single]
    return len(beside) > 1 and all(beside) and bool(alone) and not any(alone)


def _is_alone(line: PieceLine, key: int) -> bool:
    """Whether a line has words in the first column only."""
    return len(line.pieces) == 1 and line.pieces[0].first == line.pieces[0].last == key


def _gather_staggered(lines: Sequence[PieceLine]) -> tuple[list[PieceLine], list[bool]]:
    """The lines with those put together that stand between each other's baselines, and which of them come first.

    A cell in the middle of its row's height stands between the lines of its neighbours; accents may
    be drawn as lines of their own.
    """
    bases: list[PieceLine] = []
    first: list[bool] = []
    for line in lines:
        base = bases[-1] if bases else None
        if base is not None:
            step = base.baseline - line.baseline
            shared = {p.first for p in base.pieces} & {p.first for p in line.pieces}
            if step < (ACCENT if shared else STAGGERED) * line.size:
                bases[-1] = PieceLine(base.baseline, base.size, tuple(sorted((*base.pieces, *line.pieces))))
                first.append(False)
                continue
        bases.append(line)
        first.append(True)
    return bases, first


def is_number(text: str) -> bool:
    """Whether a cell holds a number, with its sign, unit and marks, or a dash in the place of one."""
    return _NUMBER.match(text) is not None


def _judge_column(lines: Sequence[PieceLine], column: int, width: float, right_to_left: bool) -> float | None:
    """Evidence for new entries in that a column has short ones, None when it may hold wrapped text.

    Its lines all begin with a capital, or most leave room for the next one's first word. Entries that begin with
    small letters weigh more: then a small letter is no sign that a cell goes on.
    """
    cells = [piece for line in lines if (piece := line.find(column)) is not None]
    if len(cells) >= CAPITALS and all(cell.text[0].isupper() for cell in cells):
        return 1.0
    pairs = list(pairwise(cells))
    apart = [lower for upper, lower in pairs if _leaves_room(upper, lower, width, right_to_left)]
    if len(pairs) < 3 or len(apart) < LISTED * len(pairs):
        return None
    return SMALL_LETTERS if all(piece.text[0].islower() for piece in apart) else 0.0


def _leaves_room(upper: Piece, lower: Piece, width: float, right_to_left: bool) -> bool:
    """Whether the first word of `lower` would have fitted behind `upper`."""
    first = lower.words[-1 if right_to_left else 0]
    return width - (upper.right - upper.left) > first.box.width + ROOM * first.font.size


def _weigh(
    above: PieceLine, below: PieceLine, widths: Sequence[float], listed: Sequence[float | None], right_to_left: bool
) -> float:
    """Evidence that `below` begins a row: positive for a new row, negative for one that goes on."""
    key = len(widths) - 1 if right_to_left else 0
    evidence = 0.0
    if any(p.first != p.last for p in below.pieces) or (
        below.find(key) is not None and any(p.first != p.last for p in above.pieces)
    ):
        evidence += 2.0
    for column, width in enumerate(widths):
        upper, lower = above.find(column), below.find(column)
        if lower is None:
            continue
        if upper is None:
            evidence += 2.0 if column == key else 0.0
        else:
            weight = _weigh_cell(upper, lower, width, listed[column], right_to_left)
            evidence += weight * (2.0 if column == key else 1.0)
    if below.find(key) is None and above.find(key) is not None:
        evidence -= 1.0
    if len(below.pieces) == 1 and len(above.pieces) == len(widths) > 2:
        evidence -= 1.5
    if len(above.pieces) == len(below.pieces) == len(widths):
        evidence += 1.0 + MORE_FULL * max(0, len(widths) - 2)
    return evidence


def _weigh_cell(upper: Piece, lower: Piece, width: float, listed: float | None, right_to_left: bool) -> float:
    """Evidence that a cell ends above and another begins below."""
    if is_number(upper.text) and is_number(lower.text):
        return SECOND_NUMBER
    if _IDENTIFIER.match(upper.text) and _IDENTIFIER.match(lower.text):
        return SECOND_IDENTIFIER
    if upper.text.endswith(("-", "‐")) and upper.text[-2:-1].isalpha():
        return -3.0
    if lower.words[-1 if right_to_left else 0].text in _BULLETS:
        return -1.0  # the next item of a list within the cell
    if _leaves_room(upper, lower, width, right_to_left):
        return 2.0
    if upper.text == lower.text:
        return 1.0
    evidence = listed if listed is not None else -1.5 if len(upper.words) > 1 else -0.75
    if (lower.text[0].islower() and upper.text[-1].isalpha()) or _OPEN_END.search(upper.text):
        evidence -= 1.5
    elif lower.text[0].isupper() or is_number(lower.text):
        evidence += 0.5
    return max(evidence, GOES_ON)
