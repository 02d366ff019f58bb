"""Gives each heading its level: the one merge of all signs.

In: headings in reading order, some with a level that bookmarks, tags or the contents tell. Out: a level
for each. Numbers of the same depth, and headings in the same style, stand equally high; styles that
nothing is told of are ranked by their size and weight, and by which stands directly under which.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.counting import is_outline, is_rank, nest_formats, number_format
from thesis_convert.loader.structure.divisions import FRONT, section_kind
from thesis_convert.loader.structure.headings.styles import Style
from thesis_convert.loader.structure.numbering import Numbered

SAME_SIZE = 0.04
"""Types whose sizes differ by less than this share rank alike."""
SMALLER = 0.9
"""Type smaller than this share of the chapters' is that of no chapter."""
RUN_IN = 10.0
"""A heading that text goes on after stands below all others of its size, whatever their weight."""
MIN_TOLD = 3
"""So many headings that are told make a rule for their depth."""
COUNTED = 0.3
"""Share of the headings in one look that must have numbers for the others to stand as high as these."""


class Ranked(NamedTuple):
    """A heading to be placed.

    `level` is 0 where nothing tells it. `head` says that it begins a page, `stacked` that the next
    heading follows without text between them, `run_in` that text goes on after it on its line.
    """

    title: str
    style: Style
    number: Numbered | None
    level: int
    centred: bool
    head: bool
    stacked: bool
    run_in: bool = False


class Look(NamedTuple):
    """What headings without a number have in common that stand equally high."""

    style: Style
    centred: bool
    run_in: bool


Key = tuple[str, int] | Look
"""What headings of one level have in common: ("depth", 2), ("letter", 0), ("part", 0) or their look."""
WITHIN: Key = ("within", 0)
"""The key of headings that stand one level below the numbered heading before them."""
_LAST = frozenset({"bibliography", "appendix", "index", "curriculum-vitae", "endnotes", "glossary"})


def settle_levels(headings: Sequence[Ranked]) -> list[int]:
    """A level for each heading, from 1."""
    if not headings:
        return []
    headings = _make_room(headings)
    formats = [number_format(h.number) if h.number else "" for h in headings]
    keys = _make_keys(headings, formats)
    told: defaultdict[Key, Counter[int]] = defaultdict(Counter)
    for heading, key in zip(headings, keys, strict=True):
        if heading.level:
            told[key][heading.level] += 1
    known = {key: count.most_common(1)[0][0] for key, count in told.items()}
    flat = _find_flat(known)
    known = {key: level for key, level in known.items() if key not in flat}
    _place_numbers(known, keys, [(form, h.number) for form, h in zip(formats, headings, strict=True) if h.number])
    _place_styles(known, keys, headings)
    levels = [h.level if h.level and key not in flat else known[key] for h, key in zip(headings, keys, strict=True)]
    levels = _sink_strays(headings, keys, _place_within(headings, keys, levels))
    return _lift_back(headings, _lift_front(headings, levels))


def _make_room(headings: Sequence[Ranked]) -> list[Ranked]:
    """The headings, with those told of one level lower where parts stand over chapters that are told to be highest.

    Contents may leave parts out, or count them otherwise than the parts themselves. A part is followed by a chapter.
    """
    parts = [n for n, h in enumerate(headings) if h.number and h.number.kind == "part"]
    following = [next((h for h in headings[n + 1 : n + 2]), None) for n in parts]
    over = all(
        headings[n].head and not headings[n].level and h and h.level == 1 and h.number and h.head
        for n, h in zip(parts, following, strict=True)
    )
    if not parts or not over:
        return list(headings)
    moved = []
    for n, heading in enumerate(headings):
        back = heading.level == 1 and not heading.number and section_kind(heading.title) in _LAST
        if heading.number and heading.number.kind == "part":
            heading = heading._replace(level=1)
        elif heading.level and n > parts[0] and not back:
            heading = heading._replace(level=heading.level + 1)
        moved.append(heading)
    return moved


def _make_keys(headings: Sequence[Ranked], formats: Sequence[str]) -> list[Key]:
    outline = is_outline([form for form in formats if form])
    smallest = _measure_chapters(headings)
    keys: list[Key | None] = []
    for heading, form in zip(headings, formats, strict=True):
        ranked = outline and heading.number is not None and is_rank(heading.number)
        small = not heading.level and not ranked and _is_single(heading) and heading.style.size < smallest
        if not heading.number or small:
            keys.append(None)
        elif outline or form == "part" or form.startswith("chinese"):
            keys.append((form, 0))
        else:
            keys.append(("depth", heading.number.depth))
    looks = _read_looks(headings)
    counted: defaultdict[Look, Counter[Key]] = defaultdict(Counter)
    for key, look in zip(keys, looks, strict=True):
        if key is not None and key != ("part", 0):
            counted[look][key] += 1
    count = Counter(looks)
    shared = {look: found for look, found in counted.items() if found.total() >= COUNTED * count[look]}
    return [
        key or (_share_key(heading, shared[look]) if look in shared else look)
        for heading, key, look in zip(headings, keys, looks, strict=True)
    ]


def _measure_chapters(headings: Sequence[Ranked]) -> float:
    """The size, in points, that what counts chapters has at least: a number that others begin with is a chapter's.

    A list of numbered titles in smaller type, such as that in an author's life, stands within a chapter.
    """
    counted = [(h.style.size, h.number.parts) for h in headings if h.number and h.number.parts]
    sizes = [
        size
        for (size, parts), (_, below) in pairwise(counted)
        if len(parts) == 1 and len(below) > 1 and parts[0] == below[0]
    ]
    return SMALLER * min(sizes, default=0.0)


def _is_single(heading: Ranked) -> bool:
    return heading.number is not None and len(heading.number.parts) == 1 and not heading.number.kind


def _share_key(heading: Ranked, counted: Counter[Key]) -> Key:
    """The key of a heading without a number that is set as numbered ones are.

    An author who counts sections counts all of one depth: one without a number among them is below them.
    A title that theses have ("Summary") is left without a number at any depth.
    """
    depths = [key for key in counted if isinstance(key, tuple) and key[0] == "depth"]
    if depths and (len(depths) > 1 or depths[0] > ("depth", 1)):
        return min(depths) if section_kind(heading.title) else WITHIN
    return counted.most_common(1)[0][0]


def _read_looks(headings: Sequence[Ranked]) -> list[Look]:
    """The look of each heading. A look that only one has, for capitals or place, is that of its fellows in type."""
    looks = [Look(h.style._replace(name=""), h.centred, h.run_in) for h in headings]
    count = Counter(looks)
    fellows: defaultdict[tuple[Style, bool], list[Look]] = defaultdict(list)
    for look in count:
        fellows[_read_type(look)].append(look)
    usual = {kind: max(found, key=lambda look: (count[look], look)) for kind, found in fellows.items()}
    return [look if count[look] > 1 else usual[_read_type(look)] for look in looks]


def _read_type(look: Look) -> tuple[Style, bool]:
    return look.style._replace(capitals=False), look.run_in


def _find_flat(known: dict[Key, int]) -> set[Key]:
    """Deeper numbers that evidence puts no deeper than the others: then it is a list, no tree."""
    flat: set[Key] = set()
    for depth in range(2, 8):
        above, level = known.get(("depth", depth - 1)), known.get(("depth", depth))
        if above is not None and level is not None and (level <= above or ("depth", depth - 1) in flat):
            flat.add(("depth", depth))
    return flat


def _place_numbers(known: dict[Key, int], keys: Sequence[Key], numbers: Sequence[tuple[str, Numbered]]) -> None:
    """Levels for the depths and kinds of numbers that nothing is told of."""
    depths = sorted({key[1] for key in keys if not isinstance(key, Look) and key[0] == "depth"})
    kinds = {key for key in keys if not isinstance(key, Look) and key[0] not in ("depth", "within")}
    if ("part", 0) in kinds:
        known.setdefault(("part", 0), 1)
    within = known.get(("part", 0), 0)
    for depth in depths:
        nearest = min((d for d in depths if ("depth", d) in known), key=lambda d: abs(d - depth), default=None)
        base = known["depth", nearest] - nearest if nearest is not None else within
        known.setdefault(("depth", depth), max(1, base + depth))
    nested = nest_formats(numbers)
    for kind in sorted(kinds, key=lambda key: nested.get(key[0], 1)):
        known.setdefault(kind, nested.get(kind[0], 1))
    if WITHIN in keys:
        known.setdefault(WITHIN, max(known.values()) + 1)


def _place_styles(known: dict[Key, int], keys: Sequence[Key], headings: Sequence[Ranked]) -> None:
    """Levels for the styles of headings without a number: by those of the styles that rank next to them."""
    members: defaultdict[Key, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        members[key].append(place)
    ranks = {key: _read_rank([headings[n] for n in found]) for key, found in members.items()}
    unknown = sorted((key for key in members if key not in known), key=lambda key: (ranks[key], members[key]))
    placed = [(ranks[key], known[key]) for key in members if key in known]
    for place, key in enumerate(unknown):
        rank = ranks[key]
        same = [level for other, level in placed if _is_same(other, rank)]
        above = [level for other, level in placed if other < rank]
        lowest = min((level for _, level in placed), default=1)
        level = same[0] if same else max(above) + 1 if above else max(1, lowest - 1)
        known[key] = level
        # One heading alone in a larger type opens no level of its own.
        if len(members[key]) > 1 or above or place + 1 == len(unknown):
            placed.append((rank, level))


class _Rank(NamedTuple):
    """How strongly headings are set: what is smaller stands higher in the tree."""

    smallness: float
    lightness: float


def _read_rank(headings: Sequence[Ranked]) -> _Rank:
    style, number = Counter(h.style for h in headings).most_common(1)[0][0], len(headings)
    weight = 4.0 * style.bold + 2.0 * style.capitals + 1.5 * style.small_caps - 0.5 * style.italic
    weight -= RUN_IN * (sum(h.run_in for h in headings) > 0.6 * number)
    weight += 1.0 * (sum(h.centred for h in headings) > 0.6 * number)
    weight += 3.0 * (number >= 2 and sum(h.head for h in headings) > 0.8 * number)
    return _Rank(-style.size, -weight)


def _is_same(one: _Rank, other: _Rank) -> bool:
    return abs(one.smallness - other.smallness) <= SAME_SIZE * -one.smallness and one.lightness == other.lightness


def _place_within(headings: Sequence[Ranked], keys: Sequence[Key], levels: Sequence[int]) -> list[int]:
    """Levels with those of the headings that stand below the numbered one before them."""
    result: list[int] = []
    above = 0
    for heading, key, level in zip(headings, keys, levels, strict=True):
        if key == WITHIN and not heading.level:
            level = above + 1
        elif heading.number:
            above = level
        result.append(level)
    return result


def _sink_strays(headings: Sequence[Ranked], keys: Sequence[Key], levels: Sequence[int]) -> list[int]:
    """Levels with those of headings that nothing tells, smaller than all told ones of their depth, below the last told.

    A list of publications counts from 1 again, and so does a life.
    """
    told: defaultdict[Key, list[float]] = defaultdict(list)
    for heading, key in zip(headings, keys, strict=True):
        if heading.level and isinstance(key, tuple) and key[0] == "depth":
            told[key].append(heading.style.size)
    result: list[int] = []
    above = 0
    for heading, key, level in zip(headings, keys, levels, strict=True):
        known = told.get(key, ())
        stray = len(known) >= MIN_TOLD and not heading.level and heading.style.size < min(known) * (1 - SAME_SIZE)
        if stray and (heading.number or section_kind(heading.title) is None):
            level = max(level, above + (heading.number.depth if heading.number else 1))
        else:
            above = level
        result.append(level)
    return result


def _lift_back(headings: Sequence[Ranked], levels: Sequence[int]) -> list[int]:
    """The one bibliography or index that begins a page after all numbers is no part of the last chapter."""
    last = max((n for n, h in enumerate(headings) if h.number), default=-1)
    kinds = [section_kind(h.title) for h in headings]
    lifted = list(levels)
    for place, heading in enumerate(headings):
        alone = kinds[place] in _LAST and kinds.count(kinds[place]) == 1
        if alone and place > last >= 0 and heading.head and not heading.level:
            lifted[place] = 1
    return lifted


def _lift_front(headings: Sequence[Ranked], levels: Sequence[int]) -> list[int]:
    """Titles of front matter before the first number are no parts of each other, nor of anything else."""
    first = next((n for n, h in enumerate(headings) if h.number), 0)
    lifted = list(levels)
    spare = min(levels[:first], default=1) - 1
    for place in range(first):
        lifted[place] = 1 if section_kind(headings[place].title) in FRONT else levels[place] - spare
    return lifted
