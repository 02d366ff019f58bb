"""Keeps headings from being formulas as a whole.

In: the formulas found in lines, and the blocks. Out: the formulas without those that take all words of a heading.
Bold type is that of vectors and matrices, too, so that a short title in it may read as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thesis_convert.loader.structure.formulas.values import InlineFormulas
from thesis_convert.page import Block, WordKey

WORD = 3
"""A word with so many letters is no variable."""


def spare_titles(found: InlineFormulas, flow: Iterable[Block]) -> InlineFormulas:
    """The formulas but for those that leave nothing else of a title with a word in it."""
    if not found.formulas:
        return found
    spared = {key for block in flow if block.kind == "heading" for key in _list_taken(block, found)}
    if not spared:
        return found
    formulas = {key: formula for key, formula in found.formulas.items() if key not in spared}
    return InlineFormulas(formulas, found.hidden - spared)


def _list_taken(block: Block, found: InlineFormulas) -> Iterator[WordKey]:
    """The words of a heading, where formulas take all that have letters."""
    words = [(line.page, word) for line in block.lines for word in line.words]
    lettered = [(page, word) for page, word in words if any(map(str.isalpha, word.text))]
    if not any(len(word.text) >= WORD and word.text.isalpha() for _, word in lettered):
        return
    if all((page, word.order) in found.formulas or (page, word.order) in found.hidden for page, word in lettered):
        yield from ((page, word.order) for page, word in words)
