"""Reads the characters of a page, by pypdfium2: what they are, where they stand, and how they are set.

In: an open page. Out: its text, with the places of single characters and the styles of text objects on
request. The text of a page is asked for at once, its style once for each text object: a call into the
library costs more than what it does.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import Any, NamedTuple, Protocol

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.library import ask_each, bind
from thesis_convert.loader.pdf.right_to_left import find_words
from thesis_convert.page import BoundingBox, Font
from thesis_convert.scripts import has_right_to_left

MAX_CHARACTERS = 200_000
"""Characters on one page beyond which it is not text: a full newspaper page has some 40,000."""

_LINE_END_HYPHEN = "\ufffe"
_NO_TEXT = r"\s\x00\u200b"
_SOLID = re.compile(f"[^{_NO_TEXT}{_LINE_END_HYPHEN}]++{_LINE_END_HYPHEN}?|{_LINE_END_HYPHEN}")
"""A word, or the part of one before a line's end: the library joins them and leaves a sign for the hyphen."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
SECOND_HALF = "\uffff"
"""Stands for the second index of a character that has two; no character has this code."""
_INVISIBLE_MODES = (3, 7)
_FILLED_MODES = (0, 4)
_STROKED_MODE = 2
_WHITE = 0xFFFFFF
_BLACK = (0, 0, 0, 255)
_NO_SIZE = 1.0
"""Stands for the size of characters that belong to no text object."""

_P, _I = ctypes.c_void_p, ctypes.c_int
# These are called for each word, most of them for all words of a page at once.
get_object = bind(pdfium.FPDFText_GetTextObject, _P, _P, _I)
get_box = bind(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_get_ink = bind(pdfium.FPDFText_GetCharBox, _I, _P, _I, _P, _P, _P, _P)
get_origin = bind(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
# These for each text object.
_get_matrix = bind(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_get_size = bind(pdfium.FPDFTextObj_GetFontSize, _I, _P, _P)
_get_mode = bind(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_get_font = bind(pdfium.FPDFTextObj_GetFont, _P, _P)
_get_color = bind(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
# And these for each page.
_count = bind(pdfium.FPDFText_CountChars, _I, _P)
_get_text = bind(pdfium.FPDFText_GetText, _I, _P, _I, _I, _P)
_get_code = bind(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)


class Run(NamedTuple):
    """Characters `start` to `end` of a page's text that stand together in one text object, its `owner`."""

    start: int
    end: int
    owner: int


class Frame(Protocol):
    """What is known of a page when its words are read.

    `turn` counts its quarter turns as shown; `from_right` says that the library takes every line from the right.
    """

    number: int
    width: float
    height: float
    turn: int
    moved: bool
    from_right: bool

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
    says that some of the words are, or may be, read from the right: then `boxes` (left, bottom, right, top) has the
    place of each character of the page, since nearly all are asked for.
    """

    def __init__(self, frame: Frame, handle: object) -> None:
        self.frame = frame
        self.page: int | None = ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
        self.text = _read_text(self.page, min(_count(self.page), MAX_CHARACTERS))
        self.two_way = frame.from_right or has_right_to_left(self.text)
        self.box, self.x, self.y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self.box_at = ctypes.addressof(self.box)
        self._ink = (ctypes.c_double * 4)()
        first, size = ctypes.addressof(self._ink), ctypes.sizeof(ctypes.c_double)
        self._ink_at = range(first, first + 4 * size, size)
        asked = range(len(self.text) if self.two_way else 0)
        self.boxes: list[tuple[float, ...]] = list(zip(*self.read_boxes(asked), strict=True))

    def place(self, box: BoundingBox) -> BoundingBox:
        return self.frame.place(box)

    def find_style(self, index: int) -> tuple[Font, int, int]:
        """Font, colour and quarter turns of a character."""
        owner = get_object(self.page, index)
        return self.read_styles([Run(index, index + 1, owner)])[owner][:3]

    def find_origin(self, index: int) -> float:
        """Where a character's baseline begins."""
        get_origin(self.page, index, ctypes.addressof(self.x), ctypes.addressof(self.y))
        return self.x.value

    def find_edges(self, index: int) -> tuple[float, float]:
        """Where a character begins and ends."""
        if self.boxes:
            return self.boxes[index][0], self.boxes[index][2]
        get_box(self.page, index, self.box_at)
        return self.box.left, self.box.right

    def find_ink(self, index: int) -> tuple[float, float, float, float] | None:
        """The left, bottom, right and top of what a character draws, None when that cannot be told."""
        told = _get_ink(self.page, index, *self._ink_at)
        left, right, bottom, top = self._ink
        return (left, bottom, right, top) if told else None

    def read_origins(self, indexes: Sequence[int]) -> tuple[list[float], list[float]]:
        """Where characters begin: x and y of each."""
        _, x, y = ask_each(get_origin, "d", (1, 1), indexes, self.page)
        return x, y

    def read_boxes(self, indexes: Sequence[int]) -> tuple[list[float], list[float], list[float], list[float]]:
        """The left, bottom, right and top of characters, each as long as `indexes`."""
        _, left, top, right, bottom = ask_each(get_box, "f", (4,), indexes, self.page)
        return left, bottom, right, top

    def find_runs(self) -> list[Run]:
        """The runs of the page, as the library orders its text."""
        text, page = self.text, self.page
        spans = (
            list(_cut_at_hyphens(text, find_words(text))) if self.two_way else [m.span() for m in _SOLID.finditer(text)]
        )
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        owners = list(map(get_object, repeat(page), starts))
        whole = map(tuple.__new__, repeat(Run), zip(starts, ends, owners, strict=True))
        last_owners = map(get_object, repeat(page), [end - 1 for end in ends])
        runs: list[Run] = []
        for run, owner, last_owner, after in zip(whole, owners, last_owners, [*owners[1:], None], strict=False):
            # The characters of an object follow each other, so a word before one of the same object is all of it.
            if owner == last_owner or (owner == after and not self.two_way):
                runs.append(run)
            else:
                runs += _split_by_object(page, run)
        return runs

    def read_styles(self, runs: Sequence[Run]) -> dict[int, Style]:
        """The styles of the text objects that `runs` belong to."""
        indexes = {run.owner: run.start for run in runs}
        owners = list(indexes)
        _, *matrices = ask_each(_get_matrix, "f", (6,), list(indexes.values()), self.page)
        _, sizes = ask_each(_get_size, "f", (1,), owners)
        colors = ask_each(_get_color, "I", (1, 1, 1, 1), owners)
        found = zip(map(_get_font, owners), map(_get_mode, owners), sizes, *matrices[:4], *colors, strict=True)
        styles: dict[tuple[Any, ...], Style] = {}  # a page has thousands of objects, and a few styles
        return {
            owner: styles.get(facts) or styles.setdefault(facts, self._make_style(*facts))
            for owner, facts in zip(owners, found, strict=True)
        }

    def _make_style(
        self, font: int, mode: int, size: float, a: float, b: float, c: float, d: float, painted: int, *color: int
    ) -> Style:
        """A style from a font's address, what the text's matrix begins with, and whether its colour could be told."""
        if b == 0.0 == c and a > 0.0:  # as nearly all text is
            angle, slanted = -self.frame.turn % 4, False
            size = round(abs(size * d), 1) or _NO_SIZE
        else:
            angle = (round(math.degrees(math.atan2(b, a)) / 90) - self.frame.turn) % 4
            slanted = abs(b) < 0.01 * abs(a) and 0.1 < c / (d or 1.0) < 0.6
            size = round(abs(size * math.hypot(c, d)), 1) or _NO_SIZE
        red, green, blue, alpha = color if painted else _BLACK
        code = red << 16 | green << 8 | blue
        filled = mode in _FILLED_MODES
        ghost = mode in _INVISIBLE_MODES or (filled and not alpha)
        kind = self.frame.font(font, size, slanted, mode == _STROKED_MODE)
        return Style(kind, code, angle, ghost, filled and code == _WHITE)


def _cut_at_hyphens(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, cut where the library has joined a word over the line end and left a sign for the hyphen."""
    for start, end in spans:
        cuts = [start, *(i + 1 for i in range(start, end - 1) if text[i] == _LINE_END_HYPHEN), end]
        yield from pairwise(cuts)


def _split_by_object(page: int | None, run: Run) -> Sequence[Run]:
    """A run whose last characters are of other text objects, as runs of one each."""
    start, end, first = run
    runs = []
    for index, owner in enumerate(map(get_object, repeat(page), range(start + 1, end)), start + 1):
        if owner != first:
            runs.append(Run(start, index, first))
            start, first = index, owner
    return [*runs, Run(start, end, first)]


def _read_text(page: int | None, count: int) -> str:
    """The characters of a page, one for each of the library's character indexes."""
    if count <= 0:
        return ""
    buffer = array("H", bytes(2 * (count + 1)))
    written = _get_text(page, 0, count, buffer.buffer_info()[0])
    text = buffer[:count].tobytes().decode("utf-16-le", "surrogatepass")
    if written == count + 1 and len(text) == count and not _SURROGATE.search(text):
        return text
    # Unmapped characters take no unit there; and one beyond the basic plane has two indexes, each with half its code.
    codes = list(map(_get_code, repeat(page), range(count)))
    text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    return _SURROGATE.sub("\ufffd", _PAIR.sub(_join_halves, text))


def _join_halves(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") + SECOND_HALF
