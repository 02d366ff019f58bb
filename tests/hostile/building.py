"""A small PDF with text that hostile kinds are made from: every part of it can be replaced by something worse."""

from __future__ import annotations

from collections.abc import Sequence

from tests.pdfs import assemble, make_stream

TEXT = b"BT /F1 12 Tf 72 700 Td (The gauge at the bridge was read every day.) Tj ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
# Objects of a file made by `build`, for references to them.
CATALOG, TREE, PAGE, CONTENT, FONT_NUMBER, FIRST_FREE = 1, 2, 3, 4, 5, 6


def build(
    *others: bytes | str,
    catalog: str = "",
    tree: bytes = PAGES,
    page: str = "",
    box: str = "/MediaBox [0 0 595 842]",
    content: bytes = TEXT,
    stream: bytes = b"",
    font: bytes = FONT,
    resources: str = "",
    info: str = "",
) -> bytes:
    """A PDF of one page with one line of text.

    `others` become objects from `FIRST_FREE` on; `stream` is the whole content stream object, in place of `content`.
    """
    entries = f"/Type /Page /Parent 2 0 R {box} /Contents 4 0 R {page}"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode("latin-1"),
        tree,
        f"<< {entries} /Resources << /Font << /F1 5 0 R >> {resources} >> >>".encode("latin-1"),
        stream or make_stream("", content),
        font,
        *(other.encode("latin-1") if isinstance(other, str) else other for other in others),
    ]
    return assemble(objects, info)


def say(text: str) -> str:
    """A string of a PDF that says any text, as UTF-16; lone surrogates stay what they are."""
    return f"<FEFF{text.encode('utf-16-be', 'surrogatepass').hex()}>"


def set_lines(lines: Sequence[str], size: float = 11.0, lead: float = 13.0, x: float = 72.0) -> bytes:
    """Drawing commands for lines from the top of the page down."""
    head = f"BT /F1 {size} Tf {lead} TL {x} 790 Td "
    return (head + " ".join(f"({line}) Tj T*" for line in lines) + " ET").encode("latin-1")


def map_letters(pairs: Sequence[tuple[str, str]]) -> bytes:
    """A ToUnicode map: hexadecimal codes of letters to hexadecimal UTF-16."""
    rows = "\n".join(f"<{code}> <{text}>" for code, text in pairs)
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def"
    space = "1 begincodespacerange <00> <FF> endcodespacerange"
    return make_stream("", f"{head} {space} {len(pairs)} beginbfchar\n{rows}\nendbfchar endcmap end end".encode())
