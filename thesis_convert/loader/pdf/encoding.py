"""Puts the pixels of a picture into the smallest file that does them justice.

In: an image. Out: the bytes of a PNG or a JPEG. Drawings and screenshots have large areas of one
colour, which PNG stores in next to nothing and JPEG smears; photographs change from pixel to pixel,
which is what JPEG is made for. So the share of neighbouring pixels that are alike decides.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import product
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

JPEG_QUALITY = 85
MAX_JPEG_SIDE = 65_500
"""Pixels of a side that the encoder takes."""
PALETTE = 256
"""Colours that a PNG can hold with one byte a pixel."""
FEW_COLORS = 40
"""So many colours are found in the pixels by arithmetic; with more, a key for it is rare."""
DRAWING_COLORS = 8192
"""A drawing with smoothed edges has some thousand shades; a palette loses nothing that one sees. More are gradients."""
SAMPLE = 160
"""Pixels along each side of the grid at which a picture is looked at."""
FLAT_SHARE = 0.5
"""Where more than this share of neighbours are alike, a picture is drawn and not photographed."""
COMPRESSION = 4
"""Level 6 takes a third longer for a fiftieth less, level 9 several times as long for hardly anything more."""
_FACTORS = (1, 3, 7, 13, 29, 53, 97, 151, 211)


class EncodedPicture(NamedTuple):
    """A picture file: its bytes, "image/png" or "image/jpeg", and its size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


def encode_picture(image: Image.Image, exact: bool = False, jpeg: bool = False) -> EncodedPicture:
    """A file for an RGB or grey image.

    `exact` forbids to reduce the colours of a drawing: the image is a bitmap as its author made it
    and not a rendering. `jpeg` says that it was a JPEG before: what that lost does not come back.
    """
    colors = image.getcolors(PALETTE)
    if colors is not None and not jpeg and not (len(colors) > PALETTE / 2 and _is_photographic(image)):
        return _encode_png(_reduce_exactly(image, [color for _, color in colors]))
    if (jpeg or _is_photographic(image)) and max(image.size) <= MAX_JPEG_SIDE:
        return _encode_jpeg(image)
    if not exact and image.mode == "RGB" and image.getcolors(DRAWING_COLORS) is not None:
        from PIL import Image as Pillow

        image = image.quantize(PALETTE, method=Pillow.Quantize.FASTOCTREE, dither=Pillow.Dither.NONE)
    return _encode_png(image)


def encode_smaller(image: Image.Image) -> EncodedPicture:
    """The smaller of a PNG and a JPEG of a rendering."""
    png, jpeg = encode_picture(image), _encode_jpeg(image)
    return png if len(png.data) <= len(jpeg.data) else jpeg


def wrap_png(rows: bytes, width: int, height: int, channels: int) -> EncodedPicture | None:
    """A PNG around compressed rows that are stored as PNG has them; None when they are not.

    `rows` is deflated data: for each row a filter number and `width * channels` bytes.
    """
    expected = height * (1 + width * channels)
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(rows, expected + 1)
    except zlib.error:
        return None
    if len(plain) != expected or max(plain[:: 1 + width * channels]) > 4 or not inflater.eof:
        return None
    rows = rows[: len(rows) - len(inflater.unused_data)]
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return EncodedPicture(b"\x89PNG\r\n\x1a\n" + chunks, "image/png", width, height)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _is_photographic(image: Image.Image) -> bool:
    """Whether neighbouring pixels mostly differ."""
    from PIL import Image as Pillow
    from PIL import ImageChops

    side = Pillow.Resampling.NEAREST
    sample = image.resize((min(SAMPLE, image.width), min(SAMPLE, image.height)), side).convert("L")
    if sample.width < 2:
        return False
    left = sample.crop((0, 0, sample.width - 1, sample.height))
    right = sample.crop((1, 0, sample.width, sample.height))
    same = ImageChops.difference(left, right).histogram()[0]
    return bool(same < FLAT_SHARE * left.width * left.height)


def _reduce_exactly(image: Image.Image, colors: list[object]) -> Image.Image:
    """The same pixels with a byte or a bit for each."""
    from PIL import Image as Pillow

    if image.mode != "RGB":
        return image.convert("1", dither=Pillow.Dither.NONE) if set(colors) <= {0, 255} else image
    shades = [color for color in colors if isinstance(color, tuple)]
    if all(red == green == blue for red, green, blue in shades):
        return _reduce_exactly(image.getchannel(0), [red for red, _, _ in shades])
    if len(shades) <= FEW_COLORS and (indexed := _index_colors(image, sorted(shades))):
        return indexed
    return _find_exact(image, shades)


def _find_exact(image: Image.Image, colors: Sequence[tuple[int, ...]]) -> Image.Image:
    """The image with a palette of its colours, of which there are no more than one holds.

    The quick ways change a shade now and then, which is seen at once; the last one never does, and takes ten
    times as long.
    """
    from PIL import Image as Pillow
    from PIL import ImageChops

    for reduced in _reduce_quickly(image, colors):
        if ImageChops.difference(reduced.convert("RGB"), image).getbbox() is None:
            return reduced
    return image.quantize(PALETTE, method=Pillow.Quantize.MAXCOVERAGE, dither=Pillow.Dither.NONE)


def _reduce_quickly(image: Image.Image, colors: Sequence[tuple[int, ...]]) -> Iterator[Image.Image]:
    from PIL import Image as Pillow

    palette = Pillow.new("P", (1, 1))
    palette.putpalette([channel for color in colors for channel in color])
    yield image.quantize(palette=palette, dither=Pillow.Dither.NONE)
    yield image.quantize(PALETTE, method=Pillow.Quantize.FASTOCTREE, dither=Pillow.Dither.NONE)


def _index_colors(image: Image.Image, colors: Sequence[tuple[int, ...]]) -> Image.Image | None:
    """The image with a palette of its few `colors`, None when the search for a key fails.

    A key is three factors that give the sum of a colour's channels, modulo 256, a value of its own. Then
    a few operations on whole channels find all pixels' colours, in a tenth of the time of a general search.
    """
    from PIL import ImageChops

    for factors in product(_FACTORS, repeat=3):
        sums = [sum(map(mul, factors, color)) % 256 for color in colors]
        if len(set(sums)) == len(sums):
            break
    else:
        return None
    red, green, blue = (
        channel.point([value * factor % 256 for value in range(256)])
        for channel, factor in zip(image.split(), factors, strict=True)
    )
    places = dict(zip(sums, range(len(sums)), strict=True))
    key = ImageChops.add_modulo(ImageChops.add_modulo(red, green), blue)
    indexed = key.point([places.get(value, 0) for value in range(256)])
    indexed.putpalette([channel for color in colors for channel in color])
    return indexed


def _encode_png(image: Image.Image) -> EncodedPicture:
    out = BytesIO()
    image.save(out, "PNG", compress_level=COMPRESSION)
    return EncodedPicture(out.getvalue(), "image/png", image.width, image.height)


def _encode_jpeg(image: Image.Image) -> EncodedPicture:
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return EncodedPicture(out.getvalue(), "image/jpeg", image.width, image.height)
