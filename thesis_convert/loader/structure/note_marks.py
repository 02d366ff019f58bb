"""Finds the marks of notes in the text: raised words that may print a label.

In: lines. Out: the raised words in reading order, those that look like exponents known as doubtful; and
which of them print a given label. A label is a number, a letter, a roman numeral, a circled number or a
row of asterisks and daggers, bare or in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from thesis_convert.page import Line, Word, WordKey
from thesis_convert.roman import parse_roman
from thesis_convert.scripts import fold_digits

CIRCLED = "\u2460-\u2487\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf"
SYMBOLS = "*∗⁎＊†‡§¶‖※#"

_BEFORE_MARK = frozenset(".,;:!?)]}\"'“”‘’«»‹›…*–—-/%。，、；：！？）」』》〉】")
"""Signs that a mark may stand behind, a country's closing marks of quotation being another's opening ones.

Behind any other it is an exponent or part of a formula.
"""
_NUMBER = r"[*∗＊]?\d{1,4}"
"""Japanese classes set an asterisk before the number."""
LABEL = re.compile(rf"^[\[(〔［（]?({_NUMBER}|[{SYMBOLS}]{{1,4}}|[{CIRCLED}]|[a-z]|[ivxlc]{{2,8}})[\])〕］）]?$")
PLAIN_LABEL = re.compile(rf"^[\[(〔［（]?({_NUMBER}|[{SYMBOLS}]{{1,4}}|[{CIRCLED}])[\])〕］）]?[.:)]?$")
ROMAN_LABEL = re.compile(r"^[(]?([ivxlc]{1,8})[)]?[.:)]?$")


_UNIT = re.compile(r"[\d.,]*[a-zA-Zµμ]{2}")
"""A unit with a prefix, such as km, is two letters."""
NO_WORD = 2.0
POWER = 1.0
UNIT = 0.5
"""How doubtful raised words are that stand behind no word of the text, behind a digit, behind what may be a unit."""


class RaisedWords(NamedTuple):
    """Raised words that stand together, and the word that they stand behind."""

    words: tuple[Word, ...]
    before: Word | None


def list_raised(lines: Sequence[Line]) -> Iterator[RaisedWords]:
    """The raised words of some lines, in reading order."""
    for line in lines:
        if not any(word.font is not line.font for word in line.words):
            continue  # as most lines are: nothing is smaller than the rest
        run: list[Word] = []
        before: Word | None = None
        for place, word in enumerate(line.words):
            raised = line.raises(word)
            if run and not (raised and not word.space_before):
                yield RaisedWords(tuple(run), before)
                run = []
            if raised:
                if not run:
                    before = line.words[place - 1] if place else None
                run.append(word)
        if run:
            yield RaisedWords(tuple(run), before)


def match_mark(label: str, page: int, raised: Sequence[RaisedWords], used: Set[WordKey]) -> tuple[WordKey, ...]:
    """The keys of the first unused words that print a label: a whole run, or a part of one ("4" and "5" in "45")."""
    wanted = fold_digits(label)
    for whole in (True, False):
        for run, _ in raised:
            for start in range(1 if whole else len(run)):
                for end in (len(run),) if whole else range(start + 1, len(run) + 1):
                    keys = tuple((page, word.order) for word in run[start:end])
                    if read_label(run[start:end]) == wanted and used.isdisjoint(keys):
                        return keys
    return ()


def read_label(words: Sequence[Word]) -> str:
    """The label that words print, with its digits folded; "" when they print none."""
    match = LABEL.match("".join(word.text for word in words).rstrip(",;، "))
    return fold_digits(match.group(1)) if match else ""


def count_label(label: str) -> int:
    """What a label counts: 12 for "12", "⑫" and "xii"; 0 when it does not count, as an asterisk."""
    folded = unicodedata.normalize("NFKC", fold_digits(label)).strip("().*∗")
    return int(folded) if folded.isdecimal() else parse_roman(folded)


def is_doubtful(raised: RaisedWords) -> bool:
    """Whether raised words may be an exponent or a numerator: they do not stand on a word of the text."""
    return rate_doubt(raised) >= NO_WORD


def rate_doubt(raised: RaisedWords) -> float:
    """How much raised words look like something else than a mark: 0 for a mark behind a word or a sign."""
    before = raised.before
    if before is None or before.font.math:
        return NO_WORD
    text = before.text.rstrip()
    end = text[-1:]
    if not (end.isalnum() or end in _BEFORE_MARK) or (len(text) == 1 and text.isascii() and text.isalnum()):
        return NO_WORD
    if end.isdigit():
        return POWER
    # Few words of the text are as short as units are, and end a sentence or come before a note.
    return UNIT if _UNIT.fullmatch(text) and raised.words[0].text[:1].isdigit() else 0.0
