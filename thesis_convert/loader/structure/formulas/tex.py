"""Writes a formula's tree as TeX.

In: a node. Out: TeX of the kind that LaTeX with amsmath reads in a formula, with spaces around
relations and sums so that people can read it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert.loader.structure.formulas.nodes import (
    Accent,
    Brace,
    Fence,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Scripts,
    Symbol,
)
from thesis_convert.loader.structure.formulas.symbols import (
    ARROWS,
    BIG,
    BINARY,
    COMMANDS,
    ENVIRONMENTS,
    FUNCTIONS,
    OPENING,
    RELATIONS,
    STYLES,
    TEXT_SIGNS,
    write_char,
)

_SIGN_TEX = "|".join(re.escape("\\" + COMMANDS[c]) for c in sorted(RELATIONS | BINARY | ARROWS) if c in COMMANDS)
_LAST = re.compile(rf"(?:[=<>+\-]|(?:{_SIGN_TEX}))$")
_FIRST = re.compile(rf"(?:[=<>]|(?:{_SIGN_TEX})(?![A-Za-z]))")


def write_tex(node: Node) -> str:
    """The node as TeX. Raises UnreadableError at a sign that has no name."""
    tokens = _write(node)
    text = ""
    for token in tokens:
        if token == " " and (not text or text[-1] in " {(["):
            continue
        if text and text[-1].isalpha() and token[0].isalpha() and _ends_command(text):
            text += " "
        text += token
    return text.strip()


def goes_on(first: str, second: str) -> bool:
    """Whether a line end between two pieces of TeX divides one formula: lines end after a sign or before one."""
    return _LAST.search(first) is not None or _FIRST.match(second) is not None


def _ends_command(text: str) -> bool:
    end = len(text)
    while end and text[end - 1].isalpha():
        end -= 1
    return end > 0 and text[end - 1] == "\\" and not text.endswith("\\\\")


def _write(node: Node) -> list[str]:
    if isinstance(node, Symbol):
        return _write_symbol(node)
    if isinstance(node, Row):
        return _write_row(node.nodes)
    if isinstance(node, Scripts):
        return _write_scripts(node)
    if isinstance(node, Fraction):
        return ["\\frac", *_group(node.above, True), *_group(node.below, True)]
    if isinstance(node, Root):
        degree = ["[", *_write(node.degree), "]"] if node.degree is not None else []
        return ["\\sqrt", *degree, *_group(node.inside, True)]
    if isinstance(node, Accent):
        return ["\\" + node.mark, *_group(node.inside, True)]
    if isinstance(node, Brace):
        label = [("^" if node.above else "_"), *_group(node.label)] if node.label is not None else []
        return ["\\overbrace" if node.above else "\\underbrace", *_group(node.inside, True), *label]
    if isinstance(node, Fence):
        return _write_fence(node)
    return _write_grid(node, "aligned" if node.aligned else "matrix")


def _write_row(nodes: Sequence[Node]) -> list[str]:
    tokens: list[str] = []
    operand = False  # whether something stands before that a sign may join to what follows
    for place, node in enumerate(nodes):
        base = node.base if isinstance(node, Scripts) else node
        sign = base.text if isinstance(base, Symbol) else ""
        written = _write(node)
        if (
            (sign and (sign in RELATIONS or sign in ARROWS))
            or (sign in BINARY and sign and operand and place < len(nodes) - 1)
        ) or (sign and sign in BIG):
            tokens += [" ", *written, " "]
        elif isinstance(base, Symbol) and base.style == "text":
            before = nodes[place - 1] if place else None
            joined = isinstance(before, Symbol) and before.style == "text"
            tokens += _write_text(base, tokens, joined) if base is node else [" ", *written, " "]
        elif sign in FUNCTIONS or sign in (",", ";"):
            tokens += [*written, " "]
        else:
            tokens += written
        operand = sign not in RELATIONS and sign not in BINARY and sign not in OPENING + "," if sign else True
    return tokens


def _write_text(symbol: Symbol, tokens: list[str], joined: bool) -> list[str]:
    if joined and len(tokens) > 1 and tokens[-2] == "}":
        del tokens[-2:]
        return [" ", symbol.text.translate(TEXT_SIGNS), "}", " "]
    return [" ", "\\text{", symbol.text.translate(TEXT_SIGNS), "}", " "]


def _write_symbol(symbol: Symbol) -> list[str]:
    text = symbol.text
    if len(text) > 1 and text.isalpha():
        if text in FUNCTIONS and symbol.style in ("upright", "text", "bold"):
            return ["\\" + text]
        style = STYLES.get(symbol.style, "text" if symbol.style == "text" else "mathit")
        return [
            f"\\{style}{{",
            text.translate(TEXT_SIGNS) if style == "text" else "".join(write_char(c) for c in text),
            "}",
        ]
    if symbol.style in STYLES:
        if text.isalpha() and not (symbol.style == "upright" and not text.isascii()):
            style = "boldsymbol" if symbol.style == "bold" and not text.isascii() else STYLES[symbol.style]
            return [f"\\{style}{{", write_char(text), "}"]
        if text[0].isdigit() and symbol.style == "bold":
            return ["\\mathbf{", text, "}"]
    return [write_char(char) for char in text] if text.isdigit() else [write_char(c) for c in text]


def _group(node: Node, always: bool = False) -> list[str]:
    """A node as an argument, in braces unless it is a single token."""
    tokens = _write(node)
    if not always and len(tokens) == 1 and (len(tokens[0]) == 1 or tokens[0][0] == "\\"):
        return tokens
    return ["{", *_strip(tokens), "}"]


def _strip(tokens: list[str]) -> list[str]:
    while tokens and tokens[0] == " ":
        tokens = tokens[1:]
    while tokens and tokens[-1] == " ":
        tokens = tokens[:-1]
    return tokens


def _write_scripts(node: Scripts) -> list[str]:
    base = node.base
    sign = base.text if isinstance(base, Symbol) else ""
    if node.limits and (sign in RELATIONS or sign in ARROWS) and sign:
        tokens = _write(base)
        if node.above is not None:
            tokens = ["\\overset", *_group(node.above, True), *_group(base, True)]
        return tokens
    simple = isinstance(base, Symbol) and (len(base.text) == 1 or base.text.isdigit() or base.text in FUNCTIONS)
    tokens = _write(base) if simple or isinstance(base, Fence | Accent | Brace) else _group(base, True)
    if node.limits and sign and sign not in FUNCTIONS and sign not in BIG:
        tokens = [f"\\operatorname*{{{sign}}}"]
    if node.below is not None:
        tokens += ["_", *_group(node.below)]
    if node.above is not None:
        primes = _count_primes(node.above)
        tokens += ["'" * primes] if primes else ["^", *_group(node.above)]
    return tokens


def _count_primes(node: Node) -> int:
    nodes = node.nodes if isinstance(node, Row) else (node,)
    return len(nodes) if nodes and all(isinstance(n, Symbol) and n.text == "′" for n in nodes) else 0


def _write_fence(node: Fence) -> list[str]:
    if isinstance(node.inside, Grid) and not node.inside.aligned:
        environment = ENVIRONMENTS.get((node.left, node.right), "")
        if environment and (environment != "cases" or len(node.inside.rows[0]) <= 2):
            return _write_grid(node.inside, environment)
    return [f"\\left{_bracket(node.left)}", " ", *_write(node.inside), " ", f"\\right{_bracket(node.right)}"]


def _bracket(sign: str) -> str:
    return write_char(sign) if sign else "."


def _write_grid(node: Grid, environment: str) -> list[str]:
    tokens = [f"\\begin{{{environment}}}", " "]
    for number, row in enumerate(node.rows):
        if number:
            tokens += [" ", "\\\\", " "]
        for place, cell in enumerate(row):
            tokens += [" ", "&", " "] if place else []
            tokens += _strip(_write(cell))
    return [*tokens, " ", f"\\end{{{environment}}}"]
