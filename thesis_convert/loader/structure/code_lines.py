"""Sets the lines of listings and algorithms as they are printed.

In: the lines of a listing, or of an algorithm. Out: text with their indentation. In fixed-width type the place
of each word tells its column; the numbers beside the lines count them and are left out, and lines that the
typesetter broke are joined. In other type the indentation alone is kept, in steps of a fixed width, and the
numbers of an algorithm's steps stay, since the text speaks of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from thesis_convert.loader.lines.building import line_text
from thesis_convert.page import Line, Word

MIN_NUMBERED = 3
"""So many lines must begin with counted numbers for these to be line numbers."""
INDENT_STEP = 0.5
"""One column of indentation in text type, in type sizes."""
MAX_INDENT = 40
EDGE = 0.3
"""Lines whose edges differ by less than this many sizes begin at one place."""

_WRAP_START = "↪↳⮡⤷"
_WRAP_END = "↩⏎↵¬"
"""Signs that typesetters put where they break a line of code."""
_STEP_NUMBER = re.compile(r"\d{1,3}[:.]?$")


def set_code(group: Sequence[Line]) -> list[str]:
    """The lines of a listing with their indentation and inner spaces; blank lines come from wide gaps."""
    values = _read_numbers(group)
    rows = [
        list(line.words[1:] if value is not None else line.words) for line, value in zip(group, values, strict=True)
    ]
    # Where every line has its number, one without is the rest of the line before.
    numbered = sum(value is not None for value in values) > 0.5 * len(values) or _counts_one_line(group, values)
    mono = [w for row in rows for w in row if w.font.monospace and len(w.text) > 1]
    advance = median(w.box.width / len(w.text) for w in mono) if mono else 0.6 * group[0].size
    left = min((row[0].box.left - line.column.left for row, line in zip(rows, group, strict=True) if row), default=0.0)
    steps = sorted(a.baseline - b.baseline for a, b in pairwise(group) if a.baseline > b.baseline)
    leading = steps[len(steps) // 4] if steps else 0.0
    result: list[str] = []
    for number, row in enumerate(rows):
        text = _set_row(row, group[number].column.left + left, advance or 1.0)
        if result and result[-1] and _is_wrapped(result[-1], text, numbered and values[number] is None):
            result[-1] = f"{result[-1].rstrip(_WRAP_END)} {text.strip().lstrip(_WRAP_START).strip()}"
            continue
        if number and leading and not numbered:
            gap = round((group[number - 1].baseline - group[number].baseline) / leading) - 1
            result += [""] * max(0, min(gap, 3))
        result.append(text)
    return result


def set_steps(lines: Sequence[Line]) -> list[str]:
    """The lines of an algorithm with their indentation; numbers that count its steps stand in a column before it."""
    numbers = _read_step_numbers(lines)
    rows = [line.words[1:] if number else line.words for line, number in zip(lines, numbers, strict=True)]
    size = median(max(word.font.size for word in row) for row in rows)  # numbers may be smaller
    if not any(numbers):
        left = min(line.indent for line in lines)
        return [_indent(line.indent - left, size) + line.text for line in lines]
    width = max(map(len, numbers))
    starts = [row[0].box.left - line.column.left for row, line in zip(rows, lines, strict=True)]
    left = min(start for start, number in zip(starts, numbers, strict=True) if number)
    result = []
    for row, number, start in zip(rows, numbers, starts, strict=True):
        text = line_text(row)
        if number or start > left - EDGE * size:
            text = f"{number:>{width}} {_indent(start - left, size)}{text}"
        result.append(text)
    return result


def _set_row(row: Sequence[Word], left: float, advance: float) -> str:
    text = ""
    for word in row:
        column = round((word.box.left - left) / advance)
        least = 1 if text and word.space_before else 0
        text += " " * min(max(column - len(text), least), 200) + word.text
    return text.rstrip()


def _indent(distance: float, size: float) -> str:
    return " " * max(0, min(MAX_INDENT, round(distance / (INDENT_STEP * size))))


def _is_wrapped(above: str, text: str, unnumbered: bool) -> bool:
    """Whether the typesetter broke a line: it marks the break, or gives the rest no number of its own."""
    return unnumbered or text.lstrip().startswith(tuple(_WRAP_START)) or above.endswith(tuple(_WRAP_END))


def _read_numbers(group: Sequence[Line]) -> list[int | None]:
    """The number beside each line, all None when what stands there does not count the lines."""
    values = [
        int(line.words[0].text) if line.words[0].text.isdecimal() and len(line.words[0].text) < 5 else None
        for line in group
    ]
    counted = [v for v in values if v is not None]
    steps = [b - a for a, b in pairwise(counted)]
    one_by_one = sum(step == 1 for step in steps) >= 0.8 * len(steps) and all(step > 0 for step in steps)
    if (len(counted) >= MIN_NUMBERED or len(counted) == len(group) == 2) and one_by_one:
        return values
    if len(counted) >= MIN_NUMBERED and len(set(steps)) == 1 and steps[0] > 1:
        return values  # every fifth line is numbered
    return values if _counts_one_line(group, values) else [None] * len(group)


def _counts_one_line(group: Sequence[Line], values: Sequence[int | None]) -> bool:
    """Whether all lines are one that was broken: it alone has a number, and the others begin behind that."""
    if values[0] != 1 or any(value is not None for value in values[1:]) or len(group[0].words) < 2:
        return False
    start = group[0].words[1].box.left - EDGE * group[0].size
    return len(group) > 1 and all(line.box.left > start for line in group[1:])


def _read_step_numbers(lines: Sequence[Line]) -> list[str]:
    """The number of each line of an algorithm as printed, all "" when they do not count its lines."""
    found = [
        line.words[0].text if len(line.words) > 1 and _STEP_NUMBER.match(line.words[0].text) else "" for line in lines
    ]
    values = [int(number.rstrip(":.")) for number in found if number]
    if len(values) < 2 or any(after - before != 1 for before, after in pairwise(values)):
        return [""] * len(lines)
    return found
