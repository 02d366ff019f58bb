"""Text in two columns is read column by column, footnotes and short passages too."""

from __future__ import annotations

from thesis_convert.loader.layout import lay_out
from thesis_convert.page import BoundingBox, Font, Page, Rule, Word

BODY, SMALL, LARGE = Font("Serif", 10.0), Font("Serif", 8.0), Font("Serif", 14.0, 700)
EDGES = (60.0, 320.0)
WIDTH = 240.0
WORDS = (
    *("the", "gauge", "at", "bridge", "was", "read", "every", "day", "at", "noon"),
    *("and", "what", "it", "told", "went", "into", "notebook", "of", "clerk"),
)
ROWS = 40


def _set(text: str, x: float, y: float, font: Font, order: int, width: float = 0.0) -> list[Word]:
    """A line from `x` on, spread to `width` where that is given."""
    parts = text.split()
    letters = sum(len(part) for part in parts) * 0.5 * font.size
    gap = (width - letters) / max(1, len(parts) - 1) if width else 0.3 * font.size
    words = []
    for number, part in enumerate(parts):
        right = x + len(part) * 0.5 * font.size
        words.append(Word(part, BoundingBox(x, y - 2, right, y + 7), y, font, True, order + number))
        x = right + gap
    return words


def _make_page(index: int) -> Page:
    """A page under a wide title, with a note under a rule in each column."""
    words = _set(f"Title over both columns about {' '.join(WORDS[index : index + 3])}", 130.0, 760.0, LARGE, 0)
    for column, left in enumerate(EDGES):
        for row in range(ROWS):
            start = (5 * index + 3 * row + 7 * column) % len(WORDS)
            text = f"c{column}r{row} " + " ".join((WORDS * 2)[start : start + 8])
            words += _set(text, left, 730.0 - 12 * row, BODY, 10_000 * (column + 1) + 100 * row, WIDTH)
        words += _set("7", left, 213.0, Font("Serif", 5.0), 10_000 * (column + 1) + 9000)
        words += _set(
            f"{WORDS[4 * index + column]} note in column {column}", left + 4, 210.0, SMALL, 10_000 * (column + 1) + 9001
        )
    rules = tuple(Rule(BoundingBox(left, 222.0, left + 80.0, 222.5)) for left in EDGES)
    return Page(index, index + 1, "", 620.0, 800.0, tuple(words), rules)


def test_columns_are_read_one_after_the_other() -> None:
    layouts, _ = lay_out([_make_page(number) for number in range(4)])
    first = [line.text.split()[0] for line in layouts[1].text]
    assert first == ["Title", *(f"c0r{row}" for row in range(ROWS)), *(f"c1r{row}" for row in range(ROWS))]
    assert [line.text for line in layouts[1].notes] == ["7 was note in column 0", "7 read note in column 1"]


def test_lines_are_measured_by_their_own_column() -> None:
    layouts, _ = lay_out([_make_page(number) for number in range(4)])
    assert all(abs(line.indent) < 1 and abs(line.slack) < 1 for line in layouts[2].text if line.size == 10.0)


def _make_parallel_page(index: int, rules: tuple[Rule, ...] = (), leaders: bool = False) -> Page:
    """A page of one column, its rows 10 to 15 in two halves."""
    words: list[Word] = []
    for row in range(30):
        y, start = 730.0 - 14 * row, (5 * index + 3 * row) % len(WORDS)
        texts = (WORDS * 2)[start : start + 7]
        if not 10 <= row < 16:
            words += _set(" ".join(texts + texts), EDGES[0], y, BODY, 100 * row, 500.0)
            continue
        for place, left in enumerate(EDGES):
            text = " ".join(texts) if not (leaders and place) else ". " * 25 + str(row)
            words += _set(f"s{place}r{row} {text}", left, y, BODY, 10_000 * (place + 1) + 100 * row, WIDTH)
    words.sort(key=lambda word: word.order)
    return Page(index, index + 1, "", 620.0, 800.0, tuple(words), rules)


def _read_sides(**page: object) -> list[str]:
    pages = [_make_parallel_page(number, **page) for number in range(4)]  # type: ignore[arg-type]
    return [line.text.split()[0] for line in lay_out(pages)[0][1].text if line.text[0] == "s"]


def test_a_passage_beside_its_translation_is_read_through() -> None:
    assert _read_sides() == [f"s{place}r{row}" for place in (0, 1) for row in range(10, 16)]


def test_rows_of_tables_and_contents_are_read_across() -> None:
    across = [f"s0r{row}" for row in range(10, 16)]
    assert _read_sides(rules=(Rule(BoundingBox(60.0, 600.0, 560.0, 600.5)),)) == across
    assert _read_sides(leaders=True) == across
