"""Tells what the words of a line are for its reading order, and where spaces stand between them.

In: words on one baseline, each running in one direction only. Out: the same from left to right with their
classes. Word spaces are told by their width, measured by the other spaces of the line, since the library
overlooks the tight ones; where it has found one, a narrower gap is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from thesis_convert.loader.lines.brackets import STOPS
from thesis_convert.page import Word
from thesis_convert.scripts import has_left_to_right, has_right_to_left

MIN_SPACE = 0.08
"""A gap of so many sizes may be a word space; kerning moves letters apart by less."""
TOLD_SPACE = 0.04
"""A gap of so many sizes is one where the producer has a space; the signs of shaping take no room at all."""
SURE_SPACE = 0.2
"""A gap of so many sizes is one, however wide the other spaces of the line."""
TELLING_SHARE = 0.3
"""Where this share of the gaps are spaces of the producer's own, he is likely to have told them all."""
TOLD_SHARE = 0.75
"""Then a gap that he has not told is a space when it is this share of the usual one."""
SPACE_SHARE = 0.55
"""Else any gap is, of this share of the usual one."""
RAISED = 0.12
"""Words so many sizes above the line's baseline are note marks or exponents."""

OVER = 0.5
"""Letters that share so much of the narrower one's width stand over each other."""

DASHES = frozenset("-–")
"""Numbers within words from the right are read over dashes from the right, unless the thesis tells otherwise."""
_LABEL_JOINTS = DASHES | {".", "/"}
_NAMED = re.compile(
    "شکل|جدول|فصل|بخش|رابطه|معادله|نمودار|تصویر|پیوست|الشكل|شكل|الجدول|المعادلة|معادلة|الفصل|الصورة|איור|טבלה|פרק|משוואה|סעיף"
)
"""Words that are named by a number."""


class Piece(NamedTuple):
    """A word with its class: "R" and "L" for letters of one direction, "N" for numbers, "-" for signs.

    "M" is for raised numbers at words that are read from the right. Signs between the numbers of a label are
    "=" where it is read from the left, "/" where from the right. `apart` says that a space stands between it
    and the piece on its right.
    """

    word: Word
    kind: str
    apart: bool = True

    @property
    def text(self) -> str:
        return self.word.text


def classify_words(words: Sequence[Word], turned_joints: frozenset[str]) -> list[Piece]:
    """The words from left to right with their classes. `turned_joints` join labels that are read from the right."""
    ordered = _untangle(sorted(words, key=lambda w: w.box.left + w.box.right))
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
    return _mark_labels(_set_spaces(pieces, size), turned_joints)


def _untangle(words: list[Word]) -> list[Word]:
    """Words from left to right; those parts of a word that stand over each other in the order of the text.

    Where letters stand on top of each other, as in steep scripts, their places do not tell which comes first.
    """
    pairs = [(a, b) for a, b in pairwise(words) if has_right_to_left(a.text) and has_right_to_left(b.text)]
    if 2 * sum(b.order < a.order for a, b in pairs) <= len(pairs):
        return words
    result = list(words)
    for place in range(len(result) - 1):
        left, right = result[place], result[place + 1]
        shared = min(left.box.right, right.box.right) - max(left.box.left, right.box.left)
        touching = 0 < right.order - left.order <= len(left.text) + 1
        if touching and shared > OVER * min(left.box.width, right.box.width) and has_right_to_left(left.text):
            result[place : place + 2] = [right, left]
    return result


def _find_kind(text: str) -> str:
    if has_right_to_left(text):
        return "R"
    if has_left_to_right(text):
        return "L"
    return "N" if any(c.isdigit() for c in text) else "-"


def _set_spaces(pieces: Sequence[Piece], size: float) -> list[Piece]:
    """The pieces, each told whether a space is on its right."""
    gaps = [b.word.box.left - a.word.box.right for a, b in pairwise(pieces)]
    told = [(a if a.word.order > b.word.order else b).word.space_before for a, b in pairwise(pieces)]
    space = _find_space(pieces, gaps, told, size)
    result = []
    for piece, following, gap, tells in zip(pieces, pieces[1:], gaps, told, strict=False):
        limit = TOLD_SPACE * size if tells else space
        if piece.kind == "M" or (following.kind == "M" and piece.text[0] in STOPS):
            limit = SURE_SPACE * size  # marks are set off a little
        result.append(piece if gap > limit else piece._replace(apart=False))
    return [*result, pieces[-1]]


def _find_space(pieces: Sequence[Piece], gaps: Sequence[float], told: Sequence[bool], size: float) -> float:
    """The least gap, in points, that is a word space though nobody has told it."""
    wide = [
        (gap, tells)
        for (a, b), gap, tells in zip(pairwise(pieces), gaps, told, strict=True)
        if gap > MIN_SPACE * size and a.kind != "-" != b.kind
    ]
    certain = [gap for gap, tells in wide if tells]
    if len(certain) > TELLING_SHARE * len(wide):
        usual = TOLD_SHARE * median(certain)
    else:
        usual = SPACE_SHARE * median(gap for gap, _ in wide) if wide else 0.0
    return min(max(usual, MIN_SPACE * size), SURE_SPACE * size)


def _mark_labels(pieces: list[Piece], turned: frozenset[str]) -> list[Piece]:
    """The pieces with the joints of labels told."""
    result = list(pieces)
    end = len(pieces)
    while end:
        start = end
        while start and pieces[start - 1].kind in "N-" and (start == end or not pieces[start - 1].apart):
            start -= 1
        if end == len(pieces) or _NAMED.match(pieces[end].text):
            for number in range(start, end):
                if pieces[number].text in _LABEL_JOINTS:
                    result[number] = pieces[number]._replace(kind="/" if pieces[number].text in turned else "=")
        end = min(start, end - 1)
    return result
