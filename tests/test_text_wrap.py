"""Lines of plain text: their width by East Asian width, and where they may end."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text_samples import count_columns
from thesis_convert.writers.text_wrap import measure_columns, wrap_text


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("rain", 4),
        ("Größe", 5),
        ("雨量", 4),
        ("ｒａｉｎ", 8),
        ("e\u0301te\u0301", 3),
        ("が\u3099", 2),
        ("ไม้", 2),
        ("“…”", 3),
        ("", 0),
    ],
)
def test_columns_are_those_of_a_terminal(text: str, columns: int) -> None:
    assert measure_columns(text) == columns


def test_words_fill_the_lines() -> None:
    text = "They wrote in blue books and on barn doors with chalk."
    assert wrap_text(text, 20) == ["They wrote in blue", "books and on barn", "doors with chalk."]
    assert wrap_text(text, 0) == [text]


def test_later_lines_hang_unless_a_word_needs_the_room() -> None:
    assert wrap_text("[1] Lamb, O. The Dry Beetle.", 14, 4) == ["[1] Lamb, O.", "    The Dry", "    Beetle."]
    assert wrap_text("see https://rain.org/1", 20, 4) == ["see", "  https://rain.org/1"]


def test_line_ends_of_the_thesis_stay_and_runs_of_spaces_do_not() -> None:
    assert wrap_text("Harrowmere,\n 31  March ", 0) == ["Harrowmere,", "31 March"]
    assert wrap_text(" ", 10) == []


def test_a_word_too_long_stands_alone_and_whole() -> None:
    assert wrap_text("a Donaudampfschifffahrt b", 10) == ["a", "Donaudampfschifffahrt", "b"]


def test_no_break_spaces_hold_words_together() -> None:
    assert wrap_text("see page\u00a012 there", 10) == ["see", "page\u00a012", "there"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("山谷裡的雨量紀錄", 6, ["山谷裡", "的雨量", "紀錄"]),
        ("山谷裡的雨量紀錄", 7, ["山谷裡", "的雨量", "紀錄"]),
        ("山谷裡，的雨", 6, ["山谷", "裡，的", "雨"]),  # a comma does not begin a line
        ("山谷「裡的」雨", 6, ["山谷", "「裡", "的」雨"]),  # a bracket does not end one
        ("きゃっかん", 4, ["きゃっ", "かん"]),  # small kana stay with the one before
        ("データ", 4, ["デー", "タ"]),
        ("使用Python語言", 8, ["使用", "Python語", "言"]),
        ("發現[1]。使用", 6, ["發", "現[1]。", "使用"]),  # nor does the mark of a note
        ("本_雨量_的", 4, ["本_雨", "量_的"]),  # emphasis keeps its signs
        ("비가 오는 날", 5, ["비가", "오는", "날"]),  # Korean has spaces
        ("葛\U000e0100飾区", 4, ["葛\U000e0100飾", "区"]),
    ],
)
def test_lines_end_between_east_asian_characters_by_their_rules(text: str, width: int, lines: list[str]) -> None:
    assert wrap_text(text, width) == lines


letters = st.sampled_from("aéñ雨山谷の，。「」（）e\u0301かー한글שلم中[]1_*-. ")


@given(st.text(letters, max_size=120), st.integers(4, 40), st.integers(0, 4))
def test_no_line_is_wider_than_asked_unless_one_word_is(text: str, width: int, hang: int) -> None:
    lines = wrap_text(text, width, hang)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        if count_columns(line) > width:
            assert " " not in line.strip()
            assert re.search("[雨山谷の中か]{2}", line) is None


@given(st.lists(st.text("abc雨", min_size=1, max_size=6), min_size=1, max_size=30), st.integers(12, 30))
def test_lines_are_as_full_as_they_can_be(words: list[str], width: int) -> None:
    lines = wrap_text(" ".join(words), width)
    for line, following in pairwise(lines):
        first = re.match("[abc]+|雨", following)
        assert first is not None
        assert count_columns(line) + count_columns(first[0]) + 1 > width
