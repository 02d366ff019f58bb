"""Paragraphs: where they begin, and that they go on over lines, pages and figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paper import set_line, set_pages
from thesis_convert.loader.structure.blocks import classify_blocks
from thesis_convert.loader.structure.flow import build_flow, measure_indent
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.loader.structure.joining import join_blocks
from thesis_convert.page import Font
from thesis_convert.traversal import plain_text


def read(drawing: str) -> list[tuple[str, str]]:
    """(kind, text) of each block of a drawing."""
    layouts, typography = set_pages(drawing)
    indent = measure_indent(layouts, typography)
    flow = classify_blocks(build_flow(layouts, typography, (), indent), typography, indent)
    context = InlineContext(Hyphenation(line for layout in layouts for line in layout.text))
    joined = join_blocks(flow, indent)
    return [(block.kind, plain_text(build_inlines(block.lines, context))) for block in joined]


def texts(drawing: str) -> list[str]:
    return [text for _, text in read(drawing)]


def test_space_separates_paragraphs() -> None:
    assert texts("""\
The river had been measured every day since the summer of th
great flood, at noon, by a clerk with a rod and a notebook.

Nobody had ever asked what the measurements were for, and no
clerk had ever thought it proper to ask.
""") == [
        "The river had been measured every day since the summer of th great flood, at noon, by a clerk "
        "with a rod and a notebook.",
        "Nobody had ever asked what the measurements were for, and no clerk had ever thought it proper to ask.",
    ]


def test_first_line_indents_separate_paragraphs() -> None:
    drawing = "\n".join(
        [
            "   Every clerk kept a notebook of his own, and bound it in gree",
            "cloth when it was full, which took about a year and a half o",
        ]
        * 6
    )
    assert len(texts(drawing)) == 6


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    assert texts("""\
The first gauge stood below the bridge, where the current was
slow and the bank was firm.
The second stood at the mill, and was carried away by the ice
in the second winter, with the mill.
""") == [
        "The first gauge stood below the bridge, where the current was slow and the bank was firm.",
        "The second stood at the mill, and was carried away by the ice in the second winter, with the mill.",
    ]


def test_centred_lines_go_on_where_the_next_word_did_not_fit() -> None:
    lines = (
        "This text may be given to others by all who like rivers, on",
        "the terms of the licence that the society of clerks has",
        "made in the year after the flood.",
        "It is given in the hope that it will be read but nobody",
        "promises that anybody will; there is no promise that gauges",
        "were ever read at noon.",
    )
    assert texts("\n".join(line.center(60).rstrip() for line in lines)) == [
        "This text may be given to others by all who like rivers, on the terms of the licence that the society "
        "of clerks has made in the year after the flood.",
        "It is given in the hope that it will be read but nobody promises that anybody will; there is no promise "
        "that gauges were ever read at noon.",
    ]


def test_a_line_that_ends_early_for_a_long_word_does_not() -> None:
    assert (
        len(
            texts("""\
The clerks were proud of what they used to call their
incontrovertibility, a word that none of them could spell.
""")
        )
        == 1
    )


def test_a_paragraph_goes_on_over_the_page() -> None:
    assert texts("""\
The ledgers that were saved from the fire are kept in a dry
room on the second floor of the town hall, on shelves that a
====
carpenter made for them in the year of the fire.
""") == [
        "The ledgers that were saved from the fire are kept in a dry room on the second floor of the town hall, "
        "on shelves that a carpenter made for them in the year of the fire."
    ]


def test_a_paragraph_that_has_ended_does_not_go_on() -> None:
    assert (
        len(
            texts("""\
The ledgers that were saved from the fire are kept in a dry
room on the second floor.
====
Others were sold, and have not been found again although the
archive has advertised for them twice.
""")
        )
        == 2
    )


def test_a_sentence_goes_on_after_a_line_that_could_not_be_filled() -> None:
    # The command in the second line could not be divided and stands out; in the last it is set smaller.
    assert (
        len(
            texts("""\
The clerk was told to write the readings down and then to
call `write_reading_into_the_notebook(gauge)` and `close_the_notebook()` at
once, and he has done so on every single day of the year, in
~ small_type and in all weathers, until the bridge was gone as well
and the river with it.
""")
        )
        == 1
    )


def test_a_number_after_a_hyphen_at_the_edge_is_no_item() -> None:
    assert read("""\
  1. The readings of the northern gauge are printed on page 8-
     12. and those of the southern gauge are lost.
  2. The readings of the mill are kept in the town hall, as a-
     greed with the council.
""") == [
        (
            "item",
            "1. The readings of the northern gauge are printed on page 8-12. and those of the southern gauge are lost.",
        ),
        ("item", "2. The readings of the mill are kept in the town hall, as agreed with the council."),
    ]


def test_a_hanging_line_goes_on_with_the_sentence_before_it() -> None:
    assert (
        len(
            texts("""\
**Gauge:** the share of the readings that were taken at noon in a
      year with ice
""")
        )
        == 1
    )


def test_a_quotation_goes_on_over_the_page() -> None:
    assert texts("""\
The clerk of the northern gauge wrote to the council about th
state of his hut, and did not mince his words:

    The roof is in need of repair, and the door is gone
====
    since the autumn, so that the snow comes in.
""")[1:] == ["The roof is in need of repair, and the door is gone since the autumn, so that the snow comes in."]


def test_divided_words_are_made_whole() -> None:
    page = """\
The gauge was read at noon and its readings went into a note-
book. A notebook lasted for a year and a half, or for two yea
rs in a drought. Self-made tables were pasted in, and self-
made rulers lay between the pages, and the ink was mea-
sured out by the drop, for ink was dear.
"""
    assert "into a notebook." in texts(page)[0]
    assert "self-made rulers" in texts(page)[0]
    assert "measured out" in texts(page)[0]


@pytest.mark.parametrize(
    ("text", "before", "after", "joint"),
    [
        ("non-linear non-slip non-stop official", "non-", "official", "-"),
        ("achieve ment of goals", "govern-", "ment", ""),
        ("Haupt- und Nebenfach", "Haupt-", "und", "- "),
        ("Softwarefehler Fehlerquelle software fehler quelle projekt", "Software-", "projekt", ""),
        ("user-friendly self-made model user self made friendly based", "model-", "based", "-"),
        ("run-time linear", "run-", "ning", ""),
        ("write to the list", "user@lists.-", "example.org", ""),
        ("EU und NATO", "EU-", "weit", "-"),
    ],
)
def test_other_words_tell_whether_a_hyphen_stays(text: str, before: str, after: str, joint: str) -> None:
    divided = [set_line("a typesetter that divi-"), set_line("des its words")]
    assert Hyphenation([set_line(text), *divided]).join(before, after) == joint


def test_what_is_set_in_is_a_quotation() -> None:
    kinds = [
        kind
        for kind, _ in read("""\
The clerk of the northern gauge wrote to the council about th
state of his hut:

    The roof is in need of repair, and the door has been
    gone since the autumn, so that the snow comes in.

The council did not answer, or the answer has been lost since.
""")
    ]
    assert kinds == ["paragraph", "quote", "paragraph"]


def test_items_begin_with_their_marker_and_may_have_several_lines() -> None:
    assert read("""\
The clerk had three duties, which the statute names in order:

  1. to read the gauge at noon, and to write the reading down
     in ink on the same day;
  2. to keep the gauge free of ice;
  3. to send a copy of the readings to the council.
""")[1:] == [
        ("item", "1. to read the gauge at noon, and to write the reading down in ink on the same day;"),
        ("item", "2. to keep the gauge free of ice;"),
        ("item", "3. to send a copy of the readings to the council."),
    ]


def test_a_dash_that_falls_on_a_line_beginning_is_no_item() -> None:
    assert [
        kind
        for kind, _ in read("""\
The council paid for the hut, the rod and the notebook, and it
– as the statute demands – paid for nothing else, whatever the
clerks might write to it in the winter.
""")
    ] == ["paragraph"]


def test_the_first_line_of_a_paragraph_at_the_foot_of_a_page_is_no_quotation() -> None:
    assert read("""\
Nobody had ever asked what the measurements were for.

   In the second winter the gauge at the mill was lost, and the
====
clerk went down to the river with a rod of his own making.
""") == [
        ("paragraph", "Nobody had ever asked what the measurements were for."),
        (
            "paragraph",
            "In the second winter the gauge at the mill was lost, and the clerk went down to the river "
            "with a rod of his own making.",
        ),
    ]


def test_a_quotation_in_single_space_ends_where_double_space_goes_on() -> None:
    body = """\
The river had been measured every day since the summer of th

great flood, at noon, by a clerk with a rod and a notebook o

f his own, and in the evening he copied it for the town:
"""
    quote = """\
     It shall be the duty of the clerk to read the gauge at
     noon, and at no other hour, and to write down what it
     tells him in the book that is kept there for the pur-
     poses of the council and for nothing else whatsoever.
"""
    indented = f"    On every day of the year the clerk went to the river and\n\n{body}\n" * 6
    found = read(f"{indented}{quote}\n{body}\n{quote}\n{body}")
    assert [kind for kind, _ in found[-4:]] == ["quote", "paragraph", "quote", "paragraph"]


def test_a_name_in_bold_close_over_text_in_double_space_leaves_its_lines_together() -> None:
    body = """\
The river had been measured every day since the summer of th

great flood, at noon, by a clerk with a rod and a notebook o

f his own, and in the evening he copied it for the town:
"""
    found = texts(f"{body}\n" * 3 + f"                         **Anna Reed**\n    {body[4:]}")
    assert found[-1].startswith("river had") and found[-1].endswith("the town:")


def test_a_number_that_ends_a_quotation_is_no_item_though_the_text_begins_under_it() -> None:
    (layout,), typography = set_pages("""\
      It shall be the duty of the clerk to read the ga
      uge at noon, and at no other hour, and to write
      what it tells him in the book (Reed, 1901: pages
      45).
      Nobody had ever asked what the measurements were for a
nd no clerk had ever thought it proper to ask the town what
they were good for.""")
    quote = [
        replace(line, words=words, font=words[0].font)
        for line in layout.text[:4]
        if (words := tuple(word._replace(font=word.font._replace(size=9.2)) for word in line.words))
    ]
    layout = replace(layout, text=(*quote, *layout.text[4:]))
    first, *_ = build_flow([layout], typography, (), 30.0)
    assert [line.text for line in first.lines[-2:]] == ["what it tells him in the book (Reed, 1901: pages", "45)."]


def test_a_ragged_quotation_in_single_space_keeps_its_lines_together() -> None:
    text = """\
The river had been measured every day since the summer of th

great flood, at noon, by a clerk with a rod and a notebook o

f his own, and in the evening he copied it for the town:
"""
    quote = """\
     It shall be the duty of the clerk to read
     the gauge at noon; at no
     other hour shall he read it; and he shall
     write it down in the book of the council.
"""
    assert [kind for kind, _ in read(f"{text}\n{text}\n{quote}\n{text}")][2:] == ["quote", "paragraph"]


def test_a_line_of_text_under_an_item_belongs_to_it_while_the_list_goes_on() -> None:
    body = "   Every clerk kept a notebook of his own, and bound it in gree\ncloth when it was full, which took a year."
    items = """\
1. The reading.
   The clerk reads the gauge at noon.
2. The ice.
   The clerk keeps the gauge free of ice, and the steps that le
   ad to it.
3. The copy.
   The council has a copy.
"""
    found = read("\n".join([body] * 6) + f"\n\n{items}\n{body}")
    assert [kind for kind, _ in found[6:]] == ["item"] * 6 + ["paragraph"]


def test_lines_right_under_the_title_of_an_item_are_its_text_however_little_they_are_set_in() -> None:
    item = """\
• **Gauges**
  The river had been measured every day since the summer of
  the flood, at noon, by a clerk with a rod and a notebook.
"""
    layouts, typography = set_pages(f"{item}\n{item}")
    typography = replace(typography, body=Font("Serif", 12.0))
    flow = classify_blocks(build_flow(layouts, typography, (), 0.0), typography, 0.0)
    assert [(block.kind, block.starts) for block in flow] == [("item", True), ("item", False)] * 2


def test_a_paragraph_below_the_last_item_is_its_own() -> None:
    body = "   Every clerk kept a notebook of his own, and bound it in gree\ncloth when it was full, which took a year."
    found = read("\n".join([body] * 6) + "\n  • to keep the gauge free of ice.\n" + body)
    assert [kind for kind, _ in found[-2:]] == ["item", "paragraph"]


SPEECH = """\
   — Who reads the gauge, asked the miller, when the ice is on i
t and the clerk is in his bed?
   — The clerk does.
   — And who pays him?
"""
DUTIES = """\
   — reading the gauge at noon, on every day of the year, ice o
r no ice;
   — copying it;
   — binding the books.
"""


@pytest.mark.parametrize(("drawing", "kind"), [(SPEECH, "paragraph"), (DUTIES, "item")])
def test_dashes_begin_the_items_of_a_list_and_the_turns_of_a_dialogue(drawing: str, kind: str) -> None:
    body = "   Every clerk kept a notebook of his own, and bound it in gree\ncloth when it was full, which took a year."
    found = read("\n".join([body] * 6) + "\n" + drawing)
    assert [kind for kind, _ in found[6:]] == [kind] * 3


@pytest.mark.parametrize(
    ("end", "beginning", "paragraphs"),
    [
        ("whatever the clerks had written about it to the town (Fig.", "4) in the second winter, which was cold.", 1),
        ("whatever the clerks had written to the council, cf. vol. p.", "38 and the notes there.", 1),
        ("whatever the clerks had to say about it, and the town knew.", "4. The gauge at the mill was lost.", 2),
    ],
)
def test_a_number_at_the_head_of_a_page_goes_on_where_no_sentence_has_ended(
    end: str, beginning: str, paragraphs: int
) -> None:
    assert (
        len(texts(f"The river had been measured every day since the great flood,\n{end}\n====\n{beginning}\n"))
        == paragraphs
    )


def test_a_thesis_shows_its_own_abbreviations() -> None:
    seen = "The gauge stood at prf. 12 and prf. 14 of the old survey, as the clerk said.\n\n"
    page = (
        "The river had been measured every day since the great flood,\n"
        "and on the map the place of it is shown at the bridge at {}.\n"
        "====\n"
        "15 of the old survey.\n"
    )
    assert len(texts(seen + page.format("prf"))) == 2
    assert len(texts(seen + page.format("sea"))) == 3


def test_the_turns_of_an_interview_are_paragraphs_that_hang() -> None:
    assert [
        text.partition(" ")[0]
        for text in texts("""\
I:  Who read the gauge when the ice was on the river and the
    Berg family was away?
B1: My father did, every day at noon, and in the winter also
    at night, as Karl told you.
I:  And who paid him?
B1: Nobody did.
""")
    ] == ["I:", "B1:", "I:", "B1:"]


def test_who_speaks_is_no_number_of_a_list() -> None:
    assert "item" not in {
        kind for kind, _ in read("   I: Who read the gauge?\n\n   B: My father did.\n\n   C: Yes, he did.\n")
    }


@pytest.mark.parametrize("letters", ["αβγ", "абв", "가나다", "กขค", "ABC"])
def test_letters_of_many_scripts_count(letters: str) -> None:
    drawing = "\n".join(f"  {letter}) the gauge at the bridge, number {letter}, of oak;" for letter in letters)
    assert [kind for kind, _ in read(f"The clerk had three gauges to read:\n\n{drawing}\n")] == ["paragraph"] + [
        "item"
    ] * 3


def test_a_paragraph_follows_a_quotation_that_is_set_in_as_first_lines_are() -> None:
    body = "   Every clerk kept a notebook of his own, and bound it in gree\ncloth when it was full, which took a year."
    quote = """\
   The clerk shall read the gauge at noon, and write down wha
   t it tells him, and nothing else, in the book of the coun-
   cil, and shall keep the book from the rain and the river.
"""
    found = texts("\n".join([body] * 6) + "\n" + quote + body)
    assert found[-2:] == [
        "The clerk shall read the gauge at noon, and write down wha t it tells him, and nothing else, in the book of "
        "the council, and shall keep the book from the rain and the river.",
        "Every clerk kept a notebook of his own, and bound it in gree cloth when it was full, which took a year.",
    ]


def test_words_of_scripts_without_spaces_are_joined_without_one() -> None:
    assert texts("ความทรงจำกับพื้นที่ยังไม่ได้รับการอธิบายอย่างเพียงพอทั้งในเมือง\nและในหมู่บ้านเล็ก\n") == [
        "ความทรงจำกับพื้นที่ยังไม่ได้รับการอธิบายอย่างเพียงพอทั้งในเมืองและในหมู่บ้านเล็ก"
    ]


def test_a_name_in_the_middle_of_the_column_is_no_quotation() -> None:
    drawing = """\
The second act of the play begins at the mill, in the winter:

                          MR. BERG

Who has taken the rod from the hut, and who has been at the g
auge in the night?
"""
    assert [kind for kind, _ in read(drawing)] == ["paragraph"] * 3
