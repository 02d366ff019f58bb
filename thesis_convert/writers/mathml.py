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
# The elements that may come out, with the number of parts where it is fixed.
PARTS = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
LEAVES = frozenset({"mi", "mn", "mo", "ms", "mspace", "mtext"})
ELEMENTS = LEAVES | PARTS.keys() | {"mphantom", "mrow", "msqrt", "mstyle", "mtable", "mtr", "mtd"}
# The attributes that may come out, with what their values may be; colours are the reader's own.
LENGTH, TRUTH = re.compile(r"-?[0-9]*\.?[0-9]+(em|ex|pt)"), re.compile("true|false")
ATTRIBUTES = {
    "accent": TRUTH,
    "columnalign": re.compile("left|center|right"),
    "displaystyle": TRUTH,
    "fence": TRUTH,
    "form": re.compile("prefix|infix|postfix"),
    "linethickness": re.compile("0|" + LENGTH.pattern),
    "mathvariant": re.compile("normal|bold|italic|bold-italic|double-struck|script|fraktur|sans-serif|monospace"),
    "separator": TRUTH,
    "stretchy": TRUTH,
    "width": LENGTH,
}
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
        root = ElementTree.fromstring(markup[markup.index(">") + 1 : markup.rindex("</math>")])
    except Exception:  # the library has no common error, and any failure means the same here
        return ""
    if root.tag != "mrow" or not len(root) or not all(_is_sound(element) for element in root.iter()):
        return ""
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _is_sound(element: ElementTree.Element) -> bool:
    """Whether readers will take the element; attributes that they might not take are removed."""
    name, text = element.tag, element.text or ""
    if name not in ELEMENTS or len(element) != PARTS.get(name, 0 if name in LEAVES else len(element)):
        return False
    # A command that was not understood is left standing with its backslash.
    if name != "mtext" and re.match(r"\\[A-Za-z]", text):
        return False
    for attribute, value in element.items():
        if attribute not in ATTRIBUTES or not ATTRIBUTES[attribute].fullmatch(value):
            del element.attrib[attribute]
    return True
