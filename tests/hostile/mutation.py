"""Changes to PDFs that keep them half alive: numbers, names, references, pieces, bytes.

In come PDFs and a source of chance; out comes another PDF. Streams are opened first, so that what is
inside them is changed as well, and every other PDF gets a true table of its objects again, since with a
false one readers only ever try their repairs.
"""

from __future__ import annotations

import random
import re
from io import BytesIO

import pypdf
from pypdf.generic import StreamObject

NUMBERS = [
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"-2147483649",
    b"65536",
    b"99999999999999999999",
    b"1e9",
    b".",
    b"0.00001",
]
NUMBERS += [b"3.4e38", b"-0", b"null", b"true", b"[]", b"<<>>", b"()", b"/X", b"4294967295", b"1000000"]
WORDS = [
    b"endobj",
    b"endstream",
    b"stream\n",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b")",
    b"BT",
    b"ET",
    b"q",
    b"Q",
    b"Do",
    b"cm",
]
WORDS += [
    b"%",
    b"\0",
    b"\xff\xfe",
    b"/Kids",
    b"/Parent",
    b"/Next",
    b"/First",
    b"/Length 9",
    b"/Rotate 90",
    b"1 0 R",
    b"Tf",
    b"TJ",
]
NUMBER = re.compile(rb"(?<![\w.])[-+]?\d+\.?\d*(?![\w.])")
NAME = re.compile(rb"/[A-Za-z]\w*")
REFERENCE = re.compile(rb"\d+ 0 R")
OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\b(.*?)endobj", re.DOTALL)


def open_streams(pdf: bytes, pages: int) -> bytes:
    """The first pages of a PDF, written anew with its streams uncompressed where that keeps it small."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    writer = pypdf.PdfWriter()
    writer.append(reader, pages=(0, min(pages, len(reader.pages))))
    for place, value in enumerate(writer._objects):
        if (
            isinstance(value, StreamObject)
            and value.get("/Filter") == "/FlateDecode"
            and value.get("/Subtype") != "/Image"
        ):
            data = value.get_data()
            if len(data) < 60_000:
                plain = StreamObject()
                plain.update({key: value[key] for key in value if key not in ("/Filter", "/DecodeParms", "/Length")})
                plain.set_data(data)
                writer._objects[place] = plain
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def mutate(pdfs: list[bytes], chance: random.Random) -> bytes:
    """One of the PDFs with some changes, some of them taken from another."""
    pdf, other = bytearray(chance.choice(pdfs)), chance.choice(pdfs)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9, 20))):
        if pdf:  # all of it may have been taken away
            chance.choice(CHANGES)(pdf, other, chance)
    return rebuild(bytes(pdf)) if chance.random() < 0.5 else bytes(pdf)


def rebuild(pdf: bytes) -> bytes:
    """The same objects with a table that says where they are, and the old trailer."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in OBJECT.findall(pdf):
        places[int(number)] = len(out)
        out += number + b" 0 obj" + body + b"endobj\n"
    trailer = re.search(rb"trailer\s*(<<.*?>>)\s*startxref", pdf, re.DOTALL)
    if not places or not trailer:
        return pdf
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    out += b"".join(b"%d 1\n%010d 00000 n \n" % item for item in sorted(places.items()))
    return bytes(out) + b"trailer\n" + trailer[1] + b"\nstartxref\n%d\n%%%%EOF\n" % start


def pick(pattern: re.Pattern[bytes], pdf: bytes | bytearray, chance: random.Random) -> tuple[int, int] | None:
    """A place in the PDF that the pattern fits, near one by chance."""
    for _ in range(4):
        found = pattern.search(pdf, chance.randrange(len(pdf)))
        if found:
            return found.span()
    return None


def change_number(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    if place := pick(NUMBER, pdf, chance):
        pdf[slice(*place)] = chance.choice(NUMBERS)


def change_name(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    place, theirs = pick(NAME, pdf, chance), pick(NAME, other, chance)
    if place and theirs:
        pdf[slice(*place)] = other[slice(*theirs)]


def change_reference(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    if place := pick(REFERENCE, pdf, chance):
        pdf[slice(*place)] = b"%d 0 R" % chance.randrange(1, 60)


def change_bytes(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(pdf))
    pdf[start : start + chance.randrange(1, 6)] = chance.randbytes(chance.randrange(0, 6))


def insert_word(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(pdf))
    pdf[start:start] = b" " + chance.choice(WORDS) + b" "


def remove_piece(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    start = chance.randrange(len(pdf))
    del pdf[start : start + chance.choice((8, 64, 512, 4096))]


def repeat_piece(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    start, size = chance.randrange(len(pdf)), chance.choice((8, 64, 512))
    pdf[start:start] = pdf[start : start + size] * chance.choice((1, 3, 50))


def borrow_piece(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    start, theirs = chance.randrange(len(pdf)), chance.randrange(len(other))
    size = chance.choice((16, 128, 1024))
    pdf[start : start + chance.choice((0, size))] = other[theirs : theirs + size]


def cut_off(pdf: bytearray, other: bytes, chance: random.Random) -> None:
    if chance.random() < 0.3:
        del pdf[chance.randrange(len(pdf)) :]


CHANGES = (
    *(change_number,) * 5,
    *(change_name,) * 2,
    *(change_reference,) * 3,
    *(change_bytes,) * 2,
    insert_word,
    remove_piece,
    repeat_piece,
    borrow_piece,
    cut_off,
)
