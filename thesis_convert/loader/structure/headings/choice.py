"""Decides which candidates are headings by their type and their numbers, over the whole thesis.

In: candidates in reading order, and the headings that the file or its contents name. Out: the
candidates that are headings. A thesis sets all headings of one kind alike, so styles are judged, not
lines: by how many of the lines set so stand and read as headings do, and whether their numbers count up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from thesis_convert.loader.structure.counting import Counted, find_run, is_doubtful, read_values
from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.headings.candidates import SAME_SIZE, Candidate, Keys
from thesis_convert.loader.structure.headings.outlines import find_outline
from thesis_convert.loader.structure.headings.styles import Style, is_centred
from thesis_convert.loader.structure.headings.titles import (
    find_boxes,
    find_running,
    find_small,
    find_stacked,
    find_stopped,
    is_title_like,
)
from thesis_convert.loader.structure.numbering import fold_letters
from thesis_convert.page import Font, Line, Typography

ENOUGH_EVIDENCE = 4
"""So many located bookmarks or contents entries tell how this thesis sets its headings."""
MOSTLY = 0.6
"""Share of the lines in one style that must stand and read as headings for the style to be one of headings."""
ALIKE = 0.7
"""The same where no number, no title and no size speaks for the style."""
NEARLY_ALL = 0.8
"""The same where much speaks against it: other headings are named, or the style is one of emphasis."""
DISPLAY = 1.12
"""Type this much larger than the body's is no emphasis."""
SEVERAL = 3
"""So many headings in one style make it one of the thesis's own."""
FULL = 0.7
"""A line of running text fills at least this share of its column, but for the last of a paragraph."""
TEXT_LINES = 8
"""A page with so many full lines of body type is one of text: title pages and dedications have fewer."""


class Group(NamedTuple):
    """What is known of one style.

    `alike` is the share of its candidates that look like headings, `spaced` that of these with space
    above, `heads` the share that begin a page; `counted`, `known` and `seeds` say how many have a number
    that counts up, a title that theses have, and a bookmark or an entry in the contents; `own` that only
    titles are set in its face.
    """

    size: int
    alike: float
    spaced: float
    heads: float
    counted: int
    known: int
    seeds: int
    own: bool


def choose_headings(
    candidates: Sequence[Candidate],
    seeds: Sequence[Candidate],
    pages: Sequence[Sequence[Line]],
    typography: Typography,
    run_ins: Keys = frozenset(),
    faces: frozenset[str] = frozenset(),
) -> list[Candidate]:
    """The candidates that are headings. `seeds` are the headings that are known already, `run_ins` those of them
    that only the author's habit tells of: they say nothing of others. `faces` are those of titles alone.
    """
    first_text = _find_first_text(pages, typography)
    run = _find_counted(candidates, seeds)
    known = {c.key for c in candidates if c.apart and _is_known(c)}
    titled = _find_titled(candidates, seeds, known, typography)
    opening = _find_opening(candidates, seeds, known | run)
    groups = _judge_styles(candidates, seeds, opening, run, known, titled, first_text, faces)
    body = Style(round(typography.size * 2) / 2, typography.body.bold, typography.body.italic, False, False, 0, "")
    named = [seed for seed in seeds if seed.key not in run_ins]
    rich = len(named) >= ENOUGH_EVIDENCE
    colors = {c.style.color for c in candidates if c.key in run or c.key in known} | {s.style.color for s in seeds}
    first_seed = min((seed.page for seed in named), default=0)
    chapters = {seed.number.parts[0]: seed for seed in named if seed.number and len(seed.number.parts) == 1}
    none = find_stacked(candidates) | find_running(candidates, known, pages)
    none |= find_boxes(candidates)
    none |= {c.key for c in candidates if _speaks_of(c, chapters)}
    chosen = []
    for candidate in candidates:
        if candidate.key not in titled or candidate.key in none:
            continue
        counted, told = candidate.key in run, candidate.key in known
        group = groups[_group_key(candidate.style)]
        early = candidate.page < (min(first_seed, first_text) if rich else first_text)
        if early and not (told or _is_worded(candidate)):
            continue
        if not (candidate.key in opening or _is_worded(candidate)):
            continue
        if _is_heading(candidate, group, body, colors, rich, counted, told):
            chosen.append(candidate)
    left = [c for c in candidates if c.key in titled and c.key in opening and c.page >= first_text]
    chosen = sorted([*chosen, *find_outline(left, [*seeds, *chosen])], key=lambda c: c.place)
    return _drop_running_heads(chosen, seeds, groups)


def _find_titled(
    candidates: Sequence[Candidate], seeds: Sequence[Candidate], known: Set[tuple[int, int]], typography: Typography
) -> set[tuple[int, int]]:
    """The keys of the candidates that look like titles. The name of a section is one though a full stop ends it."""
    everything = [*candidates, *seeds]
    titled = {candidate.key for candidate in candidates if is_title_like(candidate, typography)}
    return titled - find_small(everything, typography) - (find_stopped(everything, typography) - known)


def _speaks_of(candidate: Candidate, chapters: Mapping[str, Candidate]) -> bool:
    """Whether a line such as "Chapter 3" only speaks of a chapter whose heading is known, and set more strongly.

    `chapters` are the known headings by their numbers.
    """
    number = candidate.number
    chapter = (
        chapters.get(number.parts[0]) if number is not None and number.kind == "chapter" and number.parts else None
    )
    return chapter is not None and _read_strength(candidate.style) < _read_strength(chapter.style)


def _drop_running_heads(
    chosen: Sequence[Candidate], seeds: Sequence[Candidate], groups: Mapping[Style, Group]
) -> list[Candidate]:
    """Without lines at a page's head that say again, less strongly, what a heading before them says.

    One such line may be a heading on the page after its divider; its style, or others like it, tell.
    """
    titles: dict[str, Candidate] = {}
    repeated: defaultdict[str, list[Candidate]] = defaultdict(list)
    keys = {candidate.key for candidate in chosen}
    for candidate in sorted([*seeds, *chosen], key=lambda c: c.place):
        title = fold_letters(candidate.title)
        first = titles.setdefault(title, candidate)
        weaker = _read_strength(first.style) > _read_strength(candidate.style)
        if candidate.key in keys and candidate.head and weaker and first.page < candidate.page:
            repeated[title].append(candidate)
    heads = {
        candidate.key
        for found in repeated.values()
        for candidate in found
        if len(found) > 1 or groups[_group_key(candidate.style)].heads >= MOSTLY
    }
    return [candidate for candidate in chosen if candidate.key not in heads]


def _is_heading(
    candidate: Candidate, group: Group, body: Style, colors: set[int], rich: bool, counted: bool, told: bool
) -> bool:
    """Whether a candidate is a heading, by itself or by the others in its style.

    `rich` says that the file or the contents name enough headings; `counted` that its number is one of
    a run, `told` that its title is one that theses have.
    """
    style, number = candidate.style, candidate.number
    larger = style.size > DISPLAY * body.size
    plain = not (style.size > body.size or style.bold > body.bold or style.capitals or style.small_caps)
    plain = plain and (style.color == 0 or style.color not in colors)
    worded = _is_worded(candidate)
    deep = number is not None and len(number.parts) > 1
    by_number = counted and number is not None and (not plain or deep)
    if candidate.apart == 1 and counted and deep and not plain:
        return True
    if candidate.apart == 2 and (worded or by_number or (told and (not plain or style.italic > body.italic))):
        return True
    if number is not None and not is_doubtful(number) and group.counted == 0 and not larger:
        return False
    if group.alike < MOSTLY or (plain and number is not None):
        return False
    if group.seeds:
        return group.seeds >= 0.5 * group.size or larger or candidate.apart == 2
    usual = group.spaced >= NEARLY_ALL and group.alike >= NEARLY_ALL
    if plain:
        faint = (style.italic > body.italic or style.color != 0) and not rich and group.size > SEVERAL
        return usual and (faint or (group.own and candidate.apart == 2))
    if rich:
        return group.size >= SEVERAL and usual
    return bool(group.counted or group.known) or larger or (group.size >= SEVERAL and group.alike >= ALIKE)


def _find_first_text(pages: Sequence[Sequence[Line]], typography: Typography) -> int:
    """The index of the first page that has text, not only titles and names."""
    for number, lines in enumerate(pages):
        full = sum(line.box.width >= FULL * line.column.width and _is_text(line, typography.body) for line in lines)
        if full >= TEXT_LINES:
            return number
    return 0


def _is_text(line: Line, body: Font) -> bool:
    """Whether a line is in the type of running text, in whichever face: scripts beside each other have their own."""
    font = line.font
    return font.name == body.name or (abs(font.size - body.size) < SAME_SIZE * body.size and font.bold == body.bold)


def _find_counted(candidates: Sequence[Candidate], seeds: Sequence[Candidate]) -> set[tuple[int, int]]:
    """The keys of the candidates whose numbers count up over the whole thesis, headings known already included."""
    known = {seed.key for seed in seeds}
    items: list[Counted] = []
    keys = []
    for candidate in sorted([*seeds, *candidates], key=lambda c: c.place):
        number = candidate.number
        values = read_values(number) if number and number.parts and number.kind not in ("part", "paper") else None
        if values is None or candidate.apart == 0:
            continue
        weight = 3.0 if candidate.key in known or candidate.style.bold else 2.0 if candidate.style.capitals else 1.0
        items.append(Counted(values, weight + bool(number and number.kind)))
        keys.append(candidate.key)
    return {keys[place] for place in find_run(items)}


def _find_opening(
    candidates: Sequence[Candidate], seeds: Sequence[Candidate], certain: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The keys of the candidates under which text stands, or a heading less strong that has text under it."""
    opening = {*certain, *(seed.key for seed in seeds)}
    under: Candidate | None = None
    for candidate in sorted([*seeds, *candidates], key=lambda c: c.place, reverse=True):
        stacked = under is not None and under.key in opening and under.page <= candidate.page + 1
        if candidate.leads or (stacked and under is not None and is_stronger(candidate, under)):
            opening.add(candidate.key)
        under = candidate
    return opening


def is_stronger(one: Candidate, other: Candidate) -> bool:
    """Whether a heading is set more strongly than another, so that the other may stand under it."""
    if one.number and other.number and one.number.parts and other.number.parts:
        return len(one.number.parts) < len(other.number.parts) or bool(one.number.kind)
    strengths = _read_strength(one.style), _read_strength(other.style)
    if strengths[0] == strengths[1]:
        return is_centred(one.main) and not is_centred(other.main)
    return strengths[0] > strengths[1]


def _read_strength(style: Style) -> tuple[float, float]:
    return style.size, 2.0 * style.bold + style.capitals + 0.5 * style.small_caps - 0.5 * style.italic


def _judge_styles(
    candidates: Sequence[Candidate],
    seeds: Sequence[Candidate],
    opening: set[tuple[int, int]],
    run: set[tuple[int, int]],
    known: set[tuple[int, int]],
    titled: set[tuple[int, int]],
    first_text: int,
    faces: frozenset[str],
) -> dict[Style, Group]:
    members: defaultdict[Style, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        members[_group_key(candidate.style)].append(candidate)
    seeded = Counter(_group_key(seed.style) for seed in seeds)
    groups = {}
    for style, found in members.items():
        later = [c for c in found if c.page >= first_text] or found
        good = [c for c in later if c.key in titled and c.key in opening]
        groups[style] = Group(
            len(found) + seeded[style],
            (len(good) + seeded[style]) / (len(later) + seeded[style]),
            sum(c.apart == 2 for c in good) / max(1, len(good)),
            sum(c.head for c in found) / len(found),
            sum(c.key in run for c in found),
            sum(c.key in known for c in found),
            seeded[style],
            style.name in faces,
        )
    return groups


def _group_key(style: Style) -> Style:
    """Short titles may be all capitals by chance, so capitals do not divide a style in bold or larger type."""
    return style._replace(capitals=style.capitals and not style.bold)


def _is_known(candidate: Candidate) -> bool:
    """Whether a title is one that theses have: "Abstract", "References", "List of Figures"."""
    return len(candidate.title) < 60 and section_kind(candidate.title) is not None


def _is_worded(candidate: Candidate) -> bool:
    return candidate.number is not None and candidate.number.kind != "" and not candidate.number.title[:1].islower()
