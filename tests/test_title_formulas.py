"""A heading is never a formula as a whole, nor are words with the mark of a note."""

from __future__ import annotations

from tests.paper import BODY, LEADING, TOP, set_line
from thesis_convert.document import Math
from thesis_convert.loader.structure.formulas.groups import is_displayed
from thesis_convert.loader.structure.formulas.joining import is_close
from thesis_convert.loader.structure.formulas.lines import FormulaLine
from thesis_convert.loader.structure.formulas.titles import spare_titles
from thesis_convert.loader.structure.formulas.values import InlineFormulas
from thesis_convert.loader.structure.formulas.words import Kind, Token
from thesis_convert.page import Block, BlockKind, Typography


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


def is_formula(text: str, *kinds: Kind) -> bool:
    """Whether a centred line is a displayed formula, the last of its words being a raised sign."""
    line = set_line(20 * " " + text)
    last = len(kinds) - 1
    tokens = (
        Token(w, k, k is not Kind.TEXT, n == last) for n, (w, k) in enumerate(zip(line.words, kinds, strict=True))
    )
    return is_displayed([FormulaLine(line, tuple(tokens), "", 0, True)], [0])


def test_a_centred_title_with_the_mark_of_a_note_is_no_formula() -> None:
    assert not is_formula("The riverbed class^∗", Kind.TEXT, Kind.NAME, Kind.TEXT, Kind.SIGN)
    assert is_formula("det A^∗", Kind.NAME, Kind.VARIABLE, Kind.SIGN)
    assert is_formula("The rank A^∗", Kind.TEXT, Kind.TEXT, Kind.VARIABLE, Kind.SIGN)


def test_single_spaced_lines_of_a_double_spaced_thesis_are_no_parts_of_one_line() -> None:
    above = set_line("Overview of gauges")
    double = Typography(BODY, 2 * LEADING, ())
    assert not is_close(above, set_line("Clerks who read them", top=TOP - LEADING), double)
    assert is_close(above, set_line("x", top=TOP - 0.5 * LEADING), double)
