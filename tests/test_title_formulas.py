"""A heading is never a formula as a whole."""

from __future__ import annotations

from tests.paper import set_line
from thesis_convert.document import Math
from thesis_convert.loader.structure.formulas.titles import spare_titles
from thesis_convert.loader.structure.formulas.values import InlineFormulas
from thesis_convert.page import Block, BlockKind


def spare(text: str, first: int, kind: BlockKind = "heading") -> InlineFormulas:
    """What is left of a formula that a line makes from its word `first` on."""
    line = set_line(text)
    keys = [(line.page, word.order) for word in line.words[first:]]
    found = InlineFormulas({keys[0]: Math("x", "x")}, frozenset(keys[1:]))
    return spare_titles(found, [Block(kind, (line,), (0, line.box.top))])


def test_a_title_in_bold_type_stays_words() -> None:
    assert spare("1 • Abstract", 1) == InlineFormulas({}, frozenset())


def test_formulas_stay_beside_words_of_a_title_in_titles_of_signs_and_in_text() -> None:
    assert spare("2 Rivers with x", 3).formulas
    assert spare("3 x + y", 1).formulas
    assert spare("softmax x", 0, "paragraph").formulas
