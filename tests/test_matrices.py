"""Tables in which a few signs tell what goes together: their rows, their columns, and that they are tables at all."""

from __future__ import annotations

import pytest

from tests.ruled import read, show

RULE = 50 * "─"
TEXT = "The gauge was read every day at noon, and what it told was w\nritten down in a book which nobody had opened.\n"


@pytest.mark.parametrize("sign", ["✓", "×", "X", "x", "•"])
@pytest.mark.parametrize("caption", ["Table 3.1: What each gauge does\n", ""])
def test_each_row_of_a_matrix_is_one_though_no_column_has_two_signs(sign: str, caption: str) -> None:
    drawing = f"""
{TEXT}
====
{caption}{RULE}
Gauge       Rings   Writes   Sends   Sleeps
{RULE}
Weir          §
Bridge                §
Old mill
Ferry                          §
Lock                                   §
{RULE}

{TEXT}"""
    (table,) = read(drawing.replace("§", sign))
    assert show(table) == [
        ": Gauge | Rings | Writes | Sends | Sleeps",
        f"Weir | {sign} | - | - | -",
        f"Bridge | - | {sign} | - | -",
        "Old mill | - | - | - | -",
        f"Ferry | - | - | {sign} | -",
        f"Lock | - | - | - | {sign}",
    ]


def test_names_that_go_on_stay_with_their_sign_and_a_head_has_its_column() -> None:
    (table,) = read(f"""
Table 3.1: What each gauge does
{RULE}
What is asked              Rings   Sends   Sleeps
{RULE}
It can be heard by those     ✓
who do not see well
It works without a bell                      ✓
or any other noise
Nobody has to wake up                        ✓
{RULE}
""")
    assert show(table) == [
        ": What is asked | Rings | Sends | Sleeps",
        "It can be heard by those who do not see well | ✓ | - | -",
        "It works without a bell or any other noise | - | - | ✓",
        "Nobody has to wake up | - | - | ✓",
    ]


def test_rows_of_a_group_have_names_in_the_second_column() -> None:
    (table,) = read(f"""
Table 3.1: What each gauge does
{RULE}
Place    Gauge     Rings   Sends   Sleeps
{RULE}
River    Weir        ✓
         Bridge              ✓
         Mill
Lake     Harbour                     ✓
{RULE}
""")
    assert show(table)[1:] == [
        "River | Weir | ✓ | - | -",
        "- | Bridge | - | ✓ | -",
        "- | Mill | - | - | -",
        "Lake | Harbour | - | - | ✓",
    ]


def test_names_of_files_are_rows_though_they_begin_with_small_letters() -> None:
    (table,) = read(f"""
Table 3.1: What the files are
{RULE}
File                What it is
{RULE}
levels.txt          the levels of the river
levels-2019.csv     the same for one year only
old.bak             what was there before
{RULE}
""")
    assert show(table)[1:] == [
        "levels.txt | the levels of the river",
        "levels-2019.csv | the same for one year only",
        "old.bak | what was there before",
    ]
