"""What is told of a thesis that cannot be read as a whole: pages, fonts and marks."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf

from tests.paper import set_pages
from tests.pdfs import assemble, make_page, make_scan, make_stream, make_thesis
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.loader import LoadOptions, load_document
from thesis_convert.loader.structure.joined_marks import separate_marks
from thesis_convert.loader.structure.note_reports import report_unmatched
from thesis_convert.loader.structure.notes import find_notes


def read_codes(pdf: bytes, path: Path) -> list[tuple[str, int | None, str]]:
    """(code, page, message) of what is told when a PDF is read, but for headings."""
    file = path / "thesis.pdf"
    file.write_bytes(pdf)
    told: list[Diagnostic] = []
    load_document(file, LoadOptions(pictures=False, cover=""), told.append)
    return [(str(d.code), d.page, d.message) for d in told if d.code != "no-headings"]


def make_unmapped() -> bytes:
    """A page in a font that has numbers for its glyphs and no letters for the numbers."""
    words = b" ".join(b"<%s> Tj" % "".join(f"{ord(c):04x}" for c in word).encode() for word in ["zebra "] * 20)
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            make_page(4, "/Font << /F1 5 0 R >>"),
            make_stream("", b"BT /F1 12 Tf 72 700 Td " + words + b" ET"),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Zebra /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Zebra /FontDescriptor 7 0 R "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            b"<< /Type /FontDescriptor /FontName /Zebra /Flags 4 /ItalicAngle 0 /Ascent 800 /Descent -200 "
            b"/CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800] >>",
        ]
    )


def test_a_font_without_letters_is_told_with_its_page(tmp_path: Path) -> None:
    ((code, page, message),) = read_codes(make_unmapped(), tmp_path)
    assert (code, page) == ("unreadable-font", 1)
    assert "Zebra" in message and "ocrmypdf --force-ocr thesis.pdf" in message


def test_a_scan_among_pages_with_text_is_told_and_a_blank_page_is_not(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(make_thesis()))
    writer.insert_blank_page(index=1)
    writer.insert_page(pypdf.PdfReader(BytesIO(make_scan())).pages[0], index=2)
    out = BytesIO()
    writer.write(out)
    ((code, page, message),) = read_codes(out.getvalue(), tmp_path)
    assert (code, page) == ("page-without-text", 3)
    assert "ocrmypdf --skip-text thesis.pdf" in message


def read_marks(drawing: str) -> list[tuple[str, int | None]]:
    layouts, _ = set_pages(drawing)
    layouts = separate_marks(layouts)
    told: list[Diagnostic] = []
    report_unmatched(find_notes(layouts), layouts, told.append)
    return [(d.message.split(":")[0], d.page) for d in told]


def test_a_mark_is_told_that_the_notes_count_past() -> None:
    assert read_marks("""\
The river^1 was measured at noon.^2 It was dry.
____
~ ^1 See the map.
====
The clock^3 was slow.
____
~ ^3 By nine minutes.
""") == [("no note for the mark '2'", 1)]


def test_powers_and_cited_numbers_are_no_marks_without_a_note() -> None:
    assert (
        read_marks("""\
The river^1 covers 12 km^2 there, as was told before.^17
____
~ ^1 See the map.
====
The clock was slow.^2
____
~ ^2 By nine minutes.
""")
        == []
    )
    assert read_marks("The river was measured.^1 It was dry.^2 Nobody asked.^3\n") == []
