"""Files whose tables, streams and objects are damaged, nested without end, or blown up."""

from __future__ import annotations

import zlib

from tests.catalogues import compress
from tests.hostile.building import TEXT, build
from tests.pdfs import assemble, encrypt, make_pdf, make_scan, make_stream, make_thesis

OK, FAIR, ANY = (0,), (0, 4), (0, 4, 6)
BOMB = 64 << 20


def deflate(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def put_stream(entries: str, data: bytes) -> bytes:
    """A page whose content is this stream."""
    return build(stream=make_stream(entries, data))


def swap(old: bytes, new: bytes, pdf: bytes | None = None) -> bytes:
    whole = pdf or make_thesis()
    assert old in whole
    return whole.replace(old, new)


def chain_references(count: int) -> bytes:
    """The page tree behind so many references to references."""
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", *(b"%d 0 R" % (n + 3) for n in range(count)), b"null"])


def pack_in_itself() -> bytes:
    """An object stream that holds itself."""
    body = b"9 0 << /Type /ObjStm >>"
    return build(make_stream("/Type /ObjStm /N 1 /First 4 /Extends 6 0 R", body))


KINDS = {
    "empty": (lambda: b"", (4,)),
    "header-alone": (lambda: b"%PDF-1.7\n", (4,)),
    "no-pdf": (lambda: b"PK\3\4 not a PDF" * 100, (4,)),
    "html-page": (lambda: b"<!DOCTYPE html><html><script>alert(1)</script>", (4,)),
    "zero-bytes": (lambda: b"\0" * 100_000, (4,)),
    "any-bytes": (lambda: bytes(range(256)) * 1000, (4,)),
    "junk-before": (lambda: b"junk\n" * 150 + make_thesis(), OK),
    "junk-behind": (lambda: make_thesis() + b"\xff\0junk" * 10_000, FAIR),
    "cut-in-half": (lambda: make_thesis()[: len(make_thesis()) // 2], FAIR),
    "cut-before-table": (lambda: make_thesis()[: make_thesis().rindex(b"xref\n0")], FAIR),
    "two-files-in-one": (lambda: make_thesis() + make_thesis(1), OK),
    "no-pages": (lambda: make_pdf([]), (4,)),
    "scan": (make_scan, (6,)),
    "locked": (lambda: encrypt(make_thesis(), "sesame"), (5,)),
    "locked-by-junk": (
        lambda: swap(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 4 /R 9 /O () /U () /P -1 >>"),
        (4, 5),
    ),
    "locked-by-stranger": (lambda: swap(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Own /V 1 >>"), (4, 5)),
    "table-in-circle": (lambda: swap(b"/Root 1 0 R", b"/Root 1 0 R /Prev 15"), FAIR),
    "table-start-beyond": (lambda: swap(b"startxref\n", b"startxref\n9999999999"), OK),
    "table-start-negative": (lambda: swap(b"startxref\n", b"startxref\n-"), OK),
    "table-size-huge": (lambda: swap(b"/Size ", b"/Size 99999999"), FAIR),
    "table-offsets-false": (lambda: swap(b"00000 n", b"00007 n").replace(b"\n00000", b"\n00001"), FAIR),
    "table-compressed-cut": (lambda: compress(make_thesis())[:-400], ANY),
    "table-predictor-huge": (
        lambda: swap(
            b"/Type /XRef", b"/Type /XRef /DecodeParms << /Predictor 12 /Columns 2147483647 >>", compress(make_thesis())
        ),
        ANY,
    ),
    "table-widths-huge": (lambda: swap(b"/W [1 4 1]", b"/W [9999999 4 99999999]", compress(make_thesis())), ANY),
    "objects-in-themselves": (pack_in_itself, OK),
    "objects-more-than-there-are": (lambda: swap(b"/ObjStm /N ", b"/ObjStm /N 99999", compress(make_thesis())), ANY),
    "reference-to-itself": (lambda: build(tree=b"2 0 R"), (4,)),
    "reference-chain": (lambda: chain_references(5000), (4,)),
    "lists-deep": (lambda: build(b"[" * 100_000 + b"]" * 100_000, catalog="/X 6 0 R /Dests 6 0 R"), FAIR),
    "dictionaries-deep": (lambda: build(b"<</A" * 50_000 + b" 1" + b">>" * 50_000, catalog="/Names 6 0 R"), FAIR),
    "strings-deep": (lambda: build(b"(" * 100_000 + b")" * 100_000, catalog="/Lang 6 0 R"), FAIR),
    "lists-never-closed": (lambda: build(b"[" * 200_000, catalog="/Dests 6 0 R"), FAIR),
    "number-long": (lambda: build(b"9" * 500_000, catalog="/Dests 6 0 R", box="/MediaBox [0 0 6 0 R 6 0 R]"), FAIR),
    "name-long": (lambda: build(b"/" + b"N" * 500_000, catalog="/Dests 6 0 R"), OK),
    "stream-length-false": (lambda: put_stream("/Length 99999999", TEXT), ANY),
    "stream-length-negative": (lambda: swap(b"/Length ", b"/Length -", build()), ANY),
    "stream-length-in-circle": (lambda: build(stream=b"<< /Length 4 0 R >>\nstream\n" + TEXT + b"\nendstream"), ANY),
    "stream-filter-unknown": (lambda: put_stream("/Filter /Rot13Decode", TEXT), ANY),
    "stream-filters-many": (lambda: put_stream(f"/Filter [{'/ASCIIHexDecode ' * 2000}]", TEXT), ANY),
    "stream-of-junk": (lambda: put_stream("/Filter /FlateDecode", b"\x78\x9c" + bytes(range(256)) * 40), ANY),
    "stream-lzw-junk": (lambda: put_stream("/Filter /LZWDecode", bytes(range(256)) * 40), ANY),
    "stream-in-words-of-junk": (lambda: put_stream("/Filter /ASCII85Decode", b"zzzz{{{{~" * 5000), ANY),
    "bomb-of-spaces": (lambda: put_stream("/Filter /FlateDecode", deflate(TEXT + b" " * BOMB)), (0, 9)),
    "bomb-in-bomb": (
        lambda: put_stream("/Filter [/FlateDecode /FlateDecode]", deflate(TEXT + b"\n" * BOMB, 2)),
        (0, 9),
    ),
    "bomb-of-commands": (lambda: put_stream("/Filter /FlateDecode", deflate(TEXT + b"q Q\n" * (1 << 20))), (0, 9)),
    "bomb-of-runs": (
        lambda: put_stream("/Filter [/FlateDecode /RunLengthDecode]", deflate(b"\x81 " * (1 << 20))),
        (0, 6, 9),
    ),
    "bomb-in-properties": (
        lambda: build(
            make_stream("/Type /Metadata /Filter /FlateDecode", deflate(b"<a>" * (BOMB // 3))),
            catalog="/Metadata 6 0 R",
        ),
        (0, 9),
    ),
    "bomb-of-objects": (
        lambda: build(make_stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", deflate(b"7 0 " + b" " * BOMB))),
        (0, 9),
    ),
}
