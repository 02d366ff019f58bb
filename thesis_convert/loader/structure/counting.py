"""Tells numbers that count the headings of a thesis from words and list items that look like them.

In: lines that begin with a number; the numbers of all candidates in reading order. Out: numbers that can
be trusted, and the longest run of candidates that count up as headings do: 1, 1.1, 1.2, 2, A, A.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.numbering import HANGUL_LETTERS, RANK_DEPTH, Numbered, begins_rank, read_number
from thesis_convert.loader.structure.ordinals import CHINESE_DIGITS, read_ordinal
from thesis_convert.page import Line
from thesis_convert.roman import parse_roman

NUMBER_GAP = 0.42
"""Typesetters put more space after a heading's number, in sizes, than between words (0.25 to 0.4)."""
WIDER = 1.2
"""That space is so many times as wide as those between the words of the same line."""
LEADER_GAP = 1.0
"""What stands further apart, in sizes, is no word space: leaders and page numbers of contents."""
LETTERS = 1000
"""Added to the places of letters in the alphabet: appendices follow all chapters."""
GAP_COST = 0.5
"""What a number left out costs a run, in headings."""
RESTART_COST = 1.5
"""What counting from 1 again costs: parts may do so."""


def read_line_number(lines: Sequence[Line], text: str = "") -> Numbered | None:
    """The number that a heading or entry begins with. `text` is that of `lines` where it differs.

    A letter or roman number alone ("A Measure of Success", "I Wonder") counts only when a stop or a
    wide gap follows it.
    """
    number = read_number(text or " ".join(line.text for line in lines))
    if number is None and len(lines) > 1 and read_ordinal(lines[0].text) is not None:
        title = " ".join(line.text for line in lines[1:])
        return Numbered(lines[0].text, title, 1, "chapter", (lines[0].text,))
    if number is None or number.kind or not number.title or not is_doubtful(number):
        return number
    words = lines[0].words
    if len(words) < 2:
        return number
    if len(words[1].text) == 1 and len(words) > 2 and len(words[2].text) == 1:
        return None  # letter-spaced
    size = lines[0].size
    gap, *others = (max(b.box.left - a.box.right, a.box.left - b.box.right) for a, b in pairwise(words))
    spaces = sorted(space for space in others if 0 < space < LEADER_GAP * size)
    usual = spaces[len(spaces) // 2] if spaces else 0.0
    return number if gap > max(NUMBER_GAP * size, WIDER * usual) else None


def is_doubtful(number: Numbered) -> bool:
    """Whether a number may as well be a word: a letter or roman number without a stop."""
    return number.kind == "" and len(number.parts) == 1 and number.label.isalpha() and number.label.isascii()


def read_values(number: Numbered) -> tuple[int, ...] | None:
    """What a number counts: (2, 3) for "2.3", (4,) for "Chapter IV", (1001, 2) for "A.2"; None when unknown."""
    if number.label.endswith((")", "）")) or number.depth == RANK_DEPTH > len(number.parts):
        return None  # a list, or a rank of its own
    values = []
    for place, part in enumerate(number.parts):
        value = _read_part(part, first=place == 0, kind=number.kind)
        if value is None:
            return None
        values.append(value)
    return tuple(values) or None


def _read_part(part: str, first: bool, kind: str) -> int | None:
    if part.isdecimal():
        return int(part)
    if kind != "appendix" and (len(part) > 1 or part in "IVX"):
        roman = parse_roman(part)
        if roman:
            return roman
    if first and len(part) == 1 and part.isascii() and part.isalpha():
        return LETTERS + ord(part.upper()) - ord("A") + 1
    return parse_roman(part) or read_ordinal(part)


class Counted(NamedTuple):
    """A candidate: what its number counts, and how much else speaks for it."""

    values: tuple[int, ...]
    weight: float


def find_run(items: Sequence[Counted]) -> set[int]:
    """The places in `items` (in reading order) that make the heaviest run of numbers that count up."""
    scores: list[float] = []
    before: list[int] = []
    exact: dict[tuple[int, ...], tuple[float, int]] = {}
    within: dict[tuple[int, ...], tuple[float, int]] = {}
    best = (0.0, -1)
    for place, (values, weight) in enumerate(items):
        score, previous = max(_list_predecessors(values, exact, within, best), default=(0.0, -1))
        score += weight
        scores.append(score)
        before.append(previous)
        if score > exact.get(values, (-1.0, -1))[0]:
            exact[values] = (score, place)
        for length in range(1, len(values) + 1):
            if score > within.get(values[:length], (-1.0, -1))[0]:
                within[values[:length]] = (score, place)
        if score > best[0]:
            best = (score, place)
    run = set()
    place = best[1]
    while place >= 0:
        run.add(place)
        place = before[place]
    return run


def _list_predecessors(
    values: tuple[int, ...],
    exact: dict[tuple[int, ...], tuple[float, int]],
    within: dict[tuple[int, ...], tuple[float, int]],
    best: tuple[float, int],
) -> list[tuple[float, int]]:
    """The runs that a number may go on, with their scores after what the step costs."""
    *front, last = values
    parent = tuple(front)
    found = [(0.0 if values == (1,) else -GAP_COST, -1)]
    for missing in (0, 1, 2):
        sibling = within.get((*parent, last - 1 - missing)) if last - 1 - missing >= 0 else None
        if sibling:
            found.append((sibling[0] - missing * GAP_COST, sibling[1]))
    if parent and last <= 2 and parent in exact:
        found.append((exact[parent][0] - (last == 2) * GAP_COST, exact[parent][1]))
    if parent and last <= 1 and parent not in exact:
        uncle = within.get((*parent[:-1], parent[-1] - 1))
        if uncle:
            found.append((uncle[0] - 2 * GAP_COST, uncle[1]))
    if values == (LETTERS + 1,) or (parent == (LETTERS + 1,) and last == 1 and parent not in exact):
        found.append(best)
    elif values == (1,):
        found.append((best[0] - RESTART_COST, best[1]))
    return found


def number_format(number: Numbered) -> str:
    """What numbers of one kind have in common: "part", "paper", "word", "digit", "roman", "letter", "digit)".

    It is "2" for "1.1". Numbers in Chinese are "chinese" (一、), "chinese)" （一） or "unit" (第一節); those of the
    ranks below these are "digit", "digit)" and "digit()", "circled", "hangul" and so on.
    """
    if number.kind in ("part", "paper"):
        return number.kind
    if len(number.parts) > 1:
        return str(len(number.parts))
    if number.kind:
        return "word"
    part = number.parts[0] if number.parts else ""
    mark = ")" if number.label.endswith((")", "）")) else ""
    if number.label[:1] in ("第", "제"):
        return "unit"
    if part[:1] in CHINESE_DIGITS:
        return f"chinese{mark}"
    if part in HANGUL_LETTERS or (part.isdecimal() and number.depth == RANK_DEPTH):
        mark = "()" if number.label[:1] in "(（" else mark
        return f"{'digit' if part in number.label else 'circled'}{mark}" if part.isdecimal() else f"hangul{mark}"
    if part.isdecimal():
        return f"digit{mark}"
    if parse_roman(part) and (len(part) > 1 or part in "IVXivx"):
        return ("roman" if part.isupper() else "small roman") + mark
    return ("letter" if part.isupper() else "small letter") + mark


def is_rank(number: Numbered) -> bool:
    """Whether a number is of those that rank below sections in East Asian theses: 一、 （一） 1. (1) ① 가."""
    return len(number.parts) == 1 and bool(number.title) and begins_rank(number.label + number.title)


def is_outline(formats: Sequence[str]) -> bool:
    """Whether numbers of several kinds stand within each other (I., A., 1., a), each counting again and again.

    Appendices counted by letters after chapters counted by digits change the kind just once.
    """
    single = [form for form in formats if not form.isdigit() and form != "part"]
    changes = sum(a != b for a, b in pairwise(single))
    return changes > len(set(single)) + 1


def _counts_alike(form: str, number: Numbered, following: Numbered) -> bool:
    """Whether a number of several parts begins with the one before: "A.1" under "A", "1.1" under 一."""
    first = following.parts[0]
    return number.parts[0] == first or (form == "chinese" and str(read_ordinal(number.parts[0])) == first)


def nest_formats(numbers: Sequence[tuple[str, Numbered]]) -> dict[str, int]:
    """The level of each kind of number, from 1, by which first stands within which.

    `numbers` are all numbers with their kinds. A number that others begin with ("A" before "A.1") stands
    right above these, wherever it first comes.
    """
    levels: dict[str, int] = {}
    stack: list[str] = []
    heads: set[str] = set()
    for place, (form, number) in enumerate(numbers):
        following = numbers[place + 1][1] if place + 1 < len(numbers) else None
        if (
            following
            and len(number.parts) == 1
            and len(following.parts) == 2
            and _counts_alike(form, number, following)
        ):
            heads.add(form)
        if form in stack:
            del stack[stack.index(form) + 1 :]
            continue
        while form in levels and stack and levels[stack[-1]] >= levels[form]:
            stack.pop()
        stack.append(form)
        levels.setdefault(form, len(stack))
    for form in heads:
        levels[form] = max(1, levels["2"] - 1)
    return levels
