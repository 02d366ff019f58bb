"""Numbers in the cells of tables: what is text there though it is set as a formula, and what is a formula."""

from __future__ import annotations

import pytest

from tests.paper import set_line
from thesis_convert.loader.structure.formulas.plain_values import is_plain_value
from thesis_convert.loader.structure.formulas.words import Kind, Token


def judge(text: str) -> bool:
    """Whether the words of a line make a plain value; raised ones are scripts."""
    line = set_line(text)
    return is_plain_value([Token(w, Kind.NUMBER, True, w.font.size < line.size) for w in line.words])


@pytest.mark.parametrize(
    "value", ["88.1 ± 3.3", "12.3 (4.5)", "< 0.001", "p = .04", "−0.35 ^∗∗", "10 ^−3", "1.2 × 10 ^−5", "[0.12, 0.45]"]
)
def test_a_number_with_what_belongs_to_it_is_text(value: str) -> None:
    assert judge(value)


@pytest.mark.parametrize("formula", ["x + 1", "α = .87", "O ( n )", "√ 2", "p", "p = q", "2 ^n", "∞"])
def test_a_formula_stays_one(formula: str) -> None:
    assert not judge(formula)
