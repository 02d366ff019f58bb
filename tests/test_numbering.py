"""The numbers of headings and items in many languages and scripts: digits, ordinals, letters, words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paper import set_line
from thesis_convert.loader.structure.markers import read_marker
from thesis_convert.loader.structure.numbering import read_number


@pytest.mark.parametrize(
    ("heading", "label", "title", "depth", "kind"),
    [
        ("فصل ۱: مقدمه", "فصل ۱", "مقدمه", 1, "chapter"),
        ("فصل اول کلیات پژوهش", "فصل اول", "کلیات پژوهش", 1, "chapter"),
        ("فصل یازدهم: نتایج", "فصل یازدهم", "نتایج", 1, "chapter"),
        ("۱-۲-۳ بیان مسئله", "۱-۲-۳", "بیان مسئله", 3, ""),
        ("۲−۳ روش", "۲−۳", "روش", 2, ""),
        ("۱.۲ هدف", "۱.۲", "هدف", 2, ""),
        ("۲−۳ هدف", "۲−۳", "هدف", 2, ""),
        ("پیوست الف: پرسشنامه", "پیوست الف", "پرسشنامه", 1, "appendix"),
        ("الفصل الثاني عشر: الخاتمة", "الفصل الثاني عشر", "الخاتمة", 1, "chapter"),
        ("Avsnitt 2", "Avsnitt 2", "", 2, ""),
        ("الباب الأول", "الباب الأول", "", 1, "part"),
        ("المبحث الثاني: تعريف", "المبحث الثاني", "تعريف", 2, ""),
        ("ملحق رقم 1", "ملحق رقم 1", "", 1, "appendix"),
        ("פרק א': מבוא", "פרק א'", "מבוא", 1, "chapter"),
        ("פרק יב: סיכום", "פרק יב", "סיכום", 1, "chapter"),
        ("פרק ראשון: מבוא", "פרק ראשון", "מבוא", 1, "chapter"),
        ("נספח ב", "נספח ב", "", 1, "appendix"),
    ],
)
def test_numbers_in_scripts_from_the_right(heading: str, label: str, title: str, depth: int, kind: str) -> None:
    number = read_number(heading)
    assert number is not None
    assert (number.label, number.title, number.depth, number.kind) == (label, title, depth, kind)


@pytest.mark.parametrize(
    ("heading", "label", "title", "depth", "kind"),
    [
        ("Chapter Three Rivers", "Chapter Three", "Rivers", 1, "chapter"),
        ("Erster Teil: Flüsse", "Erster Teil", "Flüsse", 1, "part"),
        ("DEUXIÈME PARTIE", "DEUXIÈME PARTIE", "", 1, "part"),
        ("3. fejezet Folyók", "3. fejezet", "Folyók", 1, "chapter"),
        ("Section 2 Rivers", "Section 2", "Rivers", 2, ""),
        ("AnnexeA", "AnnexeA", "", 1, "appendix"),
        ("Appendix B.1 Levels", "Appendix B.1", "Levels", 2, "appendix"),
        ("§ 2 Rivers", "§ 2", "Rivers", 1, ""),
        ("2.3.1Rivers", "2.3.1", "Rivers", 3, ""),
        ("2. 3. Rivers", "2. 3.", "Rivers", 2, ""),
        ("2. 3 rivers", "2.", "3 rivers", 1, ""),
        ("IV. Rivers", "IV.", "Rivers", 1, ""),
        ("II gauge.x", "II", "gauge.x", 1, ""),
        ("I Реки", "I", "Реки", 1, ""),
        ("b) rivers", "b)", "rivers", 1, ""),
        ("第三章 河流", "第三章", "河流", 1, "chapter"),
        ("第二節 水", "第二節", "水", 2, ""),
        ("제2장 강", "제2장", "강", 1, "chapter"),
        ("二、河流", "二、", "河流", 2, ""),
        ("二 河流", "二", "河流", 2, ""),
        ("（二）河流", "（二）", "河流", 3, ""),
        ("1．2 河流", "1．2", "河流", 2, ""),
        ("B. függelék Mérések", "B. függelék", "Mérések", 1, "appendix"),
        ("a.1 rivers", "a.1", "rivers", 2, ""),
        ("3 Mars from afar", "3", "Mars from afar", 1, ""),
    ],
)
def test_numbers_from_the_left(heading: str, label: str, title: str, depth: int, kind: str) -> None:
    number = read_number(heading)
    assert number is not None
    assert (number.label, number.title, number.depth, number.kind) == (label, title, depth, kind)


@pytest.mark.parametrize(
    "heading",
    [
        "Parti politici",
        "3D models",
        "1st floor",
        "1907 and after",
        "Parts of speech",
        "Chapters in brief",
        "14 juillet",
        "3 May 2020",
    ],
)
def test_words_that_only_begin_like_a_number_are_none(heading: str) -> None:
    assert read_number(heading) is None


def test_a_figure_before_an_english_word_counts_items() -> None:
    number = read_number("12. Appendix (or appendices)")
    assert number is not None and (number.label, number.kind) == ("12.", "")


@pytest.mark.parametrize(
    "heading", ["בחירה", "פרקים נוספים", "פרק זה דן בשיטה", "فصلی دیگر", "بخش و فصل", "بخشی از کار"]
)
def test_words_that_only_begin_like_a_chapter_are_no_numbers(heading: str) -> None:
    assert read_number(heading) is None


@pytest.mark.parametrize(
    ("line", "marker", "value"),
    [
        ("الف) شمارش بازدیدها", "الف)", 1),
        ("(ب) شمارش بازدیدها", "(ب)", 2),
        ("۳- شمارش بازدیدها", "۳-", 3),
        ("٤. عدد الزيارات", "٤.", 4),
        ("ג. מספר הביקורים", "ג.", 3),
        ("יא) מספר הביקורים", "יא)", 11),
    ],
)
def test_markers_of_items_in_scripts_from_the_right(line: str, marker: str, value: int) -> None:
    detail = read_marker(set_line(line))
    assert detail is not None
    assert (detail.marker, detail.value) == (marker, value)


def test_a_letter_that_is_a_word_is_no_marker() -> None:
    assert read_marker(set_line("و شمارش بازدیدها")) is None


@pytest.mark.parametrize(("sign", "is_bullet"), [("n", True), ("\uf0b7", True), ("∈", False), ("Λ", False)])
def test_signs_of_a_symbol_font_are_bullets_unless_they_mean_something(sign: str, is_bullet: bool) -> None:
    line = set_line(f"   {sign} the banks of the river")
    first = line.words[0]
    symbol = first._replace(font=first.font._replace(name="OpenSymbol"))
    assert (read_marker(replace(line, words=(symbol, *line.words[1:]))) is not None) is is_bullet
