"""Finished files into the bytes of an EPUB, through ebooklib.

ebooklib makes the package document, the NCX and the container. It would parse and rewrite XHTML
that it knows as such, and lose text and white space on the way, so it is given finished bytes only.
Its own archive has the time of day in it; the one here has none, so that the same book is the same
bytes everywhere and always.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from thesis_convert.writers.epub_metadata import Item
from thesis_convert.writers.epub_navigation import Entry
from thesis_convert.writers.xhtml_rendering import is_right_to_left

XHTML = "application/xhtml+xml"
# Compressed already: deflating these again costs time and gains nothing.
COMPRESSED_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
COMPRESSION_LEVEL = 6
# The first moment that an archive can tell.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the book. `properties` are those of the manifest; `in_spine` puts it into the reading order."""

    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """All that goes into one EPUB. `language` is a BCP 47 tag; `modified` is in seconds since 1970."""

    title: str
    language: str
    items: Sequence[Item]
    files: Sequence[File]
    contents: Sequence[Entry]
    modified: int = 0
    generator: str = ""
    legacy_metadata: dict[str, str] = field(default_factory=dict)


def pack_book(package: Package) -> bytes:
    """The EPUB. Raises nothing of its own: names, languages and characters have been checked before."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata.clear()  # a random identifier and ebooklib's own name
    book.title, book.language = package.title, package.language
    book.IDENTIFIER_ID = next(item.id for item in package.items if item.name == "dc:identifier")
    book.uid = next(item.value for item in package.items if item.name == "dc:identifier")
    if is_right_to_left(package.language):
        book.set_direction("rtl")
    for item in package.items:
        _add_metadata(book, item)
    for name, content in package.legacy_metadata.items():
        book.add_metadata(None, "meta", None, {"name": name, "content": content})
    for file in package.files:
        entry = epub.EpubItem(
            uid=make_uid(file.name), file_name=file.name, media_type=file.media_type, content=file.data
        )
        entry.properties = list(file.properties)
        book.add_item(entry)
        if file.in_spine:
            book.spine.append(entry)
    # Readers of EPUB 2, and Kindle, know only this form of the contents.
    book.add_item(epub.EpubNcx())
    book.toc = _make_contents(epub, package.contents)
    return _write(epub, book, datetime.fromtimestamp(package.modified, UTC))


def make_uid(name: str) -> str:
    """A file's id in the manifest."""
    return "file-" + name.replace("/", "-")


def _add_metadata(book: Any, item: Item) -> None:
    attributes = {"id": item.id} if item.id else {}
    if item.name.startswith("dc:"):
        book.add_metadata("DC", item.name.removeprefix("dc:"), item.value, attributes)
        return
    attributes["property"] = item.name
    if item.refines:
        attributes["refines"] = f"#{item.refines}"
    if item.scheme:
        attributes["scheme"] = item.scheme
    book.add_metadata(None, "meta", item.value, attributes)


def _make_contents(epub: Any, entries: Iterable[Entry]) -> list[Any]:
    """The contents as ebooklib wants them; it fails on a link without an id, and on an empty branch."""
    made = 0

    def convert(entry: Entry) -> Any:
        nonlocal made
        made += 1
        link = epub.Link(entry.address, entry.title, f"entry-{made}")
        return (link, [convert(child) for child in entry.children]) if entry.children else link

    return [convert(entry) for entry in entries]


def _write(epub: Any, book: Any, modified: datetime) -> bytes:
    buffer = io.BytesIO()

    class Writer(epub.EpubWriter):  # type: ignore[misc]
        def write(self) -> None:
            self.out = Archive(buffer)
            self.out.writestr("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()
            self.out.close()

        def _write_opf_file(self, root: Any) -> None:
            """The last moment before the package document becomes bytes: ebooklib does not say its language."""
            root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
            root.attrib.pop("prefix", None)
            super()._write_opf_file(root)

    writer = Writer("", book, {"mtime": modified})
    writer.process()
    writer.write()
    return buffer.getvalue()


class Archive:
    """A zip file that depends on nothing but what is put into it: no clock, no umask, no platform."""

    def __init__(self, target: io.BytesIO) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION_LEVEL)

    def writestr(self, name: str, data: str | bytes, compress_type: int | None = None) -> None:
        entry = zipfile.ZipInfo(name, NO_TIME)
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        if compress_type is None:
            compress_type = zipfile.ZIP_STORED if name.endswith(COMPRESSED_SUFFIXES) else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data, compress_type, COMPRESSION_LEVEL)

    def close(self) -> None:
        self._zip.close()
