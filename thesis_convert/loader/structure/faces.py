"""Finds what a face means that a font's own name and style do not tell.

In: pages of lines. Out: the names of the fonts that stand for italics in Chinese and Japanese, and whether
a typewriter's face stands for code. Chinese characters have no italics: what an author emphasises is set in
Kai, a face after the brush, where the text has another. Where the text itself is set in Kai, as it often is
in Taiwan, it stands for nothing; no more does a typewriter's face where all is typewritten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from thesis_convert.loader.structure.inlines.spacing import is_cjk
from thesis_convert.page import PageLayout

_KAI = re.compile(r"kai(?!sei)(?:ti|shu|[-_]|[A-Z]|$)|楷", re.I)


def find_cursive(layouts: Sequence[PageLayout]) -> frozenset[str]:
    """The names of the fonts that mark emphasis among Chinese characters."""
    count: Counter[str] = Counter()
    for layout in layouts:
        for line in layout.text:
            if not line.text.isascii():
                for word in line.words:
                    if is_cjk(word.text[0]):
                        count[word.font.name] += len(word.text)
    if not count:
        return frozenset()
    usual, _ = count.most_common(1)[0]
    return frozenset() if _KAI.search(usual) else frozenset(name for name in count if _KAI.search(name))


def is_typewritten(layouts: Sequence[PageLayout]) -> bool:
    """Whether the text itself has characters of one width, as theses from a typewriter and after it have."""
    fixed = total = 0
    for layout in layouts:
        for line in layout.text:
            total += len(line.text)
            fixed += len(line.text) * line.font.monospace
    return 2 * fixed > total
