"""Running heads that recur on no other page, because their section is short."""

from __future__ import annotations

from tests.paper import set_line
from thesis_convert.loader.layout.furniture import find_furniture
from thesis_convert.page import Line

SECTIONS = (
    "1.1 The River",
    "1.2 The Gauge at the Mill",
    "1.3 Ice",
    "1.4 The Second Flood",
    "1.5 The Notebook",
    "1.6 Rods",
)
SAID = ("was read", "at the bridge", "every day", "at noon", "by a clerk", "with a rod", "of oak")


def set_page(number: int, head: str, rows: list[str]) -> list[Line]:
    lines = [set_line(head, number, 760.0)] if head else []
    return lines + [set_line(row, number, 700.0 - 14 * place) for place, row in enumerate(rows)]


def text_of(number: int) -> list[str]:
    return [f"{part} by {chr(ord('a') + number)} again" for part in SAID]


def find_heads(pages: list[list[Line]]) -> list[set[int]]:
    return find_furniture(pages)[0]


def test_a_running_head_says_the_title_of_a_section_that_began() -> None:
    pages = [set_page(number, title, [f"# {title}", *text_of(number)]) for number, title in enumerate(SECTIONS)]
    pages += [set_page(number + len(SECTIONS), "", text_of(number + 6)) for number in range(8)]
    assert find_heads(pages) == [{0}] * len(SECTIONS) + [set()] * 8


def test_a_title_that_the_contents_repeat_is_no_running_head() -> None:
    contents = set_page(0, "", [f"{title} . . . {number + 1}" for number, title in enumerate(SECTIONS)])
    pages = [set_page(number + 1, f"# {title}", text_of(number)) for number, title in enumerate(SECTIONS)]
    pages += [set_page(number + 7, "", text_of(number + 6)) for number in range(8)]
    assert find_heads([contents, *pages]) == [set()] * 15


def test_text_that_says_the_same_at_the_head_of_several_pages_is_none() -> None:
    pages = [set_page(number, "", ["Upon the bridge he stood at noon", *text_of(number)]) for number in range(4)]
    pages += [set_page(number, "", text_of(number)) for number in range(4, 10)]
    assert find_heads(pages) == [set()] * 10


def test_an_entry_of_the_contents_is_none() -> None:
    entry = "The River . . . . . . . . . . . . . . 7"
    pages = [set_page(number, entry, text_of(number)) for number in range(4)]
    assert find_heads(pages) == [set()] * 4
