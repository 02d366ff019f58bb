"""Files that are encrypted or not in order, and streams in seldom compressions: pypdf finds, repairs and unlocks them.

In: the bytes of the file and the password. Out: a `RepairedFile`: the places of its objects, and as plain values those
that only pypdf can read. Hostile files are bounded: pypdf may do and unpack so much, no more.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PasswordType, PdfReader, apply_configuration
from pypdf.generic import BooleanObject, ByteStringObject, IndirectObject, NameObject, TextStringObject

from thesis_convert.errors import EncryptedError
from thesis_convert.loader.pdf.cross_references import FREE, CrossReferences
from thesis_convert.loader.pdf.syntax import Name, Ref, Value

MAX_READING = 10_000_000
"""Reads, of up to 256 bytes, that pypdf may make; a file of 1,000 pages takes 200,000, to repair it two million."""
MAX_FULL_SCANS = 20
"""Searches through the whole file that pypdf may make instead, for objects that are not in their place."""
MAX_SLOW_BYTES = 1_000_000
"""A stream in one of the compressions that are slow to undo; no program uses them for objects."""

_DEPTH = 100
# The end of a file that has no table: it makes pypdf look for the objects themselves.
_WITHOUT_TABLE = b"\nstartxref\n0\n%%EOF\n"


class RepairedFile:
    """A file as pypdf reads it. `places` are those of its objects, `encrypted` says that it was locked."""

    def __init__(self, data: bytes, password: str) -> None:
        """Raises EncryptedError for a password, and whatever pypdf raises for a broken file."""
        self._reader = reader = _open_reader(data, password)
        self.encrypted: bool = reader.is_encrypted
        free = _list_places(reader.xref_free_entry)
        self.places = CrossReferences(
            {key: _simplify(dict.get(reader.trailer, f"/{key}")) for key in ("Root", "Info")},
            _list_places(reader.xref) | {ref: FREE for ref in free if free[ref]},
            {number: stream for number, (stream, _) in reader.xref_objStm.items()},
        )

    def find_root(self) -> Value:
        """The catalogue dictionary, which is searched for where the trailer has none."""
        with _quiet_pypdf():
            return _simplify(self._reader.root_object)

    def load(self, ref: Ref, place: int) -> Value:
        """The object that begins at `place`, its strings unlocked."""
        with _quiet_pypdf():
            try:
                return _simplify(self._get_object(ref, place))
            except Exception:  # whatever a damaged object makes pypdf raise
                return None

    def unpack(self, ref: Ref, place: int, limit: int) -> tuple[dict[str, Value], bytes]:
        """The dictionary and the bytes of a stream, both empty when it is damaged or larger than `limit`."""
        slow = min(limit, MAX_SLOW_BYTES)
        try:
            with (
                _quiet_pypdf(),
                apply_configuration(
                    zlib_maximum_output_length=limit,
                    lzw_maximum_output_length=slow,
                    run_length_maximum_output_length=slow,
                ),
            ):
                stream: Any = self._get_object(ref, place)
                entries, data = _simplify(stream), stream.get_data()
        except Exception:  # whatever a damaged stream makes pypdf raise
            return {}, b""
        finally:
            self._reader.resolved_objects.pop((ref.generation, ref.number), None)
        if isinstance(entries, dict) and isinstance(data, bytes) and len(data) <= limit:
            return entries, data
        return {}, b""

    def _get_object(self, ref: Ref, place: int) -> object:
        self._reader.xref.setdefault(ref.generation, {})[ref.number] = place
        return self._reader.get_object(IndirectObject(ref.number, ref.generation, self._reader))


def _list_places(table: Mapping[int, Mapping[int, int]]) -> dict[Ref, int]:
    """What pypdf keeps by generation and number."""
    return {Ref(number, generation): place for generation, places in table.items() for number, place in places.items()}


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
