"""Listings: lines and indentation as printed, without what the typesetter added."""

from __future__ import annotations

import pytest

from tests import ruled
from tests.paper import set_pages
from thesis_convert.loader.structure.code import find_code
from thesis_convert.loader.structure.code_captions import guess_language, read_code_label
from thesis_convert.page import CodeDetail


def read(drawing: str) -> list[CodeDetail]:
    layouts, typography = set_pages(drawing)
    details = [block.detail for block in find_code(layouts, typography, set())]
    return [detail for detail in details if isinstance(detail, CodeDetail)]


def read_ruled(drawing: str) -> list[CodeDetail]:
    layouts, typography = ruled.set_pages(drawing)
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


def test_each_listing_has_the_caption_on_the_side_that_is_usual() -> None:
    first, second, third = read("""\
`width` `=` `1`
Listing 1: A name

`width` `=` `1`
`depth` `=` `2`
Listing 2: Two names

`width` `=` `1`
`depth` `=` `2`
`height` `=` `3`
Listing 3: Three names

The text goes on.
""")
    assert [detail.label for detail in (first, second, third)] == ["Listing 1", "Listing 2", "Listing 3"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Listing 2.1: Two names", "Listing 2.1"),
        ("Quellcode A.3 – Zwei Namen", "Quellcode A.3"),
        ("Листинг 4 — Имена", "Листинг 4"),
        ("代码 3-1 变量", "代码 3-1"),
        ("code that depends on the river", ""),
        ("Listing 3 shows how the gauge is read", ""),
        ("Program: a gauge", ""),
    ],
)
def test_labels_of_listings(line: str, label: str) -> None:
    assert read_code_label(line, "listing") == label


def test_steps_of_an_algorithm_keep_their_numbers_and_indentation() -> None:
    (algorithm,) = read_ruled("""
────────────────────────────────────────────────────────────
Algorithm 3.1: Reading of the gauges
────────────────────────────────────────────────────────────
Input: the gauges of a river
1: *for* each gauge *do*
2:    *if* it is wet *then*
3:      note its mark
4:    *end* *if*
5: *end* *for*
────────────────────────────────────────────────────────────

The text goes on here.
""")
    assert (algorithm.algorithm, algorithm.label) == (True, "Algorithm 3.1")
    assert [line.text for line in algorithm.caption] == ["Algorithm 3.1: Reading of the gauges"]
    assert algorithm.text.splitlines() == [
        "Input: the gauges of a river",
        "1: for each gauge do",
        "2:    if it is wet then",
        "3:      note its mark",
        "4:    end if",
        "5: end for",
    ]


def test_a_frame_and_a_caption_make_a_listing_in_any_type() -> None:
    framed, plain = (
        read_ruled(f"""
Listing 4: The gauge in Java
{rule}public class Gauge {{
    int mark;
}}
{rule}
The text goes on here.
""")
        for rule in ("────────────────────────────────────────────────────────────\n", "")
    )
    assert [detail.text for detail in framed] == ["public class Gauge {\n    int mark;\n}"]
    assert framed[0].language == "java"
    assert plain == []


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("def read(gauge):\n    return gauge.mark", "python"),
        ("#include <stdio.h>\nint main(void) {\n  return 0;\n}", "c"),
        ('{"mark": 3,\n "wet": true}', "json"),
        ("SELECT mark\nFROM gauges", "sql"),
        ("const mark = read();\nconsole.log(mark);", "javascript"),
        ("mark = 3", ""),
        ("dpkg: warning: ignoring a request", ""),
    ],
)
def test_languages_that_the_code_itself_tells(code: str, language: str) -> None:
    assert guess_language((), code) == language


def test_comments_in_slanted_type_belong_to_their_listing() -> None:
    (listing,) = read("""\
Text before.

*//* *The* *first* *mark*
`begin`
  `first`

Text after.
""")
    assert listing.text.splitlines()[0] == "// The first mark"


def test_names_in_larger_type_are_no_part_of_the_listing_below() -> None:
    layouts, typography = set_pages("""\
Write this into the file
`/etc/gauges:`
~ `Gauge:` `upper` `bridge`
~ `Depth:` `3`
~ `Wet:` `yes`
""")
    (block,) = find_code(layouts, typography, set())
    assert isinstance(block.detail, CodeDetail)
    assert block.detail.text.splitlines() == ["Gauge: upper bridge", "Depth: 3", "Wet: yes"]


def test_lines_with_addresses_are_a_listing_when_they_say_more() -> None:
    (listing,) = read("""\
Text before.

`deb` `http://localhost:9999/stable` `stable` `main` `contrib`
`deb` `http://localhost:9999/stable` `testing` `main` `contrib`

Text after.
""")
    assert listing.text.count("main contrib") == 2


def test_an_address_over_several_lines_is_no_listing() -> None:
    assert (
        read("""\
Keeper, A.: The weir. 1901.

`url:` `https://example.org/river/weir/keeper/of/the/old`
`bridge/and/all/that/he/wrote/down/in/his/long/life/as`
`keeper/of/the/weir/notebook.pdf`

Keeper, B.: The mill. 1902.
""")
        == []
    )


def test_ideographs_in_a_listing_are_part_of_it() -> None:
    (listing,) = read("""
The gauge was read every day at noon, and what it told was w
ritten down in a book which nobody had opened since.

`begin` `river`
  `name` `=` 长江和黄河的水位
  `place` `=` 武汉市武昌区
`end` `river`

The gauge was read every day at noon, and what it told was w
ritten down in a book which nobody had opened since.
""")
    assert listing.text.count("\n") == 3
