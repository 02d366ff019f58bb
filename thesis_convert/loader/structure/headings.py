"""Recognises the headings of a thesis and their levels.

In: pages of lines, the PDF's bookmarks and the printed contents. Out: blocks of kind "heading".
Each sign gives candidates: a bookmark or an entry of the contents is looked for on its page by its
words, and tells the level; a line in the type of the headings found so, or numbered and set apart
in a type of its own, is a candidate too. One merge makes the levels agree.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from thesis_convert.loader.structure.contents import ContentsEntry
from thesis_convert.loader.structure.markers import DASHES, read_marker
from thesis_convert.loader.structure.numbering import Numbered, fold_letters, read_number
from thesis_convert.page import Block, Bookmark, HeadingDetail, Line, PageLayout, Typography
from thesis_convert.scripts import fold_digits

MAX_LINES = 5
"""No heading runs over more lines."""
MAX_LENGTH = 220
REACH = 2.0
"""A bookmark leads to a place within this many sizes over its heading, or half as many under it."""
MIN_TITLE = 6
"""Shorter titles are alike by chance."""
SIMILAR = 0.75
"""Share of letters that a bookmark and its heading have in common, at least."""
LARGER = 1.06
"""Type this much larger than the body's is display type."""
SPACE_ABOVE = 1.2
"""Space over a heading, in leadings of the body, from baseline to baseline."""
ENOUGH_EVIDENCE = 4
"""So many located bookmarks or contents entries tell how this thesis sets its headings."""

_CAPTION = re.compile(
    r"^(fig|tab|abb|illustration|gr[aá]fic|quadro|cuadro|рис|табл|图|圖|表|図|listing|algorithm|code|obr|rys|šema|scheme|plate|diagram|chart|map|εικ|σχ|πίν|شکل|جدول"
    r"|foto|imagen|imagem|source|fuente|fonte|quelle)\w*\.?\s*[\d(IVX۰-۹:.]",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[.;,:…]$")


class Style(NamedTuple):
    """How a heading's line is set, as far as it tells headings apart."""

    size: float
    bold: bool
    italic: bool
    small_caps: bool
    capitals: bool
    name: str


class Evidence(NamedTuple):
    """A heading that the file or its contents pages speak of. `level` counts from 1.

    `top` is the height on the page, in points, that a bookmark leads to.
    """

    title: str
    label: str
    level: int
    page: int | None
    source: str
    top: float | None = None


class Found(NamedTuple):
    """A heading on its page. `level` is 0 where only the type speaks for it."""

    lines: tuple[Line, ...]
    level: int
    source: str
    number: Numbered | None


def find_headings(
    layouts: Sequence[PageLayout],
    typography: Typography,
    bookmarks: Sequence[Bookmark],
    entries: Sequence[ContentsEntry],
    omitted: Iterable[tuple[int, int]],
) -> tuple[Block, ...]:
    """All headings in reading order. `omitted` are the keys of lines that are none for certain."""
    skip = set(omitted)
    pages = [[line for line in layout.text if line.key not in skip] for layout in layouts]
    located = _locate_all(_list_evidence(layouts, bookmarks, entries), pages)
    found = {f.lines[0].key: f for f in located}
    used = {line.key for f in located for line in f.lines}
    for candidate in _find_by_type(pages, typography, located, used):
        found.setdefault(candidate.lines[0].key, candidate)
    ordered = sorted(found.values(), key=lambda f: (f.lines[0].page, _rank(pages, f.lines[0])))
    return tuple(_make_block(f, level) for f, level in zip(ordered, _settle_levels(ordered), strict=True))


def _rank(pages: Sequence[Sequence[Line]], line: Line) -> int:
    return next(n for n, other in enumerate(pages[line.page]) if other is line)


# --- Bookmarks and printed contents ---------------------------------------------------------------


def _list_evidence(
    layouts: Sequence[PageLayout], bookmarks: Sequence[Bookmark], entries: Sequence[ContentsEntry]
) -> list[Evidence]:
    by_label: dict[str, int] = {}
    for layout in layouts:
        if layout.label:
            by_label.setdefault(fold_digits(layout.label.lower()), layout.page.index)
    evidence = []
    roots = Counter(b.level for b in bookmarks)
    # A single root over everything is the thesis itself, not a chapter.
    shift = 1 if len(bookmarks) > 3 and roots[0] == 1 and bookmarks[0].level == 0 and roots[1] > 1 else 0
    for bookmark in bookmarks:
        if bookmark.level >= shift:
            number = read_number(bookmark.title)
            label, title = (number.label, number.title) if number and number.title else ("", bookmark.title)
            evidence.append(Evidence(title, label, bookmark.level - shift + 1, bookmark.page, "bookmark", bookmark.top))
    pages = (by_label.get(fold_digits(entry.page.lower())) for entry in entries)
    printed = [Evidence(e.title, e.label, e.level, page, "contents") for e, page in zip(entries, pages, strict=True)]
    return [*evidence, *printed]


def _locate_all(evidence: Sequence[Evidence], pages: Sequence[Sequence[Line]]) -> list[Found]:
    index = _index_lines(pages)
    found: dict[tuple[int, int], Found] = {}
    sources: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for item in evidence:
        lines = _locate(item, pages, index)
        if lines is None:
            continue
        key = lines[0].key
        sources[key].setdefault(item.source, item.level)
        if key not in found or len(lines) > len(found[key].lines):
            found[key] = Found(lines, item.level, item.source, read_number(" ".join(line.text for line in lines)))
    both = Counter(s["bookmark"] - s["contents"] for s in sources.values() if len(s) == 2)
    shift = both.most_common(1)[0][0] if both else 0
    result = []
    for key, heading in found.items():
        levels = sources[key]
        level = levels["bookmark"] if "bookmark" in levels else max(1, levels["contents"] + shift)
        result.append(heading._replace(level=level))
    return _drop_overlaps(result)


def _drop_overlaps(found: Iterable[Found]) -> list[Found]:
    taken: set[tuple[int, int]] = set()
    kept = []
    for item in sorted(found, key=lambda f: -len(f.lines)):
        if not any(line.key in taken for line in item.lines):
            taken.update(line.key for line in item.lines)
            kept.append(item)
    return kept


def _index_lines(pages: Sequence[Sequence[Line]]) -> dict[str, list[tuple[int, int]]]:
    """Where lines begin with some letters: (page index, line number)."""
    index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for page, lines in enumerate(pages):
        for number, line in enumerate(lines):
            index[_first_letters(line.text)].append((page, number))
            rest = read_number(line.text)
            if rest and rest.title:
                index[_first_letters(rest.title)].append((page, number))
    return index


def _first_letters(text: str) -> str:
    return fold_letters(text[:24])[:6]


def _locate(
    item: Evidence, pages: Sequence[Sequence[Line]], index: dict[str, list[tuple[int, int]]]
) -> tuple[Line, ...] | None:
    """The lines that print a heading, preferably on its page."""
    title = fold_letters(item.title)
    if not title:
        return None
    whole = fold_letters(item.label) + title
    best: tuple[float, tuple[Line, ...]] | None = None
    places = {*index.get(_first_letters(item.title), ()), *index.get(_first_letters(item.label + item.title), ())}
    if item.page is not None and 0 <= item.page < len(pages):
        places |= {(item.page, number) for number in range(len(pages[item.page]))}
    for page, number in places:
        distance = abs(page - item.page) if item.page is not None else 0.5
        if distance > 2:
            continue
        lines = _match_lines(pages[page], number, title, whole)
        if lines is None:
            continue
        score = distance * 2 - max(line.size for line in lines) / 10 - (0.5 if lines[0].font.bold else 0)
        if best is None or score < best[0]:
            best = (score, _with_label_above(pages[page], number, lines))
    return best[1] if best else _locate_by_place(item, pages, title)


def _locate_by_place(item: Evidence, pages: Sequence[Sequence[Line]], title: str) -> tuple[Line, ...] | None:
    """The heading at the place that a bookmark leads to, when its words differ a little: short titles, formulas."""
    if item.page is None or item.top is None or not 0 <= item.page < len(pages):
        return None
    lines = pages[item.page]
    for number, line in enumerate(lines):
        if not -REACH * line.size < item.top - line.baseline < 2 * REACH * line.size:
            continue
        group = [line]
        for following in lines[number + 1 : number + MAX_LINES]:
            if not _same_heading(group[-1], following):
                break
            group.append(following)
        text = " ".join(other.text for other in group)
        number_read = read_number(text)
        printed = fold_letters(number_read.title if number_read and number_read.title else text)
        if len(title) >= MIN_TITLE and _is_similar(printed, title):
            return tuple(group)
    return None


def _is_similar(printed: str, title: str) -> bool:
    if printed.startswith(title):
        return True
    return SequenceMatcher(None, printed, title, autojunk=False).ratio() >= SIMILAR


def _match_lines(lines: Sequence[Line], start: int, title: str, whole: str) -> tuple[Line, ...] | None:
    text = ""
    for end in range(start, min(start + MAX_LINES, len(lines))):
        text += fold_letters(lines[end].text)
        if text in (title, whole):
            return tuple(lines[start : end + 1])
        if len(text) > len(title) and text.endswith(title) and len(text) - len(title) <= 16:
            joined = " ".join(line.text for line in lines[start : end + 1])
            number = read_number(joined)
            if number and fold_letters(number.title) == title:
                return tuple(lines[start : end + 1])
        # A footnote mark or two may stand at the end of the printed heading.
        if (
            text.startswith((title, whole))
            and len(text) - len(title if text.startswith(title) else whole) <= 2
            and text[-1].isdigit()
        ):
            return tuple(lines[start : end + 1])
        if len(text) > len(whole) + 24:
            return None
    return None


def _with_label_above(lines: Sequence[Line], start: int, matched: tuple[Line, ...]) -> tuple[Line, ...]:
    """Takes in a line above that is only a chapter's number: "Chapter 3" over "Methods"."""
    if start == 0 or read_number(matched[0].text) is not None:
        return matched
    above = lines[start - 1]
    number = read_number(above.text)
    if number is None or number.title or not 0 < above.baseline - matched[0].baseline < 6 * matched[0].size:
        return matched
    alone = start == 1 or lines[start - 2].baseline - above.baseline > SPACE_ABOVE * 1.2 * above.size
    as_large = above.size >= 0.9 * matched[0].size
    same_type = above.font.bold == matched[0].font.bold or as_large
    return (above, *matched) if alone and same_type and (number.kind or as_large) else matched


# --- Type -----------------------------------------------------------------------------------------


def read_style(line: Line) -> Style:
    letters = [c for c in line.text if c.isalpha()]
    font = line.font
    capitals = len(letters) > 3 and all(not c.islower() for c in letters) and any(c.isupper() for c in letters)
    return Style(round(font.size * 2) / 2, font.bold, font.italic, font.small_caps, capitals, font.name)


def _find_by_type(
    pages: Sequence[Sequence[Line]], typography: Typography, located: Sequence[Found], used: set[tuple[int, int]]
) -> Iterator[Found]:
    """Headings that no bookmark and no contents entry speaks of."""
    known: defaultdict[Style, Counter[int]] = defaultdict(Counter)
    for item in located:
        main = max(item.lines, key=lambda line: len(line.text))
        known[read_style(main)._replace(capitals=False)][item.level] += 1
    body = Style(
        round(typography.size * 2) / 2, typography.body.bold, typography.body.italic, False, False, typography.body.name
    )
    first_page = min((item.lines[0].page for item in located), default=1)
    groups = list(_group_display_lines(pages, typography, used))
    count = Counter(read_style(group[0])._replace(capitals=False) for group in groups)
    for group in groups:
        style = read_style(group[0])
        plain = style._replace(capitals=False)
        text = " ".join(line.text for line in group)
        number = read_number(text)
        if plain in known and plain != body:
            if group[0].page >= min(first_page, 1):
                yield Found(tuple(group), 0, "type", number)
        elif len(located) >= ENOUGH_EVIDENCE:
            deep = number is not None and number.depth >= 2 and (style.bold or style.size > body.size)
            if deep and group[0].page >= first_page:
                yield Found(tuple(group), 0, "type", number)
        elif (
            group[0].page >= 1
            and plain != body
            and (number is not None or count[plain] >= 2 or style.size > 1.15 * body.size)
        ):
            yield Found(tuple(group), 0, "type", number)


def _group_display_lines(
    pages: Sequence[Sequence[Line]], typography: Typography, used: set[tuple[int, int]]
) -> Iterator[list[Line]]:
    """Lines set apart in a type of their own, those of one heading together."""
    for lines in pages:
        group: list[Line] = []
        for number, line in enumerate(lines):
            if line.key in used or not _is_display(line, typography):
                if group and _is_set_apart(group, lines, number - len(group), typography):
                    yield group
                group = []
                continue
            if group and not (_same_heading(group[-1], line)):
                if _is_set_apart(group, lines, number - len(group), typography):
                    yield group
                group = []
            group.append(line)
        if group and _is_set_apart(group, lines, len(lines) - len(group), typography):
            yield group


def _is_display(line: Line, typography: Typography) -> bool:
    font = line.font
    larger = font.size > LARGER * typography.size
    other = (
        font.bold != typography.body.bold
        or (font.small_caps and font.size >= 0.95 * typography.size)
        or (font.italic and not typography.body.italic and font.size >= 0.95 * typography.size)
    )
    if not larger and not other:
        return False
    if sum(c.isalpha() for c in line.text) < 2 or _CAPTION.match(line.text):
        return False
    marker = read_marker(line)
    if marker is not None and marker.numbering == "bullet" and marker.marker not in DASHES:
        return False  # the first words of a list item
    alike = sum(len(w.text) for w in line.words if w.font.bold == font.bold and w.font.italic == font.italic)
    return alike >= 0.85 * sum(len(w.text) for w in line.words) and font.size >= 0.9 * typography.size


def _same_heading(above: Line, below: Line) -> bool:
    style, other = read_style(above), read_style(below)
    close = 0 < above.baseline - below.baseline < 1.9 * max(above.size, below.size)
    numbered = read_number(below.text)
    if numbered and numbered.title and (numbered.depth > 1 or numbered.kind):
        return False
    only_label = (label := read_number(above.text)) is not None and not label.title
    return (close and style._replace(capitals=False) == other._replace(capitals=False)) or (
        only_label and 0 < above.baseline - below.baseline < 5 * max(above.size, below.size)
    )


def _is_set_apart(group: Sequence[Line], lines: Sequence[Line], start: int, typography: Typography) -> bool:
    """Whether space stands over a group, and it reads as a heading does."""
    text = " ".join(line.text for line in group)
    if len(group) > MAX_LINES or len(text) > MAX_LENGTH:
        return False
    if (
        _ENDS_SENTENCE.search(text)
        and group[0].size <= LARGER * typography.size
        and not (read_number(text) and text.count(".") <= 3)
    ):
        return False
    above = lines[start - 1] if start else None
    after = lines[start + len(group)] if start + len(group) < len(lines) else None
    if above is not None and 0 < above.baseline - group[0].baseline < SPACE_ABOVE * max(
        typography.leading, 1.1 * group[0].size
    ):
        return False
    return not (
        after is not None
        and after.baseline < group[-1].baseline
        and after.size < 0.9 * typography.size
        and group[0].size <= typography.size
    )


# --- Levels ---------------------------------------------------------------------------------------


def _settle_levels(found: Sequence[Found]) -> list[int]:
    """A level for each heading: told by evidence, by the number's depth, or by the type of others."""
    by_style: defaultdict[Style, Counter[int]] = defaultdict(Counter)
    by_depth: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for item in found:
        if item.level:
            by_style[_main_style(item)][item.level] += 1
            if item.number:
                by_depth[_depth_key(item.number)][item.level] += 1
    unknown = sorted(
        {_main_style(f) for f in found if not f.level and not f.number and _main_style(f) not in by_style},
        key=lambda s: (-s.size, not s.bold),
    )
    deepest = max((f.level for f in found), default=0)
    levels = []
    for item in found:
        style = _main_style(item)
        if item.level:
            levels.append(item.level)
        elif item.number and _depth_key(item.number) in by_depth:
            levels.append(by_depth[_depth_key(item.number)].most_common(1)[0][0])
        elif item.number and (item.number.depth > 1 or item.number.kind or style not in by_style):
            shift = 1 if any(f.number and f.number.kind == "part" for f in found) and item.number.kind != "part" else 0
            levels.append(item.number.depth + shift)
        elif style in by_style:
            levels.append(by_style[style].most_common(1)[0][0])
        else:
            levels.append(deepest + 1 if deepest else 1 + unknown.index(style))
    return levels


def _main_style(item: Found) -> Style:
    return read_style(max(item.lines, key=lambda line: len(line.text)))._replace(capitals=False)


def _depth_key(number: Numbered) -> tuple[str, int]:
    return ("part" if number.kind == "part" else "", number.depth)


def _make_block(found: Found, level: int) -> Block:
    first = found.lines[0]
    text = " ".join(line.text for line in found.lines)
    number = found.number
    detail = HeadingDetail(level, number.label if number and number.title else "", text)
    return Block("heading", found.lines, (first.page, first.box.top), detail)


def relevel(block: Block, level: int) -> Block:
    """The same heading at another level."""
    assert isinstance(block.detail, HeadingDetail)
    return replace(block, detail=replace(block.detail, level=level))
