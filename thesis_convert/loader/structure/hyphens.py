"""Decides whether a hyphen at a line's end belongs to the word.

In: all lines of a thesis. Out: a `Hyphenation` that joins two halves. The thesis bears witness
itself: a word that it spells without the hyphen elsewhere was only divided, one that it spells with
the hyphen inside a line keeps it. Where it does not have the word, the halves may tell: "non-" and
"self-" go before other words with a hyphen or without. Where it says nothing at all, its habit decides:
a typesetter that divides words ends one line in ten or twenty with a hyphen, one that does not ends
only compounds so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable

from thesis_convert.loader.structure.folding import load_data
from thesis_convert.page import Line

HYPHENS = "-\u2010\u00ad\u2011"
DIVIDING_SHARE = 0.012
"""A thesis whose lines end with a hyphen more often than this was set with word division."""
MIN_PART = 4
"""Two words that both stand alone make a compound when neither is shorter than this: endings are words, too."""
MIN_AFFIX = 3
"""A half with so many letters tells by its other words whether it takes a hyphen; shorter ones are syllables."""
SHORTEST_REST = 2
"""Word division takes two letters at least to the next line; a single one is a word ("vis-à-vis")."""

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011’'][^\W\d_]+)*")
_OPEN = re.compile(r"[^\W\d_]{4,}-[^\W\d_]{4,}(?![\w-])")
_LAST = re.compile(r"([^\W\d_]+)[-\u2010\u00ad\u2011]$")
_FIRST = re.compile(r"[^\W\d_]+")
_WEB = re.compile(r"://|^\W*www\.", re.I)


class Hyphenation:
    """What is known of a thesis's words: `join` uses it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: Counter[str] = Counter()
        self._open: set[str] = set()
        total = ended = 0
        divided = False
        for line in lines:
            text = line.text.casefold()
            total += 1
            if divided:
                text = text.partition(" ")[2]  # the rest of a word is none
            divided = text.endswith(tuple(HYPHENS))
            if divided:
                ended += 1
                text = text.rpartition(" ")[0]
            self._words.update(_WORD.findall(text))
            if "-" in text:
                self._open.update(pair for pair in _OPEN.findall(line.text) if pair.partition("-")[2].islower())
        self._divides = ended > DIVIDING_SHARE * total
        self._after: defaultdict[str, set[str]] = defaultdict(set)
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        for word, number in list(self._words.items()):
            if "-" in word:
                parts = word.split("-")
                for part in parts:
                    self._words[part] += number
                self._after[parts[0]].add(parts[1])
                self._before[parts[-1]].add(parts[-2])
        self._closed: bool | None = None
        self._forwards = sorted(self._words)
        self._backwards = sorted(word[::-1] for word in self._words)

    def join(self, before: str, after: str) -> str | None:
        """What stands between the two lines' touching words, None when no hyphen ends the first.

        `before` ends with the hyphen, `after` is the whole next word. Returns "" when the hyphen goes, "-" when it
        stays, and "- " when it stands for what a later word has in common with this one.
        """
        last = _LAST.search(before)
        first = _FIRST.match(after)
        tail = before.rpartition(" ")[2]
        if _WEB.search(tail):
            return "" if self._divides else "-"
        if "@" in tail and tail[-2:-1] == ".":
            return ""  # no part of an address begins with a hyphen
        if last is None:
            return None if not before.endswith(tuple(HYPHENS)) else "-"
        if first is None:
            return "-"
        whole = _WORD.match(after)
        if whole and self._words[f"{tail[:-1]}-{whole.group()}".casefold()]:
            return "-"  # a compound of three words that stands whole elsewhere
        left, right = last.group(1).casefold(), first.group().casefold()
        together, apart = self._words[left + right], self._words[f"{left}-{right}"]
        if together or apart:
            return "" if together >= apart else "-"
        if len(right) < SHORTEST_REST or "@" in after:
            return "-"
        capitals = last.group(1).isupper()
        if first.group()[0].isupper() != capitals and (len(left) > 1 or not capitals):
            return "-"
        if after[len(right) :][:1] in ("", " ") and right in _suspending_words():
            return "- "
        if not self._divides or self._takes_hyphen(left, right):
            return "-"
        both = self._words[left] and self._words[right] and min(len(left), len(right)) >= MIN_PART
        return "-" if both and not self._writes_closed() else ""

    def _takes_hyphen(self, left: str, right: str) -> bool:
        """Whether a half stands with a hyphen in more words than without, and the other half is a word."""
        if self._words[right] and len(left) >= MIN_AFFIX:
            return len(self._after[left]) > self._count_closed(left, self._forwards)
        if self._words[left] and len(right) >= MIN_AFFIX:
            return len(self._before[right]) > self._count_closed(right[::-1], self._backwards)
        return False

    def _writes_closed(self) -> bool:
        """Whether two words that are made one stand without a hyphen mostly, as in German, and not with one."""
        if self._closed is None:
            words = self._words
            pairs = sum(all(half in words for half in pair.casefold().split("-")) for pair in self._open)
            closed = sum(
                any(
                    word[:place] in words and word[place:] in words
                    for place in range(MIN_PART, len(word) - MIN_PART + 1)
                )
                for word in self._forwards
            )
            self._closed = closed > pairs
        return self._closed

    def _count_closed(self, affix: str, words: list[str]) -> int:
        """How many of the sorted `words` begin with `affix` and go on with a word of their own."""
        number = 0
        for place in range(bisect_right(words, affix), len(words)):
            if not words[place].startswith(affix):
                break
            rest = words[place][len(affix) :]
            number += (rest if words is self._forwards else rest[::-1]) in self._words
        return number


def _suspending_words() -> frozenset[str]:
    """Words that join one compound to another, of which the first leaves out what both end with."""
    return frozenset(load_data("hyphens.json")["suspending"])
