"""Pictures out of a PDF: the bytes that a reader gets to see, and how many."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.pdfs import assemble, encrypt, make_page, make_stream
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import Media
from thesis_convert.loader import LoadOptions, load_document
from thesis_convert.loader.pdf.encoding import encode_picture
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.pictures import PictureShelf
from thesis_convert.page import BoundingBox

RED, GREEN, WHITE = (255, 0, 0), (0, 128, 0), (255, 255, 255)
PLACE = BoundingBox(100, 500, 300, 600)  # where the tests put their bitmap, in points


def make_pdf(entries: str, data: bytes, drawing: str = "", turn: int = 0, others: tuple[bytes, ...] = ()) -> bytes:
    """A page with a line of text at its foot and the bitmap I in `PLACE`, and what `drawing` adds."""
    content = f"q 200 0 0 100 100 500 cm /I Do Q {drawing} BT /F1 12 Tf 72 72 Td (A line of text.) Tj ET"
    page = make_page(4, "/XObject << /I 5 0 R >> /Font << /F1 6 0 R >>")
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page.replace(b"/Type /Page ", f"/Type /Page /Rotate {turn} ".encode()),
            make_stream("", content.encode()),
            make_stream(f"/Type /XObject /Subtype /Image {entries}", data),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
            *others,
        ]
    )


def rgb_entries(width: int, height: int, more: str = "/Filter /FlateDecode") -> str:
    return f"/Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 {more}"


def make_stripes(width: int = 40, height: int = 20) -> Image.Image:
    """The left half red, the right half green."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height))
    return image


def make_photograph(width: int = 200, height: int = 100, kind: str = "RGB") -> Image.Image:
    """An image whose pixels all differ from their neighbours."""
    return Image.merge(kind, [Image.effect_noise((width, height), 90) for _ in kind])


def save(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def show(pdf: bytes, box: BoundingBox = PLACE, password: str = "") -> list[Media]:
    """The pictures of a region of the first page."""
    reports: list[Diagnostic] = []
    with InkFile(pdf, password) as ink:
        page = ink.read_page(0)
        assert page is not None
        shelf = PictureShelf(ink, [page], reports.append)
        shelf.show(box, 0)
        return list(shelf.close())


def look(media: Media) -> Image.Image:
    image = Image.open(BytesIO(media.data))
    assert image.size == (media.width, media.height)
    return image.convert("RGB")


def test_a_jpeg_comes_out_byte_for_byte() -> None:
    data = save(make_photograph(), "JPEG")
    (picture,) = show(make_pdf(rgb_entries(200, 100, "/Filter /DCTDecode"), data))
    assert (picture.name, picture.media_type, picture.data) == ("figure-1.jpg", "image/jpeg", data)


def test_pixels_come_out_as_they_are_in_a_small_png() -> None:
    stripes = make_stripes(400, 200)
    (picture,) = show(make_pdf(rgb_entries(400, 200), zlib.compress(stripes.tobytes())))
    assert (picture.name, picture.media_type) == ("figure-1.png", "image/png")
    assert look(picture).tobytes() == stripes.tobytes()
    assert len(picture.data) < 600


def test_rows_stored_as_png_has_them_are_wrapped_and_not_packed_anew() -> None:
    rows = zlib.compress(b"".join(b"\1" + b"\x10\x20\x30" + bytes(39 * 3) for _ in range(20)))
    parameters = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 40 >>"
    (picture,) = show(make_pdf(rgb_entries(40, 20, parameters), rows))
    assert rows in picture.data
    assert look(picture).getcolors() == [(800, (16, 32, 48))]


def test_what_a_mask_hides_is_not_seen() -> None:
    mask = zlib.compress(bytes([255] * 20 + [0] * 20) * 20)  # the right half cannot be seen
    gray = "/Width 40 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
    for data, filters in (
        (zlib.compress(make_stripes().tobytes()), "/Filter /FlateDecode"),
        (save(make_stripes(), "JPEG"), "/Filter /DCTDecode"),
    ):
        pdf = make_pdf(
            rgb_entries(40, 20, f"{filters} /SMask 7 0 R"),
            data,
            others=(make_stream(f"/Type /XObject /Subtype /Image {gray}", mask),),
        )
        (picture,) = show(pdf)
        seen = look(picture)
        assert seen.size == (40, 20)
        assert seen.getpixel((35, 10)) == WHITE
        assert seen.getpixel((5, 10))[0] > 200  # type: ignore[index]


def test_inks_of_a_press_become_colours_of_a_screen() -> None:
    image = Image.new("CMYK", (40, 20), (0, 255, 255, 0))
    entries = "/Width 40 /Height 20 /ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /DCTDecode"
    (picture,) = show(make_pdf(entries, save(image, "JPEG")))
    assert Image.open(BytesIO(picture.data)).mode == "RGB"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_shows_its_picture_as_it_is_seen(turn: int) -> None:
    pdf = make_pdf(rgb_entries(40, 20), zlib.compress(make_stripes().tobytes()), turn=turn)
    box = {
        0: PLACE,
        90: BoundingBox(500, 595 - 300, 600, 595 - 100),
        180: BoundingBox(595 - 300, 842 - 600, 595 - 100, 842 - 500),
        270: BoundingBox(842 - 600, 100, 842 - 500, 300),
    }[turn]
    (picture,) = show(pdf, box)
    upright = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    seen = look(picture)
    back = seen.transpose(upright[turn]) if turn else seen
    assert back.tobytes() == make_stripes().tobytes()


def test_no_picture_has_more_pixels_than_print_shows() -> None:
    for data, filters in (
        (zlib.compress(make_stripes(3000, 1500).tobytes()), "/Filter /FlateDecode"),
        (save(make_photograph(3000, 1500), "JPEG"), "/Filter /DCTDecode"),
    ):
        (picture,) = show(make_pdf(rgb_entries(3000, 1500, filters), data))
        assert picture.width <= PLACE.width / 72 * 300 + 1
        assert picture.width > PLACE.width / 72 * 290


def test_what_is_drawn_over_a_bitmap_is_seen() -> None:
    line = "0 0 1 RG 8 w 100 550 m 300 550 l S"
    (picture,) = show(make_pdf(rgb_entries(40, 20), zlib.compress(make_stripes().tobytes()), line))
    assert look(picture).getpixel((picture.width // 2, picture.height // 2)) == (0, 0, 255)


def test_a_drawing_is_cut_to_its_ink() -> None:
    drawing = "0 0 1 rg 350 520 m 400 520 l 375 570 l f"
    pdf = make_pdf(rgb_entries(1, 1), zlib.compress(bytes(3)), drawing)
    (picture,) = show(pdf, BoundingBox(340, 500, 500, 600))
    assert abs(picture.width - 50 / 72 * 200) < 10
    assert abs(picture.height - 50 / 72 * 200) < 10


def test_photographs_are_packed_as_jpeg_and_drawings_as_png() -> None:
    photograph = make_photograph()
    (picture,) = show(make_pdf(rgb_entries(200, 100), zlib.compress(photograph.tobytes())))
    assert picture.media_type == "image/jpeg"
    (picture,) = show(make_pdf(rgb_entries(200, 100), zlib.compress(make_stripes(200, 100).tobytes())))
    assert picture.media_type == "image/png"


def test_the_same_picture_is_stored_once() -> None:
    pdf = make_pdf(rgb_entries(40, 20), zlib.compress(make_stripes().tobytes()), "q 200 0 0 100 100 300 cm /I Do Q")
    with InkFile(pdf) as ink:
        page = ink.read_page(0)
        assert page is not None
        shelf = PictureShelf(ink, [page], lambda diagnostic: None)
        names = [shelf.show(box, 0) for box in (PLACE, BoundingBox(100, 300, 300, 400), BoundingBox(60, 60, 200, 90))]
        assert names == ["figure-1.png", "figure-1.png", "figure-2.png"]
        assert [media.name for media in shelf.close()] == ["figure-1.png", "figure-2.png"]


def test_pictures_come_out_of_a_locked_file() -> None:
    pdf = encrypt(make_pdf(rgb_entries(40, 20), zlib.compress(make_stripes().tobytes())), "secret")
    (picture,) = show(pdf, password="secret")
    assert look(picture).tobytes() == make_stripes().tobytes()


@pytest.mark.parametrize(
    ("entries", "data"),
    [
        (rgb_entries(100_000, 100_000), zlib.compress(bytes(1000))),
        (rgb_entries(100_000, 100_000, "/Filter /DCTDecode"), save(make_stripes(), "JPEG")),
        (rgb_entries(40, 20), b"no deflated data"),
        (rgb_entries(40, 20, "/Filter /DCTDecode"), b"\xff\xd8\xff\xc0"),
        (rgb_entries(40, 20, "/Filter /JPXDecode"), b"\0" * 100),
        (rgb_entries(40, 20, "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 40 >>"), b"x"),
        ("/Width 0 /Height 0", b""),
    ],
    ids=["claims-much", "jpeg-claims-much", "bad-data", "bad-jpeg", "bad-jpx", "bad-rows", "no-size"],
)
def test_damaged_pictures_do_no_harm(entries: str, data: bytes) -> None:
    for picture in show(make_pdf(entries, data)):
        assert look(picture).width < 1000


def test_the_cover_is_the_first_page(tmp_path: Path) -> None:
    path = tmp_path / "thesis.pdf"
    path.write_bytes(make_pdf(rgb_entries(40, 20), zlib.compress(make_stripes().tobytes())))
    document = load_document(path)
    (cover,) = (media for media in document.media if media.name == document.cover)
    assert cover.height == 1000
    assert look(cover).getpixel((round(150 / 842 * 1000), round(292 / 842 * 1000))) == RED
    plain = load_document(path, LoadOptions(cover="none", pictures=False))
    assert (plain.cover, plain.media) == ("", ())


def test_the_same_pdf_gives_the_same_bytes() -> None:
    drawing = "0 0 1 rg 350 520 m 400 520 l 375 570 l f"
    pdf = make_pdf(rgb_entries(200, 100), zlib.compress(make_photograph().tobytes()), drawing)
    assert show(pdf, BoundingBox(90, 490, 420, 620)) == show(pdf, BoundingBox(90, 490, 420, 620))


@pytest.mark.parametrize("spread", [1, 3], ids=["near shades", "far colours"])
def test_a_drawing_of_many_colours_keeps_each_of_them(spread: int) -> None:
    colors = [(spread * number % 256, 40 + number // 2, 200 - number // 4) for number in range(200)]
    image = Image.new("RGB", (400, 200), "white")
    for number, color in enumerate(colors):
        image.paste(
            color, (2 * (number % 100), 90 * (number // 100), 2 * (number % 100) + 2, 90 * (number // 100) + 40)
        )
    encoded = encode_picture(image)
    assert encoded.media_type == "image/png"
    with Image.open(BytesIO(encoded.data)) as stored:
        assert stored.mode == "P"
        assert stored.convert("RGB").tobytes() == image.tobytes()
