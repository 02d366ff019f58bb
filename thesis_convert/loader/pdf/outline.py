"""Reads the bookmarks of a PDF.

In: `Objects` and the destinations. Out: the bookmarks in the order in which a viewer lists them. Items
are linked to each other, so a damaged outline may be endless: an item is read once, and the first
`MAX_BOOKMARKS` count. Depth costs nothing, as the open items are on a stack.
"""

from __future__ import annotations

from thesis_convert.loader.pdf.destinations import Destinations
from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.strings import decode_text
from thesis_convert.loader.pdf.syntax import Ref, Value
from thesis_convert.page import Bookmark

MAX_BOOKMARKS = 20_000
"""A thesis with a bookmark for each page, figure and table has some 3,000."""
MAX_LEVEL = 30
"""Deeper bookmarks are given this level: nobody nests headings so."""
MAX_TITLE = 1_000
"""Characters of a bookmark's title."""


def read_bookmarks(objects: Objects, destinations: Destinations) -> tuple[Bookmark, ...]:
    """All bookmarks that have a title."""
    bookmarks: list[Bookmark] = []
    outlines = objects.dictionary(objects.root.get("Outlines"))
    stack: list[tuple[Value, int]] = [(outlines.get("First"), 0)]
    entered: set[Ref] = set()
    while stack and len(entered) < MAX_BOOKMARKS:
        item, level = stack.pop()
        # Items can only be linked by references: anything else is damaged.
        if not isinstance(item, Ref) or item in entered:
            continue
        entered.add(item)
        entries = objects.dictionary(item)
        title = objects.resolve(entries.get("Title"))
        if isinstance(title, bytes) and (text := decode_text(title, MAX_TITLE)):
            target = destinations.find_target(entries)
            bookmarks.append(Bookmark(text, min(level, MAX_LEVEL), target.page, target.top, target.name))
        stack.append((entries.get("Next"), level))
        stack.append((entries.get("First"), level + 1))
    return tuple(bookmarks)
