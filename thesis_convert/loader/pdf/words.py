"""Reads the words of a page, by pypdfium2.

In: an open page. Out: its words, each in one font, with their places. The text of a page is asked
for at once, its style once for each text object, and places once for each word: a call into the
library costs more than what it does. What no reader sees is left out: text off the page, white text
on white ground, and the invisible text behind a scan where the page has other text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from thesis_convert.loader.pdf.characters import ACCENT, MARK, UNUSUAL, repair_characters
from thesis_convert.loader.pdf.joiners import JoinerEvidence
from thesis_convert.loader.pdf.marks import attach_marks, join_vowel_signs
from thesis_convert.loader.pdf.math_type import set_math_type
from thesis_convert.loader.pdf.right_to_left import RightToLeftReader, has_letters, order_by_place
from thesis_convert.loader.pdf.text_page import Frame, Run, Style, TextPage
from thesis_convert.loader.pdf.tight_spaces import part_tight_words
from thesis_convert.page import BoundingBox, Font, Picture, Word
from thesis_convert.scripts import ZERO_WIDTH_NON_JOINER

SUPERIOR_LIFT = 0.25
"""The ink of superior figures begins this many sizes above the baseline; all others stand on it."""
SUPERIOR_SIZE = 0.6
"""Superior figures look like figures of this share of their font's size."""
MAX_SUPERIOR = 4
"""More figures together than this are no note's number."""
SAME_FONT_GAP = 0.15
"""Text objects in one font that are closer than so many sizes go on with a word, unless a space is drawn there."""
OTHER_FONT_GAP = 0.25
"""In different fonts they may be further apart: slanted letters lean over, and marks of notes stand off."""
LEANING = 0.5
"""A letter reaches so many sizes of the larger one back over the letter before, as in logos, and no further."""
HIDDEN_SHARE = 5
"""Invisible text so many times as long as the visible is the page's own; the visible is a stamp on a scan."""

_SOFT_HYPHEN = "\u00ad"
_LINE_BREAK = "\r\n"
"""The library tells of a new line where the baseline moves, also before a comma behind a raised mark."""
_CLOSING = ".,;:)]}”’»…，。、；：）」』"


class WordReader(TextPage):
    """Reads the words of one page. It lives as long as the page is open."""

    def __init__(self, frame: Frame, handle: object, joiners: JoinerEvidence) -> None:
        super().__init__(frame, handle)
        self.joiners = joiners

    def read(self, pictures: Sequence[Picture]) -> list[Word]:
        """The words in drawing order. White text counts where it stands on one of `pictures`."""
        seen: list[Word] = []
        ghosts: list[Word] = []
        upright = self.frame.turn == 0
        edges = [(left, right) for left, _, right, _ in self.boxes]
        reader = RightToLeftReader(self.text, self.frame.number, edges, self.find_origin, self.joiners)
        for word, style in self._read_two_way(reader) if self.two_way and upright else self._read_all():
            if style.ghost:
                ghosts.append(word)
            elif not style.white or _stands_on_picture(word, pictures):
                seen.append(word)
        if ghosts and sum(len(w.text) for w in ghosts) > HIDDEN_SHARE * sum(len(w.text) for w in seen):
            seen = sorted(seen + ghosts, key=lambda w: w.order)
        return self._repair(seen, reader)

    def _repair(self, words: list[Word], reader: RightToLeftReader) -> list[Word]:
        """Words as typed, from words as drawn."""
        if reader.parts:
            joints = reader.find_joints()
            words = [w._replace(text=w.text + ZERO_WIDTH_NON_JOINER) if w.order in joints else w for w in words]
            if baselines := reader.find_baselines():
                words = [w._replace(baseline=baselines.get(w.order, w.baseline)) for w in words]
        elif self.frame.turn == 0 and not self.frame.moved:
            words = part_tight_words(words, self.find_edges)
        words = set_math_type(join_vowel_signs(words, self), self)
        if ACCENT.search(self.text) or MARK.search(self.text):
            places = {part.order: part.places for part in reader.parts}
            words = attach_marks(words, places, self)
        if _SOFT_HYPHEN in self.text:
            words = [self._drop_unseen_hyphens(word) if _SOFT_HYPHEN in word.text else word for word in words]
        if UNUSUAL.search(self.text):
            words = [word if word.text.isascii() and word.text.isprintable() else _repair_word(word) for word in words]
            words = [word for word in words if word.text]
        return words

    def _read_all(self) -> Iterator[tuple[Word, Style]]:
        frame, text = self.frame, self.text
        width, height = frame.width, frame.height
        new_tuple = tuple.__new__  # a named tuple's own way takes twice as long, and this is done for each word
        runs = self.find_runs()
        styles = self.read_styles(runs)
        previous, previous_baseline, previous_end = BoundingBox(-1e9, -1e9, -1e9, -1e9), -1e9, -1
        previous_font: Font | None = None
        for (start, end, owner), place, baseline in zip(runs, *self._place_runs(runs), strict=True):
            style = styles[owner]
            font, color, angle, _, _ = style
            word = text[start:end]
            level = not frame.moved and not angle
            if not level:
                place, baseline = self._place_turned(start, end, angle)
            if place[2] <= 0 or place[0] >= width or place[3] <= 0 or place[1] >= height:
                continue
            size = font.size
            glued = (
                (start == previous_end or (word[0] in _CLOSING and _is_parted_by_mark(text, previous_end, start)))
                and abs(baseline - previous_baseline) < size
                and -LEANING * max(size, previous_font.size if previous_font else size)
                < _measure_gap(previous, place, angle)
                < (SAME_FONT_GAP if font is previous_font else OTHER_FONT_GAP) * size
            )
            found = new_tuple(Word, (word, place, baseline, font, not glued, start, color, angle))
            if level and word[-1].isdecimal() and (digits := self._count_superior(word, start, baseline, font)):
                yield from ((part, style) for part in self._split_superior(found, digits))
            else:
                yield found, style
            previous, previous_baseline, previous_end, previous_font = place, baseline, end, font

    def _place_runs(self, runs: Sequence[Run]) -> tuple[Iterable[BoundingBox], list[float]]:
        """The boxes and baselines of runs that stand level, as within a text object all characters do."""
        left, baselines = self.read_origins([run.start for run in runs])
        _, bottom, right, top = self.read_boxes([run.end - 1 for run in runs])
        edges = zip(left, bottom, right, top, strict=True)
        return map(tuple.__new__, repeat(BoundingBox), edges), baselines

    def _place_turned(self, start: int, end: int, angle: int) -> tuple[BoundingBox, float]:
        """The box and baseline of a run that goes any way, on a page that may be turned itself."""
        left, bottom, right, top = self.read_boxes((start, end - 1))
        (x,), (y,) = self.read_origins((start,))
        spot = self.frame.place(BoundingBox(x, y, x, y))
        box = self.frame.place(BoundingBox(min(left), min(bottom), max(right), max(top)))
        return box, spot.left if angle % 2 else spot.bottom

    def _read_two_way(self, reader: RightToLeftReader) -> Iterator[tuple[Word, Style]]:
        """The words of a page with words that go either way: their spaces are for later stages to find by place."""
        frame = self.frame
        runs = self.find_runs()
        styles = self.read_styles(runs)
        previous_end = -1
        _, baselines = self.read_origins([run.start for run in runs])
        for (start, end, owner), baseline in zip(runs, baselines, strict=True):
            first, last = self.boxes[start], self.boxes[end - 1]
            style = styles[owner]
            font, color, angle = style[:3]
            apart = start != previous_end
            previous_end = end
            if not angle and has_letters(self.text[start:end]):
                parts = [part[:5] for part in reader.read(start, end, font, baseline)]
                bottom, top = last[1], last[3]  # the same for all characters of a level text object
            else:
                parts = [self._read_run(start, end, upright=not angle)]
                bottom, top = min(first[1], last[1]), max(first[3], last[3])
            for text, order, _, left, right in parts:
                place, line = BoundingBox(left, bottom, right, top), baseline
                if frame.moved or angle:
                    place = frame.place(place)
                    spot = frame.place(BoundingBox(left, baseline, left, baseline))
                    line = spot.left if angle % 2 else spot.bottom
                if place.right > 0 and place.left < frame.width and place.top > 0 and place.bottom < frame.height:
                    yield Word(text, place, line, font, apart, order, color, angle), style
                apart = False

    def _read_run(self, start: int, end: int, upright: bool) -> tuple[str, int, int, float, float]:
        """A run that goes from the left: its text, start and end, its left and right edge."""
        text = self.text[start:end]
        first, last = self.boxes[start], self.boxes[end - 1]
        if upright and first[0] > last[0]:
            text = order_by_place(text, lambda place: self.boxes[start + place][0])
        return text, start, end, min(first[0], last[0]), max(first[2], last[2])

    def _count_superior(self, word: str, start: int, baseline: float, font: Font) -> int:
        """How many of a word's last characters are superior figures: small and high in a font of the usual size."""
        count = 0
        while count < min(len(word), MAX_SUPERIOR) and word[-1 - count].isdecimal():
            ink = self.find_ink(start + len(word) - 1 - count)
            if ink is None or ink[1] - baseline < SUPERIOR_LIFT * font.size:
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

    def _drop_unseen_hyphens(self, word: Word) -> Word:
        """Without the hyphens that would divide a word and do not; some fonts call every hyphen so."""
        kept = (
            char
            for place, char in enumerate(word.text)
            if char != _SOFT_HYPHEN or not _is_empty(self.find_edges(word.order + place), word.font.size)
        )
        return word._replace(text="".join(kept))


def _is_parted_by_mark(text: str, end: int, start: int) -> bool:
    """Whether a stop is parted from what ends at `end` by nothing but the new line that the library makes up."""
    return text[end:start] == _LINE_BREAK and text[end - 1] not in _CLOSING


def _repair_word(word: Word) -> Word:
    text = repair_characters(word.text, word.font.name)
    return word if text == word.text else word._replace(text=text)


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
