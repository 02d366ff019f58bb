"""Files that are damaged, or made to do harm: they cost no more than a large file, and what is whole is read."""

from __future__ import annotations

import logging
import threading
import time
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogues import PAGE, build, compress, read
from tests.pdfs import assemble, make_stream, make_thesis
from thesis_convert.diagnostics import Code, Diagnostic, ignore
from thesis_convert.loader.pdf import links, objects, outline, page_tree, trees
from thesis_convert.loader.pdf.catalogue import read_catalogue
from thesis_convert.page import Bookmark, Catalogue

LIMIT = 10.0
"""Seconds that any test here may compute; all together take a few. What is not bounded takes hours."""


@pytest.fixture(autouse=True)
def no_endless_work() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < LIMIT


# --- No PDF, or hardly one ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7",
        b"hello",
        bytes(range(256)) * 100,
        b"%PDF-1.7\n" + b"startxref\n" * 20_000,
        b"%PDF-1.7\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n1 0 obj\n(a)\nendobj\ntrailer\n<< /Root 1 0 R /Size 1000000000 >>\nstartxref\n0\n%%EOF",
        build("").replace(b"/Root 1 0 R", b"/Root 3 0 R"),
        build("").replace(b"/Root 1 0 R", b"/Root (abc)"),
    ],
    ids=["empty", "head", "text", "noise", "marks", "bare", "no root", "page for root", "text for root"],
)
def test_what_is_no_pdf_has_no_catalogue(data: bytes) -> None:
    told: list[Diagnostic] = []
    catalogue = read_catalogue(data, "", told.append)
    assert (catalogue.bookmarks, catalogue.links) == ((), {})
    assert all(diagnostic.code is Code.NO_CATALOGUE for diagnostic in told)


def test_a_file_that_pypdf_cannot_read_is_reported_once() -> None:
    told: list[Diagnostic] = []
    assert read_catalogue(b"nothing", "", told.append) == Catalogue()
    assert [diagnostic.code for diagnostic in told] == [Code.NO_CATALOGUE]
    assert "bookmarks" in told[0].message
    assert "\n" not in told[0].message


@pytest.mark.parametrize("pdf", [make_thesis(), compress(make_thesis())], ids=["plain", "compressed"])
def test_a_file_may_end_anywhere(pdf: bytes) -> None:
    for end in range(0, len(pdf), 97):
        read_catalogue(pdf[:end], "", ignore)


def test_a_file_whose_end_is_missing_is_read_as_far_as_it_goes() -> None:
    # The cross-reference stream comes last; its dictionary names the root of everything.
    whole = compress(make_thesis())
    for end in (whole.index(b"startxref"), whole.index(b"startxref") + 9):
        assert read(whole[:end]) == read(whole)


@pytest.mark.parametrize("before", [b"\n", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 3000])
def test_offsets_that_are_off_are_repaired(before: bytes) -> None:
    whole = read(make_thesis())
    assert whole.bookmarks
    assert read(before + make_thesis()) == whole


def test_a_file_turned_into_text_with_other_line_ends_is_read() -> None:
    assert read(make_thesis().replace(b"\n", b"\r\n")) == read(make_thesis())


def test_many_pointers_to_nothing_cost_one_search() -> None:
    annotations = " ".join(f"{number} 0 R" for number in range(1_000, 40_000))
    padding = make_stream("", b"no object here " * 200_000)
    assert read(build("", [f"{PAGE} /Annots [{annotations}]"], [padding])).links == {}


def test_a_table_that_leads_to_one_object_from_everywhere_costs_one_search() -> None:
    pdf = assemble([b"<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R >>", b"<< /Kids [] >>", b"<< /First 1 0 R >>"])
    start = pdf.index(b"xref\n0 5\n")
    offset = pdf.index(b"1 0 obj")
    rows = b"".join(b"%010d 00000 n \n" % offset for _ in range(20_000))
    moved = pdf[:start] + b"xref\n0 20000\n" + rows + pdf[pdf.index(b"trailer") :]
    assert read(moved).bookmarks == ()


# --- Loops and depth ----------------------------------------------------------------------------


def test_an_outline_that_leads_back_into_itself_ends() -> None:
    items = [
        "<< /First 5 0 R >>",
        "<< /Title (a) /First 5 0 R /Next 6 0 R >>",
        "<< /Title (b) /First 4 0 R /Next 5 0 R >>",
    ]
    bookmarks = read(build("/Outlines 4 0 R", others=items)).bookmarks
    assert [(bookmark.title, bookmark.level) for bookmark in bookmarks] == [("a", 0), ("b", 0)]


def test_a_deep_outline_is_read_to_its_end() -> None:
    items = ["<< /First 5 0 R >>"]
    items += [f"<< /Title (t{depth}) /First {6 + depth} 0 R >>" for depth in range(10_000)]
    bookmarks = read(build("/Outlines 4 0 R", others=items)).bookmarks
    assert len(bookmarks) == 10_000
    assert bookmarks[5] == Bookmark("t5", 5, None)
    assert bookmarks[-1] == Bookmark("t9999", outline.MAX_LEVEL, None)


def test_a_long_outline_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "MAX_BOOKMARKS", 50)
    items = ["<< /First 5 0 R >>", *(f"<< /Title (t{place}) /Next {6 + place} 0 R >>" for place in range(90))]
    assert len(read(build("/Outlines 4 0 R", others=items)).bookmarks) == 50


def test_a_page_tree_that_holds_itself_is_read_without_that() -> None:
    pdf = assemble(
        [
            b"<< /Pages 2 0 R /Dests << /last [5 0 R /Fit] >> /PageLabels << /Nums [0 << /S /D >>] >> >>",
            b"<< /Type /Pages /Kids [3 0 R 4 0 R 2 0 R 5 0 R] >>",
            b"<< /Type /Page >>",
            b"<< /Type /Pages /Kids [4 0 R 2 0 R] >>",
            b"<< /Type /Page >>",
        ]
    )
    catalogue = read(pdf)
    assert catalogue.labels == ("1", "2")
    assert catalogue.destinations[0].page == 1


def test_a_page_tree_that_doubles_at_each_step_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "MAX_NODES", 5_000)
    nodes = [b"<< /Kids [%d 0 R %d 0 R] >>" % (number + 1, number + 1) for number in range(2, 60)]
    root = b"<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /D >>] >> >>"
    assert len(read(assemble([root, *nodes, b"<< /Type /Page >>"])).labels) < 5_000


def test_a_kid_that_cannot_be_read_still_counts_as_a_page() -> None:
    root = b"<< /Type /Catalog /Pages 2 0 R /Dests << /a [4 0 R /Fit] >> >>"
    kids = b"<< /Type /Pages /Kids [3 0 R 99 0 R null (x) 4 0 R] /Count 5 >>"
    assert read(assemble([root, kids, b"<< >>", b"<< >>"])).destinations[0].page == 4


@pytest.mark.parametrize("key", ["/Names << /Dests 4 0 R >>", "/PageLabels 4 0 R"])
def test_trees_that_hold_themselves_end(key: str) -> None:
    node = "<< /Kids [4 0 R 5 0 R 4 0 R] /Names [(a) [3 0 R /Fit]] /Nums [0 << /S /D >>] >>"
    catalogue = read(build(key, others=[node, "<< /Kids [4 0 R 5 0 R] >>"]))
    assert [place.name for place in catalogue.destinations] == (["a"] if "Names" in key else [])
    assert catalogue.labels == (() if "Names" in key else ("1",))


def test_a_large_name_tree_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MAX_PAIRS", 100)
    names = " ".join(f"(n{place}) [3 0 R /Fit]" for place in range(500))
    assert len(read(build(f"/Names << /Dests << /Names [{names}] >> >>")).destinations) == 100


def test_references_that_chase_each_other_end() -> None:
    pdf = build("/Outlines 4 0 R /Lang 4 0 R /Names 6 0 R", others=["5 0 R", "4 0 R", "6 0 R"])
    assert read(pdf) == Catalogue()


def test_deeply_nested_values_end() -> None:
    for nest in (b"[" * 100_000, b"<</A" * 100_000, b"(" * 100_000, b"[" * 100_000 + b"]" * 100_000):
        assert read(build("/Outlines 4 0 R /Names 4 0 R /PageLabels 4 0 R", others=[nest])).bookmarks == ()


# --- Masses -------------------------------------------------------------------------------------


def test_a_million_links_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MAX_ANNOTATIONS", 2_000)
    annotations = "4 0 R " * 1_000_000
    pages = [f"{PAGE} /Annots [{annotations}]"]
    target = "<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org) >> >>"
    assert len(read(build("", pages, [target])).links[0]) == 2_000


def test_one_list_of_links_on_many_pages_is_cut() -> None:
    annotations = "[" + "5000 0 R " * 50_000 + "]"
    pdf = build("", [f"{PAGE} /Annots 403 0 R"] * 400, [annotations])
    assert read(pdf).links == {}


def test_a_link_with_a_thousand_areas_has_no_more_than_lines_on_a_page() -> None:
    corners = "0 9 9 9 0 0 9 0 " * 1_000
    annotation = f"<< /Subtype /Link /Rect [0 0 9 9] /Dest [3 0 R /Fit] /QuadPoints [{corners}] >>"
    assert len(read(build("", [f"{PAGE} /Annots [{annotation}]"])).links[0]) == links.MAX_AREAS


def test_an_address_without_end_is_no_link() -> None:
    annotation = f"<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI ({'a' * 100_000}) >> >>"
    assert read(build("", [f"{PAGE} /Annots [{annotation}]"])).links == {}


def test_texts_without_end_are_cut() -> None:
    pdf = build("/Outlines 4 0 R", others=["<< /First 5 0 R >>", f"<< /Title ({'a ' * 500_000}) >>"])
    assert len(read(pdf).bookmarks[0].title) <= outline.MAX_TITLE
    assert len(read(build("", info=f"/Title ({'a' * 1_000_000})")).properties["title"][0]) < 10_000


def test_objects_that_overlap_are_not_read_over_and_over() -> None:
    annotations = " ".join(f"{number} 0 R" for number in range(4, 20_004))
    pdf = build("", [f"{PAGE} /Annots [{annotations}]"], ["("] * 20_000)  # texts that hold all of the following ones
    assert read(pdf).links == {}
    read_catalogue(pdf.replace(b"startxref", b"startxxxx"), "", ignore)


@pytest.mark.parametrize("kind", ["/ObjStm /N 1 /First 4", "/Metadata /Subtype /XML"])
def test_streams_that_swell_when_unpacked_are_not_unpacked(kind: str) -> None:
    bomb = zlib.compress(b"7 0 " + b" " * 100_000_000)
    pdf = compress(build("/Metadata 4 0 R", others=[make_stream(f"/Type {kind} /Filter /FlateDecode", bomb)]))
    assert read(pdf).properties == {}


def test_object_streams_are_unpacked_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = compress(build("/Lang (de)"))
    monkeypatch.setattr(objects, "MAX_UNPACKED_BYTES", 0)
    assert objects.Objects(pdf).resolve(objects.Ref(3, 0)) is None
    monkeypatch.undo()
    assert objects.Objects(pdf).resolve(objects.Ref(3, 0)) is not None


# --- Wrong types, wrong bytes -------------------------------------------------------------------

JUNK = [
    "null",
    "true",
    "-1",
    "1e5",
    "99999999999999999999999",
    "9" * 5_000,
    "0.0000001",
    "(text)",
    "<fffe00d8>",
    "<feffd800>",
    "<feff>",
    "/Name",
    "/#00#ff",
    "[]",
    "[[[]]]",
    "<< >>",
    "<< /Kids [3 0 R] /Names 5 /Nums (x) /First 3 0 R /D 4 >>",
    "1 0 R",
    "2 0 R",
    "3 0 R",
    "4 0 R",
    "0 0 R",
    "99999999999 99999 R",
    "[3 0 R /XYZ (a) /b]",
    "[null /FitH]",
    "[1 0 R /Fit]",
    "<< /S /URI /URI << >> >>",
    "<< /S /GoTo /D << /D << /D 4 0 R >> >> >>",
]
SLOTS = (
    "/Outlines {} /Names {} /Dests {} /PageLabels {} /Metadata {} /Lang {} /MarkInfo {} /StructTreeRoot {}",
    "/MediaBox {} /CropBox {} /Rotate {} /Annots {}",
    "/First {} /Next {} /Title {} /Dest {} /A {} /Kids {} /Names {} /Nums {} /S {} /K {} /Pg {} /RoleMap {}",
    "/Title {} /Author {} /Keywords {} /CreationDate {}",
)
VALUES = st.lists(st.sampled_from(JUNK), min_size=12, max_size=12)


@given(VALUES, VALUES, VALUES, VALUES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_may_be_anything(root: list[str], page: list[str], other: list[str], info: list[str]) -> None:
    filled = [slot.format(*values) for slot, values in zip(SLOTS, (root, page, other, info), strict=True)]
    read(build(filled[0], [filled[1]], [f"<< {filled[2]} >>"], filled[3]), with_tags=True)


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_byte_may_be_wrong(data: st.DataObject) -> None:
    pdf = bytearray(make_thesis() if data.draw(st.booleans()) else compress(make_thesis()))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(pdf) - 1))
        pdf[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    catalogue = read_catalogue(bytes(pdf), "", ignore, with_tags=True)
    for bookmark in catalogue.bookmarks:
        bookmark.title.encode()


# --- Neighbours ---------------------------------------------------------------------------------


def test_what_pypdf_repairs_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    read(b"HTTP/1.1 200 OK\r\n" + make_thesis())
    assert caplog.records == []


@pytest.mark.parametrize("level", [logging.NOTSET, logging.DEBUG])
def test_the_log_level_of_pypdf_stays_as_the_caller_set_it(level: int) -> None:
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(level)
    try:
        threads = [threading.Thread(target=read_catalogue, args=(make_thesis(), "", ignore)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert logger.level == level
    finally:
        logger.setLevel(before)
