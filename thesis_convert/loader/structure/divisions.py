"""Tells what kind of section a heading begins, and where front and back matter end.

In: a heading's words and number; then the sections at the top of the tree. Out: a `SectionKind`; then
the front matter, the body and the back matter. A title counts as a whole, so that "Sources of noise"
is no bibliography; the words of many languages stand in `data/sections.json`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple, cast

from thesis_convert.document import Section, SectionKind
from thesis_convert.loader.structure.folding import fold_phrases, load_data
from thesis_convert.loader.structure.numbering import Numbered

MAX_TAIL = 5
"""So many words may follow an open entry ("abstract in *"): more make a title of its own."""

FRONT = frozenset(
    {"title-page", "copyright-page", "dedication", "epigraph", "declaration", "abstract", "acknowledgments", "preface"}
    | {"foreword", "contents", "list-of-figures", "list-of-tables", "list-of-listings", "abbreviations"}
)
_CHAPTER_CONTENTS = "chapter-contents"
_LISTS = frozenset({"list-of-figures", "list-of-tables", "list-of-listings", "other-list"})
# What a chapter with a number may be beside a chapter, and a section without one inside a chapter.
_NUMBERED_KINDS = frozenset(
    {"introduction", "conclusion", "abstract", "bibliography", "appendix", "glossary", "endnotes", "index"}
)
_NESTED_KINDS = frozenset({"bibliography", "endnotes", "abstract", "acknowledgments", "appendix"})


@dataclass(frozen=True, slots=True)
class Division:
    """The three parts of a thesis, each as sections at the top of the tree."""

    front_matter: tuple[Section, ...]
    body: tuple[Section, ...]
    back_matter: tuple[Section, ...]


# --- Kinds ------------------------------------------------------------------------------------------


def section_kind(title: str) -> SectionKind | None:
    """The kind that a title's words tell, None when they tell nothing."""
    meaning = _read_title(title)
    if meaning == "sources":
        return "bibliography"
    if meaning == "other-list":
        return "other"
    if meaning == _CHAPTER_CONTENTS:
        return None
    return cast(SectionKind, meaning) if meaning else None


def settle_kind(title: str, number: Numbered | None, parent: SectionKind | None) -> SectionKind:
    """The kind of a section with the heading `title` (without its number) inside a `parent`.

    `parent` is None at the top of the tree. A title inside a chapter means less than the same one at
    the top: "3.9 Summary" is a section like others, and "Sources" there may be springs.
    """
    top = parent in (None, "part")
    default: SectionKind = "chapter" if top else "section"
    if number is not None and number.kind in ("appendix", "part"):
        return cast(SectionKind, number.kind)
    kind = section_kind(title)
    if kind is None:
        return "appendix" if parent == "appendix" and number is None else default
    plain = _read_title(title) != "sources"
    if number is None:
        return kind if top or (plain and kind in _NESTED_KINDS) else default
    if not top or number.depth > 1:
        return kind if plain and kind == "bibliography" else default
    # Front matter is sometimes counted in roman numbers ("II List of Figures"), chapters then in others.
    counted = number.parts[:1] and number.parts[0].isdigit()
    return kind if not counted or (plain and kind in _NUMBERED_KINDS) else default


def is_bibliography_title(title: str, *, top: bool) -> bool:
    """Whether references stand under a title; inside a chapter "Sources" may be springs."""
    meaning = _read_title(title)
    return meaning == "bibliography" or (top and meaning == "sources")


def is_contents_title(text: str) -> bool:
    """Whether a line is the title of the printed contents; in some languages "index" is."""
    return _read_title(text) in ("contents", "index")


def is_chapter_contents_title(text: str) -> bool:
    """Whether a line is the title of the small contents at the head of a chapter."""
    return _read_title(text) == _CHAPTER_CONTENTS


def is_list_title(text: str) -> bool:
    """Whether a line is the title of a list of figures, tables or the like."""
    return _read_title(text) in _LISTS


class _Words(NamedTuple):
    """What titles mean, by their folded letters: by all of them, or by those that they begin or end with.

    `followed` are beginnings after which other words come, `begun` those that a longer word may go on with.
    """

    exact: dict[str, str]
    followed: dict[str, str]
    begun: dict[str, str]
    ended: dict[str, str]


@cache
def _words() -> _Words:
    """The word list, ready for use. The first language that has a word decides what it means."""
    lists = [item for language in load_data("sections.json").values() for item in language.items()]
    entries = [(title, meaning) for meaning, titles in lists if not meaning.endswith("-word") for title in titles]
    words = _Words({}, {}, {}, {})
    for folded, (title, meaning) in zip(fold_phrases(title for title, _ in entries), entries, strict=True):
        index = words.exact
        if title.startswith("*"):
            index = words.ended
        elif title.endswith("*"):
            index = words.followed if title.endswith(" *") else words.begun
        index.setdefault(folded.replace(" ", ""), meaning)
    return words


@cache
def _read_title(title: str) -> str:
    """What a title means, as the data file calls it; "" when it means nothing known."""
    words = _words()
    parts = fold_phrases([title])[0].split()
    letters = "".join(parts)
    if letters in words.exact:
        return words.exact[letters]
    for number in range(1, min(len(parts), MAX_TAIL + 1)):
        if meaning := words.followed.get("".join(parts[:-number])):
            return meaning
        if meaning := words.ended.get("".join(parts[number:])):
            return meaning
    for beginning, meaning in words.begun.items():
        if letters.startswith(beginning) and len(letters) < 2 * len(beginning) + MAX_TAIL:
            return meaning
    return ""


# --- Front matter, body, back matter ------------------------------------------------------------------


def divide_sections(tops: Sequence[Section]) -> Division:
    """The sections at the top of the tree, divided; those whose words told nothing get a kind by their place."""
    sections = _find_lettered_appendices(tops)
    first = _find_body(sections)
    end = _find_back(sections, first)
    return Division(
        tuple(_replace_kind(s, "chapter", "other") if not s.label else s for s in sections[:first]),
        # A numbered chapter "Summary" sums up the thesis for who has read it; an abstract has no number.
        tuple(_replace_kind(s, "abstract", "conclusion") if s.label else s for s in sections[first:end]),
        tuple(_name_back(sections[end:])),
    )


def _replace_kind(section: Section, old: SectionKind, new: SectionKind) -> Section:
    return replace(section, kind=new) if section.kind == old else section


def _find_lettered_appendices(tops: Sequence[Section]) -> list[Section]:
    """The sections, with kind "appendix" for those counted A, B, C after chapters counted 1, 2, 3."""
    result: list[Section] = []
    counted = in_appendix = False
    for section in tops:
        number = section.label.split()[-1].rstrip(".:)") if section.label else ""
        if section.kind == "chapter" and number:
            in_appendix = counted and (number == "A" or (in_appendix and len(number) == 1 and number.isalpha()))
            counted = counted or number.isdigit()
            if in_appendix:
                section = replace(section, kind="appendix")
        in_appendix = section.kind == "appendix"
        result.append(section)
    return result


def _is_counted(section: Section) -> bool:
    return section.kind == "part" or (section.kind in ("chapter", "section") and bool(section.label))


def _is_uncounted(section: Section) -> bool:
    """Whether only its place can tell what a section is: a title that tells nothing, and no number."""
    return section.kind in ("chapter", "section") and not section.label


def _find_body(sections: Sequence[Section]) -> int:
    """Where the body begins: with the introduction or the first number, else after the front matter's last title."""
    places = [n for n, s in enumerate(sections) if _is_uncounted(s)]
    start = next((n for n, s in enumerate(sections) if s.kind == "introduction" or _is_counted(s)), None)
    before = sum(n < start for n in places) if start is not None else 0
    if start is not None and before <= len(sections) - start:
        return start
    if not places:
        return next((n for n, s in enumerate(sections) if s.kind not in FRONT and s.kind != "other"), len(sections))
    start = places[0]
    for n, section in enumerate(sections):
        if section.kind in FRONT and sum(p < n for p in places) < sum(p > n for p in places):
            start = max(start, next(p for p in places if p > n))
    return start


def _find_back(sections: Sequence[Section], first: int) -> int:
    """Where the back matter begins: after the conclusion or the last number, with the first title that tells so."""
    kinds = [s.kind for s in sections]
    last = [n for n in range(first, len(sections)) if _ends_body(sections[n])]
    end = max(last, default=first - 1) + 1
    places = [n for n in range(end, len(sections)) if _is_uncounted(sections[n])]
    # Without any number or conclusion, references after each chapter stand among the chapters.
    each = not last and max(kinds.count("bibliography"), kinds.count("endnotes")) >= max(2, len(places) - 1)
    for n in range(end, len(sections)):
        if _is_uncounted(sections[n]):
            end = n + 1
        elif not each:
            break
    return end


def _ends_body(section: Section) -> bool:
    counted = _is_counted(section) or (section.kind == "abstract" and bool(section.label))
    return counted or section.kind in ("introduction", "conclusion")


def _name_back(sections: Sequence[Section]) -> list[Section]:
    """What has no number and no telling title belongs to the appendix after its title, else stands for itself."""
    result: list[Section] = []
    in_appendix = False
    for section in sections:
        if _is_uncounted(section):
            section = replace(section, kind="appendix" if in_appendix else "other")
        in_appendix = section.kind == "appendix"
        result.append(section)
    return result
