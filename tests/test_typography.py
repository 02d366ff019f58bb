"""The measures of a thesis: what is its text, and what stands beside it."""

from __future__ import annotations

import pytest

from tests.paper import LEFT, SIZE, set_pages
from thesis_convert.loader.layout import lay_out
from thesis_convert.loader.pdf.fonts import classify_font

TEXT = "The river was measured at noon by a clerk of the town {0}\n"
NOTE = "~ See the map of the town hall that was drawn before the flood {0}\n"


def measure_size(page: str) -> float:
    layouts, _ = set_pages("====\n".join(page.format(number) for number in range(4)))
    return lay_out([layout.page for layout in layouts])[1].size


@pytest.mark.parametrize(
    ("page", "size"),
    [
        (2 * TEXT + 8 * NOTE, SIZE),
        ("# The clock {0}\n" + 8 * NOTE, 0.8 * SIZE),
        (4 * NOTE + 2 * TEXT + 4 * NOTE + TEXT, 0.8 * SIZE),
    ],
    ids=["notes fill the page", "a title above the text", "larger type between"],
)
def test_the_text_is_what_stands_above_the_notes(page: str, size: float) -> None:
    assert measure_size(page) == pytest.approx(size)


def test_the_pages_on_both_sides_have_columns_of_one_width() -> None:
    """The pages with odd places have little but a list: that all of it is set in says nothing of the column."""
    full = "The river was measured at noon by a clerk of the town at noo\n" * 9
    listed = "The clerk came to the bridge.\n" + "    - he went down to the river and measured it by day at no\n" * 9
    layouts, _ = set_pages("====\n".join([full, listed] * 3))
    left = {column.left for column in lay_out([layout.page for layout in layouts])[1].columns}
    assert left == {LEFT}


def test_a_few_words_over_text_that_the_file_calls_bold_are_not_the_text() -> None:
    bold = "~ " + " ".join(f"**{word}**" for word in NOTE.split()[1:]) + "\n"
    assert measure_size("The clock {0}\n" + 8 * bold) == pytest.approx(0.8 * SIZE)


@pytest.mark.parametrize(
    ("name", "weight", "is_bold"),
    [
        ("ABCDEF+CMR10", 744, False),
        ("Serif-Italic", 744, False),
        ("CMBX10", 400, True),
        ("F1", 744, True),
        ("Serif_R_B", 395, False),
        ("Serif_R_B", 744, True),
    ],
)
def test_names_that_say_regular_or_bold_are_believed_and_those_that_say_both_are_not(
    name: str, weight: int, is_bold: bool
) -> None:
    assert (classify_font(name, 4, weight, 0).weight > 400) is is_bold
