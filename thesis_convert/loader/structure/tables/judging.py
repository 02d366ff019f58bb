"""Judges whether an area of a page is a table.

In: a ruled area and the page that it stands on. Out: a verdict. The rules have to frame cells with words in
most of them, and neither a drawing, a listing nor running text may stand between them.
"""

from __future__ import annotations

import re

from thesis_convert.loader.structure.tables.areas import Area
from thesis_convert.loader.structure.tables.grid import Grid
from thesis_convert.loader.structure.tables.prose import is_prose_line
from thesis_convert.loader.structure.tables.scanning import PageScan
from thesis_convert.loader.structure.tables.strokes import Stroke
from thesis_convert.page import Word

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


def is_table(area: Area, scan: PageScan, captioned: bool) -> bool:
    """Whether a ruled area is a table."""
    grid = area.grid
    if grid.rows < 2 or _is_listing(area) or _holds_prose(area, scan):
        return False
    if not captioned and _share_of_code(area, scan) > CODE_SHARE:
        return False
    if captioned:
        return grid.filled >= FILLED_WITH_CAPTION
    if scan.layout.page.number == 1 or _is_drawing(area, scan):
        return False
    if grid.filled < FILLED and not _is_matrix(grid):
        return False
    if grid.framed:
        return True
    full = [s for s in area.ruling.across if s.length > 0.85 * area.box.width]
    parted = [n for n in range(grid.rows) if sum(a.row == n and bool(a.words) for a in grid.areas) > 1]
    return len(full) >= 2 and len(parted) >= (2 if len(full) > 2 else 3) and len(parted) >= 0.5 * grid.rows


def _is_matrix(grid: Grid) -> bool:
    """Whether each row and column of a grid is named, and nothing but signs tells which of them go together."""
    head = max(grid.ruled_head, 1)
    names = [a for a in grid.areas if (a.column == 0 and a.row >= head) or (a.row == head - 1 and a.column > 0)]
    signs = [a for a in grid.areas if a.column > 0 and a.row >= head and a.words]
    named = all(area.words for area in names) and len(names) == grid.rows - head + grid.columns - 1
    return named and len(signs) > 1 and all(len(word.text) == 1 for area in signs for word in area.words)


def is_marked(area: Area) -> bool:
    """Whether one of two columns has nothing but the markers of a list, or the numbers of formulas."""
    if area.grid.columns != 2:
        return False
    for column in (0, 1):
        texts = ["".join(w.text for w in a.words) for a in area.grid.areas if a.column == column and a.words]
        if texts and all(_MARKER.match(text) for text in texts):
            return True
    return False


def is_unreadable(area: Area, scan: PageScan) -> bool:
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
    code = list_code(scan)
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


def list_code(scan: PageScan) -> set[int]:
    """The drawing order of the words that look like a listing's."""
    return {word.order for line in scan.lines if line.key in scan.code for word in line.words}
