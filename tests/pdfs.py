"""Tiny PDFs for tests, written by hand so that every byte is known: text, bookmarks, page labels, scans, locks."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from textwrap import wrap

import pypdf

CHAPTERS = ("Rivers", "Methods of Counting", "Results", "Conclusion")
FILLER = "The gauge at the bridge was read every day, and what it told was written down. " * 9

Line = tuple[str, float]  # the words and the size of the type


def make_pdf(
    pages: Sequence[Sequence[Line]],
    bookmarks: Sequence[tuple[str, int]] = (),
    labels: str = "",
    info: str = "",
) -> bytes:
    """A PDF with a line of Latin-1 text under the other on each page.

    `bookmarks` are titles with page indexes from 0, `labels` is the value of /Nums in the page
    label tree ("0 << /S /r >> 2 << /S /D >>"), `info` what stands in the information dictionary.
    """
    contents = [draw_lines(lines) for lines in pages]
    first = 5  # objects before the pages: catalog, page tree, two fonts (numbers begin at 1)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    outline = first + 2 * len(pages)
    extra = f" /Outlines {outline} 0 R" if bookmarks else ""
    extra += f" /PageLabels << /Nums [{labels}] >>" if labels else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R{extra} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(contents):
        objects += [make_page(first + 2 * index + 1), make_stream("", content)]
    if bookmarks:
        objects += make_outline(bookmarks, outline, first)
    return assemble(objects, info)


def make_thesis(chapters: int = 2, pages_each: int = 2) -> bytes:
    """A small thesis: a title page, then up to four chapters with bookmarks, text, and page labels i, 1, 2 ..."""
    pages: list[list[Line]] = [[("A Small Thesis", 24.0), ("", 40.0), ("Ada Author", 14.0), ("", 40.0), ("2021", 12.0)]]
    bookmarks = []
    for number, name in enumerate(CHAPTERS[:chapters], 1):
        bookmarks.append((f"{number} {name}", len(pages)))
        for part in range(pages_each):
            head: list[Line] = [(f"{number} {name}", 18.0), ("", 12.0)] if part == 0 else []
            lines = wrap(f"In this part of the thesis something is said about {name.lower()}. {FILLER}", 80)
            pages.append([*head, *((line, 11.0) for line in lines)])
    return make_pdf(pages, bookmarks, "0 << /S /r >> 1 << /S /D >>")


def make_scan() -> bytes:
    """A page that shows a bitmap and has no text."""
    image = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            make_page(4, "/XObject << /I 5 0 R >>"),
            make_stream("", b"q 500 0 0 700 40 60 cm /I Do Q"),
            make_stream(image, bytes(range(0, 256, 4))),
        ]
    )


def encrypt(pdf: bytes, password: str) -> bytes:
    """The same PDF, locked with a password that is needed to open it (AES, 256 bits)."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(user_password=password, owner_password="the owner's", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def draw_lines(lines: Sequence[Line]) -> bytes:
    """Drawing commands for lines from the top of an A4 page down; large type is bold."""
    commands = []
    y = 780.0
    for text, size in lines:
        y -= 1.3 * size
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        commands.append(f"BT /{'F2' if size > 13 else 'F1'} {size} Tf 72 {y:.2f} Td ({escaped}) Tj ET")
    return "\n".join(commands).encode("cp1252")


def make_page(content: int, resources: str = "/Font << /F1 3 0 R /F2 4 0 R >>") -> bytes:
    size = "/MediaBox [0 0 595 842]"
    return f"<< /Type /Page /Parent 2 0 R {size} /Contents {content} 0 R /Resources << {resources} >> >>".encode()


def make_stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def make_outline(bookmarks: Sequence[tuple[str, int]], number: int, first_page: int) -> list[bytes]:
    """The root of the bookmarks as object `number`, and their entries after it."""
    last = number + len(bookmarks)
    entries = [f"<< /Type /Outlines /First {number + 1} 0 R /Last {last} 0 R /Count {len(bookmarks)} >>"]
    for place, (title, page) in enumerate(bookmarks, number + 1):
        before = f" /Prev {place - 1} 0 R" if place > number + 1 else ""
        after = f" /Next {place + 1} 0 R" if place < last else ""
        target = f"[{first_page + 2 * page} 0 R /XYZ 72 780 null]"
        entries.append(f"<< /Title ({title}) /Parent {number} 0 R /Dest {target}{before}{after} >>")
    return [entry.encode() for entry in entries]


def assemble(objects: Sequence[bytes], info: str = "") -> bytes:
    """A file of numbered objects, the first being the catalog, with its cross-reference table."""
    numbered = [*objects, f"<< {info} >>".encode()]
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, value in enumerate(numbered, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + value + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(numbered) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    trailer = f"<< /Size {len(numbered) + 1} /Root 1 0 R /Info {len(numbered)} 0 R >>"
    return bytes(out) + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode()
