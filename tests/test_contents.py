"""Printed contents: entries with their levels, and the lines that the book does without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paper import set_pages
from thesis_convert.loader.structure.contents import PrintedContents, read_contents

TEXT = "\n".join(["The gauge at the bridge was read every day at noon by a man."] * 6)


def read(drawing: str) -> PrintedContents:
    return read_contents(*set_pages(drawing))


def list_entries(drawing: str) -> list[tuple[int, str, str, str]]:
    return [(e.level, e.label, e.title, e.page) for e in read(drawing).entries]


def omitted(drawing: str) -> list[str]:
    return [line.text for block in read(drawing).omitted for line in block.lines]


def test_leaders_numbers_and_titles_over_two_lines() -> None:
    entries = list_entries("""
# Contents

Preface .................................................. v
1 Rivers ................................................. 1
  1.1 The gauge at the bridge and the man who read it at
      noon ............................................... 2
  1.2 Floods ............................................. 9
A Tables of levels
...................................................... 40
""")
    assert entries == [
        (1, "", "Preface", "v"),
        (1, "1", "Rivers", "1"),
        (2, "1.1", "The gauge at the bridge and the man who read it at noon", "2"),
        (2, "1.2", "Floods", "9"),
        (1, "", "A Tables of levels", "40"),
    ]


def test_levels_by_indent_where_nothing_is_numbered_and_no_leaders_stand() -> None:
    entries = list_entries("""
# Contents

Rivers                                                     1
    Gauges                                                 2
    Floods                                                 9
Lakes                                                     15
""")
    assert [(level, title) for level, _, title, _ in entries] == [
        (1, "Rivers"),
        (2, "Gauges"),
        (2, "Floods"),
        (1, "Lakes"),
    ]


def test_chapters_and_sections_that_are_counted_alike() -> None:
    entries = list_entries("""
# Contents

1. Rivers ................................................ 1
    1. Gauges ............................................ 2
        1.1. At the bridge ............................... 3
    2. Floods ............................................ 9
2. Lakes ................................................ 15
    1. Ice .............................................. 16
3. Seas ................................................. 20
""")
    assert [level for level, *_ in entries] == [1, 2, 3, 2, 1, 2, 1]


def test_a_chapter_word_and_its_title_that_both_tell_the_page_are_one_entry() -> None:
    entries = list_entries("""
# Contents

Preface .................................................. v
Chapter 1 ................................................ 1
Rivers ................................................... 1
  1.1 Gauges ............................................. 2
Chapter 2 ............................................... 15
Lakes ................................................... 15
  2.1 Dykes ............................................. 16
""")
    assert entries == [
        (1, "", "Preface", "v"),
        (1, "Chapter 1", "Rivers", "1"),
        (2, "1.1", "Gauges", "2"),
        (1, "Chapter 2", "Lakes", "15"),
        (2, "2.1", "Dykes", "16"),
    ]


def test_a_part_without_a_page_number_is_an_entry_of_its_own() -> None:
    entries = list_entries("""
# Contents

Part I Water
1 Rivers ................................................. 1
2 Lakes ................................................. 15
Part II Land
3 Hills ................................................. 20
""")
    assert [(level, label, title) for level, label, title, _ in entries] == [
        (1, "Part I", "Water"),
        (2, "1", "Rivers"),
        (2, "2", "Lakes"),
        (1, "Part II", "Land"),
        (2, "3", "Hills"),
    ]


def test_parts_in_roman_numbers_stand_over_chapters_and_back_matter_beside_them() -> None:
    entries = list_entries("""
# Contents

I Water                                                    1
1 Rivers ................................................. 2
  1.1 The gauge .......................................... 3
2 Lakes ................................................. 15
II Land                                                   19
3 Hills ................................................. 20
Bibliography ............................................ 30
Appendices .............................................. 32
A. Levels ............................................... 33
Glossary ................................................ 40
""")
    assert [(level, title) for level, _, title, _ in entries] == [
        (1, "Water"),
        (2, "Rivers"),
        (3, "The gauge"),
        (2, "Lakes"),
        (1, "Land"),
        (2, "Hills"),
        (1, "Bibliography"),
        (1, "Appendices"),
        (2, "Levels"),
        (1, "Glossary"),
    ]


def test_a_part_without_chapters_is_one_where_the_chapters_count_on_behind_others() -> None:
    entries = list_entries("""
# Contents

I Water                                                    1
II Rivers                                                  2
   1 Gauges ............................................... 2
   2 Floods .............................................. 15
III Land                                                  19
   3 Hills ............................................... 20
""")
    assert [level for level, *_ in entries] == [1, 1, 2, 2, 1, 2]


def test_sections_without_numbers_stand_as_deep_as_the_few_with_numbers_that_are_set_in_like_them() -> None:
    entries = list_entries("""
# Contents

1. Rivers ................................................ 1
    Gauges ............................................... 2
2. Lakes ................................................ 15
    Ice ................................................. 16
A. Rules ................................................ 20
    1. For the clerk .................................... 20
    2. For the river .................................... 21
""")
    assert [level for level, *_ in entries] == [1, 2, 1, 2, 1, 2, 2]


def test_chapters_in_roman_numbers_are_no_parts() -> None:
    entries = list_entries("""
# Contents

I Rivers ................................................. 2
II Lakes ................................................ 15
III Hills ............................................... 20
1 Levels ................................................ 30
2 Gauges ................................................ 32
""")
    assert [level for level, *_ in entries] == [1, 1, 1, 1, 1]


def test_a_bold_title_over_two_lines_whose_leaders_are_not_bold() -> None:
    entries = list_entries("""
# Contents

1.1 **The** **gauge** **at** **the** **bridge** **and** **the** **man** **who** **read** **it** **at**
**noon** .................................................... 2
1.2 **Floods** .............................................. 9
""")
    assert [title for *_, title, _ in entries] == ["The gauge at the bridge and the man who read it at noon", "Floods"]


def test_what_a_chapter_is_about_is_no_title() -> None:
    entries = list_entries("""
# Contents

1 Rivers ................................................. 2
  *The* *gauge* *is* *read* *at* *noon.* *Floods* *are* *told* *from* *ice,*
  *which* *comes* *late.*
2 Lakes ................................................. 15
""")
    assert [title for *_, title, _ in entries] == ["Rivers", "Lakes"]


def test_the_small_contents_of_a_chapter_go_and_its_heading_stays() -> None:
    drawing = f"""
Chapter 3
# Rivers and floods

**In** **this** **chapter**
3.1 The gauge at the bridge                                2
3.2 Floods                                                 9

{TEXT}
"""
    assert omitted(drawing) == [
        "In this chapter",
        "3.1 The gauge at the bridge 2",
        "3.2 Floods 9",
    ]


def test_small_contents_without_a_title_leave_the_heading_over_them() -> None:
    assert omitted(f"""
Chapter 3
# Rivers and floods

3.1 The gauge ............................................ 2
3.2 Floods ............................................... 9

{TEXT}
""") == [
        "3.1 The gauge ............................................ 2",
        "3.2 Floods ............................................... 9",
    ]


def test_contents_go_on_over_pages_and_lists_of_figures_are_left_out() -> None:
    drawing = f"""
# Contents

1 Rivers ................................................. 1
2 Lakes ................................................. 15
====
3 Seas .................................................. 20

# List of Figures

1.1 The bridge ........................................... 3
1.2 The gauge, seen from the other side of the river and
    from above .......................................... 4
====
# Rivers

{TEXT}
"""
    assert [title for _, _, title, _ in list_entries(drawing)] == ["Rivers", "Lakes", "Seas"]
    text = omitted(drawing)
    assert text[0] == "Contents"
    assert "List of Figures" in text
    assert "from above .......................................... 4" in text
    assert "Rivers" not in text


@pytest.mark.parametrize("number", ["6.", "7", "II.", "B."])
def test_lists_that_are_counted_as_chapters_are_left_out_with_their_titles(number: str) -> None:
    title = f"# {number} List of Figures"
    rows = ["1.1 A gauge .......... 3", "1.2 A bridge at noon .......... 8", "2.1 A rod .......... 12"]
    assert omitted("\n\n".join(["The last words of the text stand here.\n====", title, *rows]))[0] == title[2:]


def test_the_index_at_the_end_is_no_contents() -> None:
    pages = "\n====\n".join([TEXT] * 4)
    index = """
# Index

bridge                                                    12
flood                                                      3
gauge                                                     30
noon                                                       7
"""
    assert read(f"{pages}\n====\n{index}").entries == ()


def test_terms_in_the_order_of_the_alphabet_are_no_contents_even_if_their_pages_hardly_fall() -> None:
    pages = "\n====\n".join([TEXT] * 6)
    terms = ["Bank 2", "Boat 2", "Bridge 2", "Flood 2", "Gauge 1", "Levee 2", "Noon 2", "Town 2"]
    index = "\n".join(f"{term} {'.' * 40} {page}" for term, page in map(str.split, terms))
    assert read(f"{pages}\n====\n# 4 Words and Things\n\n{index}").omitted == ()


@pytest.mark.parametrize("title", ["Index", "3 Index"])
def test_an_index_with_leaders_stays_in_the_thesis(title: str) -> None:
    assert omitted(f"""
# Contents

1 Rivers ................................................. 2
2 Floods ................................................. 2
====
{TEXT}
====
{TEXT}
====
# {title}

Bridge ................................................... 2
Flood .................................................... 2
Gauge .................................................... 3
River .................................................... 3
====
Trout .................................................... 2
Water .................................................... 3
Weir ..................................................... 2
Zander ................................................... 2
""") == [
        "Contents",
        "1 Rivers ................................................. 2",
        "2 Floods ................................................. 2",
    ]


def test_leaders_between_the_words_of_a_dictionary() -> None:
    rows = (
        "رودخانه ....................................... River",
        "سیلاب .......................................... Flood",
    )
    layouts, typography = set_pages("\n====\n".join([TEXT, TEXT, "\n".join(rows * 3)]))
    lines = tuple(replace(line, right_to_left=True) for line in layouts[2].text)
    assert not read_contents([*layouts[:2], replace(layouts[2], text=lines)], typography).omitted


def test_leaders_of_other_dots() -> None:
    entries = list_entries("""
# 目录

第一章 河流ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ ꞏ 1
第二章 湖泊⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅⋅ 9
致谢・・・・・・・・・・・・・・・・・・・・・・・・・ 15
""")
    assert entries == [(1, "第一章", "河流", "1"), (1, "第二章", "湖泊", "9"), (1, "", "致谢", "15")]


def test_text_that_ends_with_a_number_is_no_entry() -> None:
    assert read(f"# Rivers\n\n{TEXT}\nThe man read the gauge at the bridge in the year 1907").omitted == ()


def test_arabic_entries_whose_page_number_was_set_first() -> None:
    layouts, typography = set_pages("""
الفهرس

4 ............................................ الأنهار
    4 ........................................ المقاييس
    70 .............. CNN ساختار
15 ........................................... البحيرات
""")
    lines = tuple(replace(line, right_to_left=True) for line in layouts[0].text)
    entries = read_contents([replace(layouts[0], text=lines)], typography).entries
    assert [(e.level, e.title, e.page) for e in entries] == [
        (1, "الأنهار", "4"),
        (2, "المقاييس", "4"),
        (2, "CNN ساختار", "70"),
        (1, "البحيرات", "15"),
    ]


def test_an_entry_set_without_any_space_and_scripts_without_capitals() -> None:
    entries = list_entries("""
# Contents

序論.......................................................1
第一章 河川 .............................................. 2
    測定器 ............................................... 3
    Gauges ............................................... 9
第二章 湖沼 ............................................. 15
""")
    assert [(level, title) for level, _, title, _ in entries] == [
        (1, "序論"),
        (1, "河川"),
        (2, "測定器"),
        (2, "Gauges"),
        (1, "湖沼"),
    ]


def test_indents_below_numbered_chapters_each_make_a_level() -> None:
    entries = list_entries("""
# Contents

CHAPTER ONE: RIVERS ...................................... 1
    Gauges ............................................... 2
        The Gauge at the Bridge .......................... 3
    Floods ............................................... 9
CHAPTER TWO: LAKES ...................................... 15
""")
    assert [level for level, *_ in entries] == [1, 2, 3, 2, 1]


def test_lists_of_terms_with_page_numbers_stay_in_the_thesis() -> None:
    terms = "\n".join(f"{term} .................................... {page}" for page, term in enumerate("ABCDEF", 2))
    contents = "\n".join(f"{n} Chapter .................................... {n}" for n in range(1, 6))
    for title in ("List of Abbreviations", "Glossary", "Symbolverzeichnis"):
        taken = omitted(f"# Contents\n\n{contents}\n====\n# {title}\n\n{terms}\n====\n# List of Figures\n\n{terms}")
        assert len(taken) == 6 + 7
        assert title not in taken
    assert len(omitted(f"# Contents\n\n**Glossary**\n{contents}")) == 7
