"""Takes headings apart from the text that goes on after them on the same line.

In: pages of lines, and the titles and places that the file and its contents name. Out: the same pages,
with each such heading on lines of its own. A heading that is run in is set in another style than the text
and begins a paragraph; but so do emphasised words, defined terms and labels, so it counts where a
bookmark, an entry of the contents or a named place speaks of it. Where the file speaks of no headings at
all, the author's habit tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.contents import PrintedContents
from thesis_convert.loader.structure.headings.candidates import Keys
from thesis_convert.loader.structure.headings.destinations import CHAPTER, UNKNOWN, Anchor, find_following, list_anchors
from thesis_convert.loader.structure.headings.habits import choose_habitual
from thesis_convert.loader.structure.headings.margins import fold_titles
from thesis_convert.loader.structure.headings.runs import SEPARATORS, Run, find_runs
from thesis_convert.loader.structure.numbering import fold_letters
from thesis_convert.page import Catalogue, Line, PageLayout, Typography, enclosing_box


class RunIns(NamedTuple):
    """The pages after the change, and the lines of the headings that only habit tells of."""

    layouts: list[PageLayout]
    habitual: list[tuple[Line, ...]]


def separate_run_ins(
    layouts: Sequence[PageLayout],
    typography: Typography,
    catalogue: Catalogue,
    contents: PrintedContents,
    claimed: Keys,
) -> RunIns:
    """Takes headings off the lines of text that they begin. `claimed` lines stay whole."""
    titles = fold_titles(catalogue, contents)
    anchors: defaultdict[int, list[Anchor]] = defaultdict(list)
    for anchor in list_anchors(catalogue.destinations):
        if anchor.depth > CHAPTER or anchor.depth == UNKNOWN:
            anchors[anchor.page].append(anchor)
    silent = not (anchors or catalogue.bookmarks or catalogue.tags.content)
    if not titles and not anchors and not silent:
        return RunIns(list(layouts), [])
    found = [list(find_runs(layout.text, typography.body, claimed)) for layout in layouts]
    told = {fold_letters(run.text) for runs in found for run in runs} & titles
    if told:
        told -= _find_alone(layouts, told)
    habitual = choose_habitual(found, [layout.text for layout in layouts], typography) if silent else set()
    result = RunIns(list(layouts), [])
    for number, (layout, runs) in enumerate(zip(layouts, found, strict=True)):
        named = {find_following(anchor, layout.text) for anchor in anchors[number]} if runs else set()
        named |= {run.start for run in runs if fold_letters(run.text) in told}
        chosen = [run for run in runs if run.start in named or (number, run.start) in habitual]
        if chosen:
            result.layouts[number] = split = _split_lines(layout, chosen)
            lines = {line.key: line for line in split.text}
            for run in chosen:
                if run.start not in named:
                    result.habitual.append(tuple(lines[line.key] for line in layout.text[run.start : run.last + 1]))
    return result


def _find_alone(layouts: Sequence[PageLayout], titles: Iterable[str]) -> frozenset[str]:
    """Which of some titles are printed on a line of their own: then that is the heading."""
    wanted = frozenset(titles)
    lines = (fold_letters(line.text) for layout in layouts for line in layout.text)
    return frozenset(text for text in lines if text in wanted)


def _split_lines(layout: PageLayout, runs: Iterable[Run]) -> PageLayout:
    ends = {run.last: run.end for run in runs}
    lines: list[Line] = []
    for number, line in enumerate(layout.text):
        lines += _split_line(line, ends[number]) if number in ends else [line]
    return replace(layout, text=tuple(lines))


def _split_line(line: Line, end: int) -> list[Line]:
    """The heading's part of a line without what separates it, and the text's part; that fills the line as before."""
    head, rest = list(line.words[:end]), line.words[end:]
    head[-1] = head[-1]._replace(text=head[-1].text.rstrip(SEPARATORS))
    if not head[-1].text:
        head.pop()
    box = enclosing_box([word.box for word in head])
    title = replace(replace_words(line, head, box), font=head[0].font)
    font = max((word.font for word in rest), key=[word.font for word in rest].count)
    return [title, replace(replace_words(line, rest), font=font)]
