"""The spaces in inlines: none at both ends, none between Chinese characters, none in an ellipsis."""

from __future__ import annotations

import re

from thesis_convert.document import Inline, Text
from thesis_convert.scripts import has_any

_CJK = (
    ("\u2e80", "\u30ff"),
    ("\u3100", "\u312f"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff00", "\uff60"),
)
_JOINING = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
"""Thai, Lao, Burmese and Khmer."""

_ELLIPSIS = re.compile(r"(?<!\.)(?<!\. )\. \. \.(?! ?\.)")
"""TeX sets an ellipsis as three full stops with spaces; a row of more is something else."""
_SPACES = re.compile(r"(?<=([^ ])) +(?=([^ ]))")
_OPENING, _CLOSING = "([“‘", ",.;:!?)]”’"


def tidy(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without spaces at both ends and between CJK characters."""
    result = [Text(_close_up(node.text)) if isinstance(node, Text) else node for node in content]
    while result and isinstance(result[-1], Text):
        text = result[-1].text.rstrip()
        if text:
            result[-1] = Text(text)
            break
        result.pop()
    if result and isinstance(result[0], Text):
        result[0] = Text(result[0].text.lstrip())
    return tuple(node for node in result if not (isinstance(node, Text) and not node.text))


def is_cjk(char: str) -> bool:
    """Whether a character is Chinese or Japanese, or a sign that is set like one. "" is not."""
    return char >= _CJK[0][0] and has_any(char, _CJK)


def joins_words(char: str) -> bool:
    """Whether a character is of a script that writes words without spaces, and those only between sentences."""
    return has_any(char, _JOINING) and not char.isdigit()


def _close_up(text: str) -> str:
    """The text without spaces that the typesetter made: in an ellipsis, between Chinese characters and their signs."""
    if ". . ." in text:
        text = _ELLIPSIS.sub("…", text)
    if not has_any(text, _CJK):
        return text
    return _SPACES.sub(_space_between, text)


def _space_between(spaces: re.Match[str]) -> str:
    """What is left of some spaces: nothing beside a Chinese character and another, or a sign that belongs to it."""
    before, after = is_cjk(spaces[1]), is_cjk(spaces[2])
    closed_up = (before and (after or spaces[2] in _CLOSING)) or (after and spaces[1] in _OPENING)
    return "" if closed_up else " " * (spaces.end() - spaces.start())
