"""Makes the colour of the text the one that nothing is told by.

In: the pages as read. Out: the same pages, with the colour of most words as 0. Many print their text in
a dark grey, or in the black of four inks: where all words have a colour, it makes no heading of any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from thesis_convert.page import Page

_COLOR = attrgetter("color")


def settle_text_color(pages: Sequence[Page]) -> list[Page]:
    """The pages, with words in the colour of the text as black ones."""
    count = Counter(chain.from_iterable(map(_COLOR, page.words) for page in pages))
    usual = count.most_common(1)[0][0] if count else 0
    if usual == 0:
        return list(pages)
    return [
        replace(page, words=tuple(w._replace(color=0) if w.color == usual else w for w in page.words)) for page in pages
    ]
