"""Tables: what is one, and what stands in its cells."""

from __future__ import annotations

import pytest

from tests.ruled import read, search, set_pages, show
from thesis_convert.diagnostics import Code, Diagnostic
from thesis_convert.loader.structure.tables import find_tables
from thesis_convert.loader.structure.tables.boundaries import place_line, spread_heads
from thesis_convert.loader.structure.tables.columns import Segment, Strip, drop_lonely, find_strips
from thesis_convert.loader.structure.tables.row_breaks import Piece
from thesis_convert.page import BoundingBox, Font, TableDetail, Word

TEXT = """\
The gauge was read every day at noon, and what it told was w
ritten down in a book which nobody had opened since the day
on which the old keeper of the weir had left his house.
"""


def test_three_rules_a_caption_and_a_note() -> None:
    (table,) = read(f"""
{TEXT}
Table 3.1: Rivers and their gauges, as they were counted by the
office in the year of the flood
────────────────────────────
River        Length   Gauges
────────────────────────────
Elbe           1094       12
Vistula        1047        7
────────────────────────────
~ Source: the office, by letter

{TEXT}""")
    assert show(table) == [": River | Length | Gauges", "Elbe | 1094 | 12", "Vistula | 1047 | 7"]
    assert [line.text for line in table.caption] == [
        "Table 3.1: Rivers and their gauges, as they were counted by the",
        "office in the year of the flood",
    ]
    assert [line.text for line in table.notes] == ["Source: the office, by letter"]
    assert table.alignments == ("start", "end", "end")


def test_cells_go_on_over_lines_without_rules_between_rows() -> None:
    (table,) = read("""
Table 1: Kinds of rivers
───────────────────────────────────────────────────────────
Kind        Flows                     Seen by the office in
───────────────────────────────────────────────────────────
Perennial   through the whole year,   the north, where rain
            whatever may come, and    falls at all times of
            is never dry              the year
Seasonal    after the rains of the    the south
            summer
Ephemeral   only after storms         the hills
───────────────────────────────────────────────────────────
""")
    assert show(table)[1:] == [
        "Perennial | through the whole year, whatever may come, and is never dry | "
        "the north, where rain falls at all times of the year",
        "Seasonal | after the rains of the summer | the south",
        "Ephemeral | only after storms | the hills",
    ]


def test_labels_of_rows_go_on_beside_numbers() -> None:
    (table,) = read(f"""
Table 4. The weir, by season
Variable             Mean      Max
───────────────────────────────────
Depth at             2.81     41.9
noon
Visits of the       55.12     44.6
keeper (%)
Fish caught         38.36     39.5
Floods in             1.4      2.0
each year


{TEXT}""")
    assert show(table) == [
        ": Variable | Mean | Max",
        "Depth at noon | 2.81 | 41.9",
        "Visits of the keeper (%) | 55.12 | 44.6",
        "Fish caught | 38.36 | 39.5",
        "Floods in each year | 1.4 | 2.0",
    ]


def test_a_rule_under_the_head_is_enough_for_two_rows() -> None:
    ruled, plain = (
        read(f"""
Table 4. The weir
Variable             Mean      Max
{rule}Depth                2.81     41.9

{TEXT}""")
        for rule in ("───────────────────────────────────\n", "")
    )
    assert [show(table) for table in ruled] == [[": Variable | Mean | Max", "Depth | 2.81 | 41.9"]]
    assert plain == []


def test_frames_keep_the_lines_of_a_cell_together() -> None:
    (table,) = read("""
─────────────────────────────────────
│ Kind      │ Known  │ Remark       │
─────────────────────────────────────
│ Perennial │ in the │ Never dry.   │
│           │ north  │ Some freeze. │
─────────────────────────────────────
│ Seasonal  │ in the │ Dry from     │
│           │ south  │ June on      │
─────────────────────────────────────
│           │ in the │ Dry for      │
│           │ east   │ years        │
─────────────────────────────────────
""")
    assert show(table) == [
        ": Kind | Known | Remark",
        "Perennial | in the north | Never dry. Some freeze.",
        "Seasonal | in the south | Dry from June on",
        "- | in the east | Dry for years",
    ]


def test_a_missing_rule_joins_the_cells_of_a_frame() -> None:
    (table,) = read("""
──────────────────────────────
│ Year │ Floods      │ Total │
       ─────────────
│      │ minor│ major│       │
──────────────────────────────
│ 1990 │ 3    │ 1    │ 4     │
──────────────────────────────
│ 1991 │ 5    │ 0    │ 5     │
──────────────────────────────
""")
    assert show(table)[:3] == [": 2y Year | 2x Floods | 2y Total", ": minor | major", "1990 | 3 | 1 | 4"]


def test_a_rule_under_a_head_gathers_its_columns() -> None:
    (table,) = read("""
Table 2: Before and after
─────────────────────────────────────
               Before        After
            ───────────  ────────────
Gauge        Mean    SD   Mean     SD
─────────────────────────────────────
Alder         1.1   0.2    1.4    0.3
Birch         2.1   0.2    2.4    0.1
─────────────────────────────────────
""")
    assert show(table) == [
        ": - | 2x Before | 2x After",
        ": Gauge | Mean | SD | Mean | SD",
        "Alder | 1.1 | 0.2 | 1.4 | 0.3",
        "Birch | 2.1 | 0.2 | 2.4 | 0.1",
    ]


def test_a_head_over_the_middle_of_columns_gathers_them() -> None:
    (table,) = read("""
Table 2: Before and after
─────────────────────────────────────
              Before         After
Gauge        Mean    SD   Mean     SD
─────────────────────────────────────
Alder         1.1   0.2    1.4    0.3
Birch         2.1   0.2    2.4    0.1
─────────────────────────────────────
""")
    assert show(table)[:2] == [": - | 2x Before | 2x After", ": Gauge | Mean | SD | Mean | SD"]


def test_a_bold_caption_under_running_text_is_one() -> None:
    (table,) = read(f"""
{TEXT.rstrip()}
*Table* *3.1.* *Rivers*
────────────────────────────
River        Length   Gauges
────────────────────────────
Elbe           1094       12
Vistula        1047        7
────────────────────────────
""")
    assert [line.text for line in table.caption] == ["Table 3.1. Rivers"]


def test_rules_between_groups_do_not_join_their_rows() -> None:
    (table,) = read("""
─────────────────────────
Number of sites   10   20
─────────────────────────
Optimising       0.4  2.7
─────────────────────────
In sequence      2.4  6.4
In all           2.8  9.1
─────────────────────────
""")
    assert show(table)[2:] == ["In sequence | 2.4 | 6.4", "In all | 2.8 | 9.1"]


def test_without_rules_a_caption_makes_a_table() -> None:
    rows = """
Season    River   State
Spring    Elbe    high
Summer    Elbe    low
Autumn    Oder    middle
"""
    (table,) = read(f"{TEXT}\nTable 4: Rivers by season\n{rows}\n{TEXT}")
    assert show(table)[0] == ": Season | River | State"
    assert show(table)[3] == "Autumn | Oder | middle"
    assert read(f"{TEXT}\n{rows}\n{TEXT}") == []


def test_a_bold_head_stands_over_columns_however_it_is_set() -> None:
    (table,) = read("""
Table 4: Cities
*City*        *People*      *Rain*
Aachen          245000        12.4
Bonn            330000         3.2
Celle            69000         0.4
""")
    assert show(table)[:2] == [": City | People | Rain", "Aachen | 245000 | 12.4"]


def test_a_table_goes_on_over_pages_without_its_head() -> None:
    (table,) = read("""
Table 5: Gauges
──────────────────────
│ Gauge │ Keeper     │
──────────────────────
│ Alder │ Miller,    │
│       │ until the  │
──────────────────────
====
──────────────────────
│ Gauge │ Keeper     │
──────────────────────
│       │ flood      │
──────────────────────
│ Birch │ Weaver     │
──────────────────────
""")
    assert show(table) == [": Gauge | Keeper", "Alder | Miller, until the flood", "Birch | Weaver"]


def test_a_word_that_it_goes_on_is_no_part_of_a_table() -> None:
    (block,) = search("""
Table 5: Gauges
─────────────────
Gauge   Height
─────────────────
Alder       12
Birch       17
─────────────────
(continued)
====
Table 5 (continued)
─────────────────
Gauge   Height
─────────────────
Cedar        3
─────────────────
""").blocks
    assert show(block.detail) == [": Gauge | Height", "Alder | 12", "Birch | 17", "Cedar | 3"]  # type: ignore[arg-type]
    assert "(continued)" in [line.text for line in block.lines]


def test_tables_side_by_side_have_a_caption_each() -> None:
    left, right = read("""
Table 1: Trees of the valley       Table 2: Birds of the
and of the hills                   valley
─────────────────                  ─────────────────
Tree       Number                  Bird       Number
─────────────────                  ─────────────────
Oak            12                  Owl             2
Ash             7                  Jay            17
─────────────────                  ─────────────────
""")
    assert show(left)[1:] == ["Oak | 12", "Ash | 7"]
    assert show(right)[1:] == ["Owl | 2", "Jay | 17"]
    assert [line.text for line in right.caption] == ["Table 2: Birds of the", "valley"]


def test_text_flows_on_beside_a_table() -> None:
    found = search("""
The gauge was read every day at noon, and what it told was w
ritten down in a book which nobody    Table 7: Months
had opened since the day on which     ─────────────
the keeper had left his house, in     Month    Days
which he had lived since the year     ─────────────
of the great flood, and which was     May        31
sold to a miller who had no need      June       30
of a gauge, nor of books, nor of      ─────────────
anything that had to do with them, and so the book was lost.
""")
    (block,) = found.blocks
    assert show(block.detail) == [": Month | Days", "May | 31", "June | 30"]  # type: ignore[arg-type]
    own = {line.key for line in block.lines}
    rest = [line.text for line in found.layouts[0].text if line.key not in own]
    assert rest[2:4] == ["had opened since the day on which", "the keeper had left his house, in"]


def test_columns_are_read_from_the_right_in_persian() -> None:
    (table,) = read("""
جدول ۱: رودها
─────────────────────────
طول                   رود
─────────────────────────
1094                 البه
840                  اودر
─────────────────────────
""")
    assert show(table) == [": رود | طول", "البه | 1094", "اودر | 840"]


def test_the_rest_of_a_table_has_its_columns_as_before() -> None:
    (table,) = read("""
جدول ۱: رودها و شهرها
───────────────────
│ طول     │ رود   │
───────────────────
│ 1094    │ البه  │
───────────────────
====
───────────────────
│ 840     │ Oder  │
───────────────────
""")
    assert show(table) == [": رود | طول", "البه | 1094", "Oder | 840"]


def test_a_plan_of_work_is_shown_as_a_picture() -> None:
    drawing = """
Table 9: The plan of work
───────────────────────────────────────
│ Task   │ May   │ June  │ July  │
───────────────────────────────────────
│ Read   │ ▓▓▓▓▓ │       │       │
───────────────────────────────────────
│ Count  │       │ ▓▓▓▓▓ │       │
───────────────────────────────────────
│ Write  │       │       │ ▓▓▓▓▓ │
───────────────────────────────────────
│ Print  │       │       │ ▓▓▓▓▓ │
───────────────────────────────────────
"""
    told: list[Diagnostic] = []
    layouts, typography = set_pages(drawing)
    (block,) = find_tables(layouts, typography, frozenset(), report=told.append).blocks
    assert isinstance(block.detail, TableDetail)
    assert block.detail.cells == ()
    assert [line.text for line in block.detail.unread] == ["Task May June July", "Read", "Count", "Write", "Print"]
    assert [(diagnostic.code, diagnostic.page) for diagnostic in told] == [(Code.TABLE_AS_PICTURE, 2)]


NO_TABLES = {
    "a sentence that begins with a table's name": """
Table 3 shows the rivers and their gauges, as they were coun
ted by the office in the year of the flood.
""",
    "a frame around text": f"""
─────────────────────────────────────────────────────────────
{TEXT}
─────────────────────────────────────────────────────────────
""",
    "a frame around words in one column": """
────────────────────
│ Remember:        │
│ read every day   │
────────────────────
""",
    "rules over and under a page of text columns": """
────────────────────────────────────────────────────────────
The gauge was read every day    the house and all that was
at noon, and what it told was   in it, the books, the rods
written down in a book which    and the clock, by which the
nobody had opened since the     hours of the readings had
day on which the old keeper     been told, was sold by the
of the weir had left his old    office to a miller who came
house for good, and nobody in   from the north and who had
the valley ever came to ask.    no need of any of them.
────────────────────────────────────────────────────────────
""",
    "a listing with counted lines": """
────────────────────────────────
1:   read the gauge
2:   while the water is high do
3:       read the gauge again
4:   end while
────────────────────────────────
""",
    "a chart's frame and ticks": """
─────────────────────────────────
│       │       │       │       │
─────────────────────────────────
│       │  high │       │       │
─────────────────────────────────
│       │       │       │       │
─────────────────────────────────
  0       10      20      30
""",
    "formulas with numbers": """
a + b = c                                              (2.1)

d + e = f                                              (2.2)

g + h = i                                              (2.3)
""",
    "abbreviations": """
API      Application programming interface
CPU      Central processing unit
GUI      Graphical user interface
""",
}


@pytest.mark.parametrize("drawing", NO_TABLES.values(), ids=NO_TABLES)
def test_what_is_no_table(drawing: str) -> None:
    assert read(f"{TEXT}\n{drawing}\n{TEXT}") == []


def test_no_word_is_lost_or_said_twice() -> None:
    drawing = """
Table 1: Rivers
────────────────────────────────────
        Known of them       Counted
        ──────────────  ────────────
River   Length   Source Gauges Boats
────────────────────────────────────
Elbe      1094   hills      12  many
Oder             moor        7
────────────────────────────────────
All of these were seen
"""
    found = search(drawing)
    (block,) = found.blocks
    detail = read(drawing)[0]
    own = {line.key for line in block.lines}
    lines = [line for line in found.layouts[0].text if line.key not in own]
    lines += [*detail.caption, *detail.notes, *(line for cell in detail.cells for line in cell.lines)]
    said = sorted(word.text for line in lines for word in line.words)
    assert said == sorted(word.text for word in found.layouts[0].page.words)


def test_a_caption_at_the_foot_of_a_page_has_its_table_on_the_next() -> None:
    pages = """
{text}
Table 4. The weir by season

====
Season              Mean      Max
Spring              2.81     41.9
Summer              1.12     44.6
Autumn              3.38     39.5

{text}"""
    (block,) = search(pages.format(text=TEXT)).blocks
    assert isinstance(block.detail, TableDetail)
    assert [line.text for line in block.detail.caption] == ["Table 4. The weir by season"]
    assert show(block.detail)[1] == "Spring | 2.81 | 41.9"
    assert (block.place[0], [line.page for line in block.lines]) == (1, [0, 1, 1, 1, 1])
    assert search(pages.format(text=TEXT).replace("4. The weir", "4 tells of")).blocks == ()


ROWS = """
Table 4. The weir by season
───────────────────────────────────
Variable             Mean      Max
───────────────────────────────────
Depth at             2.81     41.9
noon
Visits of the       55.12     44.6
{end}
====
{head}{rest}
Fish caught         38.36     39.5
by hand
Floods in            1.40      2.0
───────────────────────────────────

The text goes on."""
HEAD = """Variable             Mean      Max
───────────────────────────────────
"""


@pytest.mark.parametrize("head", ["", HEAD])
def test_a_row_that_the_page_breaks_is_one(head: str) -> None:
    (table,) = read(ROWS.format(end="", head=head, rest="keeper"))
    assert show(table)[1:] == [
        "Depth at noon | 2.81 | 41.9",
        "Visits of the keeper | 55.12 | 44.6",
        "Fish caught by hand | 38.36 | 39.5",
        "Floods in | 1.40 | 2.0",
    ]


@pytest.mark.parametrize("rest", ["Keeper              11.10     12.5", "keeper              11.10     12.5"])
def test_rows_on_both_sides_of_a_page_break_stay_two(rest: str) -> None:
    (table,) = read(ROWS.format(end="keeper", head=HEAD, rest=rest))
    assert [row.split(" | ")[0] for row in show(table)[1:4]] == ["Depth at noon", "Visits of the keeper", rest[:6]]


def test_an_empty_cell_over_rows_of_the_next_page_goes_on_with_the_one_before() -> None:
    (table,) = read("""
──────────────────────────
│ River │ Gauge  │ Mark  │
──────────────────────────
│ Elbe  │ upper  │ high  │
──────────────────────────
====
──────────────────────────
│       │ middle │ low   │
│       │────────────────│
│       │ lower  │ low   │
──────────────────────────
│ Oder  │ upper  │ high  │
──────────────────────────
""")
    assert show(table)[1:] == ["3y Elbe | upper | high", "middle | low", "lower | low", "Oder | upper | high"]


def test_short_entries_with_small_letters_are_rows_up_to_the_longest() -> None:
    (table,) = read("""
Table 3: What the keeper saw
──────────────────────────────────────────
Season           what was seen of the weir
──────────────────────────────────────────
spring           low water
                 more fish
                 less mud
                 longer visits of the keeper
                 more letters to the office
──────────────────────────────────────────
""")
    assert [row.split(" | ")[1] for row in show(table)[1:]] == [
        "low water",
        "more fish",
        "less mud",
        "longer visits of the keeper",
        "more letters to the office",
    ]


def test_rules_under_a_head_say_what_it_gathers_even_where_its_middle_is_that_of_more() -> None:
    (table,) = read("""
Table 2: Before and after
─────────────────────────────────────────────────
               Before               After
         ─────────────────  ─────────────────────
Gauge    Mean    SD    Max     Mean   SD     Max
─────────────────────────────────────────────────
Alder     1.1   0.2    1.4      1.1   0.2    1.4
Birch     2.1   0.2    2.4      2.1   0.2    2.4
─────────────────────────────────────────────────
""")
    assert show(table)[0] == ": - | 3x Before | 3x After"


def test_white_between_two_columns_of_white_parts_nothing() -> None:
    rows = [
        [(127, 155), (174, 179), (184, 215), (221, 250)],
        [(127, 150), (174, 179), (184, 288)],
        [(127, 155), (165, 169), (174, 206), (211, 225)],
        [(127, 150), (165, 169), (174, 314)],
        [(127, 165), (184, 188), (193, 217)],
        [(117, 207)],
    ]
    segments = [[Segment(float(left), float(right), ()) for left, right in row] for row in rows]
    strips = [Strip(160.0, 164.0), Strip(316.0, 320.0), Strip(326.0, 330.0)]
    assert drop_lonely(strips, segments) == [Strip(160.0, 164.0)]


def test_a_caption_in_two_languages_is_one_and_brackets_of_any_width_say_that_a_table_goes_on() -> None:
    (table,) = read("""
表 3-1 河流
Table 3-1 Rivers
────────────────────────────
River        Length   Gauges
────────────────────────────
Alder            12        3
Birch             8        5
────────────────────────────
====
表 3-1（续表）
────────────────────────────
River        Length   Gauges
────────────────────────────
Cedar            12        3
Maple             8        5
────────────────────────────
""")
    assert [line.text for line in table.caption] == ["表 3-1 河流", "Table 3-1 Rivers"]
    assert len(show(table)) == 5


def test_a_frame_may_have_fewer_rules_than_columns() -> None:
    (table,) = read("""
────────────────────────────────────────────
│ Gauge   Since │ River        Keeper      │
────────────────────────────────────────────
│ North   1843  │ Perennial    the miller  │
────────────────────────────────────────────
│ East    1911  │ Seasonal     the parish  │
────────────────────────────────────────────
│ South   1907  │ Ephemeral    no one      │
────────────────────────────────────────────
│ West    1880  │ Seasonal     the miller  │
────────────────────────────────────────────
""")
    assert show(table)[:2] == [": Gauge | Since | River | Keeper", "North | 1843 | Perennial | the miller"]


def test_narrow_white_parts_columns_where_every_row_is_parted() -> None:
    rows = [
        [(316, 348), (365, 394)],
        [(317, 349.4), (353.4, 393)],
        [(325, 348), (353.4, 393)],
        [(317, 349), (365, 394)],
    ]
    segments = [[Segment(left, right, ()) for left, right in row] for row in rows]
    assert find_strips(segments, size=10.9) == [Strip(349.4, 353.4)]
    assert find_strips([*segments, [Segment(317.0, 360.0, ())]], size=10.9) == []


def test_entries_that_begin_with_small_letters_are_rows_where_their_neighbours_are_short() -> None:
    (table,) = read("""
Table 1: Options
───────────────────────────────────────────────────────────
Option      Meaning
───────────────────────────────────────────────────────────
count=FULL  Count all the rivers of the land, as ever.
FULL, full  The same as above.
count=some  Count those which have a gauge and a keeper.
SOME, some  The same as above.
count=none  Count no river at all.
───────────────────────────────────────────────────────────
""")
    assert [row.split(" | ")[0] for row in show(table)[1:]] == [
        "count=FULL",
        "FULL, full",
        "count=some",
        "SOME, some",
        "count=none",
    ]


def test_a_rule_under_two_heads_gathers_the_columns_of_each_between_upright_rules() -> None:
    (table,) = read("""
Table 2: Before and after
──────────────────────────────────────────────────────
              Before                  After
         ─────────────────────────────────────────────
Gauge    │ Mean   Least   Most │ Mean   Least   Most │
──────────────────────────────────────────────────────
Alder      1.1    0.2     1.4    1.1    0.2     1.4
Birch      2.1    0.2     2.4    2.1    0.2     2.4
──────────────────────────────────────────────────────
""")
    assert show(table)[:2] == [
        ": - | 3x Before | 3x After",
        ": Gauge | Mean | Least | Most | Mean | Least | Most",
    ]


def test_a_head_stands_over_the_columns_whose_heads_are_below_it() -> None:
    def place(*spans: tuple[int, float, float]) -> list[Piece]:
        return [Piece(column, column, left, right, ()) for column, left, right in spans]

    lower = place((0, 169.6, 179.7), (1, 221.4, 272.5), (2, 284.4, 335.6), (3, 347.5, 398.8))
    upper = place((1, 192.1, 272.5), (2, 298.8, 384.4))
    assert [(piece.first, piece.last) for piece in spread_heads(upper, lower)] == [(1, 1), (2, 3)]
    beside = place((2, 298.8, 384.4), (3, 390.0, 398.8))
    assert [(piece.first, piece.last) for piece in spread_heads(beside, lower)] == [(2, 2), (3, 3)]


def test_a_phrase_over_columns_is_one_head_though_some_of_its_words_stand_in_them() -> None:
    def count_pieces(words: list[tuple[float, float]], strips: list[Strip]) -> int:
        font = Font("Serif", 10.0)
        found = [Word("head", BoundingBox(left, 0.0, right, 10.0), 2.0, font) for left, right in words]
        return len(place_line([Segment(words[0][0], words[-1][1], tuple(found))], strips, in_head=True))

    wide = [Strip(143.1, 152.3), Strip(203.8, 229.0), Strip(234.0, 276.7), Strip(281.7, 326.7)]
    assert count_pieces([(200.2, 225.5), (228.7, 237.0), (240.5, 280.4)], wide) == 1
    close = [Strip(0.0, 10.0), Strip(14.0, 17.0), Strip(21.0, 24.0), Strip(28.0, 40.0)]
    assert count_pieces([(10.0, 14.0), (17.0, 21.0), (24.0, 28.0)], close) == 3
