"""Joins a line to the one before: what stands for the hyphen, the space, or the line end within an address.

In: the atoms so far and the words of the next line. Out: the atoms with what stands between, and the words that
are left of the line; a divided word is completed before a page break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert.document import PageBreak
from thesis_convert.loader.structure.hyphens import HYPHENS
from thesis_convert.loader.structure.inlines.atoms import PLAIN, Atom, Mark, common_mark, read_mark
from thesis_convert.loader.structure.inlines.context import InlineContext
from thesis_convert.loader.structure.inlines.spacing import is_cjk, joins_words
from thesis_convert.loader.structure.inlines.words import add_word
from thesis_convert.page import Line, Word

_ADDRESS_JOINTS = "/-_=&?%#~+"
"""Where addresses are divided; a full stop or comma may also end a sentence."""
_ADDRESS_REST = re.compile(r"[\w-]/[\w-]|[=&]\w|\.(?:html?|php|pdf|aspx?)\b")


def join_line(
    atoms: list[Atom],
    line: Line,
    words: Sequence[Word],
    context: InlineContext,
    breaks: tuple[PageBreak, ...],
    base: Mark,
) -> tuple[Sequence[Word], tuple[PageBreak, ...]]:
    """Adds what stands between two lines; a divided word is completed before a page break."""
    last = next((a[0] for a in reversed(atoms) if isinstance(a[0], str)), "")
    after_text = bool(atoms) and isinstance(atoms[-1][0], str)
    if (
        after_text
        and words
        and last.endswith(tuple(HYPHENS))
        and not last.endswith(" -")
        and not atoms[-1][1].script  # a raised sign is a charge, no hyphen
        and _tail(atoms).strip(HYPHENS)
    ):
        end = next((n for n, word in enumerate(words) if n and word.space_before), len(words))
        kept = _read_hyphen(atoms, line, words[:end], context)
        if kept is not None:
            text, mark = atoms[-1]
            assert isinstance(text, str)
            atoms[-1] = (text.rstrip(HYPHENS) + kept, mark)
            if not breaks:
                return words, ()
            for number, word in enumerate(words[:end]):
                add_word(atoms, word, line, context, base, first=number == 0)
            atoms.append((" ", PLAIN))
            return words[end:], breaks
    if not words:
        return words, breaks
    first = words[0].text[:1]
    unspaced = (is_cjk(last[-1:]) and is_cjk(first)) or (joins_words(last[-1:]) and joins_words(first))
    unspaced = unspaced or context.spacing.joins(last[-1:], first)
    if not unspaced and not _divides_address(atoms, line, words[0], context):
        atoms.append((" ", mark_of_space(atoms, words[0], line, context, base)))
    return words, breaks


def _read_hyphen(atoms: list[Atom], line: Line, words: Sequence[Word], context: InlineContext) -> str | None:
    """What stands for the hyphen before a line end, as `Hyphenation.join`; where a link leads, the link tells.

    `words` are the pieces of the first word of `line`.
    """
    tail, after = _tail(atoms), "".join(word.text for word in words)
    link = context.links.get((line.page, words[0].order), "")
    if link and link == atoms[-1][1].link:
        bare = tail.rstrip(HYPHENS)
        for kept in ("", "-"):
            if f"{bare}{kept}{words[0].text}".lower() in link.lower():
                return kept
    return context.hyphenation.join(tail, after)


def _divides_address(atoms: list[Atom], line: Line, word: Word, context: InlineContext) -> bool:
    """Whether a line ends inside a web address, which typesetters divide without a hyphen."""
    tail = _tail(atoms)
    if "://" not in tail and not tail.lower().startswith("www."):
        return False
    link = context.links.get((line.page, word.order), "")
    if link and link == atoms[-1][1].link:
        return True
    return tail[-1] in _ADDRESS_JOINTS or (_ADDRESS_REST.search(word.text) is not None and "://" not in word.text)


def _tail(atoms: list[Atom]) -> str:
    """The last printed word, which may be several atoms."""
    text = ""
    for piece, _ in reversed(atoms):
        if not isinstance(piece, str):
            break
        text = piece + text
        if " " in piece:
            break
    return text.rpartition(" ")[2]


def mark_of_space(atoms: list[Atom], word: Word, line: Line, context: InlineContext, base: Mark) -> Mark:
    return common_mark(atoms[-1][1] if atoms else PLAIN, read_mark(word, line, context, base))
