"""Finds listings and algorithms, and sets their lines as printed.

In: pages of lines. Out: blocks of kind "code" that claim their lines and those of their captions.
Listings are set in fixed-width type, so the place of each word tells its column; the numbers beside
the lines count them and are left out. Algorithms are set in text type between rules, under a caption
that names them; their indentation is kept in steps of a fixed width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.page import Block, BoundingBox, CodeDetail, Line, PageLayout, Typography, Word

MONOSPACE_SHARE = 0.75
"""A line of a listing has this share of its characters in fixed-width type; comments may be set otherwise."""
SAME_LISTING = 3.2
"""Lines of one listing follow within this many leadings: blank lines stand between them."""
APART = 1.12
"""A listing of one or two lines keeps more than this many leadings from its neighbours."""
CAPTION_GAP = 3.0
"""A caption stands within this many leadings of its listing."""
MIN_NUMBERED = 3
"""So many lines must begin with counted numbers for these to be line numbers."""
ALGORITHM_STEP = 0.5
"""One column of an algorithm's indentation, in type sizes."""
MIN_RULE = 0.5
"""Rules around an algorithm are at least this share of the column wide."""

_CAPTION = re.compile(
    r"^(listing|quell(?:code|text)|programm(?:code)?|code(?:\s?(?:listing|snippet|block|ausschnitt))?|source\s?code|snippet|extrait|código|codice|listado|listagem|listato|"
    r"kód|výpis|листинг|代码|程序|kod|schriftsatz|skript|script)\.?\s*\(?[\dA-Z]+(?:[.\-–][\dA-Z]+)*\)?\s*[:.\-–—|]?",
    re.I,
)
_ALGORITHM = re.compile(
    r"^(algorithm(?:us|e)?|algoritm[oei]?|algorytm|алгоритм|算法|procedure|pseudo-?code|الگوریتم)\.?\s*[\dA-Z۰-۹]+(?:[.\-][\d۰-۹]+)*\s*[:.\-–—]?",
    re.I,
)
_WRAP_START = "↪↳⮡⤷"
_WRAP_END = "↩⏎↵¬"
"""Signs that typesetters put where they break a line of code."""
_ADDRESS = re.compile(r"^\W*(?:(?:url|doi|available|disponible|verfügbar)\S*\s)?(?:https?://|www\.|\S+@\S+)\S*$", re.I)
_IDENTIFIER = re.compile(r"https?://|www\.|\bdoi\b|\b10\.\d{4,}/|\bISBN\b|\burl\b", re.I)
_LANGUAGES = {
    "python": "python",
    "java": "java",
    "javascript": "javascript",
    "typescript": "typescript",
    "json": "json",
    "xml": "xml",
    "html": "html",
    "css": "css",
    "sql": "sql",
    "c++": "cpp",
    "c#": "csharp",
    "rust": "rust",
    "haskell": "haskell",
    "bash": "bash",
    "shell": "bash",
    "matlab": "matlab",
    "yaml": "yaml",
    "kotlin": "kotlin",
    "swift": "swift",
    "php": "php",
    "ruby": "ruby",
    "scala": "scala",
    "latex": "latex",
    "sparql": "sparql",
    "dockerfile": "dockerfile",
    "fortran": "fortran",
    "prolog": "prolog",
    "lua": "lua",
    "perl": "perl",
}


def find_code(layouts: Sequence[PageLayout], typography: Typography, taken: set[tuple[int, int]]) -> list[Block]:
    """The listings and algorithms of a thesis. The keys of their lines are added to `taken`."""
    blocks: list[Block] = []
    for layout in layouts:
        blocks += _find_algorithms(layout, typography, taken)
        if not typography.body.monospace:
            blocks += _find_listings(layout, typography, taken)
    return _join_over_pages(sorted(blocks, key=lambda b: (b.page, -b.place[1])), layouts, taken)


# --- Listings in fixed-width type -----------------------------------------------------------------


def _find_listings(layout: PageLayout, typography: Typography, taken: set[tuple[int, int]]) -> Iterator[Block]:
    lines = [line for line in layout.text if line.key not in taken]
    fixed = [_is_fixed(line) for line in lines]
    for start, end in _group_runs(lines, fixed):
        group = lines[start:end]
        above = _take_caption(lines[:start][::-1][:3], group[0], typography, upwards=True)
        below = () if above else _take_caption(lines[end : end + 3], group[-1], typography, upwards=False)
        before = lines[start - 1] if start and not above else None
        after = lines[end] if end < len(lines) and not below else None
        if not _is_listing(group, before, after, typography):
            continue
        caption = above or below
        taken.update(line.key for line in (*group, *caption))
        claimed = (*above, *group, *below)
        text = "\n".join(set_code(group))
        yield Block(
            "code",
            tuple(claimed),
            (layout.page.index, claimed[0].box.top),
            CodeDetail(text, caption, False, _name_language(caption)),
        )


def _is_fixed(line: Line) -> bool:
    """Whether a line is one of a listing: most of it, but for a number at its beginning, is fixed-width."""
    words = line.words[1:] if len(line.words) > 1 and line.words[0].text.isdigit() else line.words
    total = sum(len(word.text) for word in words)
    return sum(len(word.text) for word in words if word.font.monospace) >= MONOSPACE_SHARE * total


def _group_runs(lines: Sequence[Line], fixed: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(start, end) of runs of listing lines; comments set otherwise go on with the run that they stand in."""
    number = 0
    while number < len(lines):
        if not fixed[number]:
            number += 1
            continue
        start = number - 1 if number and lines[number - 1].text.strip() == "1" else number
        number += 1
        while number < len(lines):
            if fixed[number] or lines[number].text.strip().isdigit():
                reach = number
            else:
                reach = _bridge(lines, fixed, start, number)
            if not reach or not all(_follows(lines[n - 1], lines[n]) for n in range(number, reach + 1)):
                break
            number = reach + 1
        yield start, number


def _follows(above: Line, below: Line) -> bool:
    return 0 < above.baseline - below.baseline < SAME_LISTING * 1.2 * max(above.size, below.size)


def _bridge(lines: Sequence[Line], fixed: Sequence[bool], start: int, number: int) -> int:
    """The next listing line behind lines in other type that keep the listing's leading and edge, 0 if there is none."""
    reach = next((n for n in range(number + 1, min(number + 4, len(lines))) if fixed[n]), 0)
    if not reach or number - start < 1:
        return 0
    steps = [lines[n - 1].baseline - lines[n].baseline for n in range(start + 1, reach + 1)]
    usual = min((step for step in steps if step > 0), default=0.0)
    left = min(line.box.left for line in lines[start:number])
    even = all(0.9 * usual <= step <= 1.12 * usual for step in steps[number - start - 1 :])
    return reach if even and all(line.box.left > left - 0.3 * line.size for line in lines[number:reach]) else 0


def _is_listing(group: Sequence[Line], before: Line | None, after: Line | None, typography: Typography) -> bool:
    """Whether lines are a listing and not a web address, a name within a paragraph, or figures in columns."""
    text = " ".join(line.text for line in group)
    if all(_ADDRESS.match(line.text) for line in group) or sum(c.isalpha() for c in text) < 0.2 * len(text):
        return False
    if len(group) > 3 or (len(group) == 3 and not _IDENTIFIER.search(text)):
        return True
    # A few lines may be the fixed-width part of a paragraph: space must stand around them.
    gap = APART * typography.leading
    above = before is None or before.baseline - group[0].baseline > gap or before.baseline < group[0].baseline
    below = after is None or group[-1].baseline - after.baseline > gap or after.baseline > group[-1].baseline
    return above and below and not _IDENTIFIER.search(text) and read_marker(group[0]) is None


def set_code(group: Sequence[Line]) -> list[str]:
    """The lines of a listing with their indentation and inner spaces; blank lines come from wide gaps."""
    values = _read_numbers(group)
    rows = [
        list(line.words[1:] if value is not None else line.words) for line, value in zip(group, values, strict=True)
    ]
    # Where every line has its number, one without is the rest of the line before.
    numbered = sum(value is not None for value in values) > 0.5 * len(values)
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


def _set_row(row: Sequence[Word], left: float, advance: float) -> str:
    text = ""
    for word in row:
        column = round((word.box.left - left) / advance)
        least = 1 if text and word.space_before else 0
        text += " " * min(max(column - len(text), least), 200) + word.text
    return text.rstrip()


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
    return [None] * len(group)


# --- Algorithms between rules ---------------------------------------------------------------------


def _find_algorithms(layout: PageLayout, typography: Typography, taken: set[tuple[int, int]]) -> Iterator[Block]:
    for line in layout.text:
        if line.key in taken or not _ALGORITHM.match(line.text):
            continue
        frame = _find_frame(line, layout, typography)
        if frame is None:
            continue
        inside = [
            other
            for other in layout.text
            if frame.bottom <= other.baseline < line.baseline - 1 and other.key not in taken
        ]
        under = [
            r.box
            for r in layout.page.rules
            if r.horizontal and frame.bottom + 2 < r.box.top < line.baseline and r.box.width > MIN_RULE * frame.width
        ]
        edge = max((box.top for box in under), default=line.baseline - 1)
        caption = (line, *(other for other in inside if other.baseline > edge))
        steps = [other for other in inside if other.baseline <= edge]
        if len(steps) < 2:
            continue
        taken.update(other.key for other in (*caption, *steps))
        text = "\n".join(_set_algorithm(steps))
        yield Block("code", (*caption, *steps), (layout.page.index, line.box.top), CodeDetail(text, caption, True))


def _find_frame(caption: Line, layout: PageLayout, typography: Typography) -> BoundingBox | None:
    """The box from the rule over an algorithm's caption to the lowest of the rules that belong to it."""
    wide = [r.box for r in layout.page.rules if r.horizontal and r.box.width > MIN_RULE * caption.column.width]
    above = [box for box in wide if 0 <= box.bottom - caption.baseline < 2.5 * caption.size]
    below = sorted((box for box in wide if box.top < caption.baseline), key=lambda box: -box.top)
    if not below or not (above or len(below) >= 2):
        return None
    near = below[1] if len(below) >= 2 and caption.baseline - below[0].top < 2.5 * caption.size else below[0]
    return BoundingBox(near.left, near.bottom, near.right, caption.box.top)


def _set_algorithm(lines: Sequence[Line]) -> list[str]:
    left = min(line.box.left for line in lines)
    return [" " * min(40, round((line.box.left - left) / (ALGORITHM_STEP * line.size))) + line.text for line in lines]


# --- Captions and page breaks ---------------------------------------------------------------------


def _take_caption(near: Sequence[Line], edge: Line, typography: Typography, upwards: bool) -> tuple[Line, ...]:
    """The caption among the lines next to a listing, nearest first; it may have two lines."""
    for count, line in enumerate(near[:3]):
        if abs(line.baseline - edge.baseline) > (CAPTION_GAP + count) * typography.leading:
            return ()
        if _CAPTION.match(line.text):
            lines = list(reversed(near[: count + 1])) if upwards else list(near[count : count + 1])
            if not upwards and count:
                return ()
            for following in near[count + 1 : count + 3] if not upwards else ():
                same = abs(following.size - line.size) < 0.05 * line.size and line.slack < 4 * line.size
                centred = abs(following.indent - following.slack) < 2 * line.size and following.indent > line.size
                if not (same and centred):
                    break
                lines.append(following)
            return tuple(lines)
    return ()


def _name_language(caption: Sequence[Line]) -> str:
    words = re.findall(r"[\w+#]+", " ".join(line.text for line in caption).lower())
    return next((_LANGUAGES[word] for word in words if word in _LANGUAGES), "")


def _join_over_pages(
    blocks: Sequence[Block], layouts: Sequence[PageLayout], taken: set[tuple[int, int]]
) -> list[Block]:
    """Listings that a page break cuts in two, as one, with one left edge for both parts."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if last is not None and _goes_on(last, block, layouts, taken):
            first, second = last.detail, block.detail
            assert isinstance(first, CodeDetail) and isinstance(second, CodeDetail)
            lines = (*last.lines, *block.lines)
            caption = first.caption or second.caption
            keys = {line.key for line in caption}
            text = "\n".join(set_code([line for line in lines if line.key not in keys]))
            detail = replace(first, text=text, caption=caption, language=first.language or second.language)
            result[-1] = replace(last, lines=lines, detail=detail)
        else:
            result.append(block)
    return result


def _goes_on(last: Block, block: Block, layouts: Sequence[PageLayout], taken: set[tuple[int, int]]) -> bool:
    first, second = last.detail, block.detail
    if not isinstance(first, CodeDetail) or not isinstance(second, CodeDetail) or first.algorithm or second.algorithm:
        return False
    end, start = last.lines[-1], block.lines[0]
    if start.page != end.page + 1 or (first.caption and second.caption):
        return False
    after = [line for line in layouts[end.page].text if line.baseline < end.baseline - 1 and line.key not in taken]
    before = [line for line in layouts[start.page].text if line.baseline > start.baseline + 1 and line.key not in taken]
    return not after and not before
