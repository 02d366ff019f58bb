"""Tables of a document: rows, heads, spans, lists in cells, captions and what happens to those that cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ruled import search
from thesis_convert.document import BulletList, Cell, Origin, Paragraph, Row, Table, Text
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext
from thesis_convert.loader.structure.tables.building import build_table
from thesis_convert.loader.structure.tables.labels import begins_note, is_continuation_mark, read_table_label
from thesis_convert.page import TableDetail
from thesis_convert.traversal import plain_text

ORIGIN = Origin(1, (0.0, 0.0, 1.0, 1.0))


def build(drawing: str) -> Table:
    (block,) = search(drawing).blocks
    assert isinstance(block.detail, TableDetail)
    return build_detail(block.detail)


def build_detail(detail: TableDetail, media: str = "") -> Table:
    return build_table(detail, 0, "table-1", ORIGIN, InlineContext(Hyphenation(())), lambda box, page: media)


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[plain_text(cell).strip() for cell in row.cells] for row in rows]


RIVERS = """
Table 3.1: Rivers
────────────────────────────
               In the office
             ───────────────
River        Length   Gauges
────────────────────────────
Elbe           1094       12
Vistula        1047        7
────────────────────────────
~ Note: as it was told
"""


def test_head_body_caption_and_notes() -> None:
    table = build(RIVERS)
    assert texts(table.head) == [["", "In the office"], ["River", "Length", "Gauges"]]
    assert texts(table.body) == [["Elbe", "1094", "12"], ["Vistula", "1047", "7"]]
    assert table.head[0].cells[1].column_span == 2
    assert [cell.alignment for cell in table.body[0].cells] == ["start", "end", "end"]
    assert (table.label, table.caption) == ("Table 3.1", (Text("Table 3.1: Rivers"),))
    assert table.notes == (Paragraph((Text("Note: as it was told"),)),)


def test_bold_heads_are_not_said_to_be_bold_again() -> None:
    table = build("""
Table 4: Cities
*City*        *People*      *Rain*
Aachen          245000        12.4
Bonn            330000         3.2
Celle            69000         0.4
""")
    assert table.head[0].cells[0] == Cell((Paragraph((Text("City"),)),), header=True, alignment="start")


def test_nothing_over_the_first_column_makes_it_the_heads_of_the_rows() -> None:
    table = build("""
──────────────────────
         North   South
──────────────────────
Spring     1.2     3.4
Winter     0.1     2.5
──────────────────────
""")
    assert [[cell.header for cell in row.cells] for row in table.body] == [[True, False, False]] * 2


def test_bullets_in_a_cell_are_a_list() -> None:
    table = build("""
────────────────────────────
│ Method   │ For it        │
────────────────────────────
│ Counting │ •  simple and │
│          │    quick      │
│          │ •  cheap      │
────────────────────────────
""")
    (items,) = table.body[0].cells[1].blocks
    assert isinstance(items, BulletList)
    assert [plain_text(block) for item in items.items for block in item.blocks] == ["simple and quick", "cheap"]


def test_what_cannot_be_read_is_shown_or_set_line_by_line() -> None:
    (block,) = search(RIVERS).blocks
    assert isinstance(block.detail, TableDetail)
    unread = replace(block.detail, cells=(), head_rows=0, unread=block.lines[1:3])
    shown = build_detail(unread, "table.png")
    assert (shown.media, shown.body) == ("table.png", ())
    assert shown.alternative == "In the office River Length Gauges"
    assert texts(build_detail(unread).body) == [["In the office"], ["River Length Gauges"]]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Table 3.1: The rivers", "Table 3.1"),
        ("TABLE IV. The rivers", "TABLE IV"),
        ("Tab. A.2 – Flüsse", "Tab. A.2"),
        ("Tabelle 5", "Tabelle 5"),
        ("Tabela 2.1 Rios", "Tabela 2.1"),
        ("Таблица 3.1 – Реки", "Таблица 3.1"),
        ("3.1. táblázat: Folyók", "3.1. táblázat"),
        ("表 2.1：河流", "表 2.1"),
        ("جدول ۳.۱: رودها", "جدول ۳.۱"),
    ],
)
def test_labels_in_many_languages(text: str, label: str) -> None:
    found = read_table_label(text)
    assert found is not None
    assert (found.label, found.possible) == (label, True)


@pytest.mark.parametrize("text", ["Table 3 shows the rivers", "Tables of rivers", "Table 3, where", "Tablets 3"])
def test_sentences_are_no_captions(text: str) -> None:
    found = read_table_label(text)
    assert found is None or not found.possible


def test_words_around_a_table() -> None:
    assert begins_note("Quelle: eigene Erhebung")
    assert not begins_note("Note that the gauge was moved in the year of the flood")
    assert is_continuation_mark("(Fortsetzung auf der nächsten Seite)")
    assert not is_continuation_mark("Continued growth of the city was the cause of the floods.")
