"""The structure of tagged PDFs, joined with the pieces of ink by page and number."""

from __future__ import annotations

import pytest

from tests.catalogues import PAGE, build, compress, read
from thesis_convert.loader.pdf import tags
from thesis_convert.page import Tag, TagTree


def tree(*elements: str, root: str = "", pages: int = 2) -> bytes:
    """A tagged PDF with the root of its structure in object 5, and its elements from 6 on, for two pages."""
    root = f"<< /Type /StructTreeRoot /K 6 0 R {root} >>"
    return build("/MarkInfo << /Marked true >> /StructTreeRoot 5 0 R", [PAGE] * pages, [root, *elements])


def read_tree(pdf: bytes) -> TagTree:
    return read(pdf, with_tags=True).tags


THESIS = tree(
    "<< /S /Document /K [7 0 R 8 0 R 9 0 R] >>",
    "<< /S /Chapter#20title /P 6 0 R /Pg 3 0 R /K 0 /T (Rivers) >>",
    "<< /S /Standard /P 6 0 R /Pg 3 0 R /K [1 << /S /Emphasis /K 2 >> 3 << /Type /MCR /Pg 4 0 R /MCID 0 >>] >>",
    "<< /S /Figure /P 6 0 R /Pg 4 0 R /K [<< /Type /OBJR /Obj 77 0 R >> << /Type /MCR /MCID 1 >>] /Alt (A map)"
    " /Lang (fr) /ActualText (Map) >>",
    root="/RoleMap << /Chapter#20title /Heading /Heading /H1 /Standard /P /Emphasis /Span >>",
)


@pytest.mark.parametrize("pdf", [THESIS, compress(THESIS)], ids=["plain", "compressed"])
def test_elements_have_standard_types_and_their_content(pdf: bytes) -> None:
    assert read_tree(pdf) == TagTree(
        (
            Tag("Document", "Document", -1),
            Tag("H1", "Chapter title", 0, title="Rivers"),
            Tag("P", "Standard", 0),
            Tag("Span", "Emphasis", 2),
            Tag("Figure", "Figure", 0, alternative="A map", actual_text="Map", language="fr"),
        ),
        {0: {0: 1, 1: 2, 2: 3, 3: 2}, 1: {0: 2, 1: 4}},
    )


def test_tags_are_read_on_request_only() -> None:
    catalogue = read(THESIS)
    assert catalogue.tagged
    assert catalogue.tags == TagTree()


def test_a_file_without_structure_has_no_tags() -> None:
    assert read_tree(build("")) == TagTree()


def test_cells_and_lists_keep_what_matters_of_their_attributes() -> None:
    pdf = tree(
        "<< /S /Table /K [7 0 R 8 0 R 9 0 R] >>",
        "<< /S /TH /Pg 3 0 R /K 0 /A << /O /Table /ColSpan 2 /Scope /Column >> >>",
        "<< /S /TD /Pg 3 0 R /K 1 /A [<< /O /Layout /Height 3 >> 0 << /O /Table /RowSpan 99999999 /ColSpan -4 >>] >>",
        "<< /S /L /Pg 3 0 R /A << /O /List /ListNumbering /Decimal >> >>",
    )
    elements = read_tree(pdf).elements
    assert [(it.column_span, it.row_span, it.numbering) for it in elements[1:]] == [
        (2, 1, ""),
        (1, tags.MAX_SPAN, ""),
        (1, 1, "Decimal"),
    ]


def test_ink_inside_a_form_is_not_taken_for_that_of_the_page() -> None:
    assert read_tree(tree("<< /S /P /Pg 3 0 R /K << /Type /MCR /Stm 4 0 R /MCID 0 >> >>")).content == {}


def test_a_role_map_that_goes_round_ends() -> None:
    pdf = tree("<< /S /a >>", root="/RoleMap << /a /b /b /c /c /a >>")
    assert read_tree(pdf).elements[0].role in ("a", "b", "c")


@pytest.mark.parametrize(
    "element",
    [
        "<< /S /P /Pg 3 0 R /K [6 0 R 6 0 R 0] >>",
        "<< /S /P /Pg 3 0 R /K [0 (text) /Name null 1.5 99 0 R [0 [0]]] >>",
        "<< /S /P /Pg 3 0 R /K [0 << /MCID (x) >> << /MCID 1 /Pg 99 0 R >> << >>] >>",
    ],
)
def test_damaged_kids_are_left_out(element: str) -> None:
    found = read_tree(tree(element))
    assert [it.role for it in found.elements] == ["P"]
    assert found.content == {0: {0: 0}}


def test_a_deep_tree_counts_for_the_element_at_the_limit() -> None:
    elements = [f"<< /S /Div /Pg 3 0 R /K [{depth} {depth + 7} 0 R] >>" for depth in range(5_000)]
    found = read_tree(tree(*elements))
    assert len(found.elements) == tags.MAX_DEPTH
    assert found.content[0][0] == 0
    assert found.content[0][4_999] == tags.MAX_DEPTH - 1


def test_a_wide_tree_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "MAX_ELEMENTS", 100)
    kids = "<< /S /P >> " * 500
    assert len(read_tree(tree(f"<< /S /Document /K [{kids}] >>")).elements) == 100
