"""Reads the headings from the structure that a tagged PDF gives itself.

In: `Objects` and the pages. Out: the levels of the headings, and for each page the heading that holds each piece
of marked content. The ink knows its piece by the same identifier, so both can be joined. Elements are read
downwards from the root with a stack; one that is met again is left out. All are read: a heading may stand in a
paragraph that goes on after it.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.page_tree import PageNode
from thesis_convert.loader.pdf.syntax import Ref, Value
from thesis_convert.page import HeadingTags

MAX_ELEMENTS = 200_000
"""Elements that are read. Programs that make a span of each change of font make some 100 a page."""
MAX_DEPTH = 60
"""Elements within each other; a heading that is deeper is none."""
MAX_PIECES = 1_000_000
"""Kids of all elements together that are looked at."""
MAX_NAME = 2_000
"""Characters of the name of a type."""

_LEVELS = {f"H{level}": level for level in range(1, 7)}
# fmt: off
_STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
    "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby",
    "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}
# fmt: on


def read_tags(objects: Objects, pages: Sequence[PageNode]) -> HeadingTags:
    """The headings in reading order and their content; none when the file has no structure."""
    root = objects.dictionary(objects.root.get("StructTreeRoot"))
    if not root:
        return HeadingTags()
    reader = _TagReader(objects, pages, objects.dictionary(root.get("RoleMap")))
    reader.read(root.get("K"))
    return HeadingTags(tuple(reader.levels), reader.content)


class _TagReader:
    def __init__(self, objects: Objects, pages: Sequence[PageNode], role_map: dict[str, Value]) -> None:
        self.levels: list[int] = []
        self.content: dict[int, dict[int, int]] = {}
        self._objects = objects
        self._role_map = role_map
        self._roles: dict[str, str] = {}
        self._page_indices = {page.ref: index for index, page in reversed(list(enumerate(pages))) if page.ref}

    def read(self, kids: Value) -> None:
        """Walks the tree under `kids`: elements, arrays of them, and pieces of content."""
        objects = self._objects
        # Each entry: what is to be read, the heading that holds it or -1, its page, and its depth.
        stack: list[tuple[Value, int, int | None, int]] = [(kids, -1, None, 0)]
        entered: set[Ref] = set()
        elements = 0
        for _ in range(MAX_PIECES):
            if not stack or elements >= MAX_ELEMENTS:
                return
            value, heading, page, depth = stack.pop()
            if isinstance(value, Ref):
                if value in entered:
                    continue
                entered.add(value)
                value = objects.resolve(value)
            if isinstance(value, list):
                stack.extend((kid, heading, page, depth) for kid in reversed(value[:MAX_PIECES]))
            elif isinstance(value, int):
                self._add_content(page, value, heading)
            elif isinstance(value, dict):
                own_page = value.get("Pg")
                if isinstance(own_page, Ref):
                    page = self._page_indices.get(own_page)
                if "S" in value:
                    elements += 1
                    role = self._find_role(objects.name(value["S"])[:MAX_NAME])
                    if role in _LEVELS and depth < MAX_DEPTH:
                        heading = len(self.levels)
                        self.levels.append(_LEVELS[role])
                    stack.append((value.get("K"), heading, page, depth + 1))
                elif "MCID" in value and "Stm" not in value:
                    self._add_content(page, objects.integer(value["MCID"]), heading)

    def _add_content(self, page: int | None, identifier: int | None, heading: int) -> None:
        if page is not None and identifier is not None and heading >= 0:
            self.content.setdefault(page, {}).setdefault(identifier, heading)

    def _find_role(self, name: str) -> str:
        """The standard type that the file maps `name` to; the last one it leads to when that is none."""
        if name not in self._roles:
            role = name
            for _ in range(10):
                mapped = self._objects.name(self._role_map.get(role))
                if role in _STANDARD or not mapped or mapped == role:
                    break
                role = mapped
            self._roles[name] = role
        return self._roles[name]
