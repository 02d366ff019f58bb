"""Finds the identifiers and the licence that a thesis says of itself.

In: lines of its first pages, and the file's properties. Out: `Identifier`s and a statement of rights.
Only pages that speak of the thesis are to be asked: a DOI in the text is mostly somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from thesis_convert.document import Identifier

_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)")
_HANDLE = re.compile(r"hdl\.handle\.net/(\d[\w.]*/[^\s\"<>]+)|\bhdl:(\d[\w.]*/[^\s\"<>]+)", re.I)
_URN = re.compile(r"\burn:(?!isbn|issn|uuid|sha)[a-z0-9][a-z0-9\-]{1,31}:[\w.()+,\-:=@;$!*'%/?#]+", re.I)
_ISBN = re.compile(
    r"ISBN(?:[\s-]*1[03])?(?:\s*\([^)]*\))?[:\s]*((?:97[89][\s\-–]?)?\d(?:[\s\-–]?\d){8}[\s\-–]?[\dXx])", re.I
)
_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z\-+]+)(?:/(\d\.\d))?", re.I)
_NAMED_LICENCE = re.compile(r"\bCC[\s\-]?(BY(?:[\s\-](?:NC|SA|ND))*|0)(?:[\s\-]*v?(\d\.\d))?\b")
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\s*(?:©|\(c\))?)\s*(?=.*\w).{3,100}", re.I)
_TRAILING = ".,;:)]}>'\"”’"


def find_identifiers(texts: Iterable[str]) -> tuple[Identifier, ...]:
    """DOI, handle, URN and ISBN in the order in which they stand, each once."""
    return tuple(dict.fromkeys(found for text in texts for found in _read_identifiers(text)))


def find_rights(texts: Iterable[str]) -> str:
    """The licence, or the copyright line where there is none; "" without either."""
    licence = copyright_line = ""
    for text in texts:
        if match := _CREATIVE_COMMONS.search(text):
            kind, name, version = match.groups()
            licence = licence or _name_licence(kind, name, version or "")
        elif match := _NAMED_LICENCE.search(text):
            name = re.sub(r"[\s\-]+", "-", match[1])
            licence = licence or ("CC0" if name == "0" else f"CC {name} {match[2] or ''}".strip())
        if match := _COPYRIGHT.match(text.strip()):
            copyright_line = copyright_line or match.group().strip()
    return "; ".join(filter(None, (copyright_line, licence)))


def _read_identifiers(text: str) -> Iterator[Identifier]:
    if match := _DOI.search(text):
        yield Identifier("doi", match[1].rstrip(_TRAILING))
    if match := _HANDLE.search(text):
        yield Identifier("handle", (match[1] or match[2]).rstrip(_TRAILING))
    if match := _URN.search(text):
        yield Identifier("urn", match.group().rstrip(_TRAILING))
    for match in _ISBN.finditer(text):
        digits = re.sub(r"[^\dXx]", "", match[1]).upper()
        if _is_isbn(digits):
            yield Identifier("isbn", digits)


def _is_isbn(digits: str) -> bool:
    """Whether the check digit is right."""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 13:
        return "X" not in digits and sum(v * (3 if n % 2 else 1) for n, v in enumerate(values)) % 10 == 0
    return len(values) == 10 and "X" not in digits[:-1] and sum(v * (10 - n) for n, v in enumerate(values)) % 11 == 0


def _name_licence(kind: str, name: str, version: str) -> str:
    if kind.lower() == "publicdomain":
        return "CC0" if name.lower() == "zero" else "Public Domain"
    return f"CC {name.upper()} {version}".strip()
