"""Reads the date of a thesis: a day, a month, a year or an academic year, in many languages and calendars.

In: a line of a title page. Out: "2021-03-31", "2021-03", "2021" or "2020/2021", and where it stands in
the line. Years of the Persian, Buddhist and Minguo calendars are turned into common ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from thesis_convert.loader.structure.folding import fold_phrases, fold_title, load_data, split_words
from thesis_convert.loader.structure.ordinals import read_ordinal

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Theses in PDF files are of these years; other numbers of four digits are something else."""

_YEAR = r"(?:19|20)\d\d"
_ACADEMIC = re.compile(rf"\b({_YEAR})\s*[/\-–—−]\s*({_YEAR}|\d\d)\b")
_NUMERIC = re.compile(rf"\b(\d{{1,2}})\s?[./\-]\s?(\d{{1,2}})\s?[./\-]\s?({_YEAR})\b")
_REVERSED = re.compile(rf"\b({_YEAR})\s?[./\-]\s?(\d{{1,2}})\s?[./\-]\s?(\d{{1,2}})\b")
_MONTH = re.compile(rf"(?<![\d./\-])(\d{{1,2}})\s?[./]\s?({_YEAR})\b")
_EAST_ASIAN = re.compile(rf"({_YEAR})\s*[年년]\s*(?:度|(\d{{1,2}})\s*[月월]\s*(?:(\d{{1,2}})\s*[日일])?)?")
_ERA = re.compile(
    r"(令和|平成|昭和|民國|民国)\s*(\d{1,3}|元|[一二三四五六七八九十百〇]{1,5})\s*年\s*(?:度|(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?)?"
)
_HAN_DATE = re.compile(r"([二一][〇○零Ｏ０O九一二三四五六七八]{3})\s*年\s*(?:([一二三四五六七八九十]{1,2})\s*月)?")
_PLAIN = re.compile(rf"(?<![\d.,/])(?<!\d[-–—])({_YEAR})(?![\d/])(?!\s?[-–—]\s?\d)")
_PERSIAN_YEAR = re.compile(r"(?<!\d)(1[34]\d\d)(?!\d)")
_PERSIAN = re.compile(r"[\u0600-\u06ff]")
_BUDDHIST_YEAR = re.compile(r"(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?<!\d)(25\d\d)(?!\d)")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_HAN_DIGITS = {character: str(value % 10) for value, character in enumerate("〇一二三四五六七八九")} | dict.fromkeys(
    "○零ＯO０", "0"
)


class FoundDate(NamedTuple):
    """A date in its text, from `start` to `end`."""

    value: str
    start: int
    end: int

    @property
    def exactness(self) -> int:
        """3 for a day, 2 for a month or an academic year, 1 for a year."""
        return {10: 3, 7: 2, 9: 2}.get(len(self.value), 1)


def read_date(text: str) -> FoundDate | None:
    """The most exact date in a text, None when there is none."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    for read in (_read_words, _read_numbers, _read_east_asian, _read_academic_year, _read_persian, _read_year):
        if read is _read_persian and not _PERSIAN.search(text):
            continue
        found = read(plain)
        if found is not None:
            return found
    return None


def is_month(word: str) -> bool:
    """Whether a word is the name of a month in some language."""
    return fold_title(word) in _load_months()


def _make(year: int, month: int, day: int, start: int, end: int) -> FoundDate | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    value = f"{year}"
    if 1 <= month <= 12:
        value += f"-{month:02}"
        if 1 <= day <= 31:
            value += f"-{day:02}"
    return FoundDate(value, start, end)


def _read_words(text: str) -> FoundDate | None:
    """ "3 May 2021", "May 3rd, 2021", "mayo de 2021"."""
    words = split_words(text)
    months = _load_months()
    for place, word in enumerate(words):
        month = months.get(word.text)
        if not month:
            continue
        for after in range(place + 1, min(place + 5, len(words))):
            if re.fullmatch(_YEAR, words[after].text):
                between = [w.text for w in words[place + 1 : after]]
                day = next((int(m[1]) for w in between if (m := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", w))), 0)
                start = word.start
                for before in words[max(0, place - 2) : place]:
                    if not day and (match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|er|º|ο|η)?", before.text)):
                        day, start = int(match[1]), before.start
                return _make(int(words[after].text), month, day, start, words[after].end)
        if place and re.fullmatch(_YEAR, words[place - 1].text):
            year = words[place - 1]
            return _make(int(year.text), month, 0, year.start, word.end)
    return None


def _read_numbers(text: str) -> FoundDate | None:
    if match := _NUMERIC.search(text):
        first, second, year = map(int, match.groups())
        day, month = (first, second) if second <= 12 else (second, first)
        if first <= 12 and second <= 12 and first != second and "/" in match.group():
            month = day = 0  # 3/4/2021 is April in most countries, March in one
        return _make(year, month, day, match.start(), match.end())
    if match := _REVERSED.search(text):
        return _make(int(match[1]), int(match[2]), int(match[3]), match.start(), match.end())
    if match := _MONTH.search(text):
        return _make(int(match[2]), int(match[1]), 0, match.start(), match.end())
    return None


def _read_east_asian(text: str) -> FoundDate | None:
    if match := _EAST_ASIAN.search(text):
        return _make(int(match[1]), int(match[2] or 0), int(match[3] or 0), match.start(), match.end())
    if match := _ERA.search(text):
        year = _ERAS[match[1]] + _read_han_number(match[2])
        return _make(year, int(match[3] or 0), int(match[4] or 0), match.start(), match.end())
    if match := _HAN_DATE.search(text):
        year = int("".join(_HAN_DIGITS.get(c, "0") for c in match[1]))
        return _make(year, _read_han_number(match[2] or ""), 0, match.start(), match.end())
    return None


def _read_han_number(text: str) -> int:
    """A number below 1000 in the digits of any script: "25", "二十五", "一〇二", "元" for a first year; 0 for none."""
    if text.isdecimal() or not text:
        return int(text or 0)
    if text == "元":
        return 1
    hundreds, found, rest = text.rpartition("百")
    if found:
        return 100 * (read_ordinal(hundreds or "一") or 0) + (read_ordinal(rest.lstrip("〇")) or 0)
    if "十" in text:
        return read_ordinal(text) or 0
    return int("".join(_HAN_DIGITS[c] for c in text))


def _read_academic_year(text: str) -> FoundDate | None:
    for match in _ACADEMIC.finditer(text):
        first = int(match[1])
        second = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if second == first + 1:
            return FoundDate(f"{first}/{second}", match.start(), match.end())
    return None


def _read_persian(text: str) -> FoundDate | None:
    """A year of the Persian calendar begins in March: its last quarter is in the next common year."""
    match = _PERSIAN_YEAR.search(text)
    if match is None:
        return None
    words = {word.text for word in split_words(text)}
    months, seasons = _load_persian()
    month = next((months[word] for word in words if word in months), 0)
    season = next((seasons[word] for word in words if word in seasons), 0)
    late = month > 9 or season == 4
    return _make(int(match[1]) + 621 + late, 0, 0, match.start(), match.end())


def _read_year(text: str) -> FoundDate | None:
    matches = list(_PLAIN.finditer(text))
    if matches:
        return _make(int(matches[-1][1]), 0, 0, matches[-1].start(), matches[-1].end())
    if (match := _BUDDHIST_YEAR.search(text)) and re.search(r"[\u0e00-\u0e7f]", text):
        return _make(int(match[1]) - 543, 0, 0, match.start(), match.end())
    return None


@cache
def _load_months() -> dict[str, int]:
    """The number of each month's name; 0 where languages differ ("listopad")."""
    months: dict[str, int] = {}
    for language in load_data("dates.json")["months"].values():
        for number, names in enumerate(language, 1):
            for name in fold_phrases(names):
                if " " not in name:
                    months[name] = number if months.get(name, number) == number else 0
    return months


@cache
def _load_persian() -> tuple[dict[str, int], dict[str, int]]:
    data = load_data("dates.json")
    months = {name: n for n, names in enumerate(data["persian-months"], 1) for name in fold_phrases(names)}
    seasons = {name: n for n, name in enumerate(fold_phrases(data["persian-seasons"]), 1)}
    return months, seasons
