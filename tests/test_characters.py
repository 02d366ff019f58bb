"""What the words of a page say: letters behind shapes, accents on their letters, nothing that no reader sees."""

from __future__ import annotations

import pytest

from tests.hostile.building import map_letters
from tests.pdfs import assemble, make_page, make_stream
from thesis_convert.loader.layout import lay_out
from thesis_convert.loader.pdf.characters import repair_characters
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.pdf.marks import join_vowel_signs
from thesis_convert.page import BoundingBox, Font, Line, Page, Word


def read(content: str) -> list[str]:
    """The lines of a page with these drawing commands; F1 is Times."""
    return [line.text for line in read_lines(content)]


def read_lines(content: str, second: str = "Times-Bold") -> list[Line]:
    """`second` is the font F2, whose y and z stand for mathematical letters."""
    layouts, _ = lay_out([read_page(content, second)])
    return [line for layout in layouts for line in (*layout.text, *layout.furniture)]


def read_page(content: str, second: str = "Times-Bold") -> Page:
    data = assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{second} /ToUnicode 7 0 R >>".encode(),
            make_page(6),
            make_stream("", content.encode("cp1252")),
            map_letters([("79", "210E"), ("7A", "D835DF00")]),
        ]
    )
    with InkFile(data) as ink:
        page = ink.read_page(0)
    assert page is not None
    return page


def show(text: str, y: float = 700.0, before: str = "", x: float = 72.0) -> str:
    return f"BT /F1 12 Tf {before} 1 0 0 1 {x} {y} Tm {text} TJ ET\n"


@pytest.mark.parametrize(
    ("drawn", "font", "typed"),
    [
        ("ﬁnding the ﬂow", "Serif", "finding the flow"),
        ("oﬃcial", "Serif", "official"),
        ("ﺳﻼم", "Naskh", "سلام"),
        ("ﭘﮋوﻫﺶ", "Naskh", "پژوهش"),
        ("שּׁלום", "David", "שּׁלום"),
        ("سـلام", "Naskh", "سلام"),
        ("⽔⽂", "Song", "水文"),
        ("甲︑乙︒", "Song", "甲、乙。"),
        ("ＡＢＣ１２３（甲）", "Song", "ＡＢＣ１２３（甲）"),
        ("e\u0301te\u0301", "Serif", "été"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf061", "SymbolMT", "α"),
        ("\uf0fc", "Wingdings-Regular", "✓"),
        ("river\x01s", "Serif", "rivers"),
    ],
    ids=lambda value: value.encode("ascii", "backslashreplace").decode(),
)
def test_shapes_stand_for_letters(drawn: str, font: str, typed: str) -> None:
    assert repair_characters(drawn, font) == typed


def test_accents_drawn_over_letters_join_them() -> None:
    # The accent is drawn first and the letter under it, as old TeX fonts do.
    assert read(show("[(caf\xb4) 350 (e de l\x27\xb4) 350 (et\xb4) 350 (e)]")) == ["café de l'été"]
    assert read(show("[(gar\xb8) 380 (con)]")) == ["garçon"]


def test_a_letter_beyond_the_basic_plane_leaves_those_behind_it_in_their_places() -> None:
    words = [show(f"[({word})]", x=72 + 40 * place) for place, word in enumerate(("where", "z", "is", "small"))]
    (line,) = read_lines("".join(words).replace("/F1 12 Tf  1 0 0 1 112", "/F2 12 Tf  1 0 0 1 112"))
    assert line.text == "where \U0001d700 is small"
    assert {(word.font.name, word.font.size) for word in line.words if word.text.isascii()} == {("Times-Roman", 12.0)}
    assert all(word.box.width > 0 for word in line.words)


def test_letters_of_mathematics_are_plain_ones_in_their_style() -> None:
    (line,) = read_lines("BT /F2 12 Tf 72 700 Td (z) Tj 12 0 Td (y) Tj 12 0 Td (zz) Tj ET", "XMath-Regular")
    assert line.text == "ε h εε"
    assert all(word.font.italic for word in line.words)


def test_free_accents_stay() -> None:
    assert read(show("[(the sign \xb4 and `quoted' words)]")) == ["the sign ´ and `quoted' words"]


def test_raised_accents_of_capitals_join_them() -> None:
    page = show("[(\xb4)]", 702.5, x=76.0) + show("[(Etat et \xa8)]", x=74.5)
    assert read(page)[0].startswith("État")


def test_accents_raised_a_little_leave_their_words_whole() -> None:
    # The typesetter goes back for each accent, and on; the library tells of the accents later, and of spaces there.
    page = "BT /F1 12 Tf 72 700 Td [(do)]TJ 13.2 .12 Td [(\xa8)]TJ -1.2 -.12 Td [(grulama)-246(ve)"
    page += "-246(b\xfct\xfcnl\xfc)]TJ 94.4 .12 Td [(\xa8)]TJ -1.2 -.12 Td [(gu)-246(sa)]TJ "
    page += "26.15 .12 Td [(\xa8)]TJ -1.2 -.12 Td [(glar)]TJ ET"
    assert read(page) == ["dog̈rulama ve bütünlüg̈u sag̈lar"]


def test_letter_spaced_words_are_closed() -> None:
    assert read(show("[(ABSTRACT)]", before="4 Tc")) == ["ABSTRACT"]
    assert read(show("[(LIST OF FIGURES)]", before="4 Tc")) == ["LIST OF FIGURES"]
    emphasis = show("[(it was )]") + show("[(never)]", x=112.0, before="3 Tc") + show("[(seen again)]", x=172.0)
    assert read(emphasis) == ["it was never seen again"]


def test_letter_spaced_words_with_kerned_pairs_and_signs_are_closed() -> None:
    assert read(show("[(CANDID)40(A)120(T)60(A,)]", before="4 Tc")) == ["CANDIDATA,"]
    assert read(show("[(DOTT. L\x27ORO \\(2008\\))]", before="4 Tc")) == ["DOTT. L'ORO (2008)"]


def test_an_initial_over_several_lines_begins_the_first() -> None:
    initial = "BT /F1 40 Tf 1 0 0 1 72 672 Tm (D) Tj ET\n"
    lines = [
        (102.0, 700.0, "ebates on the gauge were held in the"),
        (103.0, 686.0, "town hall every year, when"),
        (103.0, 672.0, "the clerks of the river met"),
        (72.0, 658.0, "and drank to the health of the council"),
    ]
    page = initial + "".join(show(f"[({text})]", y, x=x) for x, y, text in lines)
    assert read(page) == ["Debates on the gauge were held in the", *(text for _, _, text in lines[1:])]


def test_letters_that_are_words_stay_apart() -> None:
    assert read(show("[(either a, b or c)]")) == ["either a, b or c"]
    columns = show("[(A)]", x=72) + show("[(B)]", x=122) + show("[(C)]", x=172) + show("[(D)]", x=222)
    assert read(columns) == ["A B C D"]


def test_words_drawn_twice_for_boldness_count_once() -> None:
    assert read(show("[(Chapter One)]") + show("[(Chapter One)]", x=72.3)) == ["Chapter One"]


def test_white_words_count_on_a_dark_ground_only() -> None:
    hidden = "1 g " + show("[(hidden key words)]", 650.0) + "0 g "
    assert read(show("[(The river)]") + hidden) == ["The river"]
    ground = "0 0 0.5 rg 60 640 400 30 re f\n"
    assert read(show("[(The river)]") + ground + hidden) == ["The river", "hidden key words"]


def test_words_off_the_page_are_left_out() -> None:
    assert read(show("[(The river)]") + show("[(crop mark)]", 900.0)) == ["The river"]


def test_invisible_words_count_where_there_are_no_others() -> None:
    scanned = show("[(What the scanner has read)]", before="3 Tr")
    assert read(scanned) == ["What the scanner has read"]
    assert read(show("[(The visible text of the page)]", 650.0) + scanned) == ["The visible text of the page"]
    long = show("[(What the scanner has read on this long page of text, word by word, to the end)]", before="3 Tr")
    assert read(long + show("[(Library copy)]", 40.0)) == [
        "What the scanner has read on this long page of text, word by word, to the end",
        "Library copy",
    ]


def test_hyphens_that_a_font_calls_soft_are_hyphens_when_they_are_seen() -> None:
    assert read(show("[(well\xadknown)]")) == ["well-known"]
    assert read(show("[(the mea\xad)]") + show("[(sured flood)]", 686.0)) == ["the mea-", "sured flood"]


class _Drawn:
    """Characters with places set by hand."""

    def __init__(self, text: str, edges: list[tuple[float, float]]) -> None:
        self.text, self.edges = text, edges

    def find_edges(self, index: int) -> tuple[float, float]:
        return self.edges[index]

    def find_origin(self, index: int) -> float:
        return self.edges[index][0]


@pytest.mark.parametrize(("letter_ends", "apart"), [(9.6, False), (5.0, True)], ids=["wide letter", "space"])
def test_a_letter_under_its_sign_reaches_to_the_next(letter_ends: float, apart: bool) -> None:
    font = Font("Serif", 12.0)
    characters = _Drawn("के गी", [(0.0, letter_ends), (1.0, 5.0), (9.2, 9.2), (9.2, 14.0), (14.0, 18.0)])
    words = [
        Word("के", BoundingBox(0.0, 0.0, 5.0, 10.0), 0.0, font, True, 0),
        Word("गी", BoundingBox(9.2, 0.0, 18.0, 10.0), 0.0, font, True, 3),
    ]
    assert join_vowel_signs(words, characters)[1].space_before is apart


def test_letters_that_reach_far_back_over_the_one_before_are_one_word_with_it() -> None:
    logo = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (set in L) Tj ET BT /F1 8 Tf 1 0 0 1 103.8 703 Tm (A) Tj ET "
    assert read(logo + "BT /F1 12 Tf 1 0 0 1 108.5 700 Tm (TEX) Tj ET") == ["set in LATEX"]


@pytest.mark.parametrize(
    ("font", "drawn"), [("LINEW10", 2), ("ABCDEF+LCIRCLE10", 2), ("XYATIP10", 2), ("Emmentaler-20", 2), ("Linearis", 0)]
)
def test_strokes_that_are_set_in_type_are_drawings(font: str, drawn: int) -> None:
    content = "BT /F1 12 Tf 72 700 Td (a river) Tj /F2 10 Tf 0 -30 Td (@x) Tj 90 0 Td (A) Tj ET"
    page = read_page(content, font)
    assert [word.text for word in page.words] == ["a", "river", *([] if drawn else ["@x", "A"])]
    assert [picture.kind for picture in page.pictures] == ["drawing"] * drawn
    assert len({picture.key for picture in page.pictures}) == drawn
