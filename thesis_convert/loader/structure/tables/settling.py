"""Settles which areas of a page are tables.

In: a scanned page. Out: its tables with their captions and notes. A caption makes a table of nearly
every grid, also one that stands alone at the foot of the page before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thesis_convert.loader.structure.tables.areas import Area, count_least_rows, read_open_area
from thesis_convert.loader.structure.tables.cells import MAX_HEAD_ROWS
from thesis_convert.loader.structure.tables.grid import Grid
from thesis_convert.loader.structure.tables.joining import Part, has_same_columns
from thesis_convert.loader.structure.tables.judging import is_marked, is_table, is_unreadable, list_code
from thesis_convert.loader.structure.tables.pictured import find_pictured_table
from thesis_convert.loader.structure.tables.prose import has_wide_gap
from thesis_convert.loader.structure.tables.scanning import Caption, PageScan
from thesis_convert.loader.structure.tables.strokes import Ruling
from thesis_convert.loader.structure.tables.surroundings import (
    CAPTION_GAP,
    choose_caption,
    find_mark,
    find_notes,
    read_caption,
)
from thesis_convert.page import Line, Typography

HEAD_GAP = 2.2
"""The first row under the rules of a head stands within so many sizes."""
PARTED = 0.6
"""Share of the rows of a table without a frame that have words in two columns."""


@dataclass(frozen=True, slots=True)
class Found:
    """An area that is a table, with the lines of its caption and notes.

    `continued` says that its caption calls it the rest of a table, `mark` holds a line under it that
    says no more than that it goes on. A table that is not `readable` can only be shown. The caption of one that is
    `awaited` stands at the foot of the page before.
    """

    area: Area
    caption: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    continued: bool = False
    mark: tuple[Line, ...] = ()
    readable: bool = True
    awaited: bool = False

    @property
    def beside(self) -> tuple[Line, ...]:
        """The lines of the caption on the table's own page."""
        return () if self.awaited else self.caption


def settle_tables(
    scan: PageScan, above: bool, before: Part | None, waiting: tuple[Line, ...], typography: Typography
) -> list[Found]:
    """The tables of a page from the top down, each with its caption and notes.

    `above` says that captions stand above tables in this thesis; `before` is the table found last, `waiting` a
    caption at the foot of the page before that has no table there.
    """
    free = list(scan.captions)
    found: list[Found] = []
    for area in scan.areas:
        choice = choose_caption(scan, free, area, above, typography)
        caption = choice[1] if choice else waiting if _is_at_head(area, scan) else ()
        rest = not found and not caption and _is_rest(area, scan, before)
        if choice and is_unreadable(area, scan):
            free.remove(choice[0])
            found.append(Found(area, caption, readable=False))
            continue
        if not rest and not is_table(area, scan, bool(caption)):
            continue
        if choice:
            free.remove(choice[0])
            whole = _read_unruled(scan, choice[0], found, above, typography) if _goes_on_below(scan, area) else None
            if whole is not None and whole.area.grid.rows > area.grid.rows + 1:
                found.append(whole)  # rules stand around its head only
                continue
        continued = bool(choice and choice[0].label.continued)
        found.append(Found(area, caption, (), continued, awaited=bool(caption) and not choice))
    for start in free:
        if start.number >= 0 and not any(start.line in table.caption for table in found):
            table = _read_unruled(scan, start, found, above, typography)
            table = table or _find_pictured(scan, start, found, above, typography)
            if table is not None:
                found.append(table)
    if waiting and not any(_is_at_head(table.area, scan) for table in found):
        found += _read_waited(scan, waiting, found, typography)
    found.sort(key=lambda table: (-round(table.area.box.top), table.area.box.left))
    found = [replace(table, mark=find_mark(scan, table.area, typography)) for table in found]
    used = _list_words(found)
    return [replace(table, notes=find_notes(scan, table.area, table.beside, used, typography)) for table in found]


def find_waiting(scan: PageScan, above: bool, found: Sequence[Found], typography: Typography) -> tuple[Line, ...]:
    """The lines of a caption at the foot of a page whose table must stand on the next, () where there is none."""
    start = scan.captions[-1] if above and scan.captions else None
    if start is None or start.number < 0 or any(start.line in table.caption for table in found):
        return ()
    lines = read_caption(scan, start.number, typography)
    return lines if lines[-1].key == scan.lines[-1].key else ()


def read_rest(scan: PageScan, before: Part, found: Sequence[Found], typography: Typography) -> Found | None:
    """The rest of a table without frames that ends at the foot of the page before: the same columns go on."""
    if before.framed or not before.last or before.page != scan.layout.page.index - 1 or not scan.lines:
        return None
    area = read_open_area(scan.lines, _list_words(found) | list_code(scan), scan.layout, typography, rest=True)
    if area is None or not has_same_columns(before, area.grid.edges):
        return None
    return Found(area, (), (), True)


def _list_words(found: Sequence[Found]) -> set[int]:
    """The drawing order of the words that tables and their captions have."""
    words = {word.order for table in found for word in table.area.words}
    return words | {w.order for table in found for line in (*table.beside, *table.mark) for w in line.words}


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
    used = _list_words(found) | list_code(scan)
    for under in (above, not above):
        candidates = scan.lines[start.number + len(lines) :] if under else scan.lines[: start.number][::-1]
        area = read_open_area(candidates, used, scan.layout, typography)
        if area is None:
            continue
        gap = lines[-1].baseline - area.box.top if under else area.box.bottom - lines[0].box.top
        if gap < CAPTION_GAP * typography.leading and _has_rows(area):
            return Found(area, lines, (), start.label.continued)
    return None


def _read_waited(
    scan: PageScan, caption: tuple[Line, ...], found: Sequence[Found], typography: Typography
) -> list[Found]:
    """The table without a frame at the head of a page whose caption ends the page before."""
    area = read_open_area(scan.lines, _list_words(found) | list_code(scan), scan.layout, typography)
    return [Found(area, caption, awaited=True)] if area and _is_at_head(area, scan) and _has_rows(area) else []


def _has_rows(area: Area) -> bool:
    """Whether an area without a frame has so many rows with columns that a caption makes it a table."""
    grid = area.grid
    parted = [n for n in range(grid.rows) if sum(a.row == n and bool(a.words) for a in grid.areas) > 1]
    return len(parted) >= max(count_least_rows(area.ruling), PARTED * grid.rows) and not is_marked(area)


def _is_at_head(area: Area, scan: PageScan) -> bool:
    """Whether the first line of a page is in an area."""
    return bool(scan.lines) and scan.lines[0].words[0].order in {word.order for word in area.words}


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
    return area.grid.framed and _is_at_head(area, scan) and has_same_columns(before, area.grid.edges)
