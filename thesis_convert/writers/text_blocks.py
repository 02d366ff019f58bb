"""Blocks as lines.

Blocks and the room they have (columns, 0 for any) go in, lines come out. Each block sets its own
lines from the left edge, and what holds it moves them to the right: no block needs to know how
deep it stands. Moving stops where the room would become too narrow to read, and a line with a word
that is too long for its place moves less, so that nothing is wider than the page by its place alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import assert_never

from thesis_convert.document import (
    BibliographyEntry,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionList,
    Epigraph,
    Figure,
    Inline,
    ListItem,
    MathBlock,
    OrderedList,
    Paragraph,
    Separator,
    Table,
    Theorem,
    Verse,
)
from thesis_convert.traversal import plain_text
from thesis_convert.writers.text_inlines import Style, set_inlines, set_math
from thesis_convert.writers.text_numbering import format_number
from thesis_convert.writers.text_tables import set_table
from thesis_convert.writers.text_wrap import measure_columns, wrap_text

INDENT = 4
# A column of text below this is unpleasant to read: inner blocks are not moved further then.
_NARROWEST = 24
# What follows a longer list marker is not moved below its end.
_WIDEST_HANG = 10
_STARS = "       *" * 5  # the break in thought of Project Gutenberg's books


class Verbatim(str):
    """A line of code, whose spaces mean something."""

    __slots__ = ()


def set_blocks(blocks: Iterable[Block], room: int, style: Style) -> list[str]:
    """The lines of the blocks, with an empty line between two."""
    return join_parts([set_block(block, room, style) for block in blocks])


def set_block(block: Block, room: int, style: Style) -> list[str]:
    """The lines of one block."""
    match block:
        case Paragraph(content):
            return wrap_text(set_inlines(content, style), room)
        case BulletList(items):
            return _set_items([("-", item) for item in items], room, style)
        case OrderedList():
            return _set_ordered_list(block, room, style)
        case DefinitionList():
            return _set_definitions(block, room, style)
        case BlockQuote(blocks):
            return indent_lines(set_blocks(blocks, inner_room(room), style), room)
        case Epigraph():
            return _set_epigraph(block, room, style)
        case Verse(lines):
            return _set_verse(lines, room, style)
        case CodeBlock():
            return _set_code(block, room, style)
        case MathBlock():
            return _set_formula(block, room, style)
        case Figure():
            return _set_figure(block, room, style)
        case Table():
            return _set_table(block, room, style)
        case Theorem():
            return _set_theorem(block, room, style)
        case BibliographyEntry(content, label):
            return wrap_text(f"{label} {set_inlines(content, style)}", room, INDENT)
        case Separator():
            return [_STARS] if not room or len(_STARS) <= room else ["* * *"]
    assert_never(block)


def run_in(
    lead: str, blocks: Sequence[Block], room: int, style: Style, hang: int = 0, *, tight: bool = False
) -> list[str]:
    """The blocks with `lead` in front of the first paragraph, and `hang` spaces before later lines.

    Empty lines stand between the blocks unless they are to be `tight`.
    """
    inside = inner_room(room, hang)
    if blocks and isinstance(blocks[0], Paragraph):
        start, rest = wrap_text(lead + set_inlines(blocks[0].content, style), room, hang), blocks[1:]
    else:
        start, rest = wrap_text(lead, room), blocks
    later = [indent_lines(set_block(block, inside, style), room, hang) for block in rest]
    if later and len(rest) == len(blocks):  # nothing to run into: the lead stands above the first block
        start, later = [*start, *later[0]], later[1:]
    return list(chain.from_iterable([start, *later])) if tight else join_parts([start, *later])


def join_parts(parts: Iterable[list[str]]) -> list[str]:
    """All lines, with an empty one between two parts; parts without lines leave no gap."""
    return list(chain.from_iterable(["", *part] for part in parts if part))[1:]


def inner_room(room: int, indent: int = INDENT) -> int:
    """The room of what is moved to the right by `indent` columns."""
    return room - indent if room - indent >= _NARROWEST else room


def indent_lines(lines: Sequence[str], room: int, indent: int = INDENT) -> list[str]:
    """The lines moved to the right, as far as there is room."""
    if room and room - indent < _NARROWEST:
        return list(lines)
    return [_indent_line(line, room, indent) for line in lines]


def _indent_line(line: str, room: int, indent: int) -> str:
    if isinstance(line, Verbatim):
        return Verbatim(" " * indent + line) if line else line
    if room:
        indent = max(0, min(indent, room - measure_columns(line)))
    return " " * indent + line if line else line


# --- Lists ----------------------------------------------------------------------------------------


def _set_ordered_list(block: OrderedList, room: int, style: Style) -> list[str]:
    markers = [
        item.label or format_number(number, block.numbering, ascii_only=style.ascii)
        for number, item in enumerate(block.items, block.start)
    ]
    return _set_items(list(zip(markers, block.items, strict=True)), room, style)


def _set_items(items: Sequence[tuple[str, ListItem]], room: int, style: Style) -> list[str]:
    """A list without empty lines when each item is a sentence, perhaps with lists below it."""
    tight = all(_is_tight(item) for _, item in items)
    parts = [_set_item(marker, item, room, style, tight) for marker, item in items]
    return list(chain.from_iterable(parts)) if tight else join_parts(parts)


def _is_tight(item: ListItem) -> bool:
    later = item.blocks[1:]
    return all(isinstance(block, (BulletList, OrderedList)) for block in later) and (
        not item.blocks or isinstance(item.blocks[0], Paragraph)
    )


def _set_item(marker: str, item: ListItem, room: int, style: Style, tight: bool) -> list[str]:
    hang = measure_columns(marker) + 1
    return run_in(f"{marker} ", item.blocks, room, style, hang if hang <= _WIDEST_HANG else INDENT, tight=tight)


def _set_definitions(block: DefinitionList, room: int, style: Style) -> list[str]:
    return join_parts(
        [
            *wrap_text(set_inlines(definition.term, style), room),
            *indent_lines(set_blocks(definition.blocks, inner_room(room), style), room),
        ]
        for definition in block.items
    )


# --- Quotations, verse, theorems ------------------------------------------------------------------


def _set_epigraph(block: Epigraph, room: int, style: Style) -> list[str]:
    inside = inner_room(room)
    source = set_inlines(block.source, style)
    dash = "--" if style.ascii else "—"
    lines = set_blocks(block.blocks, inside, style)
    return indent_lines([*lines, *(wrap_text(f"{dash} {source}", inside, INDENT) if source else [])], room)


def _set_verse(lines: Sequence[tuple[Inline, ...]], room: int, style: Style) -> list[str]:
    inside = inner_room(room)
    return indent_lines(
        [line for inlines in lines for line in wrap_text(set_inlines(inlines, style), inside, INDENT) or [""]], room
    )


def _set_theorem(block: Theorem, room: int, style: Style) -> list[str]:
    """The printed head runs into the first paragraph, as on paper."""
    head = set_inlines(block.label, style).strip()
    stop = "" if head.rstrip("_*").endswith((".", ":", "!", "?", "。", "：")) else "."
    return run_in(f"{head}{stop} " if head else "", block.blocks, room, style)


# --- Figures, tables, code, formulas --------------------------------------------------------------


def _set_figure(figure: Figure, room: int, style: Style) -> list[str]:
    caption = _set_caption(figure.caption, figure.label, style) or figure.alternative
    parts = chain.from_iterable(_set_figure(part, room, style) for part in figure.figures)
    return [*parts, *wrap_text(f"[{caption or 'Figure'}]", room)]


def _set_table(table: Table, room: int, style: Style) -> list[str]:
    def set_cell(cell: Cell) -> str:
        return "\n".join(line for block in cell.blocks for line in set_block(block, 0, style))

    caption = wrap_text(_set_caption(table.caption, table.label, style), room)
    rows = set_table(table, room, set_cell)
    unread = wrap_text(f"[{table.alternative or 'Table'}]", room) if not rows else []
    return join_parts([caption, rows, unread, set_blocks(table.notes, room, style)])


def _set_caption(caption: tuple[Inline, ...], label: str, style: Style) -> str:
    """The caption as printed, with its label in front when it does not begin with it."""
    text = set_inlines(caption, style).strip()
    is_said = " ".join(plain_text(caption).split()).startswith(" ".join(label.split()))
    return text if is_said else f"{label}: {text}" if text else label


def _set_code(block: CodeBlock, room: int, style: Style) -> list[str]:
    """The lines as they are, indented when all of them then fit, else from the left edge; too long ones are folded."""
    lines = block.text.split("\n")
    indent = INDENT if not room or max(map(measure_columns, lines)) + INDENT <= room else 0
    caption = wrap_text(_set_caption(block.caption, block.label, style), room)
    folded = [part for line in lines for part in _fold_code(" " * indent + line if line else line, room)]
    return join_parts([caption, [Verbatim(part) for part in folded]])


def _fold_code(line: str, room: int) -> Iterator[str]:
    """A line of code in parts that fit, cut at spaces; those after the first are indented further than the first."""
    if not room or measure_columns(line) <= room:
        yield line
        return
    hang = " " * min(len(line) - len(line.lstrip(" ")) + 2 * INDENT, room // 2)
    part, used = "", 0
    for piece in re.findall(" *[^ ]+", line):
        size = measure_columns(piece)
        if part and used + size > room:
            yield part
            piece = hang + piece.lstrip(" ")
            part, used = "", 0
            size = measure_columns(piece)
        part, used = part + piece, used + size
    yield part


def _set_formula(block: MathBlock, room: int, style: Style) -> list[str]:
    """The formula indented, its number at the right edge."""
    formula = set_math(block.tex, block.text, style).strip() or "[formula]"
    lines = indent_lines(wrap_text(formula, inner_room(room)), room)
    if not block.label:
        return lines
    gap = room - measure_columns(lines[-1]) - measure_columns(block.label)
    if room and gap < 2:
        return [*lines, *(_indent_line(line, room, room) for line in wrap_text(block.label, room))]
    return [*lines[:-1], lines[-1] + " " * max(2, gap) + block.label]
