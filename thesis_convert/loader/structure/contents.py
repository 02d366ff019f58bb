"""Reads the printed contents pages, and the lists of figures and tables that look alike.

In: pages of lines. Out: the entries, and blocks (kind "omitted") for all lines that they take, since
a book has its own navigation. An entry ends with a page number at the column's right edge, mostly
after dot leaders; entries stand close together, several to a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.divisions import is_contents_title, is_list_title
from thesis_convert.loader.structure.numbering import Numbered, fold_letters, read_number
from thesis_convert.page import Block, Line, PageLayout, Typography
from thesis_convert.scripts import fold_digits

MIN_ENTRIES = 4
"""Fewer entries on one page are a chance likeness."""
ENTRY_SHARE = 0.45
"""Share of a contents page's lines that end as entries do; the others are first lines of long titles."""
MAX_TITLE = 60
"""No title of a list is longer, in characters."""

_LEADERS = re.compile(r"(?:\s*[.·…‥․]){3,}\s*|_{4,}")
_PAGE = r"(?:[A-Z]?-?\d{1,4}|[ivxlcIVXLC]{1,8}|[۰-۹٠-٩]{1,4}|[آ-ی])"
_ENTRY = re.compile(rf"^(?P<title>.*?\S)(?:\s*(?:[.·…‥․]\s*){{2,}}|\s+)(?P<page>{_PAGE})\s*$")


class ContentsEntry(NamedTuple):
    """An entry of the printed contents: `level` counts from 1, `page` is the printed page number."""

    label: str
    title: str
    level: int
    page: str
    lines: tuple[Line, ...]
    numbered: Numbered | None = None


class PrintedContents(NamedTuple):
    """The entries of the contents pages, and the blocks to leave out (also lists of figures and tables)."""

    entries: tuple[ContentsEntry, ...]
    omitted: tuple[Block, ...]


def read_contents(layouts: Sequence[PageLayout], typography: Typography) -> PrintedContents:
    """The thesis's own tables of contents."""
    entries: list[_RawEntry] = []
    omitted: list[Block] = []
    mode = ""
    for layout in layouts:
        raw, taken, mode = _read_page(layout, typography, mode)
        if taken:
            omitted.append(Block("omitted", tuple(taken), (layout.page.index, taken[0].box.top)))
        entries += raw
    return PrintedContents(_assign_levels(entries, typography), tuple(omitted))


class _RawEntry(NamedTuple):
    text: str
    page: str
    left: float
    lines: tuple[Line, ...]


def _read_page(layout: PageLayout, typography: Typography, mode: str) -> tuple[list[_RawEntry], list[Line], str]:
    """Entries and lines taken from a page. `mode` is what the page before ended in: "contents", "list" or ""."""
    lines = layout.text
    marks = [_match_entry(line) for line in lines]
    titles = {
        n
        for n, line in enumerate(lines)
        if len(line.text) <= MAX_TITLE and (is_contents_title(line.text) or is_list_title(line.text))
    }
    with_leaders = sum(bool(m) and bool(_LEADERS.search(line.text)) for m, line in zip(marks, lines, strict=True))
    found = sum(m is not None for m in marks)
    titled = bool(titles)
    if not (
        with_leaders >= MIN_ENTRIES
        or (found >= ENTRY_SHARE * len(lines) and found >= 2 and (mode or titled))
        or (with_leaders >= 1 and (titled or mode))
    ):
        return [], [], ""
    entries: list[_RawEntry] = []
    taken: list[Line] = []
    pending: list[Line] = []
    current = mode
    for number, line in enumerate(lines):
        if number in titles and marks[number] is None:
            current = "contents" if is_contents_title(line.text) else "list"
            taken += [*pending, line]
            pending = []
            continue
        match = marks[number]
        if match is None:
            pending.append(line)
            if len(pending) > 3:
                if not current or not any(marks[number:]):
                    break
                taken.append(pending.pop(0))
            continue
        if not current:
            current = "contents"
        text = " ".join(
            [p.text for p in pending if not _LEADERS.search(p.text)] + [_LEADERS.sub(" ", match.group("title"))]
        )
        group = (*pending, line)
        if current == "contents":
            entries.append(_RawEntry(text.strip(), fold_digits(match.group("page")), group[0].start, group))
        taken += group
        pending = []
    return entries, taken, current


def _match_entry(line: Line) -> re.Match[str] | None:
    match = _ENTRY.match(line.text)
    if match is None or not any(c.isalpha() for c in match.group("title")):
        return None
    if _LEADERS.search(line.text):
        return match
    last, before = line.words[-1], line.words[-2] if len(line.words) > 1 else None
    gap = max(last.box.left - before.box.right, before.box.left - last.box.right) if before else 0.0
    at_edge = line.slack < 2 * line.size
    return match if at_edge and gap > 1.0 * line.size else None


def _assign_levels(raw: Sequence[_RawEntry], typography: Typography) -> tuple[ContentsEntry, ...]:
    """Levels from the numbers; for entries without one, from those that begin as far left."""
    if not raw:
        return ()
    numbered = [read_number(entry.text) for entry in raw]
    parts = any(n and n.kind == "part" for n in numbered)
    lefts = _cluster([entry.left for entry in raw], 0.35 * typography.size)
    depths: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for place, number in zip(lefts, numbered, strict=True):
        if number:
            depths[place][_depth(number, parts)] += 1
    base = {place: count.most_common(1)[0][0] for place, count in depths.items()}
    entries = []
    for entry, number, place in zip(raw, numbered, lefts, strict=True):
        if number and number.title:
            level = _depth(number, parts)
        elif place in base:
            level = base[place]
        else:
            below = [base[p] for p in base if p < place]
            level = max(below) + 1 if below else 1 + sum(1 for p in set(lefts) if p < place)
        label, title = (number.label, number.title) if number and number.title else ("", entry.text)
        entries.append(ContentsEntry(label, title, level, entry.page, entry.lines, number))
    return tuple(entries)


def _depth(number: Numbered, parts: bool) -> int:
    if number.kind == "part":
        return 1
    return number.depth + (1 if parts else 0)


def _cluster(values: Sequence[float], tolerance: float) -> list[int]:
    """For each value the rank of its cluster, from the smallest."""
    ranks: dict[float, int] = {}
    rank, last = -1, None
    for value in sorted(set(values)):
        if last is None or value - last > tolerance:
            rank += 1
        ranks[value] = rank
        last = value
    return [ranks[value] for value in values]


def matches_title(text: str, title: str) -> bool:
    return fold_letters(text) == fold_letters(title)
