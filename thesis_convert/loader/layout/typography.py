"""Finds the measures of a thesis: its body type, leading and text columns.

In: the rows of all pages. Out: a `Typography`. What most of the text does is the norm: body type
is the font of most characters, the column's edges are where most of its lines begin and end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from thesis_convert.loader.lines.building import find_span, measure_words
from thesis_convert.page import BoundingBox, Font, Page, Typography, Word
from thesis_convert.scripts import is_right_to_left

Rows = list[list[list[Word]]]

FONT_PAGES = 40
"""About so many pages, from all over the thesis, tell its body type."""
_EDGE_SHARE = 0.2
"""Share of lines that must end at one place for the text to count as justified."""
_RAGGED_PERCENTILE = 0.97
_OTHER_WIDTH = 0.1
"""A page whose width differs from the usual by more than this share has a text column of its own."""
_SECOND_COLUMN = 0.3
"""A second text column has at least this share of the lines of the first: chapters end on the first."""
_TEXT_SHARE = 0.1
"""Share of the letters in other than fixed-width type that makes this the type of the text: the rest are listings."""
_ABOVE_NOTES = 0.1
"""Text that leaves most of its pages to notes still has this share of the letters that are not bold, as titles are."""
_MIN_PAGES = 3
_MOST_PAGES = 0.6
"""On so many pages, and on this share of those with both, text stands above the notes that are set smaller."""
_SAME_SIZE = 0.06
"""Sizes closer than this share are one size: producers round differently."""


def measure_typography(pages: Sequence[Page], rows: Sequence[Rows]) -> Typography:
    """The measures, `rows` being the rows of each of `pages`."""
    body = _find_body_font(rows)
    lines = _body_lines(pages, rows, body)
    leading = _find_leading(lines, body)
    sides = [_find_column([row for row in lines if row[0] % 2 == side], pages, body) for side in (0, 1)]
    both = _find_column(lines, pages, body)
    if sides[0] and sides[1] and both and abs(sides[0][0] - sides[1][0]) < 0.25 * body.size:
        sides = [both, both]
    columns = []
    usual = Counter(round(page.width) for page in pages).most_common(1)[0][0] if pages else 0
    for page, page_rows in zip(pages, rows, strict=True):
        left, right = sides[page.index % 2] or both or (0.12 * page.width, 0.88 * page.width)
        other = abs(page.width - usual) > _OTHER_WIDTH * usual  # landscape, a folded plate
        if other or right > page.width or right - left < 0.2 * page.width:
            left, right = _measure_extent(page, page_rows)
        columns.append(BoundingBox(left, 0.0, right, page.height))
    sample = "".join(w.text for r in rows[:: max(1, len(rows) // 20)] for row in r for chunk in row for w in chunk)
    return Typography(body, leading, tuple(columns), right_to_left=is_right_to_left(sample))


def _measure_extent(page: Page, rows: Rows) -> tuple[float, float]:
    """From where to where the text of a page reaches."""
    words = [word for row in rows for chunk in row for word in chunk]
    left = min((word.box.left for word in words), default=0.1 * page.width)
    right = max((word.box.right for word in words), default=0.9 * page.width)
    return (left, right) if right - left > 0.2 * page.width else (0.1 * page.width, 0.9 * page.width)


def _find_body_font(rows: Sequence[Rows]) -> Font:
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
    for font, number in count.items():
        regular[font.size] += 0 if font.bold else number
    size = _find_text_size(rows, by_size.most_common(1)[0][0], regular)
    return max((f for f in count if abs(f.size - size) <= _SAME_SIZE * size), key=lambda f: count[f])


def _find_text_size(rows: Sequence[Rows], size: float, regular: Counter[float]) -> float:
    """The size of the text: `size`, the commonest, or a larger one that stands above it on page after page.

    Where notes fill most of the pages, as in theses of law, theirs is the commonest. Letters by the sizes of
    their regular type are in `regular`.
    """
    larger = [
        (number, other)
        for other, number in regular.items()
        if other > (1 + _SAME_SIZE) * size and number >= _ABOVE_NOTES * regular.total()
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
            if abs(size - text) <= _SAME_SIZE * text / 2:
                upper.append(place)
            elif abs(size - notes) <= _SAME_SIZE * notes / 2:
                lower.append(place)
    if upper and lower:
        yield upper[-1] < lower[-1] and sum(upper) / len(upper) < sum(lower) / len(lower)


BodyLine = tuple[int, float, float, float]
"""Page index, baseline, left and right edge."""


def _body_lines(pages: Sequence[Page], rows: Sequence[Rows], body: Font) -> list[BodyLine]:
    found = []
    for page, page_rows in zip(pages, rows, strict=True):
        for row in page_rows:
            for chunk in row:
                if len(chunk) < 3:
                    continue
                font, baseline = measure_words(chunk)
                if abs(font.size - body.size) <= _SAME_SIZE * body.size:
                    found.append((page.index, baseline, *find_span(chunk)))
    return found


def _find_leading(lines: Sequence[BodyLine], body: Font) -> float:
    count: Counter[float] = Counter()
    for (page, baseline, *_), (next_page, next_baseline, *_) in pairwise(lines):
        step = baseline - next_baseline
        if page == next_page and 0.9 * body.size < step < 3 * body.size:
            count[round(step * 2) / 2] += 1
    return count.most_common(1)[0][0] if count else 1.2 * body.size


def _find_column(lines: Sequence[BodyLine], pages: Sequence[Page], body: Font) -> tuple[float, float] | None:
    if len(lines) < 8:
        return None
    if columns := _find_two_columns(lines, body):
        return columns
    full = [line for line in lines if line[3] - line[2] > 0.35 * pages[0].width] or list(lines)
    left = _common_edge([line[2] for line in full], low=True)
    right = _common_edge([line[3] for line in full], low=False)
    return (left, right) if right - left > 6 * body.size else None


def _find_two_columns(lines: Sequence[BodyLine], body: Font) -> tuple[float, float] | None:
    """From where to where text in two columns reaches, None when the lines that fill their column fill one alone."""
    spans = Counter((round(left), round(right)) for _, _, left, right in lines)
    near = {
        (left, right): sum(spans[left + x, right + y] for x in (-1, 0, 1) for y in (-1, 0, 1)) for left, right in spans
    }
    (left, right), number = max(near.items(), key=lambda item: item[1])
    width = right - left
    beside = [
        (count, other)
        for other, count in near.items()
        if (other[0] > right or other[1] < left) and abs(other[1] - other[0] - width) <= body.size
    ]
    if not beside or width < 6 * body.size:
        return None
    count, other = max(beside)
    if count < _SECOND_COLUMN * number or number < _EDGE_SHARE * len(lines) / 2:
        return None
    return float(min(left, other[0])), float(max(right, other[1]))


def _common_edge(edges: list[float], low: bool) -> float:
    """The edge that most lines share; for ragged lines the outermost but for a few."""
    bins: Counter[int] = Counter()
    for edge in edges:
        bins[round(edge)] += 1
    near = {place: bins[place - 1] + bins[place] + bins[place + 1] for place in bins}
    place = max(near, key=lambda p: (near[p], p))
    if near[place] >= _EDGE_SHARE * len(edges):
        close = sorted(edge for edge in edges if abs(edge - place) <= 1.5)
        return close[len(close) // 2]
    ordered = sorted(edges)
    share = 1 - _RAGGED_PERCENTILE if low else _RAGGED_PERCENTILE
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
