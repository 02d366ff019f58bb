"""Takes the printed number off the words of a heading.

In: a heading's inlines, and its number as it was recognised. Out: the inlines of the title alone. Spaces
do not count in the comparison, since a number may stand on a line of its own or far before the title.
"""

from __future__ import annotations

import re

from thesis_convert.document import Inline, Text
from thesis_convert.loader.structure.ordinals import read_ordinal
from thesis_convert.scripts import has_case

_AFTER_LABEL = re.compile(r"^[\s.:)\-–—、：]+")
_LOST_SPACE = re.compile(r"(?<=[a-zß-ÿ]{3})(?=[A-Z\d])")
"""Between a word and its number where a font sets them too close: "AnnexeA"."""


def show_label(label: str) -> str:
    """A heading's number as it is shown before its title, with the space after its word.

    A number that is a bare word ("One") stands over the title on paper; before it, it would read as a part of it, so
    that it becomes the figure which the sections below count with ("1.1").
    """
    value = read_ordinal(label) if has_case(label) else None
    return _LOST_SPACE.sub(" ", label) if value is None else str(value)


def cut_label(content: tuple[Inline, ...], label: str) -> tuple[Inline, ...]:
    """A heading without the number at its beginning, and without what stands between both."""
    wanted = "".join(label.split())
    printed = "".join("".join(node.text.split()) for node in content if isinstance(node, Text))
    if not wanted or not printed.startswith(wanted):
        return content
    left = len(wanted)
    between = True
    result: list[Inline] = []
    for node in content:
        if not isinstance(node, Text) or not between:
            result.append(node)
            continue
        place = 0
        while left and place < len(node.text):
            left -= not node.text[place].isspace()
            place += 1
        rest = node.text[place:] if left else _AFTER_LABEL.sub("", node.text[place:])
        if rest:
            result.append(Text(rest))
            between = False
    return tuple(result)
