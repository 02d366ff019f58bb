"""Figures as Markdown: a picture alone in its paragraph, its caption where readers will see it.

pandoc makes a figure of a picture alone in its paragraph and a caption of its description; GitHub and
Obsidian never show the description. So the caption is the description; for those two, and where it
holds what a description cannot (notes, raised numbers), it is a paragraph below the picture. What the
picture says in letters becomes the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert.document import Figure, Inline, PageBreak, Paragraph, Text
from thesis_convert.traversal import transform, walk
from thesis_convert.writers.markdown_escape import clean_text, escape_entities, escape_text
from thesis_convert.writers.markdown_inlines import render_inlines, render_paragraph, spell_page
from thesis_convert.writers.markdown_style import Style

# A note would be lost in a description, and tags and comments would be read out.
_NOT_IN_DESCRIPTIONS = re.compile(r"(?<!\\)(?:\[\^|<[!/a-z])")


def render_figure(figure: Figure, style: Style) -> str:
    """A figure with its caption, or a group of figures with the caption of the group below."""
    if figure.figures:
        parts = [render_figure(part, style) for part in figure.figures]
        return "\n\n".join(filter(None, (*parts, render_caption(figure.caption, style, figure.id))))
    if figure.media in style.media:
        return render_picture(figure.media, figure.caption, figure.alternative, figure.label, style, figure.id)
    caption = figure.caption or ((Text(figure.alternative),) if figure.alternative else ())
    return render_caption(caption, style, figure.id)


def render_picture(
    media: str, caption: tuple[Inline, ...], alternative: str, label: str, style: Style, name: str
) -> str:
    """A picture that exists, with its caption."""
    path, title = style.locate_media(media), _spell_title(alternative)
    content, pages = _take_pages(caption)
    text = render_inlines(content, style, "line", addresses=False)
    if text and (style.options.flavor in ("gfm", "obsidian") or _NOT_IN_DESCRIPTIONS.search(text)):
        shown = "" if style.options.flavor in ("common", "pandoc") else clean_text(alternative or label)
        picture = f"![{escape_text(shown, addresses=False)}]({path}{'' if shown else title})"
        return f"{picture}\n\n{render_caption(caption, style, name)}"
    markers = [spell_page(page, style) for page in pages if style.options.page_markers != "none"]
    picture = f"![{text}]({path}{title})"
    if style.pandoc and name in style.targets:
        return "\n\n".join((*markers, f"{picture}{{#{name}}}"))
    return "\n\n".join(filter(None, (*markers, style.add_anchor("", name), picture)))


def render_caption(caption: tuple[Inline, ...], style: Style, name: str) -> str:
    """A caption as a paragraph, with its anchor."""
    markers, text = render_paragraph(caption, style)
    return "\n\n".join(filter(None, (*markers, style.add_anchor(text, name))))


def _take_pages(caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], Sequence[PageBreak]]:
    """A caption without page breaks, and these."""
    around = Paragraph(caption)
    pages = [node for node in walk(around) if isinstance(node, PageBreak)]
    return transform(around, lambda node: () if isinstance(node, PageBreak) else node).content, pages


def _spell_title(alternative: str) -> str:
    text = re.sub(" +", " ", clean_text(alternative)).strip()
    return f' "{escape_entities(text)}"' if text else ""
