"""Roman numerals: page labels, chapters and list items count with them."""

from __future__ import annotations

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_STEPS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd")),
    *((100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def parse_roman(text: str) -> int:
    """The value of a roman numeral, 0 when it is none."""
    total = previous = 0
    for char in reversed(text.lower()):
        value = _VALUES.get(char, 0)
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total if total > 0 and write_roman(total) == text.lower() else 0


def write_roman(number: int) -> str:
    """A number as a roman numeral in small letters."""
    text = ""
    for value, letters in _STEPS:
        while number >= value:
            text, number = text + letters, number - value
    return text
