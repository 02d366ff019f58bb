"""The page numbers that the file gives to its pages: "iv", "12", "A-3".

In: `Objects` and the number of pages. Out: a label a page, or nothing. The tree of ranges is read
once, then the labels are counted through.
"""

from __future__ import annotations

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.strings import decode_text
from thesis_convert.loader.pdf.trees import walk_tree
from thesis_convert.roman import write_roman

MAX_PREFIX = 60
"""Characters before the number."""
MAX_COUNTED = 5_000
"""Numbers up to here are written as roman numerals or letters, which get longer and longer."""


def read_labels(objects: Objects, page_count: int) -> tuple[str, ...]:
    """A label for each of the pages, () when the file gives none."""
    ranges: dict[int, tuple[str, str, int]] = {}
    for key, value in walk_tree(objects, objects.root.get("PageLabels"), "Nums"):
        index, entries = objects.integer(key), objects.dictionary(value)
        if index is not None and 0 <= index < page_count:
            raw = objects.resolve(entries.get("P"))
            prefix = decode_text(raw, MAX_PREFIX) if isinstance(raw, bytes) else ""
            first = objects.integer(entries.get("St"))
            ranges.setdefault(index, (prefix, objects.name(entries.get("S")), 1 if first is None else first))
    if not ranges:
        return ()
    labels: list[str] = []
    prefix, style, start, number = "", "D", 0, 1
    for index in range(page_count):
        if index in ranges:
            prefix, style, number = ranges[index]
            start = index
        labels.append(prefix + _write_number(number + index - start, style))
    return tuple(labels)


def _write_number(number: int, style: str) -> str:
    if style in ("R", "r", "A", "a") and 0 < number <= MAX_COUNTED:
        text = write_roman(number) if style in "Rr" else chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if style.isupper() else text
    return str(number) if style else ""
