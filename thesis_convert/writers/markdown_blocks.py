"""Blocks as Markdown.

Blocks go in, lines come out without a line end after the last. A block that stands within another is
rendered first and then indented or quoted line by line, which is how Markdown itself nests. Between
two blocks stands one empty line; between two lists of one kind a comment too, or they would be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from thesis_convert.document import (
    BibliographyEntry,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    Definition,
    DefinitionList,
    Epigraph,
    Figure,
    Inline,
    LineBreak,
    MathBlock,
    Note,
    OrderedList,
    Paragraph,
    Separator,
    Strong,
    Table,
    Text,
    Theorem,
    Verse,
)
from thesis_convert.writers.markdown_escape import clean_lines, clean_text, escape_text, make_fence
from thesis_convert.writers.markdown_figures import render_figure
from thesis_convert.writers.markdown_inlines import SEPARATOR, render_paragraph
from thesis_convert.writers.markdown_spans import put_before, tidy_inlines, tidy_tex
from thesis_convert.writers.markdown_style import Style
from thesis_convert.writers.markdown_tables import render_table

BREAK = "***"
_RULED_CODE = re.compile(r"```.*\n[ -]*-[ -]*\n")


def render_blocks(blocks: Iterable[Block], style: Style) -> str:
    """The blocks with what must stand between them."""
    parts: list[str] = []
    previous: Block | None = None
    for block in _unfold_all(blocks, style):
        text = render_block(block, style)
        if not text:
            continue
        if isinstance(block, BulletList | OrderedList) and type(block) is type(previous):
            parts.append(SEPARATOR)
        parts.append(text)
        previous = block
    return "\n\n".join(parts)


def render_block(block: Block, style: Style) -> str:
    match block:
        case Paragraph(content):
            return add_language(join_lines(render_paragraph(content, style), style, block.id), block.language, style)
        case BulletList() | OrderedList():
            return _render_list(block, style)
        case DefinitionList(items):
            return "\n\n".join(filter(None, (_render_definition(item, style) for item in items)))
        case BlockQuote(blocks):
            return add_language(_quote(render_blocks(blocks, style)), block.language, style)
        case Epigraph(blocks, source):
            ending = (Paragraph(source),) if source else ()
            return _quote(render_blocks((*blocks, *ending), style))
        case Verse(lines):
            return add_language(_render_verse(lines, style), block.language, style)
        case CodeBlock():
            return _render_code(block, style)
        case MathBlock():
            return _render_formula(block, style)
        case Figure():
            return render_figure(block, style)
        case Table():
            return render_table(block, style, render_blocks)
        case Separator():
            return BREAK
        case Theorem() | BibliographyEntry():
            return render_blocks((block,), style)


def _unfold_all(blocks: Iterable[Block], style: Style) -> Iterator[Block]:
    for block in blocks:
        yield from _unfold(block, style)


def _unfold(block: Block, style: Style) -> Iterator[Block]:
    """Blocks that Markdown does not have as blocks that it has, so that neighbours are seen as such."""
    match block:
        case Theorem(label, blocks, name):
            yield from _unfold_all(_run_in(label, blocks, name), style)
        case DefinitionList(items) if not style.pandoc:
            for item in items:
                yield from _unfold_all(_run_in(item.term, item.blocks), style)
        case BibliographyEntry(content, label, name):
            printed = (Text(label + " "),) if label else ()
            yield Paragraph(put_before(printed, content), id=name)
        case Table(notes=(_, *_)):
            yield replace(block, notes=())
            yield from _unfold_all(block.notes, style)
        case _:
            yield block


def _run_in(head: tuple[Inline, ...], blocks: Sequence[Block], name: str = "") -> Iterator[Block]:
    """`head` in bold type at the beginning of the first paragraph, or as one of its own."""
    bold = (Strong(_without_breaks(head)),) if head else ()
    if blocks and isinstance(blocks[0], Paragraph):
        space = (Text(" "),) if bold else ()
        first = blocks[0]
        yield replace(first, content=put_before((*bold, *space), first.content), id=name or first.id)
        blocks = blocks[1:]
    else:
        yield Paragraph(bold, id=name)
    yield from blocks


def join_lines(paragraph: tuple[list[str], str], style: Style, name: str = "") -> str:
    """A paragraph with the markers before it and its anchor, "" when nothing is left of it."""
    markers, text = paragraph
    return "\n\n".join(filter(None, (*markers, style.add_anchor(text, name))))


def add_language(markdown: str, language: str, style: Style) -> str:
    """Marks blocks as being in another language where Markdown can say that."""
    tag = re.sub("[^A-Za-z0-9-]", "", language)
    return f"::: {{lang={tag}}}\n{markdown}\n:::" if tag and markdown and style.pandoc else markdown


def indent(markdown: str, prefix: str) -> str:
    """Every line but the first and the empty ones moved behind `prefix`."""
    return re.sub(r"\n(?=[^\n])", "\n" + prefix, markdown)


# --- Blocks that hold blocks ------------------------------------------------------------------------


def _quote(markdown: str) -> str:
    return re.sub(r"(?m)^(?=(.?))", lambda line: "> " if line[1] else ">", markdown) if markdown else ""


def _render_list(block: BulletList | OrderedList, style: Style) -> str:
    items = [tuple(_unfold_all(item.blocks, style)) for item in block.items]
    tight = all(map(_is_tight, items))
    gap = "\n" if tight else "\n\n"
    return gap.join(
        _render_item(marker, item, style, tight)
        for marker, item in zip(_make_markers(block, style), items, strict=True)
    )


def _is_tight(item: Sequence[Block]) -> bool:
    """Whether an item reads well without empty lines: one paragraph, and perhaps lists below it."""
    return all(isinstance(block, Paragraph) for block in item[:1]) and all(
        isinstance(block, BulletList) or (isinstance(block, OrderedList) and block.start == 1) for block in item[1:]
    )


def _render_item(marker: str, item: Sequence[Block], style: Style, tight: bool) -> str:
    if tight and item and isinstance(item[0], Paragraph):
        markers, text = render_paragraph(item[0].content, style)
        lines = "\n".join(filter(None, (*markers, style.add_anchor(text, item[0].id), render_blocks(item[1:], style))))
    else:
        lines = _keep_from_rule(render_blocks(item, style))
    return (marker + indent(lines, " " * len(marker))).rstrip(" ")


def _keep_from_rule(markdown: str) -> str:
    """Code that begins with a line of dashes, apart from the marker of an item: pandoc would see a table in both."""
    return f"{SEPARATOR}\n\n{markdown}" if _RULED_CODE.match(markdown) else markdown


def _make_markers(block: BulletList | OrderedList, style: Style) -> Iterator[str]:
    if isinstance(block, BulletList):
        yield from ("- " for _ in block.items)
        return
    start = max(block.start, 0)
    for number in range(start, start + len(block.items)):
        yield _spell_number(number, block, style) + " "


def _spell_number(number: int, block: OrderedList, style: Style) -> str:
    """A marker; only pandoc knows letters, and those beyond doubt when a list begins with the first."""
    if style.pandoc and block.start == 1 and "alpha" in block.numbering and len(block.items) <= 26:
        letter = chr(ord("a") + number - 1)
        return letter + ")" if block.numbering == "lower-alpha" else letter.upper() + ")"
    return f"{number}."


def _render_definition(item: Definition, style: Style) -> str:
    """A term and what it means, in pandoc's own way."""
    markers, term = render_paragraph(_without_breaks(item.term), style)
    text = render_blocks(item.blocks, style)
    return (
        "\n\n".join((*markers, f"{term}\n\n:   {indent(_keep_from_rule(text), '    ')}"))
        if term and text
        else text or term
    )


def _without_breaks(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(Text(" ") if isinstance(inline, LineBreak) else inline for inline in inlines)


def render_note(note: Note, style: Style) -> str:
    """The definition of a note, its text indented so that all of it belongs to it."""
    text = render_blocks(note.blocks, style) or SEPARATOR
    begins_with_text = isinstance(note.blocks[0], Paragraph) and not text.startswith("<!--")
    gap = " " if begins_with_text else "\n\n    "
    return f"[^{style.note_labels[note.id]}]:{gap}{indent(text, '    ')}"


# --- Blocks of lines --------------------------------------------------------------------------------


def _render_verse(lines: Sequence[tuple[Inline, ...]], style: Style) -> str:
    """Lines with hard line ends; an empty line begins a stanza, which is a paragraph."""
    stanzas: list[list[Inline]] = [[]]
    for line in lines:
        if not tidy_inlines(line, style):
            stanzas.append([])
        elif stanzas[-1]:
            stanzas[-1] += [LineBreak(), *line]
        else:
            stanzas[-1] += line
    return "\n\n".join(filter(None, (join_lines(render_paragraph(stanza, style), style) for stanza in stanzas)))


def _render_code(block: CodeBlock, style: Style) -> str:
    text = clean_lines(block.text)
    fence = make_fence(text, 3)
    language = re.sub(r"[^\w+.#-]", "", clean_text(block.language))
    caption = join_lines(render_paragraph(block.caption, style), style, block.id)
    return "\n\n".join(filter(None, (caption, f"{fence}{language}\n{text}\n{fence}")))


def _render_formula(block: MathBlock, style: Style) -> str:
    """TeX in one line, so that no line of it can begin a list; else the picture, else what was printed."""
    label = escape_text(clean_text(block.label))
    if tex := tidy_tex(block.tex):
        formula = " ".join(filter(None, (f"$${tex}$$", label)))
    elif block.media in style.media:
        picture = f"![{escape_text(clean_text(block.text), addresses=False)}]({style.locate_media(block.media)})"
        formula = f"{picture} {label}" if label else picture + SEPARATOR
    else:
        printed = " ".join(filter(None, (block.text or block.tex, block.label)))
        formula = render_paragraph((Text(printed),), style)[1]
    return style.add_anchor(formula, block.id)
