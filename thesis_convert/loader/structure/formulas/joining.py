"""Puts the parts of one line together: fractions and limits within a line of text.

In: pages as laid out. Out: the pages with the parts in the line that they belong to. Parts of one
line stand closer than lines ever do, and in gaps that the line's other words leave for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.formulas.fonts import Fonts
from thesis_convert.loader.structure.formulas.groups import find_groups, is_displayed
from thesis_convert.loader.structure.formulas.lines import SINGLE_SPACED, TOO_CLOSE, FormulaLine, read_lines
from thesis_convert.loader.structure.formulas.rows import SCRIPT_SIZE
from thesis_convert.loader.structure.formulas.symbols import BIG
from thesis_convert.page import (
    Line,
    PageLayout,
    Typography,
    Word,
    enclosing_box,
)


def join_formula_lines(layouts: Sequence[PageLayout], typography: Typography, fonts: Fonts) -> tuple[PageLayout, ...]:
    """The pages with lines in which the parts of inline formulas are put together."""
    return tuple(
        _join_page(layout, typography, fonts) if layout.page.index in fonts.pages else layout for layout in layouts
    )


def _join_page(layout: PageLayout, typography: Typography, fonts: Fonts) -> PageLayout:
    if not any(is_close(a, b, typography) for a, b in pairwise(layout.text)):
        return layout
    read = read_lines(layout, fonts)
    hosts = {n: host for n in range(len(read)) if (host := _find_host(read, n, typography)) is not None}
    for group in find_groups(read, hosts):
        if len(group) > 1 and not is_displayed(read, group):
            hosts |= _join_group(read, group, typography)
    if not hosts:
        return layout
    lines = []
    for number, line in enumerate(layout.text):
        if number in hosts:
            continue
        guests = [layout.text[n] for n, host in hosts.items() if host == number]
        lines.append(_add_words(line, guests) if guests else line)
    return replace(layout, text=tuple(lines))


def is_close(above: Line, below: Line, typography: Typography) -> bool:
    leading = min(typography.leading, SINGLE_SPACED * typography.size)
    return abs(above.baseline - below.baseline) < TOO_CLOSE * leading and above.column == below.column


def _find_host(read: Sequence[FormulaLine], number: int, typography: Typography) -> int | None:
    """The line of text that a line is a part of."""
    part = read[number]
    if not part.formula or part.label or part.text or part.line.font.monospace:
        return None
    found = None
    for other in sorted(range(max(0, number - 4), min(len(read), number + 5)), key=lambda n: abs(n - number)):
        host = read[other]
        if (
            other == number
            or host.formula
            or host.line.font.monospace
            or not is_close(part.line, host.line, typography)
        ):
            continue
        distance = abs(part.line.baseline - host.line.baseline)
        if _fits_in(part.line, host.line) and (found is None or distance < found[0]):
            found = (distance, other)
    return None if found is None else found[1]


def _fits_in(part: Line, host: Line) -> bool:
    """Whether the words of a part stand beside or over those of its line and not in their place."""
    size = host.size
    if part.box.left < host.box.left - size or part.box.right > host.box.right + size * 3:
        return False
    shift = abs(part.baseline - host.baseline)
    for word in host.words:
        shared = min(word.box.right, part.box.right) - max(word.box.left, part.box.left)
        if shared > 0.3 * size and shift < 0.6 * size and word.text not in BIG and word.font.size > SCRIPT_SIZE * size:
            return (
                any(other.font.size < SCRIPT_SIZE * size for other in part.words)
                and shift > 0.25 * size
                and word.font.math
            )
    return True


def _join_group(read: Sequence[FormulaLine], group: Sequence[int], typography: Typography) -> dict[int, int]:
    """The line that each part in a group of formula lines belongs to, where none of them is displayed."""
    mains: list[int] = []
    for number in sorted(group, key=lambda n: -len(read[n].line.text)):
        if not any(is_close(read[number].line, read[main].line, typography) for main in mains):
            mains.append(number)
    return {
        number: min(mains, key=lambda n: abs(read[n].line.baseline - read[number].line.baseline))
        for number in group
        if number not in mains
    }


def _add_words(line: Line, guests: Sequence[Line]) -> Line:
    added = sorted((w for guest in guests for w in guest.words), key=lambda w: w.box.left)
    words: list[Word] = []
    for word in line.words:
        while added and (_is_before(added[0], word) != line.right_to_left):
            words.append(added.pop(0))
        words.append(word)
    words += added
    box = enclosing_box([line.box, *(guest.box for guest in guests)])
    return replace_words(line, words, box)


def _is_before(added: Word, word: Word) -> bool:
    return added.box.left < word.box.left
