"""Page numbers in every way of counting, and page labels filled in where none is printed."""

from __future__ import annotations

import pytest

from tests.paper import set_line
from thesis_convert.loader.layout.folios import read_folios, write_like
from thesis_convert.loader.layout.furniture import find_furniture

FOOT = 60.0


def find_labels(feet: list[str]) -> list[str]:
    """The labels of pages of text with these last lines."""
    pages = []
    for number, foot in enumerate(feet):
        said = ("The gauge", "at the bridge", "was read", "every day", "at noon", "by a clerk", "with a rod")
        name = chr(ord("p") + number)
        text = [set_line(f"{part} by {name}", number, 700.0 - 12 * n) for n, part in enumerate(said)]
        pages.append([*text, set_line(foot, number, FOOT)] if foot else text)
    return find_furniture(pages)[1]


@pytest.mark.parametrize(
    ("feet", "labels"),
    [
        (["1", "2", "", "4"], ["1", "2", "3", "4"]),
        (["i", "ii", "iii", "1", "2", "3"], ["i", "ii", "iii", "1", "2", "3"]),
        (["", "ii", "", "1", "2", "3"], ["i", "ii", "", "1", "2", "3"]),
        (["– i –", "– ii –", "– iii –", "[1]", "[2]", "[3]"], ["i", "ii", "iii", "1", "2", "3"]),
        (["i", "", "ii", "1", "2", "3"], ["i", "", "ii", "1", "2", "3"]),
        (["", "ب", "", "۱", "۲", "۳"], ["ا", "ب", "", "۱", "۲", "۳"]),
        (["۹", "", "۱۱", "۱۲"], ["۹", "۱۰", "۱۱", "۱۲"]),
        (["آ", "ب", "", "ت", "ث"], ["آ", "ب", "پ", "ت", "ث"]),
        (["أ", "ب", "ج", "", "ه"], ["أ", "ب", "ج", "د", "ه"]),
        (["ט", "י", "יא", "", "יג"], ["ט", "י", "יא", "יב", "יג"]),
    ],
    ids=[
        "decimal",
        "roman",
        "roman alone",
        "framed",
        "uncounted",
        "letter alone",
        "persian",
        "alphabet",
        "abjad",
        "hebrew",
    ],
)
def test_labels_are_counted_on_as_they_are_printed(feet: list[str], labels: list[str]) -> None:
    assert find_labels(feet) == labels


def test_words_and_single_letters_in_text_are_no_page_numbers() -> None:
    assert read_folios("و") != []
    assert find_labels(["و", "و", "و", "و"]) == ["", "", "", ""]


def test_letters_that_run_out_give_no_number() -> None:
    assert write_like(read_folios("ب")[0], 99) == ""
    assert write_like(read_folios("ט")[0], 15) == "טו"


def test_notes_and_text_where_page_numbers_stand_are_none() -> None:
    pages = []
    for number, foot in enumerate(["1", "2", "3", "Text that ends 12 lines lower", "5"]):
        name = chr(ord("p") + number)
        text = [set_line(f"The gauge was read by {name}", number, 700.0 - 12 * n) for n in range(5)]
        note = set_line(f"{number + 4} See {'the map' * (number + 1)}, that was drawn by {name}", number, FOOT + 40)
        pages.append([*text, note, set_line(foot, number, FOOT)])
    furniture, labels = find_furniture(pages)
    assert furniture == [{6}, {6}, {6}, set(), {6}]
    assert labels == ["1", "2", "3", "4", "5"]


def test_a_page_number_far_below_the_only_line_of_its_page_is_one() -> None:
    pages = [
        [set_line(f"The gauge at noon, by {name}", n, 700.0 - 12 * row) for row in range(6)]
        for n, name in enumerate("pqrs")
    ]
    pages.append([set_line("Figure 3: The mill", 4, 120.0)])
    pages = [[*lines, set_line(str(number + 1), number, FOOT)] for number, lines in enumerate(pages)]
    assert find_furniture(pages)[0] == [{6}, {6}, {6}, {6}, {1}]


def test_a_few_pages_from_within_are_counted_as_in_the_whole() -> None:
    pages = [[set_line("An abstract.", page), set_line(foot, page, FOOT)] for page, foot in enumerate(("xi", "xiii"))]
    assert find_furniture(pages, [11, 13]) == ([{1}, {1}], ["xi", "xiii"])
    assert find_furniture(pages, [31, 33]) == ([set(), set()], ["", ""])
