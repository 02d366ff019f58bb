"""Reads the structure that a tagged PDF gives itself.

In: `Objects` and the pages. Out: the elements with their standard types, and for each page the element
that holds each piece of marked content. The ink knows its piece by the same identifier, so both can be
joined. Elements are read downwards from the root with a stack; one that is met again is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.page_tree import PageNode
from thesis_convert.loader.pdf.strings import decode_text
from thesis_convert.loader.pdf.syntax import Ref, Value
from thesis_convert.page import Tag, TagTree

MAX_ELEMENTS = 200_000
"""Elements that are read. Programs that make a span of each change of font make some 100 a page."""
MAX_DEPTH = 60
"""Elements within each other; what is deeper counts for the element at this depth."""
MAX_PIECES = 1_000_000
"""Kids of all elements together that are looked at."""
MAX_ALTERNATIVE = 2_000
"""Characters of a text that stands for a picture or for ink."""
MAX_SPAN = 1_000
"""Columns or rows that a cell goes over."""

# fmt: off
_STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
    "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby",
    "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}
# fmt: on


def read_tags(objects: Objects, pages: Sequence[PageNode]) -> TagTree:
    """The elements in reading order and their content; empty when the file has no structure."""
    root = objects.dictionary(objects.root.get("StructTreeRoot"))
    if not root:
        return TagTree()
    reader = _TagReader(objects, pages, objects.dictionary(root.get("RoleMap")))
    reader.read(root.get("K"))
    return TagTree(tuple(reader.elements), reader.content)


class _TagReader:
    def __init__(self, objects: Objects, pages: Sequence[PageNode], role_map: dict[str, Value]) -> None:
        self.elements: list[Tag] = []
        self.content: dict[int, dict[int, int]] = {}
        self._objects = objects
        self._role_map = role_map
        self._roles: dict[str, str] = {}
        self._page_indices = {page.ref: index for index, page in reversed(list(enumerate(pages))) if page.ref}

    def read(self, kids: Value) -> None:
        """Walks the tree under `kids`: elements, arrays of them, and pieces of content."""
        objects = self._objects
        # Each entry: what is to be read, the element that holds it, its page, and its depth.
        stack: list[tuple[Value, int, int | None, int]] = [(kids, -1, None, 0)]
        entered: set[Ref] = set()
        for _ in range(MAX_PIECES):
            if not stack or len(self.elements) >= MAX_ELEMENTS:
                return
            value, parent, page, depth = stack.pop()
            if isinstance(value, Ref):
                if value in entered:
                    continue
                entered.add(value)
                value = objects.resolve(value)
            if isinstance(value, list):
                stack.extend((kid, parent, page, depth) for kid in reversed(value[:MAX_PIECES]))
            elif isinstance(value, int):
                self._add_content(page, value, parent)
            elif isinstance(value, dict):
                own_page = value.get("Pg")
                if isinstance(own_page, Ref):
                    page = self._page_indices.get(own_page)
                if "S" in value:
                    index = self._add_element(value, parent) if depth < MAX_DEPTH else parent
                    stack.append((value.get("K"), index, page, depth + 1))
                elif "MCID" in value and "Stm" not in value:
                    self._add_content(page, objects.integer(value["MCID"]), parent)

    def _add_content(self, page: int | None, identifier: int | None, element: int) -> None:
        if page is not None and identifier is not None and element >= 0:
            self.content.setdefault(page, {}).setdefault(identifier, element)

    def _add_element(self, entries: dict[str, Value], parent: int) -> int:
        name = self._objects.name(entries["S"])[:MAX_ALTERNATIVE]
        role = self._roles.get(name) or self._find_role(name)
        spans, numbering = (1, 1), ""
        if "A" in entries and role in ("TD", "TH", "L"):
            spans, numbering = self._read_attributes(entries["A"])
        title, alternative, actual, language = (
            self._read_text(entries[key]) if key in entries else "" for key in ("T", "Alt", "ActualText", "Lang")
        )
        self.elements.append(Tag(role, name, parent, title, alternative, actual, language, *spans, numbering))
        return len(self.elements) - 1

    def _find_role(self, name: str) -> str:
        """The standard type that the file maps `name` to; the last one it leads to when that is none."""
        role = name
        for _ in range(10):
            mapped = self._objects.name(self._role_map.get(role))
            if role in _STANDARD or not mapped or mapped == role:
                break
            role = mapped
        self._roles[name] = role
        return role

    def _read_attributes(self, value: Value) -> tuple[tuple[int, int], str]:
        """How many columns and rows a cell goes over, and how a list is numbered."""
        value = self._objects.resolve(value)
        columns, rows, numbering = 1, 1, ""
        for owner in value[:20] if isinstance(value, list) else [value]:
            entries = self._objects.dictionary(owner)
            columns = self._objects.integer(entries.get("ColSpan")) or columns
            rows = self._objects.integer(entries.get("RowSpan")) or rows
            numbering = self._objects.name(entries.get("ListNumbering")) or numbering
        return (min(max(columns, 1), MAX_SPAN), min(max(rows, 1), MAX_SPAN)), numbering

    def _read_text(self, value: Value) -> str:
        value = self._objects.resolve(value)
        return decode_text(value, MAX_ALTERNATIVE) if isinstance(value, bytes) else ""
