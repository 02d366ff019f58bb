"""Keeps the words that stand on their side outside tables and figures.

In: the flow, the pages as laid out, and the tables and figures that were found. Out: the flow with a paragraph
for each run of turned lines that none of these has. What stands at the same place on other pages is furniture:
the stamp of an archive, or the name of the chapter at the edge; so is what stands where upright pages have their
running heads, on a page that is shown on its side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from thesis_convert.loader.structure.figure_labels import read_turned_lines
from thesis_convert.loader.structure.folding import fold_title
from thesis_convert.page import Block, BoundingBox, FigureDetail, Line, PageLayout, TableDetail

RECURRING = 3
"""Words at one place on so many pages are furniture."""
SAME_PLACE = 6.0
"""Points by which that place may differ."""
MIN_LETTERS = 3
"""Fewer letters are the label of an axis or of a row, and tell nothing alone."""
REACH = 2.0
"""A label stands within so many sizes of its figure."""
SAME_HEIGHT = 3
"""Points by which the height of running heads may differ."""
LEADING = 2.5
"""Lines on their side that are further apart than so many sizes are no one text."""

Run = list[Line]


def insert_turned_words(flow: Sequence[Block], layouts: Sequence[PageLayout], claimed: Sequence[Block]) -> list[Block]:
    """The flow with the turned words that no table or figure among `claimed` has, each run at its height."""
    result = list(flow)
    for found in _find_turned_words(layouts, claimed):
        page, top = found.place
        after = (
            n for n, block in enumerate(result) if block.page > page or (block.page == page and block.place[1] < top)
        )
        result.insert(next(after, len(result)), found)
    return result


def _find_turned_words(layouts: Sequence[PageLayout], claimed: Sequence[Block]) -> list[Block]:
    found: list[Run] = []
    heads = Counter((round(layout.page.height), round(f.baseline)) for layout in layouts for f in layout.furniture)
    for layout in layouts:
        if any(word.turns for word in layout.page.words):
            page = layout.page
            lines = read_turned_lines(page, BoundingBox(0.0, 0.0, page.width, page.height))
            boxes = [box for block in claimed for box in _list_boxes(block, page.index)]
            lines = [line for line in lines if not _stands_in(line, boxes) and not _is_head(line, layout, heads)]
            found += _split_runs(lines)
    places = Counter(_find_place(run) for run in found)
    return [
        Block("paragraph", tuple(run), (run[0].page, max(line.box.top for line in run)))
        for run in found
        if places[_find_place(run)] < RECURRING and _count_letters(run) >= MIN_LETTERS
    ]


def _list_boxes(block: Block, page: int) -> Iterator[BoundingBox]:
    """The part of the page that a table or figure takes."""
    if block.page == page and isinstance(block.detail, FigureDetail | TableDetail):
        yield block.detail.box
    yield from (line.box for line in block.lines if line.page == page)


def _stands_in(line: Line, boxes: Sequence[BoundingBox]) -> bool:
    left, bottom, right, top = line.box
    reach = REACH * line.size
    around = BoundingBox(left - reach, bottom - reach, right + reach, top + reach)
    return any(box.height > 0 and around.overlap(box) > 0 for box in boxes)


def _is_head(line: Line, layout: PageLayout, heads: Counter[tuple[int, int]]) -> bool:
    """Whether a line stands where upright pages as high as its page is wide have furniture."""
    height = round(layout.page.width)
    rise = {1: layout.page.width - line.baseline, 3: line.baseline}.get(line.words[0].turns)
    if rise is None:
        return False
    near = range(round(rise) - SAME_HEIGHT, round(rise) + SAME_HEIGHT + 1)
    return sum(heads[high, place] for high in (height - 1, height, height + 1) for place in near) >= RECURRING


def _split_runs(lines: Sequence[Line]) -> Iterator[Run]:
    """Lines in drawing order that are turned alike and follow each other at a line's distance."""
    run: Run = []
    for line in lines:
        last = run[-1] if run else None
        turned = last is not None and last.words[0].turns == line.words[0].turns
        if last is not None and not (turned and abs(last.baseline - line.baseline) < LEADING * line.size):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _find_place(run: Run) -> tuple[int, int, str]:
    """Where a run stands, and how it begins, numbers left aside."""
    box = run[0].box
    text = "".join(filter(str.isalpha, fold_title(run[0].text)))
    return round(box.left / SAME_PLACE), round(box.bottom / SAME_PLACE), text[:12]


def _count_letters(run: Run) -> int:
    return sum(char.isalpha() for line in run for char in line.text)
