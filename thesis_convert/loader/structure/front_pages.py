"""Finds the pages before the text that have no heading: title pages, dedications, mottoes, imprints.

In: pages of lines, and what bookmarks and printed contents name. Out: `FrontPages`: what kind each such
page is, and blocks of kind "verse" for those whose lines stay lines. Such a page has few lines, none of
which runs over the column, and stands before the first chapter; its words and type tell the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from statistics import median

from thesis_convert.document import SectionKind
from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.folding import fold_title, split_words
from thesis_convert.loader.structure.numbering import read_number
from thesis_convert.loader.structure.page_heads import DISPLAY, read_head, read_opening, runs_over
from thesis_convert.loader.structure.phrases import find_phrase, match_phrase
from thesis_convert.loader.structure.title_entries import list_entries
from thesis_convert.page import Block, Line, PageLayout, Rule, Typography

MAX_PAGES = 24
"""So many pages from the first are looked at: no front matter without headings reaches further."""
LARGE_DISPLAY = 1.5
"""A page with nothing else but type this many times the body's has a title."""
SURE_ROLES = 3
"""A page with so many different things that only a title page tells is one, in whatever type."""
MAX_TITLE_LINES = 60
MAX_LOOSE_LINES = 14
MAX_LOOSE_LETTERS = 700
"""More is text that wants a heading."""
MAX_LOOSE_SIZE = 1.35
"""Larger type alone on a page is the title of a part."""
SET_LOW = 0.12
"""Lines on a page of their own begin this share of the column under its top, or are set in this far:"""
SET_IN = 0.15
DEDICATION_LETTERS = 260
"""A dedication has no more letters when it begins as one, and no more than these when it does not."""
SHORT_DEDICATION = 90
DECLARED = 60
"""Who declares something does so within so many words."""
MAX_PART_LINES = 4
"""A part's page has no more lines than its number and its title."""
MAX_RULES = 6
"""Horizontal rules on a title page beside those on which a value is written: more make a table or a form."""
ON_RULE = 0.7
"""A value stands no higher over its rule than this many sizes."""
SHARED_LINES = 2
"""A page that prints so many lines of a title page again is one."""
MIN_FURNITURE = 4
"""Fewer letters at the edge of a title page are no words."""

_TELLING = frozenset(
    {"institution", "department", "thesis", "degree", "degree-of", "author", "supervisor", "examiner"}
    | {"student-number", "title", "date", "by"}
)
# Of a sign drawn as a letter in a circle the letter is left.
_OWNED = re.compile(r"^c\s+(?:(?:19|20)\d\d\b|[A-Z].*\b(?:19|20)\d\d$)")
_SOURCE = re.compile(r"^\s*[—–―-]\s*\w|^\(.*\)$|^~")
_QUOTE = re.compile(r"^[“„«\"»‘「『‹'”]")


@dataclass(frozen=True, slots=True)
class FrontPages:
    """`kinds` by page index; `blocks` hold the lines of pages that are set line by line.

    `title` has the lines to read the title from, `others` those of further pages that speak of the
    thesis as a whole, each page's lines together.
    """

    kinds: dict[int, SectionKind] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    title: tuple[Line, ...] = ()
    others: tuple[tuple[Line, ...], ...] = ()


def find_front_pages(
    layouts: Sequence[PageLayout],
    typography: Typography,
    headings: Iterable[str],
    taken: frozenset[tuple[int, int]] | set[tuple[int, int]],
) -> FrontPages:
    """The pages without a heading before the text. `headings` are titles that bookmarks or contents name.

    `taken` has the keys of lines that belong to something else already.
    """
    known = {letters for title in headings for letters in _fold_known(title) if len(letters) > 2}
    head = read_opening(layouts, typography)
    kinds, claimed = _classify_pages(layouts, typography, known, taken, ended=bool(head))
    _settle_covers(kinds, claimed)
    pages = {layout.page.index: layout.text for layout in layouts[:MAX_PAGES] if layout.page.index in kinds}
    pages |= _take_back_words(layouts, {index for index in kinds if kinds[index] == "title-page"})
    titles = [lines for index, lines in pages.items() if kinds[index] == "title-page"]
    main = head or _choose_main(titles) or read_head(layouts, typography)
    others = [lines for lines in pages.values() if lines is not main]
    indexes = [layout.page.index for layout in claimed]
    blocks = tuple(Block("verse", pages[index], (index, pages[index][0].box.top)) for index in indexes)
    return FrontPages(kinds, blocks, tuple(main), tuple(others))


def _classify_pages(
    layouts: Sequence[PageLayout],
    typography: Typography,
    known: set[str],
    taken: Set[tuple[int, int]],
    *,
    ended: bool,
) -> tuple[dict[int, SectionKind], list[PageLayout]]:
    """The kinds of pages, and those that are set line by line. `ended`: no title page can come any more."""
    kinds: dict[int, SectionKind] = {}
    claimed: list[PageLayout] = []
    opens = True  # no page of text has come yet
    for layout in layouts[:MAX_PAGES]:
        lines = layout.text
        left = [line for line in lines if line.key not in taken]
        whole = len(left) == len(lines)
        if _has_counted_heading(left, known) or (not whole and _begins_body(left, typography)):
            break
        ended = ended or (bool(kinds) and not whole)
        if not lines or not whole:
            continue
        opens = opens and not runs_over(lines)
        if not ended and is_title_page(layout, typography, opens=opens):
            kinds[layout.page.index] = "title-page"
            claimed.append(layout)
        elif _begins_body(lines, typography):
            break
        elif not _has_heading(lines, known, typography):
            kind = _classify(layout, typography)
            if kind is not None:
                kinds[layout.page.index] = kind
                if not runs_over(lines):
                    claimed.append(layout)
    return kinds, claimed


def _settle_covers(kinds: dict[int, SectionKind], claimed: Sequence[PageLayout]) -> None:
    """Makes title pages of the first page, which a dedication never is, and of a page that prints its lines again."""
    lines: set[str] = set()
    for number, layout in enumerate(claimed):
        printed = {fold_title(line.text) for line in layout.text}
        loose = kinds[layout.page.index] in ("dedication", "other")
        words = split_words(layout.text[0].text)
        first = (
            number == 0
            and len(layout.text) > 1
            and bool(words)
            and not any(match_phrase(words, 0, role) for role in ("dedicating", "body"))
        )
        if loose and (first or len(printed & lines) >= SHARED_LINES):
            kinds[layout.page.index] = "title-page"
        if kinds[layout.page.index] == "title-page":
            lines |= printed


def _take_back_words(layouts: Sequence[PageLayout], indexes: Set[int]) -> dict[int, tuple[Line, ...]]:
    """The lines of title pages with those that were taken for running heads because two title pages share them."""

    def mask(line: Line) -> str:
        return "".join(filter(str.isalpha, fold_title(line.text)))

    elsewhere = {mask(line) for layout in layouts if layout.page.index not in indexes for line in layout.furniture}
    pages = {}
    for layout in layouts[:MAX_PAGES]:
        if layout.page.index in indexes:
            words = [mask(line) for line in layout.furniture]
            back = [
                line
                for line, text in zip(layout.furniture, words, strict=True)
                if len(text) >= MIN_FURNITURE and text not in elsewhere
            ]
            lines = sorted((*layout.text, *back), key=lambda line: -line.baseline) if back else layout.text
            pages[layout.page.index] = tuple(lines)
    return pages


def is_title_page(layout: PageLayout, typography: Typography, *, opens: bool) -> bool:
    """Whether a page tells what a thesis is, rather than what it says. `opens`: it stands before all text."""
    lines = layout.text
    if len(lines) > MAX_TITLE_LINES or runs_over(lines) or section_kind(lines[0].text) is not None:
        return False
    if any(_name_opening(line.text) for line in lines):
        return False
    if ((number := read_number(lines[0].text)) is not None and number.kind) or _count_rules(layout) > MAX_RULES:
        return False
    if not typography.body.monospace and 2 * sum(line.font.monospace for line in lines) > len(lines):
        return False  # code
    roles = _count_roles(lines)
    display = max(line.size for line in lines) / typography.size
    return roles >= SURE_ROLES or (roles >= 1 and display >= DISPLAY) or (opens and display >= LARGE_DISPLAY)


def _count_rules(layout: PageLayout) -> int:
    left, right = min(line.box.left for line in layout.text), max(line.box.right for line in layout.text)
    across = [rule for rule in layout.page.rules if rule.horizontal and left < rule.box.right and rule.box.left < right]
    return sum(not _is_field(rule, layout.text) for rule in across)


def _name_opening(text: str) -> bool:
    """Whether a line is the heading of what stands under the title of a paper: its abstract, contents, introduction."""
    number = read_number(text)
    kind = section_kind(number.title if number is not None and number.title else text)
    return kind in ("abstract", "contents", "introduction")


def _is_field(rule: Rule, lines: Sequence[Line]) -> bool:
    """Whether a rule begins behind a label, under the value that is written on it."""
    for line in lines:
        if abs(line.baseline - rule.box.bottom) < ON_RULE * line.size:
            before, after = rule.box.left - line.box.left, line.box.right - rule.box.right
            if max(before, after) > line.size:
                return True
    return False


def _count_roles(lines: Sequence[Line]) -> int:
    return len({entry.role.name for entry in list_entries(lines)} & _TELLING)


def _choose_main(pages: Sequence[Sequence[Line]]) -> Sequence[Line]:
    """The page that tells most: a cover before it may have no more than title and name."""
    return max(pages, key=lambda lines: (min(_count_roles(lines), SURE_ROLES), -lines[0].page), default=())


def _fold_known(title: str) -> tuple[str, str]:
    """A named title with its number and without, by its letters."""
    number = read_number(title)
    return fold_title(title), fold_title(number.title) if number is not None else ""


def _has_counted_heading(lines: Sequence[Line], known: set[str]) -> bool:
    """Whether a page has a named title with a number that chapters or sections have: then the text has begun."""
    for line in lines:
        number = read_number(line.text)
        if number is None or not number.title or not (number.kind or number.parts[:1] == ("1",) or number.depth > 1):
            continue
        if fold_title(number.title) in known:
            return True
    return False


def _begins_body(lines: Sequence[Line], typography: Typography) -> bool:
    """Whether a page begins with the introduction or a numbered chapter, in display type; one of text may go on so."""
    for place, line in enumerate(lines if runs_over(lines) else lines[:2]):
        number = read_number(line.text)
        kind = section_kind(number.title if number is not None and number.title else line.text)
        display = line.size >= DISPLAY * typography.size or line.font.bold
        if kind == "introduction" and (display or place < 2):
            return True
        alone = place == 0 and len(lines) <= MAX_PART_LINES and number is not None and number.kind == "part"
        if number is not None and (display or alone) and (number.kind or number.parts == ("1",)):
            return True
    return False


def _has_heading(lines: Sequence[Line], known: set[str], typography: Typography) -> bool:
    """Whether a page has a heading: a title that is known or named elsewhere, or a line in larger or bolder type."""
    for line in lines:
        if fold_title(line.text) in known or section_kind(line.text) is not None:
            return True
        bolder = line.font.bold and not typography.body.bold and not line.font.italic
        if line.size > MAX_LOOSE_SIZE * typography.size or bolder:
            return True
    return False


def _classify(layout: PageLayout, typography: Typography) -> SectionKind | None:
    """What a page without a heading is, None when it can be a page of text."""
    lines = layout.text
    words = split_words(" ".join(line.text for line in lines[:MAX_TITLE_LINES]))
    if find_phrase(words, "rights") or any("©" in line.text or _OWNED.match(line.text) for line in lines):
        return "copyright-page"
    if find_phrase(words[:DECLARED], "declaring"):
        return "declaration"
    few = len(lines) <= MAX_LOOSE_LINES and sum(len(line.text) for line in lines) <= MAX_LOOSE_LETTERS
    if not few or not _is_set_apart(lines) or any(picture.kind == "bitmap" for picture in layout.page.pictures):
        return None
    if runs_over(lines):
        return None
    letters = sum(len(line.text) for line in lines)
    dedicated = match_phrase(words, 0, "dedicating") > 0
    if _QUOTE.match(lines[0].text) or (_SOURCE.match(lines[-1].text) and len(lines) > 1):
        return "epigraph"
    if match_phrase(words, 0, "keywords"):
        return "other"
    if letters <= (DEDICATION_LETTERS if dedicated else SHORT_DEDICATION):
        return "dedication"
    return "other"


def _is_set_apart(lines: Sequence[Line]) -> bool:
    """Whether lines stand lower on the page than a text begins, or further in."""
    column = lines[0].column
    low = column.top - lines[0].box.top > SET_LOW * column.height
    return low or median(line.indent for line in lines) > SET_IN * column.width
