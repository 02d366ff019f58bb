"""A document in ASCII alone, for machines that know nothing else.

A document goes in and comes out with the same tree, every string spelled in ASCII: typographic
marks by the signs of a typewriter, accented letters without their accent, digits of all scripts as
digits. What has no such spelling becomes `UNKNOWN`, which is one column wide as its "?" will be, so
that the caller can count how much was lost when the lines are made.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from functools import lru_cache
from typing import Any

from thesis_convert.document import Document

UNKNOWN = "\ufffd"

# Where taking an accent off is not enough, or the compatibility form would mislead.
_SPELLINGS = {
    **dict.fromkeys("‘’‚‛′`´ʹʻʼʽ‹›", "'"),
    **dict.fromkeys("“”„‟″«»「」『』", '"'),
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("—―⸺", "--"),
    **dict.fromkeys("•‣▪◦●○·∙⋅・", "*"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    **{"…": "...", "⁄": "/", "∕": "/", "÷": "/", "×": "x", "±": "+/-", "∓": "-/+", "√": "sqrt ", "∞": "infinity"},
    **{"≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "∼": "~", "≡": "==", "→": "->", "←": "<-", "↔": "<->"},
    **{"⇒": "=>", "⇔": "<=>", "〈": "<", "〉": ">", "⟨": "<", "⟩": ">", "《": "<<", "》": ">>", "∣": "|", "∥": "||"},
    **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"},
    **{"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "ng"},
    **{"©": "(c)", "®": "(R)", "™": "(TM)", "€": "EUR", "£": "GBP", "¥": "JPY", "°": " deg", "µ": "u", "§": "Sec. "},
    **{"¶": "P.", "†": "+", "‡": "++", "¡": "!", "¿": "?", "、": ",", "。": ".", "〜": "~", "№": "No.", "¬": "not "},
}
# Letter by letter, roughly as libraries romanise; accents are taken off before.
_ROMANISATION = """
а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch
ъ= ы=y ь= э=e ю=iu я=ia і=i є=ie ґ=g ј=j љ=lj њ=nj ћ=c ђ=d џ=dz ѕ=dz
α=a β=b γ=g δ=d ε=e ζ=z η=e θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=ph χ=ch ψ=ps ω=o
"""
_LETTERS = {pair[0]: pair[2:] for pair in _ROMANISATION.split()}
# A Greek letter alone is a symbol and has a name.
_SYMBOL = re.compile(r"(?<![^\W\d_])[Α-Ωα-ω](?![^\W\d_])")
# A run of raised or lowered signs is one exponent: 10⁻¹² is 10^{-12}, not 10-12.
_RAISED = re.compile("[⁰¹²³⁴-⁾ⁿⁱ]+")
_LOWERED = re.compile("[₀-₎ₐ-ₜᵢ-ᵥ]+")


def spell_document(document: Document) -> Document:
    """The same document with every string in ASCII, or `UNKNOWN` for what has no spelling there."""
    spelled: Document = _spell_parts(document)
    return spelled


@lru_cache(maxsize=1 << 14)
def spell_text(text: str) -> str:
    """`text` in ASCII and `UNKNOWN`."""
    if text.isascii():
        return text
    text = _SYMBOL.sub(lambda match: _name_symbol(match[0]), text)
    text = _RAISED.sub(lambda match: _spell_script("^", match[0]), text)
    text = _LOWERED.sub(lambda match: _spell_script("_", match[0]), text)
    return "".join(map(_spell_character, text))


def _spell_parts(value: Any) -> Any:
    if isinstance(value, str):
        return spell_text(value)
    if isinstance(value, tuple):
        return tuple(map(_spell_parts, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: _spell_parts(getattr(value, name)) for name in names})
    return value


def _name_symbol(letter: str) -> str:
    name = unicodedata.name(letter).rpartition(" ")[2].replace("LAMDA", "LAMBDA")
    return name.capitalize() if letter.isupper() else name.lower()


def _spell_script(sign: str, raised: str) -> str:
    plain = "".join(map(_spell_character, unicodedata.normalize("NFKC", raised)))
    return sign + plain if len(plain) == 1 else f"{sign}{{{plain}}}"


@lru_cache(maxsize=1 << 12)
def _spell_character(character: str) -> str:
    if character.isascii() or character == UNKNOWN:
        return character
    if character in _SPELLINGS:
        return _SPELLINGS[character]
    if character.lower() in _LETTERS:
        spelled = _LETTERS[character.lower()]
        return spelled.capitalize() if character.isupper() else spelled
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    parts = unicodedata.normalize("NFKD", character)
    if parts != character:
        return "".join(map(_spell_character, parts))
    return "" if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc") else UNKNOWN
