"""Finds the type that the text is set in.

In: the rows of pages. Out: the font of most characters, listings aside, or of the text that stands above
notes where these fill most of the pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from thesis_convert.loader.lines.direction import Rows
from thesis_convert.page import Font

FONT_PAGES = 40
"""About so many pages, from all over the thesis, tell its body type."""
_TEXT_SHARE = 0.1
"""Share of the letters in other than fixed-width type that makes this the type of the text: the rest are listings."""
_ABOVE_NOTES = 0.1
"""Text that leaves most of its pages to notes still has this share of the letters that are not bold, as titles are."""
_MIN_PAGES = 3
_MOST_PAGES = 0.6
"""On so many pages, and on this share of those with both, text stands above the notes that are set smaller."""
SAME_SIZE = 0.06
"""Sizes closer than this share are one size: producers round differently."""


def find_body_font(rows: Sequence[Rows]) -> Font:
    fonts: dict[int, Font] = {}
    letters: Counter[int] = Counter()  # by identity: to hash a font for each word would take longer
    others: Counter[int] = Counter()
    for page in rows[:: 1 + len(rows) // FONT_PAGES]:
        for row in page:
            for chunk in row:
                for word in chunk:
                    letters[id(word.font)] += len(word.text)
                    fonts[id(word.font)] = word.font
                    if word.font.monospace and not word.text.isascii():
                        others[id(word.font)] += len(word.text)
    count: Counter[Font] = Counter()
    typed: Counter[Font] = Counter()
    for identity, number in letters.items():
        count[fonts[identity]] += number
        # Faces of Chinese and Japanese call themselves fixed-width, too.
        if fonts[identity].monospace and others[identity] < 0.5 * number:
            typed[fonts[identity]] += number
    if not count:
        return Font("", 10.0)
    if count.total() - typed.total() >= _TEXT_SHARE * count.total():
        count = Counter({font: number for font, number in count.items() if font not in typed})
    by_size: Counter[float] = Counter()
    for font, number in count.items():
        by_size[font.size] += number
    regular: Counter[float] = Counter()
    # A file may say of the type of all its text that it is bold.
    heavy = count.most_common(1)[0][0].bold
    for font, number in count.items():
        regular[font.size] += number if heavy or not font.bold else 0
    size = _find_text_size(rows, by_size.most_common(1)[0][0], regular)
    return max((f for f in count if abs(f.size - size) <= SAME_SIZE * size), key=lambda f: count[f])


def _find_text_size(rows: Sequence[Rows], size: float, regular: Counter[float]) -> float:
    """The size of the text: `size`, the commonest, or a larger one that stands above it on page after page.

    Where notes fill most of the pages, as in theses of law, theirs is the commonest. Letters by the sizes of
    their regular type are in `regular`.
    """
    larger = [
        (number, other)
        for other, number in regular.items()
        if other > (1 + SAME_SIZE) * size and number >= _ABOVE_NOTES * regular.total()
    ]
    for _, other in sorted(larger, reverse=True):
        found = [stands for page in rows[:: 1 + len(rows) // FONT_PAGES] for stands in _stands_above(page, other, size)]
        if len(found) >= _MIN_PAGES and sum(found) >= _MOST_PAGES * len(found):
            return other
    return size


def _stands_above(page: Rows, text: float, notes: float) -> Iterator[bool]:
    """Whether the text of one size stands above that of the other, which ends the page; nothing when one is missing."""
    upper: list[int] = []
    lower: list[int] = []
    for place, row in enumerate(page):
        words = [word for chunk in row for word in chunk]
        if len(words) > 2:
            size = max(words, key=lambda word: len(word.text)).font.size
            if abs(size - text) <= SAME_SIZE * text / 2:
                upper.append(place)
            elif abs(size - notes) <= SAME_SIZE * notes / 2:
                lower.append(place)
    if upper and lower:
        yield upper[-1] < lower[-1] and sum(upper) / len(upper) < sum(lower) / len(lower)
