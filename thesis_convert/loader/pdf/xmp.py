"""Reads an XMP packet, the XML in which a PDF describes itself.

In: the packet's bytes. Out: pairs of a Dublin Core name and a text. A packet that declares a document
type is not read at all, so no entity can be made to grow or to fetch a file; one that is not well
formed is taken as absent.
"""

from __future__ import annotations

import codecs

from thesis_convert.loader.pdf.strings import clean_text

MAX_PACKET = 2_000_000
"""Bytes of a packet. Real ones have some 5,000, and up to a million with a picture of the page."""
MAX_TEXTS = 2_000
"""Texts that are taken from one packet."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PRISM = ("{http://prismstandard.org/namespaces/basic/2.0/}", "{http://prismstandard.org/namespaces/basic/2.1/}")
_NAMES = {
    _DUBLIN_CORE + "title": "title",
    _DUBLIN_CORE + "creator": "creator",
    _DUBLIN_CORE + "contributor": "contributor",
    _DUBLIN_CORE + "publisher": "publisher",
    _DUBLIN_CORE + "description": "subject",
    _DUBLIN_CORE + "subject": "keywords",
    _DUBLIN_CORE + "date": "date",
    _DUBLIN_CORE + "language": "language",
    _DUBLIN_CORE + "rights": "rights",
    _DUBLIN_CORE + "identifier": "identifier",
    _PDF + "Keywords": "keywords",
    _PDF + "Producer": "producer",
    _XMP + "CreatorTool": "producer",
    _XMP + "CreateDate": "date",
    **{namespace + "doi": "identifier" for namespace in _PRISM},
    **{namespace + "url": "identifier" for namespace in _PRISM},
}


def parse_xmp(packet: bytes) -> list[tuple[str, str]]:
    """The texts that the packet holds for each property, one after the other."""
    text = _decode(packet)
    if not text or "<!DOCTYPE" in text or "<!ENTITY" in text:
        return []
    from xml.etree import ElementTree  # many files have no packet, and it takes time to import

    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        return []
    found: list[tuple[str, str]] = []
    for description in root.iter(_RDF + "Description"):
        found += [(_NAMES[name], clean_text(value)) for name, value in description.attrib.items() if name in _NAMES]
        for element in description:
            if element.tag in _NAMES:
                items = list(element.iter(_RDF + "li")) or [element]
                found += [(_NAMES[element.tag], clean_text(item.text or "")) for item in items]
        if len(found) > MAX_TEXTS:
            break
    return found[:MAX_TEXTS]


def _decode(packet: bytes) -> str:
    """The packet as text, "" when its encoding is not one of Unicode's."""
    packet = packet.strip(b" \t\r\n\x00") if packet[:1] in b" \t\r\n" else packet
    encoding = "utf-8-sig"
    if packet.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        encoding = "utf-16"
    elif packet.startswith((b"\x00<", b"<\x00")):
        encoding = "utf-16-be" if packet[0] == 0 else "utf-16-le"
    try:
        return packet.decode(encoding)
    except UnicodeDecodeError:
        return ""
