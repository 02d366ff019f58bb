"""Turns the words of lines into inlines: style, links, notes, joined line ends.

In: the lines of one block, from one page or several. Out: a tuple of `Inline`. Words become atoms,
pieces of text with all that marks them; neighbouring atoms with the same mark share one node, so
that emphasis goes on over line ends and spaces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thesis_convert.document import Inline, LineBreak
from thesis_convert.loader.lines.building import line_text
from thesis_convert.loader.structure.inlines.atoms import PLAIN, Atom, Mark, read_mark
from thesis_convert.loader.structure.inlines.context import InlineContext
from thesis_convert.loader.structure.inlines.formula_ties import tie_formulas
from thesis_convert.loader.structure.inlines.line_ends import join_line
from thesis_convert.loader.structure.inlines.nesting import nest
from thesis_convert.loader.structure.inlines.spacing import tidy
from thesis_convert.loader.structure.inlines.words import add_word
from thesis_convert.loader.structure.small_capitals import read_small_capitals
from thesis_convert.page import Line, Word

__all__ = ["PLAIN", "InlineContext", "Mark", "build_inlines"]


def build_inlines(
    lines: Sequence[Line],
    context: InlineContext,
    *,
    skip: int = 0,
    base: Mark = PLAIN,
    keep_lines: bool = False,
) -> tuple[Inline, ...]:
    """The inlines of `lines`. `skip` words at the beginning (a marker, a note's number) are left out.

    `base` is the style that goes without saying here (a heading's bold). With `keep_lines` the line
    ends stay.
    """
    if context.cursive and all(line.font.name in context.cursive for line in lines):
        context = replace(context, cursive=frozenset())  # a passage that is set so as a whole
    atoms: list[Atom] = []
    previous: Line | None = None
    for line in lines:
        words: Sequence[Word] = line.words[skip:] if previous is None else line.words
        breaks = context.break_before(line.page)
        if previous is not None:
            if keep_lines:
                atoms.append((LineBreak(), PLAIN))
            else:
                words, breaks = join_line(atoms, line, words, context, breaks, base)
        atoms += [(page_break, PLAIN) for page_break in breaks]
        if words and _is_uniform(words, line.page, context):
            text = line.text if words is line.words else line_text(words)
            atoms.append((text, read_mark(words[0], line, context, base)))
        else:
            for number, word in enumerate(read_small_capitals(words, line)):
                add_word(atoms, word, line, context, base, first=number == 0)
        if words or previous is None:
            previous = line
    return tidy(nest(tie_formulas(atoms) if context.formulas else atoms))


def _is_uniform(words: Sequence[Word], page: int, context: InlineContext) -> bool:
    """Whether words have one font and nothing hangs on them: most lines do, and one atom is enough then."""
    font, special = words[0].font, context.special
    return all(word.font is font and (page, word.order) not in special for word in words)
