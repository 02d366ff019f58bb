"""A `Document` as an EPUB 3 book: in comes the tree, out comes one file that e-readers open.

A page of XHTML for every chapter and every piece of front and back matter, navigation, pictures,
and a stylesheet that leaves type and colours to the reader. `epub_book` says what is in the book,
`epub_package` makes the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thesis_convert.writers import Output, WriteContext

if TYPE_CHECKING:
    from thesis_convert.document import Document


@dataclass(frozen=True, slots=True)
class EpubOptions:
    split_size: int = field(
        default=300, metadata={"help": "The size in kilobytes beyond which a chapter is cut at its sections."}
    )

    def __post_init__(self) -> None:
        if self.split_size < 1:
            raise ValueError("split-size is 1 or more")


class EpubWriter:
    name = "epub"
    aliases: tuple[str, ...] = ("epub3",)
    extension = ".epub"
    media_type = "application/epub+zip"
    binary = True
    description = "a book for e-readers, phones and screen readers (EPUB 3)"
    options = EpubOptions

    def write(self, document: Document, options: EpubOptions, context: WriteContext) -> Output:
        from thesis_convert.writers.epub_book import make_package
        from thesis_convert.writers.epub_package import pack_book

        package = make_package(document, context, limit=options.split_size * 1000)
        return Output(pack_book(package))
