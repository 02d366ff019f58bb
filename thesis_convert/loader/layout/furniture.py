"""Tells running heads and page numbers from the text, and reads the printed page labels.

In: the lines of each page, top first. Out: which of them are furniture, and each page's printed
label. Furniture stands at the same height on page after page, and what it says recurs (the page
number aside) or counts the pages; text at a fixed height says something else on every page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.layout.folios import Folio, is_letter_folio, read_folios, write_like
from thesis_convert.loader.layout.running_titles import Titles, list_titles, repeats_title
from thesis_convert.page import Line
from thesis_convert.scripts import fold_digits

ZONE_LINES = 3
"""How many lines at the head and at the foot of a page may be furniture."""
ZONE_GAP = 6.0
"""What stands more than this many sizes from the outermost line is no part of it: a caption under a figure."""
SAME_HEIGHT = 3.0
"""Points by which the baseline of furniture may wander."""
MIN_PAGES = 3
"""On fewer pages than this nothing can be said to recur."""
RECURRING_SHARE = 0.5
"""Share of the lines at one height that must recur for all of them to be furniture."""
MAX_SIZE = 1.25
"""Running heads are not set larger than this share of the usual type at their place: titles are."""
TITLE_SIZE = 1.5
"""Words in type so many times as large as the text's are a title for certain; figures may be as large."""

FOLIO_GAP = 2.5
"""A number alone at the foot, so many sizes below all else, is no last line of the text."""
UNCOUNTED = 4
"""At most so many pages stand before the count of the front pages begins: a cover, a title page and their backs."""

MIN_STEPS = 4
"""A page has so many lines, at least, at the distance that lines of one text keep."""
SAME_STEP = 1.1
"""Lines that stand no further apart than so many times that distance may be of one text."""
SAME_SIZE = 0.6
"""Sizes that differ by less, in points, are one."""

_LEADERS = re.compile(r"(?:[.·…]\s*){5}|…{2}")
_ROMAN = re.compile(r"(?<!\w)[ivxlc]{1,8}(?!\w)", re.I)
_PAGE_WORDS = re.compile(
    r"[\W_]|\b(?:pages?|seiten?|pagin[ae]|p[aá]g(?:inas?)?|pp?|s|str(?:ona|ana)?|стр(?:аница)?|sivu|sayfa"
    r"|side|sida|blz|bladzijde|oldal|trang|halaman|of|von|sur|de|di|do|na|van|из|out)\b|صفحه|صفحة|第|页|頁|ページ"
)
"""What may stand with a page number and leave it a page number."""
_DIGITS = re.compile(r"\d+")


class Candidate(NamedTuple):
    """A line that may be furniture. `number` is the place of its page in the PDF, from 1.

    `rank` counts from the edge of the page inwards, `apart` says how far in sizes it stands from the next line
    there, `flows` whether that is the distance of the lines of one text.
    """

    page: int
    number: int
    head: bool
    rank: int
    line: Line
    mask: str
    folios: tuple[Folio, ...]
    apart: float
    flows: bool

    @property
    def place(self) -> tuple[int, bool, int]:
        """No other candidate has the same."""
        return self.page, self.head, self.rank


def find_furniture(
    pages: Sequence[Sequence[Line]], numbers: Sequence[int] | None = None
) -> tuple[list[set[int]], list[str]]:
    """For each page the numbers of the lines that are furniture, and its printed label or "".

    `pages` holds the lines of each page from the top down, `numbers` the places of the pages in the PDF, from 1.
    """
    places_in_pdf = numbers or range(1, len(pages) + 1)
    sizes = Counter(round(line.size, 1) for lines in pages for line in lines)
    largest = TITLE_SIZE * sizes.most_common(1)[0][0] if sizes else 0.0
    candidates = [
        candidate
        for page, (number, lines) in enumerate(zip(places_in_pdf, pages, strict=True))
        for candidate in _list_candidates(page, number, lines, largest)
    ]
    offsets = _vote_offsets(candidates)
    places = _group_by_height(candidates)
    titles = list_titles(pages, _mask)
    furniture: list[set[int]] = [set() for _ in pages]
    accepted: set[tuple[int, bool, int]] = set()
    labels: dict[int, Folio] = {}
    for group in places:
        for candidate in _accept(group, offsets, titles):
            accepted.add(candidate.place)
    for candidate in candidates:
        # A line counts only when all that stands further out is furniture too.
        if not all((candidate.page, candidate.head, rank) in accepted for rank in range(candidate.rank + 1)):
            continue
        lines = pages[candidate.page]
        furniture[candidate.page].add(candidate.rank if candidate.head else len(lines) - 1 - candidate.rank)
        folio = _read_folio(candidate, offsets)
        if folio and candidate.page not in labels:
            labels[candidate.page] = folio
    return furniture, _fill_labels(labels, len(pages))


def _list_candidates(page: int, number: int, lines: Sequence[Line], largest: float) -> list[Candidate]:
    found: list[Candidate] = []
    step = _find_step(lines)
    for head, ordered in ((True, lines), (False, lines[::-1])):
        for rank in range(min(ZONE_LINES, len(lines))):
            line = ordered[rank]
            if rank and abs(ordered[rank - 1].baseline - line.baseline) > ZONE_GAP * line.size:
                break
            if not head and len(line.words) > 1 and line.raises(line.words[0]):
                break  # a note, whose "Ibid., p. 7" may recur as well
            if _LEADERS.search(line.text):
                break  # an entry of the contents
            if line.size > largest and len(line.words) > 1:
                break  # "Chapter 2" over its title, which recurs from chapter to chapter
            inner = ordered[rank + 1] if rank + 1 < len(lines) else None
            drop = abs(line.baseline - inner.baseline) if inner else 0.0
            flows = inner is not None and drop <= SAME_STEP * step and abs(line.size - inner.size) < SAME_SIZE
            folios = tuple(read_folios(line.text))
            apart = drop / line.size
            found.append(Candidate(page, number, head, rank, line, _mask(line.text), folios, apart, flows))
    return found


def _find_step(lines: Sequence[Line]) -> float:
    """The usual distance between the lines of a page, 0 where they are too few to have one."""
    steps = Counter(round(above.baseline - below.baseline) for above, below in pairwise(lines))
    (step, number) = steps.most_common(1)[0] if steps else (0, 0)
    return float(step) if number >= MIN_STEPS else 0.0


def _mask(text: str) -> str:
    """The text without its numbers, for comparing page with page."""
    if is_letter_folio(text):
        return "#"
    text = fold_digits(text).casefold()
    return re.sub(r"\s+", " ", _ROMAN.sub("#", _DIGITS.sub("#", text))).strip()


def _vote_offsets(candidates: Sequence[Candidate]) -> set[tuple[str, int]]:
    """The differences between printed and counted page numbers that hold for many pages."""
    votes: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for candidate in candidates:
        for folio in candidate.folios:
            votes[folio.style, folio.value - candidate.number].add(candidate.page)
    best: Counter[str] = Counter()
    for (style, _), pages in votes.items():
        best[style] = max(best[style], len(pages))
    usual = {k for k, v in votes.items() if len(v) >= max(MIN_PAGES, 0.3 * best[k[0]])}
    return usual.union(_list_front_folios(candidates))


def _list_front_folios(candidates: Iterable[Candidate]) -> Iterator[tuple[str, int]]:
    """What the numbers far below the text of front pages count: they may be too few to recur."""
    for candidate in candidates:
        if not candidate.head and candidate.rank == 0 and candidate.apart >= FOLIO_GAP and _is_number(candidate):
            for folio in candidate.folios:
                if folio.style != "decimal" and 0 <= candidate.number - folio.value <= UNCOUNTED:
                    yield folio.style, folio.value - candidate.number


def _is_number(candidate: Candidate) -> bool:
    """Whether a line says nothing but a number, and that it is a page's."""
    return not _PAGE_WORDS.sub("", candidate.mask)


def _read_folio(candidate: Candidate, offsets: set[tuple[str, int]]) -> Folio | None:
    for folio in candidate.folios:
        if (folio.style, folio.value - candidate.number) in offsets:
            return folio
    return None


def _group_by_height(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=lambda c: (c.head, c.line.baseline)):
        last = groups[-1] if groups else None
        baseline = candidate.line.baseline
        same = last is not None and last[-1].head == candidate.head
        if (
            last
            and same
            and baseline - last[-1].line.baseline <= SAME_HEIGHT / 2
            and baseline - last[0].line.baseline <= 2 * SAME_HEIGHT
        ):
            last.append(candidate)
        else:
            groups.append([candidate])
    return groups


def _accept(group: list[Candidate], offsets: set[tuple[str, int]], titles: Titles) -> list[Candidate]:
    """The furniture among the lines at one height."""
    counted = {c.place: _read_folio(c, offsets) for c in group}
    alone = [c for c in group if counted[c.place] and _is_number(c)]
    pages = len({c.page for c in group})
    # Numbers that do not count the pages make a line another one: numbered notes may say the same again.
    said = {c.place: c.mask if counted[c.place] else c.line.text for c in group}
    often = Counter(said.values())
    least = 2 if pages < 12 else MIN_PAGES
    alike = Counter(c.mask for c in group)
    recurring = [
        c
        for c in group
        # At the foot a number with other words on each page is a note's: heads change, feet do not.
        if (counted[c.place] and (c.head or c in alone or alike[c.mask] > 1))
        or (often[said[c.place]] >= least and len(c.mask) > 3)
        or repeats_title(c.line, c.mask, titles)
    ]
    if pages < MIN_PAGES or len(recurring) < RECURRING_SHARE * len(group):
        usual = max(MIN_PAGES, 0.08 * pages)
        return alone + [c for c in recurring if often[said[c.place]] >= usual and c not in alone and _set_apart(c)]
    if all(c in alone for c in recurring):
        # Page numbers alone stand here: a line that says more is the last of a page without one.
        return recurring + [c for c in group if c not in recurring and c.folios and _is_number(c)]
    size = Counter(round(c.line.size, 1) for c in recurring).most_common(1)[0][0]
    return [
        c
        for c in group
        if c.line.size <= MAX_SIZE * size and (c in recurring or c.rank == 0 or abs(c.line.size - size) < SAME_SIZE)
    ]


def _set_apart(candidate: Candidate) -> bool:
    """A recurring line that is no running text: apart from the next, and short or the first or last of its page."""
    return not candidate.flows and (candidate.rank == 0 or len(candidate.line.text) < 80)


def _fill_labels(found: dict[int, Folio], count: int) -> list[str]:
    """The label of each page, with those that are not printed (chapter openings) counted from the others."""
    labels = [found[i].text if i in found else "" for i in range(count)]
    known = sorted(found)
    for place, index in enumerate(known):
        folio = found[index]
        following = known[place + 1] if place + 1 < len(known) else None
        end = count if following is None else following
        same = following is None or (
            found[following].style == folio.style and found[following].value - folio.value == following - index
        )
        for missing in range(index + 1, end if same else index + 1):
            labels[missing] = write_like(folio, folio.value + missing - index)
        start = known[place - 1] + 1 if place else 0
        for missing in range(index - 1, start - 1, -1):
            value = folio.value + missing - index
            if labels[missing] or value < 1 or (place and _counts(found[known[place - 1]], folio.style, value)):
                break
            labels[missing] = write_like(folio, value)
    return labels


def _counts(folio: Folio, style: str, value: int) -> bool:
    """Whether a page number, or one before it, is a `value` that is counted in `style`."""
    return folio.style == style and folio.value >= value
