"""Builds what stands apart from the running text: quotations, verses, mottos, definitions, theorems.

In: blocks of one kind that follow each other, and what is known of their words. Out: the document's
block that they make together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from thesis_convert.document import Block as DocumentBlock
from thesis_convert.document import BlockQuote, Definition, DefinitionList, Epigraph, Inline, Origin, Paragraph, Verse
from thesis_convert.loader.structure.inlines import InlineContext, Mark, build_inlines
from thesis_convert.loader.structure.insertions import INSERTED
from thesis_convert.loader.structure.theorems import cut_words
from thesis_convert.loader.structure.title_lines import split_stanzas
from thesis_convert.page import Block, Line, MottoDetail, QuoteDetail, TermDetail, TheoremDetail

HEAD_MARK = Mark(strong=True, emphasis=True, small_caps=True, underline=True)
"""What goes without saying in the head of a theorem, and in a term: formats set them off in their own ways."""

STANZA_GAP = 1.3
"""Stanzas are this many times further apart than lines."""

MIN_JUSTIFIED = 2
"""So many lines that fill the column are no chance."""
FLUSH = 0.3
"""A line fills the column that ends within so many sizes of its edge."""
MIN_WORDS = 4
"""Fewer words than this are spread over a line for show."""

FindOrigin = Callable[[Sequence[Line]], Origin | None]


def build_verses(lines: Sequence[Line], context: InlineContext, origin: FindOrigin) -> Iterator[Verse | Paragraph]:
    """Lines that stay lines, a verse for each stanza; what fills its lines from edge to edge is a paragraph."""
    for stanza in split_stanzas(lines):
        if _is_justified(stanza):
            yield Paragraph(build_inlines(stanza, context), origin=origin(stanza))
            continue
        verse = _build_stanza(stanza, context, origin)
        if verse.lines:
            yield verse


def _is_justified(stanza: Sequence[Line]) -> bool:
    """Whether lines stand as those of a justified paragraph do: they fill the column, but for the last."""
    *full, last = stanza
    edge = FLUSH * last.size
    if len(full) < MIN_JUSTIFIED or abs(last.indent) > edge or any(line.size != last.size for line in full):
        return False
    return all(abs(line.slack) < edge and len(line.words) > MIN_WORDS for line in full)


def _build_stanza(stanza: Sequence[Line], context: InlineContext, origin: FindOrigin) -> Verse:
    lines = tuple(content for line in stanza if (content := build_inlines((line,), context)))
    return Verse(lines, origin=origin(stanza))


def _split_stanzas(lines: Sequence[Line]) -> list[list[Line]]:
    """The stanzas of a poem: a wider gap than its lines usually have parts them."""
    steps = [above.baseline - below.baseline for above, below in pairwise(lines) if above.page == below.page]
    limit = STANZA_GAP * min((step for step in steps if step > 0), default=0.0)
    stanzas = [[lines[0]]]
    for above, below in pairwise(lines):
        if above.page == below.page and above.baseline - below.baseline > limit:
            stanzas.append([])
        stanzas[-1].append(below)
    return stanzas


def build_quote(blocks: Sequence[Block], context: InlineContext, origin: FindOrigin) -> BlockQuote:
    """A quotation of paragraphs and verses."""
    parts: list[DocumentBlock] = []
    for verse, group in groupby(blocks, key=lambda b: isinstance(b.detail, QuoteDetail) and b.detail.verse):
        if verse:
            stanzas = _split_stanzas([line for block in group for line in block.lines])
            parts += (_build_stanza(stanza, context, origin) for stanza in stanzas)
        else:
            parts += (Paragraph(build_inlines(b.lines, context), origin=origin(b.lines)) for b in group)
    return BlockQuote(tuple(parts), origin=origin(blocks[0].lines))


def build_motto(blocks: Sequence[Block], context: InlineContext, origin: FindOrigin) -> Epigraph:
    """A motto with the line that tells its source."""
    words: list[DocumentBlock] = []
    source: tuple[Inline, ...] = ()
    for block in blocks:
        assert isinstance(block.detail, MottoDetail)
        if block.detail.source:
            source = build_inlines(block.lines, context)
        elif block.detail.verse:
            words += (_build_stanza(stanza, context, origin) for stanza in _split_stanzas(block.lines))
        else:
            words.append(Paragraph(build_inlines(block.lines, context), origin=origin(block.lines)))
    return Epigraph(tuple(words), source, origin=origin(blocks[0].lines))


def build_definitions(blocks: Sequence[Block], context: InlineContext, origin: FindOrigin) -> DefinitionList:
    """Terms, each with the paragraphs that define it."""
    items: list[Definition] = []
    for block in blocks:
        assert isinstance(block.detail, TermDetail)
        term = build_head(block, block.detail.words, context) if block.detail.words else ()
        content = build_inlines(block.lines, context, skip=block.detail.words)
        paragraph = Paragraph(content, origin=origin(block.lines))
        if term or not items:
            items.append(Definition(term, (paragraph,)))
        else:
            items[-1] = Definition(items[-1].term, (*items[-1].blocks, paragraph))
    return DefinitionList(tuple(items), origin=origin(blocks[0].lines))


def build_head(block: Block, words: int, context: InlineContext) -> tuple[Inline, ...]:
    """The inlines of so many words at a block's beginning, without the type that sets them off."""
    return build_inlines((cut_words(block.lines[0], 0, words),), context, base=HEAD_MARK)


def end_of_run(blocks: Sequence[Block], start: int) -> int:
    """The end of what `start` begins: of the blocks of its kind, or of a theorem's."""
    first = blocks[start]
    if isinstance(first.detail, TheoremDetail):
        return min(start + 1 + first.detail.follow, len(blocks))
    end = start + 1
    while end < len(blocks) and (blocks[end].kind == first.kind or _is_inside(blocks[end], first)):
        end += 1
    return end


def _is_inside(block: Block, first: Block) -> bool:
    """Whether a block is a figure, formula ... inside an item of the list that `first` begins."""
    return first.kind == "item" and block.kind in INSERTED and not block.starts
