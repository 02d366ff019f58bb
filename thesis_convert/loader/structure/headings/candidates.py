"""Finds the groups of lines that may be headings by how they look.

In: pages of lines. Out: `Candidate` values in reading order: lines in a type of their own, or beginning
with a number, that stand apart from the text. Lines of one heading are put together, and a chapter's
number with its title. Most lines are in the body's type and begin with no number, so nearly all of them
are passed over at one look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.continuity import first_width
from thesis_convert.loader.structure.counting import read_line_number
from thesis_convert.loader.structure.headings.search import FITTING, MAX_LINES
from thesis_convert.loader.structure.headings.styles import (
    LARGER,
    Style,
    is_caption,
    is_centred,
    is_in_capitals,
    is_label,
    main_line,
    order_label_first,
    read_style,
    stands_out,
)
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.loader.structure.numbering import Numbered, begins_rank, may_count, read_number
from thesis_convert.page import Line, Typography

MAX_LENGTH = 260
"""No heading has more characters."""
SPACE_ABOVE = 1.22
"""Space over a heading, from baseline to baseline, as a share of what lines without a break are apart."""
SAME_SIZE = 0.04
"""Types whose sizes differ by less than this share are one."""
LABEL_REACH = 7.0
"""A chapter's number and its title are at most so many sizes apart."""
CLOSE_LINES = 1.3
"""Lines of one heading are no further apart than this share of the distance that the body's type would have."""
SAME_INDENT = 0.3
"""Indents that differ by less than so many sizes are one."""
CLOSE = 4.0
"""A line that ends with less slack, in sizes, may go on in the next: hyphenation is not always used."""
SHORT = 0.3
"""A line that leaves more than this share of its column free is no full one."""
COLUMN_GAP = 1.0
"""Words further apart than so many sizes stand in columns of a table, but for a heading's number."""


class Candidate(NamedTuple):
    """Lines that may be a heading; the line with the chapter's number comes first.

    `apart` is 2 where space stands over it or a page begins, 1 where it is only a paragraph of its own,
    0 where it goes on with the text. `alone` says that text follows, not another heading. `indented`
    says that the text under it is indented, as that of a description list is; `runs_on` that the
    sentence goes on in the next line. `place` is the page's index and the first line's number there.
    """

    lines: tuple[Line, ...]
    text: str
    style: Style
    number: Numbered | None
    apart: int
    head: bool
    leads: bool
    indented: bool
    runs_on: bool
    place: tuple[int, int]

    @property
    def title(self) -> str:
        """The text without the number, where words follow it."""
        return self.number.title if self.number and self.number.title else self.text

    @property
    def key(self) -> tuple[int, int]:
        return self.lines[0].key

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def main(self) -> Line:
        return main_line(self.lines)


Keys = frozenset[tuple[int, int]]


def find_candidates(
    pages: Sequence[Sequence[Line]],
    typography: Typography,
    used: Keys,
    claimed: Keys,
    faces: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """All groups that may be headings by their type or number.

    The lines `used` are headings already; those `claimed` belong to tables, figures and the like. `faces` are the
    names of those that only titles are set in.
    """
    found: list[Candidate] = []
    following: Line | None = None
    for lines in reversed(pages):
        found = _Page(lines, following, typography, used, claimed, faces).find() + found
        following = lines[0] if lines else following
    return found


class _Page:
    """Finds the candidates of one page; `following` is the first line of the next one."""

    def __init__(
        self,
        lines: Sequence[Line],
        following: Line | None,
        typography: Typography,
        used: Keys,
        claimed: Keys,
        faces: frozenset[str],
    ) -> None:
        self.lines, self.following, self.typography = lines, following, typography
        self.used, self.claimed, self.faces = used, claimed, faces
        self.spacing = max(1.2, typography.leading / typography.size)

    def find(self) -> list[Candidate]:
        groups: list[tuple[int, int]] = []
        start: int | None = None
        for place in range(len(self.lines)):
            if start is not None and not (self._may_be(place) and self._continues(start, place)):
                groups.append((start, place))
                start = None
            if start is None and self._may_be(place):
                start = place
        if start is not None:
            groups.append((start, len(self.lines)))
        groups = self._join_labels(groups)
        starts = {start for start, _ in groups}
        return [c for start, end in groups if (c := self._make(start, end, starts)) is not None]

    def _may_be(self, place: int) -> bool:
        if not self._looks_apart(place):
            return False
        key = self.lines[place].key
        return key not in self.used and key not in self.claimed

    def _looks_apart(self, place: int) -> bool:
        """Whether a line's type or number, and the space over it, set it apart from running text."""
        line = self.lines[place]
        font, body = line.font, self.typography.body
        if font == body and line.words[0].font == body:
            text = line.text
            if text.isupper() and is_in_capitals(text):
                return self._has_space(place)
            if may_count(text) or line.words[0].color != 0:
                return self._may_rank(place)
            return line.slack > SHORT * line.column.width and self._has_space(place) and is_label(line)
        if stands_out(line, body) or font.name in self.faces:
            return not is_caption(line)
        # The face of another script, or sans serif, of the text's weight.
        other = read_style(line).name != body.name and not font.monospace
        return other and may_count(line.text) and self._may_rank(place) and not is_caption(line)

    def _may_rank(self, place: int) -> bool:
        """Whether space stands over a line, or a number that needs none: that of a rank below sections in East Asia."""
        line = self.lines[place]
        short = line.slack > SHORT * line.column.width
        return self._has_space(place) or (short and begins_rank(line.text))

    def _has_space(self, place: int) -> bool:
        return place == 0 or self._gap(place) >= SPACE_ABOVE

    def _gap(self, place: int) -> float:
        """The distance to the line above, as a share of what lines without a break are apart."""
        above, line = self.lines[place - 1], self.lines[place]
        step = above.baseline - line.baseline
        return step / self._leading(line) if step > 0 else SPACE_ABOVE

    def _leading(self, line: Line) -> float:
        return max(self.typography.leading, 1.2 * line.size)

    def _continues(self, start: int, place: int) -> bool:
        """Whether a line goes on with the heading that the lines before it are."""
        above, line = self.lines[place - 1], self.lines[place]
        style, other = read_style(above), read_style(line)
        if (
            abs(style.size - other.size) > SAME_SIZE * style.size
            or style[1:4] != other[1:4]
            or style.color != other.color
        ):
            return False
        step = above.baseline - line.baseline
        if not 0 < step < CLOSE_LINES * self.spacing * line.size:
            return False
        if style.capitals != other.capitals and above.text.isupper() != line.text.isupper():
            return False
        number = read_line_number([line])
        if number and (number.title or number.kind) and not is_label(above):
            return False
        if is_label(above) or above.text.endswith("-") or self._hangs(start, line):
            return True
        if is_centred(above) and (is_centred(line) or line.slack < line.size):
            return True
        return above.slack <= first_width(line) + FITTING * line.size

    def _hangs(self, start: int, line: Line) -> bool:
        """Whether a line begins where the title begins after its number."""
        first = self.lines[start]
        if len(first.words) < 2 or read_line_number([first]) is None:
            return False
        return abs(line.box.left - first.words[1].box.left) < 0.3 * line.size

    def _join_labels(self, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Puts a group that is only a chapter's number together with the title under it."""
        joined: list[tuple[int, int]] = []
        for group in groups:
            if joined and joined[-1][1] == group[0] and self._labels(joined[-1], group):
                joined[-1] = (joined[-1][0], group[1])
            else:
                joined.append(group)
        return joined

    def _labels(self, above: tuple[int, int], below: tuple[int, int]) -> bool:
        lines, title = self.lines[slice(*above)], self.lines[slice(*below)]
        if not all(is_label(line) for line in lines) and not all(is_label(line) for line in title):
            return False
        if all(is_label(line) for line in lines):
            number = read_number(" ".join(line.text for line in title))
            if number and number.title and (number.kind or len(number.parts) > 1):
                return False
        size = max(line.size for line in (*lines, *title))
        return abs(lines[-1].baseline - title[0].baseline) < LABEL_REACH * size

    def _make(self, start: int, end: int, starts: set[int]) -> Candidate | None:
        lines = self.lines[start:end]
        ordered = order_label_first(lines)
        text = " ".join(line.text for line in ordered)
        if (
            len(lines) > MAX_LINES
            or len(text) > MAX_LENGTH
            or _count_letters(text) < 2
            or any(map(_has_columns, lines))
        ):
            return None
        following = self.lines[end] if end < len(self.lines) else None
        main = main_line(ordered)
        return Candidate(
            ordered,
            text,
            read_style(main),
            read_line_number(ordered, text),
            self._measure_apart(start, end),
            start == 0,
            end not in starts and self._is_text(following or self.following),
            following is not None and self._is_indented(end, main),
            self._runs_on(end),
            (lines[0].page, start),
        )

    def _measure_apart(self, start: int, end: int) -> int:
        if self._has_space(start) or self.lines[start - 1].key in self.used:
            return 2
        above = self.lines[start - 1]
        ended = (
            above.slack > 2 * above.size
            or bool(re.search(r"[.!?:。！？：]\W?$", above.text))
            or stands_out(above, self.typography.body)
        )
        return 1 if ended else 0

    def _runs_on(self, end: int) -> bool:
        """Whether a sentence begun goes on under the lines before `end`, or fills its line as text does."""
        last = self.lines[end - 1]
        if last.font == self.typography.body and last.slack < last.size:
            return True
        if end == len(self.lines):
            return False
        under = self.lines[end]
        near = 0 < last.baseline - under.baseline < SPACE_ABOVE * self._leading(under)
        return near and last.slack < CLOSE * last.size and (under.text[:1].islower() or last.text.endswith("-"))

    def _is_text(self, line: Line | None) -> bool:
        """Whether a line is one of the text, not another heading."""
        if line is None or line.key in self.used:
            return False
        return line.size < LARGER * self.typography.size or line.key in self.claimed

    def _is_indented(self, place: int, main: Line) -> bool:
        under = self.lines[place : place + 2]
        if read_marker(under[0]) is not None:
            return False  # a list may begin a section
        usual = self.typography.paragraph_indent
        if usual and abs(under[0].indent - usual) < SAME_INDENT * main.size:
            return False  # a paragraph begins so
        return abs(main.indent) < main.size and all(line.indent > main.size and not is_centred(line) for line in under)


def _has_columns(line: Line) -> bool:
    """Whether words stand far apart, as the cells of a table do; a number may stand off from its title."""
    gap = COLUMN_GAP * line.size
    words = line.words[1:] if may_count(line.text) else line.words
    if sum(len(word.text) == 1 for word in words) > 0.5 * len(words):
        return False  # letter-spaced
    return any(b.box.left - a.box.right > gap or a.box.left - b.box.right > gap for a, b in pairwise(words))


def _count_letters(text: str) -> int:
    return sum(c.isalpha() for c in text)
