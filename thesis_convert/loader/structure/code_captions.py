"""Reads the captions of listings and algorithms.

In: lines beside a listing. Out: the lines of its caption, its label, and the language that it names. The words
of many languages are in `data/listings.json`, where "#" stands for a number that comes before its word.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from thesis_convert.loader.structure.folding import load_data
from thesis_convert.page import Line, Typography
from thesis_convert.scripts import has_case

CAPTION_GAP = 3.0
"""A caption stands within this many leadings of its listing."""
MAX_LINES = 3
"""Lines that the caption of a listing has at most."""
STEP = 1.6
"""The lines of a caption follow each other within so many sizes."""
FULL = 4.0
"""A line that goes on ends within so many sizes of its column's edge."""
LOOKED_AT = 5000
"""Characters in which signs of a language are looked for."""
BEYOND_DOUBT = 1
"""So many more signs of a language than of any other settle which it is."""

_NUMBER = r"(?:[A-Z]{1,2}[.\-–]?)?\d+(?:[.\-–]\d+)*(?:[a-z](?!\w))?|[IVXL]{1,6}(?=\s?[.:])|[A-Z](?=\s?[.:])"
_END = r"\s?(?P<end>[:：.．)\-–—|])?(?=\s|$|[^\x00-\x7f])"
Kind = Literal["listing", "algorithm"]


def read_code_label(text: str, kind: Kind) -> str:
    """The label that a line begins with ("Listing 2.1"), "" when it begins with none or goes on like a sentence."""
    match = _pattern(kind).match(text)
    if match is None:
        return ""
    rest = text[match.end() :].strip()
    sentence = rest[:1].islower() and has_case(match.group("label"))
    if match.group("end") is None and rest and (sentence or rest[0] in ",;)"):
        return ""
    return match.group("label").strip()


def find_caption_above(lines: Sequence[Line], edge: Line, typography: Typography) -> tuple[Line, ...]:
    """The caption that ends over the line `edge`. `lines` are those before it, the last one nearest."""
    for count in range(1, min(MAX_LINES, len(lines)) + 1):
        caption = lines[-count:]
        if caption[-1].baseline - edge.baseline > CAPTION_GAP * typography.leading:
            return ()
        if not all(_goes_on(above, below) for above, below in pairwise(caption)):
            return ()
        if read_code_label(caption[0].text, "listing"):
            return tuple(caption)
    return ()


def find_caption_below(lines: Sequence[Line], edge: Line, typography: Typography) -> tuple[Line, ...]:
    """The caption that begins under the line `edge`. `lines` are those behind it, the first one nearest."""
    if not lines or not 0 < edge.baseline - lines[0].baseline <= CAPTION_GAP * typography.leading:
        return ()
    if not read_code_label(lines[0].text, "listing"):
        return ()
    caption = [lines[0]]
    for line in lines[1:MAX_LINES]:
        if not _goes_on(caption[-1], line):
            break
        caption.append(line)
    return tuple(caption)


def guess_language(caption: Sequence[Line], code: str) -> str:
    """The language of a listing as its caption or, beyond doubt, the code itself tells; "" when neither does."""
    words = re.findall(r"[\w+#]+", " ".join(line.text for line in caption).lower())
    names = load_data("listings.json")["names"]
    named = next((names[word] for word in words if word in names), "")
    if _is_json(code):
        return "json"
    counts = Counter({language: _count(signs, code) for language, signs in _signs().items()})
    (best, most), (_, second) = counts.most_common(2)
    if most - second >= BEYOND_DOUBT:
        return best
    # A caption may speak of data in another language than the code that handles them.
    return "" if named == "json" or (most and counts[named] < most) else named


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a line of a caption goes on with the one above: as near, and that one has no room left."""
    if abs(above.size - below.size) > 0.05 * above.size or not 0 < above.baseline - below.baseline < STEP * above.size:
        return False
    return above.slack - max(0.0, min(above.indent, below.indent)) < FULL * above.size


def _count(signs: Sequence[re.Pattern[str]], code: str) -> int:
    beginning = code[:LOOKED_AT]
    return sum(sign.search(beginning) is not None for sign in signs)


def _is_json(code: str) -> bool:
    if code[:1] not in "{[" or code[-1:] not in "}]":
        return False
    try:
        return isinstance(json.loads(code), dict | list) and ":" in code
    except (ValueError, RecursionError):
        return False


@cache
def _signs() -> dict[str, list[re.Pattern[str]]]:
    signs = load_data("listings.json")["signs"]
    return {language: [re.compile(sign, re.MULTILINE) for sign in listed] for language, listed in signs.items()}


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    words = {word for listed in load_data("listings.json")[kind].values() for word in listed}
    longest = sorted(words, key=lambda word: (-len(word), word))
    before = "|".join(re.escape(word) for word in longest if not word.startswith("#"))
    after = "|".join(re.escape(word.lstrip("# ")) for word in longest if word.startswith("#"))
    return re.compile(rf"(?P<label>(?i:{before})\.?\s?\(?(?:{_NUMBER})\)?|(?:{_NUMBER})\.?\s(?i:{after})){_END}")
