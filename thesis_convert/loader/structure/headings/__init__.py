"""Recognises the headings of a thesis and their levels.

In: pages of lines, what the file says of its headings, and the printed contents. Out: blocks of kind
"heading". Each sign gives candidates: a bookmark, a named place, a tag or an entry of the contents is looked
for on its page, and tells the level; type and numbers tell of headings that none of these speaks of.
One merge makes the levels agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thesis_convert.loader.structure.contents import PrintedContents
from thesis_convert.loader.structure.counting import read_line_number
from thesis_convert.loader.structure.headings.bookmarks import locate_bookmarks
from thesis_convert.loader.structure.headings.candidates import Candidate, find_candidates
from thesis_convert.loader.structure.headings.choice import choose_headings
from thesis_convert.loader.structure.headings.destinations import locate_destinations
from thesis_convert.loader.structure.headings.dividers import join_dividers
from thesis_convert.loader.structure.headings.entries import locate_entries
from thesis_convert.loader.structure.headings.levels import settle_levels
from thesis_convert.loader.structure.headings.merging import merge_located
from thesis_convert.loader.structure.headings.ranked import Ranked
from thesis_convert.loader.structure.headings.search import Located, PageText, make_located
from thesis_convert.loader.structure.headings.styles import is_centred, main_line, read_style, split_numbers
from thesis_convert.loader.structure.headings.tags import locate_tags
from thesis_convert.loader.structure.headings.title_faces import find_title_faces
from thesis_convert.page import Block, Catalogue, HeadingDetail, Line, PageLayout, Typography


def find_headings(
    layouts: Sequence[PageLayout],
    typography: Typography,
    catalogue: Catalogue,
    contents: PrintedContents,
    away: Iterable[tuple[int, int]] = (),
    claimed: Iterable[tuple[int, int]] = (),
    run_ins: Sequence[tuple[Line, ...]] = (),
) -> tuple[Block, ...]:
    """All headings in reading order.

    `away` are the keys of lines that are none for certain; `claimed` of those that tables, figures and
    code claim: only the file's own word or the contents make these headings. `run_ins` are the lines of
    headings that text goes on after.
    """
    none, taken = set(away), frozenset(claimed)
    pages = [
        split_numbers([line for line in layout.text if line.key not in none], typography.size) for layout in layouts
    ]
    text = PageText(pages, typography)
    located = merge_located(
        locate_bookmarks(catalogue.bookmarks, text),
        locate_destinations(catalogue.destinations, text, layouts, taken),
        locate_tags(catalogue.tags, layouts, pages),
        locate_entries(contents.entries, layouts, text) if contents.entries else (),
        [make_located(lines, 0) for lines in run_ins],
    )
    located, alone = join_dividers(located, layouts, pages, typography)
    run_in = frozenset(lines[0].key for lines in run_ins)
    used = frozenset(line.key for heading in located for line in heading.lines)
    touched = {line.page for heading in located for line in (heading.lines[0], heading.lines[-1])}
    place = {line.key: (page, n) for page in touched for n, line in enumerate(pages[page])}
    seeds = [_make_seed(heading, min(place[line.key] for line in heading.lines)) for heading in located]
    faces = find_title_faces(pages, typography, taken)
    candidates = find_candidates(pages, typography, used, taken, faces)
    chosen = choose_headings(candidates, seeds, pages, typography, run_in | alone, faces)
    levels = {heading.lines[0].key: heading.level for heading in located}
    ordered = sorted([*seeds, *chosen], key=lambda c: c.place)
    ranked = [_rank(c, levels.get(c.key, 0), ordered[n + 1 : n + 2], c.key in run_in) for n, c in enumerate(ordered)]
    return tuple(_make_block(c, level) for c, level in zip(ordered, settle_levels(ranked), strict=True))


def _make_seed(heading: Located, place: tuple[int, int]) -> Candidate:
    text = " ".join(line.text for line in heading.lines)
    style = read_style(main_line(heading.lines))
    number = heading.number or read_line_number(heading.lines, text)
    return Candidate(heading.lines, text, style, number, 2, place[1] == 0, True, False, False, place)


def _rank(candidate: Candidate, level: int, following: Sequence[Candidate], run_in: bool) -> Ranked:
    page, first = candidate.place
    stacked = any(other.place == (page, first + len(candidate.lines)) for other in following)
    centred = is_centred(candidate.lines[-1])
    return Ranked(candidate.title, candidate.style, candidate.number, level, centred, candidate.head, stacked, run_in)


def _make_block(candidate: Candidate, level: int) -> Block:
    first = max((line for line in candidate.lines if line.page == candidate.page), key=lambda line: line.box.top)
    number = candidate.number
    detail = HeadingDetail(level, number.label if number and number.title else "", candidate.text)
    return Block("heading", candidate.lines, (candidate.page, first.box.top), detail)
