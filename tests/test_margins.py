"""Notes in the margin are told from running heads, long lines and title pages."""

from __future__ import annotations

from collections.abc import Iterable

from thesis_convert.loader.layout import lay_out
from thesis_convert.page import BoundingBox, Font, Page, PageLayout, Word

SIZE = 10.0
BODY = Font("Serif", SIZE)
SMALL = Font("Serif", 8.0)
LEFT, RIGHT, MARGIN = 100.0, 340.0, 360.0
WORDS = (
    *("the", "gauge", "at", "bridge", "was", "read", "every", "day", "at", "noon"),
    *("and", "what", "it", "told", "went", "into", "notebook", "of", "clerk"),
)


def _set(text: str, x: float, y: float, font: Font, order: int) -> list[Word]:
    """Words of even letters from `x` on."""
    words: list[Word] = []
    advance = 0.48 * font.size
    for word in text.split():
        right = x + len(word) * advance
        words.append(Word(word, BoundingBox(x, y - 2, right, y + 7), y, font, True, order + len(words)))
        x = right + advance
    return words


def _make_page(index: int, notes: Iterable[tuple[float, float, str]], title: bool = False, font: Font = SMALL) -> Page:
    words: list[Word] = []
    for number in range(0 if title else 30):
        start = (5 * index + 3 * number) % len(WORDS)
        words += _set(" ".join((WORDS * 2)[start : start + 11])[:48], LEFT, 700.0 - 14 * number, BODY, 1000 * number)
    for number, (x, y, text) in enumerate(notes):
        words += _set(text, x, y, font, 100_000 + 1000 * number)
    return Page(index, index + 1, "", 500.0, 800.0, tuple(words))


def _read(pages: list[Page]) -> tuple[PageLayout, ...]:
    return lay_out(pages)[0]


def test_notes_stand_at_an_edge_of_their_own() -> None:
    pages = [_make_page(n, [(MARGIN, 650.0, f"see gauge {n}"), (MARGIN, 640.0, "and the mill")]) for n in range(6)]
    assert [line.text for line in _read(pages)[2].margin] == ["see gauge 2", "and the mill"]


def test_a_running_head_that_reaches_into_the_margin_is_no_note() -> None:
    notes = [(MARGIN, 650.0, "see gauge"), (MARGIN, 640.0, "and the mill")]
    heads = [[(LEFT, 750.0, "The clerks"), (MARGIN + 60, 750.0, str(number))] for number in range(6)]
    layouts = _read([_make_page(number, [*notes, *head]) for number, head in enumerate(heads)])
    assert [line.text for line in layouts[2].furniture] == ["The clerks 2"]
    assert [line.text for line in layouts[2].margin] == ["see gauge", "and the mill"]


def test_a_title_page_has_no_notes() -> None:
    notes = [(MARGIN, 650.0, "see gauge"), (MARGIN, 640.0, "and the mill")]
    title = _make_page(
        0, [(300.0, 600.0, "The clerks of the"), (400.0, 580.0, "river"), (420.0, 560.0, "1921")], title=True
    )
    layouts = _read([title, *(_make_page(number, notes) for number in range(1, 7))])
    assert not layouts[0].margin
    assert layouts[3].margin


def test_numbers_of_paragraphs_are_no_notes() -> None:
    pages = [
        _make_page(n, [(MARGIN, 700.0, f"{2 * n + 1}"), (MARGIN, 630.0, f"{2 * n + 2}"), (MARGIN, 560.0, "see gauge")])
        for n in range(6)
    ]
    layout = _read(pages)[2]
    assert [line.text for line in layout.margin] == ["see gauge"]
    assert {line.text for line in layout.furniture} == {"5", "6"}
    assert len(layout.text) == 30


def test_a_number_in_the_type_of_its_heading_is_part_of_it() -> None:
    heading = Font("Serif", 12.0, 700)
    pages = [_make_page(n, [(60.0, 650.0, "see gauge"), (60.0, 640.0, f"number {n}")]) for n in range(6)]
    heads = [_make_page(n, [(80.0, 720.0, f"2.{n}"), (LEFT, 720.0, f"Clerks of {n}")], font=heading) for n in (6, 7)]
    layouts = _read([*pages, *heads])
    assert layouts[6].text[0].text == "2.6 Clerks of 6"
    assert not layouts[6].margin
