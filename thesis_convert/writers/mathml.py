"""Formulas: TeX in, a MathML element out, with the TeX kept for those who want it back.

`latex2mathml` makes the elements that are seen. What it makes of TeX that it does not know is not
always well-formed, and sometimes an element has too few parts, so each result is checked; a formula
that fails is shown as it was printed. Either way the TeX is both the alternative text, which is
read aloud, and an annotation, which other programs read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from thesis_convert.writers.xhtml_rendering import escape

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
# How many parts each of these must have.
PARTS = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
# Environments that the library knows by their other name.
RENAMED = re.compile(r"\\(begin|end)\{(aligned|gathered|split)\}")


@lru_cache(maxsize=8192)
def render_formula(tex: str, text: str, block: bool = False) -> str:
    """A `math` element for `tex`; `text` is shown when the TeX cannot be turned into elements."""
    display = ' display="block"' if block else ""
    seen = convert_tex(tex, block) or f"<mtext>{escape(text or tex)}</mtext>"
    source = escape(" ".join(tex.split()))
    return (
        f'<math xmlns="{NAMESPACE}" alttext="{source}"{display}><semantics>{seen}'
        f'<annotation encoding="application/x-tex">{source}</annotation></semantics></math>'
    )


def convert_tex(tex: str, block: bool = False) -> str:
    """One `mrow` of MathML, or "" when `tex` is not fully understood."""
    try:
        from latex2mathml.converter import convert
    except ImportError:
        return ""
    try:
        markup = convert(RENAMED.sub(r"\\\1{align*}", tex), display="block" if block else "inline")
        row = markup[markup.index(">") + 1 : markup.rindex("</math>")]
        root = ElementTree.fromstring(row)
    except Exception:  # the library has no common error, and any failure means the same here
        return ""
    return row if _is_complete(root) else ""


def _is_complete(root: ElementTree.Element) -> bool:
    if root.tag != "mrow" or not len(root):
        return False
    for element in root.iter():
        if len(element) != PARTS.get(element.tag, len(element)):
            return False
        # A command that was not understood is left standing with its backslash.
        if element.tag != "mtext" and element.text and re.match(r"\\[A-Za-z]", element.text):
            return False
    return True
