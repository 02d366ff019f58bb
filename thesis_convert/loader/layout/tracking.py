"""Puts letter-spaced words together: "A B S T R A C T" over a chapter, s p a c e d emphasis in a line.

In: chunks of words on one baseline. Out: the same, with runs of single letters that stand evenly apart as
words. Kerned pairs and signs may stand among them. Letters that are words of their own, such as variables
or initials, are not set at even distances from three others and further from all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from thesis_convert.page import Word, enclosing_box

MIN_LETTERS = 4
"""Fewer letters at even distances are a chance."""
MAX_GAP = 0.9
"""Letters further apart than so many sizes are columns of a table."""
EVEN = 0.08
"""Distances that differ by less than so many sizes are even; they differ by the kerning of letter pairs."""
EVEN_SHARE = 0.85
"""This share of the distances is even: a few pairs are kerned by more."""
MAX_KERNED = 3
"""Kerning pulls so many letters at most together to what looks like a word."""
SINGLE_SHARE = 0.6
"""So many of the words in letter-spaced type are single characters: most of them are not kerned."""
WORD_GAP = 1.5
"""The gap between two letter-spaced words is this many times that between their letters."""


def close_tracked(chunks: Iterable[list[Word]]) -> Iterator[list[Word]]:
    """The chunks with letter-spaced words closed."""
    for chunk in chunks:
        singles = [len(word.text) for word in chunk].count(1)
        yield chunk if singles < MIN_LETTERS else _close(chunk)


def _close(chunk: list[Word]) -> list[Word]:
    result: list[Word] = []
    place = 0
    while place < len(chunk):
        end = place
        while end < len(chunk) and _is_short(chunk[end]) and chunk[end].font == chunk[place].font:
            end += 1
        run = chunk[place:end]
        singles = sum(len(word.text) == 1 for word in run)
        if sum(map(_is_letter, run)) >= MIN_LETTERS and singles >= SINGLE_SHARE * len(run):
            before = chunk[place - 1] if place else None
            after = chunk[end] if end < len(chunk) else None
            result += _close_run(run, before, after)
        else:
            end = max(end, place + 1)
            result += chunk[place:end]
        place = end
    return result


def _is_letter(word: Word) -> bool:
    """Whether a word is one letter of a script that has words of several, and that has a case."""
    text = word.text
    return len(text) == 1 and text.lower() != text.upper() and not word.font.math


def _is_short(word: Word) -> bool:
    """Whether a word may be a piece of letter-spaced type: a letter or figure, a few that are kerned, or a sign."""
    if word.font.math or len(word.text) > MAX_KERNED:
        return False
    return all(c.lower() != c.upper() or c.isdigit() or not c.isalnum() for c in word.text)


def _close_run(letters: Sequence[Word], before: Word | None, after: Word | None) -> list[Word]:
    """The pieces as words, when they stand evenly apart and further from what is around them."""
    size = letters[0].font.size
    gaps = [b.box.left - a.box.right for a, b in pairwise(letters)]
    usual = median(gaps)
    narrow = [gap for gap in gaps if gap < WORD_GAP * usual]
    even = sum(abs(gap - usual) <= EVEN * size for gap in narrow)
    if not EVEN * size < usual < MAX_GAP * size or even < EVEN_SHARE * len(narrow):
        return list(letters)
    outer = [letters[0].box.left - before.box.right] if before is not None else []
    outer += [after.box.left - letters[-1].box.right] if after is not None else []
    if any(0.5 * usual < gap < WORD_GAP * usual for gap in outer):
        return list(letters)
    groups = [[letters[0]]]
    for letter, gap in zip(letters[1:], gaps, strict=True):
        if gap < WORD_GAP * usual:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [
        group[0]._replace(text="".join(w.text for w in group), box=enclosing_box([w.box for w in group]))
        for group in groups
    ]
