"""Algorithms without rules: what key words, nesting and a caption tell, and what they do not."""

from __future__ import annotations

import pytest

from tests.paper import set_pages
from thesis_convert.loader.structure.code import find_code
from thesis_convert.page import CodeDetail

PROSE = """\
The gauge was read every day at noon, and what it told was w
ritten down in a book which nobody had opened since the day
on which the old keeper of the weir had left his house.
"""
STEPS = """\
**Input:** the gauges of a river
n ← 0
**for** each gauge **do**
    **if** it is wet **then**
        n ← n + 1
    **else**
        write that it is dry
    **end** **if**
**end** **for**
**return** n
"""
SET = STEPS.replace("*", "").splitlines()


def read(drawing: str) -> list[CodeDetail]:
    layouts, typography = set_pages(drawing)
    return [block.detail for block in find_code(layouts, typography, set()) if isinstance(block.detail, CodeDetail)]


@pytest.mark.parametrize(
    ("above", "below", "label"),
    [
        ("Algorithm 2: The wet gauges\n\n", "", "Algorithm 2"),
        ("", "\n            Algorithm 2.1: The wet gauges\n", "Algorithm 2.1"),
        ("", "", ""),
    ],
)
def test_steps_with_key_words_are_an_algorithm(above: str, below: str, label: str) -> None:
    (algorithm,) = read(f"{PROSE}\n{above}{STEPS}{below}\n{PROSE}")
    assert (algorithm.text.splitlines(), algorithm.label, algorithm.algorithm) == (SET, label, True)
    assert [line.text.split(":")[0] for line in algorithm.caption] == ([label] if label else [])


def test_numbers_of_steps_stay() -> None:
    numbered = "\n".join(f"{n:>2}: {line}" for n, line in enumerate(STEPS.splitlines(), 1))
    (algorithm,) = read(f"{PROSE}\n{numbered}\n\n{PROSE}")
    assert algorithm.text.splitlines() == [f"{n:>2}: {line}" for n, line in enumerate(SET, 1)]


def test_key_words_of_other_languages_and_comments_at_the_end_of_a_line() -> None:
    (algorithm,) = read(f"""
{PROSE}
**für** alle Pegel **tue**
    **wenn** nass **dann**                                    ▹ heute
        schreibe es auf
    **ende**
**ende**

{PROSE}""")
    assert algorithm.text.splitlines()[1] == "  wenn nass dann ▹ heute".replace("  ", "    ", 1)


@pytest.mark.parametrize(
    "drawing",
    [
        # Paragraphs that begin with such words.
        f"**If** {PROSE}**While** {PROSE}**For** {PROSE}**End** {PROSE}",
        # Terms and what they mean, one below the other or in two columns.
        "\n".join(
            f"**{term}** what stands here explains the word at some length, so\n     that it goes on"
            for term in ("Input", "If", "While", "For", "End")
        ),
        "\n".join(
            f"**{term}**{' ' * (9 - len(term))}what stands here\n         explains the word"
            for term in ("if", "while", "for", "end")
        ),
        # A list that is nested, and words that repeat.
        "**If** dry\n**While** wet\n**For** the keeper\n**End** of the list\n",
        "**For** him\n   the book\n**For** her\n   the house\n**For** them\n   the weir\n**For** us\n   the end\n",
    ],
)
def test_what_is_no_algorithm(drawing: str) -> None:
    assert read(f"{PROSE}\n{drawing}\n\n{PROSE}") == []


@pytest.mark.parametrize("steps", [2, 3, 8, 9])
@pytest.mark.parametrize("numbered", [False, True])
def test_a_page_break_leaves_an_algorithm_whole(steps: int, numbered: bool) -> None:
    lines = [f"{n:>2}: {line}" if numbered else line for n, line in enumerate(STEPS.splitlines(), 1)]
    broken = "\n".join([*lines[:steps], "====", *lines[steps:]])
    (algorithm,) = read(f"{PROSE}\nAlgorithm 2: The wet gauges\n\n{broken}\n\n{PROSE}")
    assert algorithm.text.splitlines() == [line.replace("*", "") for line in lines]


def test_steps_on_a_page_with_other_text_before_them_are_not_those_of_the_page_before() -> None:
    algorithms = read(f"{PROSE}\n{STEPS}====\n{PROSE}\n{STEPS}\n{PROSE}")
    assert [algorithm.text.splitlines() for algorithm in algorithms] == [SET, SET]
