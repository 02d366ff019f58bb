"""Reads the printed contents pages, and the lists of figures, tables and listings that look alike.

In: pages of lines. Out: the entries with their printed page numbers, and which lines they take. An
entry ends with a page number after dot leaders or a wide gap; entries stand close together, their page
numbers rise, and a title of a few known words stands over them. Titles that run over two lines, and
entries without a page number (parts) are told apart by what their own lines begin with.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.contents_levels import ContentsEntry, RawEntry, assign_levels
from thesis_convert.loader.structure.divisions import is_contents_title, is_list_title, section_kind
from thesis_convert.loader.structure.numbering import read_number
from thesis_convert.page import Block, Line, PageLayout, Typography
from thesis_convert.roman import parse_roman

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
GAP = 0.8
"""Without leaders, a page number stands off from its title by more sizes than any word space."""
MAX_PENDING = 3
"""No title runs over more lines before the one with the page number."""
WRAP_STEP = 1.75
"""Lines of one title are less than so many sizes apart, unless the whole contents are set as wide."""
MIN_LEADERS = 8
"""So many characters of leaders are no ellipsis, even without a title before them or a number after them."""
SHORT = 0.5
"""A line that leaves more of its column free is no first line of a title, unless the next one hangs."""
HEAD_LINES = 4
"""The title of contents is among the first lines of a page, or is set in a type of its own."""
LATE = 0.5
"""After this share of the pages, what looks like contents may be an index of terms."""
INDEX = "index"
"""Such an index stays in the thesis; at the front, its title is that of contents in some languages."""

_DOTS = ".·…‥․∙•⋅ꞏ・"
_LEADERS = re.compile(rf"(?:\s?[{_DOTS}]){{3,}}\s*|(?:\s[.·…⋅ꞏ]){{2,}}\s*|_{{4,}}\s*|…+\s*")
_PAGE = r"(?:[A-Z]{1,2}-?\d{1,3}|\d{1,4}|\d{1,2}[-–]\d{1,3}|[ivxlcIVXLC]{1,8}|[۰-۹٠-٩]{1,4}|(?<![^\W\d_])[آ-ی])"
_ENTRY = re.compile(rf"^(?P<title>.*?\S)(?:\s*(?:[{_DOTS}]\s*){{2,}}|…+\s*|_{{4,}}\s*|\s+)(?P<page>{_PAGE})\s*$")
_TURNED = re.compile(
    rf"^(?P<title>.*?\S)??\s*(?P<page>{_PAGE})\s*(?P<leaders>(?:[{_DOTS}]\s*){{2,}})(?P<rest>[^{_DOTS}\s].*)$"
)
_MAY_END = re.compile(rf"\d$|(?:^|[{_DOTS}_]){_PAGE}$|(?:^|[\s{_DOTS}_])[{_DOTS}_]$")
"""How the last word of an entry ends; nearly all lines of running text are passed over at this one look."""


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


class _Mark(NamedTuple):
    """What a line ends with: its text without the page number, that number, and whether leaders lead to it.

    `turned` says that the number stands where the line should begin, and the title where it should end.
    """

    title: str
    page: str
    leaders: bool
    turned: bool = False


class _Reader:
    """Goes through the pages; `kind` is the list that the page before ended in, "" outside of any."""

    def __init__(self, typography: Typography) -> None:
        self.size = typography.size
        self.body = typography.body
        self.kind = ""
        self.entries: list[RawEntry] = []
        self.omitted: list[Block] = []

    def read_page(self, lines: Sequence[Line], page: int, pages: int) -> None:
        marks = [_read_mark(line) for line in lines]
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

    def _find_titles(self, lines: Sequence[Line], marks: Sequence[_Mark | None], late: bool) -> dict[int, str]:
        """The lines that are titles of lists, with the kinds of these."""
        found = {}
        for number, line in enumerate(lines):
            if marks[number] is not None or len(line.text) > MAX_TITLE:
                continue
            if number >= HEAD_LINES and line.font == self.body and not any(marks[number + 1 : number + 3]):
                continue
            if is_list_title(line.text):
                found[number] = "list"
            elif late and self.entries and section_kind(line.text) == INDEX:
                found[number] = INDEX
            elif is_contents_title(line.text):
                found[number] = "contents"
        return found

    def _holds_entries(
        self, lines: Sequence[Line], marks: Sequence[_Mark | None], titles: dict[int, str], late: bool
    ) -> bool:
        found = [mark for mark in marks if mark]
        leaders = sum(mark.leaders for mark in found)
        # Leaders lead to the page numbers of an index of terms, too, and to the words of a dictionary.
        if not found or ((late or leaders < MIN_ENTRIES) and not _is_rising(marks, titles)):
            return False
        if late and all(page_value(mark.page) is None for mark in found):
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
        marks: Sequence[_Mark | None],
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
                self.entries += [RawEntry(mark.title, mark.page, group, indent)] if mark.title else []
        if last + 1 < end and end - last - 1 > MAX_PENDING:
            self.kind = ""

    def _skip_text(self, lines: Sequence[Line], marks: Sequence[_Mark | None], start: int, last: int) -> int:
        """Where entries begin: text may stand before them when a page has no title of contents."""
        first = start
        run = 0
        for number in range(start, last + 1):
            run = 0 if marks[number] else run + 1
            if run > MAX_PENDING:
                first = number + 1
        if not self.kind:
            while first <= last and marks[first] is None and not self._wraps(lines[first], lines[first + 1]):
                first += 1
        return first

    def _group(
        self, lines: Sequence[Line], marks: Sequence[_Mark | None], start: int, end: int
    ) -> list[tuple[tuple[Line, ...], _Mark]]:
        """Lines by entry: those of a long title together, an entry without a page number for itself."""
        groups: list[tuple[tuple[Line, ...], _Mark]] = []
        pending: list[Line] = []
        for number in range(start, end):
            line, mark = lines[number], marks[number]
            wordless = mark is not None and not mark.title
            if pending and not wordless and not self._wraps(pending[-1], line):
                groups.append((tuple(pending), _Mark(_join(pending), "", False)))
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
        if abs(above.size - below.size) > 0.1 * self.size or above.font.bold != below.font.bold:
            return False
        return 0 < above.baseline - below.baseline < WRAP_STEP * above.size


def _read_mark(line: Line) -> _Mark | None:
    """What an entry's last line ends with, None when it does not end as one. Of long titles it may have no word."""
    text = line.text
    last = line.words[-1].text
    if not _MAY_END.search(last):
        return _read_turned_mark(line) if line.right_to_left else None
    leaders = _LEADERS.search(text)
    match = _ENTRY.match(text)
    page = match["page"] if match else ""
    title = _LEADERS.sub(" ", match["title"] if match else text).strip()
    has_words = any(c.isalpha() for c in title)
    if leaders:
        long = len(leaders.group()) > MIN_LEADERS and "_" not in text
        # The page number may be lost, or stand on a line of its own.
        lost = match is None and has_words and leaders.end() >= len(text) - 1
        return (
            _Mark(title if has_words else "", page, True)
            if (match and has_words) or (long and (match or lost))
            else None
        )
    if match is None or not has_words or len(line.words) < 2:
        return None
    last_word, before = line.words[-1], line.words[-2]
    gap = max(last_word.box.left - before.box.right, before.box.left - last_word.box.right)
    return _Mark(title, page, False) if gap > GAP * line.size else None


def _read_turned_mark(line: Line) -> _Mark | None:
    """The same for a line of a script that runs to the left, whose parts were set in the order of Latin ones."""
    match = _TURNED.match(line.text)
    if match is None or len(match["leaders"]) < MIN_LEADERS:
        return None
    title = " ".join(part for part in (match["title"], match["rest"]) if part)
    return _Mark(title, match["page"], True, turned=not match["title"])


def _is_rising(marks: Sequence[_Mark | None], titles: Collection[int]) -> bool:
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


def page_value(page: str) -> int | None:
    """A printed page number as a number, roman ones before all others; None for letters."""
    if page.isdecimal():
        return int(page)
    roman = parse_roman(page)
    return roman - 10_000 if roman else None


def _join(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)
