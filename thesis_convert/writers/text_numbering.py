"""The counters of numbered lists, for lists whose printed counters are not known."""

from __future__ import annotations

from thesis_convert.document import Numbering
from thesis_convert.roman import write_roman

_CJK_DIGITS = "〇一二三四五六七八九"
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def format_number(number: int, numbering: Numbering, *, ascii_only: bool = False) -> str:
    """The counter with its point: "3.", "iii.", "c.", "③", "三、", "۳.".

    Numbers that a system does not have (a circled 60, a roman 0) are written as decimals.
    """
    match numbering:
        case "lower-alpha" | "upper-alpha" if number > 0:
            return _match_case(_format_letters(number), numbering) + "."
        case "lower-roman" | "upper-roman" if 0 < number < 4000:
            return _match_case(write_roman(number), numbering) + "."
        case "circled" if 0 < number <= 20 and not ascii_only:
            return chr(ord("①") + number - 1)
        case "cjk" if 0 < number < 100 and not ascii_only:
            return _format_cjk(number) + "、"
        case "persian" if not ascii_only:
            return str(number).translate(_PERSIAN_DIGITS) + "."
    return f"{number}."


def _match_case(counter: str, numbering: Numbering) -> str:
    return counter.upper() if numbering.startswith("upper") else counter


def _format_letters(number: int) -> str:
    """a to z, then aa, ab ..."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def _format_cjk(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else _CJK_DIGITS[tens]) + "十" if tens else ""
    return lead + (_CJK_DIGITS[ones] if ones else "")
