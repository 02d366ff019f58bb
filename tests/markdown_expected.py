"""What a reader of our Markdown should see of a document, in the form of `markdown_readers`.

Written from the promises of the writer alone (labels before titles, terms and theorem heads run into
the first paragraph, captions as paragraphs or descriptions), without any of its code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, dropwhile
from typing import Any

from tests.markdown_readers import Reading, Run, make_runs
from thesis_convert.document import (
    BibliographyEntry,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    DefinitionList,
    Document,
    Emphasis,
    Epigraph,
    Figure,
    Inline,
    InlineImage,
    LineBreak,
    Link,
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
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Theorem,
    Underline,
    Verse,
)
from thesis_convert.traversal import plain_text, sections, walk

Letter = tuple[str, frozenset[str]]
SAFE = ("http://", "https://", "ftp://", "mailto:", "doi:", "urn:")
STYLES = {Emphasis: "em", Underline: "em", Strong: "strong", Superscript: "sup", Subscript: "sub"}


def spell_braces(tex: str) -> str:
    """TeX as it is written for readers that would take the backslash off a brace."""
    for sign, name in ((r"\{", r"\lbrace "), (r"\}", r"\rbrace "), (r"\|", r"\Vert ")):
        tex = tex.replace(sign, name)
    return re.sub(r"(lbrace|rbrace|Vert) (?![A-Za-z])", r"\1", tex)


class Expectation:
    """`media` is the folder of the pictures as a link names it; `notes` gathers texts in reading order."""

    def __init__(self, document: Document, media: str = "book_media") -> None:
        self.media = media
        self.names = {medium.name for medium in document.media}
        self.ids = {getattr(node, "id", "") for node in walk(document) if not isinstance(node, Note)}
        self.notes: list[tuple[Any, ...]] = []
        self.within_note = False

    def read(self, document: Document) -> Reading:
        blocks: list[Any] = []
        for section, depth in sections(document):
            blocks += self.heading(section, depth, begun=bool(blocks))
            blocks += self.blocks(section.blocks)
        return tuple(blocks), tuple(self.notes)

    def heading(self, section: Section, depth: int, begun: bool) -> Iterator[Any]:
        if not section.title and not section.label:
            if begun and section.blocks:
                yield ("hr",)
            return
        worded = len(section.label.split()) == 2
        gap = (". " if worded else " ") if section.label and section.title else ""
        letters = [*self.plain(section.label + gap), *self.letters(section.title)]
        yield ("h", min(depth, 6), self.in_one_line(letters))

    def blocks(self, blocks: Iterable[Block]) -> tuple[Any, ...]:
        return tuple(made for block in blocks for made in self.block(block))

    def block(self, block: Block) -> Iterator[Any]:
        match block:
            case Paragraph(content):
                yield from self.paragraph(self.letters(content))
            case BulletList(items):
                yield ("ul", tuple(self.blocks(item.blocks) for item in items))
            case OrderedList(items, start):
                yield ("ol", start, tuple(self.blocks(item.blocks) for item in items))
            case DefinitionList(items):
                for item in items:
                    yield from self.run_in(item.term, item.blocks)
            case BlockQuote(blocks):
                yield ("quote", self.blocks(blocks))
            case Epigraph(blocks, source):
                yield ("quote", self.blocks((*blocks, Paragraph(source))))
            case Verse(lines):
                yield from self.paragraph(
                    letter for line in lines for letter in (*self.letters(line), ("⏎", frozenset()))
                )
            case CodeBlock(text, language, caption=caption):
                yield from self.paragraph(self.letters(caption))
                yield ("code", language, text)
            case MathBlock():
                yield from self.formula(block)
            case Figure():
                yield from self.figure(block)
            case Table():
                yield from self.table(block)
            case Theorem(label, blocks):
                yield from self.run_in(label, blocks)
            case BibliographyEntry(content, label):
                yield from self.paragraph((*self.plain(label + " "), *self.letters(content)))
            case Separator():
                yield ("hr",)

    def run_in(self, head: tuple[Inline, ...], blocks: tuple[Block, ...]) -> Iterator[Any]:
        letters = list(self.letters((Strong(head),)))
        if blocks and isinstance(blocks[0], Paragraph):
            letters += [*self.plain(" "), *self.letters(blocks[0].content)]
            blocks = blocks[1:]
        yield from self.paragraph(letters)
        yield from self.blocks(blocks)

    def formula(self, block: MathBlock) -> Iterator[Any]:
        if block.tex:
            yield from self.paragraph(self.plain(f"$${spell_braces(block.tex)}$$ {block.label}"))
        elif block.media in self.names and block.label:
            yield from self.paragraph(self.plain(block.label))
        elif block.media in self.names:
            yield ("figure", f"{self.media}/{block.media}", block.text)
        else:
            yield from self.paragraph(self.plain(f"{block.text} {block.label}"))

    def figure(self, block: Figure) -> Iterator[Any]:
        yield from self.blocks(block.figures)
        if block.media not in self.names:
            yield from self.paragraph(self.letters(block.caption or (Text(block.alternative),)))
        else:
            yield from self.picture(block.media, block.caption)

    def picture(self, media: str, caption: tuple[Inline, ...]) -> Iterator[Any]:
        below = any(isinstance(node, Note | Superscript | Subscript) for node in walk(Paragraph(caption)))
        text = "" if below else "".join(text for text, _ in self.in_one_line(self.letters(caption)))
        yield ("figure", f"{self.media}/{media}", text)
        if below:
            yield from self.paragraph(self.letters(caption))

    def table(self, block: Table) -> Iterator[Any]:
        if block.media in self.names and not block.body:
            yield from self.picture(block.media, block.caption)
        else:
            yield from self.paragraph(self.letters(block.caption))
            rows = [[self.cell(cell.blocks) for cell in row.cells] for row in (*block.head, *block.body)]
            if all(isinstance(inner, Paragraph) for row in block.head + block.body for inner in self.inner(row)):
                rows = self.spread((*block.head, *block.body), rows)
            yield ("table", tuple(tuple(row) for row in rows if any(row)))
        yield from self.blocks(block.notes)

    def inner(self, row: Row) -> Iterator[Block]:
        return (block for cell in row.cells for block in cell.blocks)

    def spread(self, rows: Sequence[Row], texts: list[list[Any]]) -> list[list[Any]]:
        """Rows of one length, with empty cells where others span."""
        grid: dict[tuple[int, int], Any] = {}
        for down, row in enumerate(rows):
            for cell, text in zip(row.cells, texts[down], strict=True):
                column = next(place for place in count() if (down, place) not in grid)
                spanned = [(down + y, column + x) for y in range(cell.row_span) for x in range(cell.column_span)]
                grid |= dict.fromkeys(spanned, ()) | {(down, column): text}
        width = 1 + max(column for _, column in grid)
        return [[grid.get((down, column), ()) for column in range(width)] for down in range(len(rows))]

    def cell(self, blocks: Iterable[Block]) -> tuple[Run, ...]:
        letters: list[Letter] = []
        for block in blocks:
            if isinstance(block, Paragraph):
                letters += [*self.trim(self.letters(block.content)), *self.plain(" ")]
            else:
                letters += self.plain(" ".join(plain_text(block).split()) + " ")
        return make_runs(letters)

    def paragraph(self, letters: Iterable[Letter]) -> Iterator[Any]:
        if runs := make_runs(self.trim(letters)):
            yield ("p", runs)

    def trim(self, letters: Iterable[Letter]) -> Iterator[Letter]:
        return dropwhile(lambda letter: letter[0].isspace() or letter[0] == "⏎", letters)

    def in_one_line(self, letters: Iterable[Letter]) -> tuple[Run, ...]:
        return make_runs((" " if letter == "⏎" else letter, styles) for letter, styles in letters)

    def plain(self, text: str) -> Iterator[Letter]:
        return ((letter, frozenset()) for letter in text)

    def letters(self, inlines: Iterable[Inline], styles: frozenset[str] = frozenset()) -> Iterator[Letter]:
        for inline in inlines:
            match inline:
                case Text(text):
                    yield from ((letter, styles) for letter in text)
                case Code(text):
                    yield from ((letter, styles | {"code"}) for letter in text)
                case Math(tex, text):
                    yield from ((letter, styles) for letter in (f"${spell_braces(tex)}$" if tex else text))
                case Note(blocks=blocks) if self.within_note:
                    yield from ((letter, styles) for letter in f" [{plain_text(blocks)}]")
                case Note(blocks=blocks):
                    yield "†", frozenset()
                    self.within_note = True
                    place = len(self.notes)
                    self.notes.append(())
                    self.notes[place] = self.blocks(blocks)
                    self.within_note = False
                case LineBreak():
                    yield "⏎", frozenset()
                case PageBreak() | InlineImage():
                    continue
                case Link(url, content):
                    own = url.removeprefix("mailto:") == plain_text(content)
                    followed = url.startswith(SAFE) and not own
                    yield from self.letters(content, styles | {f"link {url}"} if followed else styles)
                case Reference(target, content):
                    yield from self.letters(content, styles | {f"link #{target}"} if target in self.ids else styles)
                case Emphasis((Text(text), *rest)) | Strong((Text(text), *rest)) if re.match(r"[,.;:]+(\s|$)", text):
                    point = text[: len(text) - len(text.lstrip(",.;:"))]  # no part of the emphasis
                    yield from self.letters((Text(point),), styles)
                    yield from self.letters((type(inline)((Text(text[len(point) :]), *rest)),), styles)
                case _:
                    own_style = {STYLES[type(inline)]} if type(inline) in STYLES else set()
                    yield from self.letters(inline.content, styles | own_style)
