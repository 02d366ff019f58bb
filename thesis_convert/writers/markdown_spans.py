"""Inlines in the shape that Markdown can say.

Any inlines go in. What comes out prints the same and obeys what delimiters ask for: no style within
itself, none that begins or ends with a space, a line end or a page break, no two alike side by side,
no link or note within a link; and no link, reference or picture that leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

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
    Paragraph,
    Reference,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from thesis_convert.traversal import plain_text, transform, walk
from thesis_convert.writers.markdown_escape import clean_text
from thesis_convert.writers.markdown_style import Style

Span = Emphasis | Strong | SmallCaps | Underline | Superscript | Subscript | Foreign | Link | Reference
_SPACES = re.compile("  +")
_POINT = re.compile(r"[,.;:]+(?=\s|\Z)")
_SCHEME = re.compile(r"(?:https?|ftp)://.|(?:mailto|doi|urn):.", re.IGNORECASE | re.DOTALL)


def tidy_inlines(inlines: Iterable[Inline], style: Style, within: frozenset[type] = frozenset()) -> tuple[Inline, ...]:
    """`inlines` as the module says; `within` names the kinds of span around them."""
    return _merge(tidy for inline in inlines for tidy in _tidy(inline, style, within))


def is_safe_link(url: str) -> bool:
    """Whether the address has a scheme that may be passed on."""
    return _SCHEME.match(url) is not None


def split_pages(inlines: tuple[Inline, ...]) -> tuple[tuple[PageBreak, ...], tuple[Inline, ...]]:
    """The page breaks at the beginning, and the rest without white space at either end."""
    leading, core, _ = _split_edges(inlines, (LineBreak, PageBreak), (LineBreak,))
    pages = tuple(inline for inline in leading if isinstance(inline, PageBreak))
    return pages, core


# A reader that knows no formulas takes a backslash off a sign after it; commands of the same meaning stay whole.
_NAMED = {r"\{": r"\lbrace", r"\}": r"\rbrace", r"\|": r"\Vert", r"\\": r"\\"}
_ESCAPED = re.compile("(" + "|".join(map(re.escape, _NAMED)) + ")([A-Za-z])?")


def tidy_tex(tex: str) -> str:
    """A formula in one line that no reader takes for anything else, "" when there is no such line."""
    tex = re.sub(r"(?<!\\)%[^\n]*", "", tex)
    tex = " ".join(clean_text(tex).split())
    if re.search(r"(?<!\\)(?:\\\\)*\$", tex) or re.search(r"(?<!\\)(?:\\\\)*\\$", tex):
        return ""
    tex = _ESCAPED.sub(_name_sign, tex)
    return re.sub(r"\](?=\()", "] ", re.sub(r"<(?=[A-Za-z/!?])", "< ", tex))


def _name_sign(sign: re.Match[str]) -> str:
    name, letter = _NAMED[sign[1]], sign[2] or ""
    return f"{name} {letter}" if letter and name[-1].isalpha() else name + letter


def put_before(head: tuple[Inline, ...], content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` behind a printed head (a label, a term), with a page that begins there before both."""
    pages = tuple(takewhile(lambda inline: isinstance(inline, PageBreak), content))
    return (*pages, *head, *content[len(pages) :])


def _tidy(inline: Inline, style: Style, within: frozenset[type]) -> Iterator[Inline]:
    match inline:
        case Text(text):
            yield Text(clean_text(text))
        case Code(text):
            text = clean_text(text)
            core = text.strip()  # pandoc would lose the spaces at its ends
            yield Text(text[: text.index(core)])
            yield Code(core) if core else Text("")
            yield Text(text[text.index(core) + len(core) :])
        case Math(tex, text):
            tex = tidy_tex(tex)
            yield Math(tex, text) if tex else Text(clean_text(text or inline.tex))
        case Note(label=label, blocks=blocks) if style.within_note or not blocks:
            yield Text(f" [{clean_text(plain_text(blocks))}]") if blocks else Superscript((Text(clean_text(label)),))
        case PageBreak():
            if style.options.page_markers != "none":
                yield inline
        case InlineImage(media, alternative) if media not in style.media:
            yield Text(clean_text(alternative))
        case Note() | LineBreak() | InlineImage():
            yield inline
        case _:
            yield from _tidy_span(inline, style, within)


def _tidy_span(span: Span, style: Style, within: frozenset[type]) -> Iterator[Inline]:
    if isinstance(span, Underline) and not style.pandoc:
        span = Emphasis(span.content)
    kind = Link if isinstance(span, Reference) else type(span)
    if isinstance(span, Emphasis | Strong) and kind not in within:
        released, span = _release_punctuation(span)
        yield from released
    content = tidy_inlines(span.content, style, within | {kind})
    if kind in within or not _is_writable(span, style):
        yield from content
        return
    notes: tuple[Inline, ...] = ()
    if kind is Link:
        content, notes = _take_notes(content)
    leading, core, trailing = _split_edges(content, (LineBreak, PageBreak), (LineBreak, PageBreak, Note))
    yield from leading
    if core:
        yield replace(span, content=core)
    yield from trailing
    yield from notes


def _release_punctuation(span: Emphasis | Strong) -> tuple[tuple[Text, ...], Emphasis | Strong]:
    """A comma or point at the beginning of emphasis apart from it: `a, *b*`, where `a*, b*` would not be read."""
    match span.content:
        case (Text(text), *rest) if point := _POINT.match(text):
            return (Text(point[0]),), replace(span, content=(Text(text[point.end() :]), *rest))
    return (), span


def _is_writable(span: Span, style: Style) -> bool:
    """Whether this kind of Markdown can say the span, and it leads somewhere if it is a link."""
    match span:
        case SmallCaps() | Foreign():
            return style.pandoc
        case Link(url=url):
            return is_safe_link(url)
        case Reference(target=target):
            return target in style.targets
    return True


def _take_notes(content: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """The content of a link without its notes, and these."""
    around = Paragraph(content)
    notes = tuple(node for node in walk(around) if isinstance(node, Note))
    if not notes:
        return content, ()
    return transform(around, lambda node: () if isinstance(node, Note) else node).content, notes


def _split_edges(
    content: tuple[Inline, ...], leading: tuple[type, ...], trailing: tuple[type, ...]
) -> tuple[list[Inline], tuple[Inline, ...], list[Inline]]:
    """The white space and the inlines of these kinds at both edges, apart from what is between."""
    core = list(content)
    before: list[Inline] = []
    after: list[Inline] = []
    while core:
        first = core[0]
        if isinstance(first, Text) and first.text[:1].isspace():
            before.append(Text(" "))
            core[:1] = [Text(first.text.lstrip())] if first.text.strip() else []
        elif isinstance(first, leading):
            before.append(core.pop(0))
        else:
            break
    while core:
        last = core[-1]
        if isinstance(last, Text) and last.text[-1:].isspace():
            after.insert(0, Text(" "))
            core[-1:] = [Text(last.text.rstrip())] if last.text.strip() else []
        elif isinstance(last, trailing):
            after.insert(0, core.pop())
        else:
            break
    return before, tuple(core), after


def _merge(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Neighbours of one kind as one; page breaks before line breaks, where they cannot begin a line."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        match inline:
            case Text(text) if isinstance(last, Text):
                merged[-1] = Text(_SPACES.sub(" ", last.text + text))
            case Text(""):
                continue
            case Code(text) if isinstance(last, Code):
                merged[-1] = Code(last.text + text)
            case PageBreak() if isinstance(last, LineBreak):
                text_end = next(
                    (end for end in range(len(merged), 0, -1) if not isinstance(merged[end - 1], LineBreak)), 0
                )
                merged.insert(text_end, inline)
            case Text(text) if isinstance(last, LineBreak):
                merged += [Text(text.lstrip())] if text.strip() else []
            case LineBreak() if isinstance(last, Text):
                merged[-1:] = [Text(last.text.rstrip()), inline] if last.text.strip() else [inline]
            case _ if joined := _join_alike(last, inline):
                merged[-1] = joined
            case _:
                merged.append(inline)
    return tuple(merged)


def _join_alike(one: Inline | None, other: Inline) -> Span | None:
    """Two spans that differ in their content alone as one, None for others."""
    if not isinstance(one, Span) or not isinstance(other, Span) or type(one) is not type(other):
        return None
    if replace(one, content=()) != replace(other, content=()):
        return None
    return replace(one, content=_merge((*one.content, *other.content)))
