"""Tiny PDFs without ink, for tests of what a PDF says about itself."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

from tests.pdfs import assemble, make_stream
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.loader.pdf.catalogue import read_catalogue
from thesis_convert.page import Catalogue

PAGE = "/MediaBox [0 0 600 800]"


def build(root: str, pages: Sequence[str] = (PAGE,), others: Sequence[str | bytes] = (), info: str = "") -> bytes:
    """A PDF whose catalog has the entries `root`.

    Object 1 is the catalog, 2 the page tree, the pages with the entries `pages` follow from 3 on, and
    `others` behind the pages: with one page they begin at 4.
    """
    kids = " ".join(f"{3 + index} 0 R" for index in range(len(pages)))
    objects: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode("latin-1"),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *(f"<< /Type /Page /Parent 2 0 R {entries} >>".encode("latin-1") for entries in pages),
        *(other.encode("latin-1") if isinstance(other, str) else other for other in others),
    ]
    return assemble(objects, info)


def compress(pdf: bytes) -> bytes:
    """The same PDF, its objects in an object stream and its table in a cross-reference stream."""
    bodies = dict(re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    packed = {int(number): body for number, body in bodies.items() if b"stream\n" not in body}
    loose = {int(number): body for number, body in bodies.items() if b"stream\n" in body}
    stream_number = max(map(int, bodies)) + 1
    heads, data = b"", b""
    for number, body in packed.items():
        heads += b"%d %d " % (number, len(data))
        data += body + b"\n"
    entries = f"/Type /ObjStm /N {len(packed)} /First {len(heads)} /Filter /FlateDecode"
    loose[stream_number] = make_stream(entries, zlib.compress(heads + data))
    out = bytearray(b"%PDF-1.7\n")
    table = {0: bytes([0, 0, 0, 0, 0, 255])}
    table |= {number: bytes([2, *stream_number.to_bytes(4), place]) for place, number in enumerate(packed)}
    for number, body in loose.items():
        table[number] = bytes([1, *len(out).to_bytes(4), 0])
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table[stream_number + 1] = bytes([1, *len(out).to_bytes(4), 0])
    info = max(map(int, bodies))  # `assemble` puts it last
    entries = f"/Type /XRef /W [1 4 1] /Size {len(table)} /Root 1 0 R /Info {info} 0 R"
    start = len(out)
    rows = b"".join(row for _, row in sorted(table.items()))
    return (
        bytes(out)
        + b"%d 0 obj\n" % (stream_number + 1)
        + make_stream(entries, rows)
        + (b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    )


def read(pdf: bytes, password: str = "", *, with_tags: bool = False) -> Catalogue:
    """The catalogue of a file that must not give rise to any diagnostic."""
    told: list[Diagnostic] = []
    catalogue = read_catalogue(pdf, password, told.append, with_tags=with_tags)
    assert told == []
    return catalogue
