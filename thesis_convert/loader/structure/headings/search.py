"""Looks for titles in the text of the pages.

In: the pages of lines, and a title that the file or its contents speak of. Out: the lines that print it.
A title is looked for by its letters and digits alone, so that lines, hyphens and spaces may fall as they
like; the number may be missing on either side, and marks of notes may follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from thesis_convert.loader.structure.continuity import first_width
from thesis_convert.loader.structure.counting import read_line_number
from thesis_convert.loader.structure.headings.styles import is_centred, is_label, is_large_number, stands_out
from thesis_convert.loader.structure.numbering import Numbered, fold_letters, may_count, read_number
from thesis_convert.page import Line, Typography

MAX_LINES = 6
"""No heading runs over more lines."""
FITTING = 0.4
"""Slack, in sizes, left over after a next word would have fitted into the line."""

NEAR = 2
"""Pages by which a printed page number may be wrong: contents are not always brought up to date."""
REACH = 2.0
"""A bookmark leads to a place within this many sizes over its heading, or half as many under it."""
SIMILAR = 0.75
"""Share of letters that a bookmark and its heading have in common, at least."""
MARKS = 2
"""Digits that the marks of notes add at a heading's end, at most."""
MAX_LABEL = 24
"""No number of a heading has more letters and digits ("Chapter Seventeen")."""
LABEL_REACH = 6.0
"""A chapter's number stands beside its title, or at most so many sizes, or lines of text, over it."""
TIGHT = 1.5
"""Lines of one heading follow each other within so many sizes."""
SPACED = 1.1
"""Or within so many times the text's own leading, in sizes of their type, where the one above is full."""
LARGE = 1.4
"""A number in type so much larger than the text's belongs to the title below, however that is set."""


class Evidence(NamedTuple):
    """A heading that the file or its contents speak of. `level` counts from 1.

    `top` is the height on the page, in points, that a bookmark leads to.
    """

    title: str
    label: str
    level: int
    page: int | None
    top: float | None = None


class Located(NamedTuple):
    """A heading's lines, that with the chapter's number first, and its level, 0 where nothing tells it."""

    lines: tuple[Line, ...]
    level: int
    number: Numbered | None


class Match(NamedTuple):
    """Where a title is printed: the page and the numbers of its lines there, [start, end)."""

    page: int
    start: int
    end: int


def make_located(lines: tuple[Line, ...], level: int) -> Located:
    return Located(lines, level, read_line_number(lines))


class PageText:
    """The lines of all pages, to be searched by letters and digits alone."""

    def __init__(self, pages: Sequence[Sequence[Line]], typography: Typography) -> None:
        self.pages = pages
        self.typography = typography
        self._folded: list[list[str] | None] = [None] * len(pages)
        self._index: dict[str, list[tuple[int, int]]] | None = None

    def find_all(self, item: Evidence) -> list[Match]:
        """All places where a title is printed on lines of its own."""
        index = self._index_lines()
        places = {*index.get(_first_letters(item.title), ()), *index.get(_first_letters(item.label + item.title), ())}
        return [match for place in sorted(places) if (match := self._match(item, *place)) is not None]

    def find_on_page(self, item: Evidence, page: int) -> list[Match]:
        """The places on one page where a title is printed, wherever its number may stand."""
        if not 0 <= page < len(self.pages):
            return []
        found = (self._match(item, page, start) for start in range(len(self.pages[page])))
        matches = [match for match in found if match is not None]
        return matches or [match for match in (self._find_by_number(item, page),) if match is not None]

    def find_best(self, item: Evidence) -> tuple[Line, ...] | None:
        """The lines that print a title, on its page or near it."""
        near = [match for match in self.find_all(item) if item.page is None or abs(match.page - item.page) <= NEAR]
        if item.page is not None and not any(match.page == item.page for match in near):
            near += self.find_on_page(item, item.page)
        best = min(near, key=lambda match: (self.cost(match, item.page, item.top), match), default=None)
        return self.with_label(best) if best else None

    def cost(self, match: Match, page: int | None, top: float | None = None) -> float:
        """How unlikely a match is: by its distance from where it should be, and a type that headings do not have."""
        line = self.pages[match.page][match.start]
        cost = 2.0 * abs(match.page - page) if page is not None else 0.0
        if top is not None and match.page == page:
            cost += min(1.0, abs(top - line.box.top) / (20 * line.size))
        return (
            cost - 0.5 * stands_out(line, self.typography.body) - min(1.0, 0.5 * (line.size / self.typography.size - 1))
        )

    def find_at_place(self, item: Evidence) -> tuple[Line, ...] | None:
        """The lines at the place that a bookmark leads to, when its words differ a little: short titles, formulas."""
        if item.page is None or item.top is None or not 0 <= item.page < len(self.pages):
            return None
        lines = self.pages[item.page]
        title = fold_letters(item.title)
        for start, line in enumerate(lines):
            if not -REACH * line.size < item.top - line.baseline < 2 * REACH * line.size:
                continue
            printed = ""
            for end in range(start, min(start + MAX_LINES, len(lines))):
                if end > start and _has_number(lines[end]):
                    break
                printed += self._fold(item.page)[end]
                if _is_like(printed, title, fold_letters(item.label)):
                    return tuple(lines[start : end + 1])
        return None

    def with_label(self, match: Match) -> tuple[Line, ...]:
        """A title's lines, with one above or below that is only its number: "Chapter 3" over "Methods"."""
        lines = self.pages[match.page]
        end = self._end_of_heading(match.page, match.end - 1)
        matched = tuple(lines[match.start : end])
        number = read_line_number(matched)
        if (number is not None and number.parts) or (number is None and is_label(matched[0])):
            return matched
        labels: list[Line] = []
        for start in range(match.start - 1, max(-1, match.start - 3), -1):
            if not self._labels(lines[start], labels[0] if labels else matched[0], matched[0]):
                break
            labels.insert(0, lines[start])
        if labels and self._is_alone(lines, match.start - len(labels), labels):
            return (*labels, *matched)
        under = lines[end] if end < len(lines) else None
        if under is not None and is_label(under) and under.size > 1.5 * self.typography.size:
            return (under, *matched)
        return matched

    def _labels(self, line: Line, under: Line, title: Line) -> bool:
        letter = len(line.words) == 1 and is_large_number(line.words[0], title)
        if not is_label(line) and not letter:
            return False
        reach = LABEL_REACH * max(line.size, title.size, self.typography.leading)
        near = 0 <= line.baseline - under.baseline < reach
        large = line.size >= min(0.9 * title.size, LARGE * self.typography.size)
        return near and (large or line.font.bold == title.font.bold or line.text.isupper())

    def _is_alone(self, lines: Sequence[Line], start: int, labels: Sequence[Line]) -> bool:
        """Whether a number stands apart from the text above, as no list item does."""
        label = labels[0]
        return start == 0 or lines[start - 1].baseline - label.baseline > 1.4 * label.size

    def _match(self, item: Evidence, page: int, start: int) -> Match | None:
        """The lines from one on, when they print a title and nothing else."""
        title = fold_letters(item.title)
        whole = fold_letters(item.label) + title
        lines, folded = self.pages[page], self._fold(page)
        text = ""
        for end in range(start, min(start + MAX_LINES, len(lines))):
            text += folded[end]
            if text in (title, whole) or (
                len(text) > len(title) and self._is_title(text, title, whole, lines[start : end + 1])
            ):
                return Match(page, start, end + 1)
            if len(text) > len(whole) + MAX_LABEL:
                return None
        return None

    def _is_title(self, text: str, title: str, whole: str, lines: Sequence[Line]) -> bool:
        """Whether a text is the title with its number before it, or the marks of notes after it."""
        for wanted in (title, whole):
            rest = text[len(wanted) :]
            if text.startswith(wanted) and len(rest) <= MARKS and rest.isdigit():
                return True
        if not text.endswith(title) or len(text) - len(title) > MAX_LABEL:
            return False
        number = read_number(" ".join(line.text for line in lines))
        if number is None or fold_letters(number.title) != title:
            return False
        # The title "Appendices" over "A.1 Levels" is a heading of its own, as no word over its number is.
        head = read_number(lines[0].text) if len(lines) > 1 and len(number.parts) > 1 else None
        return head is None or not head.kind or head.parts != ()

    def _find_by_number(self, item: Evidence, page: int) -> Match | None:
        """A heading with the entry's number, when the printed title is longer or worded otherwise."""
        wanted = read_number(f"{item.label} {item.title}")
        if wanted is None or not item.label or not wanted.parts:
            return None
        lines = self.pages[page]
        for start, line in enumerate(lines):
            label = is_label(line)
            number = read_line_number([line]) if label or may_count(line.text) else None
            if not number or number.parts != wanted.parts or not stands_out(line, self.typography.body):
                continue
            if label and number.kind:  # "Chapter 3" over a title that may be quite another than the short one
                if start + 1 < len(lines) and stands_out(lines[start + 1], self.typography.body):
                    return Match(page, start + 1, self._end_of_heading(page, start + 1))
                continue
            common = SequenceMatcher(None, fold_letters(number.title), fold_letters(item.title), autojunk=False)
            if common.ratio() >= 0.5:
                return Match(page, start, self._end_of_heading(page, start))
        return None

    def _end_of_heading(self, page: int, start: int) -> int:
        lines = self.pages[page]
        end = start + 1
        spaced = max(TIGHT, SPACED * self.typography.leading / self.typography.size)
        while end < min(len(lines), start + MAX_LINES):
            above, line = lines[end - 1], lines[end]
            near = (TIGHT if is_centred(line) else spaced) * line.size
            if line.font != above.font or not 0 < above.baseline - line.baseline < near:
                break
            if not stands_out(line, self.typography.body) or _has_number(line):
                break
            if not is_centred(line) and above.slack > first_width(line) + FITTING * line.size:
                break
            end += 1
        return end

    def _fold(self, page: int) -> list[str]:
        folded = self._folded[page]
        if folded is None:
            folded = self._folded[page] = [fold_letters(line.text) for line in self.pages[page]]
        return folded

    def _index_lines(self) -> dict[str, list[tuple[int, int]]]:
        """Where lines begin with some letters: (page index, line number)."""
        if self._index is None:
            index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
            for page, lines in enumerate(self.pages):
                for place, line in enumerate(lines):
                    index[_first_letters(line.text)].append((page, place))
                    number = read_number(line.text) if may_count(line.text) else None
                    if number and number.title:
                        index[_first_letters(number.title)].append((page, place))
            self._index = dict(index)
        return self._index


def _has_number(line: Line) -> bool:
    return may_count(line.text) and read_line_number([line]) is not None


def _first_letters(text: str) -> str:
    text = text[:24]
    return ("".join(filter(str.isalnum, text.lower())) if text.isascii() else fold_letters(text))[:6]


def _is_like(printed: str, title: str, label: str) -> bool:
    """Whether a printed heading is a title in slightly other words."""
    if len(title) < 4:
        return False
    bare = printed.removeprefix(label) if label else printed
    if bare.startswith(title) and len(bare) <= len(title) + MARKS:
        return True
    return SequenceMatcher(None, bare, title, autojunk=False).ratio() >= SIMILAR
