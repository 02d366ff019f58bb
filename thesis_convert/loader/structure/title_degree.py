"""Reads the degree from a title page.

In: the entries of the page. Out: the degree as printed, "" where the page does not tell. It may be a line of its own
or stand within a sentence ("for the degree of ..."), and take several lines in both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert.loader.structure.dates import read_date
from thesis_convert.loader.structure.folding import split_words
from thesis_convert.loader.structure.phrases import find_phrase, match_phrase
from thesis_convert.loader.structure.title_entries import Entry
from thesis_convert.loader.structure.title_lines import join_lines
from thesis_convert.loader.structure.title_roles import ARTICLES, LINKS, OF

MAX_DEGREE = 16
"""Words of a degree's name."""
MAX_DATED = 4
"""Words of a line with a date that tells place and time alone."""

_DEGREE_ENDS = re.compile(
    r"(?<=\w\w\w)[.;](?:\s|$)|\s[-–—]\s|[(\[]"
    r"|\s(?:at|an der|am|von|by|presented|submitted|to the|aan de|bij de|par|eingereicht|vorgelegt)\s"
)
_SENTENCE_COMMA = re.compile(r",(?:\s|$)")
_IN_SENTENCE = frozenset({"", "statement", "degree", "department", "institution", "thesis"})


def read_degree(entries: Sequence[Entry]) -> str:
    """The degree: what follows "for the degree of", or a line that begins with a degree's name."""
    for entry in entries:
        if entry.role.name == "degree-of" and entry.role.value:
            return _cut_degree(entry.role.value)
        if entry.role.name in ("degree-of", "thesis", "statement"):
            following = _go_on(entries, entry)
            if degree := _read_sentence(join_lines((entry.text, *following)), len(entry.text)):
                return degree
            if entry.role.name == "degree-of" and not following and entry.place + 1 < len(entries):
                after = entries[entry.place + 1]
                if after.role.name in ("", "degree", "thesis") and not _read_sentence(after.text, len(after.text)):
                    return _cut_degree(after.text)
    for entry in entries:
        if entry.role.name in ("thesis", "statement"):
            found = find_phrase(entry.words, "degree")
            if found is not None and found[1] > 1:
                text = join_lines((entry.text, *_go_on(entries, entry)))
                return _cut_degree(_SENTENCE_COMMA.split(text[entry.words[found[0]].start :])[0])
        if entry.role.name == "degree":
            text = entry.text
            for after in entries[entry.place + 1 : entry.place + 2]:
                if after.words and (after.words[0].text in LINKS or entry.words[-1].text in LINKS):
                    text = join_lines((text, after.text))
            return _cut_degree(_drop_label(text))
    return ""


def _go_on(entries: Sequence[Entry], first: Entry) -> list[str]:
    """The lines of a sentence after its first, three at most."""
    texts: list[str] = []
    words = list(first.words)
    for entry in entries[first.place + 1 : first.place + 4]:
        if entry.stanza != first.stanza or entry.role.name not in _IN_SENTENCE:
            break
        if len(entry.words) <= MAX_DATED and read_date(entry.text):
            break  # the place and the year below
        complete = find_phrase(words, "degree") and words[-1].text not in LINKS | ARTICLES
        if complete and entry.role.name == "institution":
            break
        texts.append(entry.text)
        words += entry.words
    return texts


def _drop_label(text: str) -> str:
    """A degree without "degree of" before its name."""
    words = split_words(text)
    length = match_phrase(words, 0, "degree-of")
    while length and length < len(words) and words[length].text in OF:
        length += 1
    named = 0 < length < len(words) and match_phrase(words, length, "degree")
    return text[words[length].start :] if named else text


def _read_sentence(text: str, end: int) -> str:
    """What follows "for the degree of" when that begins before `end`."""
    words = split_words(text)
    found = find_phrase(words, "degree-of")
    if found is None or found[1] < 2 or words[found[0]].start >= end:
        return ""
    rest = text[words[found[0] + found[1] - 1].end :].strip(" :：.,")
    degree = _cut_degree(_SENTENCE_COMMA.split(rest)[0])
    told = split_words(degree)
    place = find_phrase(told, "department") or find_phrase(told, "institution")
    return degree if not place or find_phrase(told, "degree") else ""


def _cut_degree(text: str) -> str:
    """The degree at the beginning of a text, without what the sentence goes on to say."""
    degree = _DEGREE_ENDS.split(text)[0]
    words = split_words(degree)
    while words and words[-1].text in LINKS | ARTICLES:
        degree = degree[: words.pop().start]
    if len(words) > MAX_DEGREE or not any(map(str.isalpha, degree)):
        return ""
    return re.sub(r"\s+", " ", degree).strip(" :,;–—-")
