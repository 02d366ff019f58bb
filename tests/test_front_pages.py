"""Pages before the text that have no heading: what kind they are, and that their lines stay lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.title_pages import make_layout, make_typography
from thesis_convert.loader.structure.front_pages import find_front_pages
from thesis_convert.loader.structure.title_lines import split_stanzas
from thesis_convert.page import BoundingBox, Rule

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
        ("dedication", "\n\n\n\n12 ❦\n12 * * *"),
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


def test_a_title_over_the_abstract_is_no_title_page() -> None:
    opening = "18b The Weavers of Eastmoor\n12 Jane Smith\n12 3 May 2014\n\n12b Abstract\n" + TEXT
    page = "18b Eastmoor University\n\n14 Master's Thesis\n12 Author: Paul Ashdown\n12 Year: 2011\n"
    layouts = [make_layout(text, number) for number, text in enumerate((opening, TEXT, page))]
    front = find_front_pages(layouts, make_typography(3), [], frozenset())
    assert [line.text for line in front.title] == ["The Weavers of Eastmoor", "Jane Smith", "3 May 2014"]
    assert "title-page" not in front.kinds.values()


def test_words_at_the_edge_of_two_title_pages_are_no_running_heads() -> None:
    layouts = [make_layout(TITLE_PAGE, number, "12 JANE SMITH") for number in range(2)]
    layouts.append(make_layout(TEXT, 2, "9 The Weavers"))
    front = find_front_pages(layouts, make_typography(3), [], frozenset())
    assert sorted(line.text for line in front.title) == sorted(
        ["University of Eastmoor", "The Weavers", "Jane Smith", "2014", "JANE SMITH"]
    )
    assert [line.text for line in front.blocks[1].lines] == [line.text for line in front.title]


def test_rules_under_the_values_of_a_cover_make_no_table() -> None:
    notation = "\n".join(f"14< {label}: || value" for label in ("Author", "Title", "Supervisor", "Date", "Degree") * 2)
    layout = make_layout(notation)
    rules = tuple(
        Rule(BoundingBox(line.words[-1].box.left - 9, line.baseline - 3, line.box.right + 90, line.baseline - 2))
        for line in layout.text
    )
    whole = tuple(Rule(rule.box._replace(left=60.0)) for rule in rules)
    for drawn, expected in ((rules, {0: "title-page"}), (whole, {})):
        page = replace(layout, page=replace(layout.page, rules=drawn))
        kinds = find_front_pages([page, make_layout(TEXT, 1)], make_typography(2), [], frozenset()).kinds
        assert {n: kind for n, kind in kinds.items() if kind == "title-page"} == expected


def test_a_cover_and_an_inner_title_page() -> None:
    assert find("40b The Weavers\n20 Jane Smith", "", TITLE_PAGE, TEXT) == ["title-page*", "-", "title-page*", "-"]


def test_nothing_is_sought_after_the_first_chapter() -> None:
    chapter = f"18b< 1 Introduction\n{TEXT}"
    assert find(TITLE_PAGE, chapter, "\n\n\n\n11i> To my mother") == ["title-page*", "-", "-"]


def test_nothing_is_sought_after_a_first_chapter_lower_on_its_page() -> None:
    chapter = f"{TEXT}\n18b< 1 Introduction\n{TEXT}"
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


def test_a_first_page_with_a_name_and_a_title_is_a_cover_and_comes_back() -> None:
    cover = "\n11 jane smith & paul ashdown\n\n11 THE WEAVERS"
    again = "\n\n\n11 THE WEAVERS\n\n11 jane smith & paul ashdown\n\n11 A Book for the Bench"
    assert find(cover, "\n\n11i To Hanna", again, TEXT) == ["title-page*", "dedication*", "title-page*", "-"]


def test_a_sign_of_copyright_of_which_the_letter_is_left() -> None:
    assert find(TITLE_PAGE, "\n\n\n11 c Jane Smith 2014", TEXT) == ["title-page*", "copyright-page*", "-"]


def test_what_declares_in_its_first_words_and_the_page_of_a_part() -> None:
    oath = "11< I hereby declare that the work is my own and that all that others made is named as theirs."
    assert find(TITLE_PAGE, "\n".join([oath] + [TEXT.split("\n")[0]] * 19), TEXT)[1] == "declaration"
    assert find(TITLE_PAGE, "\n\n\n\n11 Part I\n11 A STREET", "\n\n\n11i To Hanna", TEXT) == [
        "title-page*",
        "-",
        "-",
        "-",
    ]
