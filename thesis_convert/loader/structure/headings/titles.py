"""Tells titles from what only looks like them: sentences, terms, items, lists, paragraphs in display type.

In: candidates, and the pages that they stand on. Out: answers about one, or the keys of those that are none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from thesis_convert.loader.structure.folding import fold_title, load_data
from thesis_convert.loader.structure.headings.candidates import Candidate
from thesis_convert.loader.structure.headings.styles import FILLING, LARGER, Style
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.page import Line, Typography

SEVERAL = 3
"""So many titles with a capital tell that the style is one of headings."""
STACKED = 3
"""So many lines of one style right under each other are a list."""
MANY = 20
"""So many full lines in one type make it one of paragraphs."""
BOXES = 3
"""So many labels of boxes in two words, or set in, are no titles: "Note" over the notes of a chapter is one."""
_ENDS_SENTENCE = re.compile(r"[.;,…:；，：](?:[”»\"’]+\d{0,3})?$")
"""Behind a quotation the mark of a note may follow."""


def is_title_like(candidate: Candidate, typography: Typography) -> bool:
    """Whether a candidate reads as a title does, and stands where one stands."""
    if candidate.apart == 0 or candidate.runs_on or "。" in candidate.text:
        return False
    if candidate.indented and candidate.number is None and candidate.main.size <= LARGER * typography.size:
        return False
    if read_marker(candidate.lines[0]) is not None and candidate.number is None:
        return False
    if not _ENDS_SENTENCE.search(candidate.text) or candidate.main.size > LARGER * typography.size:
        return True
    short = candidate.text.count(" ") < 6 and candidate.text.endswith(".")
    return candidate.number is not None or short


def find_small(candidates: Sequence[Candidate], typography: Typography) -> set[tuple[int, int]]:
    """The keys of candidates that begin with a small letter, as terms and the rest of sentences do.

    Where most in the style begin with a capital, one may do without.
    """
    small: set[tuple[int, int]] = set()
    for group in _group_by_style([c for c in candidates if c.number is None], typography):
        keys = {candidate.key for candidate in group if _begins_small(candidate)}
        if len(group) - len(keys) < max(SEVERAL, len(keys)):
            small |= keys
    return small


def find_stopped(candidates: Sequence[Candidate], typography: Typography) -> set[tuple[int, int]]:
    """The keys of candidates that end with a full stop where the others in their style mostly do not."""
    stopped: set[tuple[int, int]] = set()
    for group in _group_by_style(candidates, typography):
        keys = {candidate.key for candidate in group if candidate.number is None and candidate.text.endswith(".")}
        if len(group) - len(keys) > len(keys):
            stopped |= keys
    return stopped


def find_stacked(candidates: Sequence[Candidate]) -> set[tuple[int, int]]:
    """The keys of candidates without numbers that stand right under each other in one style: a list has no headings."""
    stacks: list[list[Candidate]] = [[]]
    for candidate in sorted(candidates, key=lambda c: c.place):
        last = stacks[-1][-1] if stacks[-1] else None
        under = last is not None and candidate.place == (last.page, last.place[1] + len(last.lines))
        if candidate.number is not None or last is None or not under or candidate.style != last.style:
            stacks.append([])
        if candidate.number is None:
            stacks[-1].append(candidate)
    return {candidate.key for stack in stacks if len(stack) >= STACKED for candidate in stack}


def find_running(
    candidates: Sequence[Candidate], known: set[tuple[int, int]], pages: Sequence[Sequence[Line]]
) -> set[tuple[int, int]]:
    """The keys of candidates without numbers or known titles in type that paragraphs are set in somewhere."""
    full: Counter[tuple[str, float, bool, bool]] = Counter()
    count: Counter[tuple[str, float, bool, bool]] = Counter()
    for line in chain.from_iterable(pages):
        font = line.font
        face = font.name, round(font.size * 2) / 2, font.bold, font.italic
        count[face] += 1
        full[face] += line.slack < 2 * font.size
    running = {face for face, number in full.items() if number >= MANY and number >= FILLING * count[face]}
    return {c.key for c in candidates if c.number is None and _read_face(c) in running} - known


def find_boxes(candidates: Sequence[Candidate]) -> set[tuple[int, int]]:
    """The keys of candidates that are labels of boxes which come again and again: "Note", "Warning"."""
    words = _load_boxes()
    boxes = [(c, fold_title(c.text)) for c in candidates if c.number is None and len(c.text) <= _longest_box()]
    boxes = [(candidate, text) for candidate, text in boxes if text in words]
    set_in = sum(candidate.main.indent > candidate.main.size for candidate, _ in boxes)
    several = len({text for _, text in boxes}) > 1 or set_in > 0.5 * len(boxes)
    return {candidate.key for candidate, _ in boxes} if several and len(boxes) >= BOXES else set()


@cache
def _load_boxes() -> frozenset[str]:
    return frozenset(fold_title(word) for words in load_data("boxes.json").values() for word in words)


@cache
def _longest_box() -> int:
    """The most characters that such a label has, with a colon after it."""
    return 1 + max(len(word) for words in load_data("boxes.json").values() for word in words)


def _group_by_style(candidates: Sequence[Candidate], typography: Typography) -> Iterable[list[Candidate]]:
    """The candidates in type that is hardly larger than the text's, those of each style together."""
    groups: defaultdict[Style, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.main.size <= LARGER * typography.size:
            groups[candidate.style].append(candidate)
    return groups.values()


def _begins_small(candidate: Candidate) -> bool:
    """Whether a text begins with a small letter; "eLearning" is a name."""
    first = candidate.text[:2]
    return first[:1].islower() and not first[1:].isupper() and not candidate.style.small_caps


def _read_face(candidate: Candidate) -> tuple[str, float, bool, bool]:
    style = candidate.style
    return style.name, style.size, style.bold, style.italic
