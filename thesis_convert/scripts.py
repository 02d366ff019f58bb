"""What is known of writing systems: which way they run, how their letters join, what their digits mean.

In: text. Out: answers about it. Only facts of Unicode stand here, none of PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEBREW = "\u0590-\u05ff\ufb1d-\ufb4f"
# Without the Arabic digits and the signs beside them, which run as European ones do.
_ARABIC = "\u0608\u060b\u0610-\u061a\u061c-\u061e\u0620-\u065f\u066d-\u06ef\u06fa-\u06ff\u0750-\u077f"
_ARABIC += "\ufb50-\ufdff\ufe70-\ufefc"
_LETTERS = f"{_HEBREW}{_ARABIC}\u0700-\u074f\u0780-\u08ff"
RIGHT_TO_LEFT = f"{_LETTERS}\u200c\u200d\u200e\u200f"
"""Characters of words written from right to left (Hebrew, Arabic, Syriac, Thaana, NKo), as a class of a pattern."""
ZERO_WIDTH_NON_JOINER = "\u200c"
ARABIC_STOPS = frozenset("،؛؟۔")
OPENING = "([{«‹〈《「『【"
CLOSING = ")]}»›〉》」』】"
NEVER_JOINING = frozenset("اآأإٱدذرزژڑډړوؤۆۇۈۉۋۏىءة")
"""Arabic letters that never join the letter after them."""

KASHIDA = re.compile(
    "(?<=[\u0620-\u063f\u0641-\u064a\u0671-\u06d3])\u0640+(?=[\u0620-\u063f\u0641-\u064a\u0671-\u06d3])"
)
"""The strokes by which producers stretch Arabic words to fill the line."""

_RIGHT_TO_LEFT_LETTER = re.compile(f"[{_LETTERS}]")
_LEFT_TO_RIGHT_LETTER = re.compile(f"[^\\W\\d_{_LETTERS}]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def has_any(text: str, ranges: Sequence[tuple[str, str]]) -> bool:
    """Whether a character of the text lies in one of some ranges, the first of which is the lowest.

    For what few texts have: a pattern with large sets of characters takes milliseconds to compile.
    """
    if text.isascii() or max(text) < ranges[0][0]:
        return False
    return any(low <= char <= high for char in text for low, high in ranges)


def has_right_to_left(text: str) -> bool:
    """Whether a letter of the text belongs to a script written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT_LETTER.search(text) is not None


def has_left_to_right(text: str) -> bool:
    """Whether a letter of the text belongs to a script written from left to right."""
    return _LEFT_TO_RIGHT_LETTER.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """Whether most of the letters belong to a script written from right to left."""
    if text.isascii():
        return False
    right = len(_RIGHT_TO_LEFT_LETTER.findall(text))
    return right > 0 and right > len(_LEFT_TO_RIGHT_LETTER.findall(text))


def fold_digits(text: str) -> str:
    """The text with Arabic and Persian digits as the usual ones."""
    return text if text.isascii() else text.translate(_DIGITS)


def has_case(text: str) -> bool:
    """Whether the text has letters of a script that knows capitals."""
    return any(char.lower() != char.upper() for char in text)
