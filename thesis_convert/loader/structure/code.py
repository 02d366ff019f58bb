"""Finds listings in fixed-width type, and with them algorithms and listings in frames.

In: pages of lines. Out: blocks of kind "code" that claim their lines and those of their captions. Most of a
listing's lines are fixed-width; a comment in other type goes on with the lines that it stands among. A thesis
has the captions of all its listings above or all below, so the clear cases decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.loader.structure.algorithms import find_algorithms
from thesis_convert.loader.structure.code_captions import (
    find_caption_above,
    find_caption_below,
    guess_language,
    read_code_label,
)
from thesis_convert.loader.structure.code_lines import set_code
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.loader.structure.pseudocode import find_pseudocode
from thesis_convert.loader.structure.title_lines import IDEOGRAPHS
from thesis_convert.page import Block, CodeDetail, Line, PageLayout, Typography
from thesis_convert.scripts import has_any

MONOSPACE_SHARE = 0.75
"""A line of a listing has this share of its characters in fixed-width type; comments may be set otherwise."""
SAME_LISTING = 3.2
"""Lines of one listing follow within this many leadings: blank lines stand between them."""
APART = 1.12
"""A listing of one or two lines keeps more than this many leadings from its neighbours."""
NO_IDENTIFIER = 0.25
"""Where fewer characters than this share are letters outside addresses, these are what lines are about."""
SAME_SIZE = 0.08
"""Fixed-width lines whose sizes differ by more than this share are a listing and a name in the text before it."""
COMMENT_STEP = 1.8
"""A comment stands within this many sizes of the line that it goes on with."""
ENDS_EARLY = 2.0
"""A line of running text that begins with a name in fixed-width type goes on to within so many sizes of the edge."""

_COMMENT = re.compile(r"(?:#|//|/\*|--|%|;;|<!--|\(\*)")
_ADDRESS = re.compile(r"^\W*(?:(?:url|doi|available|disponible|verfügbar)\S*\s)?(?:https?://|www\.|\S+@\S+)\S*$", re.I)
_IDENTIFIER = re.compile(r"\S*(?:https?://|www\.)\S*|\b(?:doi|url|isbn)\b:?|\b10\.\d{4,}/\S*", re.I)


class _Run(NamedTuple):
    """Lines of a page that may be a listing, those before and behind it, and the captions on either side."""

    page: int
    lines: tuple[Line, ...]
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    above: tuple[Line, ...]
    below: tuple[Line, ...]


def find_code(layouts: Sequence[PageLayout], typography: Typography, taken: set[tuple[int, int]]) -> list[Block]:
    """The listings and algorithms of a thesis. The keys of their lines are added to `taken`."""
    blocks = [block for layout in layouts for block in find_algorithms(layout, taken)]
    blocks += find_pseudocode(layouts, taken)
    if not typography.body.monospace:
        runs = [run for layout in layouts for run in _find_runs(layout, typography, taken)]
        captions_above = sum(bool(run.above) - bool(run.below) for run in runs) >= 0
        for run in runs:
            block = _make_listing(run, captions_above, typography, taken)
            if block is not None:
                blocks.append(block)
    return _join_over_pages(sorted(blocks, key=lambda b: (b.page, -b.place[1])), layouts, taken)


def _find_runs(layout: PageLayout, typography: Typography, taken: set[tuple[int, int]]) -> Iterator[_Run]:
    lines = tuple(line for line in layout.text if line.key not in taken)
    fixed = _mark_comments(lines, [_is_fixed(line) for line in lines], typography)
    for start, end in _group_runs(lines, fixed, typography):
        yield _Run(
            layout.page.index,
            lines[start:end],
            lines[:start],
            lines[end:],
            find_caption_above(lines[max(0, start - 3) : start], lines[start], typography),
            find_caption_below(lines[end : end + 3], lines[end - 1], typography),
        )


def _make_listing(run: _Run, captions_above: bool, typography: Typography, taken: set[tuple[int, int]]) -> Block | None:
    """The listing of a run, with the caption on the usual side, or on the other when no listing there has it."""
    sides = (run.above, run.below) if captions_above else (run.below, run.above)
    caption = next((side for side in sides if side and side[0].key not in taken), ())
    before = run.before[-1] if run.before and (not caption or caption is run.below) else None
    after = run.after[0] if run.after and (not caption or caption is run.above) else None
    if not _is_listing(run.lines, before, after, typography):
        return None
    taken.update(line.key for line in (*run.lines, *caption))
    claimed = (*run.lines, *caption) if caption is run.below else (*caption, *run.lines)
    text = "\n".join(set_code(run.lines))
    label = read_code_label(caption[0].text, "listing") if caption else ""
    detail = CodeDetail(text, caption, False, guess_language(caption, text), label)
    return Block("code", claimed, (run.page, claimed[0].box.top), detail)


def _is_fixed(line: Line) -> bool:
    """Whether a line is one of a listing: most of it, but for a number at its beginning, is fixed-width."""
    words = line.words[1:] if len(line.words) > 1 and line.words[0].text.isdigit() else line.words
    fixed = [word for word in words if word.font.monospace]
    return bool(fixed) and sum(len(w.text) for w in fixed) >= MONOSPACE_SHARE * sum(len(w.text) for w in words)


def _mark_comments(lines: Sequence[Line], fixed: Sequence[bool], typography: Typography) -> list[bool]:
    """Which lines are fixed-width, or next to such a line: comments in slanted or other type, code with ideographs."""
    marked = list(fixed)
    for number in (*range(len(lines)), *reversed(range(len(lines)))):
        if marked[number] or _is_body(lines[number], typography):
            continue
        if not (_COMMENT.match(lines[number].text) or _is_mixed(lines[number])):
            continue
        for other in (number - 1, number + 1):
            if 0 <= other < len(lines) and marked[other]:
                step = abs(lines[other].baseline - lines[number].baseline)
                marked[number] = marked[number] or step < COMMENT_STEP * lines[number].size
    return marked


def _is_mixed(line: Line) -> bool:
    """Whether a line begins in fixed-width type, ends early, and has nothing in other type but ideographs."""
    if not line.words[0].font.monospace or line.slack < ENDS_EARLY * line.size:
        return False
    return all(word.font.monospace or has_any(word.text, IDEOGRAPHS) for word in line.words)


def _is_body(line: Line, typography: Typography) -> bool:
    """Whether a line is set like the running text."""
    body = typography.body
    same_size = abs(line.size - body.size) < 0.06 * body.size
    return same_size and line.font.name == body.name and line.font.italic == body.italic


def _group_runs(lines: Sequence[Line], fixed: Sequence[bool], typography: Typography) -> Iterator[tuple[int, int]]:
    """(start, end) of runs of listing lines; comments set otherwise go on with the run that they stand in."""
    number = 0
    while number < len(lines):
        if not fixed[number]:
            number += 1
            continue
        start = number - 1 if number and lines[number - 1].text.strip() == "1" else number
        number += 1
        while number < len(lines):
            if fixed[number] or lines[number].text.strip().isdigit():
                reach = number
            else:
                reach = _bridge(lines, fixed, start, number, typography)
            if not reach or not all(_follows(lines[n - 1], lines[n]) for n in range(number, reach + 1)):
                break
            number = reach + 1
        yield start, number


def _follows(above: Line, below: Line) -> bool:
    fixed = above.font.monospace and below.font.monospace and not above.text.isdigit()
    if fixed and abs(above.size - below.size) > SAME_SIZE * below.size:
        return False
    return 0 < above.baseline - below.baseline < SAME_LISTING * 1.2 * max(above.size, below.size)


def _bridge(lines: Sequence[Line], fixed: Sequence[bool], start: int, number: int, typography: Typography) -> int:
    """The next listing line behind lines in other type that keep the listing's leading and edge, 0 if there is none."""
    reach = next((n for n in range(number + 1, min(number + 4, len(lines))) if fixed[n]), 0)
    if not reach or number - start < 1 or any(_is_body(line, typography) for line in lines[number:reach]):
        return 0
    steps = [lines[n - 1].baseline - lines[n].baseline for n in range(start + 1, reach + 1)]
    usual = min((step for step in steps if step > 0), default=0.0)
    left = min(line.box.left for line in lines[start:number])
    even = all(0.9 * usual <= step <= 1.12 * usual for step in steps[number - start - 1 :])
    return reach if even and all(line.box.left > left - 0.3 * line.size for line in lines[number:reach]) else 0


def _is_listing(group: Sequence[Line], before: Line | None, after: Line | None, typography: Typography) -> bool:
    """Whether lines are a listing and not a web address, a name within a paragraph, or figures in columns."""
    text = " ".join(line.text for line in group)
    if all(_ADDRESS.match(line.text) for line in group) or sum(c.isalpha() for c in text) < 0.2 * len(text):
        return False
    named = _names_things(text)
    if _IDENTIFIER.search(text) and all(line.text.count(" ") < 2 for line in group):
        return False  # an address that is broken over lines
    if len(group) > 3 or (len(group) == 3 and not named):
        return True
    # A few lines may be the fixed-width part of a paragraph: space must stand around them.
    gap = APART * typography.leading
    above = before is None or before.baseline - group[0].baseline > gap or before.baseline < group[0].baseline
    below = after is None or group[-1].baseline - after.baseline > gap or after.baseline > group[-1].baseline
    return above and below and not named and read_marker(group[0]) is None


def _names_things(text: str) -> bool:
    """Whether addresses and other identifiers are most of a text, as they are in a list of sources."""
    rest = _IDENTIFIER.sub("", text)
    return sum(c.isalpha() for c in rest) < NO_IDENTIFIER * len(text)


def _join_over_pages(
    blocks: Sequence[Block], layouts: Sequence[PageLayout], taken: set[tuple[int, int]]
) -> list[Block]:
    """Listings that page breaks cut in pieces, as one, with one left edge for all parts."""
    groups: list[list[Block]] = []
    captioned = False
    for block in blocks:
        if groups and _goes_on(groups[-1][-1], block, captioned, layouts, taken):
            groups[-1].append(block)
        else:
            groups.append([block])
            captioned = False
        captioned = captioned or (isinstance(block.detail, CodeDetail) and bool(block.detail.caption))
    return [_join(group) if len(group) > 1 else group[0] for group in groups]


def _join(parts: Sequence[Block]) -> Block:
    """The parts of a listing as one block."""
    details = [part.detail for part in parts if isinstance(part.detail, CodeDetail)]
    named = next((detail for detail in details if detail.caption), details[0])
    lines = tuple(line for part in parts for line in part.lines)
    keys = {line.key for line in named.caption}
    text = "\n".join(set_code([line for line in lines if line.key not in keys]))
    language = guess_language(named.caption, text)
    return replace(parts[0], lines=lines, detail=replace(named, text=text, language=language))


def _goes_on(
    last: Block, block: Block, captioned: bool, layouts: Sequence[PageLayout], taken: set[tuple[int, int]]
) -> bool:
    """Whether a listing goes on with the one that ends the page before, which may be `captioned` already."""
    first, second = last.detail, block.detail
    if not isinstance(first, CodeDetail) or not isinstance(second, CodeDetail) or first.algorithm or second.algorithm:
        return False
    end, start = last.lines[-1], block.lines[0]
    if start.page != end.page + 1 or (captioned and second.caption):
        return False
    after = [line for line in layouts[end.page].text if line.baseline < end.baseline - 1 and line.key not in taken]
    before = [line for line in layouts[start.page].text if line.baseline > start.baseline + 1 and line.key not in taken]
    return not after and not before
