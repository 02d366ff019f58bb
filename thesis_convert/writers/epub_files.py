"""Which section goes into which file of the book.

Readers load a file at a time, so every section of the highest level, and every chapter of a part,
gets its own; one that is larger than the limit is cut before its subsections, as many of which
share a file as fit. Nothing is cut within a section, since a note must stay with its mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from thesis_convert.writers.xhtml import Fragment, collect_ids, join_fragment

# Kinds of which a thesis has several, so that the first has a number in its file name too.
NUMBERED = frozenset({"part", "chapter", "section", "appendix", "other"})
TITLE_PAGE = "title-page"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one file holds.

    `title` is in plain characters and may be empty, `matter` is EPUB's word for that part of a book
    ("frontmatter", "titlepage" ...), `ids` are all that are in `markup`.
    """

    name: str
    title: str
    language: str
    matter: str
    markup: str
    ids: tuple[str, ...] = ()


def divide_fragments(fragments: Iterable[Fragment], matter: str, limit: int, counts: Counter[str]) -> Iterator[Piece]:
    """The files for sections of the highest level, in order; `limit` is in bytes.

    `counts` tells how many sections of a kind had a file before, and goes on counting.
    """
    for fragment in fragments:
        counts[fragment.kind] += 1
        number = counts[fragment.kind]
        stem = f"{fragment.kind}-{number}" if fragment.kind in NUMBERED or number > 1 else fragment.kind
        is_part = fragment.kind == "part"
        pieces = [_open_piece(fragment, ())] if is_part else _cut(fragment, limit)
        for index, piece in enumerate(pieces, 1):
            # "abstract-2" is the second abstract, "abstract-1-2" what the first goes on with.
            name = f"{stem}.xhtml" if index == 1 else f"{fragment.kind}-{number}-{index}.xhtml"
            yield replace(piece, name=name, matter="titlepage" if fragment.kind == TITLE_PAGE else matter)
        if is_part:
            yield from divide_fragments(fragment.children, matter, limit, counts)


def _cut(fragment: Fragment, limit: int) -> Iterator[Piece]:
    """The section with as many of its subsections as fit, then the others in bundles that fit.

    The pieces have no names yet, nor do they know what matter they are.
    """
    size = fragment.size - sum(child.size for child in fragment.children)
    bundle: list[Fragment] = []
    opened = False
    for child in fragment.children:
        if size + child.size > limit and (bundle or not opened):
            yield _bundle(bundle) if opened else _open_piece(fragment, bundle)
            opened, bundle, size = True, [], 0
        if opened and child.size > limit:
            yield from _cut(child, limit)
        else:
            bundle.append(child)
            size += child.size
    if not opened:
        yield _open_piece(fragment, bundle)
    elif bundle:
        yield _bundle(bundle)


def _open_piece(fragment: Fragment, children: Sequence[Fragment]) -> Piece:
    markup = "\n".join([fragment.opening, fragment.content, *map(join_fragment, children), "</section>"])
    ids = (*fragment.ids, *[name for child in children for name in collect_ids(child)])
    return Piece("", fragment.title, fragment.language, "", markup, ids)


def _bundle(fragments: Sequence[Fragment]) -> Piece:
    """Sections that share a file: it has the language around them, each says its own where it differs."""
    first = fragments[0]
    markup = "\n".join(map(join_fragment, fragments))
    ids = tuple([name for fragment in fragments for name in collect_ids(fragment)])
    return Piece("", first.title, first.language_around, "", markup, ids)
