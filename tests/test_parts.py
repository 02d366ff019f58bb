"""Parts of a thesis set to another measure, such as papers bound in, are measured for themselves."""

from __future__ import annotations

from thesis_convert.loader.layout import lay_out
from thesis_convert.page import BoundingBox, Font, Page, PageLayout, Typography, Word

WORDS = ("gauge", "bridge", "every", "noon", "notebook", "clerk", "mill", "of", "the", "lower", "town")
FRAME, PAPER = (110.0, 390.0), (60.0, 440.0)
LARGER = Font("Serif", 11.0)
BODY = Font("Serif", 10.0)


def _make_page(index: int, edges: tuple[float, float], font: Font = BODY, indent: float = 0.0, rows: int = 30) -> Page:
    """A justified page; every fifth line begins a paragraph, every tenth stands in by `indent`."""
    words: list[Word] = []
    for row in range(rows):
        left = edges[0] + (12.0 if row % 5 == 0 else 0.0) + (indent if row % 10 else 0.0)
        right = edges[1] - (90.0 if row % 5 == 4 else 0.0)
        y = 700.0 - 14 * row
        step = (right - left) / 8
        for place in range(8):
            text = WORDS[(5 * index + 3 * row + place) % len(WORDS)]
            x = left + place * step
            box = BoundingBox(x, y - 2, x + step - (0.0 if place == 7 else 2.0), y + 7)
            words.append(Word(text, box, y, font, True, 100 * row + place))
    return Page(index, index + 1, "", 500.0, 800.0, tuple(words))


def _read(pages: list[Page]) -> tuple[tuple[PageLayout, ...], Typography]:
    return lay_out(pages)


def test_pages_with_edges_of_their_own_have_a_column_of_their_own() -> None:
    frame = [_make_page(number, FRAME, LARGER) for number in range(5)]
    layouts, typography = _read([*frame, *(_make_page(number, PAPER) for number in range(5, 15))])
    assert {round(line.indent) for line in layouts[2].text} == {0, 12}
    assert {round(line.indent) for line in layouts[9].text} == {0, 12}
    assert [typography.size_on(page) for page in (2, 9)] == [11.0, 10.0]


def test_the_short_last_page_of_a_part_goes_with_it() -> None:
    frame = [_make_page(number, FRAME, rows=30 if number < 4 else 5) for number in range(5)]
    _, typography = _read([*frame, *(_make_page(number, PAPER) for number in range(5, 15))])
    assert round(typography.columns[4].left) == FRAME[0]


def test_pages_of_hanging_entries_keep_the_column() -> None:
    entries = [_make_page(number, PAPER, indent=30.0) for number in range(10, 14)]
    _, typography = _read([*(_make_page(number, PAPER) for number in range(10)), *entries])
    assert {round(column.left) for column in typography.columns} == {PAPER[0]}


def test_two_pages_set_in_are_no_part() -> None:
    inside = [_make_page(number, FRAME) for number in (4, 5)]
    rest = [_make_page(number, PAPER) for number in range(6, 12)]
    _, typography = _read([*(_make_page(number, PAPER) for number in range(4)), *inside, *rest])
    assert {round(column.left) for column in typography.columns} == {PAPER[0]}
