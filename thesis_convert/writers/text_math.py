"""Simple formulas as Unicode characters, the rest as TeX.

TeX goes in and comes out as a line of Unicode where that says the same: Greek letters, relations,
operators, exponents and indices that have characters of their own, short fractions and roots. A
formula with anything else in it (matrices, tall fractions, unknown commands) has no such line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_TOKENS = re.compile(r"\\[A-Za-z]+\s*|\\.|\s+|.", re.DOTALL)

_RELATIONS = {
    **{"leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "equiv": "≡", "sim": "∼"},
    **{"in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "to": "→", "rightarrow": "→"},
    **{"leftarrow": "←", "Rightarrow": "⇒", "Leftrightarrow": "⇔", "iff": "⇔", "mapsto": "↦", "propto": "∝"},
    **{"ll": "≪", "gg": "≫", "cong": "≅", "mid": "|", "perp": "⊥", "parallel": "∥"},
}
_SYMBOLS = {
    **{"times": "×", "cdot": "·", "pm": "±", "mp": "∓", "div": "÷", "ast": "∗", "circ": "∘", "cup": "∪", "cap": "∩"},
    **{"sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "infty": "∞", "forall": "∀", "exists": "∃"},
    **{
        "emptyset": "∅",
        "ldots": "…",
        "dots": "…",
        "cdots": "⋯",
        "prime": "′",
        "langle": "⟨",
        "rangle": "⟩",
        "ell": "ℓ",
    },
    **{"land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "neg": "¬", "lnot": "¬", "oplus": "⊕", "otimes": "⊗"},
    **{"lbrace": "{", "rbrace": "}", "vert": "|", "Vert": "‖", "varepsilon": "ε", "varphi": "φ", "vartheta": "ϑ"},
    **{"quad": "  ", "qquad": "    ", "left": "", "right": "", "displaystyle": "", "limits": "", "degree": "°"},
}
_FUNCTION = re.compile("sin|cos|tan|log|ln|exp|min|max|lim|sup|inf|det|dim|ker|deg|arg|gcd|mod|Pr")
_ESCAPES = {
    ",": " ",
    ";": " ",
    ":": " ",
    " ": " ",
    "!": "",
    "{": "{",
    "}": "}",
    "%": "%",
    "&": "&",
    "#": "#",
    "_": "_",
    "$": "$",
    "|": "‖",
}
_PLAIN_GROUPS = {
    "mathrm",
    "mathit",
    "mathbf",
    "mathsf",
    "mathtt",
    "text",
    "textrm",
    "textit",
    "operatorname",
    "boldsymbol",
}
_ACCENTS = {"bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "overline": "\u0304"}


class _NoLineError(Exception):
    """The formula cannot be said in a line of characters."""


def set_formula(tex: str) -> str | None:
    """The formula as a line of Unicode characters, or None when it needs more than a line."""
    try:
        line = _set_tokens(iter(_TOKENS.findall(tex)), closed=False)
    except (_NoLineError, StopIteration, RecursionError):
        return None
    return " ".join(line.split())


def raise_text(text: str) -> str | None:
    """`text` in superscript characters, None when one of them has none."""
    return _translate(text, _script_characters("<super>"))


def lower_text(text: str) -> str | None:
    """`text` in subscript characters, None when one of them has none."""
    return _translate(text, _script_characters("<sub>"))


def _set_tokens(tokens: Iterator[str], *, closed: bool) -> str:
    line = ""
    for token in tokens:
        if token == "}":
            if not closed:
                raise _NoLineError
            return line
        if token in ("^", "_"):
            inside = _set_argument(tokens)
            script = raise_text(inside) if token == "^" else lower_text(inside)
            if script is None:
                raise _NoLineError
            line += script
        else:
            line += _set_token(token, tokens)
    if closed:
        raise _NoLineError
    return line


def _set_token(token: str, tokens: Iterator[str]) -> str:
    if token == "{":
        return _set_tokens(tokens, closed=True)
    if not token.startswith("\\"):
        return f" {token} " if token in "=<>" else "′" if token == "'" else " " if token in "~&" else token
    name = token[1:].rstrip()
    if name in _RELATIONS:
        return f" {_RELATIONS[name]} "
    if _FUNCTION.fullmatch(name):
        return token[1:]  # with the space that ended the command
    if name in _PLAIN_GROUPS:
        return _set_argument(tokens)
    if name in _ACCENTS:
        return _expect_short(_set_argument(tokens), 1) + _ACCENTS[name]
    if name in ("frac", "tfrac", "dfrac"):
        return f"{_expect_short(_set_argument(tokens), 3)}/{_expect_short(_set_argument(tokens), 3)}"
    if name == "sqrt":
        root = _set_argument(tokens).strip()
        return f"√{root}" if len(root) == 1 else f"√({root})"
    known = _SYMBOLS.get(name) if name in _SYMBOLS else _ESCAPES.get(name, _name_greek(name))
    if known is None:
        raise _NoLineError
    return known


def _set_argument(tokens: Iterator[str]) -> str:
    token = next(tokens)
    while token.isspace():
        token = next(tokens)
    if token in "}^_[":
        raise _NoLineError
    return _set_token(token, tokens)


def _expect_short(text: str, length: int) -> str:
    text = text.strip()
    if not text.isalnum() or len(text) > length:
        raise _NoLineError
    return text


def _name_greek(name: str) -> str | None:
    size = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")
    except KeyError:
        return None


def _translate(text: str, characters: dict[str, str]) -> str | None:
    found = [characters.get(character) for character in text]
    return None if None in found else "".join(filter(None, found))


@cache
def _script_characters(kind: str) -> dict[str, str]:
    """Plain character -> its raised or lowered form, from the blocks that hold such forms."""
    characters = {" ": ""}
    for code in (0xB2, 0xB3, 0xB9, *range(0x1D2C, 0x1D6B), *range(0x2070, 0x209D), 0x2C7C):
        tag, _, plain = unicodedata.decomposition(chr(code)).partition(" ")
        if tag == kind and " " not in plain:
            characters.setdefault(chr(int(plain, 16)), chr(code))
    return characters | {"-": characters["−"], "′": "′"}
