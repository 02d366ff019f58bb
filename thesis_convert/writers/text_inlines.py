"""Inlines as the characters of a line.

A tuple of inlines goes in, one string comes out, not yet wrapped: a "\\n" in it is a line end of
the thesis, a form feed the start of a printed page when those are wanted. Emphasis is `_so_`, bold
type `*so*`, a note `[3]`; what has no sign of its own in plain text is left as words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never

from thesis_convert.document import (
    Code,
    Emphasis,
    Foreign,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    Math,
    Note,
    PageBreak,
    Reference,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from thesis_convert.writers.text_math import lower_text, raise_text, set_formula

PageMarkers = Literal["none", "ff", "label"]

# "19th", "1er", "nº": letters that are raised by custom only, and read as well on the line.
_RAISED_BY_CUSTOM = re.compile(r"[^\W\d_]{2,4}\.?|[ªº]")


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. `marks` has the mark of each note by the note's id."""

    ascii: bool = False
    page_markers: PageMarkers = "none"
    marks: Mapping[str, str] = field(default_factory=dict)


def set_inlines(inlines: tuple[Inline, ...], style: Style, signs: str = "") -> str:
    """The inlines as one string. `signs` are those of the emphasis that is open already."""
    return "".join(_set_inline(inline, style, signs) for inline in inlines)


def set_page_marker(label: str, style: Style) -> str:
    """What stands where a printed page begins."""
    if style.page_markers == "ff":
        return "\f"
    return f" [p.\u00a0{label}] " if style.page_markers == "label" and label else ""


def set_math(tex: str, text: str, style: Style) -> str:
    """A formula as Unicode when that says it, else as TeX between dollars, else as printed."""
    line = set_formula(tex)
    if line and (line.isascii() or not style.ascii):
        return line
    return f"${tex}$" if tex else text


def _set_inline(inline: Inline, style: Style, signs: str) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Emphasis(content) | Underline(content):
            return _emphasise(content, "_", style, signs)
        case Strong(content):
            return _emphasise(content, "*", style, signs)
        case SmallCaps(content) | Reference(_, content) | Foreign(_, content):
            return set_inlines(content, style, signs)
        case Superscript(content):
            return _set_superscript(set_inlines(content, style, signs), style)
        case Subscript(content):
            return _set_subscript(set_inlines(content, style, signs), style)
        case Math(tex, text):
            return set_math(tex, text, style)
        case Link(url, content):
            return _set_link(url, set_inlines(content, style, signs))
        case Note():
            return f"[{style.marks.get(inline.id, inline.label)}]"
        case LineBreak():
            return "\n"
        case PageBreak(label):
            return set_page_marker(label, style)
        case InlineImage(_, alternative):
            return f"[{alternative or 'image'}]"
    assert_never(inline)


def _emphasise(content: tuple[Inline, ...], sign: str, style: Style, signs: str) -> str:
    """`content` between two of `sign`, with the spaces at its ends outside; once is enough."""
    text = set_inlines(content, style, signs + sign)
    core = text.strip()
    if not core or sign in signs:
        return text
    start = text.index(core)
    return f"{text[:start]}{sign}{core}{sign}{text[start + len(core) :]}"


def _set_superscript(text: str, style: Style) -> str:
    if _RAISED_BY_CUSTOM.fullmatch(text) or not text.strip():
        return text
    raised = None if style.ascii else raise_text(text)
    return raised or (f"^{text}" if len(text) == 1 else f"^{{{text}}}")


def _set_subscript(text: str, style: Style) -> str:
    if not text.strip():
        return text
    lowered = None if style.ascii else lower_text(text)
    return lowered or (f"_{text}" if len(text) == 1 else f"_{{{text}}}")


def _set_link(url: str, text: str) -> str:
    """The words, and the address after them when they do not say it."""
    if _bare(url) in _bare(text):
        return text
    return f"{text} <{url}>" if text.strip() else f"<{url}>"


def _bare(address: str) -> str:
    scheme, separator, rest = address.partition(":")
    known = separator and scheme.lower() in ("http", "https", "ftp", "mailto", "doi", "urn")
    bare = (rest if known else address).strip().strip("/").lower()
    return bare.removeprefix("www.").removeprefix("doi.org/").removeprefix("dx.doi.org/")
