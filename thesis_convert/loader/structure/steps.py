"""The order in which structure is recognised: read it from the top down.

In: pages as laid out, the measures, and the catalogue. Out: the `Structure`, blocks with their kinds; and in a
second step the parts of a `Document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.document import Metadata
from thesis_convert.loader.structure.assembly import ShowRegion, assemble
from thesis_convert.loader.structure.bibliography import split_entries
from thesis_convert.loader.structure.blocks import classify_blocks
from thesis_convert.loader.structure.caption_columns import separate_captions
from thesis_convert.loader.structure.code import find_code
from thesis_convert.loader.structure.contents import PrintedContents, read_contents
from thesis_convert.loader.structure.definitions import mark_definitions
from thesis_convert.loader.structure.divisions import Division, is_bibliography_title
from thesis_convert.loader.structure.endnotes import find_endnotes
from thesis_convert.loader.structure.faces import find_cursive, is_typewritten
from thesis_convert.loader.structure.figure_captions import give_captions
from thesis_convert.loader.structure.figure_notes import take_back_words
from thesis_convert.loader.structure.figure_rows import order_rows
from thesis_convert.loader.structure.figures import find_figures
from thesis_convert.loader.structure.flow import build_flow, measure_indent
from thesis_convert.loader.structure.formulas import find_displays, find_inline_formulas, join_formula_lines
from thesis_convert.loader.structure.formulas.fonts import Fonts, measure_fonts
from thesis_convert.loader.structure.formulas.titles import spare_titles
from thesis_convert.loader.structure.front_pages import FrontPages, find_front_pages
from thesis_convert.loader.structure.headings import find_headings
from thesis_convert.loader.structure.headings.margins import move_margin_headings
from thesis_convert.loader.structure.headings.run_in import separate_run_ins
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inline_pictures import find_inline_pictures
from thesis_convert.loader.structure.inlines import InlineContext
from thesis_convert.loader.structure.insertions import hold_insertions
from thesis_convert.loader.structure.joined_marks import separate_marks
from thesis_convert.loader.structure.joining import join_blocks
from thesis_convert.loader.structure.label_columns import separate_labels
from thesis_convert.loader.structure.links import find_links, name_blocks
from thesis_convert.loader.structure.metadata import read_metadata
from thesis_convert.loader.structure.note_placing import place_notes, remove_marks
from thesis_convert.loader.structure.note_reports import report_unmatched
from thesis_convert.loader.structure.notes import FoundNote, find_notes
from thesis_convert.loader.structure.plain_marks import detach_marks
from thesis_convert.loader.structure.quotations import refine_quotations
from thesis_convert.loader.structure.repeated_titles import find_repeated_titles
from thesis_convert.loader.structure.tables import find_tables
from thesis_convert.loader.structure.tables.cell_lines import list_cell_lines, put_cells
from thesis_convert.loader.structure.theorems import mark_theorems
from thesis_convert.loader.structure.turned_words import insert_turned_words
from thesis_convert.loader.structure.underlines import find_underlined
from thesis_convert.loader.structure.word_spacing import WordSpacing
from thesis_convert.loader.structure.wrapped_marks import bring_back_marks
from thesis_convert.page import Block, Catalogue, HeadingDetail, ItemDetail, PageLayout, Typography, WordKey


@dataclass(frozen=True, slots=True)
class Structure:
    """What was recognised: `layouts` after the last changes to their lines, the blocks in reading order, the notes."""

    layouts: tuple[PageLayout, ...]
    blocks: tuple[Block, ...]
    notes: tuple[FoundNote, ...]
    front: FrontPages
    fonts: Fonts


def recognise(layouts: Sequence[PageLayout], typography: Typography, catalogue: Catalogue, report: Report) -> Structure:
    """What the lines of a thesis are."""
    layouts = bring_back_marks(separate_captions(separate_labels(take_back_words(layouts))))
    fonts = measure_fonts(layouts)
    layouts = separate_marks(detach_marks(join_formula_lines(layouts, typography, fonts)))
    contents = read_contents(layouts, typography)
    layouts = move_margin_headings(layouts, catalogue, contents)
    footnotes = find_notes(layouts)
    front = _find_front(layouts, typography, catalogue, contents)
    flow = recognise_blocks(layouts, typography, catalogue, contents, front, fonts, report)
    notes, flow = find_endnotes(flow, layouts, footnotes)
    report_unmatched(notes, layouts, report)
    return Structure(tuple(layouts), tuple(name_blocks(flow)), tuple(notes), front, fonts)


def build_tree(structure: Structure, catalogue: Catalogue, show: ShowRegion) -> tuple[Metadata, Division]:
    """The thesis's metadata and its tree of sections."""
    layouts, flow = structure.layouts, structure.blocks
    hyphenation = Hyphenation(chain.from_iterable(layout.text for layout in layouts))
    context = InlineContext(
        hyphenation,
        spacing=WordSpacing(chain.from_iterable(layout.text for layout in layouts)),
        links=find_links(layouts, flow),
        underlined=find_underlined(layouts),
        cursive=find_cursive(layouts),
        typewritten=is_typewritten(layouts),
        pictures=find_inline_pictures(layouts, flow),
        show=show,
    )
    marks = set(_list_marks(structure.notes, flow))
    cells = {line.key for line in list_cell_lines(flow)}
    found = find_inline_formulas(put_cells(layouts, flow), structure.fonts, marks, cells)
    found = spare_titles(found, flow)
    context = replace(context, formulas=found.formulas, hidden=found.hidden)
    context = place_notes(structure.notes, context)
    division = assemble(flow, layouts, context, show, structure.front.kinds)
    front = replace(
        structure.front,
        title=remove_marks(structure.front.title, structure.notes),
        others=tuple(remove_marks(lines, structure.notes) for lines in structure.front.others),
    )
    return read_metadata(front, layouts, catalogue.properties, division), division


def recognise_blocks(
    layouts: Sequence[PageLayout],
    typography: Typography,
    catalogue: Catalogue,
    contents: PrintedContents,
    front: FrontPages,
    fonts: Fonts,
    report: Report,
) -> list[Block]:
    """All blocks in reading order, each with its kind."""
    taken = {line.key for block in (*contents.omitted, *front.blocks) for line in block.lines}
    away = frozenset(taken)
    listings = find_code(layouts, typography, set(taken))
    search = find_tables(layouts, typography, taken, listings, report)
    layouts, tables = search.layouts, [*search.blocks, *search.listings]
    taken.update(line.key for block in tables for line in block.lines)
    tables, figures = give_captions(tables, find_figures(layouts, typography, taken, tables), layouts, typography)
    taken.update(line.key for block in figures for line in block.lines)
    displays = find_displays(layouts, fonts, taken, report)
    taken.update(line.key for block in displays for line in block.lines)
    layouts, run_ins = separate_run_ins(layouts, typography, catalogue, contents, away | taken)
    none = away | find_repeated_titles(layouts, front, typography.body)
    headings = find_headings(layouts, typography, catalogue, contents, none, taken, run_ins)
    if not headings:
        report(Diagnostic(Code.NO_HEADINGS, "no heading was recognised"))
    indent = measure_indent(layouts, typography)
    claimed = [*contents.omitted, *front.blocks, *tables, *figures, *displays, *headings]
    flow = build_flow(layouts, typography, claimed, indent)
    flow = _split_bibliographies(order_rows(flow, typography), typography)
    flow = classify_blocks(flow, typography, indent)
    flow = refine_quotations(join_blocks(flow, indent))
    flow = hold_insertions(mark_definitions(mark_theorems(flow, indent)))
    return insert_turned_words(flow, layouts, [*tables, *figures])


def _find_front(
    layouts: Sequence[PageLayout], typography: Typography, catalogue: Catalogue, contents: PrintedContents
) -> FrontPages:
    """The pages before the text that have no heading."""
    titles = [*(bookmark.title for bookmark in catalogue.bookmarks), *(entry.title for entry in contents.entries)]
    taken = frozenset(line.key for block in contents.omitted for line in block.lines)
    return find_front_pages(layouts, typography, titles, taken)


def _split_bibliographies(flow: Sequence[Block], typography: Typography) -> list[Block]:
    """The flow with the entries of each bibliography split."""
    result: list[Block] = []
    section: list[Block] | None = None
    level = 0
    for block in flow:
        if isinstance(block.detail, HeadingDetail):
            if section is not None and block.detail.level <= level:
                result += split_entries(section, typography)
                section = None
            if section is None and is_bibliography_title(_bare(block.detail), top=block.detail.level == 1):
                result.append(block)
                section, level = [], block.detail.level
                continue
        (result if section is None else section).append(block)
    return result + (split_entries(section, typography) if section else [])


def _bare(detail: HeadingDetail) -> str:
    return detail.title.removeprefix(detail.label).lstrip(" .:") if detail.label else detail.title


def _list_marks(notes: Iterable[FoundNote], flow: Iterable[Block]) -> Iterator[WordKey]:
    """The words that are marks of notes, or of the items of lists."""
    for note in notes:
        yield from note.covers
        yield from ((note.lines[0].page, word.order) for word in note.lines[0].words[: note.skip])
    for block in flow:
        if isinstance(block.detail, ItemDetail):
            text = ""
            for word in block.lines[0].words:
                if text == block.detail.marker:
                    break
                text += word.text
                yield block.lines[0].page, word.order
