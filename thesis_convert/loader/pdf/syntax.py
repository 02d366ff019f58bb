"""Reads one PDF object, written in the syntax of the format, into plain Python values.

In: bytes and the place where an object begins. Out: its value and the place behind it. Numbers are
int and float, strings are bytes, names are `Name`, references are `Ref`, arrays are lists and
dictionaries are dicts. One regular expression cuts the next token, and an explicit stack holds what
is open, so a hostile file can exhaust neither the time (each byte is looked at a fixed number of
times) nor the call stack. What makes no sense is None or left out; what follows it still counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

MAX_NESTING = 200
"""Arrays and dictionaries within each other; real files stay below ten."""
MAX_NUMBER_LENGTH = 40
"""Characters of a number; longer ones say nothing that a length on paper could mean."""
MAX_REFERENCE_LENGTH = 24
"""Characters of a reference; the format allows ten digits for an object and five for its generation."""


class Name(str):
    """A name object without its slash, apart from a text string that may read the same."""

    __slots__ = ()


class Ref(NamedTuple):
    """A pointer to the object that holds the value."""

    number: int
    generation: int


Value = None | bool | int | float | bytes | Name | Ref | list["Value"] | dict[str, "Value"]

# The number of the group that matched says what the token is. It matches everywhere, else the search for
# a place where it does would take a time that grows with the square of the length.
_TOKEN = re.compile(
    rb"""[\s\x00]*+(?:%[^\r\n]*+[\s\x00]*+)*+(?:
    /([^\s\x00()<>\[\]{}/%]*+)                                            # 1 a name
    |(\d++[\s\x00]++\d++[\s\x00]++R(?![^\s\x00()<>\[\]{}/%]))             # 2 a reference
    |([+-]?(?:\d++\.?\d*+|\.\d++)(?![^\s\x00()<>\[\]{}/%]))               # 3 a number
    |(<<|\[)                                                              # 4 an opening bracket
    |(>>|\])                                                              # 5 a closing bracket
    |\(([^()\\\r]*+)\)                                                    # 6 a string as it stands
    |(\()                                                                 # 7 a string with escapes
    |<([0-9A-Fa-f\s\x00]*+)>                                              # 8 a string in hexadecimal
    |([^\s\x00()<>\[\]{}/%]++)                                            # 9 a keyword, or nonsense
    |[<>){}]                                                              # nonsense without a value
    |\Z)""",
    re.VERBOSE,
)
_OPEN, _CLOSE, _ESCAPED, _KEYWORD = 4, 5, 7, 9
_ENDS = {b"endobj", b"obj", b"stream", b"endstream", b"xref", b"trailer", b"startxref"}
_TRUTH = {b"true": True, b"false": False}
_NAME_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\(\r\n|[0-7]{1,3}|.)|\r\n?", re.DOTALL)
_MEANINGS = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}


def parse_object(data: bytes, position: int) -> tuple[Value, int]:
    """The value of the object that begins at `position`, and the place behind it.

    An object that is cut off is as much of it as is there; None when that is nothing.
    """
    root: list[Value] = []
    values = root
    stack: list[tuple[list[Value], bytes]] = []
    tokens = _TOKEN.finditer(data, position)
    while match := next(tokens, None):
        position = match.end()
        kind = match.lastindex
        if kind is None:
            continue
        if kind == _OPEN:
            if len(stack) == MAX_NESTING:
                break
            stack.append((values, match[_OPEN]))
            values = []
            continue
        if kind == _CLOSE:
            if not stack:
                break
            finished = values
            values, bracket = stack.pop()
            values.append(finished if bracket == b"[" else _pair(finished))
        elif kind == _ESCAPED:
            text, position = _read_string(data, position)
            values.append(text)
            tokens = _TOKEN.finditer(data, position)
        elif kind == _KEYWORD and match[_KEYWORD] in _ENDS:
            break
        else:
            values.append(_READERS[kind](match[kind]))
        if not stack:
            break
    while stack:
        finished = values
        values, bracket = stack.pop()
        values.append(finished if bracket == b"[" else _pair(finished))
    return (root[0] if root else None), position


def _pair(values: list[Value]) -> dict[str, Value]:
    """The entries of a dictionary. Only a name can be a key; the first entry of a key counts."""
    entries: dict[str, Value] = {}
    key: Name | None = None
    for value in values:
        if key is not None:
            entries.setdefault(key, value)
            key = None
        elif isinstance(value, Name):
            key = value
    return entries


@lru_cache(maxsize=4096)
def _read_name(raw: bytes) -> Name:
    if b"#" in raw:
        raw = _NAME_CODE.sub(lambda match: bytes.fromhex(match[1].decode("ascii")), raw)
    try:
        return Name(raw, "utf-8")
    except UnicodeDecodeError:
        return Name(raw, "latin-1")


def _read_reference(raw: bytes) -> Ref | None:
    number, generation, _ = raw.replace(b"\x00", b" ").split(None, 2)
    if len(number) + len(generation) > MAX_REFERENCE_LENGTH:
        return None
    return Ref(int(number), int(generation))


def _read_number(raw: bytes) -> int | float | None:
    if len(raw) > MAX_NUMBER_LENGTH:
        return None
    return float(raw) if b"." in raw else int(raw)


def _read_plain(raw: bytes) -> bytes:
    return raw


def _read_hexadecimal(raw: bytes) -> bytes:
    digits = raw.translate(None, b" \t\n\r\f\v\x00")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


# By the number of the group; those of brackets and of strings with escapes are never used.
_READERS: tuple[Callable[[bytes], Value], ...] = (
    _read_plain,
    _read_name,
    _read_reference,
    _read_number,
    _read_plain,
    _read_plain,
    _read_plain,
    _read_plain,
    _read_hexadecimal,
    _TRUTH.get,
)


def _read_string(data: bytes, position: int) -> tuple[bytes, int]:
    """The string whose opening parenthesis ends at `position`; all that is left when it has no end."""
    depth = 1
    for match in _PARENTHESIS.finditer(data, position):
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if depth == 0:
                return _ESCAPE.sub(_unescape, data[position : match.start()]), match.end()
    return _ESCAPE.sub(_unescape, data[position:]), len(data)


def _unescape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code is None:
        return b"\n"
    if code.isdigit() and code[0] < ord("8"):
        return bytes((int(code, 8) & 0xFF,))
    return _MEANINGS.get(code, code)
