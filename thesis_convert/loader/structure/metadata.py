"""Puts together what the first pages and the file itself say about the thesis.

In: the front pages, the file's properties, and the divided thesis. Out: `Metadata`. A property is
believed when its words stand on the first pages: programs fill them with file names, templates and
the titles of earlier works. What nothing tells stays empty, but for the title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from thesis_convert.document import Metadata
from thesis_convert.loader.structure.abstracts import read_abstracts
from thesis_convert.loader.structure.divisions import Division
from thesis_convert.loader.structure.folding import fold_title, split_words
from thesis_convert.loader.structure.front_pages import FrontPages
from thesis_convert.loader.structure.identifiers import find_identifiers, find_rights
from thesis_convert.loader.structure.languages import detect_language
from thesis_convert.loader.structure.names import is_name, read_people
from thesis_convert.loader.structure.phrases import find_level
from thesis_convert.loader.structure.title_clues import Clues, gather_clues
from thesis_convert.loader.structure.title_lines import cut_line
from thesis_convert.loader.structure.title_page import TitlePage, read_title_page
from thesis_convert.loader.structure.title_people import mentions
from thesis_convert.loader.structure.title_roles import read_role
from thesis_convert.page import PageLayout

FIRST_PAGES = 6
"""Pages whose words bear out a property."""
MIN_TITLE = 4
"""Letters of a title that a property can give."""
MAX_TITLE = 400
SAMPLE = 4_000
"""Characters from the middle of the thesis that tell its language."""

_NO_TITLE = re.compile(
    r"^(microsoft (word|powerpoint)\b|untitled|document\d*$|unbenannt|sans titre|title$|titel$)", re.I
)
_OWNER = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d\s*,?\s*)?(?:by\s+)?([^\d]{5,60})", re.I)
_FILE_NAME = re.compile(r"\.(docx?|odt|rtf|tex|dvi|pdf|indd|pages|md)$", re.I)

Properties = Mapping[str, Sequence[str]]


def read_metadata(
    front: FrontPages, layouts: Sequence[PageLayout], properties: Properties, division: Division
) -> Metadata:
    """The metadata of a thesis; its language is told by `mark_languages` later."""
    printed = _list_first_words(layouts)
    known_title = _believe_title(properties, printed)
    known_authors = _believe_authors(properties, printed)
    clues = gather_clues(layouts, front.others, known_title, known_authors)
    page = read_title_page(front.title, clues)
    page = _fill_gaps(page, [read_title_page(lines, Clues()) for lines in front.others])
    title, subtitle = _settle_title(page, known_title)
    if "title-page" not in front.kinds.values() and not known_title:
        # The title page is a picture, or there is none: then even a title that is printed nowhere is likelier.
        title = next(filter(_is_title, properties.get("title", ())), title)
    language = _guess_language(layouts)
    abstracts, keywords = read_abstracts(division, language)
    texts = [line.text for lines in (front.title, *front.others) for line in lines]
    return Metadata(
        title=title[:MAX_TITLE],
        subtitle=subtitle[:MAX_TITLE],
        authors=page.authors
        or _choose_authors(page.guessed_authors, _find_owners(texts), known_authors, front, layouts),
        institution=page.institution,
        department=page.department,
        degree=page.degree,
        level=_read_level((page.degree, " ".join(page.statements), " ".join(page.courses)), language),
        supervisors=page.supervisors,
        examiners=tuple(name for name in page.examiners if name not in page.supervisors),
        student_number=page.student_number,
        place=page.place,
        date=page.date.value if page.date else "",
        keywords=keywords or tuple(properties.get("keywords", ())),
        abstracts=abstracts,
        rights=find_rights([*texts, *_join_pages(front)]) or next(iter(properties.get("rights", ())), ""),
        identifiers=find_identifiers((*texts, *properties.get("identifier", ()))),
    )


def _list_first_words(layouts: Sequence[PageLayout]) -> str:
    """The letters of the first pages, running heads included."""
    pages = [layout for layout in layouts if layout.text][:FIRST_PAGES]
    return fold_title(" ".join(line.text for layout in pages for line in (*layout.text, *layout.furniture)))


def _believe_title(properties: Properties, printed: str) -> str:
    """The title that the file gives, "" when it is not printed or is none."""
    for title in properties.get("title", ()):
        if _is_title(title) and fold_title(title) in printed:
            return re.sub(r"\s+", " ", title).strip()
    return ""


def _is_title(text: str) -> bool:
    """Whether a property's text can be a title at all."""
    text = text.strip()
    if len(fold_title(text)) < MIN_TITLE or _NO_TITLE.search(text) or _FILE_NAME.search(text):
        return False
    return not read_role(text).name


def _believe_authors(properties: Properties, printed: str) -> tuple[str, ...]:
    """The authors that the file gives, as far as their names are printed."""
    found: list[str] = []
    for creator in properties.get("creator", ()):
        names = read_people(creator)
        if names and all(is_name(name) and mentions(name, printed) for name in names):
            found += names
    return tuple(dict.fromkeys(found))


def _settle_title(page: TitlePage, known: str) -> tuple[str, str]:
    """Title and subtitle: as printed, but in the file's spelling where the page has capitals alone."""
    if not known:
        return page.title, page.subtitle
    title, whole, wanted = fold_title(page.title), fold_title(page.title + page.subtitle), fold_title(known)
    if not title or not (wanted in whole or wanted.startswith(title)):
        return known, ""
    capitals = page.title.isupper() and not known.isupper()
    if wanted == whole and capitals:
        return known, ""
    if wanted == title:
        spaced = page.title.count(" ") > known.count(" ")
        return known if capitals or spaced else page.title, page.subtitle
    return page.title, page.subtitle


def _fill_gaps(page: TitlePage, others: Sequence[TitlePage]) -> TitlePage:
    """The first page's facts, with those of the pages after it where it is silent; names only with a label."""
    for other in others:
        page = replace(
            page,
            authors=page.authors or (() if page.guessed_authors else other.authors),
            supervisors=page.supervisors or other.supervisors,
            examiners=page.examiners or other.examiners,
            student_number=page.student_number or other.student_number,
            institution=page.institution or other.institution,
            department=page.department or other.department,
            degree=page.degree or other.degree,
            date=page.date or other.date,
            statements=page.statements or other.statements,
        )
    return page


def _guess_language(layouts: Sequence[PageLayout]) -> str:
    """The language of the text in the middle of the thesis."""
    middle = layouts[len(layouts) // 3 :]
    text = ""
    for layout in middle:
        text += " ".join(line.text for line in layout.text) + " "
        if len(text) > SAMPLE:
            break
    return detect_language(text[:SAMPLE])


def _read_level(texts: Sequence[str], language: str) -> str:
    """The level that the first of some texts tells."""
    levels = (find_level(split_words(text), language) for text in texts if text)
    return next(filter(None, levels), "")


def _choose_authors(
    guessed: Sequence[str],
    owners: Sequence[str],
    known: Sequence[str],
    front: FrontPages,
    layouts: Sequence[PageLayout],
) -> tuple[str, ...]:
    """The authors where no label tells: a name by the title unless another holds the copyright."""
    borne_out = not owners or any(mentions(name, " ".join(owners)) for name in guessed)
    chosen = guessed if guessed and borne_out else owners or known
    if chosen or not front.title:
        return tuple(chosen)
    lines = layouts[front.title[0].page].furniture
    found = (read_people(part.text, labelled=False) for line in lines for part in cut_line(line))
    return next(filter(None, found), ())


def _find_owners(texts: Sequence[str]) -> tuple[str, ...]:
    """The names after a copyright sign."""
    matches = (_OWNER.search(text) for text in texts)
    found = (read_people(match[1], labelled=False) for match in matches if match)
    return next(filter(None, found), ())


def _join_pages(front: FrontPages) -> list[str]:
    """The text of each page in one: web addresses run over line ends."""
    return ["".join(line.text for line in lines) for lines in (front.title, *front.others)]
