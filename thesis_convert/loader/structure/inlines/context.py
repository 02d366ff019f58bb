"""What is known of the whole thesis when the words of one block are put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from thesis_convert.document import Math, Note, PageBreak
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inline_pictures import InlinePicture
from thesis_convert.loader.structure.word_spacing import WordSpacing
from thesis_convert.page import BoundingBox, WordKey


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What is known of the whole thesis when a block's words are put together.

    `notes` and `links` are by the word they stand on: a note takes the place of its mark, while
    `stray_notes` come after a word, and `hidden` words are left out. A link begins with "#" when it leads to an id
    of the document. A formula takes the place of its first word; the others are hidden.
    `pictures` stand before or behind a word; `show` gives the name of the `Media` for a place on a page.
    `break_before` gives the page breaks to put before the first word of a page.
    `cursive` names the fonts that stand for italics in scripts that have none. In a `typewritten` thesis characters
    of one width are no code.
    `special` has the keys of all words that something hangs on.
    """

    hyphenation: Hyphenation
    spacing: WordSpacing = field(default_factory=WordSpacing)
    notes: Mapping[WordKey, Note] = field(default_factory=dict)
    stray_notes: Mapping[WordKey, tuple[Note, ...]] = field(default_factory=dict)
    hidden: frozenset[WordKey] = frozenset()
    links: Mapping[WordKey, str] = field(default_factory=dict)
    formulas: Mapping[WordKey, Math] = field(default_factory=dict)
    underlined: frozenset[WordKey] = frozenset()
    cursive: frozenset[str] = frozenset()
    typewritten: bool = False
    pictures: Mapping[WordKey, tuple[InlinePicture, ...]] = field(default_factory=dict)
    show: Callable[[BoundingBox, int], str] = lambda box, page: ""
    break_before: Callable[[int], tuple[PageBreak, ...]] = lambda page: ()
    special: frozenset[WordKey] = field(init=False)

    def __post_init__(self) -> None:
        keys = frozenset((*self.notes, *self.stray_notes, *self.links, *self.formulas, *self.pictures))
        keys |= self.hidden | self.underlined
        object.__setattr__(self, "special", keys)
