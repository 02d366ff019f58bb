"""Where the objects of a PDF are: as pypdf says for files in order, and left to it for all others."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogues import build, compress, read
from tests.pdfs import make_stream, make_thesis
from thesis_convert.loader.pdf.cross_references import read_cross_references
from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.repairs import RepairedFile
from thesis_convert.loader.pdf.syntax import Ref

PLAIN = build("/Lang (de)")
COMPRESSED = compress(PLAIN)


def find_start(pdf: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


def change(pdf: bytes, number: int, value: bytes) -> bytes:
    """The file with an object changed as programs do that only add to its end."""
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, len(pdf))
    changed = pdf + b"%d 0 obj\n" % number + value + b"\nendobj\n"
    trailer = b"trailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (find_start(pdf), len(changed))
    return changed + table + trailer


def make_hybrid(pdf: bytes) -> bytes:
    """A compressed file with a table, as for old readers, that hides what is compressed from them."""
    trailer = b"trailer\n<< /Size 9 /Root 1 0 R /XRefStm %d >>\nstartxref\n%d\n%%%%EOF\n" % (find_start(pdf), len(pdf))
    return pdf + b"xref\n0 2\n0000000000 65535 f \n0000000000 65535 f \n" + trailer


def predict(pdf: bytes) -> bytes:
    """A compressed file whose table is packed as most programs do: each row as what it differs from that above."""
    rows = re.findall(rb"(?s).{6}", re.findall(rb"(?s)/XRef .*?stream\n(.*)\nendstream", pdf)[0])
    above = [bytes(6), *rows]
    changes = [
        bytes((new - old) % 256 for old, new in zip(*pair, strict=True)) for pair in zip(above, rows, strict=False)
    ]
    packed = zlib.compress(b"".join(b"\x02" + row for row in changes))
    entries = f"/Type /XRef /W [1 4 1] /Size {len(rows)} /Root 1 0 R /Filter /FlateDecode"
    stream = make_stream(f"{entries} /DecodeParms << /Predictor 12 /Columns 6 >>", packed)
    start = find_start(pdf)
    return pdf[:start] + b"9 0 obj\n" + stream + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize(
    "pdf",
    [
        PLAIN,
        COMPRESSED,
        change(PLAIN, 1, b"<< /Pages 2 0 R /Lang (fr) >>"),
        change(COMPRESSED, 1, b"<< /Pages 2 0 R /Lang (fr) >>"),
        make_hybrid(COMPRESSED),
        predict(COMPRESSED),
        make_thesis(),
    ],
    ids=["plain", "compressed", "changed", "compressed and changed", "hybrid", "predicted", "thesis"],
)
def test_the_tables_of_a_file_in_order_are_read_as_pypdf_reads_them(pdf: bytes) -> None:
    found, expected = read_cross_references(pdf), RepairedFile(pdf, "").places
    assert found
    assert found.trailer["Root"] == expected.trailer["Root"]
    for number in range(10):
        ref = Ref(number, 0)
        assert found.packed.get(number) == expected.packed.get(number)
        if number not in found.packed:
            assert found.offsets.get(ref) == expected.offsets.get(ref)


def test_the_newest_word_on_an_object_counts() -> None:
    for pdf in (PLAIN, COMPRESSED):
        assert read(change(pdf, 1, b"<< /Pages 2 0 R /Lang (fr) >>")).language == "fr"


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"\n" + PLAIN,
        PLAIN.replace(b" n \n", b" n\n"),
        PLAIN.replace(b"trailer", b"tailer"),
        PLAIN.replace(b"/Root", b"/Encrypt 3 0 R /Root"),
        PLAIN.replace(b"/Root", b"/Prev %d /Root" % find_start(PLAIN)),
        PLAIN.replace(b"xref\n0 ", b"xref\n0 9"),
        COMPRESSED.replace(b"[1 4 1]", b"[1 4 2]"),
        COMPRESSED.replace(b"[1 4 1]", b"[1 4 9]"),
        COMPRESSED.replace(b"[1 4 1]", b"[]"),
        COMPRESSED.replace(b"/Type /XRef", b"/Index [0 (a)] /Type /XRef"),
        COMPRESSED.replace(b"/Type /XRef", b"/Filter /FlateDecode /Type /XRef"),
        COMPRESSED.replace(b"/Type /XRef", b"/Filter /LZWDecode /Type /XRef"),
    ],
)
def test_a_file_that_is_not_in_order_is_left_to_pypdf(pdf: bytes) -> None:
    assert read_cross_references(pdf) is None


@given(st.sampled_from([PLAIN, COMPRESSED, make_hybrid(COMPRESSED)]), st.data())
def test_damaged_tables_do_no_harm(pdf: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(find_start(pdf) // 2, len(pdf)))
    noise = data.draw(st.binary(max_size=8) | st.sampled_from([b" 999999999 ", b"/Prev 0", b"[-1]", b"0 R"]))
    read_cross_references(pdf[:start] + noise + pdf[start + len(noise) :])


def test_streams_in_seldom_compressions_are_read() -> None:
    value = b"<< /Lang (de) >>"
    for name, packed in (("ASCIIHexDecode", value.hex().encode() + b">"), ("FlateDecode", zlib.compress(value))):
        pdf = build("", others=[make_stream(f"/Filter /{name}", packed)])
        assert Objects(pdf).stream(Ref(4, 0), 100) == value


def test_pypdf_is_not_imported_for_a_file_in_order() -> None:
    code = (
        "import sys; from thesis_convert.loader.pdf.catalogue import read_catalogue;"
        "assert read_catalogue(sys.stdin.buffer.read(), '', print).language == 'de';"
        "sys.exit('pypdf' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], input=COMPRESSED, check=True)
