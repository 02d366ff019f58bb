"""Tells the parts of a thesis among the entries of its contents, and what follows the last part.

In: the kinds of the entries' numbers, and the entries. Out: the same, with parts told from chapters, and
with the bibliography and what follows it outside of the last part. Contents set a part "I Title", as other
theses set a chapter; but numbers of chapters follow each other, and between two parts stand chapters, whose
numbers may count on from part to part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from thesis_convert.document import SectionKind
from thesis_convert.loader.structure.counting import read_values
from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.numbering import Numbered

PART = "part"
"""The kind of the numbers of parts."""
_CHAPTERS = frozenset({"digit", "word"})
_LAST: frozenset[SectionKind] = frozenset({"bibliography", "index", "glossary", "curriculum-vitae", "appendix"})


@dataclass(frozen=True, slots=True)
class Place:
    """What tells where an entry stands: its title, the kind of its number ("" without one) and its level from 1.

    `form` is "appendix" for an appendix that says so.
    """

    title: str
    form: str
    level: int


def find_parts(formats: Sequence[str], numbers: Sequence[Numbered | None]) -> list[str]:
    """The kinds of numbers, with roman ones that stand over chapters in figures as those of parts."""
    told = [(form, number) for form, number in zip(formats, numbers, strict=True) if number and form]
    single = [(form, number) for form, number in told if not form.isdigit()]
    following = [other for (form, _), (other, _) in pairwise(single) if form == "roman"]
    between = following[:1] == ["digit"] and "roman" not in following
    count = [form for form, _ in single]
    parted = (between and count.count("digit") > count.count("roman")) or _count_on(single)
    return [PART if form == "roman" and parted else form for form in formats]


def _count_on(single: Sequence[tuple[str, Numbered]]) -> bool:
    """Whether figures count on where a roman number stands between them, and begin with 1 only once."""
    figures = [
        (place, values[0])
        for place, (form, number) in enumerate(single)
        if form == "digit" and (values := read_values(number))
    ]
    on = any(b == a + 1 and m - n > 1 and single[n + 1][0] == "roman" for (n, a), (m, b) in pairwise(figures))
    return on and all(b == a + 1 for (_, a), (_, b) in pairwise(figures))


def lift_back(places: Sequence[Place]) -> list[int]:
    """The level of each entry, with what follows the last chapter of the last part outside of it.

    Back matter begins with an entry without a number whose title tells it. Under a title such as "Appendices" those
    with numbers stay.
    """
    levels = [place.level for place in places]
    if not any(place.form == PART for place in places):
        return levels
    chapter = min(levels) + 1
    last = max((n for n, place in enumerate(places) if place.form in _CHAPTERS and place.level == chapter), default=0)
    lifted = divided = False
    for number, place in enumerate(places[last + 1 :], last + 1):
        kind = section_kind(place.title)
        if not place.form and place.level == chapter and (lifted or kind in _LAST):
            levels[number] = chapter - 1
            lifted, divided = True, kind == "appendix"
        elif lifted and not divided and place.level >= chapter:
            levels[number] -= 1
    return levels
