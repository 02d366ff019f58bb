"""Gives the formulas among atoms the style of the text around them, and joins those that a line end divides."""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.document import Math
from thesis_convert.loader.structure.inlines.atoms import Atom, common_mark


def tie_formulas(atoms: Sequence[Atom]) -> list[Atom]:
    """Formulas with the style of the text around them; those that a line end divides are one."""
    if not any(isinstance(piece, Math) for piece, _ in atoms):
        return list(atoms)
    from thesis_convert.loader.structure.formulas.tex import goes_on  # most theses have no formulas

    result: list[Atom] = []
    for piece, mark in atoms:
        before = result[-2][0] if len(result) > 1 and result[-1][0] == " " else None
        if isinstance(piece, Math) and isinstance(before, Math) and goes_on(before.tex, piece.tex):
            result[-2:] = [(Math(f"{before.tex} {piece.tex}", f"{before.text} {piece.text}"), result[-2][1])]
        else:
            result.append((piece, mark))
    for place, (piece, mark) in enumerate(result):
        if not isinstance(piece, Math):
            continue
        start, end = place, place + 1
        while start and (isinstance(result[start - 1][0], Math) or result[start - 1][0] == " "):
            start -= 1
        while end < len(result) and (isinstance(result[end][0], Math) or result[end][0] == " "):
            end += 1
        if start and end < len(result):
            around = common_mark(result[start - 1][1], result[end][1])._replace(link=mark.link, script=0, code=False)
            result[start:end] = [(inner, around._replace(link=own.link)) for inner, own in result[start:end]]
    return result
