"""Collects the pictures of a thesis, each once.

In: pages and the regions to show. Out: `Media`, named in the order in which they are asked for. A region
that one bitmap fills, with nothing drawn over it, is that bitmap; everything else is drawn as it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.document import Media
from thesis_convert.loader.layout.orientation import box_as_shown
from thesis_convert.loader.pdf.encoding import EncodedPicture
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.pdf.media import PictureSource
from thesis_convert.page import BoundingBox, Page, Picture

FILLED = 0.97
"""A bitmap that covers this share of a region is all that the region shows."""
TOUCHED = 0.01
"""What covers less than this share of a region only touches its edge."""
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}


class PictureShelf:
    """Makes pictures and holds them. Close it before the file."""

    def __init__(self, ink: InkFile, pages: Sequence[Page], report: Report) -> None:
        """`pages` are the pages as laid out: those that were turned upright show upright pictures."""
        self._source = PictureSource(ink)
        self._pages = pages
        self._report = report
        self._media: dict[bytes, Media] = {}
        self._count = 0

    def close(self) -> tuple[Media, ...]:
        """All pictures that were asked for. No more can be."""
        self._source.close()
        return tuple(self._media.values())

    def show(self, box: BoundingBox, index: int) -> str:
        """The name of the picture of a region of the page with that index, "" when there is nothing to show."""
        if box.width <= 0 or box.height <= 0:
            return ""
        page = self._pages[index]
        shown = box_as_shown(box, page)
        bitmap = _find_single_bitmap(page, box)
        if bitmap is not None:
            placed = bitmap._replace(box=box_as_shown(bitmap.box, page))
            picture = self._source.take_bitmap(page.number - 1, placed, page.turns)
        else:
            picture = self._source.draw(page.number - 1, shown, page.turns)
        if picture is None:
            self._report(Diagnostic(Code.PICTURE_UNREADABLE, "a picture cannot be taken out of the file", page.number))
            return ""
        return self._store(picture, "")

    def show_cover(self) -> str:
        """The name of a picture of the whole first page, "" when it cannot be drawn."""
        picture = self._source.draw_cover(self._pages[0].number - 1)
        return self._store(picture, "cover") if picture else ""

    def take_cover(self, picture: EncodedPicture) -> str:
        """The name of a picture that comes from elsewhere."""
        return self._store(picture, "cover")

    def _store(self, picture: EncodedPicture, name: str) -> str:
        key = hashlib.sha256(picture.data).digest()
        if key not in self._media:
            if not name:
                self._count += 1
                name = f"figure-{self._count}"
            name = f"{name}.{_SUFFIXES[picture.media_type]}"
            self._media[key] = Media(name, picture.media_type, picture.data, picture.width, picture.height)
        return self._media[key].name


def name_region(box: BoundingBox, index: int) -> str:
    """What `PictureShelf.show` gives when pictures are wanted, but not their pixels."""
    return "figure" if box.width > 0 and box.height > 0 else ""


def show_nothing(box: BoundingBox, index: int) -> str:
    """What `PictureShelf.show` gives when no pictures are wanted."""
    return ""


def _find_single_bitmap(page: Page, box: BoundingBox) -> Picture | None:
    """The bitmap that is all there is to see in a region, None when it is not that simple."""
    least = TOUCHED * box.area
    there = [picture for picture in page.pictures if picture.box.overlap(box) > least]
    if len(there) != 1 or there[0].kind != "bitmap" or there[0].box.overlap(box) < FILLED * box.area:
        return None
    if there[0].box.area > box.area / FILLED:
        return None
    over = any(box.holds((w.box.left + w.box.right) / 2, (w.box.bottom + w.box.top) / 2) for w in page.words)
    return None if over or any(_crosses(rule.box, box) for rule in page.rules) else there[0]


def _crosses(rule: BoundingBox, box: BoundingBox) -> bool:
    """Whether a rule lies within a region and not along its edge or out of it."""
    return box.holds((rule.left + rule.right) / 2, (rule.bottom + rule.top) / 2)
