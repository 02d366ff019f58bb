"""Reads the names of people: one name or several, with academic titles, affiliations and separators.

In: a line of a title page. Out: names as a catalogue has them: without titles, the given name first,
capitals only where a name has them. The words that stand around names are in `data/names.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from thesis_convert.loader.structure.folding import fold_title, load_data, split_words
from thesis_convert.loader.structure.phrases import find_phrase
from thesis_convert.scripts import has_any

MAX_WORDS = 6
"""Names have no more words, particles and initials included."""
MAX_LENGTH = 70
LONG_HAN_NAME = 4
"""Names of more Chinese characters are Japanese, with a space or kana."""

_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]?")
_SEPARATORS = re.compile(r"\s*[;/|•·、；，&]\s*|\s+[-–—]\s+|\s{3,}")
_INITIAL = re.compile(r"^(?:[^\W\d_]{1,2}\.-?){1,3}[^\W\d_]?$|^[^\W\d_]$|^[A-Z]{2}$")
_ABBREVIATIONS = re.compile(r"^(?:[A-ZÀ-Þ][^\W\d_]{0,4}\.)+[^\W\d_]{0,4}\.?$")
_HAN = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
_KANA = (("\u3040", "\u30ff"),)
_NOT_NAME = re.compile(r"[\d,@_=+*<>{}\"“”«»?!:]")
_ROMAN = re.compile(r"^[IVX]+\.?$")
# Without capitals in a script, only the number of words tells a name.
_CASELESS = (("\u0590", "\u0fff"), ("\ufb1d", "\ufefc"))


def read_people(text: str, *, labelled: bool = True) -> tuple[str, ...]:
    """The people that a line names, () when it names none.

    With `labelled` a word such as "Author" stands before it, so that a line of any capitalised words
    is a name; without, more is asked of it.
    """
    text = strip_asides(text).strip(" .,:;–—-")
    if not text or len(text) > 4 * MAX_LENGTH:
        return ()
    found: list[str] = []
    for piece in _split_people(text):
        name = clean_name(piece)
        parted = has_any(piece, _HAN) and len(piece.split()) == 2
        if is_name(name, labelled=labelled or parted):
            found.append(name)
        elif not found:
            return ()
    return tuple(dict.fromkeys(found))


def strip_asides(text: str) -> str:
    """A text without what stands in brackets."""
    return _ASIDE.sub(" ", text).strip()


def clean_name(text: str) -> str:
    """A name without academic titles, in ordinary capitals."""
    text = re.sub(r"\s+", " ", text).strip(" .,:;–—-")
    if has_any(text, _HAN):
        return _strip_asian_title(text)
    parts = [part.strip() for part in text.split(",")]
    while len(parts) > 1 and _is_ending(parts[-1]):
        parts.pop()
    if has_rank(parts[0]) and sum(not _is_title(word) for word in parts[0].split()) > 1:
        parts = parts[:1]  # "Prof. Paul Ashdown, Eastmoor"
    if len(parts) == 2 and all(1 <= len(part.split()) <= 3 for part in parts) and not _is_title(parts[0]):
        parts = [f"{parts[1]} {parts[0]}"]  # family name first
    if len(parts) > 2:
        return text
    words = " ".join(parts).split()
    while words and (_is_title(words[0]) or words[0] in (".", "-", "–") or (words[0] == "D." and len(words) > 3)):
        words.pop(0)
    while len(words) > 2 and _is_ending(words[-1]) and not words[-1].istitle():
        words.pop()
    return " ".join(lower_capitals(words))


@cache
def _han_name() -> re.Pattern[str]:
    """Made when it is needed: so large a set of characters takes its time."""
    return re.compile(
        r"^[\u3400-\u9fff\uac00-\ud7af]{2,4}$|^[\u3400-\u9fff·‧•]{2,12}$|^[\u3040-\u30ff\u3400-\u9fff]{2,7}$"
    )


def is_rank(text: str) -> bool:
    """Whether a line holds academic titles alone: "Doctor of Economics, Professor"."""
    words = text.replace(",", " ").split()
    if has_any(text, _HAN):
        return "".join(words) in load_data("names.json")["asian-titles"]
    return bool(words) and all(_is_title(word) or len(word) <= 2 for word in words)


def has_rank(text: str) -> bool:
    """Whether a text begins with an academic title: a person's name comes after it."""
    words = text.split()
    return len(words) > 1 and _is_title(words[0]) and not has_any(text, _HAN)


def is_name(text: str, *, labelled: bool = False) -> bool:
    """Whether a text can be one person's name. `labelled` as in `read_people`."""
    if not text or len(text) > MAX_LENGTH or _NOT_NAME.search(text):
        return False
    if has_any(text, _HAN):
        letters = re.sub(r"\s", "", text)
        if len(letters) > LONG_HAN_NAME and not labelled and not has_any(text, _KANA):
            return False
        return bool(_han_name().match(letters)) and find_phrase(split_words(text), "institution") is None
    words = text.split()
    if not (1 if labelled else 2) <= len(words) <= MAX_WORDS + (1 if labelled else 0):
        return False
    if find_phrase(split_words(text), "institution") is not None:
        return False
    if has_any(text, _CASELESS):
        return len(words) >= 2 and all(len(word) > 1 for word in words)
    if any(fold_title(word) in _load_words("not-in-names") for word in words):
        return False
    particles = _load_words("particles")
    if words[0] == "in":
        return False  # "in Applied Mathematics" goes on with a degree
    capitals = 0
    for place, word in enumerate(words):
        if fold_title(word) in particles and place != len(words) - 1:
            continue
        initial = _INITIAL.match(word) is not None
        if not (word[0].isupper() or (word[0] in "'’`ʻ" and len(word) > 1)) or (word.endswith(".") and not initial):
            return False
        capitals += not initial
    return capitals >= 1 and (labelled or capitals + (len(words) > 2) >= 2)


def _split_people(text: str) -> Iterable[str]:
    """The parts of a line that may each be a person."""
    for part in _SEPARATORS.split(text):
        yield from _split_at_and(part)


def _split_at_and(text: str) -> Iterable[str]:
    """Cuts at "and" in any language, and at commas after which another name begins."""
    joined = _load_words("and")
    words = text.split()
    group: list[str] = []
    for place, word in enumerate(words):
        # One letter stands within names too: "Puig i Soler". Then a whole name must follow.
        alone = len(word) > 1 or sum(not _is_title(after) for after in words[place + 1 :]) >= 2
        # "ir." is a Dutch engineer, "ir" joins Lithuanian names.
        if group and word.isalpha() and word == word.lower() and fold_title(word) in joined and alone:
            yield from _split_at_commas(" ".join(group))
            group = []
        else:
            group.append(word)
    yield from _split_at_commas(" ".join(group))


def _split_at_commas(text: str) -> Iterable[str]:
    parts = [part.strip() for part in text.split(",")]
    name = parts[0]
    for part in parts[1:]:
        words = [word for word in part.split() if not _is_title(word)]
        if len(words) >= 2 and not _is_ending(part) and len(name.split()) >= 2:
            yield name
            name = part
        else:
            name = f"{name}, {part}"
    yield name


def _is_title(word: str) -> bool:
    """Whether a word is an academic title: "Prof.", "Dipl.-Inf.", "MUDr."."""
    folded = fold_title(word)
    if len(folded) == 1 and word[0].isupper():
        return False  # an initial
    if folded in _load_words("titles") and (
        len(folded) > 2 or word.endswith((".", "،")) or folded in ("dr", "pd", "ts")
    ):
        return True
    parts = [part for part in re.split(r"[.\-]+", word) if part]
    compound = len(parts) > 1 and all(fold_title(part) in _load_words("titles") for part in parts)
    return compound or ("." in word[:-1] and folded.startswith(("dipl", "prof")))


def _is_ending(text: str) -> bool:
    """Whether words after a comma are a degree or a post: "M.Sc.", "prof. UW"."""
    words = text.replace("/", " ").split()
    known = _load_words("endings") | _load_words("titles")
    return bool(words) and all(
        fold_title(word) in known or _ABBREVIATIONS.match(word) or (place and word.isupper())
        for place, word in enumerate(words)
    )


def _strip_asian_title(text: str) -> str:
    text = re.sub(r"\s*([、，,]).*$", "", text)
    if all(len(part) == 1 for part in text.split()):
        text = re.sub(r"\s", "", text)  # letter-spaced
    for title in sorted(load_data("names.json")["asian-titles"], key=len, reverse=True):
        text = re.sub(rf"(?<=.)\s*{title}$", "", text)
    letters = re.sub(r"\s", "", text)
    return letters if _han_name().match(letters) else text.strip()


def lower_capitals(words: list[str]) -> list[str]:
    """Family names and whole names set in capitals, in small letters but for the first."""
    particles = _load_words("particles")
    result = []
    all_capitals = all(not any(map(str.islower, word)) for word in words)
    dotless = any("İ" in word or "Ğ" in word for word in words)  # as Turkish has both i and ı
    for place, word in enumerate(words):
        if not word.isupper() or len(word) < 3 or _ROMAN.match(word) or _INITIAL.match(word):
            small = all_capitals and place and word.isupper() and fold_title(word) in particles
            result.append(word.lower() if small else word)
        elif all_capitals and 0 < place < len(words) - 1 and fold_title(word) in particles:
            result.append(word.lower())
        else:
            result.append(
                re.sub(r"[^\W\d_]+", lambda match: match.group()[0] + _lower(match.group()[1:], dotless), word)
            )
    return result


def _lower(capitals: str, dotless: bool) -> str:
    return (capitals.replace("I", "ı") if dotless else capitals).replace("İ", "i").lower()


@cache
def _load_words(name: str) -> frozenset[str]:
    return frozenset(fold_title(word) for word in load_data("names.json")[name])
