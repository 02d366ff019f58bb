"""Reads what is drawn on the pages of a PDF, by pypdfium2.

In: the bytes of a PDF. Out: a `Page` of words, rules and pictures for each of its pages, and
renderings on request.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection

import pypdfium2.raw as pdfium

from thesis_convert.errors import EncryptedError, InputError
from thesis_convert.loader.pdf.drawn_type import split_drawn
from thesis_convert.loader.pdf.fonts import FontKind, classify_font
from thesis_convert.loader.pdf.graphics import GraphicsReader
from thesis_convert.loader.pdf.joiners import JoinerEvidence
from thesis_convert.loader.pdf.unmapped import MappingEvidence
from thesis_convert.loader.pdf.words import WordReader
from thesis_convert.page import BoundingBox, Font, Page, Picture, Word

_HEAVIER = 700
_FROM_RIGHT = b"R2L"


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
        self.from_right = _is_from_right(self._document)
        self._kinds: dict[int, FontKind] = {}
        self._fonts: dict[tuple[int, float, bool, bool], Font] = {}
        self.joiners = JoinerEvidence()
        self.mapping = MappingEvidence()

    def __enter__(self) -> InkFile:
        return self

    def __exit__(self, *_: object) -> None:
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    def open_page(self, index: int) -> object:
        """The library's handle of a page, None when it cannot be read. Close it after use."""
        return pdfium.FPDF_LoadPage(self._document, index) or None

    def read_page(self, index: int, marked: Collection[int] = ()) -> Page | None:
        """The ink of a page, with the places of the `marked` content; None when the library cannot read it."""
        handle = self.open_page(index)
        if handle is None:
            return None
        try:
            return _PageReader(self, handle, index).read(marked)
        finally:
            pdfium.FPDF_ClosePage(handle)

    def font(self, address: int, size: float, slanted: bool, stroked: bool) -> Font:
        """The `Font` for the address of a font at a size on paper; equal ones are one object."""
        key = (address, size, slanted, stroked)
        font = self._fonts.get(key)
        if font is None:
            kind = self._kinds.get(address)
            if kind is None:
                kind = self._kinds[address] = _read_font_kind(address)
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
        self.file, self.handle, self.index, self.number = file, handle, index, index + 1
        self.width = pdfium.FPDF_GetPageWidthF(handle)
        self.height = pdfium.FPDF_GetPageHeightF(handle)
        self.turn = pdfium.FPDFPage_GetRotation(handle)
        self.origin = self._read_origin()
        self.from_right = file.from_right
        self.moved = self.turn != 0 or abs(self.origin[0]) > 0.01 or abs(self.origin[1]) > 0.01

    def read(self, marked: Collection[int]) -> Page:
        place = self.place if self.moved else None
        graphics = GraphicsReader(self.handle, self.width, self.height, place, marked)
        rules, pictures = graphics.read()
        text_page = pdfium.FPDFText_LoadPage(self.handle)
        words: list[Word] = []
        drawn: list[Picture] = []
        if text_page:
            try:
                words, drawn = split_drawn(WordReader(self, text_page, self.file.joiners).read(pictures))
                self.file.mapping.add_page(self.number, words, text_page)
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        shown = (self.width, self.height)
        pictures = (*pictures, *drawn)
        return Page(self.index, self.number, "", *shown, tuple(words), rules, pictures, marked=tuple(graphics.marked))

    def font(self, address: int, size: float, slanted: bool, stroked: bool) -> Font:
        return self.file.font(address, size, slanted, stroked)

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


def _is_from_right(document: object) -> bool:
    """Whether a PDF asks viewers for pages from the right. The library then takes all its lines so, also Latin ones."""
    name = ctypes.create_string_buffer(len(_FROM_RIGHT) + 1)
    pdfium.FPDF_VIEWERREF_GetName(document, b"Direction", name, len(name))
    return name.value == _FROM_RIGHT


def _read_font_kind(address: int) -> FontKind:
    handle = ctypes.cast(address, pdfium.FPDF_FONT)
    size = pdfium.FPDFFont_GetBaseFontName(handle, None, 0)
    buffer = ctypes.create_string_buffer(min(size, 512) or 1)
    pdfium.FPDFFont_GetBaseFontName(handle, buffer, len(buffer))
    angle = ctypes.c_int(0)
    pdfium.FPDFFont_GetItalicAngle(handle, ctypes.byref(angle))
    name = buffer.value.decode("utf-8", "replace")
    return classify_font(name, pdfium.FPDFFont_GetFlags(handle), pdfium.FPDFFont_GetWeight(handle), angle.value)


def _opening_error(code: int, with_password: bool) -> Exception:
    if code == pdfium.FPDF_ERR_PASSWORD:
        reason = "the password is wrong" if with_password else "it is encrypted and no password was given"
        return EncryptedError(reason)
    return InputError("it is not a PDF, or is damaged beyond reading")
