"""Takes pictures out of a PDF.

In: an open `InkFile`, and places on its pages. Out: picture files. A bitmap is taken as it is stored
where that shows the same as the page; everything else is drawn once, at the resolution of the bitmap
or at one that screens and print do well with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.bitmaps import find_bitmap, take_out
from thesis_convert.loader.pdf.encoding import EncodedPicture, encode_picture, encode_smaller
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.pdf.rendering import crop_to_ink, render_box
from thesis_convert.page import BoundingBox, Picture

if TYPE_CHECKING:
    from PIL import Image

MAX_RESOLUTION = 300.0
"""Pixels an inch that no picture goes beyond: print shows no more."""
ROUNDING = 1.005
"""A bitmap made for that resolution has a little more or less of it, since its sides are rounded."""
DRAWN_RESOLUTION = 200.0
"""Pixels an inch of what is drawn: sharp on screens, and letters in it can be read."""
COVER_HEIGHT = 1000
"""Pixels from head to foot of a cover, enough for any list of books."""
MARGIN = 1.5
"""Points that are drawn around a composed picture: strokes and letters reach beyond their boxes."""
_POINTS = 72.0


class PictureSource:
    """Gives pictures of an open PDF. It keeps the page that it looked at last open; close it after use."""

    def __init__(self, ink: InkFile) -> None:
        self._ink = ink
        self._number = -1
        self._page: object | None = None

    def close(self) -> None:
        if self._page:
            pdfium.FPDF_ClosePage(self._page)
        self._page, self._number = None, -1

    def take_bitmap(self, number: int, picture: Picture, turns: int = 0) -> EncodedPicture | None:
        """The bitmap `picture` of page `number` (from 0), whose box is that on the page as shown.

        `turns` is as in `Page.turns`. None when the file does not give it.
        """
        page = self._open(number)
        bitmap = find_bitmap(page, picture) if page else None
        if bitmap is None:
            return None
        if bitmap.resolution <= ROUNDING * MAX_RESOLUTION and bitmap.upright and turns == 0:
            taken = take_out(bitmap, self._ink.data)
            if taken is not None:
                return taken
        image = render_box(page, picture.box, min(bitmap.resolution, MAX_RESOLUTION), turns)
        return encode_picture(image, jpeg="DCTDecode" in bitmap.filters) if image else None

    def draw(self, number: int, box: BoundingBox, turns: int = 0) -> EncodedPicture | None:
        """All that stands in a box (on the page as shown) of page `number`, cut to its ink."""
        page = self._open(number)
        around = BoundingBox(box.left - MARGIN, box.bottom - MARGIN, box.right + MARGIN, box.top + MARGIN)
        image = render_box(page, around, DRAWN_RESOLUTION, turns) if page else None
        return encode_picture(crop_to_ink(image)) if image else None

    def draw_cover(self, number: int) -> EncodedPicture | None:
        """The whole of page `number` as a cover."""
        page = self._open(number)
        if page is None:
            return None
        image = _draw_whole(page, _POINTS * COVER_HEIGHT / pdfium.FPDF_GetPageHeightF(page))
        return encode_smaller(image) if image else None

    def draw_page(self, number: int, resolution: float) -> Image.Image | None:
        """The whole of page `number` as shown, at so many pixels an inch."""
        page = self._open(number)
        return _draw_whole(page, resolution) if page else None

    def _open(self, number: int) -> object | None:
        if number != self._number:
            self.close()
            self._page, self._number = self._ink.open_page(number), number
        return self._page


def _draw_whole(page: object, resolution: float) -> Image.Image | None:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return render_box(page, BoundingBox(0.0, 0.0, width, height), resolution)
