"""Finds where bookmarks and links lead to.

In: `Objects` and the pages. Out: the named destinations of the file, and the target of any
destination or action. A destination names a page, and on it a place in the drawing plane; here it is
the place on the page as shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.page_tree import PageNode
from thesis_convert.loader.pdf.strings import decode_text
from thesis_convert.loader.pdf.syntax import Name, Ref, Value
from thesis_convert.loader.pdf.trees import walk_tree
from thesis_convert.page import Destination

MAX_NAME = 500
"""Characters of a destination's name."""
MAX_URI = 4_000
"""Bytes of a web address; longer ones do not work in browsers and hold data rather than a place."""

# Where in a destination array the left and the top edge stand, by the way of showing the page.
_PLACES = {
    "XYZ": (2, 3),
    "FitR": (2, 5),
    "FitH": (None, 2),
    "FitBH": (None, 2),
    "FitV": (2, None),
    "FitBV": (2, None),
}


class Target(NamedTuple):
    """Where something leads to; the fields are those of `LinkArea`, `left` besides."""

    uri: str = ""
    name: str = ""
    page: int | None = None
    left: float | None = None
    top: float | None = None


class Destinations:
    """The named destinations of a file. `named` has them in the file's own order."""

    def __init__(self, objects: Objects, pages: Sequence[PageNode]) -> None:
        self._objects = objects
        self._pages = pages
        self._indices: dict[Ref, int] = {}
        for index, page in enumerate(pages):
            if page.ref is not None:
                self._indices.setdefault(page.ref, index)
        self.named: dict[str, Destination] = {}
        for key, value in _list_named(objects):
            name = self._read_name(key)
            target = self._read_array(value)
            if name and target.page is not None:
                self.named.setdefault(name, Destination(name, target.page, target.left, target.top))

    def find_target(self, entries: dict[str, Value]) -> Target:
        """Where a bookmark or a link with these entries leads to; an empty `Target` when nowhere in the file."""
        if "Dest" in entries:
            return self._find_destination(entries["Dest"])
        action = self._objects.dictionary(entries.get("A"))
        kind = self._objects.name(action.get("S"))
        if kind == "GoTo":
            return self._find_destination(action.get("D"))
        if kind == "URI":
            uri = self._objects.resolve(action.get("URI"))
            if isinstance(uri, bytes) and len(uri) <= MAX_URI:
                return Target(uri=decode_text(uri, MAX_URI))
        return Target()

    def _find_destination(self, value: Value) -> Target:
        name = self._read_name(value)
        if not name:
            return self._read_array(value)
        place = self.named.get(name)
        return Target("", name, place.page, place.left, place.top) if place else Target(name=name)

    def _read_name(self, value: Value) -> str:
        value = self._objects.resolve(value)
        if isinstance(value, Name):
            return value[:MAX_NAME]
        return decode_text(value, MAX_NAME) if isinstance(value, bytes) else ""

    def _read_array(self, value: Value) -> Target:
        """The target in an array [page /XYZ left top zoom], or in a dictionary that holds one."""
        objects = self._objects
        value = objects.resolve(value)
        if isinstance(value, dict):
            value = value.get("D")
        parts = objects.array(value)
        index = self._find_page(parts[0]) if parts else None
        if index is None:
            return Target()
        x_place, y_place = _PLACES.get(objects.name(parts[1]) if len(parts) > 1 else "", (None, None))
        x = objects.number(parts[x_place]) if x_place is not None and x_place < len(parts) else None
        y = objects.number(parts[y_place]) if y_place is not None and y_place < len(parts) else None
        page = self._pages[index]
        left, top = page.show_point(x, y)
        # Programs that mean the head of the page write heights far above it.
        return Target("", "", index, left, None if top is None else min(max(top, 0.0), page.height))

    def _find_page(self, value: Value) -> int | None:
        """The index of a page given as a reference, or as a number the way other files are pointed into."""
        if isinstance(value, Ref):
            if value in self._indices:
                return self._indices[value]
            value = self._objects.resolve(value)
        if isinstance(value, int) and 0 <= value < len(self._pages):
            return int(value)
        return None


def _list_named(objects: Objects) -> list[tuple[Value, Value]]:
    """Names and destinations, of the tree that new files have and of the dictionary of old ones."""
    names = objects.dictionary(objects.root.get("Names"))
    old = objects.dictionary(objects.root.get("Dests"))
    return [*walk_tree(objects, names.get("Dests"), "Names"), *((Name(key), value) for key, value in old.items())]
