"""The rules for inlines: what stands within a line of text, as XHTML.

White space is passed on exactly as it is, since a line end between two elements would be seen as a
space in the middle of a word.
"""

from __future__ import annotations

from thesis_convert import document as nodes
from thesis_convert.diagnostics import Code
from thesis_convert.writers.mathml import render_formula
from thesis_convert.writers.xhtml_rendering import (
    LINK_END,
    LINK_MIDDLE,
    LINK_START,
    Mark,
    Rendering,
    Rule,
    escape,
    make_address,
)

# What readers can show everywhere; anything else in a book would need a second form.
PICTURE_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/svg+xml", "image/webp"})
# The mark of a note that was printed without one.
UNMARKED = "*"


def render_picture(media: str, alternative: str, r: Rendering, attributes: str = "", label: str = "") -> str:
    """An `img` element, or "" when there is no such picture or readers could not show it.

    Without an alternative, `label` says at least which picture it is.
    """
    picture = r.media.get(media)
    if picture is None:
        return ""
    if picture.media_type not in PICTURE_TYPES:
        r.tell(
            Code.PICTURE_UNREADABLE,
            f"the picture {media} is of the type {picture.media_type}, which a book cannot show",
        )
        return ""
    r.used_media[media] = picture
    if alternative.strip():
        r.described_pictures += 1
    else:
        r.undescribed_pictures += 1
    text = r.escape(alternative if alternative.strip() else label)
    return f'<img src="{r.locate_picture(picture)}" alt="{text}"{attributes}/>'


def _text(node: nodes.Text, r: Rendering) -> str:
    return r.escape(node.text)


def _wrap(opening: str, closing: str) -> Rule:
    def rule(node: nodes.Emphasis, r: Rendering) -> str:
        inner = r.inlines(node.content)
        return f"{opening}{inner}{closing}" if inner else ""

    return rule


def _code(node: nodes.Code, r: Rendering) -> str:
    return f"<code>{r.escape(node.text)}</code>"


def _math(node: nodes.Math, r: Rendering) -> str:
    if not node.tex.strip():
        return f'<span class="formula">{r.escape(node.text)}</span>'
    return render_formula(r.clean(node.tex), r.clean(node.text))


def _link(node: nodes.Link, r: Rendering) -> str:
    address = make_address(node.url)
    if address is None:
        r.tell(Code.UNSAFE_LINK, f"a link to {node.url[:80]!r} is kept as text only")
        return r.inlines(node.content)
    return r.link(f'<a href="{escape(address)}">', node.content, "</a>")


def _reference(node: nodes.Reference, r: Rendering) -> str:
    return r.link(f"{LINK_START}{r.clean(node.target)}{LINK_MIDDLE}", node.content, LINK_END)


def _foreign(node: nodes.Foreign, r: Rendering) -> str:
    before = r.language
    attributes = r.enter_language(node.language)
    inner = r.inlines(node.content)
    r.language = before
    return f"<span{attributes}>{inner}</span>" if attributes and inner else inner


def _note(node: nodes.Note, r: Rendering) -> str:
    name = r.claim(node.id or "note")
    r.notes.append((name, r.language, node))
    mark = r.escape(node.label or UNMARKED)
    return r.place_link(
        f'<a id="{r.claim("ref_" + name)}" href="#{name}" epub:type="noteref" role="doc-noteref">{mark}</a>'
    )


def _line_break(node: nodes.LineBreak, r: Rendering) -> str:
    return "<br/>"


def _page_break(node: nodes.PageBreak, r: Rendering) -> str:
    """A page without a printed number cannot be cited by it and gets no mark; a page begins once."""
    label = r.clean(node.label).strip()
    if not label or node.page in r.marked_pages:
        return ""
    r.marked_pages.add(node.page)
    name = r.claim(f"page_{node.page}")
    r.pages.append(Mark(name, label))
    return f'<span id="{name}" epub:type="pagebreak" role="doc-pagebreak" aria-label="{escape(label)}"></span>'


def _inline_image(node: nodes.InlineImage, r: Rendering) -> str:
    return render_picture(node.media, node.alternative, r, ' class="inline"') or r.escape(node.alternative)


INLINE_RULES: dict[type, Rule] = {
    nodes.Text: _text,
    nodes.Emphasis: _wrap("<em>", "</em>"),
    nodes.Strong: _wrap("<strong>", "</strong>"),
    nodes.SmallCaps: _wrap('<span class="smallcaps">', "</span>"),
    nodes.Underline: _wrap("<u>", "</u>"),
    nodes.Superscript: _wrap("<sup>", "</sup>"),
    nodes.Subscript: _wrap("<sub>", "</sub>"),
    nodes.Code: _code,
    nodes.Math: _math,
    nodes.Link: _link,
    nodes.Reference: _reference,
    nodes.Foreign: _foreign,
    nodes.Note: _note,
    nodes.LineBreak: _line_break,
    nodes.PageBreak: _page_break,
    nodes.InlineImage: _inline_image,
}
