"""What kind of section a title begins, and where the front matter ends and the back matter begins.

A thesis's top headings are written one a line: `[1] Methods` has the number 1, `Methods` has none.
"""

from __future__ import annotations

import re

import pytest

from thesis_convert.document import Section, SectionKind, Text
from thesis_convert.loader.structure.divisions import (
    divide_sections,
    is_contents_title,
    is_list_title,
    section_kind,
    settle_kind,
)
from thesis_convert.loader.structure.numbering import read_number


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Abstract", "abstract"),
        ("A B S T R A C T", "abstract"),
        ("RÉSUMÉ", "abstract"),
        ("RESUME", "abstract"),
        ("Summary in English", "abstract"),
        ("摘 要", "abstract"),
        ("ÖZET", "abstract"),
        ("چکیده", "abstract"),
        ("Acknowledgements", "acknowledgments"),
        ("ACKNOWLEDGMENTS:", "acknowledgments"),
        ("Danksagung", "acknowledgments"),
        ("謝 辞", "acknowledgments"),
        ("Ringraziamenti", "acknowledgments"),
        ("Eidesstattliche Erklärung", "declaration"),
        ("Declaration of Authorship", "declaration"),
        ("Prohlášení", "declaration"),
        ("Avant-propos", "preface"),
        ("پیش‌گفتار", "preface"),
        ("پيشگفتار", "preface"),
        ("Table des matières", "contents"),
        ("İÇİNDEKİLER", "contents"),
        ("目　录", "contents"),
        ("List of Figures", "list-of-figures"),
        ("Spis rysunków", "list-of-figures"),
        ("Índice de tablas", "list-of-tables"),
        ("Quellcodeverzeichnis", "list-of-listings"),
        ("List of Abbreviations and Symbols", "abbreviations"),
        ("Seznam použitých zkratek", "abbreviations"),
        ("Introducción", "introduction"),
        ("ВВЕДЕНИЕ", "introduction"),
        ("Conclusions and Future Work", "conclusion"),
        ("Considerações finais", "conclusion"),
        ("Fazit und Ausblick", "conclusion"),
        ("Selected Bibliography", "bibliography"),
        ("Список использованных источников", "bibliography"),
        ("منابع و مآخذ", "bibliography"),
        ("參考文獻", "bibliography"),
        ("Anhänge", "appendix"),
        ("Lebenslauf", "curriculum-vitae"),
        ("Tài liệu tham khảo", "bibliography"),
        ("Tiivistelmä", "abstract"),
        ("บทคัดย่อ", "abstract"),
    ],
)
def test_a_title_tells_its_kind_however_it_is_printed(title: str, kind: SectionKind) -> None:
    assert section_kind(title) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Abstract Interpretation",
        "Abstract interpretation of concurrent programs",
        "Introduction to the Theory of Finite Automata and Languages",
        "Sources of Noise",
        "Indexing the Archive",
        "Literatur und Politik",
        "The Conclusion of Peace",
        "Notation and Preliminaries",
        "Résumé des chapitres précédents et suivants de la thèse",
        "",
        "...",
    ],
)
def test_a_word_within_a_title_tells_nothing(title: str) -> None:
    assert section_kind(title) is None


@pytest.mark.parametrize(
    ("heading", "parent", "kind"),
    [
        ("Chapter 1: Introduction", None, "introduction"),
        ("1 Introduction", None, "introduction"),
        ("1 Introduction", "part", "introduction"),
        ("2.1 Introduction", "chapter", "section"),
        ("Introduction", "chapter", "section"),
        ("3.9 Summary", "chapter", "section"),
        ("Summary", None, "abstract"),
        ("4 Sources", None, "chapter"),
        ("Sources", "chapter", "section"),
        ("References", "chapter", "bibliography"),
        ("5.8 References", "chapter", "bibliography"),
        ("Abstract", "chapter", "abstract"),
        ("Appendix B: Questionnaire", None, "appendix"),
        ("Questionnaire", "appendix", "appendix"),
        ("A.1 Questionnaire", "appendix", "section"),
        ("Teil II", None, "part"),
        ("Kapitel 3 Methoden", None, "chapter"),
        ("Methoden", "part", "chapter"),
        ("II Abbildungsverzeichnis", None, "list-of-figures"),
        ("7 Literaturverzeichnis", None, "bibliography"),
    ],
)
def test_number_and_place_decide_what_a_title_means(
    heading: str, parent: SectionKind | None, kind: SectionKind
) -> None:
    number = read_number(heading)
    assert settle_kind(number.title if number and number.title else heading, number, parent) == kind


def test_titles_of_contents_and_lists() -> None:
    assert is_contents_title("Inhaltsverzeichnis")
    assert is_contents_title("INDEX")
    assert not is_contents_title("Contents of the jars")
    assert is_list_title("Liste des tableaux")
    assert is_list_title("List of Appendices")
    assert not is_list_title("Tables and chairs")


def divide(text: str) -> str:
    """The kinds of the sections in `text`, with "|" where the body begins and where it ends."""
    sections = []
    for line in text.strip().splitlines():
        match = re.fullmatch(r"\s*(?:\[(.*?)\] *)?(.*)", line)
        assert match is not None
        label, title = match[1] or "", match[2]
        kind = settle_kind(title, read_number(f"{label} {title}") if label else None, None)
        sections.append(Section(kind, label, (Text(title),)))
    division = divide_sections(sections)
    parts = (division.front_matter, division.body, division.back_matter)
    return " | ".join(" ".join(section.kind for section in part) for part in parts)


def test_a_numbered_thesis() -> None:
    text = """
        Task
        Abstract
        Acknowledgements
        [1] Introduction
        [2] Methods
        [3] Summary
        References
        List of Figures
        [A] Questionnaire
        [B] Code
        Declaration of Authorship
    """
    assert divide(text) == (
        "other abstract acknowledgments | introduction chapter conclusion | "
        "bibliography list-of-figures appendix appendix declaration"
    )


def test_a_thesis_without_numbers() -> None:
    text = """
        Resumen
        Introducción
        El río
        La ciudad
        Conclusiones
        Bibliografía
        Anexos
        Entrevistas
        Fotografías
    """
    assert divide(text) == (
        "abstract | introduction chapter chapter conclusion | bibliography appendix appendix appendix"
    )


def test_a_thesis_without_numbers_and_without_an_introduction() -> None:
    text = """
        Note on transliteration
        Acknowledgments
        The river
        The city
        The sea
        Interviews
        Bibliography
        Curriculum Vitae
    """
    assert divide(text) == ("other acknowledgments | chapter chapter chapter chapter | bibliography curriculum-vitae")


def test_references_after_every_chapter_stay_in_the_body() -> None:
    text = """
        The river
        References
        The city
        References
        The sea
        References
    """
    assert divide(text) == " | chapter bibliography chapter bibliography chapter | bibliography"


def test_a_glossary_before_the_body_is_front_matter_and_an_abstract_after_it_back_matter() -> None:
    text = """
        Glossaire
        [Chapitre 1] Le canon
        [Chapitre 2] Le corpus
        Résumé
    """
    assert divide(text) == "glossary | chapter chapter | abstract"


def test_parts_and_roman_front_matter() -> None:
    text = """
        [I] Inhaltsverzeichnis
        [II] Abbildungsverzeichnis
        [1] Einleitung
        [Teil I] Grundlagen
        [Teil II] Ergebnisse
        [III] Literaturverzeichnis
    """
    assert divide(text) == "contents list-of-figures | introduction part part | bibliography"


def test_nothing_at_all() -> None:
    assert divide_sections([]).body == ()
