"""What the package says about the book, as values for `epub_package`: catalogue data and accessibility.

Only what is known is said. A converter cannot judge whether a book is accessible, so nothing here
claims conformance; features are claimed that the markup surely has, and what is missing is counted.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from thesis_convert.document import Document, Identifier, Metadata

THESIS_TYPES = {"bachelor": "Bachelor’s thesis", "master": "Master’s thesis", "doctoral": "Doctoral thesis"}
# A date as precise as wanted. An academic year has two, and no one knows which is meant.
DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Item:
    """One statement: a Dublin Core element (`name` "dc:...") or the property of a `meta` element.

    With `id`, other items can refine it by `refines`.
    """

    name: str
    value: str
    id: str = ""
    refines: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What was found in the finished markup that the package must tell."""

    pages: bool
    formulas: bool
    cover: bool
    described_pictures: int
    undescribed_pictures: int


def make_identifier(document: Document) -> str:
    """The book's own identifier: always the same for the same PDF."""
    seed = document.source.sha256 or hashlib.sha256(repr(document.metadata).encode("utf-8", "replace")).hexdigest()
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sha256:{seed}").urn


def describe_book(document: Document, title: str, languages: list[str]) -> Iterator[Item]:
    """Catalogue data. `title` is the main title, never empty; `languages` have the main one first."""
    metadata = document.metadata
    yield Item("dc:identifier", make_identifier(document), id="book-id")
    for identifier in metadata.identifiers:
        if identifier.value.strip():
            yield Item("dc:identifier", format_identifier(identifier))
    yield Item("dc:title", _join_titles(title, metadata.subtitle.strip()))
    for language in languages:
        yield Item("dc:language", language)
    yield from _describe_people(metadata)
    if DATE.fullmatch(metadata.date):
        yield Item("dc:date", metadata.date)
    yield Item("dc:type", THESIS_TYPES.get(metadata.level, "Thesis"))
    for keyword in metadata.keywords:
        yield Item("dc:subject", keyword)
    for abstract in metadata.abstracts[:1]:
        yield Item("dc:description", abstract.text)
    if metadata.rights:
        yield Item("dc:rights", metadata.rights)
    if source := describe_source(document):
        yield Item("dc:source", source)


def _join_titles(title: str, subtitle: str) -> str:
    """One title as library catalogues give it: most programs show no other than the first."""
    if not subtitle:
        return title
    return f"{title}{' ' if title[-1] in '.:?!' else ': '}{subtitle}"


def _describe_people(metadata: Metadata) -> Iterator[Item]:
    """Roles are the codes of the Library of Congress (MARC relators)."""
    people = [("dc:creator", "author", "aut", metadata.authors)]
    people.append(("dc:contributor", "supervisor", "ths", metadata.supervisors))
    people.append(("dc:contributor", "examiner", "dgc", metadata.examiners))
    people.append(("dc:contributor", "institution", "dgg", (metadata.institution,)))
    for element, kind, role, names in people:
        for number, name in enumerate(filter(str.strip, names), 1):
            yield Item(element, name, id=f"{kind}-{number}")
            yield Item("role", role, refines=f"{kind}-{number}", scheme="marc:relators")


def format_identifier(identifier: Identifier) -> str:
    """The form in which catalogues and readers recognise it."""
    value = identifier.value.strip()
    bare = re.sub(
        r"^(doi|hdl|handle|isbn|urn:isbn):\s*|^https?://((dx\.)?doi\.org|hdl\.handle\.net)/", "", value, flags=re.I
    )
    if identifier.scheme == "doi":
        return f"https://doi.org/{bare}"
    if identifier.scheme == "handle":
        return f"https://hdl.handle.net/{bare}"
    if identifier.scheme == "isbn":
        return f"urn:isbn:{re.sub(r'[^0-9Xx]', '', bare)}"
    return value


def describe_source(document: Document) -> str:
    """The PDF in words, "" when nothing is known of it."""
    source = document.source
    if not source.name:
        return ""
    facts = [f"{source.pages} pages"] if source.pages else []
    facts += [f"SHA-256 {source.sha256}"] if source.sha256 else []
    return source.name + (f" ({', '.join(facts)})" if facts else "")


def describe_access(document: Document, content: Content) -> Iterator[Item]:
    """Accessibility, in the words of schema.org."""
    yield Item("schema:accessMode", "textual")
    if content.cover or content.described_pictures or content.undescribed_pictures:
        yield Item("schema:accessMode", "visual")
    yield Item("schema:accessModeSufficient", "textual,visual" if content.undescribed_pictures else "textual")
    yield Item("schema:accessibilityFeature", "tableOfContents")
    yield Item("schema:accessibilityFeature", "displayTransformability")
    yield Item("schema:accessibilityFeature", "unlocked")
    if content.formulas:
        yield Item("schema:accessibilityFeature", "MathML")
    if content.pages:
        yield Item("schema:accessibilityFeature", "pageBreakMarkers")
        yield Item("schema:accessibilityFeature", "pageNavigation")
        yield Item("pageBreakSource", _name_page_source(document))
    yield Item("schema:accessibilityHazard", "none")
    yield Item("schema:accessibilitySummary", _summarise(content))


def _name_page_source(document: Document) -> str:
    """What the printed page numbers belong to: its identifier where it has one that others know."""
    for scheme in ("isbn", "doi", "handle", "urn"):
        for identifier in document.metadata.identifiers:
            if identifier.scheme == scheme and identifier.value.strip():
                return format_identifier(identifier)
    return describe_source(document) or "the PDF that this book was made from"


def _summarise(content: Content) -> str:
    said = "Converted automatically from a PDF; its structure was recognised by a program and not checked by a person."
    if content.pages:
        said += " Page numbers are those printed in the PDF."
    if content.described_pictures:
        said += " Pictures are described by the text found in or with them."
    if content.undescribed_pictures == 1:
        said += " One picture has no description."
    elif content.undescribed_pictures:
        said += f" {content.undescribed_pictures} pictures have no description."
    return said
