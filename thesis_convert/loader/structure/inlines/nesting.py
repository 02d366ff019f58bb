"""Nests atoms: from a row of marked pieces to inlines within inlines.

In: atoms in order. Out: inlines; a link holds its styles, strong type holds emphasis, and so on inwards to code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from thesis_convert.document import (
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Note,
    PageBreak,
    Reference,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from thesis_convert.loader.structure.inlines.atoms import PLAIN, Atom, Mark


def nest(atoms: Sequence[Atom]) -> tuple[Inline, ...]:
    merged = _merge(atoms)
    if all(mark == PLAIN for _, mark in merged):  # as in most paragraphs
        return tuple(Text(piece) if isinstance(piece, str) else piece for piece, _ in merged)
    nodes: list[Inline] = []
    for node in _group_links(merged):
        last = nodes[-1] if nodes else None
        if isinstance(node, Text) and isinstance(last, Text):
            nodes[-1] = Text(last.text + node.text)
        else:
            nodes.append(node)
    return tuple(nodes)


def _merge(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with the texts of equal mark put together: few are left, most often one."""
    merged: list[Atom] = []
    for (mark, is_text), group in groupby(atoms, key=_find_sort):
        same = list(group)
        merged += [("".join([str(text) for text, _ in same]), mark)] if is_text else same
    return merged


def _find_sort(atom: Atom) -> tuple[Mark, bool]:
    return atom[1], isinstance(atom[0], str)


def _group_links(atoms: Sequence[Atom]) -> Iterator[Inline]:
    for link, group in groupby(atoms, key=_find_link):
        content = tuple(_group_style(list(group)))
        if not link:
            yield from content
        elif link.startswith("#"):
            content, rest = _cut_punctuation(content)
            yield Reference(link[1:], content)
            yield from rest
        else:
            yield Link(link, content)


def _find_link(atom: Atom) -> str:
    return atom[1].link


def _cut_punctuation(content: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """What a reference says, and the punctuation behind it, which was one word with it."""
    last = content[-1] if content else None
    if not isinstance(last, Text):
        return content, ()
    kept = last.text.rstrip(".,;:!?")
    if kept.endswith(")") and kept.count(")") > "".join(c.text for c in content if isinstance(c, Text)).count("("):
        kept = kept[:-1]
    if not kept or kept == last.text:
        return content, ()
    return (*content[:-1], Text(kept)), (Text(last.text[len(kept) :]),)


_WRAPPERS: tuple[Callable[[tuple[Inline, ...]], Inline], ...] = (Strong, Emphasis, SmallCaps, Underline)


def _group_style(atoms: Sequence[Atom], level: int = 1) -> Iterator[Inline]:
    """Wraps runs of equal marks, from the outermost kind (strong, level 1) to the innermost (code)."""
    while level <= len(_WRAPPERS) and not any(mark[level] for _, mark in atoms):
        level += 1
    if level > len(_WRAPPERS):
        for script, group in groupby(atoms, key=lambda a: a[1].script):
            content = tuple(_plain(list(group)))
            yield from content if not script else ((Superscript if script > 0 else Subscript)(content),)
        return
    for marked, group in groupby(atoms, key=lambda a: a[1][level]):
        content = tuple(_group_style(list(group), level + 1))
        if marked and any(_has_text(c) for c in content):
            yield _WRAPPERS[level - 1](content)
        else:
            yield from content


def _has_text(node: Inline) -> bool:
    return not isinstance(node, PageBreak | Note | LineBreak) and not (isinstance(node, Text) and not node.text.strip())


def _plain(atoms: Sequence[Atom]) -> Iterator[Inline]:
    for code, group in groupby(atoms, key=lambda a: a[1].code):
        pieces: list[str] = []
        for piece, _ in group:
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            if pieces:
                yield Code("".join(pieces)) if code else Text("".join(pieces))
                pieces = []
            yield piece
        if pieces:
            yield Code("".join(pieces)) if code else Text("".join(pieces))
