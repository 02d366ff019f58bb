"""Puts the lines of a title page together: those that belong to each other, column by column.

In: a page's lines in reading order. Out: stanzas of lines. On a title page space and type alone tell
what belongs together; a line that runs over a wide gap ("Supervisor      Candidate") is several lines
that stand beside each other, as the words on both sides go on below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from thesis_convert.page import Line, Word, enclosing_box
from thesis_convert.scripts import has_any

WIDE_GAP = 1.8
"""A gap of so many sizes within a line parts columns, when it is also this many times its usual gap:"""
UNUSUAL_GAP = 3.0
CLOSE = 1.9
"""Baselines no further apart than this many sizes are of one stanza: no title is set with more leading."""
SAME_SIZE = 0.06
"""Sizes that differ by no more than this share are one type."""
OPEN_STANZAS = 4
"""So many columns can stand beside each other."""

Stanza = tuple[Line, ...]

_HYPHENS = ("-", "\u2010", "\u00ad")
IDEOGRAPHS = (("\u3400", "\u9fff"),)
_UNSPACED = (("\u3000", "\u30ff"), *IDEOGRAPHS, ("\uff00", "\uffef"))


def split_stanzas(lines: Sequence[Line]) -> list[Stanza]:
    """The lines in stanzas, in the order in which they begin."""
    stanzas: list[list[Line]] = []
    for whole in lines:
        for line in cut_line(whole):
            for stanza in reversed(stanzas[-OPEN_STANZAS:]):
                if _continues(stanza[-1], line):
                    stanza.append(line)
                    break
            else:
                stanzas.append([line])
    return [tuple(stanza) for stanza in stanzas]


def join_lines(texts: Iterable[str]) -> str:
    """The words of several lines as one text: divided words are joined, and Chinese goes on without a space."""
    text = ""
    for part in texts:
        if text.endswith(_HYPHENS) and not text.endswith((" -", "--")):
            text = text[:-1] + part if part[:1].islower() else text + part
        elif has_any(text[-1:], _UNSPACED) and has_any(part[:1], _UNSPACED):
            text += part
        else:
            text = f"{text} {part}" if text else part
    return re.sub(r"\s+", " ", text)


def cut_line(line: Line) -> list[Line]:
    """The line cut at its wide gaps."""
    gaps = [_gap(before, word) for before, word in zip(line.words, line.words[1:], strict=False)]
    spaces = [gap for gap in gaps if gap > 0]
    if not spaces or max(spaces) <= WIDE_GAP * line.size:
        return [line]
    usual = median(sorted(spaces)[: (len(spaces) + 1) // 2])
    limit = max(WIDE_GAP * line.size, UNUSUAL_GAP * usual if len(spaces) > 2 else 0.0)
    parts: list[list[Word]] = [[line.words[0]]]
    for gap, word in zip(gaps, line.words[1:], strict=True):
        if gap > limit and not (_is_spaced(parts[-1][-1]) and _is_spaced(word)):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [_make_line(line, part) for part in parts] if len(parts) > 1 else [line]


def _is_spaced(word: Word) -> bool:
    """Whether a word is a single letter of Chinese, as in "学    号："."""
    return len(word.text.rstrip("：:")) == 1 and has_any(word.text[:1], IDEOGRAPHS)


def _gap(before: Word, word: Word) -> float:
    """The space between two words, whichever way they are read."""
    return max(word.box.left - before.box.right, before.box.left - word.box.right)


def _make_line(line: Line, words: Sequence[Word]) -> Line:
    text = "".join((" " if word.space_before else "") + word.text for word in words).strip()
    main = max(words, key=lambda word: len(word.text))
    box = enclosing_box([word.box for word in words])
    return replace(line, words=tuple(words), text=text, box=box, baseline=main.baseline, font=main.font)


def _continues(above: Line, line: Line) -> bool:
    step = above.baseline - line.baseline
    size = max(above.size, line.size)
    if above.page != line.page or not 0.5 * size < step < CLOSE * size:
        return False
    if abs(above.size - line.size) > SAME_SIZE * size or above.font.bold != line.font.bold:
        return False
    shared = min(above.box.right, line.box.right) - max(above.box.left, line.box.left)
    return shared >= 0.5 * min(above.box.width, line.box.width) or abs(above.start - line.start) < 0.3 * size
