"""Reads the rules and pictures of a page, by pypdfium2.

In: an open page. Out: its rules and its pictures, with what cannot be seen left out: paths that are
neither filled nor stroked, white ones, and what a clipping path cuts away. A form XObject is looked
into, because producers wrap anything in one, from an ornament to a whole page; all that it draws
has the same key, so that whoever needs the form as one thing can put it together again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection
from itertools import repeat

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.library import bind
from thesis_convert.page import BoundingBox, Picture, Rule

MAX_OBJECTS = 60_000
"""Page objects looked at; a map drawn in vectors may have more."""
MAX_FORM_DEPTH = 8
"""Forms within forms that are followed; typesetters that include figures make three or four."""
RULE_THICKNESS = 2.5
"""A filled shape thinner than this, in points, is a rule and not a drawing."""
MIN_RULE_LENGTH = 6.0
"""Shorter strokes, in points, are parts of drawings or of letters."""
MIN_SIZE = 1.0
"""Dots smaller than this, in points, are nothing to see."""
MAX_CLIP_SEGMENTS = 64
"""Of a clipping path with more segments, which follows some outline, the first tell its extent well enough."""

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_WHITE = 255


# These are called for every object of every page; pointers are passed as numbers.
_P, _I = ctypes.c_void_p, ctypes.c_int
_get_object = bind(pdfium.FPDFPage_GetObject, _P, _P, _I)
_count_objects = bind(pdfium.FPDFPage_CountObjects, _I, _P)
_count_inner = bind(pdfium.FPDFFormObj_CountObjects, _I, _P)
_get_inner = bind(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_get_type = bind(pdfium.FPDFPageObj_GetType, _I, _P)
_get_bounds = bind(pdfium.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
_get_mark = bind(pdfium.FPDFPageObj_GetMarkedContentID, _I, _P)
_get_clip = bind(pdfium.FPDFPageObj_GetClipPath, _P, _P)
_count_clips = bind(pdfium.FPDFClipPath_CountPaths, _I, _P)
_count_clip_segments = bind(pdfium.FPDFClipPath_CountPathSegments, _I, _P, _I)
_get_clip_segment = bind(pdfium.FPDFClipPath_GetPathSegment, _P, _P, _I, _I)
_count_segments = bind(pdfium.FPDFPath_CountSegments, _I, _P)
_get_segment = bind(pdfium.FPDFPath_GetPathSegment, _P, _P, _I)
_get_point = bind(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
_get_mode = bind(pdfium.FPDFPath_GetDrawMode, _I, _P, _P, _P)
_get_matrix = bind(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
_get_pixels = bind(pdfium.FPDFImageObj_GetImagePixelSize, _I, _P, _P, _P)
_get_raw_data = bind(pdfium.FPDFImageObj_GetImageDataRaw, ctypes.c_ulong, _P, _P, ctypes.c_ulong)
_get_fill = bind(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_get_stroke = bind(pdfium.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)


class GraphicsReader:
    """Reads one page; `place` takes a box in the page's own coordinates to the page as shown.

    `wanted` are the identifiers of marked content to look for; `marked` has where text of it was found.
    """

    def __init__(
        self,
        page: object,
        width: float,
        height: float,
        place: Callable[[BoundingBox], BoundingBox] | None,
        wanted: Collection[int] = (),
    ) -> None:
        self.page = ctypes.cast(page, ctypes.c_void_p).value  # type: ignore[arg-type]
        self.shown = BoundingBox(0.0, 0.0, width, height)
        self.place = place
        self.wanted = wanted
        self.marked: list[tuple[int, BoundingBox]] = []
        self.rules: list[Rule] = []
        self.pictures: list[Picture] = []
        self.seen = 0
        self.largest: Picture | None = None
        # One buffer for every answer: its numbers are read at once and its addresses never change.
        self.edges = (ctypes.c_float * 4)()
        start = ctypes.addressof(self.edges)
        self.edges_at = (start, start + 4, start + 8, start + 12)
        self.numbers = (ctypes.c_int * 4)()
        start = ctypes.addressof(self.numbers)
        self.numbers_at = (start, start + 4, start + 8, start + 12)

    def read(self) -> tuple[tuple[Rule, ...], tuple[Picture, ...]]:
        count = min(_count_objects(self.page), MAX_OBJECTS)
        handles = list(map(_get_object, repeat(self.page), range(count)))
        for number, (handle, kind) in enumerate(zip(handles, map(_get_type, handles), strict=True)):
            if kind != pdfium.FPDF_PAGEOBJ_TEXT or self.wanted:  # most objects are text, and nothing to look at
                self._collect(handle, kind, number, IDENTITY, self.shown, 0)
        return tuple(self.rules), tuple(self.pictures)

    def _collect(self, handle: int, kind: int, key: int, matrix: Matrix, clip: BoundingBox, depth: int) -> None:
        """Adds what one object draws; `matrix` and `clip` are those of the form that it stands in."""
        self.seen += 1
        if self.seen > MAX_OBJECTS:
            return
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if self.wanted and (mark := _get_mark(handle)) in self.wanted:
                box = self._read_box(handle, matrix, clip)
                if box is not None:
                    self.marked.append((mark, box))
            return
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            box = self._read_box(handle, matrix, clip)
            if box is not None and self._is_painted(handle):
                self._add_path(handle, key, box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < MAX_FORM_DEPTH:
                self._collect_form(handle, key, matrix, clip, depth)
        else:
            box = self._read_box(handle, matrix, clip)
            if box is not None and min(box.width, box.height) >= MIN_SIZE:
                image = kind == pdfium.FPDF_PAGEOBJ_IMAGE
                self._add(
                    Picture(box, "bitmap", key, identify_image(handle)) if image else Picture(box, "drawing", key)
                )

    def _collect_form(self, handle: int, key: int, matrix: Matrix, clip: BoundingBox, depth: int) -> None:
        cut = self._read_clip(handle, matrix, clip)
        if cut is None:
            return
        inner = multiply(read_matrix(handle), matrix)
        for number in range(min(_count_inner(handle), MAX_OBJECTS)):
            part = _get_inner(handle, number)
            self._collect(part, _get_type(part), key, inner, cut, depth + 1)

    def _add_path(self, handle: int, key: int, box: BoundingBox) -> None:
        thin, long = sorted((box.width, box.height))
        if thin <= RULE_THICKNESS and long >= MIN_RULE_LENGTH:
            self.rules.append(Rule(box))
        elif long >= MIN_SIZE:
            self._add(Picture(box, "rectangle" if self._is_rectangle(handle) else "drawing", key))

    def _add(self, picture: Picture) -> None:
        """A part within a larger part of the same form, such as the ten-thousandth dot of a plot, adds nothing."""
        largest = self.largest
        if largest is not None and largest.key == picture.key and _encloses(largest.box, picture.box):
            return
        self.pictures.append(picture)
        if picture.kind != "rectangle" and (largest is None or picture.box.area > largest.box.area):
            self.largest = picture

    # What is seen of an object

    def _read_box(self, handle: int, matrix: Matrix, clip: BoundingBox) -> BoundingBox | None:
        """Where an object is seen on the page as shown, None when nowhere."""
        if not _get_bounds(handle, *self.edges_at):
            return None
        left, bottom, right, top = self.edges
        box = self._show(BoundingBox(left, bottom, right, top), matrix)
        cut = self._read_clip(handle, matrix, clip)
        return _intersect(box, cut) if cut is not None else None

    def _show(self, box: BoundingBox, matrix: Matrix) -> BoundingBox:
        if matrix is not IDENTITY:
            box = transform(box, matrix)
        return self.place(box) if self.place else box

    def _read_clip(self, handle: int, matrix: Matrix, clip: BoundingBox) -> BoundingBox | None:
        """What the object's own clipping paths leave of `clip`. The library drops those that cut nothing."""
        path = _get_clip(handle)
        cut: BoundingBox | None = clip
        for number in range(_count_clips(path) if path else 0):
            xs, ys = [], []
            for place in range(min(_count_clip_segments(path, number), MAX_CLIP_SEGMENTS)):
                _get_point(_get_clip_segment(path, number, place), *self.edges_at[:2])
                xs.append(self.edges[0])
                ys.append(self.edges[1])
            if xs and cut is not None:
                cut = _intersect(self._show(BoundingBox(min(xs), min(ys), max(xs), max(ys)), matrix), cut)
        return cut

    def _is_painted(self, handle: int) -> bool:
        _get_mode(handle, *self.numbers_at[:2])
        fill, stroke = self.numbers[0], self.numbers[1]
        return bool((stroke and self._shows(_get_stroke, handle)) or (fill and self._shows(_get_fill, handle)))

    def _shows(self, read_color: Callable[..., int], handle: int) -> bool:
        """Whether a colour leaves a mark on paper. One that cannot be told, a pattern, does."""
        if not read_color(handle, *self.numbers_at):
            return True
        red, green, blue, alpha = self.numbers
        return alpha > 0 and min(red, green, blue) < _WHITE

    def _is_rectangle(self, handle: int) -> bool:
        count = _count_segments(handle)
        if not 4 <= count <= 5:
            return False
        xs, ys = set(), set()
        for number in range(count):
            _get_point(_get_segment(handle, number), *self.edges_at[:2])
            xs.add(round(self.edges[0], 1))
            ys.add(round(self.edges[1], 1))
        return len(xs) <= 2 and len(ys) <= 2


def read_matrix(handle: object) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    _get_matrix(handle, ctypes.addressof(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does `inner` first and `outer` after it."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def transform(box: BoundingBox, matrix: Matrix) -> BoundingBox:
    """The upright box around a box after `matrix`."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    xs = (a * left + c * bottom, a * left + c * top, a * right + c * bottom, a * right + c * top)
    ys = (b * left + d * bottom, b * left + d * top, b * right + d * bottom, b * right + d * top)
    return BoundingBox(min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f)


def identify_image(image: object) -> int:
    """A number that bitmaps with the same data share, and others hardly."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    _get_pixels(image, ctypes.addressof(width), ctypes.addressof(height))
    return _get_raw_data(image, None, 0) << 64 | width.value << 32 | height.value


def _intersect(box: BoundingBox, other: BoundingBox) -> BoundingBox | None:
    left, bottom = max(box.left, other.left), max(box.bottom, other.bottom)
    right, top = min(box.right, other.right), min(box.top, other.top)
    return BoundingBox(left, bottom, right, top) if left <= right and bottom <= top else None


def _encloses(outer: BoundingBox, inner: BoundingBox) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.bottom <= inner.bottom
        and inner.top <= outer.top
    )
