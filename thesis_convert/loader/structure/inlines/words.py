"""Adds one word to the atoms: its text, or the note, formula or picture that hangs on it."""

from __future__ import annotations

from thesis_convert.document import InlineImage
from thesis_convert.loader.structure.inline_pictures import InlinePicture
from thesis_convert.loader.structure.inlines.atoms import PLAIN, Atom, Mark, common_mark, read_mark
from thesis_convert.loader.structure.inlines.context import InlineContext
from thesis_convert.page import Line, Word


def add_word(atoms: list[Atom], word: Word, line: Line, context: InlineContext, base: Mark, first: bool) -> None:
    key = (line.page, word.order)
    note = context.notes.get(key)
    if note is not None:
        # A mark stands on the word before it, however far the typesetter set it off.
        if atoms and atoms[-1][0] == " ":
            atoms.pop()
        atoms.append((note, PLAIN))
        return
    if key not in context.hidden:
        formula = context.formulas.get(key)
        mark = read_mark(word, line, context, base) if formula is None else Mark(context.links.get(key, ""))
        if word.space_before and not first:
            previous = atoms[-1][1] if atoms else PLAIN
            atoms.append((" ", common_mark(previous, mark)))
        elif word.font.math and word.text in (".", ",") and atoms:
            mark = mark._replace(strong=atoms[-1][1].strong)  # TeX has no bold stop for bold figures
        pictures = context.pictures.get(key, ())
        for picture in pictures:
            if picture.before:
                _add_picture(atoms, picture, context)
        atoms.append((formula or word.text, mark))
        for picture in pictures:
            if not picture.before:
                _add_picture(atoms, picture, context)
    atoms += [(stray, PLAIN) for stray in context.stray_notes.get(key, ())]


def _add_picture(atoms: list[Atom], picture: InlinePicture, context: InlineContext) -> None:
    media = context.show(picture.box, picture.page)
    if media:
        space: list[Atom] = [(" ", PLAIN)] if picture.spaced else []
        image: Atom = (InlineImage(media), PLAIN)
        atoms += [image, *space] if picture.before else [*space, image]
