"""The lines of a title page with their roles: what the other steps of reading it go by.

In: a page's lines. Out: `Entry` values in reading order, stanza by stanza. A sentence such as "submitted
in partial fulfilment ..." runs over several lines; those after its first have the role "statement".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from thesis_convert.loader.structure.folding import FoldedWord, split_words
from thesis_convert.loader.structure.title_lines import split_stanzas
from thesis_convert.loader.structure.title_roles import LONG_LINE, Role, may_be_former, read_role
from thesis_convert.page import Line

MAX_LINES = 120
"""No title page has more lines; of others the first are enough."""

_OWN_DEGREE = frozenset({"degree-of", "degree", "thesis"})
_ENDS_STATEMENT = re.compile(r"[.:]$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, its place in the reading order, and the number of its stanza."""

    line: Line
    place: int
    stanza: int
    words: tuple[FoldedWord, ...]
    role: Role

    @property
    def text(self) -> str:
        return self.line.text


def list_entries(lines: Sequence[Line]) -> list[Entry]:
    """The lines of a page as entries."""
    entries: list[Entry] = []
    largest = max((line.size for line in lines), default=0.0)
    smallest = min((line.size for line in lines), default=0.0)
    for number, stanza in enumerate(split_stanzas(lines[:MAX_LINES])):
        in_sentence = False
        for line in stanza:
            text = line.text.strip()
            words = tuple(split_words(text))
            role = read_role(text)
            if role.name == "of" and len(words) > 1 and 1.02 * line.size > largest > 1.02 * smallest:
                role = Role()  # "De Finibus" is a title
            if role.name == "of":
                # Within a stanza "of" goes on with the words before; over a name of its own it tells the author.
                role = Role("by", role.value) if line is stanza[0] else Role()
            if role.name == "date" and not role.value and line.size == largest and len(words) > 1:
                role = Role()  # a title such as "Paris 1968"
            if in_sentence and not role.name:
                role = Role("statement")
            elif role.name in ("thesis", "degree-of", "degree") and len(words) >= LONG_LINE:
                in_sentence = True
            elif role.name:
                in_sentence = False
            if in_sentence and _ENDS_STATEMENT.search(text):
                in_sentence = False
            entries.append(Entry(replace(line, text=text), len(entries), number, words, role))
    return _set_former_degrees(entries)


def _set_former_degrees(entries: list[Entry]) -> list[Entry]:
    """The entries, with another role for the degrees that the author has already, where the page tells the thesis's."""
    former = {entry.place for entry in entries if may_be_former(entry.text)}
    if not any(e.role.name in _OWN_DEGREE for e in entries if e.place not in former):
        return entries
    return [replace(e, role=Role("other")) if e.place in former else e for e in entries]


def stand_below(above: Line, below: Line) -> bool:
    """Whether a line stands in the same column as one above it: under it, or as far left, or centred alike."""
    if above.page != below.page or above.baseline <= below.baseline:
        return False
    shared = min(above.box.right, below.box.right) - max(above.box.left, below.box.left)
    return shared > 0 or abs(above.start - below.start) < above.size


def stand_beside(line: Line, other: Line) -> bool:
    """Whether a line goes on a row after another: a table of labels and values."""
    same = line.page == other.page and abs(line.baseline - other.baseline) < 0.4 * line.size
    return same and other.start > line.start
