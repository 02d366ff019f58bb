"""Finds the titles over the text of an abstract: the thesis's own, and the names of who wrote it.

In: pages of lines, and the pages before the text. Out: the keys of such lines. They are often set as headings
are, but nothing stands under them but the abstract, which has a heading of its own. The title page has them
too, unless they are in another language: then they follow the abstract's heading at once, set apart from the
text as nothing else on the page is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from thesis_convert.loader.structure.divisions import section_kind
from thesis_convert.loader.structure.folding import fold_title
from thesis_convert.loader.structure.front_pages import MAX_PAGES, FrontPages
from thesis_convert.loader.structure.numbering import read_number
from thesis_convert.page import Font, Line, PageLayout, WordKey

MIN_LETTERS = 4
"""Fewer letters than this may stand in a title page's by chance."""


def find_repeated_titles(layouts: Sequence[PageLayout], front: FrontPages, body: Font) -> frozenset[WordKey]:
    """The keys of the lines that name the thesis again on the pages of its abstracts. `body` is the text's type."""
    printed = "".join(fold_title(line.text) for lines in (front.title, *front.others) for line in lines)
    keys: set[WordKey] = set()
    for layout in layouts[:MAX_PAGES]:
        kinds = [section_kind(line.text) for line in layout.text]
        if layout.page.index in front.kinds or "abstract" not in kinds:
            continue
        for line, kind in zip(layout.text, kinds, strict=True):
            letters = fold_title(line.text)
            if kind is None and len(letters) >= MIN_LETTERS and letters in printed:
                keys.add(line.key)
        keys.update(line.key for line in _list_under(layout.text[kinds.index("abstract") + 1 :], body))
    return frozenset(keys)


def _list_under(lines: Sequence[Line], body: Font) -> Iterator[Line]:
    """The lines that an abstract begins with, set apart from its text, where no others are set like them.

    An abstract in sections has their names in such type, one after the other.
    """
    apart = [*takewhile(lambda line: line.font != body and _is_bare(line), lines)]
    others = {line.font for line in lines[len(apart) :]}
    yield from (line for line in apart if line.font not in others)


def _is_bare(line: Line) -> bool:
    """Whether a line is neither numbered nor the title of a section."""
    return read_number(line.text) is None and section_kind(line.text) is None
