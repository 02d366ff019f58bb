"""Decides whether a hyphen at a line's end belongs to the word.

In: all lines of a thesis. Out: a `Hyphenation` that joins two halves. The thesis bears witness
itself: a word that it spells without the hyphen elsewhere was only divided, one that it spells with
the hyphen inside a line keeps it. Where it says nothing, its habit decides: a typesetter that divides
words ends one line in ten or twenty with a hyphen, one that does not ends only compounds so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from thesis_convert.page import Line

HYPHENS = "-\u2010\u00ad\u2011"
DIVIDING_SHARE = 0.012
"""A thesis whose lines end with a hyphen more often than this was set with word division."""

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011’'][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)[-\u2010\u00ad\u2011]$")
_FIRST = re.compile(r"[^\W\d_]+")


class Hyphenation:
    """What is known of a thesis's words: `join` uses it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: Counter[str] = Counter()
        total = ended = 0
        for line in lines:
            text = line.text.casefold()
            total += 1
            if text.endswith(tuple(HYPHENS)):
                ended += 1
                text = text.rpartition(" ")[0]
            self._words.update(_WORD.findall(text))
        self._divides = ended > DIVIDING_SHARE * total
        for word, number in list(self._words.items()):
            if "-" in word:
                for part in word.split("-"):
                    self._words[part] += number

    def join(self, before: str, after: str) -> str | None:
        """The two lines' touching words as one, None when no hyphen ends the first.

        `before` ends with the hyphen. Returns "" when the hyphen goes and "-" when it stays.
        """
        last = _LAST.search(before)
        first = _FIRST.match(after)
        if last is None:
            return None if not before.endswith(tuple(HYPHENS)) else "-"
        if first is None:
            return "-"
        whole = _WORD.match(after)
        if whole and self._words[f"{before.rpartition(' ')[2][:-1]}-{whole.group()}".casefold()]:
            return "-"  # a compound of three words that stands whole elsewhere
        left, right = last.group(1).casefold(), first.group().casefold()
        if first.group()[0].isupper() and not last.group(1).isupper():
            return "-"
        together, apart = self._words[left + right], self._words[f"{left}-{right}"]
        if together or apart:
            return "" if together >= apart else "-"
        if not self._divides:
            return "-"
        if self._words[left] and self._words[right] >= 2 and min(len(left), len(right)) >= 4:
            return "-"
        return ""
