"""Page trees, outlines, labels, tags and properties that loop, lie, or are far too many."""

from __future__ import annotations

from tests.hostile.building import PAGE, build, say
from tests.pdfs import make_stream

XML = "<script>alert(1)</script> & ]]> <!-- \"' &lt; &#0; <img src=x onerror=alert(1)>"
MARKDOWN = "# *a* [b](javascript:alert(1)) ![c](file:///etc/passwd) <script>d</script> `e` | f | \\ $g$ \n---\n- h"
CONTROLS = "a\0b\x1b[31mc\x08d\x7fe\u0085f\u2028g\u2029h\ufffei"
TURNING = "safe\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c"
PATHS = "../../../../tmp/outside /etc/passwd C:\\windows\\x NUL CON"
HALVES = "\ud800 lone \udfff halves \ud83d"
DEEP = 10_000


def nest_pages(depth: int) -> bytes:
    """A page below so many inner nodes."""
    nodes = [f"<< /Type /Pages /Parent 2 0 R /Kids [{7 + place} 0 R] /Count 1 >>" for place in range(depth)]
    return build(*nodes, f"{PAGE} 0 R", tree=b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>")


def nest_outline(depth: int) -> bytes:
    entries = [
        f"<< /Title (Level {n}) /Parent {n + 5} 0 R /First {n + 7} 0 R /Last {n + 7} 0 R >>" for n in range(1, depth)
    ]
    last = f"<< /Title (Last) /Parent {depth + 5} 0 R >>"
    return build("<< /Type /Outlines /First 7 0 R /Last 7 0 R >>", *entries, last, catalog="/Outlines 6 0 R")


def widen_outline(count: int) -> bytes:
    entries = [f"<< /Title (B) /Parent 6 0 R /Next {8 + n} 0 R /Dest [3 0 R /Fit] >>" for n in range(count)]
    return build("<< /Type /Outlines /First 7 0 R >>", *entries, "<< /Title (End) >>", catalog="/Outlines 6 0 R")


def title_outline(title: str) -> bytes:
    entry = f"<< /Title {say(title)} /Parent 6 0 R /Dest [3 0 R /XYZ 0 700 0] >>"
    return build("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>", entry, catalog="/Outlines 6 0 R")


def nest_tags(depth: int) -> bytes:
    nodes = [f"<< /Type /StructElem /S /P /P {6 + n} 0 R /K [{8 + n} 0 R] >>" for n in range(depth)]
    root = "<< /Type /StructTreeRoot /K 7 0 R >>"
    return build(
        root, *nodes, "<< /S /P /K 0 /Pg 3 0 R >>", catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>"
    )


def label(nums: str) -> bytes:
    return build(catalog=f"/PageLabels << /Nums [{nums}] >>")


def describe(text: str) -> bytes:
    """The same text in every property of the file."""
    names = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
    return build(info=" ".join(f"/{name} {say(text)}" for name in names))


def write_xmp(xml: str) -> bytes:
    return build(make_stream("/Type /Metadata /Subtype /XML", xml.encode()), catalog="/Metadata 6 0 R")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
TITLE = "<rdf:Description><dc:title>{}</dc:title></rdf:Description></rdf:RDF>"
OK, FAIR, ANY = (0,), (0, 4), (0, 4, 6)

KINDS = {
    "page-tree-in-itself": (lambda: build(tree=b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"), FAIR),
    "page-tree-in-circle": (
        lambda: build(
            "<< /Type /Pages /Kids [2 0 R] /Count 1 >>", tree=b"<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 2 >>"
        ),
        ANY,
    ),
    "page-parent-in-circle": (lambda: build(page="/Parent 3 0 R", box=""), FAIR),
    "page-count-huge": (lambda: build(tree=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"), FAIR),
    "page-count-a-million": (lambda: build(tree=b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>"), FAIR),
    "page-count-negative": (lambda: build(tree=b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"), FAIR),
    "page-count-of-words": (lambda: build(tree=b"<< /Type /Pages /Kids [3 0 R] /Count (one) >>"), FAIR),
    "page-a-thousand-times": (
        lambda: build(tree=b"<< /Type /Pages /Kids [" + b"3 0 R " * 1000 + b"] /Count 1000 >>"),
        OK,
    ),
    "page-tree-deep": (lambda: nest_pages(DEEP), ANY),
    "page-tree-missing": (lambda: build(tree=b"null"), (4,)),
    "page-kids-no-list": (lambda: build(tree=b"<< /Type /Pages /Kids 3 0 R /Count 1 >>"), ANY),
    "page-kids-of-junk": (lambda: build(tree=b"<< /Type /Pages /Kids [null 7 (x) /Y 99 0 R 3 0 R] /Count 6 >>"), ANY),
    "outline-in-circle": (
        lambda: build("<< /First 7 0 R >>", "<< /Title (A) /Next 7 0 R /First 6 0 R >>", catalog="/Outlines 6 0 R"),
        OK,
    ),
    "outline-deep": (lambda: nest_outline(DEEP), OK),
    "outline-wide": (lambda: widen_outline(5_000), OK),
    "outline-of-markup": (lambda: title_outline(XML), OK),
    "outline-of-markdown": (lambda: title_outline(MARKDOWN), OK),
    "outline-of-controls": (lambda: title_outline(CONTROLS), OK),
    "outline-of-turning-marks": (lambda: title_outline(TURNING), OK),
    "outline-of-half-letters": (lambda: title_outline(HALVES), OK),
    "outline-long-title": (lambda: title_outline("word " * 100_000), OK),
    "outline-to-nowhere": (
        lambda: build(
            "<< /First 7 0 R >>", "<< /Title (A) /Dest [99 0 R /XYZ (a) /B <<>>] >>", catalog="/Outlines 6 0 R"
        ),
        OK,
    ),
    "names-in-circle": (
        lambda: build("<< /Kids [6 0 R 7 0 R] >>", "<< /Kids [6 0 R] >>", catalog="/Names << /Dests 6 0 R >>"),
        OK,
    ),
    "names-many": (
        lambda: build(
            f"<< /Names [{' '.join(f'({n}) [3 0 R /Fit]' for n in range(10_000))}] >>",
            catalog="/Names << /Dests 6 0 R >>",
        ),
        OK,
    ),
    "labels-roman-billion": (lambda: label("0 << /S /r /St 999999999 >>"), OK),
    "labels-letters-billion": (lambda: label("0 << /S /A /St 2000000000 >>"), OK),
    "labels-negative": (lambda: label("0 << /S /r /St -7 >> -3 << /S /D >>"), OK),
    "labels-of-markup": (lambda: label(f"0 << /S /D /P {say(XML)} >>"), OK),
    "labels-of-controls": (lambda: label(f"0 << /S /D /P {say(CONTROLS + TURNING + HALVES)} >>"), OK),
    "labels-in-circle": (lambda: build("<< /Kids [6 0 R] >>", catalog="/PageLabels 6 0 R"), OK),
    "tags-in-circle": (
        lambda: build(
            "<< /K 7 0 R >>",
            "<< /S /P /K [7 0 R 6 0 R] >>",
            catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>",
        ),
        OK,
    ),
    "tags-deep": (lambda: nest_tags(DEEP), OK),
    "tags-roles-in-circle": (
        lambda: build(
            "<< /K 7 0 R /RoleMap << /A /B /B /A >> >>",
            "<< /S /A /K 0 /Pg 3 0 R >>",
            catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>",
        ),
        OK,
    ),
    "tags-alt-of-markup": (
        lambda: build(
            "<< /K 7 0 R >>",
            f"<< /S /Figure /Alt {say(XML)} /ActualText {say(MARKDOWN)} /K 0 /Pg 3 0 R >>",
            catalog="/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>",
            content=b"/Figure <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Words.) Tj ET EMC",
        ),
        OK,
    ),
    "properties-of-markup": (lambda: describe(XML), OK),
    "properties-of-markdown": (lambda: describe(MARKDOWN), OK),
    "properties-of-controls": (lambda: describe(CONTROLS), OK),
    "properties-of-turning-marks": (lambda: describe(TURNING), OK),
    "properties-of-half-letters": (lambda: describe(HALVES), OK),
    "properties-of-paths": (lambda: describe(PATHS), OK),
    "properties-long": (lambda: describe("x" * 100_000), OK),
    "properties-in-circle": (lambda: build(info="/Title 7 0 R /Author 6 0 R"), OK),
    "language-of-markup": (lambda: build(catalog=f"/Lang {say(XML)}"), OK),
    "language-long": (lambda: build(catalog=f"/Lang ({'en-' * 50_000}US)"), OK),
    "xmp-entity-outside": (
        lambda: write_xmp(
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + RDF + TITLE.format("&e;")
        ),
        OK,
    ),
    "xmp-many-laughs": (
        lambda: write_xmp(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>' + RDF + TITLE.format("&l9;")),
        OK,
    ),
    "xmp-deep": (lambda: write_xmp(RDF + "<a>" * 50_000), OK),
}
