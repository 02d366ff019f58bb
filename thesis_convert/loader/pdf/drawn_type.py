"""Takes the strokes of drawings that are set in type out of the words of a page.

In: words as read. Out: the words that are read, and the others as pictures. LaTeX draws lines, arrows, circles
and rounded frames with the characters of fonts made for nothing else, and programs for music the notes. The codes of
these are those of letters and signs, which say nothing to a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thesis_convert.page import Picture, Word

_DRAWN = re.compile(
    r"(?:line|lcircle)w?\d+|xy[a-z]{4}\d+"
    r"|(?:emmentaler|feta|parmesan|musix|bravura|leland|petaluma|gonville|maestro|petrucci|leipzig|mscore)(?!text)[-\w]*",
    re.I,
)


def split_drawn(words: Iterable[Word]) -> tuple[list[Word], list[Picture]]:
    """The words that are read, and a drawing for each other one. The keys of these are below 0: they are no objects."""
    read: list[Word] = []
    drawn: list[Picture] = []
    known: dict[str, bool] = {}
    for word in words:
        name = word.font.name
        is_drawn = known.get(name)
        if is_drawn is None:
            is_drawn = known[name] = _DRAWN.fullmatch(name) is not None
        if is_drawn:
            drawn.append(Picture(word.box, "drawing", -1 - word.order))
        else:
            read.append(word)
    return read, drawn
