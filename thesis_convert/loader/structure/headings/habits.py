"""Tells headings that are run in by the author's habit, where nothing names them.

In: the runs that the lines of all pages begin with. Out: those that are headings. A heading begins a
paragraph, has several words, ends with a full stop in its own type and comes again on other pages. Labels of proofs and
lists of keywords have one word, terms that are defined stand together on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from thesis_convert.loader.structure.caption_labels import read_figure_label
from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.headings.candidates import SPACE_ABOVE
from thesis_convert.loader.structure.headings.runs import Run
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.page import Line, Typography

ENDED = 2.0
"""A line that ends with more slack, in sizes, ends its paragraph."""
INDENTED = 0.6
"""A line set in by more than so many sizes begins a paragraph."""
STOPS = (".", ".—", ".–", "—")
"""What run-in headings end with; a colon ends labels."""
MAX_WORDS = 14
"""A longer one is a sentence that is stressed."""
MIN_HEADINGS = 4
"""So many in one weight make a habit."""
MIN_PAGES = 3
"""And on so many pages."""
SEVERAL_WORDS = 0.7
"""Share of a habit's headings that have more than one word, at least."""


def choose_habitual(
    found: Sequence[Sequence[Run]], pages: Sequence[Sequence[Line]], typography: Typography
) -> set[tuple[int, int]]:
    """The headings among the runs of each page: page index and number of the first line."""
    groups: defaultdict[bool, list[tuple[int, int, int]]] = defaultdict(list)
    for page, runs in enumerate(found):
        for run in runs:
            if _reads_as_heading(run, pages[page]) and _begins_paragraph(pages[page], run.start, typography):
                groups[run.font.bold].append((page, run.start, run.text.count(" ") + 1))
    return {(page, start) for group in groups.values() if _is_habit(group) for page, start, words in group if words > 1}


def _is_habit(group: Sequence[tuple[int, int, int]]) -> bool:
    several = sum(words > 1 for _, _, words in group)
    return (
        several >= MIN_HEADINGS and several >= SEVERAL_WORDS * len(group) and len({p for p, *_ in group}) >= MIN_PAGES
    )


def _reads_as_heading(run: Run, lines: Sequence[Line]) -> bool:
    text = run.text
    if run.counted or not text.endswith(STOPS) or text.count(" ") >= MAX_WORDS or any(map(str.isdigit, text)):
        return False
    following = lines[run.last].words[run.end].text
    if text[:1].islower() or following[:1].islower() or read_marker(lines[run.start]) is not None:
        return False
    return read_figure_label(text) is None and section_kind(text.rstrip(".")) is None


def _begins_paragraph(lines: Sequence[Line], start: int, typography: Typography) -> bool:
    line = lines[start]
    if start == 0:
        return line.indent > INDENTED * line.size
    above = lines[start - 1]
    spaced = above.baseline - line.baseline > SPACE_ABOVE * max(typography.leading, 1.2 * line.size)
    return spaced or above.slack > ENDED * above.size or line.indent - above.indent > INDENTED * line.size
