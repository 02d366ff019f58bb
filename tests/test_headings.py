"""Headings on small pages: each sign alone, and what keeps words from being headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.paper import SIZE, set_line, set_pages
from thesis_convert.loader.structure.contents import read_contents
from thesis_convert.loader.structure.headings import find_headings
from thesis_convert.loader.structure.headings.labels import show_label
from thesis_convert.loader.structure.headings.margins import move_margin_headings
from thesis_convert.loader.structure.headings.run_in import separate_run_ins
from thesis_convert.loader.structure.headings.styles import read_style
from thesis_convert.page import (
    Block,
    Bookmark,
    Catalogue,
    Destination,
    HeadingDetail,
    HeadingTags,
    Line,
    enclosing_box,
)

TEXT = "\n".join(["The gauge at the bridge was read every day at noon by a man,"] * 9 + ["who wrote it down."])
LEAD = f"{TEXT}\n====\n"
"""A page of text first: what stands before the text is mostly a title page."""


def find_blocks(drawing: str, bookmarks: Sequence[Bookmark] = ()) -> tuple[Block, ...]:
    layouts, typography = set_pages(drawing)
    contents = read_contents(layouts, typography)
    away = [line.key for block in contents.omitted for line in block.lines]
    return find_headings(layouts, typography, Catalogue(bookmarks=tuple(bookmarks)), contents, away)


def read(blocks: Sequence[Block]) -> list[tuple[int, str, str]]:
    details = [block.detail for block in blocks]
    return [(d.level, d.label, d.title) for d in details if isinstance(d, HeadingDetail)]


def find(drawing: str, bookmarks: Sequence[Bookmark] = ()) -> list[tuple[int, str, str]]:
    return read(find_blocks(drawing, bookmarks))


# --- What the file or the contents tell -----------------------------------------------------------


def test_bookmarks_give_levels_and_the_page_gives_the_words() -> None:
    drawing = f"{LEAD}# 1 Rivers^1\n\n{TEXT}\n\n**1.1 Gauges**\n\n{TEXT}"
    bookmarks = [Bookmark("Rivers", 0, 1, 700.0), Bookmark("Gauges", 1, 1, 500.0), Bookmark("Cover", 0, 0)]
    assert find(drawing, bookmarks) == [(1, "1", "1 Rivers1"), (2, "1.1", "1.1 Gauges")]


def test_a_number_in_words_over_a_title_is_shown_as_a_figure() -> None:
    drawing = f"{LEAD}# One\n\n# Rivers\n\n{TEXT}\n====\n# Two\n\n# Lakes\n\n{TEXT}"
    bookmarks = [Bookmark("Rivers", 0, 1, 700.0), Bookmark("Lakes", 0, 2, 700.0)]
    assert find(drawing, bookmarks) == [(1, "One", "One Rivers"), (1, "Two", "Two Lakes")]
    shown = {"One": "1", "Chapter One": "Chapter One", "IV": "IV", "一": "一", "A": "A", "AnnexeA": "Annexe A"}
    assert [show_label(label) for label in shown] == list(shown.values())


@pytest.mark.parametrize("label", ["3", "B"])
def test_a_large_number_beside_a_title_that_the_contents_name_is_its_own(label: str) -> None:
    contents = f"# Contents\n\n2   Lakes .................. 2\n{label}   Rivers ................. 3"
    layouts, typography = set_pages(f"{contents}\n====\n{TEXT}\n====\n# Rivers {label}\n\n{TEXT}")
    title = layouts[2].text[0]
    *words, number = title.words
    large = number._replace(font=number.font._replace(size=3 * SIZE))
    chapter = replace(title, words=(*words, large), box=enclosing_box([*(w.box for w in words), large.box]))
    layouts[2] = replace(layouts[2], text=(chapter, *layouts[2].text[1:]))
    found = find_headings(layouts, typography, Catalogue(), read_contents(layouts, typography))
    assert read(found)[-1] == (1, label, f"{label} Rivers")


def test_a_bookmark_in_other_words_leads_to_no_heading_with_another_number_above_it() -> None:
    drawing = f"{LEAD}# 1 Rivers\n\n**1.1 Gauges of the valley and all clerks who read them**\n\n{TEXT}"
    bookmarks = [
        Bookmark("Rivers", 0, 1, 712.0),
        Bookmark("Gauges of the valley and all [sbj]clerksclerks who read them", 1, 1, 712.0),
    ]
    assert [title for _, _, title in find(drawing, bookmarks)] == [
        "1 Rivers",
        "1.1 Gauges of the valley and all clerks who read them",
    ]


def test_a_bookmark_with_a_short_title_leads_to_the_chapter_of_its_number() -> None:
    drawing = f"{LEAD}# Chapter 1\n\n# How rivers were measured\n\n{TEXT}\n\n**I. Gauges**\n\n{TEXT}"
    bookmarks = [Bookmark("1 The clerks", 0, 1, 712.0), Bookmark("I. Gauges", 1, 1, 500.0)]
    assert find(drawing, bookmarks) == [
        (1, "Chapter 1", "Chapter 1 How rivers were measured"),
        (2, "I.", "I. Gauges"),
    ]


def test_the_second_line_of_a_heading_stands_off_as_the_lines_of_the_text_do() -> None:
    first = "# 1 How rivers were measured by the people of the"
    layouts, typography = set_pages(f"{LEAD}{first}\n\n# town\n\n{TEXT}")
    catalogue = Catalogue(bookmarks=(Bookmark("1 The people of the town", 0, 1, 712.0),))
    contents = read_contents(layouts, typography)
    for leading, lines in ((12.0, 1), (24.0, 2)):
        found = find_headings(layouts, replace(typography, leading=leading), catalogue, contents)
        assert len(found[0].lines) == lines


def test_a_single_bookmark_over_all_is_the_thesis() -> None:
    drawing = f"# Water in Wells\n\n{TEXT}\n====\n# Rivers\n\n{TEXT}\n====\n# Lakes\n\n{TEXT}\n\n**Ice**\n\n{TEXT}"
    bookmarks = [
        Bookmark("Water in Wells", 0, 0, 712.0),
        Bookmark("Rivers", 1, 1, 712.0),
        Bookmark("Lakes", 1, 2, 712.0),
        Bookmark("Ice", 2, 2, 560.0),
    ]
    assert [(level, title) for level, _, title in find(drawing, bookmarks)][-3:] == [
        (1, "Rivers"),
        (1, "Lakes"),
        (2, "Ice"),
    ]


def test_contents_tell_levels_and_a_chapter_word_stands_on_a_line_of_its_own() -> None:
    found = find(f"""
# Contents

1 Rivers ................................................. 1
  1.1 Gauges ............................................. 1
2 Lakes .................................................. 2
====
# Chapter 1

# Rivers

{TEXT}

**1.1 Gauges**

{TEXT}
====
# Chapter 2

# Lakes

{TEXT}
""")
    assert found == [
        (1, "Chapter 1", "Chapter 1 Rivers"),
        (2, "1.1", "1.1 Gauges"),
        (1, "Chapter 2", "Chapter 2 Lakes"),
    ]


def test_a_chapter_word_far_above_its_title_in_a_thesis_of_wide_lines() -> None:
    text = TEXT.replace("\n", "\n\n")
    found = find(f"""
# Contents

Rivers ................................................... 1
Lakes .................................................... 2
Hills .................................................... 3
====
**Chapter 1**




**Rivers**

{text}
====
**Chapter 2**




**Lakes**

{text}
====
**Chapter 3**




**Hills**

{text}
""")
    assert [label for _, label, _ in found] == ["Chapter 1", "Chapter 2", "Chapter 3"]


def test_parts_that_the_contents_leave_out_stand_over_the_chapters() -> None:
    contents = (
        "# Contents\n\n1 Rivers .......... 3\n1.1 Gauges ........ 3\n2 Lakes ........... 5\nReferences ........ 6"
    )
    pages = [
        contents,
        "# Part I Water",
        f"# 1 Rivers\n\n{TEXT}\n\n**1.1 Gauges**\n\n{TEXT}",
        "# Part II Land",
        f"# 2 Lakes\n\n{TEXT}",
        f"# References\n\n{TEXT}",
    ]
    assert [(level, title) for level, _, title in find("\n====\n".join([TEXT, *pages]))] == [
        (1, "Part I Water"),
        (2, "1 Rivers"),
        (3, "1.1 Gauges"),
        (1, "Part II Land"),
        (2, "2 Lakes"),
        (1, "References"),
    ]


def test_what_stands_before_the_first_number_is_no_part_of_the_preface() -> None:
    contents = (
        "# Contents\n\nPreface ........... 2\nA Word Before ..... 3\nI   Water ......... 4\n1 Rivers .......... 5\n"
    )
    pages = [
        contents + "2 Lakes ........... 6",
        f"# Preface\n\n{TEXT}",
        f"# A Word Before\n\n{TEXT}",
        "# Part I Water",
        f"# 1 Rivers\n\n{TEXT}",
        f"# 2 Lakes\n\n{TEXT}",
    ]
    assert [level for level, *_ in find("\n====\n".join([TEXT, *pages]))] == [1, 1, 1, 2, 2]


def test_words_that_speak_of_a_chapter_are_no_chapter() -> None:
    plan = f"**Chapter 2**\n{TEXT}\n\n**Chapter 3**\n{TEXT}"
    chapters = [f"# 1 Rivers\n\n{TEXT}\n\n{plan}", *(f"# {n} {t}\n\n{TEXT}" for n, t in ((2, "Lakes"), (3, "Seas")))]
    bookmarks = [Bookmark(title, 0, page, 712.0) for page, title in enumerate(("Rivers", "Lakes", "Seas"), 1)]
    assert find(LEAD + "\n====\n".join(chapters), bookmarks) == [
        (1, "1", "1 Rivers"),
        (1, "2", "2 Lakes"),
        (1, "3", "3 Seas"),
    ]


def test_small_numbers_in_the_back_are_below_the_heading_before_them() -> None:
    life = "\n\n".join(f"**{n}. {title}**\n\n{TEXT}" for n, title in ((1, "Schools"), (2, "Papers")))
    titles = ("1 Rivers", "2 Lakes", "3 Seas", "Biography")
    pages = [f"# {title}\n\n{TEXT}" for title in titles[:3]]
    bookmarks = [Bookmark(title.lstrip("123 "), 0, page, 712.0) for page, title in enumerate(titles, 1)]
    found = find(LEAD + "\n====\n".join([*pages, f"# Biography\n\n{life}"]), bookmarks)
    assert found[3:] == [(1, "", "Biography"), (2, "1.", "1. Schools"), (2, "2.", "2. Papers")]


def test_the_title_of_all_appendices_is_no_part_of_the_first_one() -> None:
    drawing = f"{LEAD}# Appendices\n\n**A.1 Appendices of rivers**\n\n{TEXT}"
    bookmarks = [Bookmark("Appendices", 0, 1, 712.0), Bookmark("Appendices of rivers", 1, 1, 690.0)]
    assert find(drawing, bookmarks) == [(1, "", "Appendices"), (2, "A.1", "A.1 Appendices of rivers")]


def test_tags_tell_where_headings_stand_and_how_high() -> None:
    layouts, typography = set_pages(f"{LEAD}*Rivers*\n\n{TEXT}\n\n*Gauges*\n\n{TEXT}")
    tags = HeadingTags((1, 2), {1: {0: 0, 2: 1}})
    titles = [line for line in layouts[1].text if line.text in ("Rivers", "Gauges")]
    page = replace(layouts[1].page, marked=((0, titles[0].box), (1, layouts[1].text[2].box), (2, titles[1].box)))
    layouts[1] = replace(layouts[1], page=page)
    contents = read_contents(layouts, typography)
    assert read(find_headings(layouts, typography, Catalogue(tags=tags), contents)) == [
        (1, "", "Rivers"),
        (2, "", "Gauges"),
    ]


# --- Type and numbers alone -----------------------------------------------------------------------


def test_numbers_that_count_up_need_no_other_sign() -> None:
    found = find(
        f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n**1.1 Gauges**\n\n{TEXT}\n\n**1.2 Floods**\n\n{TEXT}\n====\n# 2 Lakes\n\n{TEXT}"
    )
    assert [(level, label) for level, label, _ in found] == [(1, "1"), (2, "1.1"), (2, "1.2"), (1, "2")]


def test_a_thesis_without_any_number() -> None:
    page = f"\n\n**Gauges**\n\n{TEXT}\n\n**Floods**\n\n{TEXT}"
    found = find(f"{LEAD}# Rivers\n\n{TEXT}{page}\n====\n# Lakes\n\n{TEXT}{page}\n====\n# Seas\n\n{TEXT}{page}")
    assert [(level, title) for level, _, title in found[:4]] == [
        (1, "Rivers"),
        (2, "Gauges"),
        (2, "Floods"),
        (1, "Lakes"),
    ]


def test_a_heading_over_two_lines_is_one() -> None:
    found = find(
        f"{LEAD}# 1 How rivers were measured by the\n# people of the town\n\n{TEXT}\n====\n# 2 Lakes\n\n{TEXT}"
    )
    assert [title for _, _, title in found] == ["1 How rivers were measured by the people of the town", "2 Lakes"]


def test_words_in_italics_do_not_hide_a_heading_in_larger_type() -> None:
    assert find(f"{LEAD}# 1 *Salmo trutta* far up\n\n{TEXT}") == [(1, "1", "1 Salmo trutta far up")]


@pytest.mark.parametrize(("title", "italic"), [("*Gauges of the lakes*", True), ("The *gauges of the lakes*", False)])
def test_upright_figures_before_a_title_say_nothing_of_it(title: str, italic: bool) -> None:
    line = set_line(f"2.1 {title}")
    number, *words = line.words
    figures = [number._replace(text=char, space_before=place == 0) for place, char in enumerate(number.text)]
    assert read_style(replace(line, words=(*figures, *words))).italic == italic


def test_a_long_name_in_italics_makes_no_level_of_its_own() -> None:
    titles = ("Rivers", "The *universitas medicorum*", "Lakes and *seas*")
    found = find(LEAD + "\n====\n".join(f"# {title}\n\n{TEXT}" for title in titles))
    assert [level for level, *_ in found] == [1, 1, 1]


def test_chapters_with_chinese_numbers_stand_over_what_counts_on_with_digits() -> None:
    drawing = f"{LEAD}# 一 河流研究\n\n**1.1 水位**\n\n{TEXT}\n====\n# 二 湖泊研究\n\n**2.1 水深**\n\n{TEXT}"
    assert [(level, label) for level, label, _ in find(drawing)] == [(1, "一"), (2, "1.1"), (1, "二"), (2, "2.1")]


def test_numbers_in_a_face_of_their_own_count_at_the_weight_of_the_text() -> None:
    layouts, typography = set_pages(f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n1.1 Gauges\n\n{TEXT}\n\n1.2 Floods\n\n{TEXT}")
    sans = [replace(layout, text=tuple(map(set_sans, layout.text))) for layout in layouts]
    found = find_headings(sans, typography, Catalogue(), read_contents(sans, typography))
    assert [title for _, _, title in read(found)] == ["1 Rivers", "1.1 Gauges", "1.2 Floods"]


def set_sans(line: Line) -> Line:
    """A line with a number in a face without serifs."""
    if not line.text.startswith("1."):
        return line
    words = tuple(word._replace(font=word.font._replace(name="Sans")) for word in line.words)
    return replace(line, words=words, font=words[0].font)


def test_a_centred_heading_and_the_one_under_it_are_two() -> None:
    stacked = f"{' ' * 26}**Methods**\n**The gauge**\n\n{TEXT}\n\n**The bridge**\n\n{TEXT}"
    found = find(f"{LEAD}{' ' * 27}**Rivers**\n\n{TEXT}\n\n{stacked}\n====\n{' ' * 26}**Results**\n\n{TEXT}")
    assert [title for _, _, title in found] == ["Rivers", "Methods", "The gauge", "The bridge", "Results"]


def test_terms_in_small_letters_are_no_headings() -> None:
    terms = f"**gauge**\n\n{TEXT}\n\n**weir**\n\n{TEXT}"
    assert find(f"{LEAD}# 1 Rivers\n\n{TEXT}\n====\n# Glossary\n\n{terms}") == [
        (1, "1", "1 Rivers"),
        (1, "", "Glossary"),
    ]


@pytest.mark.parametrize(
    ("line", "is_title"),
    [("Read at noon.", False), ("“We read it, and wrote it down, day by day by day.”15", False), ("References.", True)],
)
def test_a_sentence_in_the_type_of_titles_is_none_but_the_name_of_a_section(line: str, is_title: bool) -> None:
    sections = f"**1.1 Gauges**\n\n{TEXT}\n\n**1.2 Floods**\n\n{TEXT}\n\n**{line}**\n\n{TEXT}"
    titles = [title for _, _, title in find(f"{LEAD}# 1 Rivers\n\n{sections}")]
    assert titles == ["1 Rivers", "1.1 Gauges", "1.2 Floods", *[line] * is_title]


def test_titles_right_under_each_other_in_one_style_are_a_list() -> None:
    listed = "**Abstract**\n\n**Preface**\n\n**Glossary**\n\n**Index**"
    assert find(f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n{listed}\n\n{TEXT}") == [(1, "1", "1 Rivers")]


def test_numbered_titles_in_smaller_type_than_chapters_are_no_chapters() -> None:
    life = f"# About the author\n\n**1. Schools**\n\n{TEXT}\n\n**2. Offices**\n\n{TEXT}"
    found = find(
        f"{LEAD}# 1 Rivers\n\n**1.1 Gauges**\n\n{TEXT}\n====\n# 2 Lakes\n\n**2.1 Depths**\n\n{TEXT}\n====\n{life}"
    )
    levels = {title: level for level, _, title in found}
    assert levels["About the author"] < min(levels.get("1. Schools", 9), levels.get("2. Offices", 9))


def test_an_article_is_no_letter_that_counts() -> None:
    found = find(f"{LEAD}# A Measure of Noon\n\n{TEXT}\n====\n# I Wonder at Noon\n\n{TEXT}")
    assert [label for _, label, _ in found] == ["", ""]


def test_appendices_by_letters_follow_chapters() -> None:
    found = find(
        f"{LEAD}# 1 Rivers\n\n{TEXT}\n====\n# 2 Lakes\n\n{TEXT}\n====\n"
        f"# A  Tables\n\n{TEXT}\n\n**A.1 Levels**\n\n{TEXT}"
    )
    assert [(level, label) for level, label, _ in found] == [(1, "1"), (1, "2"), (1, "A"), (2, "A.1")]


def test_the_parts_of_a_bibliography_count_by_themselves() -> None:
    chapters = "\n====\n".join(f"# {n} Rivers\n\n{TEXT}\n\n**{n}.1 Gauges**\n\n{TEXT}" for n in (1, 2))
    sources = f"# References\n\n# I. Archives\n\n{TEXT}\n\n# II. Books\n\n{TEXT}"
    found = find(f"{LEAD}{chapters}\n====\n{sources}\n====\n# Appendix\n\n{TEXT}")
    assert [(level, title) for level, _, title in found[-4:]] == [
        (1, "References"),
        (2, "I. Archives"),
        (2, "II. Books"),
        (1, "Appendix"),
    ]


def test_what_is_set_like_counted_sections_but_not_counted_is_below_them() -> None:
    sections = f"\n\n**1.1 Gauges**\n\n{TEXT}\n\n**At the bridge**\n\n{TEXT}\n\n**1.2 Floods**\n\n{TEXT}"
    found = find(f"{LEAD}# 1 Rivers\n\n{TEXT}{sections}\n====\n# 2 Lakes\n\n{TEXT}")
    assert (3, "", "At the bridge") in found


def test_the_only_bibliography_is_no_part_of_the_last_chapter() -> None:
    section = f"\n\n**1.1 Gauges**\n\n{TEXT}"
    found = find(f"{LEAD}# 1 Rivers\n\n{TEXT}{section}\n====\n**References**\n\n{TEXT}")
    assert found[-1] == (1, "", "References")


# --- What is no heading ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "**Example 5.2. The reading of a gauge**",
        "**Figure 2: The bridge**",
        "**Because the man who read the gauge was ill, it was read by**\nhis daughter.",
        "1. the gauge at the bridge",
        "3D models of the river",
    ],
)
def test_captions_items_and_bold_sentences_are_none(words: str) -> None:
    found = find(f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n{words}\n\n{TEXT}\n====\n# 2 Lakes\n\n{TEXT}")
    assert [label for _, label, _ in found] == ["1", "2"]


@pytest.mark.parametrize(
    ("labels", "is_box"),
    [
        (("**Note**", "**Warning**", "**Note**"), True),
        (("    **Note**", "    **Note**", "    **Note**"), True),
        (("**Note**", "**Note**", "**Note**"), False),
        (("**Note**", "**Flood**", "**Warning**"), False),
    ],
)
def test_labels_of_boxes_are_none(labels: tuple[str, ...], is_box: bool) -> None:
    boxes = "\n\n".join(f"{label}\n\n{TEXT}" for label in labels)
    found = find(f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n{boxes}\n====\n# 2 Lakes\n\n{TEXT}")
    assert (len(found) == 2) is is_box


def test_running_heads_left_in_the_text_are_none() -> None:
    page = f"*1 Rivers*\n\n{TEXT}"
    found = find(f"{LEAD}# 1 Rivers\n\n{TEXT}\n====\n{page}\n====\n{page}\n====\n# 2 Lakes\n\n{TEXT}")
    assert [title for _, _, title in found] == ["1 Rivers", "2 Lakes"]


def test_lines_of_a_title_page_are_none() -> None:
    title = "# Water in Wells\n\n**A thesis**\n\n**Ann Brook**\n\n**1907**"
    found = find(f"{title}\n====\n{TEXT}\n====\n# 1 Rivers\n\n{TEXT}\n====\n# 2 Lakes\n\n{TEXT}")
    assert [label for _, label, _ in found] == ["1", "2"]


def test_levels_that_go_against_the_numbers_are_not_believed() -> None:
    sections = f"\n\n**1.1 Gauges**\n\n{TEXT}\n\n**1.2 Floods**\n\n{TEXT}"
    drawing = f"{LEAD}# 1 Rivers\n\n{TEXT}{sections}\n====\n# 2 Lakes\n\n{TEXT}\n\n**2.1 Ice**\n\n{TEXT}"
    levels = {"Rivers": 1, "Gauges": 0, "Floods": 0, "Lakes": 1, "Ice": 0}
    bookmarks = [Bookmark(title, level, 2 if title in ("Lakes", "Ice") else 1) for title, level in levels.items()]
    assert [level for level, _, _ in find(drawing, bookmarks)] == [1, 2, 2, 1, 2]


# --- LaTeX's named places ---------------------------------------------------------------------------


def find_at(drawing: str, *places: Destination) -> list[tuple[int, str, str]]:
    layouts, typography = set_pages(drawing)
    contents = read_contents(layouts, typography)
    catalogue = Catalogue(destinations=places)
    layouts, _ = separate_run_ins(layouts, typography, catalogue, contents, frozenset())
    return read(find_headings(layouts, typography, catalogue, contents))


def test_named_places_tell_rank_even_of_one_plain_heading() -> None:
    drawing = f"{LEAD}# Rivers\n\n{TEXT}\n\n*Gauges*\n\n{TEXT}"
    places = (Destination("chapter.1", 1, 100.0, 715.0), Destination("section.1.1", 1, 100.0, 550.0))
    assert find_at(drawing, *places) == [(1, "", "Rivers"), (2, "", "Gauges")]


def test_a_place_left_behind_at_the_foot_of_a_page_leads_to_the_next() -> None:
    drawing = f"{LEAD}# 1 Rivers\n\n{TEXT}\n====\n**1.1 Gauges**\n\n{TEXT}"
    places = (Destination("chapter.1", 1, 100.0, 715.0), Destination("section.1.1", 1, 100.0, 150.0))
    assert find_at(drawing, *places) == [(1, "1", "1 Rivers"), (2, "1.1", "1.1 Gauges")]


def test_a_place_over_text_or_over_another_number_is_no_heading() -> None:
    drawing = f"{LEAD}{TEXT}\n\n**2.4** litres a day were lost\n\n{TEXT}"
    places = (Destination("section*.3", 1, 100.0, 715.0), Destination("section.1.1", 1, 100.0, 578.0))
    assert find_at(drawing, *places) == []


# --- Headings that text goes on after ---------------------------------------------------------------

RUN_IN = f"""{LEAD}# 1 Rivers

{TEXT}

*The gauge at the bridge.* It was read every day at noon by
{TEXT}"""


def test_a_run_in_heading_that_the_file_names_leaves_its_text_behind() -> None:
    layouts, typography = set_pages(RUN_IN)
    catalogue = Catalogue(bookmarks=(Bookmark("Rivers", 0, 1), Bookmark("The gauge at the bridge", 1, 1)))
    contents = read_contents(layouts, typography)
    layouts, _ = separate_run_ins(layouts, typography, catalogue, contents, frozenset())
    found = read(find_headings(layouts, typography, catalogue, contents))
    assert found == [(1, "1", "1 Rivers"), (2, "", "The gauge at the bridge")]
    assert "It was read every day at noon by" in [line.text for line in layouts[1].text]


@pytest.mark.parametrize("lead", ["1.1. **The gauge at the bridge.**", "**1.1. The gauge at the bridge.**"])
def test_a_run_in_heading_in_the_contents_has_its_number_in_its_own_type_or_that_of_the_text(lead: str) -> None:
    entries = "\n".join(f"{title} {'.' * 40} 2" for title in ("1. Rivers", "1.1. The gauge at the bridge", "2. Lakes"))
    drawing = f"# Contents\n\n{entries}\n====\n# 1. Rivers\n\n{TEXT}\n\n{lead} It was read by\n{TEXT}"
    layouts, typography = set_pages(drawing)
    contents = read_contents(layouts, typography)
    catalogue = Catalogue(bookmarks=(Bookmark("Rivers", 0, 1),))
    split = separate_run_ins(layouts, typography, catalogue, contents, frozenset())
    lines = [line.text for line in split.layouts[1].text]
    assert lines[11:13] == ["1.1. The gauge at the bridge", "It was read by"]


def test_a_number_in_another_face_than_its_title_is_no_run_in_heading() -> None:
    layouts, typography = set_pages(f"{LEAD}**1.1.1** draft or final\n\n{TEXT}")
    catalogue = Catalogue(bookmarks=(Bookmark("1.1.1", 0, 1, 712.0),))
    split = separate_run_ins(layouts, typography, catalogue, read_contents(layouts, typography), frozenset())
    assert split.layouts[1].text[0].text == "1.1.1 draft or final"


def test_a_named_place_tells_a_run_in_heading() -> None:
    places = (Destination("chapter.1", 1, 100.0, 715.0), Destination("section*.2", 1, 100.0, 550.0))
    assert find_at(RUN_IN, *places)[-1][2] == "The gauge at the bridge"


def test_emphasis_that_nothing_names_stays_in_its_paragraph() -> None:
    layouts, typography = set_pages(RUN_IN)
    catalogue = Catalogue(bookmarks=(Bookmark("Rivers", 0, 1),))
    contents = read_contents(layouts, typography)
    assert separate_run_ins(layouts, typography, catalogue, contents, frozenset()) == (layouts, [])


def test_a_title_s_words_in_the_middle_of_a_sentence_stay_there() -> None:
    line = "The report on the floods of the year was in the journal which"
    text = f"{line}\n*The Gauge* , as they call it, prints in the town every week,\n{TEXT}"
    layouts, typography = set_pages(f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n{text}")
    catalogue = Catalogue(bookmarks=(Bookmark("Rivers", 0, 1), Bookmark("The Gauge", 1, 2)))
    contents = read_contents(layouts, typography)
    assert separate_run_ins(layouts, typography, catalogue, contents, frozenset()) == (layouts, [])


def test_a_heading_in_the_margin_that_the_file_names_stands_before_the_line_beside_it() -> None:
    layouts, typography = set_pages(
        f"{LEAD}# 1 Rivers\n\n{TEXT}\n\n~ The gauge at\n~ the bridge\n~ seen from here\n{TEXT}"
    )
    text = layouts[1].text
    margin = tuple(replace(line, baseline=line.baseline - 36.0) for line in text[11:14])
    layouts[1] = replace(layouts[1], text=(*text[:11], *text[14:]), margin=margin)
    catalogue = Catalogue(bookmarks=(Bookmark("Rivers", 0, 1), Bookmark("The gauge at the bridge", 1, 1)))
    contents = read_contents(layouts, typography)
    moved = move_margin_headings(layouts, catalogue, contents)
    assert [line.text for line in moved[1].text[11:13]] == ["The gauge at", "the bridge"]
    assert [line.text for line in moved[1].margin] == ["seen from here"]
    found = read(find_headings(moved, typography, catalogue, contents))
    assert found == [(1, "1", "1 Rivers"), (2, "", "The gauge at the bridge")]


def find_habitual(*leads: str) -> list[tuple[int, str, str]]:
    pages = [f"{TEXT}\n\n    {lead} It was read at noon by\n{TEXT}" for lead in leads]
    layouts, typography = set_pages("\n====\n".join([f"# Rivers\n\n{TEXT}", *pages, f"# Lakes\n\n{TEXT}"]))
    contents = read_contents(layouts, typography)
    layouts, run_ins = separate_run_ins(layouts, typography, Catalogue(), contents, frozenset())
    return read(find_headings(layouts, typography, Catalogue(), contents, run_ins=run_ins))


def test_run_in_headings_by_habit_stand_below_all_others() -> None:
    leads = ["**The gauge.**", "**The two bridges.**", "**A man at noon.**", "**The last day.**"]
    assert find_habitual(*leads) == [
        (1, "", "Rivers"),
        (2, "", "The gauge"),
        (2, "", "The two bridges"),
        (2, "", "A man at noon"),
        (2, "", "The last day"),
        (1, "", "Lakes"),
    ]


@pytest.mark.parametrize("lead", ["**Proof.**", "**The gauge:**", "**Gauge 3.**", "**the old gauge.**"])
def test_labels_terms_and_stressed_words_are_no_run_in_headings(lead: str) -> None:
    assert find_habitual(lead, lead, lead, lead, lead) == [(1, "", "Rivers"), (1, "", "Lakes")]


def test_numbers_that_begin_again_under_each_heading_make_an_outline() -> None:
    chapters = [
        f"# {roman}. {title}\n\n{TEXT}\n\n*A. The {title}*\n\n{TEXT}\n\n*B. More {title}*\n\n{TEXT}"
        for roman, title in (("I", "Rivers"), ("II", "Lakes"), ("III", "Springs"))
    ]
    levels = [level for level, *_ in find("\n====\n".join(chapters))]
    assert levels == [1, 2, 2, 1, 2, 2, 1, 2, 2]


def test_chinese_numbers_in_brackets_rank_below_sections_in_any_type() -> None:
    ranks = f"（一）水位\n{TEXT}\n（二）水深\n{TEXT}"
    found = find(f"{LEAD}# 第一章 河流\n\n{ranks}\n====\n# 第二章 湖泊\n\n{ranks}")
    assert [(level, label) for level, label, _ in found] == [
        (1, "第一章"),
        (2, "（一）"),
        (2, "（二）"),
        (1, "第二章"),
        (2, "（一）"),
        (2, "（二）"),
    ]


def test_east_asian_numbers_rank_below_each_other_where_they_begin_again() -> None:
    for ranks in (("（一）", "（二）", "1. ", "2. "), ("1. ", "2. ", "(1) ", "(2) "), ("가. ", "나. ", "1) ", "2) ")):
        one, two, a, b = (f"{label}水位" for label in ranks)
        section = "\n".join([one, TEXT, a, TEXT, b, TEXT, two, TEXT, a, TEXT, b, TEXT])
        found = find(f"{LEAD}# 第一章 河流\n\n{section}\n====\n# 第二章 湖泊\n\n{section}")
        assert [level for level, *_ in found] == [1, 2, 3, 3, 2, 3, 3] * 2


def test_east_asian_numbers_that_begin_again_over_items_are_lists() -> None:
    items = f"{TEXT}\n(1) 水位；\n{TEXT}\n(2) 水深；\n{TEXT}\n(3) 水温。\n{TEXT}"
    found = find(f"{LEAD}# 第一章 河流\n\n{items}\n====\n# 第二章 湖泊\n\n{items}")
    assert [label for _, label, _ in found] == ["第一章", "第二章"]


def test_chinese_numbers_right_under_each_other_are_a_list() -> None:
    items = f"{TEXT}\n（一）水位\n（二）水深\n（三）水温\n{TEXT}"
    found = find(f"{LEAD}# 第一章 河流\n\n{items}\n====\n# 第二章 湖泊\n\n{items}")
    assert [label for _, label, _ in found] == ["第一章", "第二章"]


def test_a_list_may_begin_a_section_without_a_number() -> None:
    sections = "".join(
        f"\n\n**{name}**\n\n  • at noon\n\n  • at night\n\n{TEXT}" for name in ("Gauges", "Floods", "Ice")
    )
    found = find(f"{LEAD}# 1 Rivers\n\n{TEXT}{sections}")
    assert [title for _, _, title in found] == ["1 Rivers", "Gauges", "Floods", "Ice"]


def test_items_in_body_type_that_begin_again_are_no_outline() -> None:
    chapters = [
        f"# {roman}. {title}\n\n{TEXT}\n\nA. The {title}\n\n{TEXT}\n\nB. More {title}\n\n{TEXT}"
        for roman, title in (("I", "Rivers"), ("II", "Lakes"), ("III", "Springs"))
    ]
    assert [level for level, *_ in find("\n====\n".join(chapters))] == [1, 1, 1]
