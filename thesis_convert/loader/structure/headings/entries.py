"""The printed contents as a sign: titles with their printed page numbers, in the order of the text.

In: the entries, and the text of the pages. Out: the headings that they name, with their levels. How far
printed page numbers are from the places of the pages is found out by looking where the titles stand;
then every entry gets the place that keeps all of them in order and leaves the fewest out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.contents_levels import ContentsEntry
from thesis_convert.loader.structure.contents_marks import page_value
from thesis_convert.loader.structure.headings.search import NEAR, Evidence, Located, Match, PageText, make_located
from thesis_convert.page import PageLayout

MIN_VOTES = 3
"""So many titles must be as far from their printed page number for that distance to be believed."""
FOUND = 10.0
"""What it is worth to find one entry more, in pages that the others are off."""


def locate_entries(entries: Sequence[ContentsEntry], layouts: Sequence[PageLayout], text: PageText) -> list[Located]:
    """The headings that entries of the printed contents name, in their order."""
    places = [text.find_all(Evidence(entry.title, entry.label, entry.level, None)) for entry in entries]
    expected = _expect_pages(entries, places, layouts)
    options: list[list[_Option]] = []
    for entry, found, page in zip(entries, places, expected, strict=True):
        item = Evidence(entry.title, entry.label, entry.level, page)
        if page is not None:
            found = [match for match in found if abs(match.page - page) <= NEAR] or text.find_on_page(item, page)
        options.append([_Option(match, text.cost(match, page)) for match in found])
    chosen = _choose_in_order(options)
    return [
        make_located(text.with_label(match), entry.level)
        for entry, match in zip(entries, chosen, strict=True)
        if match is not None
    ]


def _expect_pages(
    entries: Sequence[ContentsEntry], places: Sequence[Sequence[Match]], layouts: Sequence[PageLayout]
) -> list[int | None]:
    """The place among the pages that each entry's page number means, as far as that is known."""
    votes: defaultdict[bool, Counter[int]] = defaultdict(Counter)
    for entry, found in zip(entries, places, strict=True):
        value = page_value(entry.page)
        if value is not None:
            votes[value < 0].update({match.page - value for match in found})
    offsets = {}
    for roman, count in votes.items():
        offset, number = count.most_common(1)[0] if count else (0, 0)
        if number >= MIN_VOTES:
            offsets[roman] = offset
    labels: dict[str, int] = {}
    for layout in layouts:
        if layout.label:
            labels.setdefault(layout.label.lower(), layout.page.index)
    expected: list[int | None] = []
    for entry in entries:
        value = page_value(entry.page)
        if value is not None and (value < 0) in offsets:
            expected.append(value + offsets[value < 0])
        else:
            expected.append(labels.get(entry.page.lower()))
    return expected


class _Option(NamedTuple):
    match: Match
    cost: float


def _choose_in_order(options: Sequence[Sequence[_Option]]) -> list[Match | None]:
    """One match for each entry, or none, so that all stand in their order and most are found at least cost.

    Ways to choose are kept by where they end: one that ends later and is worth less is of no use.
    """
    ends: list[tuple[int, int]] = []
    worth: list[float] = []
    links: list[int] = []
    steps: list[tuple[int, Match, int]] = []  # entry, its match, the step before
    for number, found in enumerate(options):
        reached = []
        for option in found:
            place = (option.match.page, option.match.start)
            at = bisect_left(ends, place) - 1
            before, value = (links[at], worth[at]) if at >= 0 else (-1, 0.0)
            reached.append((place, value + FOUND - option.cost, before, option.match))
        for place, value, before, match in reached:
            at = bisect_left(ends, place)
            if (at > 0 and worth[at - 1] >= value) or (at < len(ends) and ends[at] == place and worth[at] >= value):
                continue
            steps.append((number, match, before))
            end = at
            while end < len(ends) and worth[end] <= value:
                end += 1
            ends[at:end], worth[at:end], links[at:end] = [place], [value], [len(steps) - 1]
    chosen: list[Match | None] = [None] * len(options)
    step = links[-1] if links else -1
    while step >= 0:
        number, match, step = steps[step]
        chosen[number] = match
    return chosen
