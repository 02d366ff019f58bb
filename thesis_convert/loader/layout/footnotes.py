"""Takes the lines of footnotes from the foot of each page.

In: pages with their lines in reading order. Out: the same with `notes` filled. Footnotes are set
smaller than the text and stand last in their column, mostly under a short rule; where the thesis
draws no rule, the first of them begins with a mark: a raised one, or a number set like the note that
stands raised in the text above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from thesis_convert.loader.layout.note_columns import part_columns
from thesis_convert.page import Line, PageLayout, Typography

SMALLER = 0.96
"""Notes are set in type smaller than this share of the body type."""
MIN_RULE = 0.12
MAX_RULE = 0.75
"""A footnote rule is this share of the column's width; longer ones belong to tables and heads."""
SHORT_RULE = 0.5
"""A rule over notes in the type of the text is no longer than this share."""
RULE_GAP = 3.0
"""The first note stands within this many leadings under its rule."""

MIN_PAGES = 3
"""On so many pages notes begin with a plain number before that is their habit: a list of references may do it once."""
NEAR = 1.35
"""Lines of notes are no further apart than this many of their sizes, or than the lines of one note are."""

_MARK = re.compile(r"^[\[(]?(\d{1,3}|[*∗†‡§¶‖#]{1,4}|[a-z]|[ivxlc]{2,7}|[\u2460-\u2487\u2776-\u2793])[\])]?[.:)]?$")
_NUMBER = re.compile(r"^[\[(]?(\d{1,3})(?:[\])]?[.:)]?$|(?=[^\d.,:;)\]/%°+–-]))")
"""A plain number that a note begins with; it may touch the word behind it."""


def split_footnotes(layouts: Sequence[PageLayout], typography: Typography) -> tuple[PageLayout, ...]:
    """The layouts with the footnotes' lines moved from `text` to `notes`."""
    columns = [_split_columns(layout.text) for layout in layouts]
    starts = [
        [_find_under_rule(lines, layout, typography) for lines in parts]
        for layout, parts in zip(layouts, columns, strict=True)
    ]
    sizes = Counter(
        round(line.size, 1)
        for parts, found in zip(columns, starts, strict=True)
        for lines, start in zip(parts, found, strict=True)
        if start is not None
        for line in lines[start:]
    )
    with_rule = sum(start is not None for found in starts for start in found)
    size = sizes.most_common(1)[0][0] if with_rule >= 2 and sizes else None
    for parts, found in zip(columns, starts, strict=True):
        for place, lines in enumerate(parts):
            if found[place] is None:
                found[place] = _find_by_marks(lines, typography, size)
    _add_numbered(columns, starts, typography, size)
    result: list[PageLayout] = []
    for layout, parts, found in zip(layouts, columns, starts, strict=True):
        text: list[Line] = []
        notes: list[Line] = []
        for lines, start in zip(parts, found, strict=True):
            if start and not notes and result and result[-1].notes:
                start = _reach_back(lines, start, result[-1].notes[-1])
            text += lines[:start]
            notes += lines[start:] if start is not None else ()
        result.append(replace(layout, text=tuple(text), notes=tuple(part_columns(notes))) if notes else layout)
    return tuple(result)


def _add_numbered(
    columns: Sequence[Sequence[Sequence[Line]]],
    starts: Sequence[list[int | None]],
    typography: Typography,
    size: float | None,
) -> None:
    """Adds to `starts` the notes that begin with plain numbers, when that is a habit of the thesis."""
    numbered: list[tuple[int, int, int]] = []
    for page, (parts, found) in enumerate(zip(columns, starts, strict=True)):
        for place, lines in enumerate(parts):
            if found[place] is None:
                start = _find_by_numbers(lines, typography, size)
                if start is not None:
                    numbered.append((page, place, start))
    if len(numbered) >= MIN_PAGES:
        for page, place, start in numbered:
            starts[page][place] = start


def _reach_back(lines: Sequence[Line], start: int, last: Line) -> int:
    """Where notes begin, when those of the page before, of which `last` is the last line, go on above their marks."""
    if last.text.rstrip("\"'”’»)]")[-1:] in ".!?":
        return start
    first, step = start, _measure_step(lines, start)
    while (
        first
        and abs(lines[first - 1].size - lines[start].size) < 0.1
        and 0 < lines[first - 1].baseline - lines[first].baseline < step
    ):
        first -= 1
    return first if first else start


def _split_columns(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of each column; lines above several columns, or between them, make one of their own."""
    return [list(column) for _, column in groupby(lines, key=lambda line: line.column)]


def _find_under_rule(lines: Sequence[Line], layout: PageLayout, typography: Typography) -> int | None:
    """The number of the first of a column's lines under the footnote rule."""
    column = lines[0].column
    for rule in sorted(layout.page.rules, key=lambda r: r.box.bottom):
        box = rule.box
        if not rule.horizontal or not MIN_RULE * column.width <= box.width:
            continue
        aligned = min(abs(box.left - column.left), abs(box.right - column.right)) < typography.size
        if not aligned:
            continue
        below = [n for n, line in enumerate(lines) if line.baseline < box.bottom]
        if not below or below != list(range(below[0], len(lines))):
            continue
        first = lines[below[0]]
        if box.bottom - first.baseline > RULE_GAP * typography.leading:
            continue
        if not _is_note_type(lines[below[0] :], typography) and not _is_marked(lines, below[0], box.width):
            continue
        if box.width > MAX_RULE * column.width and not begins_with_mark(first):
            continue
        if any(
            r.horizontal
            and r.box.top < box.bottom - 1
            and r.box.left < column.right
            and r.box.right > column.left
            and r.box.width > 0.3 * column.width
            for r in layout.page.rules
        ):
            continue  # more rules below: a table, not notes
        return below[0]
    return None


def _is_note_type(lines: Sequence[Line], typography: Typography) -> bool:
    small = sum(len(line.text) for line in lines if line.size < SMALLER * typography.size_on(line.page))
    return small >= 0.8 * sum(len(line.text) for line in lines)


def _is_marked(lines: Sequence[Line], start: int, width: float) -> bool:
    """Whether the lines from `start` on are notes in the type of the text, under a rule of so many points.

    The first note of the page begins with a mark that stands raised in the text above.
    """
    if width > SHORT_RULE * lines[0].column.width:
        return False
    raised = _list_raised(lines[:start])
    starts = (_NUMBER.match(line.words[0].text) for line in lines[start:])
    return any(match is not None and match.group(1) in raised for match in starts)


def _find_by_marks(lines: Sequence[Line], typography: Typography, size: float | None) -> int | None:
    """The first of the small lines at the foot that begins with a raised mark."""
    start = _find_small(lines, typography, size)
    first = next((number for number in range(start, len(lines)) if begins_with_mark(lines[number])), None)
    if first is None and size is not None:
        first = _find_other_size(lines, typography)
    return None if first is None else _reach_first(lines, first, typography)


def _find_other_size(lines: Sequence[Line], typography: Typography) -> int | None:
    """The first of small lines in another type than the notes elsewhere have, as on title pages.

    The mark that it begins with stands raised in the text above.
    """
    start = _find_small(lines, typography, None)
    first = next((number for number in range(start, len(lines)) if begins_with_mark(lines[number])), None)
    if first is None:
        return None
    raised = _list_raised(lines[:first])
    return first if lines[first].words[0].text in raised else None


def _reach_first(lines: Sequence[Line], start: int, typography: Typography) -> int:
    """Where the notes begin of which one begins at `start`: a line with much in larger type is no less a note's."""
    first, wanted = start, _read_number(lines[start]) - 1
    step = _measure_step(lines, start)
    for number in range(start - 1, -1, -1):
        line = lines[number]
        if not 0 < line.baseline - lines[number + 1].baseline < step:
            break
        if wanted > 0 and _read_number(line) == wanted and begins_with_mark(line):
            first, wanted = number, wanted - 1
        elif line.size > SMALLER * typography.size_on(line.page):
            break
    return first


def _read_number(line: Line) -> int:
    match = _NUMBER.match(line.words[0].text)
    return int(match.group(1)) if match else 0


def _measure_step(lines: Sequence[Line], start: int) -> float:
    """Lines of notes follow each other within so many points, the first of them being at `start`."""
    size = lines[start].size
    usual = lines[start].baseline - lines[start + 1].baseline if start + 1 < len(lines) else size
    return max(NEAR * size, 1.1 * usual)


def _find_by_numbers(lines: Sequence[Line], typography: Typography, size: float | None) -> int | None:
    """The first of the small lines at the foot that begins with a number that stands raised in the text above."""
    start = _find_small(lines, typography, size)
    numbers = [
        (number, match.group(1))
        for number in range(start, len(lines))
        if len(lines[number].words) > 1 and (match := _NUMBER.match(lines[number].words[0].text))
    ]
    if not numbers:
        return None
    raised = _list_raised(lines[: numbers[0][0]])
    return next((number for number, label in numbers if label in raised), None)


def _list_raised(lines: Sequence[Line]) -> set[str]:
    """What stands raised in the text above notes: their marks are among it."""
    return {text for line in lines for text in _raised_texts(line)}


def _raised_texts(line: Line) -> Iterator[str]:
    """The raised words of a line, those that touch as one."""
    text = ""
    for word in line.words:
        if line.raises(word) and (not text or not word.space_before):
            text += word.text
            continue
        if text:
            yield text
        text = word.text if line.raises(word) else ""
    if text:
        yield text


def _find_small(lines: Sequence[Line], typography: Typography, size: float | None) -> int:
    """Where the small lines at the foot begin."""
    limit = SMALLER * typography.size_on(lines[0].page)
    if size is not None:
        limit = min(size + 0.4, limit)
    start = len(lines)
    while (
        start
        and lines[start - 1].size <= limit
        and (size is None or lines[start - 1].size >= size - 0.6 or len(lines[start - 1].text) < 5)
    ):
        start -= 1
    return start


def begins_with_mark(line: Line) -> bool:
    """Whether a line begins with a note's mark, raised or smaller than the line."""
    first = line.words[0]
    if not _MARK.match(first.text) or len(line.words) < 2:
        return False
    return line.raises(first)
