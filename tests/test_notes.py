"""Footnotes: each one found, whole, at the mark that it belongs to."""

from __future__ import annotations

from dataclasses import replace

from tests.paper import LEFT, set_line, set_pages
from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import Note
from thesis_convert.loader.layout.footnotes import split_footnotes
from thesis_convert.loader.layout.note_columns import part_columns
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.loader.structure.note_placing import place_notes, remove_marks
from thesis_convert.loader.structure.note_reports import report_unmatched
from thesis_convert.loader.structure.notes import find_notes
from thesis_convert.loader.structure.plain_marks import detach_marks
from thesis_convert.page import BoundingBox, Rule
from thesis_convert.traversal import plain_text, walk


def read(drawing: str) -> list[tuple[str, str, str]]:
    """(label, text, the word that the mark stands behind) of each note of a drawing."""
    layouts, _ = set_pages(drawing)
    words = [(line.page, word) for layout in layouts for line in layout.text for word in line.words]
    place = {(page, word.order): number for number, (page, word) in enumerate(words)}
    found = []
    for note in find_notes(layouts):
        text = " ".join(line.text for line in note.lines)
        before = words[place[note.covers[0]] - 1][1].text if note.covers else ""
        found.append((note.label, text, before))
    return found


def test_notes_go_to_their_marks() -> None:
    assert read("""\
The river^1 was measured at noon,^2 as ever.
____
~ ^1 See the map.
~ ^2 By the church clock.
""") == [("1", "1 See the map.", "river"), ("2", "2 By the church clock.", "noon,")]


def test_a_note_goes_on_over_the_page() -> None:
    assert read("""\
The river^1 was measured at noon.
____
~ ^1 The map that was drawn for the council shows it
====
Nobody asked^2 why.
____
~ with two beds, of which one is dry.
~ ^2 Not even the council.
""") == [
        ("1", "1 The map that was drawn for the council shows it with two beds, of which one is dry.", "river"),
        ("2", "2 Not even the council.", "asked"),
    ]


def test_numbering_may_begin_again_on_each_page() -> None:
    assert [
        note[0::2]
        for note in read("""\
The river^1 was measured.
____
~ ^1 See the map.
====
The clock^1 was slow.
____
~ ^1 By nine minutes.
""")
    ] == [("1", "river"), ("1", "clock")]


def test_marks_that_touch_are_told_apart() -> None:
    assert [
        note[0]
        for note in read("""\
Both accounts agree^4^5 on that.
____
~ ^4 The first account.
~ ^5 The second account.
""")
    ] == ["4", "5"]


def test_marks_set_like_the_text_of_the_note() -> None:
    assert read("""\
The river^1 was measured at noon,^2 as ever.
____
~ 1. See the map of
~ 1842.
~ 2. By the church clock.
""") == [("1", "1. See the map of 1842.", "river"), ("2", "2. By the church clock.", "noon,")]


def test_a_note_without_a_mark_is_told_and_kept() -> None:
    told: list[Diagnostic] = []
    layouts, _ = set_pages("""\
The river was measured at noon.
____
~ ^7 A note that nobody asked for.
""")
    (note,) = find_notes(layouts)
    report_unmatched([note], layouts, told.append)
    assert note.covers == ()
    assert note.beside == (0, layouts[0].text[0].words[-1].order)
    assert [(str(d.code), d.page) for d in told] == [("note-without-mark", 1)]


def test_circled_numbers_and_roman_numerals_are_marks() -> None:
    assert [
        note[0::2]
        for note in read("""\
The river^① was measured^ii at noon.^③
____
~ ^① See the map.
~ ^ii By the church clock.
~ ^③ Not in winter.
""")
    ] == [("①", "river"), ("ii", "measured"), ("③", "noon.")]


def test_a_note_that_stands_in_the_text_begins_though_one_before_is_missing() -> None:
    assert [
        note[0::2]
        for note in read("""\
The river^4 was measured at noon.^6 It was cold.
____
~ 4 See the map.
~ 6 By the church clock, which
~ 12 years ago was slow.
""")
    ] == [("4", "river"), ("6", "noon.")]


def test_notes_that_stand_together_go_to_the_marks_of_their_chapter() -> None:
    notes = read("""\
The river^1 was measured^2 at noon,^3 as ever.
====
Notes
____
~ ^1 See the map.
~ ^2 With a rod.
~ ^3 By the church clock.
====
The clock^1 was slow^2 since the flood.^3
====
Notes
____
~ ^1 The one of the church.
~ ^2 By nine minutes.
~ ^3 It had been under water.
""")
    assert [note[2] for note in notes] == ["river", "measured", "noon,", "clock", "slow", "flood."]


def test_a_note_to_a_note_stands_in_it() -> None:
    layouts, _ = set_pages("""\
The river^1 was measured at noon.
____
~ ^1 See the map of the town hall.^a
~ ^a It was burnt.
""")
    lines = [line for layout in layouts for line in layout.text]
    context = place_notes(find_notes(layouts), InlineContext(Hyphenation(())))
    (note,) = (node for node in build_inlines(lines, context) if isinstance(node, Note))
    (inner,) = (node for block in note.blocks for node in walk(block) if isinstance(node, Note))
    assert plain_text(inner.blocks, notes=False).strip() == "It was burnt."


def test_a_note_may_have_paragraphs() -> None:
    layouts, _ = set_pages("""\
The river^1 was measured at noon.
____
~ ^1 See the map of the town hall, which was drawn in the year of the great
~ flood.
~    It was burnt later, with the hall.
""")
    context = place_notes(find_notes(layouts), InlineContext(Hyphenation(())))
    (note,) = context.notes.values()
    assert [plain_text(block).strip() for block in note.blocks] == [
        "See the map of the town hall, which was drawn in the year of the great flood.",
        "It was burnt later, with the hall.",
    ]


def find_feet(drawing: str) -> list[list[str]]:
    """The lines that are taken for notes on each page of a drawing without rules."""
    layouts, typography = set_pages(drawing)
    return [[line.text for line in layout.notes] for layout in split_footnotes(layouts, typography)]


NUMBERED = """\
The river was measured at noon,^{0} as ever in that town, and
nobody asked why.
~ In small type the council said that
~ 3 clerks were too many.
The clock was slow.

~ {0} See the map of the town hall, which was drawn before the
~ flood.
"""


def test_notes_without_a_rule_begin_with_the_numbers_that_stand_raised_above() -> None:
    pages = "====\n".join(NUMBERED.format(number) for number in (7, 8, 9))
    assert [lines[0].split()[0] for lines in find_feet(pages)] == ["7", "8", "9"]


def test_a_list_that_is_numbered_once_is_not_notes() -> None:
    assert find_feet(NUMBERED.format(7)) == [[]]


def test_without_a_rule_a_note_goes_on_above_the_first_mark_of_the_page() -> None:
    _, second = find_feet("""\
The river was measured at noon,^1 as ever in that town, and
nobody asked why.

~ ^1 See the map of the town hall, which was drawn before the
====
The clock was slow.^2

~ flood of that year.
~ ^2 By nine minutes, as the
~ clerk said.
""")
    assert second[0] == "flood of that year."


def read_detached(drawing: str) -> list[tuple[str, bool]]:
    """(label, whether its mark was found) of each note of a drawing whose marks are set in the line."""
    layouts, _ = set_pages(drawing)
    return [(note.label, bool(note.covers)) for note in find_notes(detach_marks(layouts))]


def test_marks_set_in_the_line() -> None:
    assert read_detached("""\
The river[1] was measured at noon (2), and copied.³
____
~ [1] See the map.
~ (2)By the church clock.
~ ³ Not in winter.
""") == [("1", True), ("2", True), ("3", True)]


def test_what_occurs_more_than_once_is_no_mark_in_the_line() -> None:
    assert read_detached("""\
The river rose by 3 feet* and fell by 2 feet* again.
____
~ * Less than half of what was feared.
""") == [("", False)]


def test_notes_in_the_type_of_the_text_stand_under_a_short_rule() -> None:
    layouts, typography = set_pages("""\
The river was measured at noon,^1 as ever in that town, and
nobody asked why.

1 See the map of the town hall.
____
""")
    page = replace(layouts[0].page, rules=(Rule(BoundingBox(LEFT, 673.0, LEFT + 100.0, 673.5)),))
    (layout,) = split_footnotes([replace(layouts[0], page=page)], typography)
    assert [line.text for line in layout.notes] == ["1 See the map of the town hall."]
    (bare,) = split_footnotes(layouts, typography)
    assert bare.notes == ()


def test_a_title_has_notes_in_other_type_and_its_words_without_their_marks() -> None:
    page = """\
The river was measured at noon,^1 as ever in that town, and
nobody asked why.

~ ^1 See the map.
"""
    layouts, typography = set_pages("====\n".join(["# On Rivers ^†\n\n\n~ ^† For the town.\n", page, page]))
    rule = Rule(BoundingBox(LEFT, 673.0, LEFT + 100.0, 673.5))
    title, thanks = layouts[0].text
    larger = replace(thanks, font=thanks.font._replace(size=9.0))
    ruled = [replace(layout, page=replace(layout.page, rules=(rule,))) for layout in layouts[1:]]
    feet = split_footnotes([replace(layouts[0], text=(title, larger)), *ruled], typography)
    notes = find_notes(feet)
    assert [(note.label, len(note.covers)) for note in notes] == [("†", 1), ("1", 1), ("1", 1)]
    assert [line.text for line in remove_marks(feet[0].text, notes)] == ["On Rivers"]


def test_notes_in_columns_are_read_one_column_after_the_other() -> None:
    rows = [
        "~ ^1 See the map that was      ters and nobody asked",
        "~ drawn for the town.          why.",
        "~ ^2 By the clock, in let-     ^3 Not in winter.",
    ]
    lines = [set_line(row, 0, 700.0 - 12 * number) for number, row in enumerate(rows)]
    gutter = LEFT + 4.0 * 27
    drawn = sorted((word.box.left > gutter, line.baseline * -1, word.box.left) for line in lines for word in line.words)
    lines = [
        replace(
            line,
            words=tuple(
                word._replace(order=drawn.index((word.box.left > gutter, -line.baseline, word.box.left)))
                for word in line.words
            ),
        )
        for line in lines
    ]
    assert [line.text for line in part_columns(lines)] == [
        "1 See the map that was",
        "drawn for the town.",
        "2 By the clock, in let-",
        "ters and nobody asked",
        "why.",
        "3 Not in winter.",
    ]
    across = [set_line(row, 0, 700.0 - 12 * number) for number, row in enumerate(rows)]
    assert [line.text for line in part_columns(across[:1])] == ["1 See the map that was ters and nobody asked"]
