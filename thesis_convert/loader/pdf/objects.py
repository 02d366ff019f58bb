"""The objects of a PDF, read on demand.

In: the bytes of the file. Out: `Objects`, which turns any reference into a plain value. `cross_references` tells where
objects are, `syntax` reads them, `unpacking` takes off their compression. Files that are encrypted or damaged, which
are few, are left to pypdf (`repairs`), which is imported for them alone: that takes as long as to read ten pages.
Hostile files are bounded here for everyone: every byte of the file is read as part of an object
about once, streams are unpacked up to a limit, and a damaged table is repaired in one pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from thesis_convert.loader.pdf.cross_references import FREE, read_cross_references
from thesis_convert.loader.pdf.syntax import Name, Ref, Value, parse_object
from thesis_convert.loader.pdf.unpacking import unpack_stream

if TYPE_CHECKING:
    from thesis_convert.loader.pdf.repairs import RepairedFile

MAX_STREAM_BYTES = 8_000_000
"""One object stream, unpacked. The largest of real theses have some 100,000."""
MAX_UNPACKED_BYTES = 64_000_000
"""All object streams together, unpacked."""
DAMAGE = 1_000_000
"""What an object stream that cannot be unpacked counts for in that sum."""
MAX_PARSED_SHARE = 3
"""How often each byte may be read as part of an object. Once is honest; only a trap needs more."""
MAX_CHAIN = 8
"""References to references that are followed."""

_HEADER = re.compile(rb"[\s\x00]*+(\d{1,10})[\s\x00]++(\d{1,5})[\s\x00]++obj")
_HEADER_BEFORE = re.compile(rb"(?<!\d)(\d{1,10})[\s\x00]{1,4}(\d{1,5})[\s\x00]{1,4}\Z")
_HEADER_LENGTH = 24


class Objects:
    """Resolves references. `root` is the catalogue dictionary, `information` the Info dictionary."""

    def __init__(self, data: bytes, password: str = "") -> None:
        """Raises EncryptedError for a password, and whatever pypdf raises for a broken file."""
        self._data = data
        self._password = password
        self._repaired: RepairedFile | None = None
        self._places = read_cross_references(data) or self._repair().places
        self._values: dict[Ref, Value] = {}
        self._streams: dict[int, tuple[bytes, dict[int, int]]] = {}
        self._headers: dict[tuple[int, int], int] | None = None
        self._unpacked = 0
        self._parsed = 0
        self.root = self.dictionary(self._places.trailer.get("Root"))
        if "Pages" not in self.root:
            self.root = self.dictionary(self._repair().find_root())
        self.information = self.dictionary(self._places.trailer.get("Info"))

    def resolve(self, value: Value) -> Value:
        """What `value` points to; None for a pointer to nothing. Never a `Ref`."""
        for _ in range(MAX_CHAIN):
            if not isinstance(value, Ref):
                return value
            if value not in self._values:
                self._values[value] = self._load(value)
            value = self._values[value]
        return None

    def dictionary(self, value: Value) -> dict[str, Value]:
        """The dictionary that `value` is or points to, an empty one when it is something else."""
        value = self.resolve(value)
        return value if isinstance(value, dict) else {}

    def array(self, value: Value) -> list[Value]:
        """The array that `value` is or points to, an empty one when it is something else."""
        value = self.resolve(value)
        return value if isinstance(value, list) else []

    def name(self, value: Value) -> str:
        """The name that `value` is or points to, "" when it is something else."""
        value = self.resolve(value)
        return value if isinstance(value, Name) else ""

    def integer(self, value: Value) -> int | None:
        value = self.resolve(value)
        return int(value) if _is_number(value) and abs(value) < 2**53 else None

    def number(self, value: Value) -> float | None:
        """A length. Numbers that no page could hold are None."""
        value = self.resolve(value)
        return float(value) if _is_number(value) and abs(value) < 1e6 else None

    def stream(self, value: Value, limit: int) -> bytes:
        """The unpacked bytes of the stream that `value` points to, b"" when there is none below `limit`."""
        return self._unpack(value, limit)[1] if isinstance(value, Ref) else b""

    def _load(self, ref: Ref) -> Value:
        if self._parsed > MAX_PARSED_SHARE * (len(self._data) + self._unpacked):
            return None
        if ref.generation == 0 and ref.number in self._places.packed:
            data, offsets = self._open_object_stream(self._places.packed[ref.number])
            return self._parse(data, offsets[ref.number])[0] if ref.number in offsets else None
        header = self._find_header(ref)
        if header and self._repaired and self._repaired.encrypted:
            return self._repaired.load(ref, header.start())
        return self._parse(self._data, header.end())[0] if header else None

    def _parse(self, data: bytes, start: int) -> tuple[Value, int]:
        value, end = parse_object(data, start)
        self._parsed += end - start
        return value, end

    def _find_header(self, ref: Ref) -> re.Match[bytes] | None:
        """What stands before the value of a top-level object in the file; corrects the place when it is wrong."""
        start = self._places.offsets.get(ref)
        if start == FREE:
            return None
        header = _HEADER.match(self._data, start) if start is not None else None
        if not header or int(header[1]) != ref.number:
            if self._headers is None:
                self._headers = _find_headers(self._data)
            start = self._headers.get((ref.number, ref.generation))
            header = _HEADER.match(self._data, start) if start is not None else None
            if header:
                self._places.offsets[ref] = header.start()
        return header

    def _open_object_stream(self, number: int) -> tuple[bytes, dict[int, int]]:
        """The unpacked object stream, and where in it each of its objects begins."""
        if number not in self._streams:
            self._streams[number] = b"", {}
            if self._unpacked < MAX_UNPACKED_BYTES and self._find_header(Ref(number, 0)):
                entries, data = self._unpack(Ref(number, 0), MAX_STREAM_BYTES)
                self._unpacked += len(data) or DAMAGE
                self._streams[number] = data, _read_places(data, self.integer(entries.get("First")) or 0)
        return self._streams[number]

    def _unpack(self, ref: Ref, limit: int) -> tuple[dict[str, Value], bytes]:
        """The dictionary and the bytes of a stream, both empty when it is damaged or larger than `limit`."""
        header = self._find_header(ref)
        if not header:
            return {}, b""
        if not (self._repaired and self._repaired.encrypted):
            entries, end = self._parse(self._data, header.end())
            if isinstance(entries, dict):
                length = self.integer(entries.get("Length"))
                data = unpack_stream(self._data, entries, end, length, limit)
                if data is not None:
                    return entries, data
        try:
            return self._repair().unpack(ref, header.start(), limit)
        except Exception:  # whatever a damaged file makes pypdf raise
            return {}, b""

    def _repair(self) -> RepairedFile:
        """The file as pypdf reads it."""
        if self._repaired is None:
            from thesis_convert.loader.pdf.repairs import RepairedFile

            self._repaired = RepairedFile(self._data, self._password)
        return self._repaired


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_places(data: bytes, first: int) -> dict[int, int]:
    """Where the objects of an unpacked object stream begin, by their numbers.

    The stream begins with pairs of a number and a distance from `first`.
    """
    try:
        numbers = [int(digits) for digits in data[: max(first, 0)].split()]
    except ValueError:
        return {}
    return {number: first + distance for number, distance in zip(numbers[::2], numbers[1::2], strict=False)}


def _find_headers(data: bytes) -> dict[tuple[int, int], int]:
    """The places where objects begin, by number and generation; the last one of each, as it is the newest."""
    headers: dict[tuple[int, int], int] = {}
    end = data.find(b"obj")
    while end >= 0:
        begin = max(0, end - _HEADER_LENGTH)
        if match := _HEADER_BEFORE.search(data[begin:end]):
            headers[int(match[1]), int(match[2])] = begin + match.start()
        end = data.find(b"obj", end + 3)
    return headers
