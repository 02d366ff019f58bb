"""Finds fonts that do not say which letters they draw.

In: the words of each page while it is open. Out: the names of such fonts, each with the first page that has
it. Without a map from its glyphs to Unicode the library gives a glyph's number in the font for its letter, and
says so when asked; some words of a page are asked about, since fonts have a map as a whole or none.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

import pypdfium2.raw as pdfium

from thesis_convert.loader.pdf.library import bind
from thesis_convert.page import Word

SAMPLE = 60
"""About so many words of a page are looked at."""
MIN_WORDS = 5
"""So many words in a font tell what it is."""
MIN_LENGTH = 2.0
"""Words are so long on average; the signs of lists and formulas are shorter, and known by other means."""
MOST = 0.6
"""Share of the words without a map; a font with a map may lack single glyphs."""

_has_error = bind(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class MappingEvidence:
    """What was seen of each font, over all pages that were read."""

    def __init__(self) -> None:
        self._words: Counter[str] = Counter()
        self._letters: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def add_page(self, number: int, words: Sequence[Word], text_page: object) -> None:
        """Looks at the words of page `number`, which is open."""
        handle = ctypes.cast(text_page, ctypes.c_void_p).value  # type: ignore[arg-type]
        for font, same in groupby(words[:: 1 + len(words) // SAMPLE], attrgetter("font")):
            if font.math:
                continue
            sample = list(same)
            self._words[font.name] += len(sample)
            self._letters[font.name] += sum(len(word.text) for word in sample)
            errors = sum(_has_error(handle, word.order) == 1 for word in sample)
            if errors:
                self._errors[font.name] += errors
                self._first.setdefault(font.name, number)

    def list_unreadable(self) -> list[tuple[str, int]]:
        """(name, the number of the first page with it) of the fonts whose text may be wrong."""
        return [
            (name, self._first[name])
            for name, errors in self._errors.items()
            if self._words[name] >= MIN_WORDS
            and errors >= MOST * self._words[name]
            and self._letters[name] >= MIN_LENGTH * self._words[name]
        ]
