"""Reads what is drawn on the pages of a PDF, by pypdfium2.

In: the bytes of a PDF. Out: a `Page` of words, rules and pictures for each of its pages, and
renderings on request. The text of a page is asked for at once, its style once for each text
object, and places once for each word: a call into the library costs more than what it does.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from thesis_convert.errors import EncryptedError, InputError
from thesis_convert.loader.pdf.fonts import FontKind, classify_font
from thesis_convert.loader.pdf.graphics import GraphicsReader, bind
from thesis_convert.page import BoundingBox, Font, Page, Word

MAX_CHARACTERS = 200_000
"""Characters on one page beyond which it is not text: a full newspaper page has some 40,000."""

_SOLID = re.compile(r"[^\s\x00\u200b]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE_MODE = 3
_STROKED_MODE = 2
_LINE_END_HYPHEN = "\ufffe"
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00ad": "-",
        "\x02": "-",
        "\ufffe": "-",
        "\ufeff": None,
    }
)
_HEAVIER = 700


# These are called once or more for each word.
_get_object = bind(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_get_box = bind(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_get_origin = bind(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)


class InkFile:
    """An open PDF. Use it as a context manager: it holds memory of the library."""

    def __init__(self, data: bytes, password: str = "") -> None:
        """Raises EncryptedError when the password is wrong, InputError when it is no readable PDF."""
        pdfium.FPDF_InitLibrary()
        self.data = data  # the library reads from it as long as the document is open
        self._document = pdfium.FPDF_LoadMemDocument64(data, len(data), password.encode() or None)
        if not self._document:
            raise _opening_error(pdfium.FPDF_GetLastError(), bool(password))
        self.page_count: int = pdfium.FPDF_GetPageCount(self._document)
        self._kinds: dict[int, FontKind] = {}
        self._fonts: dict[tuple[int, float, bool, bool], Font] = {}

    def __enter__(self) -> InkFile:
        return self

    def __exit__(self, *_: object) -> None:
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    def open_page(self, index: int) -> object:
        """The library's handle of a page, None when it cannot be read. Close it after use."""
        return pdfium.FPDF_LoadPage(self._document, index) or None

    def read_page(self, index: int) -> Page | None:
        """The ink of a page, None when the library cannot read it."""
        handle = self.open_page(index)
        if handle is None:
            return None
        try:
            return _PageReader(self, handle, index).read()
        finally:
            pdfium.FPDF_ClosePage(handle)

    def font(self, handle: object, size: float, slanted: bool, stroked: bool) -> Font:
        """The `Font` for a font handle at a size on paper; equal ones are one object."""
        address = ctypes.addressof(handle.contents) if handle else 0  # type: ignore[attr-defined]
        key = (address, size, slanted, stroked)
        font = self._fonts.get(key)
        if font is None:
            kind = self._kinds.get(address)
            if kind is None:
                kind = self._kinds[address] = _read_font_kind(handle)
            font = self._fonts[key] = Font(
                kind.name,
                size,
                max(kind.weight, _HEAVIER) if stroked else kind.weight,
                kind.italic or slanted,
                kind.monospace,
                kind.small_caps,
                kind.math,
            )
        return font


class _PageReader:
    """Reads one page. It lives as long as the page is open."""

    def __init__(self, file: InkFile, handle: object, index: int) -> None:
        self.file, self.handle, self.index = file, handle, index
        self.width = pdfium.FPDF_GetPageWidthF(handle)
        self.height = pdfium.FPDF_GetPageHeightF(handle)
        self.turn = pdfium.FPDFPage_GetRotation(handle)
        self.origin = self._read_origin()
        self.moved = self.turn != 0 or abs(self.origin[0]) > 0.01 or abs(self.origin[1]) > 0.01

    def read(self) -> Page:
        text_page = pdfium.FPDFText_LoadPage(self.handle)
        words: list[Word] = []
        if text_page:
            try:
                words = list(self._read_words(text_page))
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        place = self.place if self.moved else None
        rules, pictures = GraphicsReader(self.handle, self.width, self.height, place).read()
        return Page(self.index, self.index + 1, "", self.width, self.height, tuple(words), rules, pictures)

    # Places

    def _read_origin(self) -> tuple[float, float]:
        """The corner of what is shown of the page, in the page's own coordinates."""
        edges = [ctypes.c_float() for _ in range(4)]
        pointers = [ctypes.byref(edge) for edge in edges]
        if pdfium.FPDFPage_GetCropBox(self.handle, *pointers) or pdfium.FPDFPage_GetMediaBox(self.handle, *pointers):
            left, bottom, right, top = (edge.value for edge in edges)
            return min(left, right), min(bottom, top)
        return 0.0, 0.0

    def place(self, box: BoundingBox) -> BoundingBox:
        """A box in the page's own coordinates as it is on the page as shown."""
        if not self.moved:
            return box
        left, bottom, right, top = box
        x, y = self.origin
        left, bottom, right, top = left - x, bottom - y, right - x, top - y
        if self.turn == 1:
            return BoundingBox(bottom, self.height - right, top, self.height - left)
        if self.turn == 2:
            return BoundingBox(self.width - right, self.height - top, self.width - left, self.height - bottom)
        if self.turn == 3:
            return BoundingBox(self.width - top, left, self.width - bottom, right)
        return BoundingBox(left, bottom, right, top)

    # Words

    def _read_words(self, text_page: object) -> Iterator[Word]:
        count = min(pdfium.FPDFText_CountChars(text_page), MAX_CHARACTERS)
        text = _read_text(text_page, count)
        page = ctypes.cast(text_page, ctypes.c_void_p).value  # type: ignore[arg-type]
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        box_at, x_at, y_at = ctypes.addressof(box), ctypes.addressof(x), ctypes.addressof(y)
        styles: dict[int, tuple[Font, int, int, bool]] = {}
        previous, previous_baseline, previous_end = BoundingBox(-1e9, -1e9, -1e9, -1e9), -1e9, -1
        for start, end, owner in _runs(text, page):
            style = styles.get(owner)
            if style is None:
                style = styles[owner] = self._read_style(text_page, start)
            font, color, angle, visible = style
            if not visible:
                continue
            _get_box(page, start, box_at)
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if end - start > 1:
                _get_box(page, end - 1, box_at)
                left, right = min(left, box.left), max(right, box.right)
                bottom, top = min(bottom, box.bottom), max(top, box.top)
            _get_origin(page, start, x_at, y_at)
            baseline = y.value
            place = BoundingBox(left, bottom, right, top)
            if self.moved or angle % 2:
                place = self.place(place)
                spot = self.place(BoundingBox(x.value, y.value, x.value, y.value))
                baseline = spot.left if angle % 2 else spot.bottom
            if place.right <= 0 or place.left >= self.width or place.top <= 0 or place.bottom >= self.height:
                continue
            glued = (
                start == previous_end
                and abs(baseline - previous_baseline) < font.size
                and -0.5 * font.size < _measure_gap(previous, place, angle) < 0.25 * font.size
            )
            word = text[start:end].translate(_LIGATURES)
            if word:
                yield Word(word, place, baseline, font, not glued, start, color, angle)
            previous, previous_baseline, previous_end = place, baseline, end

    def _read_style(self, text_page: object, index: int) -> tuple[Font, int, int, bool]:
        """Font, colour, angle (in quarter turns) and visibility of the text object at a character."""
        handle = pdfium.FPDFText_GetTextObject(text_page, index)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
        scale = math.hypot(matrix.c, matrix.d)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        font_handle = pdfium.FPDFTextObj_GetFont(handle)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
        angle = (angle - self.turn) % 4 if self.turn else angle
        slanted = abs(matrix.b) < 0.01 * abs(matrix.a) and 0.1 < matrix.c / (matrix.d or 1.0) < 0.6
        font = self.file.font(font_handle, round(abs(size.value * scale), 1), slanted, mode == _STROKED_MODE)
        return font, _read_color(handle), angle, mode != _INVISIBLE_MODE


def _measure_gap(before: BoundingBox, after: BoundingBox, turns: int) -> float:
    """The distance between two words along the line that they stand on."""
    if turns == 0:
        return after.left - before.right
    if turns == 2:
        return before.left - after.right
    return after.bottom - before.top if turns == 1 else before.bottom - after.top


def _runs(text: str, page: int | None) -> Iterator[tuple[int, int, int]]:
    """The (start, end, text object) of the characters that stand together in one text object."""
    for match in _SOLID.finditer(text):
        start, end = match.span()
        if _LINE_END_HYPHEN not in match.group():
            yield from _split_by_object(page, start, end)
            continue
        # The library joins a word over the line end and leaves this sign for the hyphen.
        cuts = [start, *(i + 1 for i in range(start, end - 1) if text[i] == _LINE_END_HYPHEN), end]
        for low, high in zip(cuts, cuts[1:], strict=False):
            yield from _split_by_object(page, low, high)


def _split_by_object(page: int | None, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    first = _get_object(page, start)
    if end - start == 1 or first == _get_object(page, end - 1):
        yield start, end, first
        return
    for index in range(start + 1, end):
        owner = _get_object(page, index)
        if owner != first:
            yield start, index, first
            start, first = index, owner
    yield start, end, first


def _read_text(text_page: object, count: int) -> str:
    """The characters of a page, one for each of the library's character indexes."""
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer).decode("utf-16-le", "surrogatepass")[:count]
    if written == count + 1 and not _SURROGATE.search(text) and len(text) == count:
        return text
    # Characters beyond the basic plane take two units there, and unmapped ones none.
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c <= 0xDFFF else "\ufffd" for c in codes)


def _read_font_kind(handle: object) -> FontKind:
    size = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
    buffer = ctypes.create_string_buffer(min(size, 512) or 1)
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, len(buffer))
    angle = ctypes.c_int(0)
    pdfium.FPDFFont_GetItalicAngle(handle, ctypes.byref(angle))
    name = buffer.value.decode("utf-8", "replace")
    return classify_font(name, pdfium.FPDFFont_GetFlags(handle), pdfium.FPDFFont_GetWeight(handle), angle.value)


def _read_color(handle: object) -> int:
    channels = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(handle, *(ctypes.byref(channel) for channel in channels)):
        return 0
    red, green, blue, _ = (channel.value for channel in channels)
    return red << 16 | green << 8 | blue


def _opening_error(code: int, with_password: bool) -> Exception:
    if code == pdfium.FPDF_ERR_PASSWORD:
        reason = "the password is wrong" if with_password else "it is encrypted and no password was given"
        return EncryptedError(reason)
    return InputError("it is not a PDF, or is damaged beyond reading")
