"""The bytes of a stream in the compression that nearly all streams of objects have (ISO 32000-2, 7.4.4).

In: the file, the dictionary of the stream and where that ends. Out: the bytes, or None for another compression or when
something is not in order: then pypdf may know more.
"""

from __future__ import annotations

import re
import zlib
from itertools import accumulate

from thesis_convert.loader.pdf.syntax import Value

_BEGIN = re.compile(rb"\s*stream\r?\n")
_END = re.compile(rb"\s*endstream")
_UP = 2
"""The filter of PNG that says of each byte by how much it differs from the byte above; all tables are made with it."""


def unpack_stream(data: bytes, entries: dict[str, Value], end: int, length: int | None, limit: int) -> bytes | None:
    """The bytes, at most `limit`, of the stream whose dictionary stops at `end`; `length` is what it says of itself."""
    begin = _BEGIN.match(data, end)
    if not begin or length is None or length < 0 or not _END.match(data, begin.end() + length):
        return None
    content = data[begin.end() : begin.end() + length]
    match entries.get("Filter"):
        case None | []:
            return content if length <= limit else None
        case "FlateDecode" | ["FlateDecode"]:
            inflated = _inflate(content, limit)
        case _:
            return None
    parameters = entries.get("DecodeParms")
    return _undo_prediction(inflated, parameters) if inflated and parameters else inflated


def _inflate(content: bytes, limit: int) -> bytes | None:
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(content, limit + 1)
    except zlib.error:
        return None
    return content if inflater.eof and len(content) <= limit else None


def _undo_prediction(content: bytes, parameters: Value) -> bytes | None:
    """The rows of a table, each of which begins with the number of its filter."""
    match parameters:
        case {"Predictor": int(predictor), "Columns": int(columns), **others} | [
            {"Predictor": int(predictor), "Columns": int(columns), **others}
        ] if predictor >= 10 and columns > 0 and not others:
            pass
        case _:
            return None
    rows = len(content) // (columns + 1)
    if content[:: columns + 1] != bytes([_UP]) * rows or len(content) % (columns + 1):
        return None
    result = bytearray(rows * columns)
    for column in range(columns):
        result[column::columns] = bytes(value & 0xFF for value in accumulate(content[column + 1 :: columns + 1]))
    return bytes(result)
