"""Reads the printed contents pages, and the lists of figures, tables and listings that look alike.

In: pages of lines. Out: the entries with their printed page numbers, and which lines they take. An
entry ends with a page number after dot leaders or a wide gap; entries stand close together, their page
numbers rise, and a title of a few known words stands over them. Titles that run over two lines, and
entries without a page number (parts) are told apart by what their own lines begin with.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.document import SectionKind
from thesis_convert.loader.structure.contents_levels import ContentsEntry, RawEntry, assign_levels
from thesis_convert.loader.structure.contents_marks import Mark, page_value, read_mark
from thesis_convert.loader.structure.divisions import (
    is_chapter_contents_title,
    is_contents_title,
    is_list_title,
    section_kind,
)
from thesis_convert.loader.structure.folding import fold_title
from thesis_convert.loader.structure.numbering import may_count, read_number
from thesis_convert.page import Block, Line, PageLayout, Typography

MIN_ENTRIES = 4
"""Fewer entries on a page without a title of contents are a chance likeness."""
MIN_NUMBERED = 2
"""So many entries under a chapter's title, all numbered, are the chapter's own contents."""
ENTRY_SHARE = 0.4
"""Share of a contents page's lines that end as entries do; the others are first lines of long titles."""
RISING = 0.75
"""Share of entries whose page number is no lower than the one before; an index goes back and forth."""
MAX_TITLE = 60
"""No title of a list is longer, in characters."""
MAX_PENDING = 3
"""No title runs over more lines before the one with the page number."""
WRAP_STEP = 1.75
"""Lines of one title are less than so many sizes apart, unless the whole contents are set as wide."""
SHORT = 0.5
"""A line that leaves more of its column free is no first line of a title, unless the next one hangs."""
HEAD_LINES = 4
"""The title of contents is among the first lines of a page, or is set in a type of its own."""
AS_LARGE = 0.95
"""Titles of two lists on one page are set in one size; entries are smaller than this share of it."""
LATE = 0.5
"""After this share of the pages, what looks like contents may be an index of terms."""
TERMS = frozenset({"abbreviations", "glossary"})
"""Lists of words whose page numbers they may tell: what stands before the number is said nowhere else."""
MIN_TERMS = 6
"""So many entries in the order of the alphabet are no contents."""
SORTED = 0.9
"""Share of the entries of an index that follow the one before in the alphabet: signs are sorted otherwise."""
INDEX = "index"
"""This and such lists stay in the thesis; at the front, "index" is the title of contents in some languages."""


class PrintedContents(NamedTuple):
    """The entries of the contents pages, and the blocks to leave out (also lists of figures and tables)."""

    entries: tuple[ContentsEntry, ...]
    omitted: tuple[Block, ...]


def read_contents(layouts: Sequence[PageLayout], typography: Typography) -> PrintedContents:
    """The thesis's own tables of contents and lists of figures, tables and listings."""
    reader = _Reader(typography)
    for layout in layouts:
        reader.read_page(layout.text, layout.page.index, len(layouts))
    return PrintedContents(assign_levels(reader.entries, typography), tuple(reader.omitted))


class _Reader:
    """Goes through the pages; `kind` is the list that the page before ended in, "" outside of any."""

    def __init__(self, typography: Typography) -> None:
        self.size = typography.size
        self.body = typography.body
        self.kind = ""
        self.entries: list[RawEntry] = []
        self.omitted: list[Block] = []

    def read_page(self, lines: Sequence[Line], page: int, pages: int) -> None:
        marks = [read_mark(line) for line in lines]
        self._take_small(lines, marks)
        late = page > LATE * pages
        titles = self._find_titles(lines, marks, late) if any(marks) else {}
        if self.kind == INDEX and not titles:
            return
        if not self._holds_entries(lines, marks, titles, late):
            self.kind = ""
            return
        start = 0
        borders = [*sorted(titles), len(lines)]
        for place in borders:
            if place > start:
                self._read_list(lines, marks, titles, start, place)
            start = place

    def _take_small(self, lines: Sequence[Line], marks: list[Mark | None]) -> None:
        """Leaves out the small contents of a chapter; the marks of their entries count no more."""
        for start in range(len(lines) - 1 if any(marks) else 0):
            if marks[start] or not marks[start + 1] or not is_chapter_contents_title(lines[start].text):
                continue
            end = place = start + 1
            while place < len(lines) and (marks[place] or self._goes_on(lines, marks, place)):
                place += 1
                end = place if marks[place - 1] else end
            self.omitted.append(Block("omitted", tuple(lines[start:end]), (lines[start].page, lines[start].box.top)))
            marks[start:end] = [None] * (end - start)

    def _goes_on(self, lines: Sequence[Line], marks: Sequence[Mark | None], place: int) -> bool:
        """Whether a line is part of a title that ends as an entry a few lines later."""
        for number in range(place, min(place + MAX_PENDING, len(lines) - 1)):
            if marks[number]:
                return True
            if not self._wraps(lines[number], lines[number + 1]):
                return False
        return False

    def _find_titles(self, lines: Sequence[Line], marks: Sequence[Mark | None], late: bool) -> dict[int, str]:
        """The lines that are titles of lists, with the kinds of these."""
        found = {}
        for number, line in enumerate(lines):
            if marks[number] is not None or len(line.text) > MAX_TITLE:
                continue
            if number >= HEAD_LINES and line.font == self.body and not any(marks[number + 1 : number + 3]):
                continue
            title = _cut_number(line.text)
            if is_list_title(title):
                found[number] = "list"
            elif self._keeps_list(section_kind(title), number, lines, found, late):
                found[number] = INDEX
            elif is_contents_title(title):
                found[number] = "contents"
        return found

    def _keeps_list(
        self, kind: SectionKind | None, number: int, lines: Sequence[Line], found: Collection[int], late: bool
    ) -> bool:
        """Whether a title of a kind is that of a list that stays, and no entry of contents that begin on the page."""
        line = lines[number]
        if kind not in TERMS:
            return kind == INDEX and late and bool(self.entries)
        if line.font == self.body or (number >= HEAD_LINES and line.size <= self.size):
            return False
        return all(line.size > AS_LARGE * lines[other].size for other in found)

    def _holds_entries(
        self, lines: Sequence[Line], marks: Sequence[Mark | None], titles: dict[int, str], late: bool
    ) -> bool:
        found = [mark for mark in marks if mark]
        leaders = sum(mark.leaders for mark in found)
        # Leaders lead to the page numbers of an index of terms, too, and to the words of a dictionary.
        if not found or ((late or leaders < MIN_ENTRIES) and not _is_rising(marks, titles)):
            return False
        if late and all(page_value(mark.page) is None for mark in found):
            return False
        if late and not titles and not self.kind and _is_sorted(found):
            return False
        if self.kind or titles:
            # Without leaders, an index of terms at the end looks much the same.
            return leaders >= 1 or (len(found) >= 2 and len(found) >= ENTRY_SHARE * len(lines) and not late)
        if leaders >= MIN_ENTRIES:
            return True
        numbers = [read_number(mark.title) for mark in found if mark.leaders]
        counted = all(n and n.title and len(n.parts) > 1 for n in numbers)
        return len(numbers) >= MIN_NUMBERED and counted and _is_rising(marks, titles)

    def _read_list(
        self,
        lines: Sequence[Line],
        marks: Sequence[Mark | None],
        titles: dict[int, str],
        start: int,
        end: int,
    ) -> None:
        """Reads the lines from a title, or from the page's head, to the next title or the foot."""
        title: tuple[Line, ...] = ()
        if start in titles:
            if not any(marks[start:end]) and end < len(lines) and end - start > 1:
                return
            self.kind = titles[start]
            if self.kind == INDEX:
                return
            title = (lines[start],)
            start += 1
        last = max((n for n in range(start, end) if marks[n]), default=-1)
        first = self._skip_text(lines, marks, start, last)
        if not title and not self.kind:
            self.kind = "contents"
        groups = list(self._group(lines, marks, first, last + 1))
        taken = [*title, *(line for group, _ in groups for line in group)]
        if taken:
            self.omitted.append(Block("omitted", tuple(taken), (taken[0].page, taken[0].box.top)))
        if self.kind == "contents":
            for group, mark in groups:
                indent = group[0].slack if mark.turned else group[0].indent
                if mark.title and not _is_summary(group, mark):
                    self.entries.append(RawEntry(mark.title, mark.page, group, indent))
        if last + 1 < end and end - last - 1 > MAX_PENDING:
            self.kind = ""

    def _skip_text(self, lines: Sequence[Line], marks: Sequence[Mark | None], start: int, last: int) -> int:
        """Where entries begin: text may stand before them when a page has no title of contents."""
        first = start
        run = 0
        for number in range(start, last + 1):
            run = 0 if marks[number] else run + 1
            if run > MAX_PENDING:
                first = number + 1
        if not self.kind and first <= last:
            entry = next(number for number in range(first, last + 1) if marks[number])
            while entry > first and self._wraps(lines[entry - 1], lines[entry]):
                entry -= 1
            first = entry
        return first

    def _group(
        self, lines: Sequence[Line], marks: Sequence[Mark | None], start: int, end: int
    ) -> list[tuple[tuple[Line, ...], Mark]]:
        """Lines by entry: those of a long title together, an entry without a page number for itself."""
        groups: list[tuple[tuple[Line, ...], Mark]] = []
        pending: list[Line] = []
        for number in range(start, end):
            line, mark = lines[number], marks[number]
            wordless = mark is not None and not mark.title
            if pending and not wordless and not self._wraps(pending[-1], line):
                groups.append((tuple(pending), Mark(_join(pending), "", False)))
                pending = []
            if mark is None:
                pending.append(line)
                continue
            text = " ".join([*(other.text for other in pending), mark.title]).strip()
            groups.append(((*pending, line), mark._replace(title=text)))
            pending = []
        return groups

    def _wraps(self, above: Line, below: Line) -> bool:
        """Whether a line without a page number goes on in the next one."""
        number = read_number(above.text)
        if number and not number.title:
            return True
        if above.slack > SHORT * above.column.width and below.indent <= above.indent + self.size:
            return False
        own = read_number(below.text)
        if own and (own.title or own.kind) and not (number is None and len(own.parts) == 1 and not own.kind):
            return False
        end, start = above.words[-1].font, below.words[0].font
        if abs(end.size - start.size) > 0.1 * self.size or end.bold != start.bold:
            return False
        return 0 < above.baseline - below.baseline < WRAP_STEP * above.size


def _cut_number(text: str) -> str:
    """A title without its number: lists are counted with the chapters, or in roman numbers with the front matter."""
    number = read_number(text) if may_count(text) else None
    return number.title if number and number.title and len(number.parts) == 1 and not number.kind else text


def _is_rising(marks: Sequence[Mark | None], titles: Collection[int]) -> bool:
    """Whether the page numbers rise as those of contents do, from each title anew."""
    steps: list[bool] = []
    before: int | None = None
    for number, mark in enumerate(marks):
        value = page_value(mark.page) if mark else None
        if number in titles:
            before = None
        if value is not None:
            steps += [value >= before] if before is not None else []
            before = value
    return sum(steps) >= RISING * len(steps)


def _is_sorted(marks: Sequence[Mark]) -> bool:
    """Whether titles stand in the order of the alphabet, as the terms of an index do."""
    titles = [title for mark in marks if (title := fold_title(mark.title))]
    steps = [one <= other for one, other in pairwise(titles)]
    return len(titles) >= MIN_TERMS and sum(steps) >= SORTED * len(steps)


def _is_summary(lines: Sequence[Line], mark: Mark) -> bool:
    """Whether lines tell what a chapter is about: sentences over more than a line, without a page number."""
    return not mark.page and len(lines) > 1 and mark.title.endswith((".", "。")) and read_number(mark.title) is None


def _join(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)
