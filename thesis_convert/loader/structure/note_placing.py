"""Puts notes where their marks are.

In: the notes that were found, and what is known of the words. Out: the same with each note on the word that
is its mark, one without a mark on the word beside it. The notes to notes are built first, since the others
hold them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from thesis_convert.document import Note, Paragraph
from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.loader.structure.note_lines import split_paragraphs
from thesis_convert.loader.structure.notes import FoundNote
from thesis_convert.page import Line, WordKey


def place_notes(found: Sequence[FoundNote], context: InlineContext) -> InlineContext:
    """The context with the notes."""
    words = {(line.page, word.order) for note in found for line in note.lines for word in line.words}
    notes: dict[WordKey, Note] = {}
    stray: dict[WordKey, tuple[Note, ...]] = {}
    hidden = context.hidden | {key for note in found for key in note.covers[1:]}
    context = replace(context, hidden=hidden)
    numbered = list(enumerate(found, 1))
    for inner in (True, False):
        level = replace(context, notes=dict(notes))
        for number, item in numbered:
            if inner != (not words.isdisjoint(item.covers[:1])):
                continue
            note = _build_note(f"note-{number}", item, level)
            if item.covers:
                notes[item.covers[0]] = note
            elif item.beside:
                stray[item.beside] = (*stray.get(item.beside, ()), note)
    return replace(context, notes=notes, stray_notes=stray)


def remove_marks(lines: Iterable[Line], found: Sequence[FoundNote]) -> tuple[Line, ...]:
    """The lines without the words that are marks of notes: a title's note is no part of what it says."""
    marks = {key for note in found for key in note.covers}
    result = []
    for line in lines:
        words = tuple(word for word in line.words if (line.page, word.order) not in marks)
        if len(words) < len(line.words) and words:
            line = replace_words(line, words)
        if words:
            result.append(line)
    return tuple(result)


def _build_note(name: str, item: FoundNote, context: InlineContext) -> Note:
    paragraphs = [
        Paragraph(build_inlines(lines, context, skip=0 if number else item.skip))
        for number, lines in enumerate(split_paragraphs(item.lines))
    ]
    return Note(name, item.label, tuple(p for p in paragraphs if p.content) or (Paragraph(()),), item.kind)
