"""Draws a part of a page to pixels, by pypdfium2.

In: an open page and a box on it. Out: an image of what stands there, on white. Memory is bounded by
the size of the image and not by what the page claims to hold, since the library takes bitmaps row by
row.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from thesis_convert.page import BoundingBox

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 12_000_000
"""More are never drawn: a sheet of A4 at 300 dpi has 8.7 million."""
MAX_SIDE = 16_000
"""Pixels of the longer side: a page may say that it is as long as a street, and no viewer shows such a picture."""
MIN_SIDE = 1
_WHITE = 0xFFFFFFFF
_INK = 250
"""Paler than this, of 255, is no ink: what smoothing leaves beside a white edge."""
_EDGE = 3
"""Pixels of white that are left around ink."""
_SNAP = 0.4
"""Pixels that a drawing keeps from the edges of its image. The library lets a bitmap fill every pixel that
it touches, and would stretch one that touches the next by a hair; so it falls on its own pixels."""
_POINTS = 72.0


def render_box(page: object, box: BoundingBox, resolution: float, turns: int = 0) -> Image.Image | None:
    """What stands in a box of an open page, in RGB, at so many pixels an inch, None when nothing can be drawn.

    `box` is in points on the page as shown. `turns` are quarter turns, anticlockwise, that its text has
    there: the image is turned back by as many.
    """
    from PIL import Image

    size = (box.height, box.width) if turns % 2 else (box.width, box.height)
    scale = _bound_scale(size, resolution / _POINTS)
    width, height = (max(MIN_SIDE, round(side * scale)) for side in size)
    pixels = bytearray(width * height * 3)
    buffer = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, buffer, width * 3)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        across, down = max(width - 2 * _SNAP, _SNAP) / size[0], max(height - 2 * _SNAP, _SNAP) / size[1]
        a, b, c, d, e, f = _make_matrix(box, pdfium.FPDF_GetPageHeightF(page), turns, across, down)
        matrix = pdfium.FS_MATRIX(a, b, c, d, e + _SNAP, f + _SNAP)
        clip = pdfium.FS_RECTF(0, 0, width, height)
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, pdfium.FPDF_ANNOT)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGR", width * 3, 1)


def crop_to_ink(image: Image.Image) -> Image.Image:
    """The part of an image that is not white, with a thin edge; the whole when all is white."""
    ink = image.convert("L").point([255 * (value < _INK) for value in range(256)]).getbbox()
    if ink is None:
        return image
    left, top, right, bottom = ink
    return image.crop(
        (max(left - _EDGE, 0), max(top - _EDGE, 0), min(right + _EDGE, image.width), min(bottom + _EDGE, image.height))
    )


def _bound_scale(size: tuple[float, float], scale: float) -> float:
    scale = min(scale, MAX_SIDE / max(size))
    pixels = size[0] * size[1] * scale * scale
    return scale if pixels <= MAX_PIXELS else scale * (MAX_PIXELS / pixels) ** 0.5


def _make_matrix(box: BoundingBox, height: float, turns: int, across: float, down: float) -> tuple[float, ...]:
    """From points on the page as shown, counted from its top left corner, to pixels of the image."""
    # `top` is how far the box begins below the page's top edge, `foot` how far it ends.
    top, foot = height - box.top, height - box.bottom
    if turns == 1:
        return 0, down, -across, 0, across * foot, -down * box.left
    if turns == 2:
        return -across, 0, 0, -down, across * box.right, down * foot
    if turns == 3:
        return 0, -down, across, 0, -across * top, down * box.right
    return across, 0, 0, down, -across * box.left, -down * top
