"""Lists, figures, tables and other blocks as a user finds them in a Markdown file."""

from __future__ import annotations

import dataclasses

import pypandoc
import pytest

from tests.markdown_readers import READERS, run
from tests.markdown_samples import PICTURE, A, blocks, body, cells, convert, line, listed, refer
from tests.text_samples import chapter, note, paragraph
from thesis_convert.document import (
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Epigraph,
    Figure,
    InlineImage,
    ListItem,
    Math,
    MathBlock,
    Media,
    Metadata,
    OrderedList,
    PageBreak,
    Paragraph,
    Row,
    Superscript,
    Table,
    Text,
    Theorem,
    Verse,
)

# --- Lists -----------------------------------------------------------------------------------------


def test_lists_are_tight_when_they_can_be() -> None:
    inner = OrderedList(listed("x", "y"))
    assert blocks(BulletList((ListItem((paragraph("a"), inner)), *listed("b")))) == "- a\n  1. x\n  2. y\n- b"
    several = ListItem((paragraph("a"), paragraph("b")))
    assert blocks(BulletList((several, *listed("c")))) == "- a\n\n  b\n\n- c"


def test_ordered_lists_count_on_and_indent_by_their_markers() -> None:
    nested = ListItem((paragraph("b"), BulletList(listed("x"))))
    assert blocks(OrderedList((*listed("a"), nested), 9)) == "9. a\n10. b\n    - x"


@pytest.mark.parametrize("flavor", ["common", "pandoc"])
def test_code_that_begins_with_dashes_is_no_table_in_an_item(flavor: str) -> None:
    code = CodeBlock("---\ntitle: x")
    terms = DefinitionList((Definition((Text("front matter"),), (code,)),))
    markdown = blocks(OrderedList((ListItem((code,)),)), terms, flavor=flavor)
    assert run([pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "plain"], markdown).count("---\n") == 2
    assert "<table" not in run([pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "html"], markdown)


def test_neighbouring_lists_stay_apart() -> None:
    parts = (BulletList(listed("a")), BulletList(listed("b")), OrderedList(listed("c")), OrderedList(listed("d"), 5))
    assert blocks(*parts) == "- a\n\n<!-- -->\n\n- b\n\n1. c\n\n<!-- -->\n\n5. d"
    theorem = Theorem((A,), (OrderedList(listed("c")),))
    assert blocks(theorem, OrderedList(listed("d"))) == "**a**\n\n1. c\n\n<!-- -->\n\n1. d"


def test_a_list_that_begins_later_has_room_before_it() -> None:
    """Without the empty line it would be part of the paragraph."""
    assert blocks(BulletList((ListItem((paragraph("a"), OrderedList(listed("x"), 3))),))) == "- a\n\n  3. x"


def test_letters_count_in_pandoc_alone() -> None:
    lettered = OrderedList(listed("x", "y"), numbering="upper-alpha")
    assert blocks(lettered) == "1. x\n2. y"
    assert blocks(lettered, flavor="pandoc") == "A) x\nB) y"


# --- Other blocks ----------------------------------------------------------------------------------


def test_verse_keeps_lines_and_stanzas() -> None:
    lines = tuple((Text(text),) if text else () for text in ("One,", "- two.", "", "Three."))
    assert blocks(Verse(lines)) == "One,\\\n\\- two.\n\nThree."


def test_an_epigraph_names_its_source_within() -> None:
    assert blocks(Epigraph((paragraph("Write."),), (Text("A keeper"),))) == "> Write.\n>\n> A keeper"


def test_theorems_and_terms_run_in() -> None:
    parts = (paragraph("It holds."), paragraph("Always."))
    assert blocks(Theorem((Text("Lemma 2"),), parts)) == "**Lemma 2** It holds.\n\nAlways."
    terms = DefinitionList((Definition((Text("mm"),), parts),))
    assert blocks(terms) == "**mm** It holds.\n\nAlways."
    assert blocks(terms, flavor="pandoc") == "mm\n\n:   It holds.\n\n    Always."


def test_another_language_is_said_to_pandoc() -> None:
    french = Paragraph((Text("Il pleut."),), language="fr")
    assert blocks(french) == "Il pleut."
    assert blocks(french, flavor="pandoc") == "::: {lang=fr}\nIl pleut.\n:::"
    assert blocks(dataclasses.replace(french, language='fr} x="'), flavor="pandoc").startswith("::: {lang=frx}\n")
    inner = chapter(paragraph("下"), title="二")
    outer = chapter(paragraph("上"), title="一", language="zh", sections=(inner,))
    assert body(outer, chapter(paragraph("x"), title="3"), flavor="pandoc") == (
        "# 一\n\n::: {lang=zh}\n上\n:::\n\n## 二\n\n::: {lang=zh}\n下\n:::\n\n# 3\n\nx"
    )


def test_code_has_a_fence_longer_than_any_within() -> None:
    code = CodeBlock("````\nx = '`'\n\n  y", "py thon`", caption=(Text("Listing 1"),))
    assert blocks(code) == "Listing 1\n\n`````python\n````\nx = '`'\n\n  y\n`````"


@pytest.mark.parametrize(
    ("block", "written"),
    [
        (MathBlock("a^2", "a2", "(3.2)"), "$$a^2$$ (3.2)"),
        (MathBlock("a % no\n\n+ b", "ab"), "$$a + b$$"),
        (MathBlock("a<b", "a<b"), "$$a< b$$"),
        (MathBlock("a$b", "a b", "(1)"), "a b (1)"),
        (MathBlock("a\\", "1. a"), "1\\. a"),
        (MathBlock("", "a_2", "(1)", "mill.png"), r"![a\_2](book_media/mill.png) (1)"),
        (MathBlock("", "a_2", "", "mill.png"), r"![a\_2](book_media/mill.png)<!-- -->"),
    ],
)
def test_displayed_formulas(block: MathBlock, written: str) -> None:
    if r"\_2" in written:
        written = written.replace(r"a\_2", "a_2")
    assert blocks(block) == written


def test_formulas_in_the_line() -> None:
    assert line("so ", Math("x^2", "x2"), "3 and ", Math("", "y*"), ".") == r"so $x^2$<!-- -->3 and y\*."


# --- Figures ---------------------------------------------------------------------------------------

CAPTION = (Text("Fig. 1: A "), Emphasis((Text("mill"),)), Text(" [old]"))


def test_a_figure_is_a_picture_alone_in_its_paragraph() -> None:
    figure = Figure("mill.png", CAPTION, alternative='wheel "A" <b>')
    assert blocks(paragraph("a"), figure) == (
        'a\n\n![Fig. 1: A *mill* \\[old\\]](book_media/mill.png "wheel &#34;A&#34; &#60;b&#62;")'
    )


def test_captions_stand_below_for_readers_that_hide_descriptions() -> None:
    figure = Figure("mill.png", CAPTION, "Fig. 1", "wheel")
    for flavor in ("gfm", "obsidian"):
        assert blocks(figure, flavor=flavor) == "![wheel](book_media/mill.png)\n\nFig. 1: A *mill* \\[old\\]"


def test_a_caption_with_a_note_stands_below() -> None:
    figure = Figure("mill.png", (Text("Fig. 1"), note("n", "1", "N")), alternative="wheel")
    assert blocks(figure) == '![](book_media/mill.png "wheel")\n\nFig. 1[^1]\n\n[^1]: N'


def test_a_caption_with_raised_numbers_stands_below() -> None:
    figure = Figure("mill.png", (Text("Fig. 1: m"), Superscript((Text("2"),))))
    assert blocks(figure) == "![](book_media/mill.png)\n\nFig. 1: m<sup>2</sup>"


def test_a_page_that_begins_in_a_caption_is_marked_before() -> None:
    figure = Figure("mill.png", (Text("Fig. 1: "), PageBreak("8", 8), Text("x")))
    assert blocks(figure) == "<!-- page: 8 -->\n\n![Fig. 1: x](book_media/mill.png)"


def test_figures_without_their_pictures() -> None:
    assert blocks(Figure("", CAPTION)) == "Fig. 1: A *mill* \\[old\\]"
    assert blocks(Figure("lost.png", CAPTION)) == "Fig. 1: A *mill* \\[old\\]"
    assert blocks(Figure("", alternative="wheel")) == "wheel"
    assert line("a ", InlineImage("lost.png", "drop"), " b") == "a drop b"


def test_groups_of_figures() -> None:
    group = Figure("", (Text("Fig. 2: Both"),), figures=(Figure("mill.png", (Text("(a) one"),)), Figure("mill.png")))
    assert blocks(group) == "![(a) one](book_media/mill.png)\n\n![](book_media/mill.png)\n\nFig. 2: Both"


def test_pictures_go_beside_the_file_when_they_are_shown() -> None:
    other = Media("other.png", "image/png", b"x", 1, 1)
    document = Document(Metadata(), body=(chapter(Figure("mill.png")),), media=(PICTURE, other), cover="other.png")
    assert convert(document).files == {"book_media/mill.png": b"PNG"}


@pytest.mark.parametrize(
    ("stem", "folder"),
    [
        ("my thesis (1)", "my%20thesis%20%281%29_media"),
        ("100%#?", "100%25%23%3F_media"),
        ("论文 é", "论文%20é_media"),
        ("a:b*c", "a%3Ab%2Ac_media"),
        ("b\udce4d", "b%E4d_media"),
    ],
)
def test_addresses_of_pictures(stem: str, folder: str) -> None:
    document = Document(Metadata(), body=(chapter(Figure("mill.png", (A,))),), media=(PICTURE,))
    output = convert(document, stem=stem)
    assert f"![a]({folder}/mill.png)" in output.data.decode()
    assert list(output.files) == [f"{stem}_media/mill.png"]


# --- Tables ----------------------------------------------------------------------------------------


def test_a_pipe_table() -> None:
    table = Table(
        (cells("Mill", "Sheets"),),
        (
            cells("a|b", Code("c|d")),
            Row((Cell((paragraph("e"),)), Cell((paragraph("1"), paragraph("2")), alignment="end"))),
        ),
        (Text("Table 1: Sheets"),),
        notes=(paragraph("Source: books."),),
    )
    assert blocks(table) == (
        "Table 1: Sheets\n\n"
        "| Mill | Sheets |\n"
        "| ---- | -------: |\n"
        "| a\\|b | <code>c&#124;d</code> |\n"
        "| e | 1 <br>2 |\n\n"
        "Source: books."
    )


def test_a_table_without_heads_has_an_empty_row_of_them() -> None:
    assert blocks(Table((), (cells("a", "b"), cells("c")))) == "|  |  |\n| --- | --- |\n| a | b |\n| c |  |"


def test_formulas_in_cells_keep_their_bars() -> None:
    assert r"| $\vert x\vert  \Vert y$ |" in blocks(Table((), (cells(Math(r"|x| \|y", "")),)))


def test_a_table_with_spans_has_empty_cells_beside_them() -> None:
    head = Row((Cell((), row_span=2), Cell((paragraph("Mill"),), column_span=2)))
    table = Table((head, cells("upper", "lower")), (cells("x", "1", "2"),))
    assert blocks(table).split("\n") == [
        "|  | Mill |  |",
        "| --- | ----- | ----- |",
        "|  | upper | lower |",
        "| x | 1 | 2 |",
    ]


def test_a_table_as_html_keeps_its_spans() -> None:
    head = Row((Cell((), row_span=2), Cell((paragraph("Mill *"),), column_span=2, alignment="center")))
    rows = (
        cells("upper", Emphasis((Text("lower"),))),
        Row((Cell((paragraph("x"),), header=True), *cells("1", "2").cells)),
    )
    table = Table((head,), rows)
    assert blocks(table, tables="html").split("\n") == [
        *("<table>", "<thead>", "<tr>", '<th rowspan="2"></th>', '<th colspan="2" align="center">Mill &#42;</th>'),
        *("</tr>", "</thead>", "<tbody>", "<tr>", "<td>upper</td>", "<td>", "", "*lower*", "", "</td>", "</tr>"),
        *("<tr>", "<th>x</th>", "<td>1</td>", "<td>2</td>", "</tr>", "</tbody>", "</table>"),
    ]
    assert blocks(table, tables="pipe").split("\n")[2:] == ["|  | upper | *lower* |", "| x | 1 | 2 |"]
    assert blocks(Table((), (cells("1986. A"),)), tables="html").startswith("<table>\n<tbody>\n<tr>\n<td>1986&#46; A<")


def test_spans_over_rows_and_columns_leave_empty_cells() -> None:
    wide = Row((Cell((paragraph("a"),), column_span=2, row_span=2), *cells("b").cells))
    table = Table((), (wide, cells("c"), cells("d", "e", "f")))
    assert blocks(table, flavor="obsidian").split("\n")[2:] == ["| a |  | b |", "|  |  | c |", "| d | e | f |"]


def test_a_table_that_could_not_be_read_is_shown() -> None:
    table = Table((), (), CAPTION, media="mill.png", alternative="1 2")
    assert blocks(table) == '![Fig. 1: A *mill* \\[old\\]](book_media/mill.png "1 2")'
    assert blocks(Table((), (), CAPTION, media="", alternative="1 2")) == "Fig. 1: A *mill* \\[old\\]\n\n1 2"


def test_captions_of_tables_for_pandoc() -> None:
    table = Table((cells("a"),), (cells("b"),), (Text("Table 1: {x}"),), id="t")
    written = blocks(refer("t"), table, flavor="pandoc")
    assert written.split("\n")[2] == r"Table: Table 1: \{x\} {#t}"


@pytest.mark.parametrize("name", READERS)
def test_a_paragraph_beside_a_table_is_no_caption(name: str) -> None:
    markdown = blocks(paragraph("Table: a"), Table((cells("b"),), (cells("c"),)), paragraph(": d"))
    texts = [block[0] for block in READERS[name](markdown)[0]]
    assert texts == ["p", "table", "p"]
