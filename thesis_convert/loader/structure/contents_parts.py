"""Tells the parts of a thesis among the entries of its contents, and what follows the last part.

In: the kinds of the entries' numbers, and the entries. Out: the same, with parts told from chapters, and
with the bibliography and what follows it outside of the last part. Contents set a part "I Title", as other
theses set a chapter; but numbers of chapters follow each other, and between two parts stand chapters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from thesis_convert.document import SectionKind
from thesis_convert.loader.structure.divisions import section_kind

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


def find_parts(formats: Sequence[str]) -> list[str]:
    """The kinds of numbers, with roman ones that stand over chapters in figures as those of parts."""
    single = [form for form in formats if form and not form.isdigit()]
    following = {form for roman, form in pairwise(single) if roman == "roman"}
    opens = "roman" in single and single[single.index("roman") + 1 :][:1] == ["digit"]
    parted = opens and "roman" not in following and single.count("digit") > single.count("roman")
    return [PART if form == "roman" and parted else form for form in formats]


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
