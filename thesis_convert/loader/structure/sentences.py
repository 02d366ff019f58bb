"""Tells whether a sentence is over at the end of a line.

In: the text of a thesis's lines. Out: its abbreviations, and whether a text ends its sentence. A full stop ends a
sentence, unless it is that of an abbreviation or stands in a bracket that is still open. The words before which
numbers stand are known in many languages; others the thesis shows itself: after the stop of an abbreviation a line
goes on with a figure or a small letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from thesis_convert.loader.structure.continuity import SENTENCE_END
from thesis_convert.loader.structure.folding import load_data

MIN_SEEN = 2
"""So often a word goes on behind its stop, in a line, before it counts as an abbreviation."""
MAX_LETTERS = 6
"""Abbreviations are no longer."""

_STOPPED = re.compile(rf"(?<![^\s(\[„“\"'.])([^\W\d_]{{1,{MAX_LETTERS}}})\. ?(?=(\S))")
_LAST = re.compile(rf"(?<![^\s(\[„“\"'.])([^\W\d_]{{1,{MAX_LETTERS}}})\.$")
_OPENING, _CLOSING = re.compile(r"[(\[（［]"), re.compile(r"[)\]）］]")


def find_abbreviations(texts: Iterable[str]) -> frozenset[str]:
    """The abbreviations that lines of text show, casefolded and without their stop, and those of many languages."""
    seen: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for text in texts:
        if "." not in text:
            continue
        for word, following in _STOPPED.findall(text):
            seen[word] += 1
            inside[word] += following.isdigit() or following.islower()
    found = {word.casefold() for word, number in inside.items() if number >= MIN_SEEN and 2 * number > seen[word]}
    return _known_abbreviations() | found


def ends_sentence(text: str, abbreviations: frozenset[str]) -> bool:
    """Whether `text`, the last lines of a block, ends a sentence."""
    if SENTENCE_END.search(text) is None:
        return False
    if len(_OPENING.findall(text)) > len(_CLOSING.findall(text)):
        return False
    last = _LAST.search(text)
    return last is None or last.group(1).casefold() not in abbreviations


@cache
def _known_abbreviations() -> frozenset[str]:
    return frozenset(word.casefold() for words in load_data("abbreviations.json").values() for word in words)
