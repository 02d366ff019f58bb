"""Inlines as one line of Markdown.

Inlines go in, a string comes out. They are first made into a row of pieces (escaped text, finished
markup, opening and closing delimiters), and then put together with an eye on the neighbours: whether
`*` opens or closes emphasis depends on the characters beside it. Where these would make a delimiter
mean nothing (`*«a»*b`, as in Chinese without spaces) or something else (`*a**b*`), an empty comment
stands between: every reader takes it for punctuation and none shows it. Emphasis with strong emphasis
within or around it is written with `_`, so that no reader has to guess which `*` belongs to which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

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
from thesis_convert.traversal import plain_text, walk
from thesis_convert.writers.markdown_escape import (
    Place,
    clean_text,
    escape_after_markup,
    escape_entities,
    escape_line_start,
    escape_text,
    escape_url,
    is_plain_address,
    make_fence,
)
from thesis_convert.writers.markdown_spans import split_pages, tidy_inlines
from thesis_convert.writers.markdown_style import Style

SEPARATOR = "<!-- -->"
_MAIL = re.compile(r"mailto:([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)


class _Piece(NamedTuple):
    kind: Literal["text", "markup", "open", "close", "break"]
    text: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where inlines stand: in which place, outside of links (`addresses`), within strong emphasis."""

    style: Style
    place: Place
    addresses: bool = True
    strong: bool = False


def render_paragraph(inlines: Iterable[Inline], style: Style) -> tuple[list[str], str]:
    """Markers of pages that begin before the first word, and the paragraph.

    A comment at the start of a line would make the whole line HTML: it needs a line of its own.
    """
    pages, core = split_pages(tidy_inlines(inlines, style))
    markers = [spell_page(page, style) for page in pages]
    text = _join(list(_spell_all(core, _Setting(style, "line"))), begins_line=True)
    if len(core) == 1 and isinstance(core[0], InlineImage):
        text += SEPARATOR  # alone in its paragraph, a picture is a figure to pandoc
    return ([], "".join(markers) + text) if style.options.page_markers == "anchor" and text else (markers, text)


def render_inlines(inlines: Iterable[Inline], style: Style, place: Place, *, addresses: bool = True) -> str:
    """Inlines for a place in a line: a heading, a cell, or the text of a link without `addresses`."""
    pages, core = split_pages(tidy_inlines(inlines, style))
    markers = "".join(spell_page(page, style) for page in pages)
    return markers + _join(list(_spell_all(core, _Setting(style, place, addresses))), begins_line=False)


def spell_page(page: PageBreak, style: Style) -> str:
    """The marker of a printed page; one without a printed number says its place in the PDF."""
    if style.options.page_markers == "anchor":
        name = style.page_ids.get(page.page, f"page-{page.page}")
        return f"[]{{#{name}}}" if style.pandoc else f'<a id="{name}"></a>'
    label = re.sub("[-<>|]+", "-", clean_text(page.label)).strip("- ")
    return f"<!-- page: {label} -->" if label else f"<!-- PDF page: {page.page} -->"


def _spell_all(inlines: Sequence[Inline], setting: _Setting) -> Iterator[_Piece]:
    for inline in inlines:
        yield from _spell(inline, setting)


def _spell(inline: Inline, setting: _Setting) -> Iterator[_Piece]:
    style, place, addresses = setting.style, setting.place, setting.addresses
    match inline:
        case Text(text):
            yield _Piece("text", escape_text(text, place, addresses=addresses))
        case Emphasis() | Strong():
            yield from _spell_emphasis(inline, setting)
        case Superscript() | Subscript():
            yield from _spell_script(inline, setting)
        case Code(text):
            yield _Piece("markup", _spell_code(text, place))
        case Math(tex):
            yield _Piece("markup", f"${escape_bars(tex) if place == 'cell' else tex}$")
        case Note():
            yield _Piece("markup", f"[^{style.note_labels[inline.id]}]")
        case LineBreak():
            yield _Piece("break", "\\\n" if place == "line" and addresses else " <br>" if place == "cell" else " ")
        case PageBreak():
            yield _Piece("markup", spell_page(inline, style))
        case InlineImage(media, alternative):
            alternative = escape_text(clean_text(alternative), place, addresses=False)
            yield _Piece("markup", f"![{alternative}]({style.locate_media(media)})")
        case _:
            yield from _spell_link(inline, setting)


def _spell_emphasis(inline: Emphasis | Strong, setting: _Setting) -> Iterator[_Piece]:
    if isinstance(inline, Strong):
        delimiter = "**"
        setting = replace(setting, strong=True)
    else:
        delimiter = "_" if setting.strong or any(isinstance(node, Strong) for node in walk(inline)) else "*"
    yield _Piece("open", delimiter)
    yield from _spell_all(inline.content, setting)
    yield _Piece("close", delimiter)


def _spell_link(inline: Link | Reference | SmallCaps | Underline | Foreign, setting: _Setting) -> Iterator[_Piece]:
    match inline:
        case Link(url, content):
            text = plain_text(content)
            if setting.addresses and content == (Text(text),) and (short := _shorten_link(url, text)):
                yield _Piece("markup", short)
                return
            target = f"({escape_url(url)})"
        case Reference(target, _):
            target = f"({setting.style.targets[target]})"
        case Foreign(language, _):
            target = f"{{lang={re.sub('[^A-Za-z0-9-]', '', language)}}}"
        case _:
            target = "{.smallcaps}" if isinstance(inline, SmallCaps) else "{.underline}"
    yield _Piece("markup", "[")
    yield from _spell_all(inline.content, replace(setting, addresses=False))
    yield _Piece("markup", "]" + target)


def _shorten_link(url: str, text: str) -> str:
    """A link whose text is its address: between angle brackets, "" where a reader would refuse that."""
    if url == text and is_plain_address(url):
        return f"<{url}>"
    mail = _MAIL.fullmatch(url)
    return f"<{text}>" if mail and mail[1] == text else ""


def _spell_script(inline: Superscript | Subscript, setting: _Setting) -> Iterator[_Piece]:
    sign, tag = ("^", "sup") if isinstance(inline, Superscript) else ("~", "sub")
    if setting.style.pandoc:
        match inline.content:
            case (Text(text),) if (
                re.fullmatch(r"[\w+−–]+", text) and "_" not in text
            ):  # pandoc reads escapes here twice
                yield _Piece("markup", f"{sign}{text}{sign}")
                return
    yield _Piece("markup", f"<{tag}>")
    yield from _spell_all(inline.content, setting)
    yield _Piece("markup", f"</{tag}>")


def _spell_code(text: str, place: Place) -> str:
    if place == "cell" and "|" in text:  # to some readers a bar ends the cell even here, to others its escape shows
        return f"<code>{escape_entities(text)}</code>"
    fence = make_fence(text)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def escape_bars(tex: str) -> str:
    """A formula for a cell of a pipe table: its bars by their names."""
    return re.sub(r"\\?\|", lambda bar: "\\vert " if bar[0] == "|" else "\\Vert ", tex)


# --- Putting the pieces together ----------------------------------------------------------------


def _join(pieces: Sequence[_Piece], begins_line: bool) -> str:
    out: list[str] = []
    before = ""  # the last character of the line so far
    previous = _Piece("break", "")
    for number, piece in enumerate(pieces):
        text = piece.text
        following = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
        if piece.kind == "text":
            text = escape_line_start(text) if not before and begins_line else text
            text = escape_after_markup(text, before) if previous.kind == "markup" else text
            text = text[:-1] + "\\!" if text.endswith("!") and following == "[" else text  # no image
        if _must_separate(previous, piece, before, following):
            out.append(SEPARATOR)
        out.append(text)
        if piece.kind == "close" and not _closes(text, before, following):
            out.append(SEPARATOR)
        before = "" if text.endswith("\n") else out[-1][-1:]
        previous = piece
    return "".join(out)


def _must_separate(previous: _Piece, piece: _Piece, before: str, following: str) -> bool:
    """Whether `piece` would be read as something else beside what stands before it: `*a**b*`, `$a$1`."""
    if piece.kind == "open":
        return (previous.kind == "close" and before != ">") or not _opens(piece.text, before, following)
    return previous.kind == "markup" and before == "$" and (piece.text[:1].isdigit() or piece.text.startswith("$"))


def _opens(delimiter: str, before: str, after: str) -> bool:
    """Whether a delimiter opens emphasis between these characters, "" for an end of the line."""
    if delimiter == "_":
        return not before or before.isspace() or before in "([*>"  # pandoc takes a point for part of a word
    return not _may_be_punctuation(after) or not before or _stands_apart(before)


def _closes(delimiter: str, before: str, after: str) -> bool:
    """Whether a delimiter closes emphasis between these characters, "" for an end of the line."""
    if delimiter == "_" or _may_be_punctuation(before):
        return not after or _stands_apart(after)
    return True


def _may_be_punctuation(character: str) -> bool:
    """To some reader at least: newer ones count symbols too."""
    return unicodedata.category(character)[0] in "PS"


def _stands_apart(character: str) -> bool:
    """Whether every reader takes the character for white space or punctuation."""
    if character.isascii():
        return not character.isalnum()
    return unicodedata.category(character)[0] == "P" or character.isspace()
