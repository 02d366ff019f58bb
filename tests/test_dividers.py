"""Pages that divide a thesis by a number alone: parts, papers, and what papers keep inside."""

from __future__ import annotations

import pytest

from tests.paper import set_pages
from tests.test_headings import TEXT, find, find_blocks
from thesis_convert.loader.structure.assembly import assemble
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext

KAPPA = f"# 1 Rivers\n\n{TEXT}\n\n**1.1 Gauges**\n\n{TEXT}\n====\n# 2 Lakes\n\n{TEXT}"
PAPER = f"**1. Wells**\n\n{TEXT}\n\n**1.1. Depths**\n\n{TEXT}\n\n**2. Ponds**\n\n{TEXT}\n\n**References**\n\n{TEXT}"
INSIDE = [(2, "1. Wells"), (3, "1.1. Depths"), (2, "2. Ponds"), (2, "References")]


def find_papers(*pages: str) -> list[tuple[int, str]]:
    return [(level, title) for level, _, title in find("\n====\n".join([TEXT, KAPPA, *pages]))][3:]


@pytest.mark.parametrize(("one", "two"), [("Paper I", "Paper II"), ("Étude 1", "Étude 2"), ("Essay One", "Essay Two")])
def test_papers_with_a_number_on_a_page_of_its_own_stand_beside_the_chapters(one: str, two: str) -> None:
    assert find_papers(f"# {one}", f"# A Tide at Noon\n\n{PAPER}", f"# {two}", f"# Salt\n\n{PAPER}") == [
        (1, f"{one} A Tide at Noon"),
        *INSIDE,
        (1, f"{two} Salt"),
        *INSIDE,
    ]


def test_the_title_of_a_paper_may_stand_under_its_number() -> None:
    names = "The clerk of the bridge and his two sons, Annals of Wells 12"
    papers = [f"# {word}\n\n# {title}\n\n{names[:40]}" for word, title in (("Paper I", "Tides"), ("Paper II", "Salt"))]
    assert find_papers(papers[0], PAPER, papers[1], PAPER) == [
        (1, "Paper I Tides"),
        *INSIDE,
        (1, "Paper II Salt"),
        *INSIDE,
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [("Paper I", "Paper III"), ("Paper I", "Study I"), ("Figure 1", "Figure 2"), ("Water Wells", "Water Ponds")],
)
def test_words_that_do_not_count_up_divide_nothing(one: str, two: str) -> None:
    found = find_papers(f"# {one}", f"# Tides\n\n{PAPER}", f"# {two}", f"# Salt\n\n{PAPER}")
    assert not {f"{one} Tides", f"{two} Salt"} & {title for _, title in found}


def test_a_part_that_has_nothing_but_its_number_is_a_part() -> None:
    drawing = f"{TEXT}\n====\n# Part I\n====\n# 1 Rivers\n\n{TEXT}\n====\n# Part II\n====\n# 2 Lakes\n\n{TEXT}"
    layouts, _ = set_pages(drawing)
    context = InlineContext(Hyphenation(line for layout in layouts for line in layout.text))
    division = assemble(find_blocks(drawing), layouts, context, lambda box, page: "", {})
    assert [(part.kind, [chapter.kind for chapter in part.sections]) for part in division.body] == [
        ("part", ["chapter"]),
        ("part", ["chapter"]),
    ]
