"""Reads what a PDF says about itself, beside its ink.

In: the bytes of the file. Out: a `Catalogue`: bookmarks, named destinations, page labels, links and
properties. Each part is read for itself, so one that is damaged costs no other; all are bounded, so a
hostile file costs no more than a large one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.errors import EncryptedError
from thesis_convert.loader.pdf.destinations import Destinations
from thesis_convert.loader.pdf.links import read_links
from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.outline import read_bookmarks
from thesis_convert.loader.pdf.page_labels import read_labels
from thesis_convert.loader.pdf.page_tree import PageNode, read_pages
from thesis_convert.loader.pdf.properties import read_language, read_properties
from thesis_convert.loader.pdf.tags import read_tags
from thesis_convert.page import Bookmark, Catalogue, HeadingTags

Part = TypeVar("Part")


def read_catalogue(data: bytes, password: str, report: Report, *, with_tags: bool | None = False) -> Catalogue:
    """What the file says about itself; empty when it cannot be read, which is reported.

    The structure of a tagged file is read on request, since that takes as long as all the rest; when
    `with_tags` is None it is read from files without bookmarks.

    Raises EncryptedError, which names the reason and not the file, when the password is missing or
    wrong.
    """
    objects = _open(data, password, report)
    if objects is None:
        return Catalogue()

    def attempt(what: str, read: Callable[[], Part], otherwise: Part) -> Part:
        try:
            return read()
        except Exception:  # a part that is damaged beyond all provision
            report(Diagnostic(Code.NO_CATALOGUE, f"the {what} cannot be read and are left out"))
            return otherwise

    pages = attempt("pages of the catalogue", lambda: read_pages(objects), list[PageNode]())
    destinations = attempt("named destinations", lambda: Destinations(objects, pages), None)
    mark_info = objects.dictionary(objects.root.get("MarkInfo"))
    bookmarks: tuple[Bookmark, ...] = ()
    if destinations:
        bookmarks = attempt("bookmarks", lambda: read_bookmarks(objects, destinations), bookmarks)
    tags_wanted = not bookmarks if with_tags is None else with_tags
    return Catalogue(
        bookmarks=bookmarks,
        destinations=tuple(destinations.named.values()) if destinations else (),
        labels=attempt("page labels", lambda: read_labels(objects, len(pages)), ()),
        properties=attempt("properties", lambda: read_properties(objects), {}),
        links=attempt("links", lambda: read_links(objects, pages, destinations), {}) if destinations else {},
        language=read_language(objects),
        tagged=objects.resolve(mark_info.get("Marked")) is True,
        tags=attempt("tags", lambda: read_tags(objects, pages), HeadingTags()) if tags_wanted else HeadingTags(),
    )


def _open(data: bytes, password: str, report: Report) -> Objects | None:
    try:
        return Objects(data, password)
    except EncryptedError:
        raise
    except Exception as error:  # pypdf raises whatever a broken file leads to
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        report(Diagnostic(Code.NO_CATALOGUE, f"no bookmarks, page labels and links can be read: {reason}"))
        return None
