"""Turns the strings of a PDF into text, and its dates into ISO dates.

In: bytes as they stand in the file. Out: text on one line without control characters, which any
format can hold. A text string says its encoding by its first bytes; without such a mark it is in
PDFDocEncoding, where many programs write UTF-8 all the same.
"""

from __future__ import annotations

import codecs
import re
from datetime import date

MAX_TEXT = 4_000
"""Characters of a title or another property; an abstract may stand in one."""

# Where PDFDocEncoding differs from Latin-1.
_ACCENTS = dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True))
_MARKS = dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True))
_PDF_DOCUMENT_ENCODING = _ACCENTS | _MARKS | {0xA0: "€"}

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LANGUAGE_ESCAPE = re.compile("\x1b[^\x1b]{0,20}\x1b")
_UNUSABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff]+")
_DATE = re.compile(r"\s*(?:D:)?\s*(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?=\D|\d{2,}|\Z)", re.ASCII)


def decode_text(raw: bytes, limit: int = MAX_TEXT) -> str:
    """The text of a string: white space is single spaces, at most `limit` characters."""
    raw = raw[: 4 * limit + 4]  # no encoding needs more than four bytes for a character
    if raw.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        text = raw.decode("utf-16", "replace")
    elif raw.startswith(codecs.BOM_UTF8):
        text = raw.decode("utf-8-sig", "replace")
    elif not _BEYOND_ASCII.search(raw):
        text = raw.decode("latin-1").translate(_ACCENTS)
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1").translate(_PDF_DOCUMENT_ENCODING)
    return clean_text(_LANGUAGE_ESCAPE.sub("", text), limit)


def clean_text(text: str, limit: int = MAX_TEXT) -> str:
    """`text` on one line, without characters that no format can hold."""
    return " ".join(_UNUSABLE.sub(" ", text[: 2 * limit]).split())[:limit].rstrip()


def decode_date(text: str) -> str:
    """The ISO date ("2021-03-31", "2021-03" or "2021") that a PDF or XMP date tells, "" when it is none."""
    match = _DATE.match(text)
    if not match or int(match[1]) < 1000:
        return ""
    year, month, day = match.groups(default="")
    if day and _is_date(year, month, day):
        return f"{year}-{month}-{day}"
    return f"{year}-{month}" if month and _is_date(year, month, "1") else str(year)


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
