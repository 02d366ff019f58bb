"""Finds the captions of figures among the lines of a page.

In: pages of lines. Out: the captions, each with its label and its lines. A caption begins a paragraph
with a word for "figure" and a number; the words of many languages are in `data/captions.json`, where
"#" stands for a number that comes before its word. Sentences begin like that as well ("Figure 3 shows"),
so what follows the number has to look like a title, and the paragraph like no running text. A caption
goes on as long as its lines have one type, one distance and one edge or axis.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from thesis_convert.loader.structure.flow import Leadings
from thesis_convert.page import BoundingBox, Line, PageLayout, Typography, Word, enclosing_box

SAME_SIZE = 0.06
"""Types whose sizes differ by less than this share are one."""
STEP_TOLERANCE = 0.12
"""The lines of a caption keep their distance within this share of it."""
MAX_STEP = 1.3
"""Lines of a caption stand no further apart than this share of the leading of running text of their size."""
WIDEST_STEP = 2.1
"""In sizes: a caption set with double spacing goes to two."""
SAME_EDGE = 0.35
"""Lines whose edges differ by less than this many sizes begin at one place."""
FITTING = 0.6
"""Space, in sizes, that must be left over for a next word to have fitted into a line."""
SIDE_GAP = 0.7
"""Captions beside each other are at least this many sizes apart: more than any word space but the widest."""
ACROSS = 2.5
"""Centred lines may reach over the border between two captions, but by less than this many sizes."""
MAX_LINES = 14
"""Longer paragraphs are no captions."""

_NUMBER = (
    r"(?:[A-Z]{1,2}[.\-–]?)?\d+(?:\s?[.\-–/٫]\s?\d+)*(?:\s?\([a-z]\)|[a-z](?!\w))?"
    r"|[IVXLC]{1,7}(?:[.\-–]\d+)*|[A-Z](?:[.\-–]\d+)+|[A-Z](?=[.:]\s)|[一二三四五六七八九十]{1,3}|[.\s:]{1,3}\d+(?:[\s.:]+\d+)*"
)
"""A number as captions have it: 3, 3.12, 3-12, A.1, S4, 3a, IV, 三; in the digits of any script."""
_RANGE = rf"(?:\s?(?:[-–,&+]|and|und|et|y|e|и)\s?(?:{_NUMBER}))?"
_SIGN = r"(?:\s?n\s?[.°ºo]{1,2}|\s?no\.|\s?nr\.?|\s?č\.|\s?№)?"
_END = r"\s*(?P<end>[.)]?\s?[:：．。|—–―]|[.)\]\-](?=\s|$))?"
_MAY_BEGIN = re.compile(r".{0,23}?[\dIVXLC:：一二三四五六七八九十]|.{0,23}?[A-Z][.:\-–]")
"""What a line holds near its beginning if it begins with a label at all; most lines do not."""
_SUB_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|[A-H]|\d|[آ-ی])\)")


class FigureLabel(NamedTuple):
    """A label such as "Fig. 3.2", at the beginning of a line.

    `closed` says that a stop, colon or dash ends it. `possible` is false for what goes on like a
    sentence. `length` counts the characters up to the caption's first word.
    """

    label: str
    closed: bool
    possible: bool
    length: int


class Caption(NamedTuple):
    """A caption on a page. `certain` is false where only a picture beside it makes it one."""

    label: str
    lines: tuple[Line, ...]
    box: BoundingBox
    certain: bool


def read_figure_label(text: str) -> FigureLabel | None:
    """The label of a figure that a text begins with, None when it begins with none."""
    match = _pattern().match(text) if _MAY_BEGIN.match(text) else None
    if match is None or match.group("label")[0].islower():
        return None
    label = match.group("label").strip()
    rest = text[match.end() :].strip()
    closed = match.group("end") is not None
    if not any(c.isdigit() or c.isupper() or c in "一二三四五六七八九十" for c in label[1:]) and not closed:
        return None
    first = rest[:1]
    possible = closed or not rest or not (first.islower() or first in ",;.)")
    return FigureLabel(label, closed, possible, match.end())


def is_sub_label(text: str) -> bool:
    """Whether a line begins as the caption of a part of a figure does: "(a) ..."."""
    return _SUB_LABEL.match(text) is not None


def begins_source(text: str) -> bool:
    """Whether a line says where a picture comes from: "Source: ..."."""
    return _source_pattern().match(text) is not None


def begins_other_caption(text: str) -> bool:
    """Whether a line begins as the caption of a table does."""
    return _other_pattern().match(text) is not None


def find_captions(
    layout: PageLayout, typography: Typography, leadings: Leadings, taken: set[tuple[int, int]]
) -> list[Caption]:
    """The captions of figures on a page, in reading order. `leadings` gives the leading of each type size."""
    lines = layout.text
    captions: list[Caption] = []
    used = -1
    for number, line in enumerate(lines):
        if number <= used or line.key in taken:
            continue
        label = read_figure_label(line.text)
        if label is None or not label.possible:
            continue
        before = lines[number - 1] if number else None
        if before is not None and number - 1 != used and _runs_on(before, line, leadings, typography):
            continue
        group = _gather(lines, number, typography, leadings, taken)
        if group is None:
            continue
        used = number + len(group) - 1
        box = enclosing_box([member.box for member in group])
        captions.append(Caption(label.label, tuple(group), box, label.closed or _is_set_off(group, typography)))
    return captions


def separate_captions(layouts: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with captions that stand side by side as lines of their own, one caption after the other."""
    return [_separate_page(layout) for layout in layouts]


# Where captions begin


def _runs_on(before: Line, line: Line, leadings: Leadings, typography: Typography) -> bool:
    """Whether a line is the next one of running text."""
    if before.column != line.column or abs(before.size - line.size) > SAME_SIZE * line.size:
        return False
    step = before.baseline - line.baseline
    if not 0 < step <= _usual_leading(line, leadings, typography) * (1 + STEP_TOLERANCE):
        return False
    if line.indent - before.indent > SAME_EDGE * line.size:
        return False  # set in or centred
    return before.slack < _first_width(line) + FITTING * line.size


def _is_set_off(group: Sequence[Line], typography: Typography) -> bool:
    """Whether lines look other than running text: smaller, slanted, or centred."""
    first, body = group[0], typography.body
    if first.size < (1 - SAME_SIZE) * body.size or first.font.italic != body.italic:
        return True
    return all(_is_centred(line) for line in group)


def _is_centred(line: Line) -> bool:
    both = line.indent + line.slack
    return both > 4 * line.size and abs(line.indent - line.slack) < 0.1 * both + 1.0


# How far they go


def _gather(
    lines: Sequence[Line],
    start: int,
    typography: Typography,
    leadings: Leadings,
    taken: set[tuple[int, int]],
) -> list[Line] | None:
    """The lines of the caption that begins at `start`, None when they are too many for one."""
    group = [lines[start]]
    step = 0.0
    for line in lines[start + 1 : start + 2 + MAX_LINES]:
        above = group[-1]
        gap = above.baseline - line.baseline
        if line.key in taken or not _same_type(above, line) or line.column != above.column:
            break
        if not 0 < gap <= min(MAX_STEP * _usual_leading(line, leadings, typography), WIDEST_STEP * line.size):
            break
        if step and abs(gap - step) > STEP_TOLERANCE * step:
            break
        if read_figure_label(line.text) is not None and _ends(group, line):
            break
        if not begins_source(line.text) and _breaks(group, line, typography):
            break
        group.append(line)
        step = step or gap
    return group if len(group) <= MAX_LINES else None


def _same_type(above: Line, line: Line) -> bool:
    return abs(above.size - line.size) <= SAME_SIZE * max(above.size, line.size)


def _breaks(group: Sequence[Line], line: Line, typography: Typography) -> bool:
    """Whether a line begins something new below a caption."""
    above = group[-1]
    tolerance = SAME_EDGE * line.size
    centred = abs((line.indent - line.slack) - (above.indent - above.slack)) < 2 * tolerance and line.indent > tolerance
    aligned = abs(line.indent - above.indent) < tolerance or (
        len(group) == 1 and line.indent > above.indent - tolerance
    )
    if not (centred or aligned):
        return True
    if not _is_set_off(group, typography) or _is_centred(above):
        # In the type of the text only a full line tells that the caption goes on.
        return _ends(group, line) and not (centred and _is_set_off([line], typography))
    return False


def _ends(group: Sequence[Line], line: Line) -> bool:
    """Whether the next line's first word would have fitted behind the last line of `group`."""
    # What is set in at its beginning is set in as far at its end.
    room = group[-1].slack - max(group[0].indent, 0.0)
    return room > _first_width(line) + FITTING * line.size


def _usual_leading(line: Line, leadings: Leadings, typography: Typography) -> float:
    return leadings.get(("", line.size), typography.leading / typography.size * line.size)


def _first_width(line: Line) -> float:
    """The width of a line's first word with all its pieces."""
    end = 1
    while end < len(line.words) and not line.words[end].space_before:
        end += 1
    first = enclosing_box([word.box for word in line.words[:end]])
    return first.width


# Side by side


def _separate_page(layout: PageLayout) -> PageLayout:
    lines: list[Line] = []
    columns: list[list[Line]] = []
    edges: list[float] = []
    for line in layout.text:
        if columns:
            parts = _split_line(line, edges) if _same_type(columns[0][-1], line) else None
            above = min(column[-1].baseline for column in columns if column)
            if parts is not None and 0 < above - line.baseline <= WIDEST_STEP * line.size:
                for column, part in zip(columns, parts, strict=True):
                    column += [part] if part else []
                continue
            lines += [part for column in columns for part in column]
            columns = []
        found = _find_edges(line)
        if found:
            edges = found
            columns = [[part] for part in _split_line(line, edges) or () if part]
        else:
            lines.append(line)
    lines += [part for column in columns for part in column]
    return replace(layout, text=tuple(lines)) if len(lines) != len(layout.text) else layout


def _find_edges(line: Line) -> list[float]:
    """Where the second and every further caption of a row begins."""
    label = read_figure_label(line.text)
    if label is None or not label.closed:
        return []
    edges = []
    for number in range(2, len(line.words) - 1):
        word = line.words[number]
        gap = word.box.left - line.words[number - 1].box.right
        if gap < SIDE_GAP * line.size or not word.space_before:
            continue
        other = read_figure_label(_join(line.words[number:]))
        if other is not None and other.closed and _word_of(other.label) == _word_of(label.label):
            edges.append(word.box.left - 0.5 * gap)
    return edges


def _word_of(label: str) -> str:
    return "".join(c for c in label if c.isalpha()).lower()


def _split_line(line: Line, edges: Sequence[float]) -> list[Line | None] | None:
    """The parts of a line between the edges, None when words stand across one."""
    bounds = [float("-inf"), *edges, float("inf")]
    cells: list[list[Word]] = [[] for _ in bounds[1:]]
    for words in _split_at_gaps(line):
        left, right = min(word.box.left for word in words), max(word.box.right for word in words)
        if any(edge - left > ACROSS * line.size and right - edge > ACROSS * line.size for edge in edges):
            return None
        cells[sum(edge < (left + right) / 2 for edge in edges)] += words
    parts: list[Line | None] = []
    for words, low, high in zip(cells, bounds, bounds[1:], strict=False):
        if not words:
            parts.append(None)
            continue
        box = enclosing_box([word.box for word in words])
        column = line.column._replace(left=max(low, line.column.left), right=min(high, line.column.right))
        parts.append(replace(line, words=tuple(words), box=box, text=_join(words), column=column))
    return parts


def _split_at_gaps(line: Line) -> list[list[Word]]:
    """The words of a line in runs without a gap that could separate two captions."""
    runs = [[line.words[0]]]
    for before, word in pairwise(line.words):
        gap = max(word.box.left - before.box.right, before.box.left - word.box.right)
        if word.space_before and gap > SIDE_GAP * line.size:
            runs.append([])
        runs[-1].append(word)
    return runs


def _join(words: Sequence[Word]) -> str:
    return "".join((" " if word.space_before and place else "") + word.text for place, word in enumerate(words))


# The words


@cache
def _words(part: str, kind: str = "figure") -> tuple[str, ...]:
    data = json.loads(files(__package__).joinpath("data/captions.json").read_text("utf-8"))
    words = {word for language in data[kind].values() for word in language[part]}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(re.escape(word.rstrip(".")) for word in _words("label") if not word.startswith("#"))
    after = "|".join(re.escape(word.lstrip("# ")) for word in _words("label") if word.startswith("#"))
    numbered = rf"(?i:{before})\s?\.?{_SIGN}\s*[(\[«]?(?:{_NUMBER}){_RANGE}[)\]»]?(?![^\W_\u0e00-\uffff])"
    return re.compile(
        rf"\W{{0,2}}(?P<label>{numbered}|(?:{_NUMBER})\.?\s?(?i:{after})(?!\w)|(?i:{before})(?=\s?[:：])){_END}"
    )


@cache
def _source_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _words("source"))
    return re.compile(rf"[(\[]?(?i:{words})[^:.：\d]{{0,24}}[:：]")


@cache
def _other_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word.lstrip("# ")) for word in _words("label", "table"))
    return re.compile(rf"\W{{0,2}}(?:(?i:{words})\s?\.?\s?(?:{_NUMBER})|\d[\d.]*\s(?i:{words})){_END}")
