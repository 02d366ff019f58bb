"""Listings: lines and indentation as printed, without what the typesetter added."""

from __future__ import annotations

from tests.paper import set_pages
from thesis_convert.loader.structure.code import find_code
from thesis_convert.page import CodeDetail


def read(drawing: str) -> list[CodeDetail]:
    layouts, typography = set_pages(drawing)
    details = [block.detail for block in find_code(layouts, typography, set())]
    return [detail for detail in details if isinstance(detail, CodeDetail)]


def test_indentation_is_kept() -> None:
    (listing,) = read("""\
The gauge is read by a function of four lines:

`def` `read(gauge):`
    `for` `mark` `in` `gauge:`
        `if` `mark.wet:`
            `return` `mark`

It is called at noon.
""")
    assert listing.text == "def read(gauge):\n    for mark in gauge:\n        if mark.wet:\n            return mark"


def test_line_numbers_are_left_out_and_lines_without_one_belong_to_the_line_before() -> None:
    (listing,) = read("""\
1 `total` `=` `0`
2 `for` `mark` `in` `marks:`
3   `total` `=` `total` `+`
      `mark.height`
4 `print(total)`
""")
    assert listing.text == "total = 0\nfor mark in marks:\n  total = total + mark.height\nprint(total)"


def test_captions_belong_to_their_listing_and_may_name_the_language() -> None:
    (listing,) = read("""\
`width` `=` `1`
`depth` `=` `2`
Listing 2.1: Two names in Python

The text goes on.
""")
    assert [line.text for line in listing.caption] == ["Listing 2.1: Two names in Python"]
    assert listing.language == "python"


def test_a_listing_goes_on_over_the_page() -> None:
    (listing,) = read("""\
Text before.

`begin`
  `first`
====
  `second`
`end`

Text after.
""")
    assert listing.text == "begin\n  first\n  second\nend"


def test_names_in_the_text_are_no_listing() -> None:
    assert (
        read("""\
The program is called
`gauge-reader`
and is kept at
`https://example.org/gauge-reader`
for everybody.
""")
        == []
    )
