"""Pages, text, fonts, pictures and forms of sizes and in numbers that no thesis has, or that call themselves."""

from __future__ import annotations

import random

from tests.hostile.building import TEXT, build, map_letters, set_lines
from tests.hostile.structure_kinds import CONTROLS
from tests.pdfs import make_stream

OK, ANY = (0,), (0, 6)
# What would take days, and is ended by a limit.
NEVER = (9,)
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
IMAGE = "/Type /XObject /Subtype /Image /BitsPerComponent 8"
PICTURE = TEXT + b" q 300 0 0 300 72 300 cm /X Do Q"
WORDS = "the gauge at the bridge was read every day and what it told was written down"


def draw_form(content: bytes, resources: str = "") -> str:
    return make_stream(f"{FORM} /Resources << {resources} >>", content).decode("latin-1")


def show_picture(entries: str, data: bytes, *others: str | bytes) -> bytes:
    picture = make_stream(f"{IMAGE} {entries}", data)
    return build(picture, *others, content=PICTURE, resources="/XObject << /X 6 0 R >>")


def caption(words: str) -> bytes:
    """A picture with a caption below it."""
    lines = (
        set_lines([WORDS] * 8) + b" q 300 0 0 300 72 360 cm /X Do Q BT /F1 9 Tf 72 340 Td (%s) Tj ET" % words.encode()
    )
    grey = make_stream(f"{IMAGE} /Width 16 /Height 16 /ColorSpace /DeviceGray", bytes(range(256)))
    return build(grey, content=lines, resources="/XObject << /X 6 0 R >>")


def branch_forms(width: int, depth: int) -> bytes:
    """Forms that each show the next one many times."""
    forms = [draw_form(b"/X Do " * width, f"/XObject << /X {7 + n} 0 R >>") for n in range(depth)]
    return build(*forms, draw_form(b"0 0 1 1 re f"), content=TEXT + b" /X Do", resources="/XObject << /X 6 0 R >>")


def letters(text: str, codes: str = "414243") -> bytes:
    """Text whose letters mean something else."""
    pairs = [(codes[n : n + 2], text) for n in range(0, len(codes), 2)]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 6 0 R >>"
    content = b"BT /F1 12 Tf 72 700 Td (ABC ABC BAC) Tj 0 -14 Td (Plain words of the font.) Tj ET"
    return build(map_letters(pairs), font=font, content=content)


def write_font(entries: str, *others: str | bytes, content: bytes = TEXT) -> bytes:
    return build(*others, font=f"<< /Type /Font {entries} >>".encode("latin-1"), content=content)


def encode_utf16(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").hex()


def scatter(count: int, words: str = "word") -> bytes:
    """Words anywhere on the page, each set by itself."""
    chance = random.Random(1)
    places = ((chance.randrange(20, 560), chance.randrange(20, 800)) for _ in range(count))
    return b" ".join(b"BT /F1 6 Tf %d %d Td (%s) Tj ET" % (x, y, words.encode()) for x, y in places)


def rule(count: int) -> bytes:
    """A grid of lines in both directions."""
    across = b" ".join(b"20 %.2f m 570 %.2f l S" % (20 + n * 780 / count, 20 + n * 780 / count) for n in range(count))
    down = b" ".join(b"%.2f 20 m %.2f 800 l S" % (20 + n * 550 / count, 20 + n * 550 / count) for n in range(count))
    return TEXT + b" 0.2 w " + across + b" " + down


def tabulate(rows: int, columns: int, size: float) -> bytes:
    lines = []
    for row in range(rows):
        y = 800 - row * 780 / rows
        lines += [
            f"BT /F1 {size} Tf {20 + c * 560 / columns:.1f} {y:.1f} Td ({row * c % 97}) Tj ET" for c in range(columns)
        ]
    return " ".join(lines).encode()


KINDS = {
    "page-without-size": (lambda: build(box=""), OK),
    "page-huge": (lambda: build(box="/MediaBox [0 0 1000000000 1000000000]"), ANY),
    "page-wide": (lambda: build(box="/MediaBox [0 0 14400 1]"), ANY),
    "page-long-as-a-street": (
        lambda: build(box="/MediaBox [0 0 14400 20]", content=b"BT /F1 9 Tf 72 7 Td (A street of words.) Tj ET"),
        OK,
    ),
    "page-of-no-size": (lambda: build(box="/MediaBox [10 10 10 10]"), ANY),
    "page-turned-inside-out": (lambda: build(box="/MediaBox [595 842 0 0]"), OK),
    "page-far-away": (lambda: build(box="/MediaBox [1e9 1e9 1000000595 1000000842]"), ANY),
    "page-size-of-words": (lambda: build(box="/MediaBox [(a) /B null <<>>]"), ANY),
    "page-cropped-to-nothing": (lambda: build(page="/CropBox [9000 9000 9001 9001]"), ANY),
    "page-unit-huge": (lambda: build(page="/UserUnit 1e9"), ANY),
    "page-turned-oddly": (lambda: build(page="/Rotate 37 /Tabs 4"), OK),
    "page-turned-huge": (lambda: build(page="/Rotate 2147483640"), OK),
    "coordinates-huge": (lambda: build(content=b"1e30 0 0 1e30 1e30 -1e30 cm " + TEXT), ANY),
    "coordinates-no-numbers": (lambda: build(content=b"q 1e999 -1e999 . -- +-3 (x) cm " + TEXT + b" Q " + TEXT), ANY),
    "coordinates-squashed": (lambda: build(content=b"q 0 0 0 0 0 0 cm " + TEXT + b" Q " + TEXT), OK),
    "text-size-huge": (lambda: build(content=b"BT /F1 1000000000 Tf (Big) Tj /F1 12 Tf 72 700 Td (Words.) Tj ET"), ANY),
    "text-size-nothing": (
        lambda: build(content=b"BT /F1 0 Tf 72 700 Td (None) Tj /F1 0.0001 Tf (Less) Tj ET " + TEXT),
        OK,
    ),
    "text-size-negative": (lambda: build(content=b"BT /F1 -12 Tf 300 700 Td (Mirrored words.) Tj ET " + TEXT), OK),
    "text-in-one-place": (
        lambda: build(content=b"BT /F1 9 Tf 72 700 Td " + b"(word) Tj 1 0 0 1 72 700 Tm " * 8000 + b"ET"),
        ANY,
    ),
    "text-anywhere": (lambda: build(content=scatter(4000)), ANY),
    "text-turned-anyhow": (
        lambda: build(
            content=b" ".join(
                b"BT /F1 9 Tf %.3f %.3f %.3f %.3f 300 400 Tm (around and around) Tj ET"
                % (n / 99, 1 - n / 99, n / 99 - 1, n / 99)
                for n in range(2000)
            )
        ),
        ANY,
    ),
    "text-a-letter-each": (
        lambda: build(
            content=b"BT /F1 4 Tf "
            + b" ".join(b"1 0 0 1 %d %d Tm (a) Tj" % (20 + n % 250 * 2, 800 - n // 250 * 5) for n in range(20_000))
            + b" ET"
        ),
        ANY,
    ),
    "text-one-long-word": (lambda: build(content=b"BT /F1 1 Tf 1 400 Td (" + b"x" * 60_000 + b") Tj ET"), ANY),
    "text-of-headings": (
        lambda: build(
            content=b"BT "
            + b" ".join(
                b"/F1 %d Tf 1 0 0 1 72 %d Tm (%d.%d Heading) Tj" % (14 + n % 9, 800 - n, n % 99, n % 7)
                for n in range(700)
            )
            + b" ET"
        ),
        ANY,
    ),
    "text-of-markers": (
        lambda: build(content=set_lines([f"{n}. {'- ' * (n % 30)}item" for n in range(500)], 3, 1.5)),
        ANY,
    ),
    "text-of-contents": (
        lambda: build(content=set_lines(["Contents", *(f"{n}.{n} Entry {'. ' * 60}{n}" for n in range(400))], 3, 1.8)),
        ANY,
    ),
    "text-of-columns": (lambda: build(content=tabulate(120, 60, 4)), ANY),
    "text-of-brackets": (lambda: build(content=set_lines(["[[[[((((" * 40 + "]]))"] * 60)), ANY),
    "text-of-raised-marks": (
        lambda: build(
            content=b"BT /F1 9 Tf 72 780 Td 11 TL " + b"(word) Tj 5 Ts (1) Tj 0 Ts ( word) Tj T* " * 60 + b"ET"
        ),
        OK,
    ),
    "text-of-markup": (
        lambda: build(
            content=set_lines(
                [
                    "<script>alert\\(1\\)</script> & ]]> <!-- &lt; <b onclick=x>",
                    "# *a* [b]\\(javascript:alert\\(1\\)\\) `c` | d",
                    "![x]\\(file:///etc/passwd\\) <iframe src=javascript:x>",
                    "$\\\\input{/etc/passwd}$ {{x}} {% y %}",
                    "--- ... ===",
                    "[ref]: javascript:alert\\(1\\)",
                    "<javascript:alert\\(1\\)> <file:///etc/passwd>",
                ]
            )
        ),
        OK,
    ),
    "text-of-rules": (lambda: build(content=rule(400)), ANY),
    "lines-many": (lambda: build(content=rule(2000)), ANY),
    "paths-many": (
        lambda: build(content=TEXT + b" 20 20 m " + b"30 40 l 50 60 l 70 80 90 10 20 30 c " * 10_000 + b"f"),
        ANY,
    ),
    "states-never-closed": (lambda: build(content=b"q " * 200_000 + TEXT), ANY),
    "states-never-opened": (lambda: build(content=b"Q " * 100_000 + TEXT), ANY),
    "commands-without-values": (
        lambda: build(content=b"Tj TJ Tf Td Tm cm re Do gs sh BDC EMC ' \" BI ID EI " * 500 + TEXT),
        ANY,
    ),
    "picture-in-line-never-ends": (
        lambda: build(content=TEXT + b" BI /W 9999 /H 9999 /BPC 8 /CS /RGB ID " + b"x" * 5000),
        ANY,
    ),
    "letters-mean-controls": (lambda: letters(encode_utf16(CONTROLS)), OK),
    "letters-mean-half-letters": (lambda: letters("D800"), OK),
    "letters-mean-turning-marks": (lambda: letters("202E2066"), OK),
    "letters-mean-markup": (lambda: letters(encode_utf16("</p><script>x</script>")), OK),
    "letters-mean-much": (lambda: letters(encode_utf16("wordy " * 80)), OK),
    "letters-mean-nothing": (lambda: letters(""), OK),
    "letters-mean-marks-above": (lambda: letters("0301" * 60), OK),
    "map-of-letters-in-circle": (
        lambda: build(
            make_stream("/UseCMap 6 0 R", b"begincmap 6 0 R usecmap endcmap"),
            font=b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 6 0 R >>",
        ),
        OK,
    ),
    "map-of-letters-huge": (
        lambda: build(
            make_stream("", b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange\n" * 2000),
            font=b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 6 0 R >>",
        ),
        OK,
    ),
    "font-file-of-junk": (
        lambda: write_font(
            "/Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R",
            "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 7 0 R >>",
            make_stream("", bytes(range(256)) * 40),
        ),
        ANY,
    ),
    "font-name-of-markup": (lambda: write_font("/Subtype /Type1 /BaseFont /#3Cscript#3E..#2F..#2F#00#22#27"), OK),
    "font-name-long": (lambda: write_font(f"/Subtype /Type1 /BaseFont /{'N' * 100_000}"), OK),
    "font-widths-false": (
        lambda: write_font(
            "/Subtype /Type1 /BaseFont /Own /FirstChar -5 /LastChar 2147483647 /Widths [1e30 -1e30 (x) null]"
        ),
        ANY,
    ),
    "font-in-circle": (
        lambda: write_font("/Subtype /Type0 /BaseFont /X /Encoding 5 0 R /DescendantFonts [5 0 R]"),
        ANY,
    ),
    "font-without-descendant": (lambda: write_font("/Subtype /Type0 /BaseFont /X /Encoding /Identity-H"), ANY),
    "font-drawn-by-itself": (
        lambda: build(
            make_stream("", b"1000 0 0 0 750 750 d1 BT /F1 12 Tf (a) Tj ET"),
            font=b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97 "
            b"/LastChar 97 /Widths [1000] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            content=b"BT /F1 12 Tf 72 700 Td (aaaa) Tj ET",
        ),
        ANY,
    ),
    "form-in-itself": (
        lambda: build(
            draw_form(b"/X Do 0 0 9 9 re f", "/XObject << /X 6 0 R >>"),
            content=TEXT + b" /X Do",
            resources="/XObject << /X 6 0 R >>",
        ),
        OK,
    ),
    "forms-in-circle": (
        lambda: build(
            draw_form(b"/X Do", "/XObject << /X 7 0 R >>"),
            draw_form(b"/X Do", "/XObject << /X 6 0 R >>"),
            content=TEXT + b" /X Do",
            resources="/XObject << /X 6 0 R >>",
        ),
        OK,
    ),
    "forms-many-laughs": (lambda: branch_forms(10, 9), NEVER),
    "forms-deep": (lambda: branch_forms(1, 3000), OK),
    "pattern-in-itself": (
        lambda: build(
            make_stream(
                "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep .001 "
                "/YStep .001 /Resources << /Pattern << /P 6 0 R >> >>",
                b"/Pattern cs /P scn 0 0 1 1 re f",
            ),
            content=TEXT + b" /Pattern cs /P scn 0 0 595 842 re f",
            resources="/Pattern << /P 6 0 R >>",
        ),
        NEVER,
    ),
    "picture-caption-of-markup": (
        lambda: caption(r"Figure 1: <script>x</script> [a]\(javascript:b\) ![c]\(d\) & | `e`"),
        OK,
    ),
    "table-caption-of-markup": (
        lambda: caption(r"Table 1: <img src=x onerror=y> ]]> <a href=javascript:z>| --- |"),
        OK,
    ),
    "picture-lies-of-size": (lambda: show_picture("/Width 100000 /Height 100000 /ColorSpace /DeviceRGB", b"short"), OK),
    "picture-of-negative-size": (
        lambda: show_picture("/Width -8 /Height -8 /ColorSpace /DeviceGray", b"short" * 20),
        OK,
    ),
    "picture-of-two-billions": (
        lambda: show_picture("/Width 2147483647 /Height 2147483647 /ColorSpace /DeviceGray", b""),
        OK,
    ),
    "picture-jpeg-of-junk": (
        lambda: show_picture(
            "/Width 64 /Height 64 /ColorSpace /DeviceRGB /Filter /DCTDecode", b"\xff\xd8\xff" + b"junk" * 99
        ),
        OK,
    ),
    "picture-jpeg2000-of-junk": (
        lambda: show_picture("/Width 64 /Height 64 /Filter /JPXDecode", b"\0\0\0\x0cjP  junk" * 30),
        OK,
    ),
    "picture-jbig2-of-junk": (
        lambda: show_picture("/Width 64 /Height 64 /ColorSpace /DeviceGray /Filter /JBIG2Decode", bytes(range(256))),
        OK,
    ),
    "picture-fax-huge": (
        lambda: show_picture(
            "/Width 9 /Height 9 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms "
            "<< /K -1 /Columns 2147483647 /Rows 2147483647 >>",
            b"\0" * 99,
        ),
        OK,
    ),
    "picture-masked-by-itself": (
        lambda: show_picture("/Width 8 /Height 8 /ColorSpace /DeviceGray /SMask 6 0 R", bytes(64)),
        OK,
    ),
    "picture-colours-in-circle": (
        lambda: show_picture("/Width 8 /Height 8 /ColorSpace 7 0 R", bytes(64), "[/Indexed 7 0 R 255 (x)]"),
        OK,
    ),
    "pictures-many": (
        lambda: build(
            make_stream(f"{IMAGE} /Width 2 /Height 2 /ColorSpace /DeviceGray", b"\0\xff\xff\0"),
            content=TEXT + b" ".join(b"q 9 0 0 9 %d %d cm /X Do Q" % (n % 60 * 10, n // 60 * 10) for n in range(4000)),
            resources="/XObject << /X 6 0 R >>",
        ),
        OK,
    ),
}
