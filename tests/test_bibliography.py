"""Entries of a bibliography on small pages, and the sentences that speak of them."""

from __future__ import annotations

from tests.paper import set_pages
from thesis_convert.loader.structure.bibliography import split_entries
from thesis_convert.page import Block

ENTRIES = """\
Ambros, Karl: The Gauges of the Upper Valley, Linz 1901, and
    what became of them.
Berger, Lena: Floods.
Czerny, Ida: Ice on the River, in: The Clerk 12 (1911), pages
    3 to 9.
Dorn, Paul: Wells."""
PROSE = """\
The papers of the clerks were read at the town hall, where
they are kept in boxes by their years. Of the letters only
those of the first clerk are left."""


def split(*drawings: str) -> list[tuple[str, int]]:
    """The kind of each block that paragraphs, one a page, are split into, and how many lines it has."""
    layouts, typography = set_pages("\n====\n".join(drawings))
    blocks = [Block("paragraph", page.text, (number, page.text[0].box.top)) for number, page in enumerate(layouts)]
    return [(block.kind, len(block.lines)) for block in split_entries(blocks, typography)]


def test_entries_begin_where_lines_are_not_set_in() -> None:
    assert split(ENTRIES) == [("entry", 2), ("entry", 1), ("entry", 2), ("entry", 1)]


def test_sentences_over_entries_stay_a_paragraph() -> None:
    entries = [("entry", 2), ("entry", 1), ("entry", 2), ("entry", 1)]
    assert split(PROSE, ENTRIES, PROSE, ENTRIES) == [("paragraph", 3), *entries, ("paragraph", 3), *entries]


def test_entries_of_one_line_each_are_no_sentences() -> None:
    short = "Ambros, Karl: Gauges.\nde Berger, Lena: Floods.\nCzerny, Ida: Ice.\nDorn, Paul: Wells."
    assert split(ENTRIES, short, ENTRIES, ENTRIES)[4:8] == [("entry", 1)] * 4


def test_numbered_entries_may_be_set_as_paragraphs_with_a_first_line_indent() -> None:
    numbered = """\
       1. Ambros, Karl: The Gauges of the Upper Valley, Linz
1901, and what became of them.
       2. Berger, Lena: Floods.
       3. Czerny, Ida: Ice on the River, in: The Clerk, pages
12. to 19.
       4. Dorn, Paul: Wells."""
    entries = numbered.replace("\n       ", "\n\n       ").split("\n\n")
    assert split(*entries, numbered)[4:] == [("entry", 2), ("entry", 1), ("entry", 2), ("entry", 1)]
    flush = numbered.replace("       ", "")
    assert split(*flush.replace("\n2", "\n\n2").split("\n\n"), flush)[0][0] == "entry"
