"""Spaces between the lines of Korean: lines may end inside words, and no hyphen tells of it."""

from __future__ import annotations

from itertools import pairwise, product

from tests.paper import set_line
from thesis_convert.loader.structure.word_spacing import WordSpacing

WHO = ("서기가", "측량사가", "이웃들이", "시장이")
WHEN = ("아침에", "저녁마다", "홍수에")
WHAT = ("수위를", "장부를", "둑길을")
DID = ("기록하였고", "살펴보았고", "고쳐나갔고")
WORDS = [word for words in product(WHO, WHEN, WHAT, DID) for word in words]


def join(lines: list[str]) -> list[str]:
    """The words of a text that was set in `lines`."""
    spacing = WordSpacing(set_line(line) for line in lines)
    text = lines[0]
    for above, below in pairwise(lines):
        text += below if spacing.joins(above[-1], below[0]) else f" {below}"
    return text.split(" ")


def test_lines_that_divide_words_are_joined() -> None:
    text = " ".join(WORDS)
    lines = [text[start : start + 23].strip() for start in range(0, len(text), 23)]
    assert sum(" ".join(WORDS).count(f"{a[-3:]}{b[:3]}") > 0 for a, b in pairwise(lines)) > len(lines) / 2
    assert join(lines) == WORDS


def test_lines_that_end_between_words_keep_their_spaces() -> None:
    assert join([" ".join(WORDS[start : start + 5]) for start in range(0, len(WORDS), 5)]) == WORDS


def test_a_few_lines_tell_nothing() -> None:
    assert join(["서기가 아침에 수", "위를 기록하였고"]) == ["서기가", "아침에", "수", "위를", "기록하였고"]
