"""Notes at the end of a chapter or of the thesis go to their marks."""

from __future__ import annotations

from tests.paper import set_pages
from thesis_convert.loader.structure.endnotes import find_endnotes
from thesis_convert.page import Block, HeadingDetail

THESIS = """\
The river^1 was measured at noon,^2 as ever.
====
The „clock“^1 was slow.^2
====
# Notes
1. See the map.
2. By the church clock.
1. It had been slow
since the flood.
2. By nine minutes.
"""


def test_each_note_goes_to_the_next_mark_with_its_label() -> None:
    layouts, _ = set_pages(THESIS)
    heading, *notes = layouts[2].text
    text = [Block("paragraph", (line,), (line.page, line.box.top)) for page in layouts[:2] for line in page.text]
    title = Block("heading", (heading,), (2, heading.box.top), HeadingDetail(1, "", "Notes"))
    under = Block("paragraph", tuple(notes), (2, notes[0].box.top))
    found, flow = find_endnotes([*text, title, under], layouts, ())
    assert [(note.label, note.covers[0][0], len(note.lines)) for note in found] == [
        ("1", 0, 1),
        ("2", 0, 1),
        ("1", 1, 2),
        ("2", 1, 1),
    ]
    assert flow == text


def test_a_section_of_remarks_stays() -> None:
    layouts, _ = set_pages("# Notes\nThe river was measured at noon, and the readings were kept\nin a notebook.\n")
    heading, *lines = layouts[0].text
    flow = [
        Block("heading", (heading,), (0, heading.box.top), HeadingDetail(1, "", "Notes")),
        Block("paragraph", tuple(lines), (0, lines[0].box.top)),
    ]
    assert find_endnotes(flow, layouts, ()) == ([], flow)


def test_smaller_notes_under_a_title_that_no_heading_was_made_of() -> None:
    layouts, _ = set_pages("""\
The river^(1) was measured at noon,^(2) as ever.^(3)
Notes
~ (1) See the map.
~ (2) By the church clock, which
~ was slow.
~ (3) Not in winter.
The next day was dry.
""")
    text, title, *notes, after = layouts[0].text
    flow = [
        Block("paragraph", (text,), (0, 0)),
        Block("paragraph", (title,), (0, 0)),
        *(Block("item", (line,), (0, 0)) for line in notes),
        Block("paragraph", (after,), (0, 0)),
    ]
    found, kept = find_endnotes(flow, layouts, ())
    assert [(note.label, len(note.lines), len(note.covers)) for note in found] == [
        ("1", 1, 1),
        ("2", 2, 1),
        ("3", 1, 1),
    ]
    assert kept == [flow[0], flow[-1]]


def test_notes_on_the_last_page_without_a_title() -> None:
    layouts, _ = set_pages("""\
The river^i was measured at noon,^ii as ever.^iii
====
i See the map.
ii By the church clock, where
i rivali had met.
iii Not in winter.
""")
    (text,), notes = layouts[0].text, layouts[1].text
    flow = [
        Block("paragraph", (text,), (0, text.box.top)),
        *(Block("paragraph", (line,), (1, line.box.top)) for line in notes),
    ]
    found, kept = find_endnotes(flow, layouts, ())
    assert [(note.label, len(note.lines), len(note.covers)) for note in found] == [
        ("i", 1, 1),
        ("ii", 2, 1),
        ("iii", 1, 1),
    ]
    assert kept == flow[:1]
