"""What the loader is asked to read: a value that is made and sent to other processes without importing the loader."""

from __future__ import annotations

from dataclasses import dataclass

PAGE, NONE = "page", "none"
"""The covers that are no picture of one's own."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What to read. `pages` is a range such as "1-20,30-"; "" is all. The others override the PDF.

    `cover` is "page" for a picture of page 1, "none" or "", or the path of a picture file.
    Without `pixels`, pictures have names and no files: enough for what only tells where they stand.
    A PDF of which more than `max_pages` are to be read is refused; 0 is any number.
    """

    pages: str = ""
    password: str = ""
    pictures: bool = True
    cover: str = PAGE
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    max_pages: int = 0
    pixels: bool = True
