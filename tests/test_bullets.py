"""Bullets that are drawn begin items like those that are set."""

from __future__ import annotations

from thesis_convert.loader.layout.bullets import write_bullets
from thesis_convert.page import BoundingBox, Font, Page, Picture, Word

BODY = Font("Serif", 10.0)


def _make_page(rows: list[tuple[float, str]], squares: list[tuple[float, float, float]]) -> Page:
    words = [
        Word(
            text,
            BoundingBox(x, 698.0 - 12 * row, x + 5 * len(text), 708.0 - 12 * row),
            700.0 - 12 * row,
            BODY,
            True,
            100 * row,
        )
        for row, (x, text) in enumerate(rows)
    ]
    pictures = [
        Picture(BoundingBox(x, y, x + side, y + side), "rectangle", number)
        for number, (x, y, side) in enumerate(squares)
    ]
    return Page(0, 1, "", 500.0, 800.0, tuple(words), pictures=tuple(pictures))


def _read(rows: list[tuple[float, str]], squares: list[tuple[float, float, float]]) -> list[str]:
    (page,) = write_bullets([_make_page(rows, squares)])
    return [word.text for word in page.words]


def test_a_small_square_before_a_line_is_a_bullet() -> None:
    rows = [(100.0, "rivers"), (115.0, "to measure"), (115.0, "to count")]
    assert _read(rows, [(105.0, 690.0, 3.0), (105.0, 678.0, 3.0)]) == ["rivers", "▪", "to measure", "▪", "to count"]


def test_one_square_alone_is_none() -> None:
    assert _read([(115.0, "to measure")], [(105.0, 702.0, 3.0)]) == ["to measure"]


def test_squares_after_words_are_none() -> None:
    rows = [(100.0, "proof"), (100.0, "proof")]
    assert _read(rows, [(127.0, 702.0, 3.0), (127.0, 690.0, 3.0)]) == ["proof", "proof"]


def test_pictures_as_large_as_letters_are_none() -> None:
    rows = [(115.0, "to measure"), (115.0, "to count")]
    assert _read(rows, [(104.0, 700.0, 9.0), (104.0, 688.0, 9.0)]) == ["to measure", "to count"]
