"""What kind of type a font is, told from its name and its descriptor.

In: a PostScript name, the descriptor's flags, weight and angle. Out: weight, slant, and whether
it is monospaced, small capitals, or made for formulas. Names are the better witness: descriptors
are often filled with defaults, while a family's name is given by its maker for people to read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_FIXED_PITCH_FLAG = 1 << 0
_SYMBOLIC_FLAG = 1 << 2
_ITALIC_FLAG = 1 << 6
_FORCE_BOLD_FLAG = 1 << 18

_SUBSET_PREFIX = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(
    r"bold|black|heavy|semib|demi|fett|(?:^|[-_,])(?:b|bd|bi|bdit|boldit|med)(?:$|[-_,])"
    r"|^(?:cm|sf|lm|ec|la)[a-z]*(?:bx|bxti|bxsl|ssbx)\d|cmb\d|-bx|(?:minion|myriad).*sb",
    re.I,
)
_UNDECIDED = re.compile(r"[-_]r[-_]b$", re.I)
"""A name that says both, regular and bold; the descriptor tells."""
_REGULAR = re.compile(r"^(?:cm|sf|ec|la)(?:r|sl|ti|u|csc|ss|ssi)\d|[-_,](?:regular|roman|italic|oblique)(?:$|-)", re.I)
_ITALIC = re.compile(
    r"ital|obliq|slant|kursiv|cursiva|(?:^|[-_,])(?:i|it|bi|bdit|ri|sl)(?:$|[-_,\d])"
    r"|^(?:cm|sf|ec|la)(?:ti|sl|bxti|bxsl|ssi|itt|sltt|fi|u)\d|^lmroman(?:slant|dunh)|^lm.*-(?:italic|oblique)"
    r"|^(?:cm|sf)ssqi|(?:ro|xi|p|t|v|u)sl\b|[a-z]\.it$|regularit$|lightit$|[a-z]{3}7i\d|ri7t|ptmri|pplri|pncri|pbkli",
    re.I,
)
_MONOSPACE = re.compile(
    r"courier|mono(?!typec)|consol|menlo|typewriter|inconsol|lettergothic|fixed|teletype|terminal|lucidacon"
    r"|sourcecode|firacode|cascadia|(?:^|[-_])code(?:$|[-_])|^(?:cm|sf|ec|la)(?:[a-z]*tt)\d|^lmmono|t(?:x|1x|cx)b?tt|\btt\b|pcrr|nimbusmon|beramono|dejavusansm",
    re.I,
)
_PROPORTIONAL = re.compile(r"proportional|monotype|vtt\d|lmmonoprop", re.I)
_SMALL_CAPS = re.compile(
    r"smallcap|small-cap|[-_]sc(?:$|[-_\d])|csc\d|capsregular|lmromancaps|romancaps|[a-z]rc\d|[-.]sc\b|sfcc|smcp", re.I
)
_MATH = re.compile(
    r"^(?:cm|lm|tx|px|nx|zx|ntx|npx|eu|x?cc|rtx|rpx)(?:b?mi|mib|b?sy|bsy|b?ex|exa|sya|syb|syc|mia|br?mi)[a-z]?\d"
    r"|^(?:r?[tp]x|r?n[tp]x|new[tp]x)b?(?:mi|sy|ex)|math|^kp-(?:light)?-m-|^hfbr(?:mi|sy)\d|^l?lasyb?\d|^ms[ab]m|^eu[fs][mb]\d|^rsfs|stmary|^symbol(?:mt)?$|^standardsym|wasy|esint|dsrom|^bbm"
    r"|^mt2|mtextra|^mt(?:mi|sy|ex)|euclid(?:symbol|extra|math)|^euex",
    re.I,
)
_BOLD_WEIGHT = 700
_HEAVY = 600
"""A descriptor of this weight, in the units of type, is that of a bold font when its name is silent."""
_REGULAR_WEIGHT = 400


class FontKind(NamedTuple):
    name: str
    weight: int
    italic: bool
    monospace: bool
    small_caps: bool
    math: bool


def classify_font(name: str, flags: int, weight: int, angle: int) -> FontKind:
    """The kind of a font. `angle` is the slant in degrees, 0 for upright, -1 where unknown."""
    plain = _SUBSET_PREFIX.sub("", name)
    math = bool(_MATH.search(plain))
    # The weight is told by the width of stems, and what makes files smaller measures these badly.
    heavy = weight >= _HEAVY and not math and not _REGULAR.search(plain)
    named = _BOLD.search(plain) is not None and not _UNDECIDED.search(plain)
    bold = named or bool(flags & _FORCE_BOLD_FLAG) or heavy
    italic = bool(_ITALIC.search(plain)) or (bool(flags & _ITALIC_FLAG) and not math)
    monospace = bool(_MONOSPACE.search(plain)) and not _PROPORTIONAL.search(plain)
    if not monospace and flags & _FIXED_PITCH_FLAG:
        # Some makers set the flag for every font; a family that says it is a text face is believed.
        monospace = not re.search(
            r"times|roman|serif|sans|arial|helvet|calibri|cambria|garamond|book|kai|song|ming|gothic|sun|noto",
            plain,
            re.I,
        )
    return FontKind(
        name=plain,
        weight=_BOLD_WEIGHT if bold else _REGULAR_WEIGHT,
        italic=italic or (not math and angle not in (0, -1) and 4 < abs(angle) < 45),
        monospace=monospace,
        small_caps=bool(_SMALL_CAPS.search(plain)),
        math=math,
    )
