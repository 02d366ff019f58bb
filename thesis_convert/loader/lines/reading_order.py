"""Puts the words of a line in reading order where a script runs from right to left.

In: words on one baseline, each running in one direction only. Out: the same in reading order, with the
spaces between them. Words are ordered by their places alone: a
line is read from the right, and what runs the other way within it (numbers, Latin words, and what stands
between these) is read from its left. So it does not matter in which order a producer draws them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from thesis_convert.loader.lines.brackets import STOPS, turn_brackets
from thesis_convert.page import Word, enclosing_box
from thesis_convert.scripts import ARABIC_STOPS, KASHIDA, ZERO_WIDTH_NON_JOINER, has_left_to_right, has_right_to_left

MIN_SPACE = 0.08
"""A gap of so many sizes may be a word space; kerning moves letters apart by less."""
TELLING_SHARE = 0.3
"""Where this share of the gaps are spaces of the producer's own, he is likely to have told them all."""
TOLD_SPACE = 0.04
"""A gap of so many sizes is one where the producer has a space; the signs of shaping take no room at all."""
SURE_SPACE = 0.2
"""A gap of so many sizes is one, however wide the other spaces of the line."""
SPACE_SHARE = 0.55
"""A word space is at least this share of the line's usual one."""
RAISED = 0.12
"""Words so many sizes above the line's baseline are note marks or exponents."""

DASHES = frozenset("-–")
"""Numbers within words from the right are read over dashes from the right, unless the thesis tells otherwise."""
_NUMBER_JOINTS = frozenset(".,:/٫٬")
_LABEL_JOINTS = DASHES | {".", "/"}
_NAMED = re.compile(
    "شکل|جدول|فصل|بخش|رابطه|معادله|نمودار|تصویر|پیوست|الشكل|شكل|الجدول|المعادلة|معادلة|الفصل|الصورة|איור|טבלה|פרק|משוואה|סעיף"
)
"""Words that are named by a number."""
_NUMBER_SIGNS = frozenset("%٪")
_TAIL_SIGNS = frozenset(".,:;-–!?")
_RELATIONS = frozenset("=<>≤≥±×+-–−/&~")


class Piece(NamedTuple):
    """A word with its class: "R" and "L" for letters of one direction, "N" for numbers, "-" for signs.

    "M" is for raised numbers at words that are read from the right. Signs between the numbers of a label are
    "=" where it is read from the left, "/" where from the right.
    """

    word: Word
    kind: str

    @property
    def text(self) -> str:
        return self.word.text


class Run(NamedTuple):
    """Neighbouring pieces in reading order, and the edges of what they cover."""

    pieces: tuple[Piece, ...]
    left: float
    right: float


def order_words(words: Sequence[Word], right_to_left: bool, turned_joints: frozenset[str] = DASHES) -> list[Word]:
    """Words on one baseline in reading order; words that nothing parts are one where their type is the same.

    `turned_joints` are the signs over which the number of a section, figure or table is read from the
    right, as in "2-1" for the first section of chapter 2.
    """
    pieces = _classify(words)
    space = _find_space(pieces)
    pieces = _mark_labels(pieces, space, turned_joints)
    runs = (_build_runs if right_to_left else _build_islands)(pieces, space)
    spaced = list(_set_spaces(runs, space, right_to_left))
    return list(_merge(turn_brackets(spaced)))


# --- Classes and gaps -----------------------------------------------------------------------------


def _classify(words: Sequence[Word]) -> list[Piece]:
    """The words from left to right with their classes."""
    ordered = sorted(words, key=lambda w: w.box.left + w.box.right)
    size = max(w.font.size for w in ordered)
    baseline = median(w.baseline for w in ordered)
    pieces: list[Piece] = []
    for word in ordered:
        kind = _find_kind(word.text)
        if kind == "N" and word.baseline - baseline > RAISED * size and word.font.size < size:
            # A raised number is a note mark; it goes with what it stands at.
            latin = pieces and pieces[-1].kind == "L" and word.box.left - pieces[-1].word.box.right < MIN_SPACE * size
            kind = "L" if latin else "M"
        pieces.append(Piece(word, kind))
    return pieces


def _mark_labels(pieces: list[Piece], space: float, turned: frozenset[str]) -> list[Piece]:
    """The pieces with the joints of labels told: "/" for those read from the right, "=" from the left."""
    result = list(pieces)
    end = len(pieces)
    while end:
        start = end
        while (
            start and pieces[start - 1].kind in "N-" and (start == end or _gap(*pieces[start - 1 : start + 1]) <= space)
        ):
            start -= 1
        named = end == len(pieces) or _NAMED.match(pieces[end].text)
        for number in range(start, end):
            if named and pieces[number].text in _LABEL_JOINTS:
                result[number] = pieces[number]._replace(kind="/" if pieces[number].text in turned else "=")
        end = min(start, end - 1)
    return result


def _find_kind(text: str) -> str:
    if has_right_to_left(text):
        return "R"
    if has_left_to_right(text):
        return "L"
    return "N" if any(c.isdigit() for c in text) else "-"


def _find_space(pieces: Sequence[Piece]) -> float:
    """The least gap, in points, that is a word space among these pieces (from left to right)."""
    size = max(p.word.font.size for p in pieces)
    gaps = [
        (gap, (a if a.kind == "R" else b).word.space_before)
        for a, b in pairwise(pieces)
        if (gap := _gap(a, b)) > MIN_SPACE * size and "-" not in (a.kind, b.kind)
    ]
    told = [gap for gap, tells in gaps if tells]
    if len(told) > TELLING_SHARE * len(gaps):
        # The producer's own spaces are known; what is left over is the room around letters.
        return min(max(0.75 * median(told), MIN_SPACE * size), SURE_SPACE * size)
    usual = median(gap for gap, _ in gaps) if gaps else 0.0
    return min(max(SPACE_SHARE * usual, MIN_SPACE * size), SURE_SPACE * size)


def _gap(left: Piece, right: Piece) -> float:
    return right.word.box.left - left.word.box.right


# --- Runs -----------------------------------------------------------------------------------------


def _build_runs(pieces: Sequence[Piece], space: float) -> list[Run]:
    """The runs of a line that is read from the right, in reading order."""
    runs: list[Run] = []
    place = 0
    while place < len(pieces):
        end = place + 1
        if pieces[place].kind in "LN":
            end = _take_tail(pieces, _find_run_end(pieces, place, space), space)
        runs.append(_make_run(pieces[place:end]))
        place = end
    return runs[::-1]


def _find_run_end(pieces: Sequence[Piece], place: int, space: float) -> int:
    """Where the run that is read from the left, and begins at `place`, ends."""
    last = place
    while True:
        following = last + 1
        while following < len(pieces) and pieces[following].kind in "-/=":
            following += 1
        if following == len(pieces) or pieces[following].kind in "RM":
            return last + 1
        if not _runs_on(pieces[last], pieces[last + 1 : following], pieces[following], space):
            return last + 1
        last = following


def _take_tail(pieces: Sequence[Piece], end: int, space: float) -> int:
    """The end of a run with the signs on its right that belong to it: "40%", and "Meta-" at a line's end."""
    while end < len(pieces) and pieces[end].kind in "-/=" and _gap(pieces[end - 1], pieces[end]) <= space:
        sign, kind = pieces[end].text, pieces[end - 1].kind
        free = end + 1 == len(pieces) or pieces[end + 1].kind == "-" or _gap(pieces[end], pieces[end + 1]) > space
        if not (sign in _NUMBER_SIGNS if kind == "N" else kind == "L" and sign in _TAIL_SIGNS and free):
            break
        end += 1
    return end


def _runs_on(left: Piece, signs: Sequence[Piece], right: Piece, space: float) -> bool:
    """Whether two words or numbers with signs between them are read from the left."""
    gaps = [_gap(a, b) > space for a, b in pairwise((left, *signs, right))]
    letters = "L" in (left.kind, right.kind)
    plain = (left.text + right.text).isascii()
    listed = plain and bool(signs) and signs[0].text == "," and left.kind == "L"
    akin = left.kind == right.kind or listed or (plain and left.word.font.name == right.word.font.name)
    text = "".join(sign.text for sign in signs)
    if not signs:
        return not gaps[0] or (letters and akin)
    if not any(gaps):
        if letters:
            return not any(sign in ARABIC_STOPS for sign in text)
        return len(text) == 1 and (text in _NUMBER_JOINTS or signs[0].kind == "=") and signs[0].kind != "/"
    if not letters or not akin:
        return False
    if all(sign in _RELATIONS for sign in text):
        return gaps[0] == gaps[-1]
    # What a comma hugs comes before it; a bracket after a space opens.
    if signs[0].text in STOPS:
        return not gaps[0] and gaps[-1]
    return gaps[0] and not gaps[-1]


def _build_islands(pieces: Sequence[Piece], space: float) -> list[Run]:
    """The runs of a line that is read from the left, with words of the other direction in it."""
    runs: list[Run] = []
    place = 0
    while place < len(pieces):
        end = place + 1
        if pieces[place].kind == "R":
            for following in range(place + 1, len(pieces)):
                if pieces[following].kind == "L":
                    break
                if pieces[following].kind == "R":
                    end = following + 1
        inner = _build_runs(pieces[place:end], space)
        joined = tuple(piece for run in inner for piece in run.pieces)
        runs.append(Run(joined, pieces[place].word.box.left, pieces[end - 1].word.box.right))
        place = end
    return runs


def _make_run(pieces: Sequence[Piece]) -> Run:
    return Run(tuple(pieces), pieces[0].word.box.left, pieces[-1].word.box.right)


# --- Spaces and words -----------------------------------------------------------------------------


def _set_spaces(runs: Sequence[Run], space: float, right_to_left: bool) -> Iterator[Word]:
    """The words in reading order, each told whether a space stands before it."""
    previous: Piece | None = None
    edge = 0.0
    for run in runs:
        for number, piece in enumerate(run.pieces):
            spaced = True
            if previous is not None:
                between = edge - run.right if right_to_left else run.left - edge
                gap = max(_gap(previous, piece), _gap(piece, previous)) if number else between
                spaced = _is_spaced(previous, piece, gap, space)
            word = piece.word
            yield word if word.space_before is spaced else word._replace(space_before=spaced)
            previous = piece
        edge = run.left if right_to_left else run.right


def _is_spaced(before: Piece, piece: Piece, gap: float, space: float) -> bool:
    """Whether a space stands between two pieces that are read one after the other."""
    size = max(before.word.font.size, piece.word.font.size)
    if piece.kind == "M" or (before.kind == "M" and piece.text[0] in STOPS):
        return gap > SURE_SPACE * size  # marks are set off a little
    return gap > space or (piece.word.space_before and gap > TOLD_SPACE * size)


def _merge(words: Iterable[Word]) -> Iterator[Word]:
    """Words that touch and are set alike as one."""
    parts: list[Word] = []
    for word in words:
        if parts and word.space_before and parts[-1].text.endswith(ZERO_WIDTH_NON_JOINER):
            parts[-1] = parts[-1]._replace(text=parts[-1].text.rstrip(ZERO_WIDTH_NON_JOINER))
        if parts and (word.space_before or not _alike(parts[-1], word)):
            yield _join(parts)
            parts = []
        parts.append(word)
    if parts:
        yield _join(parts)


def _alike(one: Word, other: Word) -> bool:
    return one.font == other.font and one.color == other.color and abs(one.baseline - other.baseline) < 0.1


def _join(parts: Sequence[Word]) -> Word:
    if len(parts) == 1:
        return parts[0]
    text = KASHIDA.sub("", "".join(p.text for p in parts))
    return parts[0]._replace(text=text, box=enclosing_box([p.box for p in parts]))
