"""The rules for blocks of running text: paragraphs, lists, quotations, verse, theorems, entries.

Notes never stand inside a block: their marks do, and whoever renders a section puts their text
behind the outermost block that refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from thesis_convert import document as nodes
from thesis_convert.document import Block, Inline
from thesis_convert.writers.xhtml_rendering import CITED_HERE, Rendering, Rule, is_right_to_left, join_lines

# How HTML says a numbering; what it has no letter for is left to the stylesheet by its name.
LIST_TYPES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
STYLED_NUMBERINGS = frozenset({"circled", "cjk", "persian"})
DECIMAL_LABEL = re.compile(r"\W*([0-9]{1,6})\W*")


def render_compact(blocks: Sequence[Block], r: Rendering) -> str:
    """The inside of a list item or a cell: its words alone where it holds one plain paragraph.

    Lists may follow that paragraph. Anything else keeps its own elements.
    """
    if blocks and isinstance(blocks[0], nodes.Paragraph) and not blocks[0].id and not blocks[0].language:
        lists = blocks[1:]
        if all(isinstance(block, (nodes.BulletList, nodes.OrderedList)) for block in lists):
            first = r.inlines(blocks[0].content)
            return f"{first}\n{r.blocks(lists)}" if lists else first
    return r.blocks(blocks)


def render_run_in(label: str, node: nodes.Paragraph, r: Rendering) -> str:
    """A paragraph behind the markup of the label that runs into it."""
    around = r.language
    attributes = r.id_attribute(node.id) + r.enter_language(node.language)
    inner = r.inlines(node.content)
    r.language = around
    return f"<p{attributes}>{label} {inner}</p>"


def _paragraph(node: nodes.Paragraph, r: Rendering) -> str:
    before = r.language
    identifier = r.id_attribute(node.id)
    attributes = identifier + r.enter_language(node.language)
    inner = r.inlines(node.content)
    r.language = before
    if not identifier and _holds_page_breaks_only(node.content):
        return inner
    return f"<p{attributes}>{inner}</p>"


def _holds_page_breaks_only(content: Sequence[Inline]) -> bool:
    return all(
        isinstance(node, nodes.PageBreak) or (isinstance(node, nodes.Text) and not node.text.strip())
        for node in content
    )


def _bullet_list(node: nodes.BulletList, r: Rendering) -> str:
    items = [f"<li>{render_compact(item.blocks, r)}</li>" for item in node.items]
    return _enclose("<ul>", items, "</ul>")


def _ordered_list(node: nodes.OrderedList, r: Rendering) -> str:
    attributes = f' type="{LIST_TYPES[node.numbering]}"' if node.numbering in LIST_TYPES else ""
    if node.start != 1:
        attributes += f' start="{node.start}"'
    if node.numbering in STYLED_NUMBERINGS:
        attributes += f' class="{node.numbering}"'
    items = []
    expected = node.start
    for item in node.items:
        printed = DECIMAL_LABEL.fullmatch(item.label) if node.numbering == "decimal" else None
        number = int(printed[1]) if printed else expected
        value = f' value="{number}"' if number != expected else ""
        items.append(f"<li{value}>{render_compact(item.blocks, r)}</li>")
        expected = number + 1
    return _enclose(f"<ol{attributes}>", items, "</ol>")


def _definition_list(node: nodes.DefinitionList, r: Rendering) -> str:
    items = [f"<dt>{r.inlines(item.term)}</dt>\n<dd>{render_compact(item.blocks, r)}</dd>" for item in node.items]
    return _enclose("<dl>", items, "</dl>")


def _enclose(opening: str, items: Sequence[str], closing: str) -> str:
    """Nothing without `items`: a list must have one at least."""
    return "\n".join((opening, *items, closing)) if items else ""


def _block_quote(node: nodes.BlockQuote, r: Rendering) -> str:
    before = r.language
    attributes = r.enter_language(node.language)
    inner = r.blocks(node.blocks)
    r.language = before
    return f"<blockquote{attributes}>\n{inner}\n</blockquote>"


def _epigraph(node: nodes.Epigraph, r: Rendering) -> str:
    inner = r.blocks(node.blocks)
    if source := r.inlines(node.source):
        inner += f'\n<p class="source">{source}</p>'
    return f'<blockquote class="epigraph" epub:type="epigraph" role="doc-epigraph">\n{inner}\n</blockquote>'


def _verse(node: nodes.Verse, r: Rendering) -> str:
    """Every line is an element, so that a long one can hang, and is followed by a break for readers without style."""
    before = r.language
    attributes = r.enter_language(node.language)
    stanzas = []
    for filled, lines in groupby(node.lines, key=bool):
        if filled:
            spans = [f'<span class="line">{r.inlines(line)}</span>' for line in lines]
            stanzas.append(f"<p>{'<br/>'.join(spans)}</p>")
    r.language = before
    return _enclose(f'<div class="verse"{attributes}>', stanzas, "</div>")


def _theorem(node: nodes.Theorem, r: Rendering) -> str:
    """The label runs into the first paragraph, as it is printed."""
    identifier = r.id_attribute(node.id)
    label = f'<span class="label">{r.inlines(node.label)}</span>' if node.label else ""
    blocks = list(node.blocks)
    first = blocks[0] if blocks else None
    if label and isinstance(first, nodes.Paragraph):
        inner = render_run_in(label, first, r)
        blocks = blocks[1:]
    else:
        inner = f"<p>{label}</p>" if label else ""
    return join_lines(f'<div class="theorem"{identifier}>', inner, r.blocks(blocks), "</div>")


def _bibliography_entry(node: nodes.BibliographyEntry, r: Rendering) -> str:
    """A paragraph, since a list would number or mark what has its own labels.

    In a thesis from right to left many entries are Latin: the first letter tells the direction of each.
    """
    identifier, back = "", ""
    if node.id:
        name = r.claim(node.id)
        r.entries.add(name)
        identifier, back = f' id="{name}"', f"{CITED_HERE}{name}{CITED_HERE}"
    label = f'<span class="label">{r.escape(node.label)}</span> ' if node.label else ""
    direction = ' dir="auto"' if is_right_to_left(r.language) else ""
    return f'<p class="entry"{identifier}{direction}>{label}{r.inlines(node.content)}{back}</p>'


def _separator(node: nodes.Separator, r: Rendering) -> str:
    return "<hr/>"


BLOCK_RULES: dict[type, Rule] = {
    nodes.Paragraph: _paragraph,
    nodes.BulletList: _bullet_list,
    nodes.OrderedList: _ordered_list,
    nodes.DefinitionList: _definition_list,
    nodes.BlockQuote: _block_quote,
    nodes.Epigraph: _epigraph,
    nodes.Verse: _verse,
    nodes.Theorem: _theorem,
    nodes.BibliographyEntry: _bibliography_entry,
    nodes.Separator: _separator,
}
