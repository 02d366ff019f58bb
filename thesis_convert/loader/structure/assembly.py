"""Builds the `Document` from the recognised blocks.

In: the flow of blocks with their kinds, and all that is known of notes and links. Out: sections
nested by the levels of their headings, divided into front matter, body and back matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from thesis_convert.document import (
    BibliographyEntry,
    CodeBlock,
    Figure,
    Inline,
    ListItem,
    MathBlock,
    OrderedList,
    Origin,
    PageBreak,
    Paragraph,
    Section,
    SectionKind,
    Text,
    Theorem,
)
from thesis_convert.document import Block as DocumentBlock
from thesis_convert.loader.structure.divisions import Division, divide_sections, settle_kind
from thesis_convert.loader.structure.headings.labels import cut_label, show_label
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.loader.structure.lists import build_lists
from thesis_convert.loader.structure.numbering import read_number
from thesis_convert.loader.structure.passages import (
    HEAD_MARK,
    build_definitions,
    build_head,
    build_motto,
    build_quote,
    build_verses,
    end_of_run,
)
from thesis_convert.loader.structure.tables.building import build_table
from thesis_convert.page import (
    Block,
    BoundingBox,
    CodeDetail,
    EntryDetail,
    FigureDetail,
    FormulaDetail,
    HeadingDetail,
    Line,
    PageLayout,
    TableDetail,
    TheoremDetail,
    enclosing_box,
)
from thesis_convert.traversal import plain_text

_RUNS = frozenset({"item", "quote", "epigraph", "definition", "theorem"})
"""Kinds of blocks that make one block of the document with those that follow them."""
_UNTITLED = 100
"""The level of a section without a heading: every heading ends it."""
ShowRegion = Callable[[BoundingBox, int], str]
"""Gives the name of the `Media` that shows a region of the page with that index, "" where there is none."""


@dataclass(slots=True)
class PageBreaks:
    """Hands out each page's break once, when its first words come."""

    pages: Sequence[PageLayout]
    next_page: int = 0

    def before(self, page: int) -> tuple[PageBreak, ...]:
        breaks = tuple(PageBreak(layout.label, layout.page.number) for layout in self.pages[self.next_page : page + 1])
        self.next_page = max(self.next_page, page + 1)
        return breaks


def assemble(
    flow: Sequence[Block],
    layouts: Sequence[PageLayout],
    context: InlineContext,
    show: ShowRegion,
    front: Mapping[int, SectionKind],
) -> Division:
    """The thesis as a tree. `front` has the kinds of pages without a heading that are sections of their own."""
    breaks = PageBreaks(layouts)
    builder = _Builder(replace(context, break_before=breaks.before), show, [layout.page.number for layout in layouts])
    return divide_sections(list(builder.build_sections(flow, front)))


class _Open(NamedTuple):
    """A section whose end has not come yet, and the page that it begins on."""

    level: int
    section: Section
    blocks: list[DocumentBlock]
    sections: list[Section]
    page: int


class _Builder:
    """Builds sections and blocks; it counts the ids that it gives."""

    def __init__(self, context: InlineContext, show: ShowRegion, numbers: Sequence[int]) -> None:
        self.context = context
        self.numbers = numbers
        self.show = show
        self.count: dict[str, int] = {}

    def build_sections(self, flow: Sequence[Block], front: Mapping[int, SectionKind]) -> Iterator[Section]:
        """The sections at the top of the tree."""
        stack: list[_Open] = []
        pending: list[Block] = []
        for block in flow:
            if block.kind == "omitted":
                continue
            if isinstance(block.detail, HeadingDetail):
                yield from self._close(stack, pending, block.detail.level)
                parent = stack[-1].section.kind if stack else None
                stack.append(
                    _Open(block.detail.level, self.build_heading(block, block.detail, parent), [], [], block.page)
                )
                continue
            kind = _begin_untitled(stack[-1] if stack else None, block, front)
            if kind is not None:
                yield from self._close(stack, pending, 0)
                stack.append(_Open(_UNTITLED, Section(kind, "", (), id=self.make_id(kind)), [], [], block.page))
            pending.append(block)
        yield from self._close(stack, pending, 0)

    def _close(self, stack: list[_Open], pending: list[Block], level: int) -> Iterator[Section]:
        """Ends the sections at `level` and deeper; those at the top of the tree come out, unless they are empty."""
        if stack:
            stack[-1].blocks.extend(self.build_blocks(pending))
            pending.clear()
        while stack and stack[-1].level >= level:
            done = stack.pop()
            section = replace(done.section, blocks=tuple(done.blocks), sections=tuple(done.sections))
            if stack:
                stack[-1].sections.append(section)
            elif section.title or section.label or section.blocks or section.sections:
                yield section

    def build_heading(self, block: Block, detail: HeadingDetail, parent: SectionKind | None) -> Section:
        content = build_inlines(block.lines, self.context, base=HEAD_MARK)
        content = cut_label(content, detail.label)
        plain = plain_text(content)
        number = read_number(detail.title)
        if number is not None and not detail.label and (number.title or not number.parts):
            number = None  # words that only look like one
        kind = settle_kind(plain, number, parent)
        return Section(kind, show_label(detail.label), content, id=block.name, origin=self.origin(block.lines))

    def make_id(self, kind: str) -> str:
        self.count[kind] = self.count.get(kind, 0) + 1
        return f"{kind}-{self.count[kind]}"

    def origin(self, lines: Sequence[Line]) -> Origin | None:
        if not lines:
            return None
        page = lines[0].page
        return self.box_origin(page, enclosing_box([line.box for line in lines if line.page == page]))

    def box_origin(self, page: int, box: BoundingBox) -> Origin:
        left, bottom, right, top = (round(edge, 1) for edge in box)
        return Origin(self.numbers[page], (left, bottom, right, top))

    # Blocks

    def build_blocks(self, blocks: Sequence[Block]) -> tuple[DocumentBlock, ...]:
        result: list[DocumentBlock] = []
        number = 0
        while number < len(blocks):
            block = blocks[number]
            if block.kind in _RUNS:
                end = end_of_run(blocks, number)
                result += self.build_run(blocks[number:end])
                number = end
                continue
            if isinstance(block.detail, EntryDetail) and _COUNTED.match(block.detail.label):
                end = number
                while end < len(blocks) and _counts_on(blocks[number], blocks[end], end - number):
                    end += 1
                result.append(self.build_counted_entries(blocks[number:end]))
                number = end
                continue
            if block.kind == "verse":
                result += build_verses(block.lines, self.context, self.origin)
            elif (built := self.build_block(block)) is not None:
                result.append(built)
            number += 1
        return tuple(result)

    def build_run(self, blocks: Sequence[Block]) -> Sequence[DocumentBlock]:
        """What blocks of one kind in `_RUNS` make together; after a theorem's head those of any kind."""
        first = blocks[0]
        if first.kind == "item":
            return build_lists(blocks, self.build_paragraph, self.build_block, self.origin)
        if first.kind == "quote":
            return (build_quote(blocks, self.context, self.origin),)
        if first.kind == "epigraph":
            return (build_motto(blocks, self.context, self.origin),)
        if first.kind == "definition":
            return (build_definitions(blocks, self.context, self.origin),)
        assert isinstance(first.detail, TheoremDetail)
        label = build_head(first, first.detail.words, self.context)
        paragraph = self.build_paragraph(first.lines, first.detail.words)
        inner = (paragraph, *self.build_blocks(blocks[1:]))
        return (Theorem(label, inner, first.name, self.origin(first.lines)),)

    def build_block(self, block: Block) -> DocumentBlock | None:
        detail = block.detail
        if block.kind == "omitted":
            return None
        if isinstance(detail, FigureDetail):
            return self.build_figure(block.page, detail, block.name)
        if isinstance(detail, TableDetail):
            origin = self.box_origin(block.page, detail.box)
            return build_table(detail, block.page, block.name, origin, self.context, self.show)
        if isinstance(detail, CodeDetail):
            return CodeBlock(
                detail.text,
                detail.language,
                "algorithm" if detail.algorithm else "code",
                detail.label,
                caption=build_inlines(detail.caption, self.context) if detail.caption else (),
                id=block.name,
                origin=self.origin(block.lines),
            )
        if isinstance(detail, FormulaDetail):
            return self.build_formula(block, detail)
        if isinstance(detail, EntryDetail):
            content = build_inlines(block.lines, self.context)
            return BibliographyEntry(*_cut_label(content, detail.label), id=block.name, origin=self.origin(block.lines))
        content = build_inlines(block.lines, self.context)
        return Paragraph(content, origin=self.origin(block.lines)) if content else None

    def build_paragraph(self, lines: Sequence[Line], skip: int = 0) -> Paragraph:
        """A paragraph of lines, without so many words at its beginning."""
        return Paragraph(build_inlines(lines, self.context, skip=skip), origin=self.origin(lines))

    def build_counted_entries(self, blocks: Sequence[Block]) -> OrderedList:
        """Entries that are only counted ("12.") are the items of a list."""
        items = []
        for block in blocks:
            assert isinstance(block.detail, EntryDetail)
            content, label = _cut_label(build_inlines(block.lines, self.context), block.detail.label)
            entry = BibliographyEntry(content, id=block.name, origin=self.origin(block.lines))
            items.append(ListItem((entry,), label or block.detail.label))
        first = blocks[0].detail
        assert isinstance(first, EntryDetail)
        return OrderedList(tuple(items), int(first.label.rstrip(".)")), origin=self.origin(blocks[0].lines))

    def build_formula(self, block: Block, detail: FormulaDetail) -> MathBlock:
        text = " ".join(line.text.removesuffix(detail.label).strip() for line in block.lines)
        media = "" if detail.tex else self.show(detail.box, block.page)
        return MathBlock(detail.tex, text, detail.label, media, block.name, self.box_origin(block.page, detail.box))

    def build_figure(self, page: int, detail: FigureDetail, name: str) -> Figure:
        return Figure(
            "" if detail.parts else self.show(detail.box, page),
            build_inlines(detail.caption, self.context) if detail.caption else (),
            detail.label,
            " ".join(line.text for line in detail.words),
            tuple(self.build_figure(page, part, "") for part in detail.parts),
            id=name,
            origin=self.box_origin(page, detail.box),
        )


_COUNTED = re.compile(r"^\d{1,4}[.)]$")


def _counts_on(first: Block, block: Block, steps: int) -> bool:
    """Whether an entry's label is the number so many steps after the first's."""
    if not isinstance(first.detail, EntryDetail) or not isinstance(block.detail, EntryDetail):
        return False
    label = block.detail.label
    return bool(_COUNTED.match(label)) and int(label[:-1]) == int(first.detail.label[:-1]) + steps


def _begin_untitled(current: _Open | None, block: Block, front: Mapping[int, SectionKind]) -> SectionKind | None:
    """The kind of the section without a heading that begins with a block, None when it goes on with the last one."""
    kind = front.get(block.page)
    if current is None:
        return kind or "other"
    if kind is not None and current.page != block.page:
        return kind
    ended = current.level == _UNTITLED and current.page != block.page and current.section.kind != "other"
    return "other" if ended else None


def _cut_label(content: tuple[Inline, ...], label: str) -> tuple[tuple[Inline, ...], str]:
    if not label:
        return content, ""
    for place, node in enumerate(content):
        if isinstance(node, Text) and node.text.lstrip().startswith(label):
            rest = node.text.lstrip()[len(label) :].lstrip()
            return (*content[:place], *((Text(rest),) if rest else ()), *content[place + 1 :]), label
    return content, ""
