"""From a PDF to a `Document`: the stages, read from the top down.

In: a path and `LoadOptions`. Out: the `Document`. Raises the errors of `thesis_convert.errors`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from thesis_convert.diagnostics import Code, Diagnostic, Report, ignore
from thesis_convert.document import Document, Metadata, Source
from thesis_convert.errors import EncryptedError, InputError, NoTextError
from thesis_convert.loader.layout import lay_out
from thesis_convert.loader.pdf.catalogue import read_catalogue
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.pictures import PictureShelf, show_nothing
from thesis_convert.loader.structure.language_marks import mark_languages
from thesis_convert.loader.structure.steps import recognise
from thesis_convert.page import Catalogue, Page
from thesis_convert.page_ranges import parse_pages


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What to read. `pages` is a range such as "1-20,30-"; "" is all. The others override the PDF."""

    pages: str = ""
    password: str = ""
    pictures: bool = True
    cover: bool = True
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def load_document(path: Path, options: LoadOptions | None = None, report: Report = ignore) -> Document:
    """The thesis in the PDF at `path`."""
    options = options or LoadOptions()
    data = _read_file(path)
    try:
        with InkFile(data, options.password) as ink:
            catalogue = read_catalogue(data, options.password, report)
            pages = _read_pages(ink, catalogue, _choose_pages(ink, catalogue, options), report)
            catalogue = _renumber(catalogue, pages)
            if not any(page.words for page in pages):
                raise NoTextError(
                    f"{path.name}: no page has text; it is a scan",
                    f"make its text readable first: ocrmypdf {path.name} output.pdf",
                )
            layouts, typography = lay_out(pages, catalogue.labels)
            shelf = PictureShelf(ink, [layout.page for layout in layouts], report)
            show = shelf.show if options.pictures else show_nothing
            metadata, division = recognise(layouts, typography, catalogue, show, report)
            cover = shelf.show_cover() if options.cover else ""
            media = shelf.close()
    except EncryptedError as error:
        raise EncryptedError(f"{path.name}: {error}", "give the password in a file: --password-file FILE") from error
    except InputError as error:
        raise InputError(
            f"{path.name}: {error}", error.advice or "open it in a PDF viewer to see whether it is whole"
        ) from error
    document = Document(
        _override(metadata, options),
        division.front_matter,
        division.body,
        division.back_matter,
        media,
        cover,
        Source(path.name, hashlib.sha256(data).hexdigest(), len(pages)),
    )
    return mark_languages(document, options.language or catalogue.language, certain=bool(options.language))


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", "check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder, not a PDF", "name the PDF file inside it") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "check the permissions of the file") from None


def _choose_pages(ink: InkFile, catalogue: Catalogue, options: LoadOptions) -> Sequence[int]:
    """The places in the PDF, from 0, of the pages to convert. Raises `InputError` when it has none at all."""
    if not ink.page_count:
        raise InputError("it has no pages")
    if not options.pages:
        return range(ink.page_count)
    return parse_pages(options.pages, catalogue.labels, ink.page_count)


def _read_pages(ink: InkFile, catalogue: Catalogue, chosen: Sequence[int], report: Report) -> list[Page]:
    pages: list[Page] = []
    for place in chosen:
        page = ink.read_page(place)
        if page is None:
            report(Diagnostic(Code.DAMAGED_PAGE, "the page cannot be read and is left out", place + 1))
            continue
        label = catalogue.labels[place] if place < len(catalogue.labels) else ""
        pages.append(replace(page, index=len(pages), label=label, links=catalogue.links.get(place, ())))
    return ink.joiners.settle(pages)


def _renumber(catalogue: Catalogue, pages: Sequence[Page]) -> Catalogue:
    """The catalogue with places among `pages` for places in the PDF; what leads elsewhere leads nowhere."""
    place = {page.number - 1: page.index for page in pages}
    if all(old == new for old, new in place.items()):
        return catalogue
    return replace(
        catalogue,
        bookmarks=tuple(b._replace(page=place[b.page]) for b in catalogue.bookmarks if b.page in place),
        destinations=tuple(d._replace(page=place[d.page]) for d in catalogue.destinations if d.page in place),
        labels=tuple(page.label for page in pages) if catalogue.labels else (),
    )


def _override(metadata: Metadata, options: LoadOptions) -> Metadata:
    return replace(
        metadata,
        title=options.title or metadata.title,
        authors=options.authors or metadata.authors,
    )
