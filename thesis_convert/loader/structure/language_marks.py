"""Says in the tree where a section, a paragraph, a quotation or a run of words changes the language.

In: a `Document`, and the language that the file declares. Out: the same with its main language, and
with `language` on the outermost node that is wholly in another one: a foreword in Chinese is marked
once, not paragraph by paragraph. Chinese, Japanese and Korean runs within other text are known by
their script and become `Foreign`; words of other languages are too few to be sure of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import islice
from operator import is_
from typing import Any, TypeVar

from thesis_convert.document import (
    BibliographyEntry,
    BlockQuote,
    CodeBlock,
    Document,
    Figure,
    Foreign,
    Inline,
    Note,
    Paragraph,
    Section,
    Table,
    Text,
    Verse,
)
from thesis_convert.loader.structure.languages import choose_main_language, common_words, detect_language
from thesis_convert.scripts import has_any
from thesis_convert.traversal import CHILD_FIELDS, Node, children, walk

SAMPLE = 400
"""So many characters of a paragraph tell its language."""
SHORT_SAMPLE = 120
"""So many are enough of each of several paragraphs."""
SECTION_SAMPLES = 24
MAIN_SAMPLES = 60
"""Paragraphs that are looked at for the language of a section, and of the whole."""
OWN_SHARE = 0.04
"""So many words that no other language has: a paragraph is in the language around it beyond doubt."""

_HANGUL = (("\uac00", "\ud7af"),)
_LETTERS = (
    *(("\u3040", "\u30ff"), ("\u3400", "\u9fff"), *_HANGUL),
    *(("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff")),
)
_SIGNS = "\u3000-\u303f\uff00-\uff65"
_KANA = re.compile("[\u3041-\u30fe]")
_ASIAN_LANGUAGES = frozenset({"zh", "ja", "ko"})
_OF_ONE_LANGUAGE = frozenset({Section, Paragraph, BlockQuote, Verse})
_WITHOUT_PROSE = frozenset({BibliographyEntry, CodeBlock, Figure, Table})

_N = TypeVar("_N", bound=Node)


def mark_languages(document: Document, declared: str = "", *, certain: bool = False) -> Document:
    """`document` with its main language and the languages of what differs from it.

    `declared` is what the file says of itself; with `certain` it holds whatever the text looks like.
    """
    main = declared if certain and declared else _choose_language(document, declared)
    marked = _Marker(document).mark(document, main)
    abstracts = tuple(a if a.language else replace(a, language=main) for a in document.metadata.abstracts)
    return replace(marked, metadata=replace(document.metadata, language=main, abstracts=abstracts))


def _choose_language(document: Document, declared: str) -> str:
    """The language of the body, or of everything where the body is too short or too odd to tell."""
    whole = (*document.front_matter, *document.body, *document.back_matter)
    found = choose_main_language(_take_samples(document.body), declared)
    return found or choose_main_language(_take_samples(whole), declared)


def _take_samples(sections: tuple[Section, ...]) -> Iterator[str]:
    """The beginnings of paragraphs all over some sections."""
    paragraphs = [node for section in sections for node in _find_prose(section)]
    return (_sample(node, SAMPLE) for node in paragraphs[:: 1 + len(paragraphs) // MAIN_SAMPLES])


def _find_prose(node: Node) -> Iterator[Node]:
    """The paragraphs and verses within a node, without those of tables and bibliographies."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Paragraph | Verse):
            yield here
        elif type(here) not in _WITHOUT_PROSE:
            waiting.extend(reversed(list(children(here))))


def _sample(node: Node, length: int) -> str:
    """The first characters of a node, without notes."""
    found: list[str] = []
    missing = length
    waiting = [node]
    while waiting and missing > 0:
        here = waiting.pop()
        if isinstance(here, Text):
            found.append(here.text)
            missing -= len(here.text)
        elif not isinstance(here, Note):
            waiting.extend(reversed(list(children(here))))
    return "".join(found)[:length]


class _Marker:
    """Marks nodes from the outermost inwards."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.in_bibliography = False

    @cached_property
    def han(self) -> str:
        """The language of Chinese characters alone, "" where kana is used: then they may be Japanese too."""
        kana = any(type(node) is Text and _KANA.search(node.text) for node in walk(self.document))
        return "" if kana else "zh"

    def mark(self, node: _N, around: str) -> _N:
        if isinstance(node, Section):
            self.in_bibliography = node.kind == "bibliography"
        # References are in the languages of the works, and made of names: nothing to read aloud differently.
        one = type(node) in _OF_ONE_LANGUAGE and not self.in_bibliography
        language = self.tell(node, around) if one else ""
        changed: dict[str, Any] = {"language": language} if language else {}
        for name in CHILD_FIELDS[type(node)]:
            old = getattr(node, name)
            new = self.mark_all(old, language or around)
            if new is not old:
                changed[name] = new
        return replace(node, **changed) if changed else node

    def mark_all(self, nodes: tuple[Any, ...], around: str) -> tuple[Any, ...]:
        marked: list[Any] = []
        for node in nodes:
            if isinstance(node, tuple):
                marked.append(self.mark_all(node, around))
            elif isinstance(node, Text):
                marked += self.split(node, around)
            else:
                marked.append(node if isinstance(node, Foreign) else self.mark(node, around))
        if len(marked) == len(nodes) and all(map(is_, marked, nodes)):
            return nodes
        return tuple(marked)

    def tell(self, node: Node, around: str) -> str:
        """The language of a node, "" when it is that around it or cannot be told."""
        if isinstance(node, Section):
            text = " ".join(_sample(part, SHORT_SAMPLE) for part in islice(_find_prose(node), SECTION_SAMPLES))
            if not text:
                text = _sample(node, SAMPLE)
        else:
            text = _sample(node, SAMPLE)
        primary = around.split("-")[0]
        words = text.casefold().split()
        own = common_words(primary)
        if sum(map(own.__contains__, words)) >= max(1, OWN_SHARE * len(words)):
            return ""
        language = detect_language(text)
        return "" if language == primary or (language == "zh" and not self.han) else language

    def split(self, node: Text, around: str) -> list[Inline]:
        """A text cut where Chinese, Japanese or Korean begins and ends, unless one of them is around it."""
        if node.text.isascii() or around.split("-")[0] in _ASIAN_LANGUAGES or not has_any(node.text, _LETTERS):
            return [node]
        parts: list[Inline] = []
        end = 0
        for match in _asian_run().finditer(node.text):
            language = self.tell_asian(match.group())
            if language:
                parts += [Text(node.text[end : match.start()])] if match.start() > end else []
                parts.append(Foreign(language, (Text(match.group()),)))
                end = match.end()
        if end == 0:
            return [node]
        return [*parts, Text(node.text[end:])] if end < len(node.text) else parts

    def tell_asian(self, run: str) -> str:
        if _KANA.search(run):
            return "ja"
        return "ko" if has_any(run, _HANGUL) else self.han


@cache
def _asian_run() -> re.Pattern[str]:
    """Made when it is needed: so large sets of characters take as long to compile as pages to read."""
    letters = "".join(f"{low}-{high}" for low, high in _LETTERS)
    return re.compile(f"[{_SIGNS}]*[{letters}](?:[ {letters}{_SIGNS}]*[{letters}{_SIGNS}])?")
