"""Where the objects of a PDF are, as its cross-reference tables and streams say (ISO 32000-2, 7.5.4 and 7.5.8).

In: the bytes of a file. Out: `CrossReferences`; None for a file that is encrypted or whose tables are not in perfect
order. Nothing is repaired here: that is left to pypdf. But most files are in order, and to import pypdf takes as long
as to read ten pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, TypeGuard

from thesis_convert.loader.pdf.syntax import Ref, Value, parse_object
from thesis_convert.loader.pdf.unpacking import unpack_stream

MAX_ENTRIES = 1_000_000
"""Entries of all tables together; large books have some 100,000 objects."""
MAX_WIDTH = 8
"""Bytes of a number in a cross-reference stream."""
FREE = -1
"""The place of an object that was taken out."""

_TAIL = 2048
_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_TABLE = re.compile(rb"xref\s+")
_PART = re.compile(rb"\s*(\d{1,10}) (\d{1,10})\s+")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
_ENTRY_LENGTH = 20
_TRAILER = re.compile(rb"\s*trailer")
_HEADER = re.compile(rb"\d{1,10}\s+\d{1,5}\s+obj")
_IN_FILE, _PACKED = 1, 2  # the types of entries in a stream, beside those of free objects


class CrossReferences(NamedTuple):
    """Where objects are: `offsets` in the file, or FREE; for those `packed` in a stream, its number.

    `trailer` has what the trailers say.
    """

    trailer: dict[str, Value]
    offsets: dict[Ref, int]
    packed: dict[int, int]


class _Section(NamedTuple):
    """What one table says, and where it ends, with its trailer."""

    places: CrossReferences
    free: list[Ref]
    end: int


def read_cross_references(data: bytes) -> CrossReferences | None:
    """What all tables of a file say together; None when that may not be all, or not right."""
    sections: list[_Section] = []
    starts = [int(match[1]) for match in _START.finditer(data, max(0, len(data) - _TAIL))][-1:]
    length = entries = 0
    while starts:
        start = starts.pop()
        section = _read_table(data, start) or _read_stream(data, start, MAX_ENTRIES - entries)
        if not section:
            return None
        length += section.end - start
        entries += len(section.places.offsets) + len(section.places.packed) + len(section.free)
        if length > len(data) or entries > MAX_ENTRIES:  # a table that follows itself, or tables in each other
            return None
        sections.append(section)
        before = (section.places.trailer.get(key) for key in ("Prev", "XRefStm"))
        starts += (place for place in before if isinstance(place, int))
    found = _merge(sections)
    return found if "Root" in found.trailer and "Encrypt" not in found.trailer else None


def _merge(sections: list[_Section]) -> CrossReferences:
    """What the sections say together, of which the first is the newest."""
    trailer: dict[str, Value] = {}
    offsets = {ref: FREE for section in sections for ref in section.free}
    packed: dict[int, int] = {}
    for section in reversed(sections):
        trailer.update(section.places.trailer)
        offsets.update(section.places.offsets)
        for number, _ in section.places.offsets:
            packed.pop(number, None)
        packed.update(section.places.packed)
    return CrossReferences(trailer, offsets, packed)


def _read_table(data: bytes, start: int) -> _Section | None:
    """The table at `start`, a line an entry."""
    table = _TABLE.match(data, start)
    end = table.end() if table else len(data)
    offsets: dict[Ref, int] = {}
    free: list[Ref] = []
    while part := _PART.match(data, end):
        first, count = int(part[1]), int(part[2])
        end = part.end() + count * _ENTRY_LENGTH
        entries = _ENTRY.findall(data, part.end(), end)
        if len(entries) != count:
            return None
        for number, (offset, generation, state) in enumerate(entries, first):
            ref = Ref(number, int(generation))
            if state == b"n":
                offsets[ref] = int(offset)
            else:
                free.append(ref)
    keyword = _TRAILER.match(data, end)
    trailer, end = parse_object(data, keyword.end()) if keyword else (None, end)
    return _Section(CrossReferences(trailer, offsets, {}), free, end) if isinstance(trailer, dict) else None


def _read_stream(data: bytes, start: int, limit: int) -> _Section | None:
    """The table in the stream at `start`, of at most `limit` entries; its dictionary is the trailer."""
    header = _HEADER.match(data, start)
    trailer, end = parse_object(data, header.end()) if header else (None, start)
    if not isinstance(trailer, dict) or trailer.get("Type") != "XRef":
        return None
    size, length, widths = trailer.get("Size"), trailer.get("Length"), trailer.get("W")
    parts = trailer.get("Index", [0, size])
    if not (isinstance(length, int) and _are_counts(widths) and _are_counts(parts)):
        return None
    if len(widths) != 3 or not widths[0] or max(widths) > MAX_WIDTH:
        return None
    content = unpack_stream(data, trailer, end, length, limit * sum(widths))
    if content is None or len(content) != sum(parts[1::2]) * sum(widths):
        return None
    offsets: dict[Ref, int] = {}
    packed: dict[int, int] = {}
    numbers = chain.from_iterable(
        range(first, first + count) for first, count in zip(parts[::2], parts[1::2], strict=False)
    )
    for number, kind, place, generation in zip(numbers, *_read_columns(content, widths), strict=True):
        if kind == _IN_FILE:
            offsets[Ref(number, generation)] = place
        elif kind == _PACKED:
            packed[number] = place
    return _Section(CrossReferences(trailer, offsets, packed), [], end + length)


def _are_counts(value: Value) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(isinstance(number, int) and number >= 0 for number in value)


def _read_columns(content: bytes, widths: list[int]) -> Iterator[list[int]]:
    """The numbers of a table whose columns are so many bytes wide."""
    end = 0
    for width in widths:
        begin, end = end, end + width
        numbers = [0] * (len(content) // sum(widths))
        for place in range(begin, end):
            numbers = [number << 8 | byte for number, byte in zip(numbers, content[place :: sum(widths)], strict=True)]
        yield numbers
