"""The thesis's title and its author's name over an abstract, which are no headings there."""

from __future__ import annotations

import pytest

from tests.paper import set_pages
from thesis_convert.loader.structure.front_pages import FrontPages
from thesis_convert.loader.structure.repeated_titles import find_repeated_titles

TEXT = "\n".join(["The gauge at the bridge was read every day at noon by a man,"] * 4)
TITLE = "RIVERS AND THE PEOPLE WHO MEASURED THEM\n\nby\n\nAnna Reed"


def find(page: str) -> list[str]:
    layouts, typography = set_pages(f"{TITLE}\n====\n{page}")
    front = FrontPages({0: "title-page"}, title=layouts[0].text)
    keys = find_repeated_titles(layouts, front, typography.body)
    return [line.text for line in layouts[1].text if line.key in keys]


@pytest.mark.parametrize("titles", ["**Rivers and the People**\n**Who Measured Them**\n**Anna Reed**"])
def test_what_the_title_page_says_is_no_heading_of_an_abstract(titles: str) -> None:
    lines = titles.replace("*", "").split("\n")
    assert find(f"**Abstract**\n{titles}\n\n{TEXT}") == lines
    assert find(f"{titles}\n\n**Abstract**\n\n{TEXT}") == lines
    assert find(f"{titles}\n\n{TEXT}") == []


def test_a_translated_title_under_the_word_for_an_abstract_is_no_heading() -> None:
    assert find(f"**Zusammenfassung**\n\n**Die Vermesser der Flüsse**\n\n{TEXT}") == ["Die Vermesser der Flüsse"]


def test_an_abstract_in_sections_keeps_their_headings() -> None:
    assert find(f"**Abstract**\n\n**Background**\n\n{TEXT}\n\n**Results**\n\n{TEXT}") == []
