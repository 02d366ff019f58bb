"""Reads words of scripts that are written from right to left.

In: the text of a page as the library gives it, and the places of its characters. Out: words that run in
one direction only, with their letters in reading order and without the traces of shaping. The library
turns the lines of such scripts round character by character, by rules that fit some producers; places are
right with all of them, so words are made by place, and later stages order them by place too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import gt, sub
from typing import NamedTuple

from thesis_convert.loader.pdf.characters import MARK
from thesis_convert.loader.pdf.joiners import OVERLAP, Doubt, JoinerEvidence
from thesis_convert.page import Font
from thesis_convert.scripts import NEVER_JOINING, RIGHT_TO_LEFT, ZERO_WIDTH_NON_JOINER

MIN_SPACE = 0.08
"""A gap of so many sizes inside a word may be a space that the library has overlooked."""
OVERSHOOT = 0.004
"""A letter whose ink passes its own end by so many sizes joins the next one: strokes are made to overlap."""
NARROW = 0.2
"""A sign over a letter is narrower than so many sizes."""
MAX_ROOM = 0.14
"""A non-joiner stands between letters that are neither apart nor over each other by so many sizes."""

SURE_ORDER = 10
"""When so many words come in one order for each that comes in the other, all do."""

_CONTROLS = "\x01-\x08\x0e-\x1f"
_LEADING_MARKS = re.compile(rf"^(?:{MARK.pattern})+")
_CONTROL = re.compile(f"[{_CONTROLS}]")
_ONE_WAY = re.compile(
    rf"[{RIGHT_TO_LEFT}{_CONTROLS}]+|[^\W\d_{RIGHT_TO_LEFT}][^\W{RIGHT_TO_LEFT}]*|\d+|([^\w\s\x00\u200b])\1*|_+"
)
_LETTER = re.compile(f"[{RIGHT_TO_LEFT}{_CONTROLS}]")
_KASHIDA = "\u0640"
_AS_KASHIDA = dict.fromkeys([*range(1, 9), *range(0x0E, 0x20)], _KASHIDA)
_LAM_ALEF = frozenset({"ال", "أل", "إل", "آل", "ٱل", "لا", "لأ", "لإ", "لآ", "لٱ"})


def _list_characters(*ranges: tuple[int, int]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


_JOINING = _list_characters(
    (0x626, 0x626), (0x628, 0x628), (0x62A, 0x62E), (0x633, 0x63F), (0x641, 0x647), (0x649, 0x64A), (0x678, 0x687),
    (0x69A, 0x6BF), (0x6C1, 0x6C2), (0x6CC, 0x6CC), (0x6CE, 0x6CE), (0x6D0, 0x6D1),
)  # fmt: skip
"""Arabic letters that join the one after them."""
_JOINED = _list_characters((0x622, 0x63F), (0x641, 0x64A), (0x671, 0x6D3))
"""Those that join the one before them."""
_REACHING_BACK = frozenset("کگكڭآأإا")
"""Those whose ink covers the end of the letter before, joined or not."""

Edges = tuple[float, float]
"""The left and right edge of a character, in points."""


class Letter(NamedTuple):
    """A glyph: its characters in reading order, their places in the text of the page, and its edges."""

    text: str
    places: Sequence[int]
    left: float
    right: float


class Part(NamedTuple):
    """A word or a part of one; `order` and `end` tell where its characters are in the text of the page.

    `text` may hold non-joiners, which are not among its `places`.
    """

    text: str
    order: int
    end: int
    left: float
    right: float
    baseline: float
    font: Font
    places: Sequence[int]
    last: Letter


def has_letters(text: str) -> bool:
    """Whether some of a text is to be read from the right; control codes stand for strokes that stretch a word."""
    return _LETTER.search(text) is not None


def find_words(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of all that runs one way on a page with such scripts."""
    return (match.span() for match in _ONE_WAY.finditer(text))


def order_by_place(text: str, left_edge: Callable[[int], float]) -> str:
    """A word from the left that the library has jumbled; `left_edge` is that of the character at a place in it."""
    return "".join(text[place] for place in sorted(range(len(text)), key=left_edge))


class RightToLeftReader:
    """Reads the words of one page. `edges` and `origin` tell the places of its characters."""

    def __init__(
        self,
        text: str,
        page: int,
        edges: Sequence[Edges],
        origin: Callable[[int], float],
        joiners: JoinerEvidence,
    ) -> None:
        self.text, self.page, self.edges, self.origin, self.joiners = text, page, edges, origin, joiners
        self.parts: list[Part] = []
        self.turns = joiners.turns

    def read(self, start: int, end: int, font: Font, baseline: float) -> list[Part]:
        """The words among the characters from `start` to `end`, which stand in one text object."""
        size = max(font.size, 1.0)
        edges = self.edges[start:end]
        word = self.text[start:end]
        if _is_plain(word, edges, size):
            found = [self._make_plain_part(word, start, edges, font, baseline)]
            self.turns[False] += len(word) > 1
        else:
            groups = _split_at_gaps(self._read_letters(start, word, edges), size)
            found = [self._make_part(letters, font, baseline, size) for letters in groups]
        self.parts += found
        return found

    def find_joints(self) -> set[int]:
        """The orders of the words after which a non-joiner may stand, once the page is read."""
        joints: set[int] = set()
        inside: set[int] = set()
        for before, after in pairwise(sorted(self.parts, key=lambda part: part.order)):
            right, left = (before, after) if before.left > after.left else (after, before)
            size = max(right.font.size, 1.0)
            gap = (right.left - left.right) / size
            if not -MAX_ROOM < gap < MAX_ROOM or abs(right.baseline - left.baseline) > 0.1 * size:
                continue
            inside.add(right.order)
            char = right.last.text[-1]
            if left.text[0] not in _JOINED or not (char in _JOINING or char in NEVER_JOINING):
                continue
            drawn = self._find_drawn_space(before.end, after.order)
            if drawn is not None:
                reaches = self._reaches(right.last, left.text[0], size, 0.0 if drawn else gap)
                self._add_doubt(right.order, right.font, right.last, drawn, reaches)
                joints.add(right.order)
        for part in self.parts:
            if part.order not in inside:
                width = (part.last.right - part.last.left) / max(part.font.size, 1.0)
                self.joiners.add_word_end(part.font.name, part.last.text[-1], width)
        return joints

    def find_baselines(self) -> dict[int, float]:
        """The baselines of lines, by the orders of the words that stand off them and do not mean to.

        Some faces draw a letter's sign with the letter's own code, raised to where the sign is.
        """
        baselines: dict[int, float] = {}
        ordered = sorted(self.parts, key=lambda part: part.order)
        for before, part, after in zip((None, *ordered), ordered, (*ordered[1:], None), strict=False):
            size = max(part.font.size, 1.0)
            if part.right - part.left > NARROW * size:
                continue
            for other in (before, after):
                if other is None or other.right - other.left <= NARROW * size or other.font != part.font:
                    continue
                shift = abs(other.baseline - part.baseline)
                apart = max(other.left - part.right, part.left - other.right)
                if 0.02 * size < shift < 0.6 * size and apart < MAX_ROOM * size:
                    baselines[part.order] = other.baseline
        return baselines

    def _find_drawn_space(self, start: int, end: int) -> bool | None:
        """Whether a space is drawn between two places in the text; None when something else stands there."""
        between = self.text[start:end]
        if not between:
            return False
        if not between.isspace():
            return None
        return any(right - left > 0.01 for left, right in self.edges[start:end])

    def _add_doubt(self, order: int, font: Font, letter: Letter, drawn: bool, reaches: bool) -> None:
        width = (letter.right - letter.left) / max(font.size, 1.0)
        self.joiners.add_doubt(self.page, order, Doubt(font.name, letter.text[-1], width, reaches, drawn))

    def _reaches(self, letter: Letter, following: str, size: float, gap: float) -> bool:
        """Whether a letter reaches over to the next: it covers it, or its ink passes its own end."""
        if gap <= -OVERLAP and following not in _REACHING_BACK:
            return True
        return (self.origin(letter.places[0]) - letter.left) / size > OVERSHOOT

    # Letters

    def _read_letters(self, start: int, word: str, edges: Sequence[Edges]) -> list[Letter]:
        """The glyphs from right to left, each with the marks over it."""
        letters: list[Letter] = []
        marks: list[tuple[int, float]] = []
        leading = self._count_leading_marks(word)
        for number, (char, (left, right)) in enumerate(zip(word[leading:], edges[leading:], strict=True), leading):
            if MARK.match(char) and len(word) > 1:
                marks.append((start + number, (left + right) / 2))
            elif letters and _is_one_glyph(letters[-1], Letter(char, (), left, right)):
                last = letters[-1]
                letters[-1] = Letter(last.text + char, (*last.places, start + number), left, max(last.right, right))
            else:
                letters.append(Letter(char, (start + number,), left, right))
        letters = [self._turn_ligature(letter) if len(letter.text) > 1 else letter for letter in letters]
        letters = _attach_marks(self._order_letters(letters), marks, self.text)
        if leading:
            first = letters[0]
            places = (*range(start, start + leading), *first.places)
            letters[0] = first._replace(text=word[:leading] + first.text, places=places)
        return letters

    def _count_leading_marks(self, word: str) -> int:
        """How many marks begin a word that goes on with one of other type, whose last letter has them."""
        letters = _LEADING_MARKS.sub("", word)
        return len(word) - len(letters) if letters and self.turns[False] > self.turns[True] else 0

    def _order_letters(self, letters: list[Letter]) -> list[Letter]:
        """Glyphs from right to left. Steep scripts let letters overlap, so an order that is mostly right is kept.

        Where the places of a short word do not tell, its letters come as those of the other words do.
        """
        # A letter that stands under or over another begins before it and ends after it, which tells nothing.
        steps = [a.left > b.left for a, b in pairwise(letters) if (a.left > b.left) == (a.right > b.right)]
        share = sum(steps) / len(steps) if steps else 0.5
        if 0.3 <= share <= 0.7 and len(letters) > 1:
            if max(self.turns.values()) < SURE_ORDER * (min(self.turns.values()) + 1):
                return sorted(letters, key=lambda letter: -letter.left)
            return letters if self.turns[False] > self.turns[True] else letters[::-1]
        turned = share < 0.3
        self.turns[turned] += bool(steps)
        return letters[::-1] if turned else letters

    @staticmethod
    def _turn_ligature(letter: Letter) -> Letter:
        """The characters of one glyph in reading order: the library turns round those too."""
        turned = letter._replace(text=letter.text[::-1], places=tuple(letter.places)[::-1])
        if letter.text in _LAM_ALEF:
            return turned if letter.text[1] == "ل" else letter
        return turned

    def _make_plain_part(self, word: str, start: int, edges: Sequence[Edges], font: Font, baseline: float) -> Part:
        """The word of letters that stand one by one in reading order, as in most words: no glyph is made for them."""
        size = max(font.size, 1.0)
        overlap = -OVERLAP * size
        text = word
        reaching = apart = 0
        for place in range(len(word) - 1):
            following = word[place + 1]
            if following not in _JOINED or word[place] not in _JOINING:
                continue
            gap = edges[place][0] - edges[place + 1][1]
            if gap <= overlap and following not in _REACHING_BACK:
                reaching += 1
                continue
            letter = Letter(word[place], (start + place,), *edges[place])
            if gap <= 0.0 and self._reaches(letter, following, size, gap / size):
                reaching += 1
                continue
            self._add_doubt(start, font, letter, False, False)
            cut = place + 1 + apart
            text = text[:cut] + ZERO_WIDTH_NON_JOINER + text[cut:]
            apart += 1
        if reaching or apart:
            self.joiners.add_inner(font.name, reaching, apart)
        if _CONTROL.search(text):
            text = text.translate(_AS_KASHIDA)
        end = start + len(word)
        last = Letter(text[-1], (end - 1,), *edges[-1])
        right = max(edge for _, edge in edges)
        return Part(text, start, end, edges[-1][0], right, baseline, font, range(start, end), last)

    def _make_part(self, letters: Sequence[Letter], font: Font, baseline: float, size: float) -> Part:
        places = [place for letter in letters for place in letter.places]
        order = min(places)
        pieces = [letters[0].text]
        reaching = apart = 0
        for letter, following in pairwise(letters):
            if following.text[0] in _JOINED and _last_letter(letter.text) in _JOINING:
                gap = (letter.left - following.right) / size
                if gap <= 0.0 and self._reaches(letter, following.text[0], size, gap):
                    reaching += 1
                else:
                    apart += 1
                    self._add_doubt(order, font, letter, False, False)
                    pieces.append(ZERO_WIDTH_NON_JOINER)
            pieces.append(following.text)
        self.joiners.add_inner(font.name, reaching, apart)
        text = "".join(pieces)
        if _CONTROL.search(text):
            text = text.translate(_AS_KASHIDA)
        left, right = min(x.left for x in letters), max(x.right for x in letters)
        return Part(text, order, max(places) + 1, left, right, baseline, font, places, letters[-1])


def _is_plain(word: str, edges: Sequence[Edges], size: float) -> bool:
    """Whether characters stand one by one from right to left, without a gap and without marks."""
    if len(word) == 1:
        return True
    if MARK.search(word) is not None:
        return False
    lefts, rights = zip(*edges, strict=True)
    return all(map(gt, lefts, lefts[1:])) and max(map(sub, lefts, rights[1:])) <= MIN_SPACE * size


def _is_one_glyph(letter: Letter, other: Letter) -> bool:
    """Whether two characters stand for one glyph, or for the two glyphs of lam and alef, which begin at one place."""
    if letter.left == other.left and letter.right == other.right > other.left:
        return True
    return letter.text + other.text in _LAM_ALEF and abs(letter.left - other.left) < 0.1 * (other.right - other.left)


def _last_letter(text: str) -> str:
    """The last character of a glyph that is no mark."""
    return text if len(text) == 1 else MARK.sub("", text)[-1:]


def _attach_marks(letters: list[Letter], marks: Sequence[tuple[int, float]], text: str) -> list[Letter]:
    """The glyphs with the marks whose middle is over them."""
    for place, middle in marks:
        if not letters:
            letters.append(Letter(text[place], (place,), middle, middle))
            continue
        nearest = min(range(len(letters)), key=lambda n: _offset(letters[n], middle))
        host = letters[nearest]
        letters[nearest] = host._replace(text=host.text + text[place], places=(*host.places, place))
    return letters


def _offset(letter: Letter, middle: float) -> tuple[float, float]:
    outside = max(letter.left - middle, middle - letter.right, 0.0)
    return outside, abs((letter.left + letter.right) / 2 - middle)


def _split_at_gaps(letters: Sequence[Letter], size: float) -> Iterator[list[Letter]]:
    group: list[Letter] = []
    for letter in letters:
        if group and group[-1].left - letter.right > MIN_SPACE * size:
            yield group
            group = []
        group.append(letter)
    if group:
        yield group
