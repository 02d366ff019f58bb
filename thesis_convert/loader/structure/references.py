"""Reads printed references: "Section 2.1", "Figs. 4 and 5", "(3.2)", "Lemma 7", "[12, 15]".

In: lines of text, and the blocks that have a printed number. Out: the words that speak of one of them, with
its name. A number leads somewhere only when just one block of its kind bears it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from thesis_convert.loader.structure.folding import load_data
from thesis_convert.loader.structure.theorems import theorem_names
from thesis_convert.page import (
    Block,
    EntryDetail,
    FigureDetail,
    FormulaDetail,
    HeadingDetail,
    Line,
    TableDetail,
    TheoremDetail,
    Word,
    WordKey,
)

Numbers = Mapping[tuple[str, str], str]
"""Block names by kind of block ("section", "figure", "theorem lemma" ...) and printed number."""

MAX_CITED = 16
"""So many words may stand between the brackets of a citation."""
OTHER_TYPE = 0.06
"""Sizes that differ by this share are those of a heading and of what stands under it."""

_NUMBER = re.compile(
    r"^[(\[]?(?P<number>(?:\d{1,3}|[A-Z]|[IVXLC]{1,6})(?:[.\-–]\d{1,3}){0,4})[a-z]?(?P<end>[)\].,;:!?]*)(?:’s|'s)?$"
)
_MAY_REFER = re.compile(r"[\d\[§]|\b[A-Z]\b")
_CITED_PART = re.compile(r"^\[?(?P<label>[^\[\]\s,;:]{1,24}?)(?P<end>[,;:]|\][.,;:)!?]*)?$")
_CAPTION_NUMBER = re.compile(r"^\W*\w+\.?\s*(?P<number>(?:\d{1,3}|[A-Z])(?:[.\-–]\d{1,3})*)")
_PLURAL = re.compile(r"(?:s|en|aux|§§|ы|ах)\.?$")
"""How words end that may speak of several numbers; of those that end so and speak of one, few go on with another."""
_SECTIONS = ("section", "chapter", "appendix")
_COMMA_ENDS = (",", "),")


def list_numbers(named: Sequence[Block]) -> Numbers:
    """The blocks by their printed numbers; a number that two blocks of a kind share leads nowhere."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for block in named:
        for key in _read_numbers(block):
            found[key].add(block.name)
    return {key: next(iter(owners)) for key, owners in found.items() if len(owners) == 1}


def find_references(lines: Sequence[Line], numbers: Numbers) -> Iterator[tuple[WordKey, str]]:
    """The words that name a block, with its name; a word and its number may stand on two lines."""
    kind, introduced, plural = "", False, False
    before: tuple[WordKey, Word] | None = None
    for line in lines:
        if before is not None and abs(before[1].font.size - line.words[0].font.size) > OTHER_TYPE * line.size:
            kind = ""  # "List of Figures" over "1.1 The weir"
        if not (kind or _MAY_REFER.search(line.text)):
            last = line.words[-1]
            before, introduced = ((line.page, last.order), last), True
            kind = _read_kind(last.text)
            plural = bool(kind) and _PLURAL.search(last.text) is not None
            continue
        if "[" in line.text:
            yield from _find_citations(line, numbers)
        for word in line.words:
            key = (line.page, word.order)
            match = _NUMBER.match(word.text) if kind else None
            if match and not introduced and not (plural or "." in match["number"]):
                match = None  # "Figure 3, 12 people"
            name = numbers.get((kind, match["number"])) if match else None
            if match is None and kind and word.text.casefold() in _conjunctions() and not introduced:
                continue  # "Tables 1 and 2"
            if name:
                if introduced and before is not None and not _ends_in_ideograph(before[1].text):
                    yield before[0], name
                yield key, name
            if match is not None and name and (not match["end"] or match["end"] in _COMMA_ENDS):
                introduced = False
                continue
            kind, introduced, before = _read_kind(word.text), True, (key, word)
            plural = bool(kind) and _PLURAL.search(word.text) is not None


def _find_citations(line: Line, numbers: Numbers) -> Iterator[tuple[WordKey, str]]:
    """The words between brackets that are labels of entries: "[12]", "[3, 6]", "[Knu84, p. 5]"."""
    start = -1
    for place, word in enumerate(line.words):
        if word.text.startswith("["):
            start = place
        if start < 0 or place - start > MAX_CITED:
            continue
        part = _CITED_PART.match(word.text)
        name = numbers.get(("entry", part["label"])) if part and (part["end"] or place > start) else None
        if name and part and part["end"]:
            yield (line.page, word.order), name
        if "]" in word.text or not name:
            start = -1


@lru_cache(maxsize=4096)
def _read_kind(word: str) -> str:
    """The kind of block that a word before a number speaks of, "" when it speaks of none."""
    text = word.lstrip("([{").rstrip(".").casefold()
    kinds = _reference_words()
    if _ends_in_ideograph(word):
        return kinds.get(text) or kinds.get(text[-2:]) or kinds.get(text[-1:], "")
    return kinds.get(text, "")


def _ends_in_ideograph(word: str) -> bool:
    return "\u4e00" <= word[-1] <= "\u9fff"


@cache
def _reference_words() -> dict[str, str]:
    """The kind of block that a word before a number speaks of, by the word folded and without its full stop."""
    words = {name: f"theorem {name}" for name in theorem_names()}
    for kind, listed in load_data("references.json").items():
        if kind != "and":
            words |= {word.casefold(): "section" if kind in _SECTIONS else kind for word in listed}
    captions = load_data("captions.json")
    for kind in ("figure", "table"):
        for language in captions[kind].values():
            words |= {word.rstrip(".").casefold(): kind for word in language["label"]}
    return words


@cache
def _conjunctions() -> frozenset[str]:
    return frozenset(load_data("references.json")["and"])


def _read_numbers(block: Block) -> Iterator[tuple[str, str]]:
    detail = block.detail
    if isinstance(detail, HeadingDetail) and detail.label:
        number = detail.label.split()[-1].strip(".:()")
        yield "section", number
    elif isinstance(detail, FigureDetail | TableDetail) and detail.caption:
        match = _CAPTION_NUMBER.match(detail.caption[0].text)
        if match:
            yield block.kind, match.group("number")
    elif isinstance(detail, FormulaDetail) and detail.label:
        yield "equation", detail.label.strip("[]()")
    elif isinstance(detail, TheoremDetail) and detail.number:
        yield f"theorem {detail.name}", detail.number
    elif isinstance(detail, EntryDetail) and detail.label:
        yield "entry", detail.label.strip("[]().")
