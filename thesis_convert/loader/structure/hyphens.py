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
SURE_SHARE = 0.04
"""Where they end so more often than this nobody need ask whether they end divided words or compounds."""
MIN_PART = 4
"""Two words that both stand alone make a compound when neither is shorter than this: endings are words, too."""
MIN_AFFIX = 3
"""A half with so many letters tells by its other words whether it takes a hyphen; shorter ones are syllables."""
LONGEST_ABBREVIATION = 4
"""Capitals on both sides of a hyphen, so many at most, are abbreviations ("DVD-ROM"), which are not divided."""
SHORTEST_REST = 2
"""Word division takes two letters at least to the next line; a single one is a word ("vis-à-vis")."""
MIN_PROVEN = 40
"""So many divided words that stand whole elsewhere show how short the parts may be."""
COMMON = 0.001
"""A common word is one in a thousand."""
MIN_REPEATED = 4
"""So many letters at the end of one half and the beginning of the other are a word said twice ("berhati-hati")."""

_WORD = re.compile(r"[^\W\d_]++(?:[-\u2010\u2011’'][^\W\d_]++)*+")
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
        halves: list[tuple[str, str]] = []
        head = ""
        for line in lines:
            text = line.text.casefold()
            total += 1
            if divided:
                rest, _, text = text.partition(" ")  # the rest of a word is none
                halves.append((head, rest))
            divided = text.endswith(tuple(HYPHENS))
            if divided:
                ended += 1
                text, _, head = text.rpartition(" ")
            self._words.update(_WORD.findall(text))
            if "-" in text:
                self._open.update(pair for pair in _OPEN.findall(line.text) if pair.partition("-")[2].islower())
        self._after: defaultdict[str, set[str]] = defaultdict(set)
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        for word, number in list(self._words.items()):
            if "-" in word:
                parts = word.split("-")
                for part in parts:
                    self._words[part] += number
                self._after[parts[0]].add(parts[1])
                self._before[parts[-1]].add(parts[-2])
        self._divides = ended > DIVIDING_SHARE * total and (ended > SURE_SHARE * total or self._has_divided(halves))
        self._common = COMMON * self._words.total()
        self._shortest = self._measure_shortest(halves)
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
        if len(right) < SHORTEST_REST or "@" in after or self._is_short_word(left, right) or _repeats(left, right):
            return "-"
        capitals = last.group(1).isupper()
        if capitals and first.group().isupper() and max(len(left), len(right)) <= LONGEST_ABBREVIATION:
            return "-"
        if first.group()[0].isupper() != capitals and (len(left) > 1 or not capitals):
            return "-"
        if after[len(right) :][:1] in ("", " ") and right in _suspending_words():
            return "- "
        capital = last.group(1)[0].isupper() and not capitals
        if not self._divides or (self._takes_hyphen(left, right) and not (capital and self._writes_closed())):
            return "-"  # "Haus-Tür" would have two capitals
        both = self._words[left] and self._words[right] and min(len(left), len(right)) >= MIN_PART
        return "-" if both and not self._writes_closed() else ""

    def _has_divided(self, halves: Iterable[tuple[str, str]]) -> bool:
        """Whether a word that a line's end divides stands whole elsewhere, or none of them with a hyphen."""
        opened = False
        for before, after in halves:
            last, first = _LAST.search(before), _FIRST.match(after)
            if last and first:
                if self._words[last.group(1) + first.group()]:
                    return True
                opened = opened or self._words[f"{last.group(1)}-{first.group()}"] > 0
        return not opened

    def _is_short_word(self, left: str, right: str) -> bool:
        """Whether a half is shorter than the parts of divided words are here, and the second a common word itself."""
        if len(left) >= self._shortest[0] and len(right) >= self._shortest[1]:
            return False
        return self._words[right] > self._common

    def _measure_shortest(self, halves: Iterable[tuple[str, str]]) -> tuple[int, int]:
        """How few letters this thesis leaves on a line and takes to the next one, in words that it spells elsewhere."""
        proven: list[tuple[int, int]] = []
        for before, after in halves:
            last, first = _LAST.search(before), _FIRST.match(after)
            if last and first and self._words[last.group(1) + first.group()]:
                proven.append((len(last.group(1)), len(first.group())))
        if len(proven) < MIN_PROVEN:
            return 0, 0
        return min(head for head, _ in proven), min(rest for _, rest in proven)

    def _takes_hyphen(self, left: str, right: str) -> bool:
        """Whether a half stands with a hyphen in more words than without, and the other half is a word."""
        open_words = closed_words = 0
        if self._words[right] and len(left) >= MIN_AFFIX:
            open_words += len(self._after[left])
            closed_words += self._count_closed(left, self._forwards)
        if self._words[left] and len(right) >= MIN_AFFIX:
            open_words += len(self._before[right])
            closed_words += self._count_closed(right[::-1], self._backwards)
        return open_words > closed_words

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


def _repeats(left: str, right: str) -> bool:
    """Whether the second half begins with what the first ends with, as words do that are doubled."""
    shorter = min(len(left), len(right))
    return any(left.endswith(right[:length]) for length in range(MIN_REPEATED, shorter + 1))


def _suspending_words() -> frozenset[str]:
    """Words that join one compound to another, of which the first leaves out what both end with."""
    return frozenset(load_data("hyphens.json")["suspending"])
