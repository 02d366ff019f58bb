"""The objects of a PDF, found by pypdf and read on demand.

In: the bytes of the file. Out: `Objects`, which turns any reference into a plain value. pypdf knows
where objects are (tables, repairs), takes off encryption and compression; the object itself is then
read by `syntax`, which is several times faster than pypdf and makes no objects with behaviour.
Hostile files are bounded here for everyone: every byte of the file is read as part of an object
about once, streams are unpacked up to a limit, and a damaged table is repaired in one pass.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, TypeGuard

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.generic import BooleanObject, ByteStringObject, IndirectObject, NameObject, TextStringObject

from thesis_convert.errors import EncryptedError
from thesis_convert.loader.pdf.syntax import Name, Ref, Value, parse_object

MAX_STREAM_BYTES = 8_000_000
"""One object stream, unpacked. The largest of real theses have some 100,000."""
MAX_SLOW_BYTES = 1_000_000
"""A stream in one of the compressions that are slow to undo; no program uses them for objects."""
MAX_UNPACKED_BYTES = 64_000_000
"""All object streams together, unpacked."""
DAMAGE = 1_000_000
"""What an object stream that cannot be unpacked counts for in that sum."""
MAX_PARSED_SHARE = 3
"""How often each byte may be read as part of an object. Once is honest; only a trap needs more."""
MAX_CHAIN = 8
"""References to references that are followed."""
MAX_READING = 10_000_000
"""Reads, of up to 256 bytes, that pypdf may make; a file of 1,000 pages takes 200,000, to repair it two million."""
MAX_FULL_SCANS = 20
"""Searches through the whole file that pypdf may make instead, for objects that are not in their place."""

_HEADER = re.compile(rb"[\s\x00]*+(\d{1,10})[\s\x00]++(\d{1,5})[\s\x00]++obj")
_HEADER_BEFORE = re.compile(rb"(?<!\d)(\d{1,10})[\s\x00]{1,4}(\d{1,5})[\s\x00]{1,4}\Z")
_HEADER_LENGTH = 24
_DEPTH = 100
# The end of a file that has no table: it makes pypdf look for the objects themselves.
_WITHOUT_TABLE = b"\nstartxref\n0\n%%EOF\n"


class Objects:
    """Resolves references. `root` is the catalogue dictionary, `information` the Info dictionary."""

    def __init__(self, data: bytes, password: str = "") -> None:
        """Raises EncryptedError for a password, and whatever pypdf raises for a broken file."""
        self._data = data
        self._reader = _open_reader(data, password)
        self._encrypted = self._reader.is_encrypted
        self._values: dict[Ref, Value] = {}
        self._streams: dict[int, tuple[bytes, dict[int, int]]] = {}
        self._headers: dict[tuple[int, int], int] | None = None
        self._unpacked = 0
        self._parsed = 0
        self.root = self.dictionary(_simplify(dict.get(self._reader.trailer, "/Root")))
        if "Pages" not in self.root:
            with _quiet_pypdf():  # it searches the file for the catalogue
                self.root = self.dictionary(_simplify(self._reader.root_object))
        self.information = self.dictionary(_simplify(dict.get(self._reader.trailer, "/Info")))

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
        if not isinstance(value, Ref) or not self._place(value):
            return b""
        with _quiet_pypdf():
            return _unpack(self._reader, value, limit)[1]

    def _load(self, ref: Ref) -> Value:
        if self._parsed > MAX_PARSED_SHARE * (len(self._data) + self._unpacked):
            return None
        if ref.generation == 0 and ref.number in self._reader.xref_objStm:
            data, offsets = self._open_object_stream(self._reader.xref_objStm[ref.number][0])
            start = offsets.get(ref.number)
        else:
            data, start = self._data, self._place(ref)
            if start and self._encrypted:
                return self._load_encrypted(ref)
        if start is None:
            return None
        value, end = parse_object(data, start)
        self._parsed += end - start
        return value

    def _load_encrypted(self, ref: Ref) -> Value:
        """A top-level object of an encrypted file: its strings are unlocked by pypdf."""
        with _quiet_pypdf():
            try:
                return _simplify(_get_object(self._reader, ref))
            except Exception:  # whatever a damaged object makes pypdf raise
                return None

    def _place(self, ref: Ref) -> int | None:
        """Where the value of a top-level object begins in the file; corrects pypdf's table when it is wrong."""
        table = self._reader.xref.get(ref.generation, {})
        if self._reader.xref_free_entry.get(ref.generation, {}).get(ref.number):
            return None
        start = table.get(ref.number, -1)
        header = _HEADER.match(self._data, start) if start >= 0 else None
        if not header or int(header[1]) != ref.number:
            if self._headers is None:
                self._headers = _find_headers(self._data)
            start = self._headers.get((ref.number, ref.generation), -1)
            header = _HEADER.match(self._data, start) if start >= 0 else None
            if not header:
                return None
            self._reader.xref.setdefault(ref.generation, {})[ref.number] = start
        return header.end()

    def _open_object_stream(self, number: int) -> tuple[bytes, dict[int, int]]:
        """The unpacked object stream, and where in it each of its objects begins."""
        if number not in self._streams:
            self._streams[number] = b"", {}
            if self._unpacked < MAX_UNPACKED_BYTES and self._place(Ref(number, 0)):
                with _quiet_pypdf():
                    entries, data = _unpack(self._reader, Ref(number, 0), MAX_STREAM_BYTES)
                self._unpacked += len(data) or DAMAGE
                self._streams[number] = data, _read_places(data, self.integer(entries.get("First")) or 0)
        return self._streams[number]


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


class _MeteredFile(BytesIO):
    """The file as pypdf reads it, byte by byte, up to a limit.

    A file can be made so that pypdf reads most of it for each of its objects, or copies and searches
    all of it for each object that is not in its place: that would take hours.
    """

    work = 0

    def read(self, size: int | None = -1, _read: Callable[..., bytes] = BytesIO.read) -> bytes:
        data = _read(self, size)
        self.work += 1 + (len(data) >> 8)
        if self.work > MAX_READING:
            raise ValueError("too much work to find the objects")
        return data

    def getbuffer(self) -> memoryview:
        view = super().getbuffer()
        self.work += MAX_READING // MAX_FULL_SCANS
        if self.work > MAX_READING:
            raise ValueError("too many objects are not in their place")
        return view


def _open_reader(data: bytes, password: str) -> PdfReader:
    with _quiet_pypdf():
        try:
            reader = PdfReader(_MeteredFile(data))
        except Exception:  # whatever a broken file makes pypdf raise
            reader = PdfReader(_MeteredFile(data + _WITHOUT_TABLE))
        # Files of old programs hold a password in Latin-1, though some wrote it in UTF-8.
        attempts = ("", password, password.encode("utf-8", "replace")) if password else ("",)
        if not reader.is_encrypted or any(reader.decrypt(it) != PasswordType.NOT_DECRYPTED for it in attempts):
            return reader
    raise EncryptedError("the password is wrong" if password else "it is encrypted and no password was given")


def _unpack(reader: PdfReader, ref: Ref, limit: int) -> tuple[dict[str, Value], bytes]:
    """The dictionary and the bytes of a stream, both empty when it is damaged or larger than `limit`."""
    try:
        slow = min(limit, MAX_SLOW_BYTES)
        with apply_configuration(
            zlib_maximum_output_length=limit, lzw_maximum_output_length=slow, run_length_maximum_output_length=slow
        ):
            stream: Any = _get_object(reader, ref)
            entries, data = _simplify(stream), stream.get_data()
    except Exception:  # whatever a damaged stream makes pypdf raise
        return {}, b""
    finally:
        reader.resolved_objects.pop((ref.generation, ref.number), None)
    if isinstance(entries, dict) and isinstance(data, bytes) and len(data) <= limit:
        return entries, data
    return {}, b""


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


def _get_object(reader: PdfReader, ref: Ref) -> object:
    return reader.get_object(IndirectObject(ref.number, ref.generation, reader))


def _simplify(value: object, depth: int = 0) -> Value:
    """The plain value of an object of pypdf. What is nested deeper than any real file's is None."""
    if isinstance(value, IndirectObject):
        return Ref(value.idnum, value.generation)
    if isinstance(value, BooleanObject):
        return bool(value.value)
    if isinstance(value, NameObject):
        return Name(value[1:])
    if isinstance(value, TextStringObject | ByteStringObject):
        return value.original_bytes
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict) and depth < _DEPTH:
        return {str(key)[1:]: _simplify(entry, depth + 1) for key, entry in dict.items(value)}
    if isinstance(value, list) and depth < _DEPTH:
        return [_simplify(entry, depth + 1) for entry in list.__iter__(value)]
    return None


_quiet_lock = threading.Lock()
_quiet_count = 0
_level_before = logging.NOTSET


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """Keeps pypdf from logging its repairs; they tell a user nothing. Others' loggers stay as they are.

    Counted, since two threads may be here at once and the last one has to put the level back.
    """
    global _quiet_count, _level_before
    logger = logging.getLogger("pypdf")
    with _quiet_lock:
        if _quiet_count == 0:
            _level_before = logger.level
            logger.setLevel(logging.CRITICAL + 1)
        _quiet_count += 1
    try:
        yield
    finally:
        with _quiet_lock:
            _quiet_count -= 1
            if _quiet_count == 0:
                logger.setLevel(_level_before)
