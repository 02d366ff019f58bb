"""The headings of tagged PDFs, joined with the pieces of ink by page and number."""

from __future__ import annotations

import pytest

from tests.catalogues import PAGE, build, compress, read
from thesis_convert.loader.pdf import tags
from thesis_convert.page import HeadingTags


def tree(*elements: str, root: str = "", pages: int = 2) -> bytes:
    """A tagged PDF with the root of its structure in object 5, and its elements from 6 on, for two pages."""
    root = f"<< /Type /StructTreeRoot /K 6 0 R {root} >>"
    return build("/MarkInfo << /Marked true >> /StructTreeRoot 5 0 R", [PAGE] * pages, [root, *elements])


def read_tree(pdf: bytes) -> HeadingTags:
    return read(pdf, with_tags=True).tags


THESIS = tree(
    "<< /S /Document /K [7 0 R 8 0 R 9 0 R] >>",
    "<< /S /Chapter#20title /P 6 0 R /Pg 3 0 R /K [0 << /S /Emphasis /K 2 >> 3 << /Type /MCR /Pg 4 0 R /MCID 0 >>] >>",
    "<< /S /Standard /P 6 0 R /Pg 3 0 R /K [1 << /S /H2 /K 4 >>] >>",
    "<< /S /Figure /P 6 0 R /Pg 4 0 R /K [<< /Type /OBJR /Obj 77 0 R >> << /Type /MCR /MCID 1 >>] >>",
    root="/RoleMap << /Chapter#20title /Heading /Heading /H1 /Standard /P /Emphasis /Span >>",
)


@pytest.mark.parametrize("pdf", [THESIS, compress(THESIS)], ids=["plain", "compressed"])
def test_headings_have_their_levels_and_content(pdf: bytes) -> None:
    assert read_tree(pdf) == HeadingTags((1, 2), {0: {0: 0, 2: 0, 3: 0, 4: 1}, 1: {0: 0}})


def test_tags_are_read_on_request_only() -> None:
    catalogue = read(THESIS)
    assert catalogue.tagged
    assert catalogue.tags == HeadingTags()


def test_a_file_without_structure_has_no_tags() -> None:
    assert read_tree(build("")) == HeadingTags()


def test_ink_inside_a_form_is_not_taken_for_that_of_the_page() -> None:
    assert read_tree(tree("<< /S /H1 /Pg 3 0 R /K << /Type /MCR /Stm 4 0 R /MCID 0 >> >>")).content == {}


def test_a_role_map_that_goes_round_ends() -> None:
    assert read_tree(tree("<< /S /a >>", root="/RoleMap << /a /b /b /c /c /a >>")) == HeadingTags()


@pytest.mark.parametrize(
    "element",
    [
        "<< /S /H1 /Pg 3 0 R /K [6 0 R 6 0 R 0] >>",
        "<< /S /H1 /Pg 3 0 R /K [0 (text) /Name null 1.5 99 0 R [0 [0]]] >>",
        "<< /S /H1 /Pg 3 0 R /K [0 << /MCID (x) >> << /MCID 1 /Pg 99 0 R >> << >>] >>",
    ],
)
def test_damaged_kids_are_left_out(element: str) -> None:
    assert read_tree(tree(element)) == HeadingTags((1,), {0: {0: 0}})


def test_what_is_deeper_than_the_limit_belongs_to_the_heading_around_it() -> None:
    elements = [f"<< /S /H1 /Pg 3 0 R /K [{depth} {depth + 7} 0 R] >>" for depth in range(5_000)]
    found = read_tree(tree(*elements))
    assert len(found.levels) == tags.MAX_DEPTH
    assert found.content[0][0] == 0
    assert found.content[0][4_999] == tags.MAX_DEPTH - 1


def test_a_wide_tree_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "MAX_ELEMENTS", 100)
    kids = "<< /S /H1 >> " * 500
    assert len(read_tree(tree(f"<< /S /Document /K [{kids}] >>")).levels) == 99
