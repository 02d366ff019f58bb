"""Settles which areas of a page are tables.

In: a scanned page. Out: its tables with their captions and notes. A caption makes a table of nearly
every grid; without one, the rules have to frame cells with words in most of them, and neither a
drawing, a listing nor running text may stand between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thesis_convert.loader.structure.tables.areas import Area, count_least_rows, read_open_area
from thesis_convert.loader.structure.tables.cells import MAX_HEAD_ROWS
from thesis_convert.loader.structure.tables.grid import Grid
from thesis_convert.loader.structure.tables.joining import Part, has_same_columns
from thesis_convert.loader.structure.tables.pictured import find_pictured_table
from thesis_convert.loader.structure.tables.prose import has_wide_gap, is_prose_line
from thesis_convert.loader.structure.tables.scanning import Caption, PageScan
from thesis_convert.loader.structure.tables.strokes import Ruling, Stroke
from thesis_convert.loader.structure.tables.surroundings import (
    CAPTION_GAP,
    choose_caption,
    find_mark,
    find_notes,
    read_caption,
)
from thesis_convert.page import Line, Typography, Word

HEAD_GAP = 2.2
"""The first row under the rules of a head stands within so many sizes."""
FILLED = 0.5
FILLED_WITH_CAPTION = 0.12
"""Shares of cells with words below which a grid is a drawing, or a form to fill in."""
MIN_GROUNDS = 3
"""So many coloured cells without words say something by their colour: the bars of a plan of work."""
PROSE_SHARE = 0.5
"""Share of the lines between two rules that are running text when the rules are no table's."""
MIN_STROKES = 3
"""So many rules each way frame cells."""
CROSSING = 0.15
"""When rules go through more than this share of the words, these stand in no cells."""
CODE_SHARE = 0.5
"""Share of an area's letters that must look like code for it to be a listing."""
MIN_DRAWING = 3.0
"""Points; smaller drawings are the corners where the rules of a frame meet."""

_MARKER = re.compile(r"(?:[(\[]?(?:\d{1,3}|\w)[.)\]]|[•‣◦▪■–]|\(\d+(?:[.\-]\d+)*[a-z]?\))$")


@dataclass(frozen=True, slots=True)
class Found:
    """An area that is a table, with the lines of its caption and notes.

    `continued` says that its caption calls it the rest of a table, `mark` holds a line under it that
    says no more than that it goes on. A table that is not `readable` can only be shown.
    """

    area: Area
    caption: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    continued: bool = False
    mark: tuple[Line, ...] = ()
    readable: bool = True


def settle_tables(scan: PageScan, above: bool, before: Part | None, typography: Typography) -> list[Found]:
    """The tables of a page from the top down, each with its caption and notes.

    `above` says that captions stand above tables in this thesis; `before` is the table found last.
    """
    free = list(scan.captions)
    found: list[Found] = []
    for area in scan.areas:
        choice = choose_caption(scan, free, area, above, typography)
        caption = choice[1] if choice else ()
        rest = not found and not caption and _is_rest(area, scan, before)
        if choice and _is_unreadable(area, scan):
            free.remove(choice[0])
            found.append(Found(area, caption, readable=False))
            continue
        if not rest and not _is_table(area, scan, bool(caption)):
            continue
        if choice:
            free.remove(choice[0])
            whole = _read_unruled(scan, choice[0], found, above, typography) if _goes_on_below(scan, area) else None
            if whole is not None and whole.area.grid.rows > area.grid.rows + 1:
                found.append(whole)  # rules stand around its head only
                continue
        found.append(Found(area, caption, (), bool(choice and choice[0].label.continued)))
    for start in free:
        if start.number >= 0 and not any(start.line in table.caption for table in found):
            table = _read_unruled(scan, start, found, above, typography)
            table = table or _find_pictured(scan, start, found, above, typography)
            if table is not None:
                found.append(table)
    found.sort(key=lambda table: (-round(table.area.box.top), table.area.box.left))
    found = [replace(table, mark=find_mark(scan, table.area, typography)) for table in found]
    used = _list_words(found)
    return [replace(table, notes=find_notes(scan, table.area, table.caption, used, typography)) for table in found]


def read_rest(scan: PageScan, before: Part, found: Sequence[Found], typography: Typography) -> Found | None:
    """The rest of a table without frames that ends at the foot of the page before: the same columns go on."""
    if before.framed or not before.last or before.page != scan.layout.page.index - 1 or not scan.lines:
        return None
    area = read_open_area(scan.lines, _list_words(found) | _list_code(scan), scan.layout, typography)
    if area is None or not has_same_columns(before, area.grid.edges):
        return None
    return Found(area, (), (), True)


def _list_words(found: Sequence[Found]) -> set[int]:
    """The drawing order of the words that tables and their captions have."""
    words = {word.order for table in found for word in table.area.words}
    return words | {w.order for table in found for line in (*table.caption, *table.mark) for w in line.words}


def _list_code(scan: PageScan) -> set[int]:
    """The drawing order of the words that look like a listing's."""
    return {word.order for line in scan.lines if line.key in scan.code for word in line.words}


def _goes_on_below(scan: PageScan, area: Area) -> bool:
    """Whether the rules stand around a head only: rows follow under it as they follow within it."""
    below = max((x for x in scan.lines if x.baseline < area.box.bottom), key=lambda x: x.baseline, default=None)
    if below is None or area.grid.rows > MAX_HEAD_ROWS:
        return False
    return has_wide_gap(below) and area.box.bottom - below.baseline < HEAD_GAP * below.size


def _read_unruled(
    scan: PageScan, start: Caption, found: Sequence[Found], above: bool, typography: Typography
) -> Found | None:
    """The table without a frame at a caption that no ruled area has."""
    lines = read_caption(scan, start.number, typography)
    used = _list_words(found) | _list_code(scan)
    for under in (above, not above):
        candidates = scan.lines[start.number + len(lines) :] if under else scan.lines[: start.number][::-1]
        area = read_open_area(candidates, used, scan.layout, typography)
        if area is None:
            continue
        gap = lines[-1].baseline - area.box.top if under else area.box.bottom - lines[0].box.top
        parted = [n for n in range(area.grid.rows) if sum(a.row == n and bool(a.words) for a in area.grid.areas) > 1]
        near = gap < CAPTION_GAP * typography.leading
        least = max(count_least_rows(area.ruling), 0.6 * area.grid.rows)
        if near and len(parted) >= least and not _is_marked(area):
            return Found(area, lines, (), start.label.continued)
    return None


def _find_pictured(
    scan: PageScan, start: Caption, found: Sequence[Found], above: bool, typography: Typography
) -> Found | None:
    """The table at a caption that is a picture, with the words that stand on it."""
    if not start.label.certain:
        return None
    lines = read_caption(scan, start.number, typography)
    box = find_pictured_table(scan, lines, above, [table.area.box for table in found], typography)
    if box is None:
        return None
    words = tuple(word for line in scan.lines for word in line.words if box.overlap(word.box) > 0.5 * word.box.area)
    grid = Grid((), 0, 0, (), False, 0)
    return Found(Area(box, words, grid, Ruling(box, (), ())), lines, readable=False)


def _is_rest(area: Area, scan: PageScan, before: Part | None) -> bool:
    """Whether an area at the head of a page has the frame of the table that ends the page before."""
    if before is None or not before.last or not before.framed or before.page != scan.layout.page.index - 1:
        return False
    first = scan.lines[0].words[0].order in {word.order for word in area.words}
    return area.grid.framed and first and has_same_columns(before, area.grid.edges)


def _is_table(area: Area, scan: PageScan, captioned: bool) -> bool:
    """Whether a ruled area is a table."""
    grid = area.grid
    if grid.rows < 2 or _is_listing(area) or _holds_prose(area, scan):
        return False
    if not captioned and _share_of_code(area, scan) > CODE_SHARE:
        return False
    if captioned:
        return grid.filled >= FILLED_WITH_CAPTION
    if scan.layout.page.number == 1 or grid.filled < FILLED or _is_drawing(area, scan):
        return False
    if grid.framed:
        return True
    full = [s for s in area.ruling.across if s.length > 0.85 * area.box.width]
    parted = [n for n in range(grid.rows) if sum(a.row == n and bool(a.words) for a in grid.areas) > 1]
    return len(full) >= 2 and len(parted) >= (2 if len(full) > 2 else 3) and len(parted) >= 0.5 * grid.rows


def _is_marked(area: Area) -> bool:
    """Whether one of two columns has nothing but the markers of a list, or the numbers of formulas."""
    if area.grid.columns != 2:
        return False
    for column in (0, 1):
        texts = ["".join(w.text for w in a.words) for a in area.grid.areas if a.column == column and a.words]
        if texts and all(_MARKER.match(text) for text in texts):
            return True
    return False


def _is_unreadable(area: Area, scan: PageScan) -> bool:
    """Whether a framed area with a caption is a table, but not one of words: a plan of work, a form to fill in."""
    if len(area.ruling.across) < MIN_STROKES or len(area.ruling.down) < MIN_STROKES:
        return False
    if _is_listing(area) or _holds_prose(area, scan):
        return False
    if area.grid.filled < FILLED and _count_shapes(area, scan, "rectangle") >= MIN_GROUNDS:
        return True
    crossing = sum(any(_crosses(word, stroke) for stroke in area.ruling.down) for word in area.words)
    return crossing > CROSSING * len(area.words)


def _crosses(word: Word, stroke: Stroke) -> bool:
    """Whether an upright rule goes through a word."""
    middle = (word.box.bottom + word.box.top) / 2
    return word.box.left + 1.0 < stroke.at < word.box.right - 1.0 and stroke.start < middle < stroke.end


def _share_of_code(area: Area, scan: PageScan) -> float:
    code = _list_code(scan)
    return sum(len(w.text) for w in area.words if w.order in code) / sum(len(w.text) for w in area.words)


def _is_drawing(area: Area, scan: PageScan) -> bool:
    """Whether an area holds drawings that are no ground for words, as the curves of a diagram are none."""
    return _count_shapes(area, scan, "drawing") > max(3, len(area.grid.areas) // 4)


def _count_shapes(area: Area, scan: PageScan, kind: str) -> int:
    """How many shapes of a kind stand in an area with no word on them."""
    words = [((w.box.left + w.box.right) / 2, (w.box.bottom + w.box.top) / 2) for w in area.words]
    shapes = [p.box for p in scan.layout.page.pictures if p.kind == kind and p.box.overlap(area.box)]
    large = (box for box in shapes if max(box.width, box.height) >= MIN_DRAWING)
    return sum(not any(box.holds(x, y) for x, y in words) for box in large)


def _is_listing(area: Area) -> bool:
    """Whether an area is code between rules: its first column counts lines, or all of it has fixed width."""
    words = [w for a in area.grid.areas for w in a.words]
    first = ["".join(w.text for w in a.words) for a in area.grid.areas if a.column == 0 and a.words]
    numbers = [int(text.rstrip(":.")) for text in first if text.rstrip(":.").isdecimal()]
    if (
        len(numbers) > 3
        and len(numbers) >= 0.8 * len(first)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    ):
        later = [w for a in area.grid.areas if a.column > 0 for w in a.words]
        if first[-1].endswith(":") or sum(w.font.monospace for w in later) > 0.6 * len(later):
            return True
    return sum(w.font.monospace for w in words) > 0.9 * len(words) and area.grid.columns < 3


def _holds_prose(area: Area, scan: PageScan) -> bool:
    """Whether running text stands between the rules: lines that fill the page's column without a gap."""
    if area.grid.framed:
        return False
    own = {word.order for word in area.words}
    inside = [line for line in scan.lines if line.words[0].order in own]
    prose = [line for line in inside if is_prose_line(line)]
    return len(prose) >= 2 and len(prose) >= PROSE_SHARE * len(inside)
