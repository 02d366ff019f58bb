"""What may be worth telling while a conversion goes on, as values with stable codes.

A diagnostic is no error: the conversion continues. Every code that exists is in `Code`, with one
line that says what it means; a retired code is never used for something else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """The stable name of a kind of diagnostic."""

    NO_CATALOGUE = "no-catalogue"  # pypdf cannot read the file: no bookmarks, labels, links
    DAMAGED_PAGE = "damaged-page"  # a page cannot be read and is left out
    PAGE_WITHOUT_TEXT = "page-without-text"  # a page holds pictures only, perhaps a scan
    UNREADABLE_FONT = "unreadable-font"  # a font without a Unicode map: its text may be wrong
    NO_HEADINGS = "no-headings"  # no heading was recognised: the book is one piece
    NOTE_WITHOUT_MARK = "note-without-mark"  # a footnote whose mark was not found
    MARK_WITHOUT_NOTE = "mark-without-note"  # a mark whose footnote was not found
    TABLE_AS_PICTURE = "table-as-picture"  # a table that could not be read is shown
    FORMULA_AS_PICTURE = "formula-as-picture"  # a formula that could not be read is shown
    PICTURE_UNREADABLE = "picture-unreadable"  # a picture cannot be taken out of the file
    UNSAFE_LINK = "unsafe-link"  # a link with a scheme that is not passed on
    PLUGIN_BROKEN = "plugin-broken"  # a writer of another package cannot be loaded
    PICTURES_LEFT_OUT = "pictures-left-out"  # pictures that have no place beside standard output
    CHARACTERS_REPLACED = "characters-replaced"  # characters that the format cannot hold


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something worth telling. `page` counts from 1, None when it is about the whole file."""

    code: Code
    message: str
    page: int | None = None


Report = Callable[[Diagnostic], None]


def ignore(diagnostic: Diagnostic) -> None:
    """A `Report` for callers who do not want to hear."""
