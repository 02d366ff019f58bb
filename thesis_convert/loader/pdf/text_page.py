"""Reads the characters of a page, by pypdfium2: what they are, where they stand, and how they are set.

In: an open page. Out: its text, with the places of single characters and the styles of text objects on
request. The text of a page is asked for at once, its style once for each text object: a call into the
library costs more than what it does.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, Protocol

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.graphics import bind
from thesis_convert.loader.pdf.right_to_left import find_words
from thesis_convert.page import BoundingBox, Font
from thesis_convert.scripts import has_right_to_left

MAX_CHARACTERS = 200_000
"""Characters on one page beyond which it is not text: a full newspaper page has some 40,000."""

_SOLID = re.compile(r"[^\s\x00\u200b]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE_MODES = (3, 7)
_FILLED_MODES = (0, 4)
_STROKED_MODE = 2
_LINE_END_HYPHEN = "\ufffe"
_WHITE = 0xFFFFFF

# These are called once or more for each word.
get_object = bind(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
get_box = bind(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
# And these for each text object.
_P, _I = ctypes.c_void_p, ctypes.c_int
_get_matrix = bind(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_get_size = bind(pdfium.FPDFTextObj_GetFontSize, _I, _P, _P)
_get_mode = bind(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_get_font = bind(pdfium.FPDFTextObj_GetFont, _P, _P)
_get_color = bind(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_STYLE, _CHANNELS = (ctypes.c_float * 6)(), (ctypes.c_uint * 4)()
"""Where the library puts its answers, which are read at once."""
_STYLE_AT = ctypes.addressof(_STYLE)
_CHANNELS_AT = tuple(ctypes.addressof(_CHANNELS) + 4 * number for number in range(4))
get_ink = bind(pdfium.FPDFText_GetCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
get_origin = bind(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)


class Frame(Protocol):
    """What is known of a page when its words are read. `turn` counts its quarter turns as shown."""

    number: int
    width: float
    height: float
    turn: int
    moved: bool

    def place(self, box: BoundingBox) -> BoundingBox: ...

    def font(self, address: int, size: float, slanted: bool, stroked: bool) -> Font: ...


class Style(NamedTuple):
    """What holds for a whole text object. `ghost` says that it is invisible, `white` that it is filled with white."""

    font: Font
    color: int
    angle: int
    ghost: bool
    white: bool


class TextPage:
    """The characters of one page. It lives as long as the page is open.

    `box`, `x` and `y` are where the library puts its answers; `box_at` is the address of the first. `two_way`
    says that some of the words are read from the right.
    """

    def __init__(self, frame: Frame, handle: object) -> None:
        self.frame = frame
        self.page: int | None = ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
        self.text = _read_text(handle, min(pdfium.FPDFText_CountChars(handle), MAX_CHARACTERS))
        self.two_way = has_right_to_left(self.text)
        self.box, self.x, self.y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self.box_at = ctypes.addressof(self.box)

    def place(self, box: BoundingBox) -> BoundingBox:
        return self.frame.place(box)

    def find_style(self, index: int) -> tuple[Font, int, int]:
        """Font, colour and quarter turns of a character."""
        return self.read_style(index, get_object(self.page, index))[:3]

    def find_origin(self, index: int) -> float:
        get_origin(self.page, index, ctypes.addressof(self.x), ctypes.addressof(self.y))
        return self.x.value

    def find_edges(self, index: int) -> tuple[float, float]:
        get_box(self.page, index, self.box_at)
        return self.box.left, self.box.right

    def find_runs(self) -> Iterator[tuple[int, int, int]]:
        """The (start, end, text object) of the characters that stand together in one text object."""
        text, page = self.text, self.page
        cut = _LINE_END_HYPHEN in text
        spans = find_words(text) if self.two_way else [match.span() for match in _SOLID.finditer(text)]
        for start, end in _cut_at_hyphens(text, spans) if cut else spans:
            first = get_object(page, start)
            if end - start == 1 or first == get_object(page, end - 1):
                yield start, end, first
            else:
                yield from _split_by_object(page, start, end)

    def read_style(self, index: int, handle: int) -> Style:
        """The style of the text object `handle`, which a character belongs to."""
        _get_matrix(self.page, index, _STYLE_AT)
        a, b, c, d, _, _ = _STYLE
        _get_size(handle, _STYLE_AT)
        size = _STYLE[0]
        mode = _get_mode(handle)
        if b == 0.0 == c and a > 0.0:  # as nearly all text is
            angle, slanted = -self.frame.turn % 4, False
            size = round(abs(size * d), 1)
        else:
            angle = (round(math.degrees(math.atan2(b, a)) / 90) - self.frame.turn) % 4
            slanted = abs(b) < 0.01 * abs(a) and 0.1 < c / (d or 1.0) < 0.6
            size = round(abs(size * math.hypot(c, d)), 1)
        font = self.frame.font(_get_font(handle), size, slanted, mode == _STROKED_MODE)
        color, alpha = _read_color(handle)
        filled = mode in _FILLED_MODES
        ghost = mode in _INVISIBLE_MODES or (filled and not alpha)
        return Style(font, color, angle, ghost, filled and color == _WHITE)


def _cut_at_hyphens(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, cut where the library has joined a word over the line end and left a sign for the hyphen."""
    for start, end in spans:
        cuts = [start, *(i + 1 for i in range(start, end - 1) if text[i] == _LINE_END_HYPHEN), end]
        yield from pairwise(cuts)


def _split_by_object(page: int | None, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    first = get_object(page, start)
    for index in range(start + 1, end):
        owner = get_object(page, index)
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


def _read_color(handle: int) -> tuple[int, int]:
    """The fill colour as 0xRRGGBB, and its opacity from 0 to 255."""
    if not _get_color(handle, *_CHANNELS_AT):
        return 0, 255
    red, green, blue, alpha = _CHANNELS
    return red << 16 | green << 8 | blue, alpha
