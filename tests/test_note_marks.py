"""Which raised or printed signs are the marks of notes, and which are powers, units or text."""

from __future__ import annotations

from tests.paper import BODY, LEFT, set_pages
from thesis_convert.loader.lines.building import build_chunks
from thesis_convert.loader.structure.joined_marks import separate_marks
from thesis_convert.loader.structure.notes import find_notes
from thesis_convert.loader.structure.plain_marks import detach_marks
from thesis_convert.loader.structure.wrapped_marks import bring_back_marks
from thesis_convert.page import BoundingBox, Word


def read(drawing: str) -> list[tuple[str, str]]:
    """(label, the word that the mark stands behind, "" without a mark) of each note of a drawing."""
    layouts, _ = set_pages(drawing)
    layouts = separate_marks(detach_marks(bring_back_marks(layouts)))
    words = [(line.page, word) for layout in layouts for line in layout.text for word in line.words]
    place = {(page, word.order): number for number, (page, word) in enumerate(words)}
    return [
        (note.label, words[place[note.covers[0]] - 1][1].text if note.covers else "") for note in find_notes(layouts)
    ]


def test_powers_before_and_behind_the_mark_are_none() -> None:
    assert read("""\
The field of 12 km^2 had 10^3 trees in rows.^2 Nobody had ever
counted them,^3 and nobody asked for 30 cm^3 of rain.
____
~ ^2 By the map.
~ ^3 By the clerk.
""") == [("2", "rows."), ("3", "them,")]


def test_a_mark_on_the_page_itself_comes_before_one_on_the_next() -> None:
    assert read("""\
The river was measured at noon.
____
~ ^1 A note whose mark is lost.
====
The clock was slow.^1
____
~ ^1 By nine minutes.
""") == [("1", ""), ("1", "slow.")]


def test_several_marks_behind_one_word() -> None:
    assert read("""\
The river was measured.^1,2 The clock was slow.^34
____
~ ^1 See the map.
~ ^2 By the church clock.
~ ^3 By nine minutes.
~ ^4 Not in winter.
""") == [("1", "measured."), ("2", "1,"), ("3", "slow."), ("4", "3")]


def test_a_number_that_is_a_mark_is_not_taken_apart() -> None:
    assert read("""\
The river was measured.^1 The clock was slow.^2 It struck.^12
____
~ ^1 See the map.
~ ^2 By the church clock.
~ ^12 At noon.
""") == [("1", "measured."), ("2", "slow."), ("12", "struck.")]


FULL = "河" * 56


def test_a_mark_that_begins_the_next_line_belongs_to_the_full_line_before() -> None:
    assert read(f"""\
{FULL}山。
^1 {FULL}水。
^2
____
~ ^1 見地図。
~ ^2 見時計。
""") == [("1", f"{FULL}山。"), ("2", f"{FULL}水。")]


def test_a_number_that_touches_its_note_is_a_mark_when_it_stands_in_the_text() -> None:
    assert read("""\
The river was measured.^17 The clock was slow.^18
____
~ 17See the map of
~ 1842Edition.
~ 18By the church clock.
""") == [("17", "measured."), ("18", "slow.")]


def test_circled_numbers_on_the_baseline_of_the_notes() -> None:
    assert read("""\
The river was measured.^① The clock was slow.^②
____
~ ① See the map.
~ ② By the church clock.
""") == [("①", "measured."), ("②", "slow.")]


def test_notes_that_run_on_in_one_paragraph() -> None:
    layouts, _ = set_pages("""\
The river^1 was measured.^2 The clock was slow.^† Nobody asked.^3
____
~ ^1 See the map. ^2 By the church clock,
~ which was slow.^3 ^3 In 1842 ^5 or so.
~ ^† Not in winter.
""")
    notes = find_notes(layouts)
    assert [(note.label, " ".join(line.text for line in note.lines)) for note in notes] == [
        ("1", "1 See the map."),
        ("2", "2 By the church clock, which was slow.3"),
        ("3", "3 In 1842 5 or so."),
        ("†", "† Not in winter."),
    ]


def test_a_number_drawn_in_pieces_or_out_of_turn_begins_no_note() -> None:
    layouts, _ = set_pages("""\
The river was measured.^① The clock was slow.^②
____
~ ① See the map, page
~ 1*30* and the next.
~ ② By the church clock, page
~ 1 alone.
""")
    assert [(note.label, len(note.lines)) for note in find_notes(layouts)] == [("①", 2), ("②", 2)]


def test_numbers_behind_an_asterisk_are_one_mark() -> None:
    layouts, _ = set_pages("""\
The river was measured.^＊1 The clock was slow.^＊2
____
~ ^＊1 See the map.
~ ^＊2 By the church clock.
""")
    assert [(note.label, note.skip, len(note.covers)) for note in find_notes(layouts)] == [("＊1", 1, 1), ("＊2", 1, 1)]


def test_a_mark_stays_with_an_address_in_fixed_width_type_that_is_smaller() -> None:
    """A number below a line of such type, or a word space from it, is its neighbour's."""
    assert count_lines(rise=2.8, gap=0.1) == 1
    assert count_lines(rise=-2.8, gap=0.1) == count_lines(rise=2.8, gap=2.5) == 2


def count_lines(rise: float, gap: float) -> int:
    mark, address = BODY._replace(size=6.0), BODY._replace(size=5.6, monospace=True)
    start = LEFT + 3.0 + gap
    return len(
        build_chunks(
            [
                Word("2", BoundingBox(LEFT, 100 + rise, LEFT + 3.0, 103 + rise), 100 + rise, mark, True, 0),
                Word("www.example.org", BoundingBox(start, 100, start + 45.0, 104), 100.0, address, True, 1),
            ]
        )
    )
