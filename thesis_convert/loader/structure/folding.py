"""Folds words, so that one entry of a word list matches all the ways in which a thesis prints it.

In: text. Out: its letters and digits without case, accents, joiners and presentation forms, together
or as words. Printers vary exactly these: capitals lose accents, titles are letter-spaced, Persian and
Chinese words stand with or without a space.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# Letters that differ by a stroke or a joined letter, which Unicode does not take apart.
_STROKES = str.maketrans(
    {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": ""}
)
# Scripts that are written without spaces between words: here each letter counts as a word.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Marks and joiners that belong to the word around them.
_JOINED = r"\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d\u0900-\u0d7f"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_JOINED}])*")


class FoldedWord(NamedTuple):
    """A word, folded, and where it stands in the text that it came from."""

    text: str
    start: int
    end: int


def fold_title(text: str) -> str:
    """Only letters and digits, folded: the same however spaces, hyphens and line ends fall."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_STROKES)
    return "".join(filter(str.isalnum, plain))


def split_words(text: str) -> list[FoldedWord]:
    """The words of a text, folded; of Chinese, Japanese, Korean and Thai each letter."""
    found = (FoldedWord(fold_title(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return [word for word in found if word.text]


def fold_words(text: str) -> str:
    """The folded words with single spaces between them."""
    return " ".join(word.text for word in split_words(text))


@cache
def load_data(name: str) -> Any:
    """The data file `name`, read once."""
    return json.loads(Path(__file__).with_name("data").joinpath(name).read_bytes())
