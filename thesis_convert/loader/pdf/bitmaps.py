"""Takes a bitmap out of a PDF as it is stored, without drawing it.

In: a page's image object. Out: a picture file, or None when the bitmap is more than its stored
pixels: masked, turned, cut, blended, in the inks of a press, or larger than it is shown; drawing the
place where it stands does justice to all of that. JPEG data is a file already, and deflated rows
with PNG's own filters become one with a header. The library does not tell a bitmap's masks. But a
stream's dictionary always stands in the file as plain text before its data, so it is looked up there.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
import zlib
from typing import NamedTuple

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.encoding import EncodedPicture, encode_picture, wrap_png
from thesis_convert.loader.pdf.graphics import (
    IDENTITY,
    MAX_FORM_DEPTH,
    MAX_OBJECTS,
    Matrix,
    identify_image,
    multiply,
    read_matrix,
)
from thesis_convert.page import BoundingBox, Picture

MAX_DICTIONARY = 4096
"""Bytes in which a bitmap's dictionary is looked for: a palette within takes two thousand."""
PROBE = 64
"""Bytes from the middle of compressed data that no other place of a file has."""
MAX_COPIES = 8
"""Places where the same bytes are looked at; a run of one colour may be anywhere."""
MAX_DATA = 64_000_000
"""Bytes of pixels that are held at once; larger bitmaps are drawn, which takes them row by row."""

_MASKED = re.compile(rb"/(?:SMask|Mask|ImageMask|Decode|Matte)(?![A-Za-z])")
_NUMBER = rb"\s+(\d{1,6})(?!\d)"
_GREY = (pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_CALGRAY)
_COLOUR = (pdfium.FPDF_COLORSPACE_DEVICERGB, pdfium.FPDF_COLORSPACE_CALRGB)
_ICC = pdfium.FPDF_COLORSPACE_ICCBASED
_SRGB = (b"sRGB", "sRGB".encode("utf-16-be"))
_SAME = 0.02
"""A bitmap whose sides differ by less than this share from those of its place stands there unchanged."""
_ICC_PART = 65_519
"""Bytes of a colour profile that one segment of a JPEG holds."""


class Bitmap(NamedTuple):
    """What the library says of an image object, and its data as stored.

    `resolution` is in pixels an inch as shown, the higher of both ways. `upright` says that it fills its
    place on the page without being turned, mirrored or cut. `filters` are the names of the codings, the
    outermost first.
    """

    handle: object
    page: object
    resolution: float
    upright: bool
    width: int
    height: int
    bits: int
    color_space: int
    filters: tuple[str, ...]
    raw: bytes


def find_bitmap(page: object, picture: Picture) -> Bitmap | None:
    """The bitmap of an open page that `picture` stands for, None when it is none or cannot be read."""
    outermost = pdfium.FPDFPage_GetObject(page, picture.key)
    found = _find_image(outermost, picture, IDENTITY, 0) if outermost else None
    if found is None:
        return None
    handle, matrix = found
    facts = pdfium.FPDF_IMAGEOBJ_METADATA()
    if not pdfium.FPDFImageObj_GetImageMetadata(handle, page, facts) or not (facts.width and facts.height):
        return None
    a, b, c, d, _, _ = matrix
    across, down = math.hypot(a, b), math.hypot(c, d)
    if not (across and down):
        return None
    resolution = 72.0 * max(facts.width / across, facts.height / down)
    upright = pdfium.FPDFPage_GetRotation(page) == 0 and _fills(matrix, picture.box)
    size = (facts.width, facts.height, facts.bits_per_pixel)
    return Bitmap(handle, page, resolution, upright, *size, facts.colorspace, _read_filters(handle), _read_raw(handle))


def take_out(bitmap: Bitmap, file: bytes) -> EncodedPicture | None:
    """The bitmap as it is stored in `file`, None when it has to be drawn."""
    # Where the same data is stored twice, nobody knows which is meant: then a mask of one counts.
    dictionary = b"\n".join(find_dictionaries(file, bitmap.raw))
    if not dictionary or _MASKED.search(dictionary) or pdfium.FPDFPageObj_HasTransparency(bitmap.handle):
        return None
    if bitmap.filters == ("DCTDecode",):
        return _take_jpeg(bitmap)
    channels = 3 if bitmap.color_space in _COLOUR else 1 if bitmap.color_space in _GREY else 0
    if not channels or bitmap.bits != 8 * channels:
        return None
    if bitmap.filters != ("FlateDecode",):
        return None
    if re.search(rb"/Predictor\s+[2-9]|/Predictor\s+1\d", dictionary) is None:
        return _take_pixels(bitmap, channels)
    if _has_png_rows(dictionary, bitmap.width, channels):
        return wrap_png(bitmap.raw, bitmap.width, bitmap.height, channels)
    return None


def find_dictionaries(file: bytes, raw: bytes) -> list[bytes]:
    """The dictionaries of all streams that hold `raw`, none when they cannot be found: in a locked file."""
    middle = len(raw) // 2
    probe = raw[middle : middle + PROBE]
    found = []
    place = file.find(probe) if probe else -1
    for _ in range(MAX_COPIES):
        if place < 0:
            break
        start = place - middle
        if start >= 0 and file[start : start + len(raw)] == raw:
            before = file[max(0, start - MAX_DICTIONARY) : start]
            found.append(before[before.rfind(b" obj") + 4 :])
        place = file.find(probe, place + 1)
    return found


def _take_jpeg(bitmap: Bitmap) -> EncodedPicture | None:
    if _read_jpeg_size(bitmap.raw) not in ((bitmap.width, bitmap.height, 1), (bitmap.width, bitmap.height, 3)):
        return None
    data = bitmap.raw
    if bitmap.color_space == _ICC:
        profile = _read_profile(bitmap)
        if profile and not any(name in profile for name in _SRGB):
            data = _add_profile(data, profile)
    return EncodedPicture(data, "image/jpeg", bitmap.width, bitmap.height)


def _read_jpeg_size(data: bytes) -> tuple[int, int, int] | None:
    """Width, height and number of channels in the header of a JPEG with eight bits a channel."""
    if data[:2] != b"\xff\xd8":
        return None
    place = 2
    while place + 10 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # a byte of filling
            place += 1
        elif marker in (0xC0, 0xC1, 0xC2):
            bits, height, width, channels = struct.unpack(">BHHB", data[place + 4 : place + 10])
            return (width, height, channels) if bits == 8 else None
        elif marker in (0xD9, 0xDA):
            return None
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None


def _add_profile(data: bytes, profile: bytes) -> bytes:
    """The JPEG with a colour profile, which the PDF keeps beside it."""
    if b"ICC_PROFILE\0" in data[:_ICC_PART]:
        return data
    parts = [profile[start : start + _ICC_PART] for start in range(0, len(profile), _ICC_PART)]
    segments = b"".join(
        b"\xff\xe2" + struct.pack(">H", len(part) + 16) + b"ICC_PROFILE\0" + bytes((number, len(parts))) + part
        for number, part in enumerate(parts, 1)
    )
    return data[:2] + segments + data[2:]


def _has_png_rows(dictionary: bytes, width: int, channels: int) -> bool:
    """Whether the rows of a bitmap begin with PNG's filter numbers."""
    predictor, colors, columns = (
        int(match.group(1)) if (match := re.search(name + _NUMBER, dictionary)) else 1
        for name in (rb"/Predictor", rb"/Colors", rb"/Columns")
    )
    return predictor >= 10 and colors == channels and columns == width


def _take_pixels(bitmap: Bitmap, channels: int) -> EncodedPicture | None:
    """The bitmap from its plain rows, None when there are fewer than its size tells."""
    size = bitmap.width * bitmap.height * channels
    if size > MAX_DATA:
        return None
    try:
        pixels = zlib.decompressobj().decompress(bitmap.raw, size)
    except zlib.error:
        return None
    if len(pixels) < size:
        return None
    from PIL import Image

    mode = "RGB" if channels == 3 else "L"
    return encode_picture(Image.frombytes(mode, (bitmap.width, bitmap.height), pixels), exact=True)


def _find_image(handle: object, picture: Picture, outer: Matrix, depth: int) -> tuple[object, Matrix] | None:
    """The image object within a page object, and its matrix."""
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE and identify_image(handle) == picture.content:
        return handle, multiply(read_matrix(handle), outer)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
        inner = multiply(read_matrix(handle), outer)
        for number in range(min(pdfium.FPDFFormObj_CountObjects(handle), MAX_OBJECTS)):
            found = _find_image(pdfium.FPDFFormObj_GetObject(handle, number), picture, inner, depth + 1)
            if found is not None:
                return found
    return None


def _fills(matrix: Matrix, box: BoundingBox) -> bool:
    """Whether an image under `matrix` stands upright and fills a box."""
    a, b, c, d, _, _ = matrix
    level = abs(b) < _SAME * a and abs(c) < _SAME * d  # false also where it is mirrored
    return level and abs(a - box.width) < _SAME * a and abs(d - box.height) < _SAME * d


def _read_filters(handle: object) -> tuple[str, ...]:
    names = []
    for number in range(pdfium.FPDFImageObj_GetImageFilterCount(handle)):
        name = ctypes.create_string_buffer(64)
        pdfium.FPDFImageObj_GetImageFilter(handle, number, name, len(name))
        names.append(name.value.decode("ascii", "replace"))
    return tuple(names)


def _read_raw(handle: object) -> bytes:
    length = pdfium.FPDFImageObj_GetImageDataRaw(handle, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFImageObj_GetImageDataRaw(handle, buffer, length)
    return buffer.raw


def _read_profile(bitmap: Bitmap) -> bytes:
    """The bitmap's colour profile, empty without one."""
    length = ctypes.c_size_t()
    read = pdfium.FPDFImageObj_GetIccProfileDataDecoded
    if not read(bitmap.handle, bitmap.page, None, 0, ctypes.byref(length)) or length.value > 8 * _ICC_PART:
        return b""
    buffer = (ctypes.c_uint8 * length.value)()
    read(bitmap.handle, bitmap.page, buffer, length.value, ctypes.byref(length))
    return bytes(buffer)
