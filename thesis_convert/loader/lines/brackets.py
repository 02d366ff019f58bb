"""Turns brackets the way that they are used, on lines that are read from the right.

In: words in reading order. Out: the same, each bracket with the code that opens or closes. Producers do
not agree whether a bracket's code is that of the sign or of its shape on paper, and what is meant shows
better by its place: it hugs what it encloses.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.page import Word
from thesis_convert.scripts import ARABIC_STOPS, CLOSING, OPENING

STOPS = frozenset(".,:;!?") | ARABIC_STOPS
"""What follows a closing bracket without a space."""
_BRACKETS = frozenset(OPENING + CLOSING)
_TO_OPENING = str.maketrans(CLOSING, OPENING)
_TO_CLOSING = str.maketrans(OPENING, CLOSING)


def turn_brackets(words: Sequence[Word]) -> list[Word]:
    """The words in reading order with every bracket turned the way that it is used."""
    if not any(word.text[0] in _BRACKETS for word in words):
        return list(words)
    result = list(words)
    opened: list[str] = []
    place = 0
    while place < len(words):
        if words[place].text[0] not in _BRACKETS:
            place += 1
            continue
        end = place + 1
        while end < len(words) and words[end].text[0] in _BRACKETS and not words[end].space_before:
            end += 1
        side = _find_side(words, place, end)
        for number in range(place, end):
            kind = words[number].text[0].translate(_TO_OPENING)
            opens = side == "opens" or (side == "" and kind not in opened)
            if opens:
                opened.append(kind)
            elif kind in opened:
                opened.remove(kind)
            text = kind * len(words[number].text)
            result[number] = words[number]._replace(text=text if opens else text.translate(_TO_CLOSING))
        place = end
    return result


def _find_side(words: Sequence[Word], start: int, end: int) -> str:
    """Whether brackets that touch hug what follows ("opens") or what goes before ("closes"), "" for neither."""
    free_before = start == 0 or words[start].space_before
    free_after = end == len(words) or words[end].space_before or words[end].text[0] in STOPS
    if free_before == free_after:
        return ""
    return "opens" if free_before else "closes"
