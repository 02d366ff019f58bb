"""Walk a document, rebuild it, or read the plain text out of it.

Any node of `document` goes in. One table says which fields of a class hold children and in which
order they are read, so that walking, rebuilding and reading can never disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from thesis_convert.document import (
    BibliographyEntry,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Epigraph,
    Figure,
    Foreign,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    ListItem,
    Math,
    MathBlock,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    Separator,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Theorem,
    Underline,
    Verse,
)

Node = Document | Section | Block | Inline | ListItem | Definition | Row | Cell

_N = TypeVar("_N", bound=Node)

# The fields that hold children, in the order in which they are read.
CHILD_FIELDS: dict[type, tuple[str, ...]] = {
    Document: ("front_matter", "body", "back_matter"),
    Section: ("title", "blocks", "sections"),
    Text: (),
    Emphasis: ("content",),
    Strong: ("content",),
    SmallCaps: ("content",),
    Underline: ("content",),
    Superscript: ("content",),
    Subscript: ("content",),
    Code: (),
    Math: (),
    Link: ("content",),
    Reference: ("content",),
    Foreign: ("content",),
    Note: ("blocks",),
    LineBreak: (),
    PageBreak: (),
    InlineImage: (),
    Paragraph: ("content",),
    ListItem: ("blocks",),
    BulletList: ("items",),
    OrderedList: ("items",),
    Definition: ("term", "blocks"),
    DefinitionList: ("items",),
    BlockQuote: ("blocks",),
    Epigraph: ("blocks", "source"),
    Verse: ("lines",),
    CodeBlock: ("caption",),
    MathBlock: (),
    Figure: ("figures", "caption"),
    Cell: ("blocks",),
    Row: ("cells",),
    Table: ("caption", "head", "body", "notes"),
    Theorem: ("label", "blocks"),
    BibliographyEntry: ("content",),
    Separator: (),
}


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything within it in reading order, a parent before its children."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(list(children(here))))


def children(node: Node) -> Iterator[Node]:
    """What stands directly within `node`, in reading order."""
    for name in CHILD_FIELDS[type(node)]:
        for child in getattr(node, name):
            if isinstance(child, tuple):  # a line of verse
                yield from child
            else:
                yield child


def sections(document: Document) -> Iterator[tuple[Section, int]]:
    """Every section in reading order with its depth: 1 for those that stand in no other section."""
    waiting = [(section, 1) for section in reversed(document.front_matter + document.body + document.back_matter)]
    while waiting:
        section, depth = waiting.pop()
        yield section, depth
        waiting.extend((child, depth + 1) for child in reversed(section.sections))


def referred_ids(node: Node) -> frozenset[str]:
    """The ids that a `Reference` within `node` points to."""
    return frozenset(inner.target for inner in walk(node) if isinstance(inner, Reference))


def transform(node: _N, function: Callable[[Node], Node | tuple[Node, ...]]) -> _N:
    """`node` rebuilt from its leaves upwards, every node replaced by what `function` makes of it.

    `function` is given a node whose children are done. It returns a node, or a tuple of nodes
    that take its place among its siblings (an empty one removes it). What does not change stays
    the same object. `node` itself must become one node of its own class.
    """
    (result,) = _transform_children((node,), function)
    if not isinstance(result, type(node)):
        raise TypeError(f"a {type(node).__name__} became a {type(result).__name__}")
    return result


def _transform_children(nodes: tuple[Any, ...], function: Callable[[Node], Node | tuple[Node, ...]]) -> tuple[Any, ...]:
    done: list[Any] = []
    for node in nodes:
        if isinstance(node, tuple):
            done.append(_transform_children(node, function))
            continue
        made = function(_rebuild(node, function))
        done.extend(made if isinstance(made, tuple) else (made,))
    if len(done) == len(nodes) and all(new is old for new, old in zip(done, nodes, strict=True)):
        return nodes
    return tuple(done)


def _rebuild(node: Any, function: Callable[[Node], Node | tuple[Node, ...]]) -> Any:
    changed = {}
    for name in CHILD_FIELDS[type(node)]:
        old = getattr(node, name)
        new = _transform_children(old, function)
        if new is not old:
            changed[name] = new
    return replace(node, **changed) if changed else node


def plain_text(nodes: Node | Iterable[Node], *, notes: bool = False) -> str:
    """The characters that a reader would see, without any style.

    Blocks, lines of verse and rows end with a line end, cells with a tab; a `LineBreak` is a space.
    Formulas and pictures give their text. With `notes`, a note's text stands in square brackets at
    its mark; without, notes are left out.
    """
    if not isinstance(nodes, Iterable):
        nodes = (nodes,)
    return "".join(_spell(node, notes) for node in nodes).strip("\n")


def _spell(node: Node, notes: bool) -> str:
    match node:
        case Text(text) | Code(text):
            return text
        case LineBreak():
            return " "
        case PageBreak() | Separator():
            return ""
        case Math(tex, text):
            return text or tex
        case InlineImage(alternative=alternative):
            return alternative
        case Note(blocks=blocks):
            return f" [{plain_text(blocks, notes=True)}]" if notes else ""
        case Cell(blocks=blocks):
            return plain_text(blocks, notes=notes) + "\t"
        case Row(cells=cells):
            return "".join(_spell(cell, notes) for cell in cells).removesuffix("\t") + "\n"
        case Definition(term=term, blocks=blocks):
            return plain_text(term, notes=notes) + "\n" + _lines(plain_text(blocks, notes=notes))
        case Section(label=label, title=title):
            heading = " ".join(filter(None, (label, plain_text(title, notes=notes))))
            return _lines(heading) + "".join(_spell(child, notes) for child in (*node.blocks, *node.sections))
    if isinstance(node, Inline | Document | ListItem):
        return "".join(_spell(child, notes) for child in children(node))
    return _lines(_spell_block(node, notes))


def _spell_block(node: Block, notes: bool) -> str:
    match node:
        case Verse(lines=lines):
            return "\n".join(plain_text(line, notes=notes) for line in lines)
        case CodeBlock(text=text, caption=caption):
            return _lines(plain_text(caption, notes=notes)) + text
        case MathBlock(tex=tex, text=text, label=label):
            return " ".join(filter(None, (text or tex, label)))
        case Figure(caption=caption, alternative=alternative, figures=figures) if not caption and not figures:
            return alternative
        case Figure(caption=caption, figures=figures):
            return plain_text(figures, notes=notes) + "\n" + plain_text(caption, notes=notes)
        case Table(head=(), body=(), alternative=alternative):
            return _lines(plain_text((*node.caption, *node.notes), notes=notes)) + alternative
        case Table():
            return _join_lines(notes, node.caption, (*node.head, *node.body), node.notes)
        case Theorem(label=label, blocks=blocks):
            return _join_lines(notes, label, blocks)
        case Epigraph(blocks=blocks, source=source):
            return _join_lines(notes, blocks, source)
        case BibliographyEntry(label=label, content=content):
            return " ".join(filter(None, (label, plain_text(content, notes=notes))))
    return "".join(_spell(child, notes) for child in children(node))


def _join_lines(notes: bool, *parts: Iterable[Node]) -> str:
    return "".join(_lines(plain_text(part, notes=notes)) for part in parts)


def _lines(text: str) -> str:
    """`text` with one line end at its end, "" when it is empty."""
    text = text.strip("\n")
    return text and text + "\n"
