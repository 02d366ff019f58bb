"""Takes the abstracts and the keywords out of the sections that hold them.

In: the divided thesis. Out: `Abstract`s, the one in the thesis's own language first, and its keywords,
which stand at the end of an abstract after a word for them. The sections stay in the text as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thesis_convert.document import Abstract, Paragraph, Section
from thesis_convert.loader.structure.divisions import Division
from thesis_convert.loader.structure.folding import split_words
from thesis_convert.loader.structure.languages import detect_language
from thesis_convert.loader.structure.phrases import is_whole_phrase, match_phrase
from thesis_convert.traversal import plain_text

MAX_ABSTRACT = 12_000
"""Characters: what is longer under such a title is a summary of chapters."""
MAX_KEYWORDS = 30
MAX_KEYWORD = 80
"""Characters of one keyword: what is longer is a sentence."""

_LABEL_END = re.compile(r"^\s*(?:[:：.\-–—=]|\)|\])*\s*")
_SEPARATORS = (re.compile(r"\s*[;；•·|]\s*|\s+[–—-]\s+"), re.compile(r"\s*[,،、，]\s*"))


def read_abstracts(division: Division, language: str) -> tuple[tuple[Abstract, ...], tuple[str, ...]]:
    """Abstracts and keywords; `language` is the thesis's own."""
    abstracts: list[Abstract] = []
    keywords: dict[str, tuple[str, ...]] = {}
    for section in _find_sections((*division.front_matter, *division.body, *division.back_matter)):
        text, words = _read_section(section)
        told = detect_language(text)
        if text and len(text) <= MAX_ABSTRACT:
            abstracts.append(Abstract(told, text))
        if words:
            keywords.setdefault(told, words)
    abstracts.sort(key=lambda abstract: abstract.language != language)
    return tuple(abstracts), keywords.get(language) or next(iter(keywords.values()), ())


def _find_sections(tops: Sequence[Section]) -> Iterator[Section]:
    """Abstracts at the top of the tree, or right under a section of theirs for several languages."""
    for section in tops:
        if section.kind == "abstract":
            yield section
            if not section.blocks:
                yield from section.sections
        elif section.kind not in ("chapter", "part"):
            yield from (inner for inner in section.sections if inner.kind == "abstract")


def _read_section(section: Section) -> tuple[str, tuple[str, ...]]:
    """The text without keywords, and the keywords."""
    texts: list[str] = []
    keywords: tuple[str, ...] = ()
    for block in section.blocks:
        text = plain_text(block).strip()
        found = read_keywords(text)
        if found:
            keywords = keywords or found
        elif isinstance(block, Paragraph) and text and not keywords:
            texts.append(text)
    for inner in section.sections:
        if is_whole_phrase(split_words(plain_text(inner.title)), "keywords"):
            keywords = keywords or split_keywords(" ".join(plain_text(block) for block in inner.blocks))
    return "\n\n".join(texts), keywords


def read_keywords(text: str) -> tuple[str, ...]:
    """The keywords of a paragraph that begins with a word for them, () for any other."""
    words = split_words(text[:200])
    length = match_phrase(words, 0, "keywords")
    return split_keywords(_LABEL_END.sub("", text[words[length - 1].end :], count=1)) if length else ()


def split_keywords(text: str) -> tuple[str, ...]:
    """Single keywords, told apart by semicolons where there are any, else by commas."""
    text = re.sub(r"\s+", " ", text).strip(" .")
    separator = next((pattern for pattern in _SEPARATORS if pattern.search(text)), None)
    parts = separator.split(text) if separator else [text]
    keywords = [part.strip(" .,:;") for part in parts]
    return tuple(dict.fromkeys(word for word in keywords if 1 < len(word) <= MAX_KEYWORD))[:MAX_KEYWORDS]
