"""Takes headings apart from the text that goes on after them on the same line.

In: pages of lines, and the titles and places that the file and its contents name. Out: the same pages,
with each such heading on lines of its own. A heading that is run in is set in another style than the text
and begins a paragraph; but so do emphasised words, defined terms and labels, so it counts only where a
bookmark, an entry of the contents or a named place speaks of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.loader.lines.building import line_text
from thesis_convert.loader.structure.contents import PrintedContents
from thesis_convert.loader.structure.headings.candidates import Keys
from thesis_convert.loader.structure.headings.destinations import CHAPTER, UNKNOWN, Anchor, find_following, list_anchors
from thesis_convert.loader.structure.headings.margins import fold_titles
from thesis_convert.loader.structure.headings.search import MAX_LINES
from thesis_convert.loader.structure.numbering import fold_letters
from thesis_convert.page import Catalogue, Font, Line, PageLayout, Typography, Word, enclosing_box

MIN_LETTERS = 3
"""A heading has at least so many letters and digits: a lone mark or number is none."""

MOSTLY = 0.5
"""Share of the letters after a heading that are in the body's type; names and code may stand first."""
SAME_SIZE = 0.05
"""Types whose sizes differ by no more than this share are one."""

_SEPARATORS = ".:;,—–- "
"""What stands between a heading and the text that it runs into."""


class _Run(NamedTuple):
    """The words in a style of their own from the line `start` up to the word `end` of the line `last`."""

    start: int
    last: int
    end: int
    text: str


def separate_run_ins(
    layouts: Sequence[PageLayout],
    typography: Typography,
    catalogue: Catalogue,
    contents: PrintedContents,
    claimed: Keys,
) -> list[PageLayout]:
    """The pages, with named headings taken off the lines of text that they begin. `claimed` lines stay whole."""
    titles = fold_titles([*(b.title for b in catalogue.bookmarks), *(e.title for e in contents.entries)])
    anchors: defaultdict[int, list[Anchor]] = defaultdict(list)
    for anchor in list_anchors(catalogue.destinations):
        if anchor.depth > CHAPTER or anchor.depth == UNKNOWN:
            anchors[anchor.page].append(anchor)
    if not titles and not anchors:
        return list(layouts)
    found = [list(_find_runs(layout.text, typography.body, claimed)) for layout in layouts]
    told = {fold_letters(run.text) for runs in found for run in runs} & titles
    if told:
        told -= _find_alone(layouts, told)
    result = list(layouts)
    for number, (layout, runs) in enumerate(zip(layouts, found, strict=True)):
        named = {find_following(anchor, layout.text) for anchor in anchors[number]} if runs else set()
        chosen = [run for run in runs if run.start in named or fold_letters(run.text) in told]
        if chosen:
            result[number] = _split_lines(layouts[number], chosen)
    return result


def _find_alone(layouts: Sequence[PageLayout], titles: Iterable[str]) -> frozenset[str]:
    """Which of some titles are printed on a line of their own: then that is the heading."""
    wanted = frozenset(titles)
    lines = (fold_letters(line.text) for layout in layouts for line in layout.text)
    return frozenset(text for text in lines if text in wanted)


def _find_runs(lines: Sequence[Line], body: Font, claimed: Keys) -> Iterator[_Run]:
    for start, line in enumerate(lines):
        if line.words[0].font is not body and line.words[0].font != body and line.key not in claimed:
            run = _read_run(lines, start, body)
            if run is not None:
                yield run


def _read_run(lines: Sequence[Line], start: int, body: Font) -> _Run | None:
    """The words in another style that text in the body's style follows on the same line."""
    style = lines[start].words[0].font
    if style.monospace or style.math or not _differs(style, body):
        return None
    words: list[Word] = []
    for last in range(start, min(start + MAX_LINES, len(lines))):
        for end, word in enumerate(lines[last].words):
            if word.font == style or _is_same_style(word.font, style):
                words.append(word)
                continue
            text = line_text(words)
            goes_on = text[-1:] in _SEPARATORS or _is_body(lines[last].words[end:], body)
            return _Run(start, last, end, text) if end and goes_on and len(fold_letters(text)) >= MIN_LETTERS else None
    return None


def _is_body(words: Sequence[Word], body: Font) -> bool:
    """Whether words are of the text, not only a mark or a number."""
    usual = [word for word in words if _is_same_style(word.font, body)]
    letters = len(fold_letters(line_text(usual))) if usual else 0
    return letters >= max(MIN_LETTERS, MOSTLY * len(fold_letters(line_text(words))))


def _differs(font: Font, body: Font) -> bool:
    return (font.bold, font.italic, font.small_caps) != (body.bold, body.italic, body.small_caps)


def _is_same_style(font: Font, style: Font) -> bool:
    same = not _differs(font, style) and abs(font.size - style.size) <= SAME_SIZE * style.size
    return same and not font.monospace and not font.math


def _split_lines(layout: PageLayout, runs: Iterable[_Run]) -> PageLayout:
    ends = {run.last: run.end for run in runs}
    lines: list[Line] = []
    for number, line in enumerate(layout.text):
        lines += _split_line(line, ends[number]) if number in ends else [line]
    return replace(layout, text=tuple(lines))


def _split_line(line: Line, end: int) -> list[Line]:
    """The heading's part of a line without what separates it, and the text's part; that fills the line as before."""
    head, rest = list(line.words[:end]), line.words[end:]
    head[-1] = head[-1]._replace(text=head[-1].text.rstrip(_SEPARATORS))
    if not head[-1].text:
        head.pop()
    box = enclosing_box([word.box for word in head])
    title = replace(line, words=tuple(head), box=box, text=line_text(head), font=head[0].font)
    font = max((word.font for word in rest), key=[word.font for word in rest].count)
    return [title, replace(line, words=rest, text=line_text(rest), font=font)]
