"""Gives each entry of the printed contents its level.

In: entries as read, with their lines. Out: `ContentsEntry` values. A number tells its own depth. An
entry without one stands as deep as those that begin as far left and are set in the same type; where no
entry has a number, indents rank first, then type.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.structure.contents_parts import PART, Place, find_parts, lift_back
from thesis_convert.loader.structure.counting import (
    is_outline,
    nest_formats,
    number_format,
    read_line_number,
    read_values,
)
from thesis_convert.loader.structure.numbering import Numbered
from thesis_convert.page import Font, Line, Typography

SAME_INDENT = 0.45
"""Entries whose left edges differ by less than this share of the type size begin at one place."""
LARGER = 1.08
"""Type this much larger marks a higher level of contents."""
MAX_ABBREVIATION = 3
"""So few letters may be capitals by nature."""


class RawEntry(NamedTuple):
    """An entry as printed, without its leaders. `page` is "" when none is printed; `indent` is in points."""

    text: str
    page: str
    lines: tuple[Line, ...]
    indent: float


class ContentsEntry(NamedTuple):
    """An entry of the printed contents: `level` counts from 1, `page` is the printed page number."""

    label: str
    title: str
    level: int
    page: str
    lines: tuple[Line, ...]
    numbered: Numbered | None = None


class _Look(NamedTuple):
    """How an entry is set: smaller values stand higher in the tree."""

    indent: int
    smaller: bool
    plain: bool
    italic: bool


def assign_levels(raw: Sequence[RawEntry], typography: Typography) -> tuple[ContentsEntry, ...]:
    """The entries with their levels."""
    raw = _join_labels(raw, SAME_INDENT * typography.size)
    numbers = [read_line_number(entry.lines, entry.text) for entry in raw]
    looks = _read_looks(raw, typography)
    formats = find_parts(_read_formats(numbers, looks), numbers)
    depths = _read_depths([(form, number) for form, number in zip(formats, numbers, strict=True) if form and number])
    told: defaultdict[_Look, Counter[int]] = defaultdict(Counter)
    for look, form in zip(looks, formats, strict=True):
        if form:
            told[look][depths[form]] += 1
    known = {look: count.most_common(1)[0][0] for look, count in told.items()}
    known = _place_looks(looks, known)
    levels = lift_back(
        [
            Place(
                entry.text,
                "appendix" if form and number and number.kind == "appendix" else form,
                depths.get(form, known[look]),
            )
            for entry, number, form, look in zip(raw, numbers, formats, looks, strict=True)
        ]
    )
    return tuple(_make_entry(*told) for told in zip(raw, numbers, levels, strict=True))


def _join_labels(raw: Sequence[RawEntry], tolerance: float) -> list[RawEntry]:
    """The entries, with one that is only a label ("Chapter 1") and the title below it as one: both tell one page."""
    joined: list[RawEntry] = []
    for entry in raw:
        label = joined[-1] if joined else None
        if label and entry.page == label.page and abs(entry.indent - label.indent) < tolerance and _is_label(label):
            text = f"{label.text} {entry.text}"
            joined[-1] = RawEntry(text, entry.page, (*label.lines, *entry.lines), label.indent)
        else:
            joined.append(entry)
    return joined


def _is_label(entry: RawEntry) -> bool:
    number = read_line_number(entry.lines, entry.text)
    return number is not None and not number.title and bool(number.kind) and number.kind != PART


def _make_entry(raw: RawEntry, number: Numbered | None, level: int) -> ContentsEntry:
    label, title = (number.label, number.title) if number and number.title else ("", raw.text)
    return ContentsEntry(label, title, level, raw.page, raw.lines, number)


def _read_formats(numbers: Sequence[Numbered | None], looks: Sequence[_Look]) -> list[str]:
    """The kind of each entry's number, "" without one.

    Chapters and sections may both be counted "1." again and again: then it is the indent that tells them apart.
    """
    formats = [number_format(number) if number and number.title else "" for number in numbers]
    values: defaultdict[str, list[int]] = defaultdict(list)
    indents: defaultdict[str, set[int]] = defaultdict(set)
    for number, look, form in zip(numbers, looks, formats, strict=True):
        value = read_values(number) if number and len(number.parts) == 1 else None
        if form and value:
            values[form].append(value[0])
            indents[form].add(look.indent)
    restarting = {form for form, counted in values.items() if sum(value == 1 for value in counted) > 1}
    return [
        f"{form}@{look.indent}" if form in restarting and len(indents[form]) > 1 and form != PART else form
        for form, look in zip(formats, looks, strict=True)
    ]


def _read_depths(numbers: Sequence[tuple[str, Numbered]]) -> dict[str, int]:
    """The level that each kind of number means."""
    formats = [form for form, _ in numbers]
    if is_outline(formats):
        return nest_formats(numbers)
    within = 1 if PART in formats else 0
    steps = _rank_indents(formats)
    return {
        form: 1 if form == PART else within + (int(form) if form.isdigit() else 1 + steps.get(form, 0))
        for form in formats
    }


def _rank_indents(formats: Sequence[str]) -> dict[str, int]:
    """How many indents of the same kind of number stand further out than each kind that an indent tells apart."""
    indents: defaultdict[str, set[int]] = defaultdict(set)
    for form in formats:
        kind, mark, indent = form.partition("@")
        if mark:
            indents[kind].add(int(indent))
    return {f"{kind}@{one}": rank for kind, found in indents.items() for rank, one in enumerate(sorted(found))}


def _place_looks(looks: Sequence[_Look], known: dict[_Look, int]) -> dict[_Look, int]:
    """The level of each look: those that no numbered entry has stand below what is set further out."""
    ordered = sorted(set(looks))
    if not known:
        return {look: rank for rank, look in enumerate(ordered, 1)}
    placed = dict(known)
    for look in ordered:
        if look in known:
            continue
        same = [level for other, level in known.items() if other.indent == look.indent]
        above = [level for other, level in placed.items() if other.indent < look.indent]
        placed[look] = min(same) if same else max(above) + 1 if above else min(known.values())
    return placed


def _read_looks(raw: Sequence[RawEntry], typography: Typography) -> list[_Look]:
    lefts = [entry.indent for entry in raw]
    indents = _cluster(lefts, SAME_INDENT * typography.size)
    largest = max((entry.lines[0].size for entry in raw), default=0.0)
    looks = [
        _Look(
            indent, entry.lines[0].size * LARGER < largest, not _stands_out(entry.lines[0]), entry.lines[0].font.italic
        )
        for indent, entry in zip(indents, raw, strict=True)
    ]
    return _level_out(looks)


def _level_out(looks: Sequence[_Look]) -> list[_Look]:
    """The looks, where one in a size or slope for itself is like the others at its indent: foreign names have these."""
    count = Counter(looks)
    usual: dict[tuple[int, bool], _Look] = {}
    for look, _ in reversed(count.most_common()):
        usual[look.indent, look.plain] = look
    return [usual[look.indent, look.plain] if count[look] == 1 else look for look in looks]


def _stands_out(line: Line) -> bool:
    """Whether a title is set in bold type, small capitals or capitals; its leaders need not be."""
    capitals = line.text.isupper() and sum(map(str.isupper, line.text)) > MAX_ABBREVIATION
    letters: Counter[Font] = Counter()
    for word in line.words:
        letters[word.font] += sum(map(str.isalpha, word.text))
    font = letters.most_common(1)[0][0]
    return font.bold or font.small_caps or capitals


def _cluster(values: Sequence[float], tolerance: float) -> list[int]:
    """For each value the rank of its cluster, from the smallest."""
    ranks: dict[float, int] = {}
    rank, last = -1, None
    for value in sorted(set(values)):
        if last is None or value - last > tolerance:
            rank += 1
        ranks[value] = rank
        last = value
    return [ranks[value] for value in values]
