"""Reads the words of a page, by pypdfium2.

In: an open page. Out: its words, each in one font, with their places. The text of a page is asked
for at once, its style once for each text object, and places once for each word: a call into the
library costs more than what it does. What no reader sees is left out: text off the page, white text
on white ground, and the invisible text behind a scan where the page has other text.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.characters import ACCENT, MARK, UNUSUAL, repair_characters
from thesis_convert.loader.pdf.graphics import bind
from thesis_convert.loader.pdf.joiners import JoinerEvidence
from thesis_convert.loader.pdf.marks import attach_marks
from thesis_convert.loader.pdf.math_type import set_math_type
from thesis_convert.loader.pdf.right_to_left import RightToLeftReader, find_words, has_letters, order_by_place
from thesis_convert.page import BoundingBox, Font, Picture, Word
from thesis_convert.scripts import ZERO_WIDTH_NON_JOINER, has_right_to_left

SUPERIOR_LIFT = 0.25
"""The ink of superior figures begins this many sizes above the baseline; all others stand on it."""
SUPERIOR_SIZE = 0.6
"""Superior figures look like figures of this share of their font's size."""
MAX_SUPERIOR = 4
"""More figures together than this are no note's number."""
MAX_CHARACTERS = 200_000
"""Characters on one page beyond which it is not text: a full newspaper page has some 40,000."""
SAME_FONT_GAP = 0.15
"""Text objects in one font that are closer than so many sizes go on with a word, unless a space is drawn there."""
OTHER_FONT_GAP = 0.25
"""In different fonts they may be further apart: slanted letters lean over, and marks of notes stand off."""
HIDDEN_SHARE = 5
"""Invisible text so many times as long as the visible is the page's own; the visible is a stamp on a scan."""

_SOLID = re.compile(r"[^\s\x00\u200b]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE_MODES = (3, 7)
_FILLED_MODES = (0, 4)
_STROKED_MODE = 2
_LINE_END_HYPHEN = "\ufffe"
_SOFT_HYPHEN = "\u00ad"
_WHITE = 0xFFFFFF

# These are called once or more for each word.
_get_object = bind(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_get_box = bind(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
# And these for each text object.
_P, _I = ctypes.c_void_p, ctypes.c_int
_get_matrix = bind(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_get_size = bind(pdfium.FPDFTextObj_GetFontSize, _I, _P, _P)
_get_mode = bind(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_get_font = bind(pdfium.FPDFTextObj_GetFont, _P, _P)
_get_color = bind(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_STYLE, _CHANNELS = (ctypes.c_float * 6)(), (ctypes.c_uint * 4)()
"""Where the library puts its answers, which are read at once."""
_get_ink = bind(pdfium.FPDFText_GetCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
_get_origin = bind(
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


class WordReader:
    """Reads the words of one page. It lives as long as the page is open."""

    def __init__(self, frame: Frame, text_page: object, joiners: JoinerEvidence) -> None:
        self.frame, self.text_page = frame, text_page
        self.page: int | None = ctypes.cast(text_page, ctypes.c_void_p).value  # type: ignore[arg-type]
        self.text = _read_text(text_page, min(pdfium.FPDFText_CountChars(text_page), MAX_CHARACTERS))
        self.two_way = has_right_to_left(self.text)
        self._box, self._x, self._y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._box_at = ctypes.addressof(self._box)
        self.reader = RightToLeftReader(self.text, frame.number, self.find_edges, self.find_origin, joiners)

    def read(self, pictures: Sequence[Picture]) -> list[Word]:
        """The words in drawing order. White text counts where it stands on one of `pictures`."""
        seen: list[Word] = []
        ghosts: list[Word] = []
        upright = self.frame.turn == 0
        for word, style in self._read_two_way() if self.two_way and upright else self._read_all():
            if style.ghost:
                ghosts.append(word)
            elif not style.white or _stands_on_picture(word, pictures):
                seen.append(word)
        if ghosts and sum(len(w.text) for w in ghosts) > HIDDEN_SHARE * sum(len(w.text) for w in seen):
            seen = sorted(seen + ghosts, key=lambda w: w.order)
        return self._repair(seen)

    def _repair(self, words: list[Word]) -> list[Word]:
        """Words as typed, from words as drawn."""
        if self.reader.parts:
            joints = self.reader.find_joints()
            words = [w._replace(text=w.text + ZERO_WIDTH_NON_JOINER) if w.order in joints else w for w in words]
            if baselines := self.reader.find_baselines():
                words = [w._replace(baseline=baselines.get(w.order, w.baseline)) for w in words]
        words = set_math_type(words, self)
        if ACCENT.search(self.text) or MARK.search(self.text):
            places = {part.order: part.places for part in self.reader.parts}
            words = attach_marks(words, places, self)
        if _SOFT_HYPHEN in self.text:
            words = [self._drop_unseen_hyphens(word) if _SOFT_HYPHEN in word.text else word for word in words]
        if UNUSUAL.search(self.text):
            repaired = ((word, repair_characters(word.text, word.font.name)) for word in words)
            words = [word if text == word.text else word._replace(text=text) for word, text in repaired if text]
        return words

    def place(self, box: BoundingBox) -> BoundingBox:
        return self.frame.place(box)

    def find_style(self, index: int) -> tuple[Font, int, int]:
        """Font, colour and quarter turns of a character."""
        return self._read_style(index, _get_object(self.page, index))[:3]

    def _read_all(self) -> Iterator[tuple[Word, Style]]:
        frame, page, text = self.frame, self.page, self.text
        box, x, y, box_at = self._box, self._x, self._y, self._box_at
        x_at, y_at = ctypes.addressof(x), ctypes.addressof(y)
        plain = not frame.moved
        styles: dict[int, Style] = {}
        previous, previous_baseline, previous_end = BoundingBox(-1e9, -1e9, -1e9, -1e9), -1e9, -1
        previous_font: Font | None = None
        for start, end, owner in self._find_runs():
            style = styles.get(owner)
            if style is None:
                style = styles[owner] = self._read_style(start, owner)
            font, color, angle = style[:3]
            word = text[start:end]
            if plain and not angle:
                # Within a text object the baseline and the height of the boxes stay the same.
                _get_origin(page, start, x_at, y_at)
                _get_box(page, end - 1, box_at)
                left = x.value
                bottom, right, top = box.bottom, box.right, box.top
            else:
                _get_box(page, start, box_at)
                left = box.left
                bottom, right, top = box.bottom, box.right, box.top
                if end - start > 1:
                    _get_box(page, end - 1, box_at)
                    left, right = min(left, box.left), max(right, box.right)
                    bottom, top = min(bottom, box.bottom), max(top, box.top)
                _get_origin(page, start, x_at, y_at)
            baseline = y.value
            place = BoundingBox(left, bottom, right, top)
            if frame.moved or angle % 2:
                place = frame.place(place)
                spot = frame.place(BoundingBox(x.value, y.value, x.value, y.value))
                baseline = spot.left if angle % 2 else spot.bottom
            if place.right <= 0 or place.left >= frame.width or place.top <= 0 or place.bottom >= frame.height:
                continue
            glued = (
                start == previous_end
                and abs(baseline - previous_baseline) < font.size
                and -0.5 * font.size
                < _measure_gap(previous, place, angle)
                < (SAME_FONT_GAP if font is previous_font else OTHER_FONT_GAP) * font.size
            )
            found = Word(word, place, baseline, font, not glued, start, color, angle)
            if (
                plain
                and not angle
                and word[-1].isdecimal()
                and (digits := self._count_superior(word, start, baseline, font))
            ):
                yield from ((part, style) for part in self._split_superior(found, digits))
            else:
                yield found, style
            previous, previous_baseline, previous_end, previous_font = place, baseline, end, font

    def _read_two_way(self) -> Iterator[tuple[Word, Style]]:
        """The words of a page with words that go either way: their spaces are for later stages to find by place."""
        frame, page, box = self.frame, self.page, self._box
        x_at, y_at = ctypes.addressof(self._x), ctypes.addressof(self._y)
        styles: dict[int, Style] = {}
        previous_end = -1
        for start, end, owner in self._find_runs():
            style = styles.get(owner)
            if style is None:
                style = styles[owner] = self._read_style(start, owner)
            font, color, angle = style[:3]
            apart = start != previous_end
            previous_end = end
            _get_origin(page, start, x_at, y_at)
            baseline = self._y.value
            if not angle and has_letters(self.text[start:end]):
                parts = [part[:5] for part in self.reader.read(start, end, font, baseline)]
                bottom, top = box.bottom, box.top  # the same for all characters of a text object
            else:
                text, left, bottom, right, top = self._read_run(start, end, upright=not angle)
                parts = [(text, start, end, left, right)]
            for text, order, _, left, right in parts:
                place, line = BoundingBox(left, bottom, right, top), baseline
                if frame.moved or angle:
                    place = frame.place(place)
                    spot = frame.place(BoundingBox(left, baseline, left, baseline))
                    line = spot.left if angle % 2 else spot.bottom
                if place.right > 0 and place.left < frame.width and place.top > 0 and place.bottom < frame.height:
                    yield Word(text, place, line, font, apart, order, color, angle), style
                apart = False

    def _read_run(self, start: int, end: int, upright: bool) -> tuple[str, float, float, float, float]:
        """Text and box (left, bottom, right, top) of a run that goes from the left."""
        text, box = self.text[start:end], self._box
        left, right = first, _ = self.find_edges(start)
        bottom, top = box.bottom, box.top
        if end - start > 1:
            last, _ = self.find_edges(end - 1)
            left, right = min(left, last), max(right, box.right)
            bottom, top = min(bottom, box.bottom), max(top, box.top)
            if upright and first > last:
                text = order_by_place(text, lambda place: self.find_edges(start + place)[0])
        return text, left, bottom, right, top

    def _count_superior(self, word: str, start: int, baseline: float, font: Font) -> int:
        """How many of a word's last characters are superior figures: small and high in a font of the usual size."""
        edges = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
        pointers = [ctypes.addressof(edge) for edge in edges]
        count = 0
        while count < min(len(word), MAX_SUPERIOR) and word[-1 - count].isdecimal():
            if not _get_ink(self.page, start + len(word) - 1 - count, *pointers):
                break
            if edges[2].value - baseline < SUPERIOR_LIFT * font.size:
                break
            count += 1
        return count

    def _split_superior(self, word: Word, digits: int) -> Iterator[Word]:
        """A word and the superior figures behind it, these as what they look like: raised and smaller."""
        cut = len(word.text) - digits
        edge = self.find_edges(word.order + cut)[0]
        left, bottom, right, top = word.box
        size = SUPERIOR_SIZE * word.font.size
        if cut:
            yield word._replace(text=word.text[:cut], box=BoundingBox(left, bottom, edge, top))
        yield word._replace(
            text=word.text[cut:],
            box=BoundingBox(edge if cut else left, bottom, right, top),
            baseline=word.baseline + SUPERIOR_LIFT * word.font.size,
            font=word.font._replace(size=round(size, 1)),
            space_before=word.space_before and not cut,
            order=word.order + cut,
        )

    def find_origin(self, index: int) -> float:
        _get_origin(self.page, index, ctypes.addressof(self._x), ctypes.addressof(self._y))
        return self._x.value

    def find_edges(self, index: int) -> tuple[float, float]:
        _get_box(self.page, index, self._box_at)
        return self._box.left, self._box.right

    def _drop_unseen_hyphens(self, word: Word) -> Word:
        """Without the hyphens that would divide a word and do not; some fonts call every hyphen so."""
        kept = (
            char
            for place, char in enumerate(word.text)
            if char != _SOFT_HYPHEN or not _is_empty(self.find_edges(word.order + place), word.font.size)
        )
        return word._replace(text="".join(kept))

    def _find_runs(self) -> Iterator[tuple[int, int, int]]:
        """The (start, end, text object) of the characters that stand together in one text object."""
        text, page = self.text, self.page
        spans = find_words(text) if self.two_way else (match.span() for match in _SOLID.finditer(text))
        cut = _LINE_END_HYPHEN in text
        for start, end in spans:
            if not cut or _LINE_END_HYPHEN not in text[start:end]:
                yield from _split_by_object(page, start, end)
                continue
            # The library joins a word over the line end and leaves this sign for the hyphen.
            cuts = [start, *(i + 1 for i in range(start, end - 1) if text[i] == _LINE_END_HYPHEN), end]
            for low, high in pairwise(cuts):
                yield from _split_by_object(page, low, high)

    def _read_style(self, index: int, handle: int) -> Style:
        """The style of the text object `handle`, which a character belongs to."""
        at = ctypes.addressof(_STYLE)
        _get_matrix(self.page, index, at)
        a, b, c, d = _STYLE[:4]
        _get_size(handle, at)
        size = _STYLE[0]
        mode = _get_mode(handle)
        angle = (round(math.degrees(math.atan2(b, a)) / 90) - self.frame.turn) % 4
        slanted = abs(b) < 0.01 * abs(a) and 0.1 < c / (d or 1.0) < 0.6
        size = round(abs(size * math.hypot(c, d)), 1)
        font = self.frame.font(_get_font(handle), size, slanted, mode == _STROKED_MODE)
        color, alpha = _read_color(handle)
        filled = mode in _FILLED_MODES
        ghost = mode in _INVISIBLE_MODES or (filled and not alpha)
        return Style(font, color, angle, ghost, filled and color == _WHITE)


def _stands_on_picture(word: Word, pictures: Sequence[Picture]) -> bool:
    x, y = (word.box.left + word.box.right) / 2, (word.box.bottom + word.box.top) / 2
    return any(picture.box.holds(x, y) for picture in pictures)


def _is_empty(edges: tuple[float, float], size: float) -> bool:
    return edges[1] - edges[0] < 0.05 * size


def _measure_gap(before: BoundingBox, after: BoundingBox, turns: int) -> float:
    """The distance between two words along the line that they stand on."""
    if turns == 0:
        return after.left - before.right
    if turns == 2:
        return before.left - after.right
    return after.bottom - before.top if turns == 1 else before.bottom - after.top


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


def _read_color(handle: int) -> tuple[int, int]:
    """The fill colour as 0xRRGGBB, and its opacity from 0 to 255."""
    at = ctypes.addressof(_CHANNELS)
    if not _get_color(handle, at, at + 4, at + 8, at + 12):
        return 0, 255
    red, green, blue, alpha = _CHANNELS
    return red << 16 | green << 8 | blue, alpha
