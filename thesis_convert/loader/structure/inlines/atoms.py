"""Atoms: pieces of text, or inlines, each with all that marks it.

In: a word on its line, and what is known of the thesis. Out: its mark, from the word's face, its size and its
height above or below the line, and the link and underline that it has.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thesis_convert.document import Inline
from thesis_convert.loader.structure.inlines.context import InlineContext
from thesis_convert.page import Line, Word

RAISED = 0.14
"""A word this share of the type size above the baseline, and smaller, is a superscript."""
LOWERED = 0.08
SCRIPT_SIZE = 0.88
"""Scripts are set smaller than this share of the line's type."""

_ADDRESS = re.compile(r"://|^www\.|@")


class Mark(NamedTuple):
    """What marks an atom. Two atoms next to each other with equal marks are one piece of text."""

    link: str = ""
    strong: bool = False
    emphasis: bool = False
    small_caps: bool = False
    underline: bool = False
    script: int = 0
    code: bool = False


PLAIN = Mark()

Atom = tuple[str | Inline, Mark]


def read_mark(word: Word, line: Line, context: InlineContext, base: Mark) -> Mark:
    font = word.font
    script = 0
    if font.size < SCRIPT_SIZE * line.size:
        shift = word.baseline - line.baseline
        script = 1 if shift > RAISED * line.size else -1 if shift < -LOWERED * line.size else 0
    key = (line.page, word.order)
    link = context.links.get(key, "")
    # Web addresses are underlined as links, not for emphasis.
    underline = key in context.underlined and not link and not base.underline and not _ADDRESS.search(word.text)
    return Mark(
        link,
        font.bold and not font.math and not base.strong,
        (font.italic or font.name in context.cursive) and not font.math and not base.emphasis,
        font.small_caps and not base.small_caps and not word.text.isdigit(),
        underline,
        script,
        font.monospace and not context.typewritten and not base.code,
    )


def common_mark(left: Mark, right: Mark) -> Mark:
    """The marks that hold on both sides of a space."""
    if left == right:
        return left
    return Mark(
        left.link if left.link == right.link else "",
        left.strong and right.strong,
        left.emphasis and right.emphasis,
        left.small_caps and right.small_caps,
        left.underline and right.underline,
        left.script if left.script == right.script else 0,
        left.code and right.code,
    )
