"""Lines that are read from the right. Capitals stand for Hebrew letters, and lines are drawn as they look on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

import pypdf
import pytest

from tests.pdfs import make_pdf
from thesis_convert.loader.layout import lay_out
from thesis_convert.loader.lines.building import build_chunks, make_line, merge_rows
from thesis_convert.loader.lines.direction import arrange_rows
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.page import BoundingBox, Font, Word

SIZE = 10.0
ADVANCE = 5.0
SPACE = 3.0
RIGHT = 500.0
FONT = Font("Serif", SIZE)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TO_HEBREW = str.maketrans(ALPHABET, "".join(chr(0x5D0 + n) for n in range(26)))
FROM_HEBREW = str.maketrans("".join(chr(0x5D0 + n) for n in range(26)), ALPHABET)
COLUMN = BoundingBox(100.0, 0.0, RIGHT, 800.0)

_TOKEN = re.compile(r"(?P<space> *)(?P<raised>\^)?(?P<text>[A-Z]+|[a-z][a-z\d]*|\d+|[^\sA-Za-z\d])")


def draw(row: str, baseline: float = 700.0, space: float = SPACE) -> list[Word]:
    """The words of a row that ends at the right edge, in the order of their places; ^ raises a number."""
    words: list[Word] = []
    left = RIGHT - sum(space if char == " " else 0 if char == "^" else ADVANCE for char in row)
    for number, token in enumerate(_TOKEN.finditer(row)):
        left += space * len(token["space"])
        lift = 4.0 if token["raised"] else 0.0
        font = FONT._replace(size=6.0) if lift else FONT
        text = token["text"]
        right = left + ADVANCE * len(text)
        if text.isupper():
            text = text[::-1].translate(TO_HEBREW)
        box = BoundingBox(left, baseline + lift - 2, right, baseline + lift + 8)
        words.append(Word(text, box, baseline + lift, font, True, number))
        left = right
    return words


def read_page(rows: Sequence[str], space: float = SPACE) -> list[str]:
    """What the lines of a page say, read as a reader does."""
    words = [word for n, row in enumerate(rows) for word in draw(row, 700.0 - 12.0 * n, space)]
    arranged = arrange_rows([merge_rows(build_chunks(words))])[0]
    return [make_line(0, row, COLUMN, True).text.translate(FROM_HEBREW) for row in arranged]


def shift(word: Word, distance: float) -> Word:
    box = word.box
    return word._replace(box=box._replace(left=box.left + distance, right=box.right + distance))


def read(row: str) -> str:
    return read_page([row, "TXET EROM DNA TXET"])[0]


def test_words_are_read_from_the_right() -> None:
    assert read("EGDIRB EHT DNIHEB REVIR EHT") == "THE RIVER BEHIND THE BRIDGE"


def test_latin_words_and_numbers_are_read_from_the_left() -> None:
    assert read(".2019 NI deep learning DESU YEHT") == "THEY USED deep learning IN 2019."
    assert read("TNECREP 12.5 YB LLEF TI") == "IT FELL BY 12.5 PERCENT"


def test_the_order_in_which_words_are_drawn_does_not_matter() -> None:
    words = draw("NEES SAW cnn DNA lstm")
    drawn = [words[n] for n in (3, 0, 4, 1, 2)]
    row = arrange_rows([merge_rows(build_chunks([*drawn, *draw("TXET EROM", 650.0)]))])[0][0]
    assert make_line(0, row, COLUMN, True).text.translate(FROM_HEBREW) == "lstm AND cnn WAS SEEN"


def test_a_comma_comes_after_what_it_hugs() -> None:
    assert read("gru ,lstm ,cnn DESU") == "USED cnn, lstm, gru"
    assert read("cnn, lstm, gru DESU") == "USED cnn, lstm, gru"


@pytest.mark.parametrize("codes", ["()", ")("], ids=["codes of the shape", "codes of the sign"])
def test_brackets_open_and_close_whatever_their_codes(codes: str) -> None:
    opening, closing = codes[0], codes[1]
    assert read(f".DNUOF SAW {opening}cnn{closing} KROWTEN A") == "A NETWORK (cnn) WAS FOUND."
    assert read(f"{closing}EERHT DNA OWT{opening} ENO") == "ONE (TWO AND THREE)"


def test_a_bracket_may_close_on_the_next_line() -> None:
    assert read_page(["A DNA (YLNO GNIHT ENO", "OWT FO )TSRIF EHT"])[1] == "THE FIRST) OF TWO"


def test_per_cent_signs_follow_their_number() -> None:
    assert read("LLA FO %40") == "40% OF ALL"
    assert read("LLA FO 40%") == "40% OF ALL"


def test_a_note_mark_stands_on_the_word_before_it() -> None:
    assert read("NEES SAW ^3EGDIRB EHT") == "THE BRIDGE3 WAS SEEN"


def test_a_word_divided_at_the_end_of_a_line_keeps_its_hyphen() -> None:
    assert read("meta-( RENRAEL EHT") == "THE LEARNER (meta-"


def test_section_numbers_count_up_from_the_right_or_from_the_left() -> None:
    from_right = ["ENO 1-2", "OWT 2-2", "EERHT 3-2", "RUOF 4-2"]
    assert read_page(from_right) == ["2-1 ONE", "2-2 TWO", "2-3 THREE", "2-4 FOUR"]
    from_left = ["ENO 2-1", "OWT 2-2", "EERHT 2-3", "RUOF 2-4"]
    assert read_page(from_left) == ["2-1 ONE", "2-2 TWO", "2-3 THREE", "2-4 FOUR"]
    pointed = ["ENO 1.2", "OWT 2.2", "EERHT 3.2", "%12.5 YB LLEF"]
    assert read_page(pointed) == ["2.1 ONE", "2.2 TWO", "2.3 THREE", "FELL BY 12.5%"]


def test_tight_and_wide_lines_have_their_spaces() -> None:
    for space in (1.3, 2.5, 8.0):
        assert read_page(["DOOLF EHT RETFA REVIR EHT", "MORE TEXT"], space)[0] == "THE RIVER AFTER THE FLOOD"


def test_a_latin_line_is_read_from_the_left_and_begins_there() -> None:
    latin = [shift(word, -275.0) for word in draw("smith, a. (2019). rivers", 680.0)]
    rows = arrange_rows([merge_rows(build_chunks([*draw("REVIR EHT DNA DOOLF EHT FO KOOB A"), *latin]))])[0]
    line = make_line(0, rows[1], COLUMN, True)
    assert line.text == "smith, a. (2019). rivers"
    assert not line.right_to_left


def test_a_line_from_the_right_has_its_indent_there() -> None:
    row = arrange_rows([merge_rows(build_chunks(draw("REVIR EHT")))])[0][0]
    line = make_line(0, row, COLUMN._replace(right=RIGHT + 20.0), True)
    assert line.right_to_left
    assert line.indent == pytest.approx(20.0)
    assert line.slack > 300


def test_words_from_the_right_within_a_line_from_the_left() -> None:
    words = [*draw("the word YADOT SKAEPS eh is old"), *draw("nothing but plain latin words here", 650.0)]
    rows = arrange_rows([merge_rows(build_chunks(words))])[0]
    assert make_line(0, rows[0], COLUMN).text.translate(FROM_HEBREW) == "the word SPEAKS TODAY eh is old"


def test_latin_pages_read_the_same_when_a_pdf_asks_for_pages_from_the_right() -> None:
    line = "Smith, A. (2019). The 2nd river [3], pp. 12-15. In: Lakes & Rivers, 7th ed."
    plain = make_pdf([[("Of Rivers", 24.0), *((line, 11.0) for _ in range(20))]])
    writer = pypdf.PdfWriter(clone_from=BytesIO(plain))
    writer.create_viewer_preferences().direction = "/R2L"
    turned = BytesIO()
    writer.write(turned)
    assert list_lines(turned.getvalue()) == list_lines(plain)
    assert list_lines(plain)[1] == line


def list_lines(pdf: bytes) -> list[str]:
    with InkFile(pdf) as ink:
        page = ink.read_page(0)
    assert page is not None
    layouts, _ = lay_out([page])
    return [line.text for line in layouts[0].text]
