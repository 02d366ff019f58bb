"""LaTeX's named destinations as a sign: a place called "section.2.3" stands over each heading.

In: the named destinations and the text of the pages. Out: the headings that they stand over, with their
levels. A name tells the rank of the heading, and its number where it has one; the words are those of the
first line after the place. Where a heading did not fit on its page, its place is left behind on the page
before. Anchors of other things have the same names ("section*.7"), so the line must look like a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.counting import LETTERS, read_line_number, read_values
from thesis_convert.loader.structure.headings.candidates import Keys
from thesis_convert.loader.structure.headings.merging import nest
from thesis_convert.loader.structure.headings.search import Located, Match, PageText, make_located
from thesis_convert.loader.structure.headings.styles import find_running_faces, is_label, stands_out
from thesis_convert.page import Destination, Line, PageLayout

BELOW = 0.3
"""The line after a place has its baseline at least so many sizes under it."""
SAME_LEFT = 1.0
"""What begins within so many sizes of a place begins there."""
MAX_DIGITS = 4
"""A name's number with more digits counts no headings."""
MAX_ANCHORS = 5000
"""No thesis has more headings; more places would only take time."""
FLOAT_PAGES = 2
"""So many pages full of figures may stand between a place and its heading."""

_NAME = re.compile(
    r"(?P<kind>part|chapter|appendix|(?:sub){0,2}section|(?:sub)?paragraph)(?P<star>\*?)\.(?P<number>[\w.]+)", re.I
)
CHAPTER = 1
"""The depth of chapters, below parts."""
UNKNOWN = -1
"""The depth of a name that tells none."""
_DEPTHS = {"part": 0, "chapter": CHAPTER, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_DEEPEST = 6


class Anchor(NamedTuple):
    """A place where a heading is to follow.

    `depth` is `UNKNOWN` where the name does not tell the rank: older LaTeX calls all that it does not
    count "section*". `number` has the parts of the heading's number. `left` and `top` are in points.
    """

    depth: int
    number: tuple[str, ...]
    page: int
    left: float | None
    top: float


def list_anchors(destinations: Sequence[Destination]) -> list[Anchor]:
    """The places over headings, in the order of the pages."""
    named = [(match, place) for place in destinations if (match := _NAME.fullmatch(place.name))]
    chapters = any(match["kind"].lower() == "chapter" and not match["star"] for match, _ in named)
    exact = any(match["star"] and match["kind"].lower().startswith(("sub", "para")) for match, _ in named)
    anchors = []
    for match, place in named:
        if place.top is None:
            continue
        kind = match["kind"].lower()
        if kind == "appendix":
            kind = "chapter" if chapters else "section"
        depth = _DEPTHS.get(kind, _DEEPEST) if exact or kind != "section" or not match["star"] else UNKNOWN
        number = () if match["star"] else tuple(match["number"].split("."))
        anchors.append(Anchor(depth, number, place.page, place.left, place.top))
    return sorted(anchors, key=lambda anchor: (anchor.page, -anchor.top))[:MAX_ANCHORS]


def locate_destinations(
    destinations: Sequence[Destination], text: PageText, layouts: Sequence[PageLayout], claimed: Keys
) -> list[Located]:
    """The headings that places with the names of headings stand over. No line that is `claimed` is one of them."""
    found: dict[tuple[int, int], tuple[int, tuple[Line, ...]]] = {}
    finder = _Finder(text, layouts, claimed)
    for anchor in list_anchors(destinations):
        match = finder.find(anchor)
        if match is not None:
            lines = text.with_label(match)
            deepest = max(anchor.depth, found.get(lines[-1].key, (UNKNOWN, ()))[0])
            found[lines[-1].key] = (deepest, lines)
    ranked = [(depth, lines) for depth, lines in found.values() if depth != UNKNOWN]
    return nest(ranked) + [make_located(lines, 0) for depth, lines in found.values() if depth == UNKNOWN]


def find_following(anchor: Anchor, lines: Sequence[Line]) -> int | None:
    """The number of the first line after a place, that of lines where none is; None without lines in its column."""
    above = below = None
    for number, line in enumerate(lines):
        reach = SAME_LEFT * line.size
        if anchor.left is not None and not line.column.left - reach <= anchor.left <= line.column.right + reach:
            continue
        if line.baseline > anchor.top - BELOW * line.size:
            above = number
        elif below is None:
            below = number
    return above + 1 if above is not None else below


class _Finder:
    """Finds the heading after a place."""

    def __init__(self, text: PageText, layouts: Sequence[PageLayout], claimed: Keys) -> None:
        self.pages, self.body, self.layouts, self.claimed = text.pages, text.typography.body, layouts, claimed
        self.running: frozenset[str] | None = None

    def find(self, anchor: Anchor) -> Match | None:
        """The heading, when its look and its number fit the place; in some designs the place is on its baseline."""
        if not 0 <= anchor.page < len(self.pages):
            return None
        start = find_following(anchor, self.pages[anchor.page])
        if start is None or start == len(self.pages[anchor.page]):
            return self._find_later(anchor)
        match = self._check(anchor, anchor.page, start)
        on = self.pages[anchor.page][start - 1] if start > 0 else None
        if match is None and on is not None and _stands_at(on, anchor):
            match = self._check(anchor, anchor.page, start - 1)
        return match

    def _find_later(self, anchor: Anchor) -> Match | None:
        """The heading at the head of the next page, when the place stands low on its own and nothing under it."""
        layout = self.layouts[anchor.page]
        if anchor.top > 0.5 * layout.page.height or any(line.baseline < anchor.top for line in layout.text):
            return None
        following = range(anchor.page + 1, min(anchor.page + 2 + FLOAT_PAGES, len(self.pages)))
        page = next((page for page in following if self.pages[page]), None)
        if page is None or self.pages[page][0] != self.layouts[page].text[0]:
            return None
        return self._check(anchor, page, 0)

    def _check(self, anchor: Anchor, page: int, start: int) -> Match | None:
        lines = self.pages[page]
        line = lines[start]
        number = read_line_number([line])
        values = read_values(number) if number and anchor.number else None
        if line.key in self.claimed or (values is not None and not _fits(values, anchor.number)):
            return None
        bare = is_label(line) or line.text.rstrip(".") in anchor.number[-1:]
        if bare and start + 1 < len(lines) and self._is_set_apart(lines[start + 1]):
            return Match(page, start, start + 2)
        return Match(page, start, start + 1) if values is not None or self._is_set_apart(line) else None

    def _is_set_apart(self, line: Line) -> bool:
        """Whether a line is set as headings are, or in a face that running text has not."""
        if stands_out(line, self.body):
            return True
        if line.font.monospace or line.font.name == self.body.name:
            return False
        if self.running is None:
            self.running = find_running_faces(self.pages)
        return line.font.name not in self.running


def _stands_at(line: Line, anchor: Anchor) -> bool:
    near = abs(line.baseline - anchor.top) <= BELOW * line.size
    return near and anchor.left is not None and abs(line.box.left - anchor.left) <= SAME_LEFT * line.size


def _fits(values: tuple[int, ...], number: tuple[str, ...]) -> bool:
    """Whether a printed number may be that of a name: names keep the full number where less is printed."""
    last = number[-1]
    counts = last.isdecimal() and len(last) <= MAX_DIGITS
    return len(values) <= len(number) and (not counts or values[-1] % LETTERS == int(last))
