"""Folds words, so that one entry of a word list matches all the ways in which a thesis prints it.

In: text. Out: its letters and digits without case, accents, joiners and presentation forms, together
or as words. Printers vary exactly these: capitals lose accents, titles are letter-spaced, Persian and
Chinese words stand with or without a space.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from thesis_convert.scripts import has_any

# Letters that differ by a stroke or a joined letter, which Unicode does not take apart; joiners vanish.
_STROKES = (
    *(("ı", "i"), ("ł", "l"), ("đ", "d"), ("ø", "o"), ("æ", "ae"), ("œ", "oe")),
    *(("ي", "ی"), ("ى", "ی"), ("ك", "ک"), ("ة", "ه")),
    *((joiner, "") for joiner in "ـ\u200c\u200d\u00ad"),
)
# Scripts that are written without spaces between words: here each letter counts as a word.
_UNSPACED = (
    *(("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff")),
    *(("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff")),
)
# Marks and joiners that belong to the word around them.
_JOINED = r"\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0d7f\u200c\u200d\u00ad"
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]+")
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_JOINED}])*")
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_BETWEEN = re.compile(r"[^\w\n\u0900-\u0d7f]|_")


class FoldedWord(NamedTuple):
    """A word, folded, and where it stands in the text that it came from."""

    text: str
    start: int
    end: int


def fold_title(text: str) -> str:
    """Only letters and digits, folded: the same however spaces, hyphens and line ends fall."""
    return "".join(filter(str.isalnum, text.lower() if text.isascii() else _fold(text)))


def fold_phrases(phrases: Iterable[str]) -> list[str]:
    """Each phrase as folded words with single spaces between them, all in one go."""
    texts = [phrase.replace("\n", " ") for phrase in phrases]
    plain = [text for text in texts if text.isascii()]
    others = [text for text in texts if not text.isascii()]
    folded_plain = iter("\n".join(plain).lower().translate(_ASCII).split("\n") if plain else ())
    folded = iter(_BETWEEN.sub(" ", _part_unspaced(_fold("\n".join(others)))).split("\n") if others else ())
    return [" ".join(next(folded_plain if text.isascii() else folded).split()) for text in texts]


def split_words(text: str) -> list[FoldedWord]:
    """The words of a text, folded; of Chinese, Japanese, Korean and Thai each letter."""
    word = _word_or_letter() if has_any(text, _UNSPACED) else _WORD
    words = [match.span() for match in word.finditer(text)]
    folded = (fold_phrases(text[start:end] for start, end in words)) if words else []
    return [FoldedWord(word, start, end) for word, (start, end) in zip(folded, words, strict=True) if word]


@cache
def load_data(name: str) -> Any:
    """The data file `name`, read once."""
    return json.loads(Path(__file__).with_name("data").joinpath(name).read_bytes())


@cache
def _word_or_letter() -> re.Pattern[str]:
    """A word, or a letter that counts as one. Made when it is needed: such sets of characters take long to compile."""
    letters = "".join(f"{low}-{high}" for low, high in _UNSPACED)
    return re.compile(rf"[{letters}]|[^\W_{letters}](?:[^\W_{letters}]|[{_JOINED}])*")


def _part_unspaced(text: str) -> str:
    """With a space on both sides of each letter of scripts that are written without."""
    return text.translate({ord(char): f" {char} " for char in set(text) if has_any(char, _UNSPACED)})


def _fold(text: str) -> str:
    """Without case, accents and presentation forms. Hangul and kana stay one letter a syllable."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    for letter, substitute in _STROKES:
        plain = plain.replace(letter, substitute)
    return unicodedata.normalize("NFC", _MARKS.sub("", plain))
