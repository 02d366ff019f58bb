"""Puts the words of a line in reading order where a script runs from right to left.

In: words on one baseline, each running in one direction only. Out: the same in reading order, with the
spaces between them. Words are ordered by their places alone: a line is read from the right, and what runs
the other way within it (numbers, Latin words, and what stands between these) is read from its left. So it
does not matter in which order a producer draws them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from thesis_convert.loader.lines.brackets import STOPS, turn_brackets
from thesis_convert.loader.lines.pieces import DASHES, Piece, classify_words
from thesis_convert.page import Word, enclosing_box
from thesis_convert.scripts import ARABIC_STOPS, KASHIDA, ZERO_WIDTH_NON_JOINER

_NUMBER_JOINTS = frozenset(".,:/٫٬")
_NUMBER_SIGNS = frozenset("%٪")
_TAIL_SIGNS = frozenset(".,:;-–!?")
_RELATIONS = frozenset("=<>≤≥±×+-–−/&~")
_SIGNS = "-/="
"""The classes of pieces that are neither words nor numbers."""

Reading = list[tuple[Piece, bool]]
"""Pieces in reading order, each told whether a space stands before it."""


def order_words(words: Sequence[Word], right_to_left: bool, turned_joints: frozenset[str] = DASHES) -> list[Word]:
    """Words on one baseline in reading order; words that nothing parts are one where their type is the same.

    `turned_joints` are the signs over which the number of a section, figure or table is read from the
    right, as in "2-1" for the first section of chapter 2.
    """
    pieces = classify_words(words, turned_joints)
    reading = _read_from_right(pieces) if right_to_left else _read_from_left(pieces)
    spaced = [
        piece.word if piece.word.space_before is space else piece.word._replace(space_before=space)
        for piece, space in reading
    ]
    return list(_merge(turn_brackets(spaced)))


def _read_from_right(pieces: Sequence[Piece]) -> Reading:
    """The pieces of a line that is read from the right."""
    runs: list[Sequence[Piece]] = []
    place = 0
    while place < len(pieces):
        end = place + 1
        if pieces[place].kind in "LN":
            end = _take_tail(pieces, _find_run_end(pieces, place))
        runs.append(pieces[place:end])
        place = end
    reading: Reading = []
    for run in reversed(runs):
        reading.append((run[0], run[-1].apart))
        reading += [(piece, before.apart) for before, piece in pairwise(run)]
    return reading


def _read_from_left(pieces: Sequence[Piece]) -> Reading:
    """The pieces of a line that is read from the left, with words of the other direction in it."""
    reading: Reading = []
    place = 0
    while place < len(pieces):
        end = place + 1
        if pieces[place].kind == "R":
            for following in range(place + 1, len(pieces)):
                if pieces[following].kind == "L":
                    break
                if pieces[following].kind == "R":
                    end = following + 1
        first, *others = _read_from_right(pieces[place:end])
        reading += [(first[0], place == 0 or pieces[place - 1].apart), *others]
        place = end
    return reading


# --- Runs from the left ---------------------------------------------------------------------------


def _find_run_end(pieces: Sequence[Piece], place: int) -> int:
    """Where the run that is read from the left, and begins at `place`, ends."""
    last = place
    while True:
        following = last + 1
        while following < len(pieces) and pieces[following].kind in _SIGNS:
            following += 1
        if following == len(pieces) or pieces[following].kind in "RM":
            return last + 1
        if not _runs_on(pieces[last], pieces[last + 1 : following], pieces[following]):
            return last + 1
        last = following


def _runs_on(left: Piece, signs: Sequence[Piece], right: Piece) -> bool:
    """Whether two words or numbers with signs between them are read from the left."""
    letters = "L" in (left.kind, right.kind)
    plain = (left.text + right.text).isascii()
    listed = plain and left.kind == "L" and bool(signs) and signs[0].text == ","
    akin = left.kind == right.kind or listed or (plain and left.word.font.name == right.word.font.name)
    if not signs:
        return not left.apart or (letters and akin)
    text = "".join(sign.text for sign in signs)
    if not any(piece.apart for piece in (left, *signs)):
        if letters:
            return not any(sign in ARABIC_STOPS for sign in text)
        return len(text) == 1 and (text in _NUMBER_JOINTS or signs[0].kind == "=") and signs[0].kind != "/"
    if not letters or not akin:
        return False
    before, after = left.apart, signs[-1].apart
    if all(sign in _RELATIONS for sign in text):
        return before == after
    # What a comma hugs comes before it; a bracket after a space opens.
    return after and not before if signs[0].text in STOPS else before and not after


def _take_tail(pieces: Sequence[Piece], end: int) -> int:
    """The end of a run with the signs on its right that belong to it: "40%", and "Meta-" at a line's end."""
    while end < len(pieces) and pieces[end].kind in _SIGNS and not pieces[end - 1].apart:
        sign, kind = pieces[end].text, pieces[end - 1].kind
        free = end + 1 == len(pieces) or pieces[end + 1].kind == "-" or pieces[end].apart
        if not (sign in _NUMBER_SIGNS if kind == "N" else kind == "L" and sign in _TAIL_SIGNS and free):
            break
        end += 1
    return end


# --- Words ----------------------------------------------------------------------------------------


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
