"""Pages in a small notation, for tests of what the loader makes of them.

A page is drawn as it looks: every character is half a size wide, so leading spaces indent a line and
its length says how far it runs. The text column is 60 characters wide, the body type 10 points with
12 points of leading. In a line

    *word* is italic    **word** is bold    `word` is monospaced    ^word is raised and small

a line that begins with "# " is set in larger bold type, one that begins with "~ " in smaller type. An
empty line is a gap of one line, "____" the rule over the footnotes, "====" the end of a page. Rows of
▒ are a bitmap, those of ░ the strokes of a drawing, words may stand between them.
"""

from __future__ import annotations

import re
from itertools import count

from thesis_convert.page import BoundingBox, Font, Line, Page, PageLayout, Picture, Typography, Word

SIZE = 10.0
LEADING = 12.0
ADVANCE = 5.0
WIDTH = 60
LEFT = 100.0
TOP = 700.0
BODY = Font("Serif", SIZE)

PAINT = re.compile("▒+|░+")
_TOKEN = re.compile(r"(?P<space>\s*)(?P<mark>\*\*|\*|`|\^)?(?P<text>[^\s*`^]+)(?P<end>\*\*|\*|`)?")


def set_pages(drawing: str) -> tuple[list[PageLayout], Typography]:
    """The pages of a drawing, laid out, and their measures."""
    pages = drawing.strip("\n").split("\n====\n")
    layouts = [_set_page(number, page) for number, page in enumerate(pages)]
    columns = tuple(_column() for _ in layouts)
    return layouts, Typography(BODY, LEADING, columns)


def set_line(text: str, page: int = 0, top: float = TOP) -> Line:
    """One line of a drawing."""
    return _set_line(text, page, top, count())


def _column() -> BoundingBox:
    return BoundingBox(LEFT, 0.0, LEFT + WIDTH * ADVANCE, 800.0)


def _set_page(number: int, drawing: str) -> PageLayout:
    order = count()
    baseline = TOP
    text: list[Line] = []
    notes: list[Line] = []
    pictures: list[Picture] = []
    target = text
    for row in drawing.split("\n"):
        for match in PAINT.finditer(row):
            _paint(match, baseline, pictures)
        row = PAINT.sub(lambda match: " " * len(match.group()), row)
        if row.strip("_") == "" and row:
            target = notes
        elif row.strip():
            target.append(_set_line(row, number, baseline, order))
        baseline -= LEADING
    words = tuple(word for line in (*text, *notes) for word in line.words)
    page = Page(number, number + 1, str(number + 1), 500.0, 800.0, words, pictures=tuple(pictures))
    return PageLayout(page, str(number + 1), tuple(text), tuple(notes))


def _paint(match: re.Match[str], baseline: float, pictures: list[Picture]) -> None:
    """Adds a stroke, or a bitmap, or another row to the bitmap above."""
    left, right = LEFT + ADVANCE * match.start(), LEFT + ADVANCE * match.end()
    box = BoundingBox(left, baseline - 0.2 * LEADING, right, baseline + 0.8 * LEADING)
    kind = "bitmap" if match.group()[0] == "▒" else "drawing"
    for place, other in enumerate(pictures):
        over = other.box.left == left and other.box.right == right and abs(other.box.bottom - box.top) < 0.1
        if kind == other.kind == "bitmap" and over:
            pictures[place] = other._replace(box=other.box._replace(bottom=box.bottom))
            return
    pictures.append(Picture(box, kind, len(pictures)))


def _set_line(row: str, page: int, baseline: float, order: count[int]) -> Line:
    size, weight = SIZE, 400
    if row.startswith("# "):
        size, weight, row = 1.6 * SIZE, 700, row[2:]
    elif row.startswith("~ "):
        size, row = 0.8 * SIZE, row[2:]
    advance = ADVANCE * size / SIZE
    words: list[Word] = []
    style, left = "", LEFT
    for token in _TOKEN.finditer(row):
        left += advance * len(token["space"])
        style = token["mark"] or style
        raised = style == "^"
        font = Font(
            "Mono" if style == "`" else "Serif",
            0.6 * size if raised else size,
            700 if style == "**" else weight,
            italic=style == "*",
            monospace=style == "`",
        )
        right = left + len(token["text"]) * advance * (0.6 if raised else 1.0)
        lift = 0.4 * size if raised else 0.0
        box = BoundingBox(left, baseline + lift - 0.2 * font.size, right, baseline + lift + 0.8 * font.size)
        spaced = bool(token["space"]) or not words
        words.append(Word(token["text"], box, baseline + lift, font, spaced, next(order)))
        left = right
        if raised or token["end"]:
            style = ""
    main = next((w.font for w in words if w.baseline == baseline), words[0].font)
    box = BoundingBox(words[0].box.left, baseline - 0.2 * size, words[-1].box.right, baseline + 0.8 * size)
    text = "".join((" " if w.space_before and n else "") + w.text for n, w in enumerate(words))
    return Line(page, tuple(words), box, baseline, main, text, _column())
