"""Nodes to XHTML: what a reader of the markup, human or program, gets to see."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thesis_convert.diagnostics import Code, Diagnostic
from thesis_convert.document import (
    BibliographyEntry,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    Emphasis,
    Figure,
    Foreign,
    Inline,
    Link,
    ListItem,
    Math,
    MathBlock,
    Media,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    Strong,
    Table,
    Text,
    Theorem,
    Verse,
)
from thesis_convert.writers.mathml import convert_tex, render_formula
from thesis_convert.writers.words import find_words
from thesis_convert.writers.xhtml import Fragment, join_fragment, make_rendering, render_section
from thesis_convert.writers.xhtml_rendering import ILLEGAL, Rendering, is_right_to_left, make_address, resolve_marks

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
PIXEL = Media("dot.png", "image/png", b"\x89PNG", 1, 1)


def p(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(node) if isinstance(node, str) else node for node in content))


def note(name: str, label: str, *blocks: Block) -> Note:
    return Note(name, label, blocks)


def cell(text: str, **more: object) -> Cell:
    return Cell((p(text),) if text else (), **more)  # type: ignore[arg-type]


def markup(*blocks: Block, language: str = "en", r: Rendering | None = None) -> str:
    """The markup of a chapter that holds `blocks`, without its own element."""
    return render(*blocks, language=language, r=r).content


def render(*blocks: Block, language: str = "en", r: Rendering | None = None) -> Fragment:
    r = r or make_rendering((PIXEL,), lambda picture: f"images/{picture.name}", language)
    return render_section(Section("chapter", "", (), blocks), r)


def parse(content: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<body xmlns:epub="http://www.idpf.org/2007/ops">{content}</body>')


def resolved(content: str, **places: str) -> str:
    return resolve_marks({"a.xhtml": content}, places, (), "Back")["a.xhtml"]


# --- Characters ---------------------------------------------------------------------------------


@given(st.text(), st.text())
def test_any_text_arrives_as_it_is_but_for_what_xml_forbids(text: str, other: str) -> None:
    figure = Figure("dot.png", (Text(other),), alternative=text + "x")
    body = parse(markup(p("a", text, Emphasis((Text(other),))), CodeBlock(text), figure))
    # XML itself turns carriage returns into line ends.
    expected, emphasis = (ILLEGAL.sub("", value).replace("\r\n", "\n").replace("\r", "\n") for value in (text, other))
    assert "".join(body[0].itertext()) == "a" + expected + emphasis
    assert "".join(body.findall("pre/code")[0].itertext()) == expected


def test_no_space_comes_between_the_parts_of_a_word() -> None:
    assert markup(p(Strong((Text("un"),)), Emphasis((Text("believable"),)))) == (
        "<p><strong>un</strong><em>believable</em></p>"
    )


def test_attributes_cannot_be_broken_out_of() -> None:
    body = parse(markup(Figure("dot.png", alternative='" onload="<x>&')))
    assert body.find("figure/img").attrib == {"src": "images/dot.png", "alt": '" onload="<x>&'}  # type: ignore[union-attr]


def test_removed_characters_are_counted() -> None:
    r = make_rendering()
    assert markup(p("a\x0cb\x00c\ud800d"), r=r) == "<p>abcd</p>"
    assert r.removed_characters == 3


def test_empty_elements_are_not_closed_in_themselves() -> None:
    table = Table((), (Row((cell(""), cell("x"))),))
    assert "<td></td>" in markup(table)
    assert '"></span>' in markup(p(PageBreak("7", 9), "x"))


# --- Links --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("HTTP://example.org/a b[1]", "http://example.org/a%20b%5B1%5D"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/ü/雨", "https://example.org/ü/雨"),
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("urn:isbn:9780141036144", "urn:isbn:9780141036144"),
        ("javascript:alert(1)", None),
        ("java\x00script:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("http:", None),
        ("http://", None),
        ("http:///path", None),
        ("http://exa mple.org/", None),
        ("http://[::1", None),
        ("http://example.org:port/", None),
        ("chapter 3", None),
        ("", None),
    ],
)
def test_addresses(url: str, address: str | None) -> None:
    assert make_address(url) == address


def test_an_unsafe_link_stays_as_words_and_is_reported() -> None:
    heard: list[Diagnostic] = []
    r = make_rendering(report=heard.append)
    assert markup(p(Link("javascript:alert(1)", (Text("click"),))), r=r) == "<p>click</p>"
    assert [diagnostic.code for diagnostic in heard] == [Code.UNSAFE_LINK]


def test_no_link_stands_in_another() -> None:
    inner = (Text("see "), Reference("x", (Text("this"),)), note("n", "1", p("why")), Text(" now"))
    content = markup(p(Link("https://example.org/", inner), "."))
    assert content.startswith(
        '<p><a href="https://example.org/">see this now</a>'
        '<a id="ref_n" href="#n" epub:type="noteref" role="doc-noteref">1</a>.</p>'
    )


def test_references_lead_to_the_file_of_their_target() -> None:
    content = markup(p(*(Reference(name, (Text(name),)) for name in ("here", "there", "gone"))))
    assert resolved(content, here="a.xhtml", there="b.xhtml") == (
        '<p><a href="#here">here</a><a href="b.xhtml#there">there</a>gone</p>'
    )


def test_entries_lead_back_to_all_their_citations() -> None:
    r = make_rendering()
    chapter = markup(p(Reference("knuth", (Text("[1]"),)), " and ", Reference("knuth", (Text("[1]"),))), r=r)
    entries = markup(
        BibliographyEntry((Text("Knuth"),), "[1]", "knuth"), BibliographyEntry((Text("Lamb"),), "", "lamb"), r=r
    )
    made = resolve_marks(
        {"c.xhtml": chapter, "b.xhtml": entries}, {"knuth": "b.xhtml", "lamb": "b.xhtml"}, r.entries, "Back"
    )
    first, second = (link.attrib for link in parse(made["c.xhtml"]).iter("a"))
    assert first["href"] == second["href"] == "b.xhtml#knuth"
    assert first["role"] == "doc-biblioref"
    knuth, lamb = parse(made["b.xhtml"])
    assert [link.get("href") for link in knuth.iter("a")] == [f"c.xhtml#{first['id']}", f"c.xhtml#{second['id']}"]
    assert "".join(lamb.itertext()) == "Lamb"


def test_entries_tell_their_own_direction_where_text_runs_from_the_right() -> None:
    entry = BibliographyEntry((Text("Knuth, D."),), "[1]", "")
    assert parse(markup(entry, language="fa"))[0].get("dir") == "auto"
    assert parse(markup(entry))[0].get("dir") is None


def test_an_author_and_a_year_are_one_citation() -> None:
    r = make_rendering()
    cited = p(Reference("lamb", (Text("LAMB"),)), ", ", Reference("lamb", (Text("1911"),)), " and ",
              Reference("lamb", (Text("ibid."),)))  # fmt: skip
    pages = {"c": markup(cited, r=r), "b": markup(BibliographyEntry((Text("Lamb"),), "", "lamb"), r=r)}
    made = resolve_marks(pages, {"lamb": "b"}, r.entries, "Back")
    assert [link.get("id") for link in parse(made["c"]).iter("a")] == ["cite_lamb_1", None, "cite_lamb_2"]
    assert len(list(parse(made["b"]).iter("a"))) == 2


def test_a_second_use_of_an_id_gets_another() -> None:
    r = make_rendering()
    fragment = render(p("a"), Paragraph((Text("b"),), id="same"), Paragraph((Text("c"),), id="same"), r=r)
    assert len(fragment.ids) == len(set(fragment.ids)) == 3


# --- Notes --------------------------------------------------------------------------------------


def test_a_note_stands_behind_the_outermost_block_that_refers_to_it() -> None:
    quote = BlockQuote((p("He said so.", note("n-1", "12", p("In 1871."), p("Or so."))), p("And more.")))
    body = parse(markup(quote, p("Next.")))
    assert [element.tag for element in body] == ["blockquote", "aside", "p"]
    mark, aside = body.find("blockquote/p/a"), body[1]
    assert mark is not None
    assert (mark.get("href"), mark.text, mark.get(EPUB_TYPE)) == ("#n-1", "12", "noteref")
    assert (aside.get("id"), aside.get(EPUB_TYPE), aside.get("role")) == ("n-1", "footnote", "doc-footnote")
    assert ["".join(paragraph.itertext()) for paragraph in aside] == ["12 In 1871.", "Or so."]
    back = aside.find("p/a")
    assert back is not None
    assert (back.get("href"), back.get("role")) == ("#" + mark.attrib["id"], "doc-backlink")


def test_notes_in_notes_and_in_every_place() -> None:
    deep = note("n-2", "b", p("deep"))
    table = Table(
        (Row((Cell((p("H", note("n-3", "c", p("head"))),)),)),),
        (Row((cell("x"),)),),
        (Text("T"), note("n-4", "d", p("cap"))),
    )
    figure = Figure("dot.png", (Text("F"), note("n-5", "e", p("fig"))))
    items = BulletList((ListItem((p("i", note("n-6", "f", p("item"))),)),))
    body = parse(markup(p("a", note("n-1", "a", p("text", deep))), table, figure, items))
    assert [element.get("id") or element.tag for element in body] == [
        "p", "n-1", "n-2", "table_1", "n-4", "n-3", "figure_1", "n-5", "ul", "n-6",
    ]  # fmt: skip


def test_a_note_that_begins_with_a_list_and_one_without_a_mark() -> None:
    body = parse(markup(p("a", note("n", "", BulletList((ListItem((p("x"),)),))))))
    assert body.findtext("p/a") == body.findtext("aside/p/a") == "*"
    assert body.findtext("aside/ul/li") == "x"


def test_a_label_runs_into_a_paragraph_in_another_language() -> None:
    foreign = Paragraph((Text("Ebenda."),), language="de")
    made = parse(markup(p("a", note("n", "7", foreign, p("b")))))
    (aside,) = made.iter("aside")
    assert ["".join(part.itertext()) for part in aside] == ["7 Ebenda.", "b"]
    assert [part.get("lang") for part in aside] == ["de", None]
    theorem = parse(markup(Theorem((Text("Satz 1"),), (foreign,))))
    assert "".join(theorem.itertext()).split() == ["Satz", "1", "Ebenda."]
    assert len(list(theorem.iter("p"))) == 1


def test_a_note_has_the_language_of_its_mark() -> None:
    quote = BlockQuote((p("Il pleut.", note("n", "1", p("Depuis hier."))),), "fr")
    aside = parse(markup(quote)).find("aside")
    assert aside is not None
    assert aside.get("lang") == "fr"


# --- Blocks -------------------------------------------------------------------------------------


def test_lists_keep_their_numbers() -> None:
    items = tuple(ListItem((p(text),), label) for text, label in (("c", "3."), ("d", "4."), ("f", "6.")))
    numbers = parse(markup(OrderedList(items, start=3)))[0]
    assert numbers.attrib == {"start": "3"}
    assert [item.get("value") for item in numbers] == [None, None, "6"]
    letters = parse(markup(OrderedList(items[:1], start=3, numbering="lower-alpha")))[0]
    assert letters.attrib == {"type": "a", "start": "3"}
    assert parse(markup(OrderedList(items[:1], numbering="cjk")))[0].attrib == {"class": "cjk"}


def test_a_list_without_items_is_none() -> None:
    assert markup(BulletList(()), OrderedList(())) == ""


def test_lines_of_verse_stay_lines_and_stanzas_stanzas() -> None:
    verse = Verse(((Text("one"),), (Text("two"),), (), (Text("three"),)))
    stanzas = parse(markup(verse))[0].findall("p")
    assert [[line.text for line in stanza.findall("span")] for stanza in stanzas] == [["one", "two"], ["three"]]
    assert len(stanzas[0].findall("br")) == 1


def test_a_paragraph_of_page_breaks_leaves_no_gap() -> None:
    body = parse(markup(p(PageBreak("iv", 4), " ")))
    assert [element.tag for element in body] == ["span"]
    assert body[0].attrib == {"id": "page_4", EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", "aria-label": "iv"}


def test_a_page_without_a_number_cannot_be_cited() -> None:
    r = make_rendering()
    assert markup(p(PageBreak("", 4), "x"), r=r) == "<p>x</p>"
    assert r.pages == []


def test_a_page_begins_once() -> None:
    r = make_rendering()
    markup(p(PageBreak("7", 9), "x", note("n", "1", p(PageBreak("8", 10), "y"))), p(PageBreak("8", 10), "z"), r=r)
    assert [(page.id, page.text) for page in r.pages] == [("page_9", "7"), ("page_10", "8")]


def test_tables_say_what_heads_what() -> None:
    head = (Row((cell(""), cell("Mill", column_span=2, header=True, alignment="center"))),)
    body = (Row((cell("1901", header=True, row_span=2), cell("dry"), cell("wet"))), Row((cell("a"), cell("b"))))
    table = Table(head, body, (Text("Table 1: Mills"),), "Table 1", (p("Source: books."),), id="mills")
    made = parse(markup(table))
    assert made[0].attrib == {"id": "mills"}
    assert made.findtext("table/caption") == "Table 1: Mills"
    corner, mill = made.findall("table/thead/tr/*")
    assert (corner.tag, corner.attrib) == ("td", {})
    assert (mill.tag, mill.attrib) == ("th", {"scope": "col", "colspan": "2", "class": "center"})
    year = made.findall("table/tbody/tr/*")[0]
    assert (year.tag, year.attrib) == ("th", {"scope": "row", "rowspan": "2"})
    assert made.findtext("div[@class='table-notes']/p") == "Source: books."


def test_a_table_too_wide_for_a_phone_is_marked_and_so_are_words_that_may_break() -> None:
    numbers = Row(tuple(cell(f"{number}.50") for number in range(10)))
    assert parse(markup(Table((), (Row(numbers.cells[:4]),))))[0].attrib == {}
    assert parse(markup(Table((), (numbers,))))[0].attrib == {"class": "wide"}
    address = parse(markup(Table((), (Row((cell("https://example.org/a/b/c", alignment="end"), cell("1.50"))),))))
    assert address[0].attrib == {}
    assert [element.get("class") for element in address.iter("td")] == ["end long", None]
    words = Row((cell("Interoperability"), cell("of"), cell("measurements"), cell("differs"), cell("everywhere")))
    table = parse(markup(Table((), (words,))))
    assert table[0].attrib == {"class": "wide"}  # set smaller, and only its long words break
    assert [element.get("class") for element in table.iter("td")] == ["long", None, "long", None, None]
    many = parse(markup(Table((), (Row(words.cells * 3),))))
    assert many[0].attrib == {"class": "wide tight"}


def test_a_picture_that_cannot_be_shown_gives_its_words() -> None:
    heard: list[Diagnostic] = []
    scan = Media("scan.tif", "image/tiff", b"II*", 1, 1)
    r = make_rendering((scan,), report=heard.append)
    body = parse(
        markup(Figure("scan.tif", (Text("Fig. 1"),), alternative="north"), Figure("lost.png", alternative="south"), r=r)
    )
    assert [element.text for element in body.iter("p")] == ["north", "south"]
    assert not list(body.iter("img")) and not r.used_media
    assert [diagnostic.code for diagnostic in heard] == [Code.PICTURE_UNREADABLE]


def test_a_picture_without_description_says_at_least_which_it_is() -> None:
    r = make_rendering((PIXEL,))
    image = parse(markup(Figure("dot.png", (Text("Figure 1: Dot"),), "Figure 1"), r=r)).find("figure/img")
    assert image is not None and image.get("alt") == "Figure 1"
    assert (r.described_pictures, r.undescribed_pictures) == (0, 1)


def test_a_theorem_label_runs_into_its_text() -> None:
    body = parse(markup(Theorem((Text("Theorem 1"),), (p("All is well."), p("Really.")), id="t")))
    assert ["".join(paragraph.itertext()) for paragraph in body[0]] == ["Theorem 1 All is well.", "Really."]


def test_code_runs_from_left_to_right_everywhere() -> None:
    assert markup(CodeBlock("a < b", "Python"), language="fa") == (
        '<pre dir="ltr"><code class="language-python">a &lt; b</code></pre>'
    )


# --- Sections -----------------------------------------------------------------------------------


def test_headings_nest_and_keep_their_labels() -> None:
    section = Section("section", "1.1.1", (Text("Deep"),))
    for label in ("1.1", "1", "I"):
        section = Section("section", label, (Text("Up"),), (), (section,))
    made = parse(join_fragment(render_section(section, make_rendering())))
    headings = [element for element in made.iter() if element.tag in {f"h{level}" for level in range(1, 7)}]
    assert [heading.tag for heading in headings] == ["h1", "h2", "h3", "h4"]
    assert "".join(headings[-1].itertext()) == "1.1.1 Deep"
    assert headings[-1].findtext("span[@class='label']") == "1.1.1"


def test_a_page_that_begins_with_a_heading_begins_with_its_number() -> None:
    section = Section(
        "chapter", "Chapter 2", (PageBreak("7", 9), Text("Rivers"), PageBreak("8", 10), Text(" and seas"))
    )
    content = render_section(section, make_rendering()).content
    assert re.sub("<[^>]*(?:label=.([0-9]+))[^>]*>", r"|\1|", content) == (
        '<h1 id="heading_section">|7|</span><span class="label">Chapter 2</span> Rivers|8|</span> and seas</h1>'
    )
    assert "page_4" in render_section(Section("dedication", "", (PageBreak("iv", 4),)), make_rendering()).content


def test_a_title_for_menus_has_no_notes() -> None:
    r = make_rendering()
    plain = Section("section", "2.3", (Text("The river"), note("n", "1", p("Long."))))
    assert render_section(plain, r).title == "2.3 The river"
    assert render_section(Section("chapter", "Chapter 2", (Text("Rivers"),)), r).title == "Chapter 2: Rivers"
    assert render_section(Section("chapter", "第二章", (Text("河"),)), r).title == "第二章 河"
    assert render_section(Section("part", "Part I", ()), r).title == "Part I"
    assert render_section(Section("dedication", "", ()), r).title == ""


def test_sections_that_one_can_jump_to_have_different_names() -> None:
    def part(kind: str, title: str, *children: Section) -> Section:
        return Section(kind, "", (Text(title),), (), children)  # type: ignore[arg-type]

    twice = [part("section", "A", part("introduction", "Aims")) for _ in range(2)]
    made = parse(join_fragment(render_section(part("chapter", "One", *twice), make_rendering())))
    assert [(section.get("role"), section.get("aria-labelledby")) for section in made.iter("section")] == [
        ("doc-chapter", "heading_section"),
        (None, None),
        ("doc-introduction", "heading_section_3"),
        (None, None),
        (None, None),
    ]


# --- Languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fa", True), ("ar-EG", True), ("he", True), ("az-Arab", True), ("en", False), ("ar-Latn", False), ("", False)],
)
def test_direction_of_a_language(language: str, expected: bool) -> None:
    assert is_right_to_left(language) is expected


def test_every_switch_of_language_is_said_once() -> None:
    inner = Foreign("he", (Text("א "), Foreign("en", (Text("rain"),)), Foreign("he", (Text("!"),))))
    assert markup(p("a ", inner)) == (
        '<p>a <span lang="he" xml:lang="he" dir="rtl">א <span lang="en" xml:lang="en" dir="ltr">rain</span>!</span></p>'
    )


def test_a_language_that_is_no_tag_is_not_said() -> None:
    assert markup(Paragraph((Text("x"),), "none of these")) == "<p>x</p>"


@pytest.mark.parametrize(
    ("language", "contents"),
    [
        ("de-AT", "Inhalt"),
        ("zh-TW", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("zh", "目录"),
        ("nb", "Innhold"),
        ("xx", "Contents"),
        ("", "Contents"),
    ],
)
def test_words_for_a_language(language: str, contents: str) -> None:
    assert find_words(language).contents == contents


# --- Formulas -----------------------------------------------------------------------------------


def test_a_formula_is_elements_and_keeps_its_tex() -> None:
    content = markup(p(Math(r"\frac{\alpha_1}{b^2} < c", "α1/b2 < c")))
    math = parse(content)[0][0]
    name = "{http://www.w3.org/1998/Math/MathML}"
    assert math.get("alttext") == r"\frac{\alpha_1}{b^2} < c"
    assert math.findtext(f".//{name}annotation") == r"\frac{\alpha_1}{b^2} < c"
    assert [element.text for element in math.iter(f"{name}mi")] == ["α", "b", "c"]
    assert len(list(math.iter(f"{name}mfrac"))) == 1


@pytest.mark.parametrize("tex", [r"x^", r"\frac{a", r"\nosuchcommand x", r"a & b", ""])
def test_tex_that_is_not_understood_is_not_guessed_at(tex: str) -> None:
    assert convert_tex(tex) == ""
    assert "<mtext>as printed</mtext>" in render_formula(tex, "as printed")


def test_formulas_take_no_colour_and_no_space_of_their_own() -> None:
    made = convert_tex(r"\color{red} x \begin{aligned} a&=b \end{aligned} \hspace{lots} \quad")
    assert "a" in made and "mathcolor" not in made and "columnspacing" not in made and "lots" not in made
    assert '<mspace width="1em"></mspace>' in made


def test_a_formula_without_tex_is_text_or_its_picture() -> None:
    assert markup(p(Math("", "a < b"))) == '<p><span class="formula">a &lt; b</span></p>'
    figure = parse(markup(MathBlock("", "S = R", "(2)", "dot.png", "eq")))[0]
    assert (figure.tag, figure.get("id"), figure.findtext("figcaption")) == ("figure", "eq", "(2)")
    assert figure.find("img").get("alt") == "S = R"  # type: ignore[union-attr]
    assert markup(MathBlock("", "S = R", "(2)", "lost.png")) == (
        '<div class="equation"><span class="formula">S = R</span> <span class="label">(2)</span></div>'
    )
