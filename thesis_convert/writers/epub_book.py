"""What is in a book: in comes the document, out come all its files and what is said about them.

The stages: render all sections, divide them into files, add the pages that the tree only implies,
make links real, list what was found. Everything is strings, since building trees of elements
would cost several times as much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from thesis_convert.diagnostics import Code
from thesis_convert.document import Document, Media
from thesis_convert.version import __version__
from thesis_convert.writers import WriteContext
from thesis_convert.writers.epub_files import Piece, divide_fragments
from thesis_convert.writers.epub_metadata import Content, Item, describe_access, describe_book
from thesis_convert.writers.epub_navigation import Entry, Landmark, list_contents, render_navigation
from thesis_convert.writers.epub_package import XHTML, File, Package, make_uid
from thesis_convert.writers.words import Words, find_words
from thesis_convert.writers.xhtml import Fragment, make_rendering, render_section, wrap_page
from thesis_convert.writers.xhtml_inlines import PICTURE_TYPES
from thesis_convert.writers.xhtml_pages import (
    choose_language,
    make_title,
    render_colophon,
    render_cover,
    render_title_page,
)
from thesis_convert.writers.xhtml_rendering import Rendering, resolve_marks

STYLESHEET = "book.css"
NAVIGATION, COVER, TITLE_PAGE, COLOPHON = "nav.xhtml", "cover.xhtml", "title-page.xhtml", "colophon.xhtml"
# What readers are led to beside the beginning, where a thesis has it.
LANDMARKS = ("endnotes", "bibliography", "glossary", "index")
# As many bytes stand around the text of a file.
WRAPPING = 600
# What is said of a book whose language is not known.
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Book:
    """The pages of a book before they become files; `pieces` are in reading order."""

    title: str
    language: str
    words: Words
    fragments: Sequence[Fragment]
    pieces: Sequence[Piece]
    cover: Media | None


def make_package(document: Document, context: WriteContext, *, limit: int = 300_000) -> Package:
    """Everything that the EPUB of `document` holds; files of more than `limit` bytes are divided."""
    language = choose_language(document)
    r = make_rendering(document.media, _locate_picture, language, context.report)
    book = _make_book(document, r, context, limit)
    files = [_read_stylesheet(), *_make_pages(book, r), *_make_pictures(book, r)]
    languages = [fragment.language for fragment in book.fragments if fragment.language]
    content = Content(
        pages=bool(r.pages),
        formulas=any("mathml" in file.properties for file in files),
        cover=book.cover is not None,
        described_pictures=r.described_pictures,
        undescribed_pictures=r.undescribed_pictures,
    )
    items = [
        *describe_book(document, book.title, list(dict.fromkeys([language or UNKNOWN_LANGUAGE, *languages]))),
        *describe_access(document, content),
    ]
    package = Package(
        title=book.title,
        language=language or UNKNOWN_LANGUAGE,
        items=list(_clean_items(items, r)),
        files=files,
        contents=_list_contents(book),
        modified=context.timestamp,
        legacy_metadata=_describe_for_old_readers(book),
    )
    if r.removed_characters:
        r.tell(Code.CHARACTERS_REPLACED, f"{r.removed_characters} characters that XML cannot hold were left out")
    return package


def _make_book(document: Document, r: Rendering, context: WriteContext, limit: int) -> Book:
    title = make_title(document, context.stem, r)
    words = find_words(r.language)
    picture = next((media for media in document.media if media.name == document.cover), None)
    if picture is not None and picture.media_type not in PICTURE_TYPES:
        picture = None
    groups = {
        "frontmatter": [render_section(section, r) for section in document.front_matter],
        "bodymatter": [render_section(section, r) for section in document.body],
        "backmatter": [render_section(section, r) for section in document.back_matter],
    }
    pieces = []
    if picture is not None:
        markup = render_cover(_locate_picture(picture), document, title, words, r)
        pieces.append(Piece(COVER, words.cover, r.language, "cover", markup))
    fragments = [fragment for group in groups.values() for fragment in group]
    if not any(fragment.kind == "title-page" for fragment in fragments):
        pieces.append(Piece(TITLE_PAGE, title, r.language, "frontmatter", render_title_page(document, title, r)))
    counts: Counter[str] = Counter()
    for matter, group in groups.items():
        pieces += divide_fragments(group, matter, limit - WRAPPING, counts)
    pieces.append(Piece(COLOPHON, "Colophon", "en", "backmatter", render_colophon(document, r, context.warnings)))
    return Book(title, r.language, words, fragments, pieces, picture)


def _make_pages(book: Book, r: Rendering) -> Iterator[File]:
    """Navigation, then all pages in reading order."""
    places = {name: piece.name for piece in book.pieces for name in piece.ids}
    markup = resolve_marks({piece.name: piece.markup for piece in book.pieces}, places, r.entries, book.words.back)
    navigation = render_navigation(
        _list_contents(book),
        _list_landmarks(book),
        {"page-list": r.pages, "loi": r.figures, "lot": r.tables},
        places,
        book.words,
        book.language,
        STYLESHEET,
    )
    yield File(NAVIGATION, XHTML, _encode(navigation), ("nav",))
    for piece in book.pieces:
        body = markup[piece.name]
        page = wrap_page(
            piece.title or book.title,
            piece.language or book.language,
            body,
            stylesheet=STYLESHEET,
            body_type=piece.matter,
        )
        yield File(piece.name, XHTML, _encode(page), ("mathml",) if "<math" in body else (), in_spine=True)


def _list_contents(book: Book) -> list[Entry]:
    """The thesis's own contents between title page and colophon, which have no heading in it."""
    places = {name: piece.name for piece in book.pieces for name in piece.ids}
    openings = {piece.ids[0] for piece in book.pieces if piece.ids}
    title_page = next((piece for piece in book.pieces if piece.name == TITLE_PAGE), None)
    entries = [*list_contents(book.fragments, places, openings)]
    if title_page and not any(entry.address == TITLE_PAGE for entry in entries):
        entries.insert(0, Entry(book.words.title_page, TITLE_PAGE, book.words.language))
    return [*entries, Entry("Colophon", COLOPHON, "en")]


def _list_landmarks(book: Book) -> Iterator[Landmark]:
    first = {piece.matter: piece.name for piece in reversed(book.pieces)}
    if any(piece.name == TITLE_PAGE for piece in book.pieces):
        yield Landmark("titlepage", book.words.title_page, TITLE_PAGE)
    yield Landmark("bodymatter", book.words.beginning, first.get("bodymatter", book.pieces[0].name))
    homes = {name: piece.name for piece in book.pieces for name in piece.ids}
    for kind in LANDMARKS:
        for fragment in book.fragments:
            if fragment.kind == kind and fragment.title:
                yield Landmark(kind, fragment.title, homes[fragment.name], fragment.language)
                break


def _make_pictures(book: Book, r: Rendering) -> Iterator[File]:
    """The pictures that some page shows, and the cover; what nothing refers to stays out."""
    cover = book.cover.name if book.cover else ""
    shown = dict(r.used_media)
    if book.cover:
        shown[cover] = book.cover
    for name, picture in shown.items():
        properties = ("cover-image",) if name == cover else ()
        yield File(_locate_picture(picture), picture.media_type, picture.data, properties)


def _locate_picture(picture: Media) -> str:
    return f"images/{picture.name}"


def _describe_for_old_readers(book: Book) -> dict[str, str]:
    described = {"generator": f"thesis-convert {__version__}"}
    if book.cover:
        described["cover"] = make_uid(_locate_picture(book.cover))
    return described


def _clean_items(items: Iterable[Item], r: Rendering) -> Iterator[Item]:
    """What a package may say: no control characters, no line ends, nothing empty."""
    for item in items:
        if value := " ".join(r.clean(item.value).split()):
            yield replace(item, value=value)


def _read_stylesheet() -> File:
    return File(STYLESHEET, "text/css", files(__package__).joinpath(STYLESHEET).read_bytes())


def _encode(markup: str) -> bytes:
    return markup.encode("utf-8")
