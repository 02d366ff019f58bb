"""Pages before the text that have no heading: what kind they are, and that their lines stay lines."""

from __future__ import annotations

import pytest

from tests.title_pages import make_layout, make_typography
from thesis_convert.loader.structure.front_pages import find_front_pages
from thesis_convert.loader.structure.title_lines import split_stanzas

TITLE_PAGE = "12 University of Eastmoor\n\n24b The Weavers\n\n12 Jane Smith\n12 2014"
TEXT = "\n".join(
    ["11< The street was narrow and the looms stood at the windows of the upper rooms where was light"] * 20
)


def find(*pages: str, headings: tuple[str, ...] = ()) -> list[str]:
    """The kinds of `pages`, "-" for those with a heading or text; "*" where the lines stay lines."""
    layouts = [make_layout(page, number) for number, page in enumerate(pages)]
    front = find_front_pages(layouts, make_typography(len(pages)), headings, frozenset())
    lined = {block.page for block in front.blocks}
    return [front.kinds.get(n, "-") + ("*" if n in lined else "") for n in range(len(pages))]


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("dedication", "\n\n\n\n12i> To my mother,\n12i> who could spin"),
        ("dedication", "\n\n\n\n12i> Für Hanna und Georg"),
        ("dedication", "\n\n\n\n12 献给我的父母"),
        ("epigraph", "\n\n\n\n11i> “The thread remembers the hand.”\n11> — Weavers' saying"),
        ("epigraph", "\n\n\n\n11> «Il filo ricorda la mano»\n11> (proverbio)"),
        ("copyright-page", "\n\n\n\n\n10< © 2014 Jane Smith\n10< All rights reserved."),
        ("copyright-page", "\n\n\n10< ISBN 978-3-16-148410-0\n10< Printed by Moor Press"),
        ("declaration", "\n\n\n\n\n\n11< I hereby declare that this is my own work.\n11< Eastmoor, May 2014"),
        ("declaration", "\n\n\n\n\n\n11< Prohlašuji, že jsem práci napsala sama."),
        ("other", "\n\n\n\n" + "\n".join(["11> The figures were drawn with a pen of the museum"] * 3)),
    ],
)
def test_a_page_of_few_lines(kind: str, page: str) -> None:
    assert find(TITLE_PAGE, page, TEXT) == ["title-page*", f"{kind}*", "-"]


def test_pages_with_a_heading_are_left_to_the_headings() -> None:
    assert find(TITLE_PAGE, "16b< Dedication\n11< To my mother", TEXT) == ["title-page*", "-", "-"]
    assert find(TITLE_PAGE, "\n\n\n\n11 Thanks to all", TEXT, headings=("Thanks to all",)) == ["title-page*", "-", "-"]
    assert find(TITLE_PAGE, "\n\n\n\n24b Part One\n24b The Street", TEXT) == ["title-page*", "-", "-"]


def test_after_a_numbered_heading_that_the_contents_name_no_page_stands_before_the_text() -> None:
    section = "11b< 2.1 University of Eastmoor\n11< University of Eastmoor\n24b The Weavers\n12 Jane Smith"
    assert find(TITLE_PAGE, section, TITLE_PAGE) == ["title-page*", "title-page*", "title-page*"]
    assert find(TITLE_PAGE, section, TITLE_PAGE, headings=("University of Eastmoor",)) == ["title-page*", "-", "-"]


def test_the_last_lines_of_a_text_are_no_page_of_their_own() -> None:
    assert find(TITLE_PAGE, f"16b< Abstract\n{TEXT}", "11< that they had bought.\n11< It was enough.") == [
        "title-page*",
        "-",
        "-",
    ]


def test_a_long_imprint_is_text_of_its_kind() -> None:
    imprint = "\n".join(
        ["10< This work is licensed under terms that may be read at length in the following lines of it"] * 9
    )
    assert find(TITLE_PAGE, f"10< © 2014 Jane Smith\n{imprint}", TEXT) == ["title-page*", "copyright-page", "-"]


def test_a_cover_and_an_inner_title_page() -> None:
    assert find("40b The Weavers\n20 Jane Smith", "", TITLE_PAGE, TEXT) == ["title-page*", "-", "title-page*", "-"]


def test_nothing_is_sought_after_the_first_chapter() -> None:
    chapter = f"18b< 1 Introduction\n{TEXT}"
    assert find(TITLE_PAGE, chapter, "\n\n\n\n11i> To my mother") == ["title-page*", "-", "-"]


def test_columns_of_a_title_page_are_read_one_after_the_other() -> None:
    page = make_layout("""
        12 Supervisor: || Candidate:
        12 Paul Ashdown || Jane Smith

        12< Eastmoor
        12< 2014
    """)
    stanzas = [[line.text for line in stanza] for stanza in split_stanzas(page.text)]
    assert stanzas == [["Supervisor:", "Paul Ashdown"], ["Candidate:", "Jane Smith"], ["Eastmoor", "2014"]]
