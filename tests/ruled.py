"""Pages with tables in a small notation, for tests of what the loader makes of them.

A page is drawn as it looks: every character is half a size wide, the type 10 points with 12 points of
leading, the text column 60 characters. ─ is part of a rule between two lines, │ part of an upright one,
A run of ▓ is a coloured ground without words. A word between stars is *bold*. An empty line is a gap, "~ "
begins a line in smaller type, "====" ends a page.
"""

from __future__ import annotations

import re
from itertools import count

from thesis_convert.loader.lines.building import build_chunks, make_line, merge_rows
from thesis_convert.loader.structure.tables import TableSearch, find_tables
from thesis_convert.page import BoundingBox, Font, Page, PageLayout, Picture, Rule, TableDetail, Typography, Word
from thesis_convert.scripts import is_right_to_left

SIZE = 10.0
LEADING = 12.0
ADVANCE = 5.0
WIDTH = 60
LEFT = 100.0
TOP = 700.0
BODY = Font("Serif", SIZE)
RULE_ROW = 5.0
"""A row of rules moves on by so many points."""


def search(drawing: str) -> TableSearch:
    """What is found on the pages of a drawing."""
    layouts, typography = set_pages(drawing)
    return find_tables(layouts, typography, frozenset())


def read(drawing: str) -> list[TableDetail]:
    """The tables of a drawing."""
    return [block.detail for block in search(drawing).blocks if isinstance(block.detail, TableDetail)]


def show(table: TableDetail) -> list[str]:
    """The rows of a table, cells between bars, a colon before those of the head.

    "-" is an empty cell; one that spans begins with "2x" across and "2y" down.
    """
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        text = " ".join(line.text for line in cell.lines)
        across = f"{cell.column_span}x " if cell.column_span > 1 else ""
        down = f"{cell.row_span}y " if cell.row_span > 1 else ""
        rows.setdefault(cell.row, []).append(f"{across}{down}{text or '-'}")
    return [("" if n >= table.head_rows else ": ") + " | ".join(cells) for n, cells in sorted(rows.items())]


def set_pages(drawing: str) -> tuple[list[PageLayout], Typography]:
    """The pages of a drawing, and their measures."""
    pages = drawing.strip("\n").split("\n====\n")
    layouts = [_set_page(number, page) for number, page in enumerate(pages)]
    right_to_left = is_right_to_left(drawing)
    return layouts, Typography(BODY, LEADING, tuple(_column() for _ in layouts), right_to_left=right_to_left)


def _column() -> BoundingBox:
    return BoundingBox(LEFT, 0.0, LEFT + WIDTH * ADVANCE, 800.0)


def _set_page(number: int, drawing: str) -> PageLayout:
    order = count()
    words: list[Word] = []
    rules: list[Rule] = []
    grounds: list[Picture] = []
    baseline = TOP
    for row in drawing.split("\n"):
        ruled = bool(row.strip()) and not row.strip(" ─│┼")
        height = RULE_ROW if ruled else LEADING
        rules += [Rule(_place(m, baseline + (6.0 if ruled else 3.0), 0.5)) for m in re.finditer("[─┼]+", row)]
        rules += [_upright(m, baseline + RULE_ROW + 6.0, height) for m in re.finditer("[│┼]", row)]
        if not ruled and row.strip():
            words += _set_words(row, baseline, order, grounds)
        baseline -= height
    # As in a file, the place of a page is its number from 1; the first is a title page to the loader.
    page = Page(number, number + 2, "", 500.0, 800.0, tuple(words), tuple(rules), tuple(grounds))
    rows = merge_rows(build_chunks(words))
    turn = is_right_to_left(drawing)
    return PageLayout(page, "", tuple(make_line(number, row, _column(), turn) for row in rows))


def _place(match: re.Match[str], y: float, thickness: float) -> BoundingBox:
    return BoundingBox(LEFT + ADVANCE * match.start(), y, LEFT + ADVANCE * match.end(), y + thickness)


def _upright(match: re.Match[str], top: float, height: float) -> Rule:
    x = LEFT + ADVANCE * (match.start() + 0.5)
    return Rule(BoundingBox(x, top - height - RULE_ROW, x + 0.5, top))


def _set_words(row: str, baseline: float, order: count[int], grounds: list[Picture]) -> list[Word]:
    size = SIZE
    if row.startswith("~ "):
        size, row = 0.8 * SIZE, row[2:]
    words = []
    for match in re.finditer(r"[^\s│─]+", row):
        text = match.group()
        left = LEFT + ADVANCE * match.start()
        # Words are wider than their letters here, so that the spaces between them are narrow as in print.
        right = LEFT + ADVANCE * match.end() + 2.0
        if text.startswith("▓"):
            grounds.append(Picture(BoundingBox(left, baseline - 3.0, right, baseline + 9.0), "rectangle", len(grounds)))
            continue
        font = Font("Serif", size, 700 if text.startswith("*") else 400)
        box = BoundingBox(left, baseline - 0.2 * size, right, baseline + 0.7 * size)
        words.append(Word(text.strip("*"), box, baseline, font, True, next(order)))
    return words
