"""What the first pages tell about a thesis.

`title_page_cases` holds title pages of many countries in the notation of `title_pages`, each with what
a library's catalogue would say of it after a line of hyphens.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.title_pages import make_layout, make_typography
from thesis_convert.document import Abstract, Identifier, Metadata, Paragraph, Section, Text
from thesis_convert.loader.structure.divisions import Division
from thesis_convert.loader.structure.front_pages import find_front_pages
from thesis_convert.loader.structure.metadata import read_metadata

CASES = sorted(Path(__file__).with_name("title_page_cases").glob("*.txt"))
NOTHING = Division((), (), ())


def read(*pages: str, division: Division = NOTHING, furniture: str = "", **properties: tuple[str, ...]) -> Metadata:
    """The metadata of a thesis that begins with `pages` in the notation."""
    layouts = [make_layout(page, number, "" if number else furniture) for number, page in enumerate(pages)]
    front = find_front_pages(layouts, make_typography(len(pages)), [], frozenset())
    return read_metadata(front, layouts, properties, division)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_a_title_page_without_properties(case: Path) -> None:
    notation, _, facts = case.read_text("utf-8").partition("---\n")
    metadata = read(notation)
    wanted = dict(line.split(": ", 1) for line in facts.splitlines())
    found = {name: getattr(metadata, name) for name in wanted}
    assert {name: "; ".join(v) if isinstance(v, tuple) else v for name, v in found.items()} == wanted


TITLE_PAGE = """
    14 University of Eastmoor
    12 Faculty of Letters

    22b THE WEAVERS OF EASTMOOR
    14 A STREET AND ITS LOOMS

    12 MARY-ANN O'NEILL
    12 2014
"""


def test_a_property_gives_the_spelling_where_the_page_has_capitals_alone() -> None:
    assert read(TITLE_PAGE, title=("The Weavers of Eastmoor",)).title == "The Weavers of Eastmoor"
    whole = read(TITLE_PAGE, title=("The Weavers of Eastmoor: A Street and its Looms",))
    assert (whole.title, whole.subtitle) == ("The Weavers of Eastmoor: A Street and its Looms", "")
    assert read(TITLE_PAGE).authors == ("Mary-Ann O'Neill",)


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - thesis_final2.docx",
        "Untitled",
        "thesis.tex",
        "University of Eastmoor",
        "Dissertation Template",
        "LaTeX Thesis",
        "The Weavers of Westmoor",
        "",
        "...",
    ],
)
def test_a_property_that_is_no_title_is_not_believed(title: str) -> None:
    assert read(TITLE_PAGE, title=(title,)).title == "THE WEAVERS OF EASTMOOR"


def test_the_title_in_the_script_of_the_text_comes_before_its_translation() -> None:
    page = """
        24b 博士学位论文

        22 古镇水网的变迁与保护
        22b CHANGE AND PROTECTION OF WATERWAYS
        22b IN OLD TOWNS

        18b 林青川

        18b 江南大学
        18b 2020 年 6 月
    """
    text = "\n".join(["11< 古镇的水网经历了多次变迁，今天的居民仍然依靠它生活，这里的桥和码头也都保存下来。"] * 20)
    metadata = read(page, text)
    assert (metadata.title, metadata.authors) == ("古镇水网的变迁与保护", ("林青川",))


def test_a_creator_who_is_not_printed_is_not_believed() -> None:
    page = "22b The Weavers of Eastmoor\n\n12 2014"
    assert read(page, creator=("Admin",)).authors == ()
    assert read(page, creator=("Jane Smith",)).authors == ()
    text = "\n".join(
        ["11< I, Jane Smith, wrote this thesis in the winter of the year and signed it with my own hand"] * 12
    )
    assert read(page, text, creator=("Jane Smith",)).authors == ("Jane Smith",)


def test_the_file_s_author_is_found_on_the_page_among_other_names() -> None:
    page = """
        22b The Weavers of Eastmoor

        12 Northern Paper Series
        12 Jane Smith
    """
    assert read(page, creator=("Jane Smith",)).authors == ("Jane Smith",)


def test_the_author_in_the_running_foot_of_the_title_page() -> None:
    assert read("30b The Weavers\n30b of Eastmoor", furniture="9 Lena Hartmann || The Weavers || 1").authors == (
        "Lena Hartmann",
    )


def test_the_pages_after_the_title_page_tell_what_it_does_not() -> None:
    jury = """
        14b The Weavers of Eastmoor
        12< Candidate: Jane Smith
        12< Supervisor: Dr. Paul Ashdown
        12< Examiner: Prof. Rita Moss
    """
    imprint = """
        10< © 2014 Jane Smith
        10< This work is licensed under a Creative Commons licence:
        10< https://creativecommons.org/licenses/by-sa/4.0/
        10< ISBN 978-3-16-148410-0
        10< https://doi.org/10.5072/weavers.2014
        10< URN: urn:nbn:xx:eastmoor-4711.
    """
    metadata = read(TITLE_PAGE, jury, imprint)
    assert metadata.title == "THE WEAVERS OF EASTMOOR"
    assert metadata.supervisors == ("Paul Ashdown",)
    assert metadata.examiners == ("Rita Moss",)
    assert metadata.rights == "© 2014 Jane Smith; CC BY-SA 4.0"
    assert metadata.identifiers == (
        Identifier("isbn", "9783161484100"),
        Identifier("doi", "10.5072/weavers.2014"),
        Identifier("urn", "urn:nbn:xx:eastmoor-4711"),
    )


def test_an_isbn_with_a_wrong_check_digit_is_none() -> None:
    assert read(TITLE_PAGE, "10< © 2014 Jane Smith\n10< ISBN 978-3-16-148410-1").identifiers == ()


def test_a_thesis_without_a_title_page() -> None:
    text = "\n".join(
        ["11< The street was narrow and the looms stood at the windows of the upper rooms, where there was light"] * 8
    )
    page = f"18b Weavers and their Windows\n12 Jane Smith\n\n{text}"
    metadata = read(page)
    assert metadata.title == "Weavers and their Windows"
    assert metadata.authors == ("Jane Smith",)


def test_where_the_page_tells_nothing_nothing_is_said() -> None:
    metadata = read("24b Dust and Light")
    assert metadata == Metadata(title="Dust and Light")
    assert read("") == Metadata()


def abstract(*paragraphs: str) -> Section:
    return Section("abstract", "", (Text("Abstract"),), tuple(Paragraph((Text(text),)) for text in paragraphs))


def test_abstracts_by_language_and_the_keywords_of_the_main_one() -> None:
    german = "Die Arbeit zeigt, wie die Weber in der Straße wohnten und wie sie mit dem Garn, das sie hatten, auskamen."
    english = "This thesis shows how the weavers of the street lived and how they got by with the yarn that they had."
    division = Division(
        (abstract(german, "Schlagwörter: Weber, Garn"), abstract(english, english, "Keywords — weaving; yarn; light.")),
        (),
        (),
    )
    running = "\n".join(f"11< {english}" for _ in range(10))
    metadata = read(TITLE_PAGE, running, running, division=division)
    assert metadata.abstracts == (Abstract("en", f"{english}\n\n{english}"), Abstract("de", german))
    assert metadata.keywords == ("weaving", "yarn", "light")
    assert read(TITLE_PAGE, keywords=("wool", "street")).keywords == ("wool", "street")
