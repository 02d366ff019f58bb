"""The language of a text, and where a thesis changes it."""

from __future__ import annotations

import pytest

from thesis_convert.document import (
    Abstract,
    BibliographyEntry,
    BlockQuote,
    Document,
    Foreign,
    Inline,
    Metadata,
    Note,
    Paragraph,
    Section,
    Text,
)
from thesis_convert.loader.structure.language_marks import mark_languages
from thesis_convert.loader.structure.languages import choose_main_language, detect_language

ENGLISH = "The bridge was built by those who lived on both sides of the river, and it is still in use."
GERMAN = "Die Brücke wurde von denen gebaut, die auf beiden Seiten des Flusses wohnten, und sie ist noch in Gebrauch."
FRENCH = "Le pont a été construit par ceux qui vivaient sur les deux rives du fleuve, et il est encore utilisé."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", ENGLISH),
        ("de", GERMAN),
        ("fr", FRENCH),
        ("es", "El puente fue construido por los que vivían en las dos orillas del río, y todavía está en uso."),
        ("pt", "A ponte foi construída por aqueles que viviam nas duas margens do rio, e ainda está em uso."),
        ("it", "Il ponte fu costruito da quelli che vivevano sulle due rive del fiume, ed è ancora in uso."),
        ("nl", "De brug werd gebouwd door hen die aan beide kanten van de rivier woonden, en zij is nog in gebruik."),
        ("sv", "Bron byggdes av dem som bodde på båda sidor av floden, och den är ännu i bruk för många."),
        ("da", "Broen blev bygget af dem, der boede på begge sider af floden, og den er meget brugt efter mange år."),
        ("nb", "Broen ble bygget av dem som bodde på begge sider av elven, og den er mye brukt etter mange år."),
        ("fi", "Sillan rakensivat ne, jotka asuivat joen molemmin puolin, ja se on vielä käytössä, kun muut eivät."),
        ("pl", "Most został zbudowany przez tych, którzy mieszkali po obu stronach rzeki, i jest on nadal używany."),
        ("cs", "Most byl postaven těmi, kteří bydleli na obou stranách řeky, a je stále v provozu, protože je pevný."),
        ("sk", "Most bol postavený tými, ktorí bývali na oboch stranách rieky, a je stále v prevádzke, lebo je pevný."),
        ("hu", "A hidat azok építették, akik a folyó két oldalán laktak, és még ma is használják, mert ez így jó."),
        ("ro", "Podul a fost construit de cei care trăiau pe cele două maluri ale râului și este încă folosit."),
        ("tr", "Köprü, nehrin iki yanında yaşayanlar tarafından yapıldı ve bu köprü daha çok yıllar için bir yol."),
        ("ca", "El pont va ser construït pels que vivien als dos costats del riu, i encara és en ús amb els seus."),
        ("vi", "Cây cầu được xây bởi những người sống ở hai bên bờ sông, và cho đến nay nó vẫn được sử dụng."),
        ("id", "Jembatan itu dibangun oleh mereka yang tinggal di kedua sisi sungai, dan masih dapat digunakan."),
        ("ru", "Мост был построен теми, кто жил на обоих берегах реки, и он ещё не закрыт, так как это дорога."),
        ("uk", "Міст був побудований тими, хто жив на обох берегах річки, і він ще не закритий, тому що це шлях."),
        ("bg", "Мостът е построен от тези, които са живели на двата бряга на реката, и той все още се използва."),
        ("el", "Η γέφυρα χτίστηκε από εκείνους που ζούσαν και στις δύο πλευρές του ποταμού, και είναι σε χρήση."),
        ("ar", "بنى الجسر من كان يعيش على ضفتي النهر من هذا الجانب أو ذلك، وقد كان في ما مضى هو الطريق إلى المدينة"),
        ("fa", "این پل را کسانی که در دو سوی رود بودند برای خود ساخته اند و آن را تا به حال با دقت نگه داشته است"),
        ("he", "הגשר נבנה בידי מי שגרו משני צדי הנהר"),
        ("hi", "यह पुल उन लोगों ने बनाया था जो नदी के दोनों ओर रहते थे और यह आज भी काम में है।"),
        ("th", "สะพานนี้สร้างโดยผู้ที่อาศัยอยู่สองฝั่งแม่น้ำ"),
        ("zh", "这座桥是住在河两岸的人建造的"),
        ("ja", "この橋は川の両岸に住む人々が造った"),
        ("ko", "이 다리는 강 양쪽에 살던 사람들이 지었다"),
    ],
)
def test_one_sentence_tells_its_language(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12.5 %",
        "Ca' Foscari",
        "Garcia, M. de la Cruz, and P. de Vries",
        "p < 0.05",
        "TCP/IP",
        "α + β = γ",
        "Monte Carlo",
    ],
)
def test_names_and_scraps_are_undecided(text: str) -> None:
    assert detect_language(text) == ""


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, "en-GB", "en-GB"),
        (GERMAN, "de-CH", "de-CH"),
        (GERMAN, "en-US", "de"),
        (FRENCH, "", "fr"),
        (FRENCH, "x; not a tag", "fr"),
        # A language without a word list can only be declared; one with a list would have been found.
        ("Okwu ndị a bụ n'asụsụ ọzọ", "ig", "ig"),
        ("1 2 3", "en-US", ""),
    ],
)
def test_the_file_s_own_word_counts_when_the_text_agrees(text: str, declared: str, language: str) -> None:
    assert choose_main_language([text], declared) == language


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def thesis(*sections: Section) -> Document:
    return Document(Metadata(), (), sections)


def chapter(*texts: str) -> Section:
    return Section("chapter", "", (Text("Bridges"),), tuple(paragraph(text) for text in texts))


def test_a_foreword_in_another_language_is_marked_once() -> None:
    foreword = Section("preface", "", (Text("前言"),), (paragraph("本文研究桥梁的历史。"), paragraph("感谢我的老师。")))
    document = mark_languages(Document(Metadata(), (foreword,), (chapter(ENGLISH, ENGLISH),)))
    assert document.metadata.language == "en"
    assert document.front_matter[0].language == "zh"
    assert [block.language for block in document.front_matter[0].blocks if isinstance(block, Paragraph)] == ["", ""]
    assert document.front_matter[0].title == (Text("前言"),)
    assert document.body[0].language == ""


def test_paragraphs_and_quotations_in_another_language() -> None:
    quotation = BlockQuote((paragraph(FRENCH),))
    section = Section("chapter", "", (), (paragraph(ENGLISH), paragraph(GERMAN), quotation, paragraph(ENGLISH)))
    marked = mark_languages(thesis(section, chapter(ENGLISH, ENGLISH))).body[0]
    assert [getattr(block, "language", None) for block in marked.blocks] == ["", "de", "fr", ""]
    assert marked.blocks[2] == BlockQuote((paragraph(FRENCH),), "fr")


def mark_line(text: str, *, beside: str = "") -> tuple[Inline, ...]:
    """The inlines of `text` in an English chapter that also has a paragraph `beside`."""
    block = mark_languages(thesis(chapter(f"{ENGLISH} {text}", ENGLISH, beside))).body[0].blocks[0]
    assert isinstance(block, Paragraph)
    return block.content


def test_chinese_words_within_a_sentence() -> None:
    assert mark_line("The hukou (户口, “户籍制度”) decides.") == (
        Text(f"{ENGLISH} The hukou ("),
        Foreign("zh", (Text("户口"),)),
        Text(", “"),
        Foreign("zh", (Text("户籍制度"),)),
        Text("”) decides."),
    )


def test_chinese_signs_around_a_name_belong_to_it() -> None:
    assert mark_line("See 《红楼梦》, 第一回.")[1:] == (
        Foreign("zh", (Text("《红楼梦》"),)),
        Text(", "),
        Foreign("zh", (Text("第一回"),)),
        Text("."),
    )


def test_where_kana_is_used_chinese_characters_alone_stay_undecided() -> None:
    assert mark_line("A bridge is 橋.", beside="In Japan it is はし.") == (Text(f"{ENGLISH} A bridge is 橋."),)
    assert Foreign("ja", (Text("はし"),)) in mark_line("It is はし.")
    assert Foreign("ko", (Text("다리"),)) in mark_line("It is 다리.")


def test_a_note_in_another_language() -> None:
    note = Note("note-1", "1", (paragraph(GERMAN),))
    document = thesis(Section("chapter", "", (), (Paragraph((Text(ENGLISH), note)), paragraph(ENGLISH))))
    block = mark_languages(document).body[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert block.language == ""
    assert block.content[1] == Note("note-1", "1", (Paragraph((Text(GERMAN),), "de"),))


def test_references_keep_the_language_of_the_thesis() -> None:
    works = (BibliographyEntry((Text(f"Meier, H.: {GERMAN}"),)), paragraph(f"Meier, H.: {GERMAN}"))
    references = Section("bibliography", "", (Text("References"),), (*works, *works, *(paragraph(ENGLISH),) * 9))
    document = thesis(chapter(ENGLISH, ENGLISH), references)
    assert mark_languages(document).body[1] == references


def test_the_user_s_word_holds_whatever_the_text_looks_like() -> None:
    document = mark_languages(thesis(chapter(ENGLISH, ENGLISH)), "cy", certain=True)
    assert document.metadata.language == "cy"
    assert document.body[0].language == "en"


def test_an_abstract_without_a_language_is_in_the_main_one() -> None:
    metadata = Metadata(abstracts=(Abstract("", "Bridges."), Abstract("de", "Brücken.")))
    document = mark_languages(Document(metadata, (), (chapter(ENGLISH),)))
    assert document.metadata.abstracts == (Abstract("en", "Bridges."), Abstract("de", "Brücken."))


def test_the_front_matter_tells_the_language_where_the_body_cannot() -> None:
    preface = Section("preface", "", (Text("Preface"),), (Paragraph((Text(ENGLISH),)),))
    chapter = Section("chapter", "1", (Text("Figures"),), (Paragraph((Text("A = B"),)),))
    assert mark_languages(Document(Metadata(), (preface,), (chapter,))).metadata.language == "en"


def test_a_document_without_text_stays_as_it_is() -> None:
    assert mark_languages(Document(Metadata())) == Document(Metadata())


def test_a_sign_of_east_asia_weighs_more_than_a_letter() -> None:
    assert detect_language("이 장치는 Raspberry Pi 와 Arduino 로 강의 수위를 매일 재고 기록한다.") == "ko"
    assert detect_language("本文用 Raspberry Pi 每天测量河水的高度。") == "zh"
    assert detect_language("The gauge stood (수위계) below the bridge of the town, and it was read every day.") == "en"
