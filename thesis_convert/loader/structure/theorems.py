"""Recognises theorems, definitions, examples, remarks and proofs.

In: the flow with its paragraphs whole. Out: the same, those paragraphs that begin with such a head of kind
"theorem". The head is a word known from `data/theorems.json`, a number, a name in brackets; it counts when
it is set off from the words after it by its type, or, set like them, when number and full stop are there.
What a statement says goes on as long as its type is kept; a proof ends with its sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from thesis_convert.loader.lines.building import replace_words
from thesis_convert.loader.structure.folding import fold_title, load_data
from thesis_convert.page import Block, Line, TheoremDetail, Word

MAX_LENGTH = 25
"""A proof has at most so many blocks: a sign found later is another's."""
ITALIC = 0.6
"""A paragraph with this share of its letters in italics is set in italics, but for its formulas."""
FLUSH = 0.3
"""What goes on after a formula begins within this many sizes of the column's edge."""

_REST = re.compile(
    r"(?P<number>\s*(?:\d{1,3}|[A-Z](?=[.\d\s)])|[IVX]{1,5})(?:[.\-]\d{1,3})*[a-z]?['′*]?(?=[\s.:,(]|$))?"
    r"(?P<name>\s*\([^()]{1,90}\)|\s*\[[^\[\]]{1,90}\])?(?P<end>\s*[.:．：。]?)"
)
_END_OF_PROOF = re.compile(r"[□■∎◻◼▢❑⊓⊔]\s*$|\bq\.\s?e\.\s?d\.?\s*$", re.I)


def mark_theorems(flow: Sequence[Block], indent: float) -> list[Block]:
    """The flow with its theorem-like paragraphs marked, each with how many of the blocks after it belong to it.

    `indent` is the first-line indent of paragraphs in points, 0 when they have none.
    """
    heads = {n: head for n, block in enumerate(flow) if (head := _read_head(block)) is not None}
    result = list(flow)
    for place, head in heads.items():
        stop = next((n for n in range(place + 1, len(flow)) if n in heads or flow[n].kind == "heading"), len(flow))
        after = flow[place + 1 : min(stop, place + 1 + MAX_LENGTH)]
        follow = _count_proof(flow[place], after) if head.name in _load_words()["proof"] else None
        if follow is None:
            follow = _count_same(_cut_head(flow[place], head.words), after, indent)
        result[place] = replace(flow[place], kind="theorem", detail=replace(head, follow=follow))
    return result


def theorem_names() -> frozenset[str]:
    """All words that begin a theorem-like paragraph, folded."""
    words = _load_words()
    return words["proof"] | words["statement"]


def cut_words(line: Line, start: int, end: int | None = None) -> Line:
    """A line with some of its words."""
    return replace_words(line, line.words[start:end])


@cache
def _load_words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(map(fold_title, words)) for kind, words in load_data("theorems.json").items()}


@cache
def _longest() -> int:
    """How many words such a name has at most."""
    return max(len(word.split()) for words in load_data("theorems.json").values() for word in words)


def _read_head(block: Block) -> TheoremDetail | None:
    """The head that a block of text begins with."""
    if block.kind not in ("paragraph", "quote") or block.detail is not None:
        return None
    line = block.lines[0]
    for count in range(min(_longest(), len(line.words)), 0, -1):
        folded = fold_title("".join(word.text for word in line.words[:count]).rstrip(".:：．"))
        if folded in theorem_names():
            return _read_rest(block, folded, count)
    return None


def _read_rest(block: Block, name: str, count: int) -> TheoremDetail | None:
    """The head with number, name and full stop; None when it is not set off from what the block says."""
    line = block.lines[0]
    stopped = line.words[count - 1].text[-1] in ".:：．"
    rest = "" if stopped else _match_words(line.words[count:])
    match = _REST.match(rest)
    assert match is not None
    number, end = (match["number"] or "").strip(), match["end"].strip() or stopped
    words = count + _count_words(line.words[count:], match.group().rstrip())
    if words >= len(line.words) and len(block.lines) == 1:
        return None
    following = line.words[words] if words < len(line.words) else block.lines[1].words[0]
    head = line.words[0]
    bolder = head.font.bold and not following.font.bold
    other = head.font.italic != following.font.italic or head.font.small_caps != following.font.small_caps
    closed = end or match["name"] or (number and not following.text[0].islower())
    if (bolder and closed) or (other and end and not following.font.math) or (number and end):
        return TheoremDetail(words, name, number)
    return None


def _match_words(words: Sequence[Word]) -> str:
    return "".join((" " if word.space_before else "") + word.text for word in words)


def _count_words(words: Sequence[Word], text: str) -> int:
    """How many whole words print a text."""
    printed = ""
    for number, word in enumerate(words):
        printed += (" " if word.space_before else "") + word.text
        if len(printed) > len(text):
            return number
    return len(words)


def _cut_head(block: Block, words: int) -> Block:
    first = block.lines[0]
    rest = (cut_words(first, words),) if words < len(first.words) else ()
    return replace(block, lines=(*rest, *block.lines[1:]))


def _count_proof(block: Block, after: Sequence[Block]) -> int | None:
    """How many blocks after its first belong to a proof, None when it has no sign at its end."""
    for number, other in enumerate((block, *after)):
        if other.lines and _END_OF_PROOF.search(other.lines[-1].text):
            return number
    return None


def _count_same(block: Block, after: Sequence[Block], indent: float) -> int:
    """How many blocks go on with a statement: those in its italics, formulas, and what they interrupt."""
    italic = _is_italic(block)
    count, interrupted = 0, False
    for number, other in enumerate(takewhile(lambda b: b.kind in ("paragraph", "formula", "item"), after), 1):
        if other.kind != "formula" and not (_is_italic(other) if italic else interrupted and _completes(other, indent)):
            break
        count, interrupted = number, other.kind == "formula"
    return count


def _completes(block: Block, indent: float) -> bool:
    """Whether a block goes on with the paragraph that a formula interrupted."""
    line = block.lines[0]
    return line.indent < FLUSH * line.size and (indent > 0 or line.text[:1].islower())


def _is_italic(block: Block) -> bool:
    fonts = [(word.font, len(word.text)) for line in block.lines for word in line.words if not word.font.math]
    letters = sum(length for _, length in fonts)
    return letters > 0 and sum(length for font, length in fonts if font.italic) >= ITALIC * letters
