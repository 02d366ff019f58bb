"""A few pages of a thesis: what recurs in it, and how wide its text is, is told by the pages around them."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest

from tests.pdfs import FILLER, Line, make_pdf
from thesis_convert.load_options import LoadOptions
from thesis_convert.loader.stages import list_around, read_stages

WORDS = ("bridge", "gauge", "ferry", "harbour", "levee", "meadow", "orchard", "quarry")


def make_page(number: int) -> list[Line]:
    """A page of text with a running head and a page number."""
    text = f"The {WORDS[number % len(WORDS)]} of {WORDS[number // len(WORDS)]} is described here. {FILLER}"
    lines: list[Line] = [(line, 11.0) for line in wrap(text, 70)]
    return [("The Rivers and their Clerks", 9.0), ("", 20.0), *lines, ("", 30.0), (str(number + 1), 9.0)]


@pytest.mark.parametrize("pages", ["7", "7-8", "20"])
def test_running_heads_and_page_numbers_of_a_few_pages_are_left_out(pages: str, tmp_path: Path) -> None:
    path = tmp_path / "thesis.pdf"
    path.write_bytes(make_pdf([make_page(number) for number in range(20)]))
    with read_stages(path, LoadOptions(pages=pages)) as stages:
        first = int(pages.split("-")[0])
        assert [layout.label for layout in stages.layouts] == [str(first + n) for n in range(len(stages.layouts))]
        text = [line.text for layout in stages.layouts for line in layout.text]
    assert text
    assert not [line for line in text if line.isdigit() or "Clerks" in line]


@pytest.mark.parametrize(
    ("chosen", "count", "around"),
    [
        (range(3, 5), 40, [*range(5, 15)]),
        (range(0, 4), 4, []),
        (range(0, 30), 40, []),
        (range(38, 40), 40, [*range(28, 38)]),
        (range(37, 38), 40, [38, 39, *range(28, 37)]),
    ],
)
def test_the_pages_around_go_on_as_right_and_left_pages_do(chosen: range, count: int, around: list[int]) -> None:
    assert list(list_around(chosen, count)) == around
    together = [*chosen, *around]
    assert len({(place - number) % 2 for number, place in enumerate(together)}) <= 1
