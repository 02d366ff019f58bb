"""What levels are settled by: how a heading is set and counted, and what stands around it."""

from __future__ import annotations

from typing import NamedTuple

from thesis_convert.loader.structure.headings.styles import Style
from thesis_convert.loader.structure.numbering import Numbered

SAME_SIZE = 0.04
"""Types whose sizes differ by less than this share rank alike."""


class Ranked(NamedTuple):
    """A heading to be placed.

    `level` is 0 where nothing tells it. `head` says that it begins a page, `stacked` that the next
    heading follows without text between them, `run_in` that text goes on after it on its line.
    """

    title: str
    style: Style
    number: Numbered | None
    level: int
    centred: bool
    head: bool
    stacked: bool
    run_in: bool = False


class Look(NamedTuple):
    """What headings without a number have in common that stand equally high."""

    style: Style
    centred: bool
    run_in: bool


Key = tuple[str, int] | Look
"""What headings of one level have in common: ("depth", 2), ("letter", 0), ("part", 0) or their look."""
PART: Key = ("part", 0)
PAPER: Key = ("paper", 0)
WITHIN: Key = ("within", 0)
"""The key of headings that stand one level below the numbered heading before them."""
LAST = frozenset({"bibliography", "appendix", "index", "curriculum-vitae", "endnotes", "glossary"})
"""Kinds of sections that stand at a thesis's end."""
