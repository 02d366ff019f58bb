"""Knows the faces that only titles are set in, at the size and weight of the text: sans serif over serif text.

In: pages of lines. Out: the names of such faces. A face alone tells nothing: programs, foreign words and figures have
their own. But where nearly all lines in a face are short, stand apart from what is above and have text in the body's
face below, on page after page, the face is that of titles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from thesis_convert.loader.structure.headings.candidates import SPACE_ABOVE, Keys
from thesis_convert.loader.structure.headings.styles import SMALLER, is_caption
from thesis_convert.page import Line, Typography

MIN_TITLES = 4
"""So many titles in one face make it one of titles."""
MIN_PAGES = 3
"""And on so many pages."""
NEARLY_ALL = 0.9
"""Share of the lines in a face that must be titles."""
MAX_LINES = 3
"""They run over no more lines."""
SHORT = 0.2
"""A title leaves at least this share of its column free."""
NEAR = 3.0
"""The text under a title begins within so many lines."""


def find_title_faces(pages: Sequence[Sequence[Line]], typography: Typography, claimed: Keys) -> frozenset[str]:
    """The names of the faces of titles. Lines that are `claimed` by tables, figures and code count for nothing."""
    body = typography.body
    count: Counter[str] = Counter()
    titles: defaultdict[str, list[int]] = defaultdict(list)
    for number, lines in enumerate(pages):
        place = 0
        while place < len(lines):
            end = place + 1
            font = lines[place].font
            if font.name != body.name and not font.monospace and lines[place].key not in claimed:
                end = _find_end(lines, place, typography)
                is_title = _is_title(lines, place, end, typography)
                count[font.name] += 1 if is_title else end - place
                titles[font.name] += [number] * is_title
            place = end
    return frozenset(
        name
        for name, found in titles.items()
        if len(found) >= MIN_TITLES and len(set(found)) >= MIN_PAGES and len(found) >= NEARLY_ALL * count[name]
    )


def _find_end(lines: Sequence[Line], start: int, typography: Typography) -> int:
    """Where the lines of one face end that stand as close as the text does."""
    end = start + 1
    while end < len(lines) and lines[end].font.name == lines[start].font.name:
        if not 0 < lines[end - 1].baseline - lines[end].baseline < SPACE_ABOVE * _leading(lines[end], typography):
            break
        end += 1
    return end


def _is_title(lines: Sequence[Line], start: int, end: int, typography: Typography) -> bool:
    first, last = lines[start], lines[end - 1]
    if end - start > MAX_LINES or first.size < SMALLER * typography.size or first.indent > first.size:
        return False
    if last.slack < SHORT * last.column.width or end == len(lines) or is_caption(first):
        return False
    above = lines[start - 1].baseline - first.baseline if start else 0.0
    if 0 < above < SPACE_ABOVE * _leading(first, typography):
        return False
    if any(word.font.name != first.font.name for line in lines[start:end] for word in line.words):
        return False
    under = lines[end]
    near = 0 < last.baseline - under.baseline < NEAR * _leading(last, typography)
    return near and under.font.name == typography.body.name


def _leading(line: Line, typography: Typography) -> float:
    return max(typography.leading, 1.2 * line.size)
