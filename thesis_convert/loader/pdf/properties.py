"""What the file says about the work: title, creators, dates and so on.

In: `Objects`. Out: values by Dublin Core names. Two places hold them, the information dictionary of
old and the XMP packet. Where they differ both are kept, XMP first since the standard has it prevail.
"""

from __future__ import annotations

import re
import unicodedata

from thesis_convert.loader.pdf.objects import Objects
from thesis_convert.loader.pdf.strings import clean_text, decode_date, decode_text
from thesis_convert.loader.pdf.xmp import MAX_PACKET, parse_xmp

MAX_VALUES = 100
"""Values of one property."""

_INFORMATION = {
    "Title": "title",
    "Author": "creator",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "date",
    "Producer": "producer",
    "Creator": "producer",
}
"""The program that wrote the text and the one that made the PDF of it are both producers."""

_SEVERAL_KEYWORDS = (re.compile(r"[;；\n]"), re.compile(r"[,，、]"))
_SEVERAL_PEOPLE = re.compile(r"[;；]")


def read_properties(objects: Objects) -> dict[str, tuple[str, ...]]:
    """Properties with all of their values, none of them empty, none twice."""
    found = parse_xmp(objects.stream(objects.root.get("Metadata"), MAX_PACKET))
    for key, name in _INFORMATION.items():
        value = objects.resolve(objects.information.get(key))
        if isinstance(value, bytes):
            found.append((name, decode_text(value)))
    language = read_language(objects)
    if language:
        found.append(("language", language))
    properties: dict[str, list[str]] = {}
    for name, text in found:
        properties.setdefault(name, []).extend(_split(name, text))
    tidied = {name: _without_repetition(values)[:MAX_VALUES] for name, values in properties.items()}
    return {name: values for name, values in tidied.items() if values}


def read_language(objects: Objects) -> str:
    """The language that the whole file is said to be in ("de-CH"), "" when it does not say."""
    value = objects.resolve(objects.root.get("Lang"))
    return decode_text(value, 40).replace("_", "-") if isinstance(value, bytes) else ""


def _split(name: str, text: str) -> list[str]:
    """The single values in a text that may list several."""
    if name == "date":
        return [decode_date(text)]
    if name in ("creator", "contributor"):
        return _SEVERAL_PEOPLE.split(text)
    if name == "keywords":
        separator = next((pattern for pattern in _SEVERAL_KEYWORDS if pattern.search(text)), None)
        return separator.split(text) if separator else [text]
    return [text]


def _without_repetition(values: list[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for value in values:
        text = clean_text(value)
        if text:
            kept.setdefault(unicodedata.normalize("NFKC", text).casefold(), text)
    return tuple(kept.values())
