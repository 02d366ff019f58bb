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
from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.headings.adjusting import (
    lift_back,
    lift_front,
    nest_back,
    place_within,
    sink_papers,
    sink_strays,
)
from thesis_convert.loader.structure.headings.ranked import LAST, PAPER, PART, SAME_SIZE, WITHIN, Key, Look, Ranked
from thesis_convert.loader.structure.headings.styles import Style
from thesis_convert.loader.structure.numbering import Numbered

SMALLER = 0.9
"""Type smaller than this share of the chapters' is that of no chapter."""
RUN_IN = 10.0
"""A heading that text goes on after stands below all others of its size, whatever their weight."""
COUNTED = 0.3
"""Share of the headings in one look that must have numbers for the others to stand as high as these."""


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
    levels = sink_strays(headings, keys, place_within(headings, keys, levels))
    levels = lift_back(headings, lift_front(headings, levels))
    return sink_papers(headings, nest_back(headings, levels))


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
        back = heading.level == 1 and not heading.number and section_kind(heading.title) in LAST
        if heading.number and heading.number.kind == "part":
            heading = heading._replace(level=1)
        elif heading.level and n > parts[0] and not back:
            heading = heading._replace(level=heading.level + 1)
        moved.append(heading)
    return moved


def _make_keys(headings: Sequence[Ranked], formats: Sequence[str]) -> list[Key]:
    outline = is_outline([form for form in formats if form not in ("", PAPER[0])])
    smallest = _measure_chapters(headings)
    keys: list[Key | None] = []
    for heading, form in zip(headings, formats, strict=True):
        ranked = outline and heading.number is not None and is_rank(heading.number)
        small = not heading.level and not ranked and _is_single(heading) and heading.style.size < smallest
        if not heading.number or small:
            keys.append(None)
        elif outline or (form, 0) in (PART, PAPER) or form.startswith("chinese"):
            keys.append((form, 0))
        else:
            keys.append(("depth", heading.number.depth))
    looks = _read_looks(headings)
    counted: defaultdict[Look, Counter[Key]] = defaultdict(Counter)
    for key, look in zip(keys, looks, strict=True):
        if key is not None and key not in (PART, PAPER):
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
    if PART in kinds:
        known.setdefault(PART, 1)
    within = known.get(PART, 0)
    for depth in depths:
        nearest = min((d for d in depths if ("depth", d) in known), key=lambda d: abs(d - depth), default=None)
        base = known["depth", nearest] - nearest if nearest is not None else within
        known.setdefault(("depth", depth), max(1, base + depth))
    if PAPER in kinds:
        known.setdefault(PAPER, known.get(("depth", 1), within + 1))
    nested = nest_formats([(form, number) for form, number in numbers if number.kind != PAPER[0]])
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
