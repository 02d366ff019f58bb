"""Pages of lines from a text notation, for tests of title pages.

A line of the notation is a line of the page: its size in points, letters for its type (b bold, i
italic) and its place (< at the left margin, > at the right, else centred), and its words. "||" parts
columns. An empty line is space, one of "-" half as much. The page is A4, with a column of 453 points.
"""

from __future__ import annotations

import re
import textwrap

from thesis_convert.page import BoundingBox, Font, Line, Page, PageLayout, Typography, Word

COLUMN = BoundingBox(71.0, 71.0, 524.0, 771.0)
BODY = 11.0
_NOTATION = re.compile(r"(?P<size>\d+(?:\.\d+)?)(?P<style>[bi]*)(?P<side>[<>]?) (?P<text>.*)")
_WIDE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def make_lines(notation: str, page: int = 0) -> tuple[Line, ...]:
    """The lines of a page, from its top down."""
    lines: list[Line] = []
    baseline = COLUMN.top
    size = BODY
    for row in textwrap.dedent(notation).removeprefix("\n").rstrip().split("\n"):
        match = _NOTATION.fullmatch(row.strip())
        if match is None:
            assert row.strip() in ("", "-"), f"not in the notation: {row!r}"
            baseline -= (0.8 if row.strip() else 1.6) * size
            continue
        size = float(match["size"])
        baseline -= 1.25 * size
        font = Font("Serif", size, 700 if "b" in match["style"] else 400, "i" in match["style"])
        lines.append(make_line(match["text"], font, match["side"], baseline, page, 100 * len(lines)))
    return tuple(lines)


def make_line(text: str, font: Font, side: str, baseline: float, page: int, order: int) -> Line:
    """One line; its words are in reading order, as from right to left in scripts read so."""
    right_to_left = _RIGHT_TO_LEFT.search(text) is not None
    columns = [column.strip() for column in text.split("||")]
    words: list[Word] = []
    for number, column in enumerate(columns):
        width = _measure(column, font.size)
        left = COLUMN.left + (COLUMN.width - width) / 2
        if side == "<" or len(columns) > 1:
            left = COLUMN.left + number * COLUMN.width / len(columns)
        elif side == ">":
            left = COLUMN.right - width
        x = left + width if right_to_left else left
        for place, token in enumerate(column.split()):
            length = _measure(token, font.size)
            x -= length if right_to_left else 0
            box = BoundingBox(x, baseline - 0.2 * font.size, x + length, baseline + 0.7 * font.size)
            words.append(Word(token, box, baseline, font, bool(place or number), order + len(words)))
            x += -0.25 * font.size if right_to_left else length + 0.25 * font.size
    boxes = [word.box for word in words]
    box = BoundingBox(min(b.left for b in boxes), boxes[0].bottom, max(b.right for b in boxes), boxes[0].top)
    joined = " ".join(columns)
    return Line(page, tuple(words), box, baseline, font, joined, COLUMN, right_to_left)


def make_layout(notation: str, page: int = 0, furniture: str = "") -> PageLayout:
    """A page as laid out."""
    return PageLayout(
        Page(page, page + 1, "", 595.0, 842.0, ()),
        "",
        make_lines(notation, page) if notation.strip() else (),
        furniture=make_lines(furniture, page) if furniture else (),
    )


def make_typography(pages: int) -> Typography:
    return Typography(Font("Serif", BODY), 1.3 * BODY, (COLUMN,) * pages)


def _measure(text: str, size: float) -> float:
    return sum(1.0 if _WIDE.match(c) else 0.25 if c == " " else 0.5 for c in text) * size
