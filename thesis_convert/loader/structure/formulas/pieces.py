"""Puts signs together that are drawn in parts: tall brackets, negated signs, long arrows, accents.

In: items of single glyphs. Out: items of whole signs. The parts of a sign touch or cover each other,
as separate signs never do.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from thesis_convert.loader.structure.formulas.nodes import Accent, Item, Symbol, make_row
from thesis_convert.loader.structure.formulas.symbols import ACCENTS, BARS, CLOSING, OPENING
from thesis_convert.page import (
    enclosing_box,
)

PIECES = {
    **dict.fromkeys("⎛⎜⎝", "("), **dict.fromkeys("⎞⎟⎠", ")"), **dict.fromkeys("⎡⎢⎣", "["), **dict.fromkeys("⎤⎥⎦", "]"),
    **dict.fromkeys("⎧⎨⎩⎪", "{"), **dict.fromkeys("⎫⎬⎭", "}"), **dict.fromkeys("⏐|", "|"), "‖": "‖",
    **dict.fromkeys("⎷\u23b8⌜", "√"), **dict.fromkeys("⌠⎮⌡", "∫"), **{c: c for c in "()[]{}"},
}  # fmt: skip
WHOLE = frozenset("()[]{}|‖")
"""Signs that may be pieces of a taller one, and may be what they are."""
_DOTS = {".": "…", "⋅": "⋯", "·": "⋯"}
_NEGATION, _MAPS = "\u0338", "↦"
_WIDENED = {"hat": "widehat", "tilde": "widetilde", "bar": "overline", "vec": "overrightarrow"}


def join_pieces(items: list[Item]) -> list[Item]:
    """Brackets that were built of pieces become one tall bracket each."""
    pieces = [item for item in items if item.text in PIECES]
    if len(pieces) < 2:
        return items
    groups: list[list[Item]] = []
    for piece in sorted(pieces, key=lambda i: -i.box.top):
        group = next((g for g in reversed(groups) if _touches(g[-1], piece)), None)
        if group is None:
            groups.append([piece])
        else:
            group.append(piece)
    joined = [item for item in items if item.text not in PIECES]
    for group in groups:
        if len(group) == 1 and group[0].text in WHOLE:
            joined += group
            continue
        signs = [PIECES[item.text] for item in group]
        sign = next((s for s in signs if s != "{"), signs[0])
        box = enclosing_box([item.box for item in group])
        joined.append(
            group[0]._replace(
                node=Symbol(sign, "", sign in OPENING + CLOSING + BARS),
                box=box,
                baseline=(box.bottom + box.top) / 2 - 0.25 * group[0].size,
            )
        )
    return joined


def _touches(upper: Item, lower: Item) -> bool:
    same = PIECES[upper.text] == PIECES[lower.text] or "⎪" in (upper.text, lower.text)
    if upper.text in "()[]{}" and lower.text in "()[]{}":
        return False
    reach = 0.3 * upper.size
    return same and abs(upper.middle - lower.middle) < reach and abs(upper.box.bottom - lower.box.top) < reach


def set_sizes(items: list[Item]) -> list[Item]:
    """Large signs with the size of the letters beside them: some typesetters have them in one size only."""
    firm = [item for item in items if not item.free]
    result = []
    for item in items:
        if item.free:
            beside = [f.size for f in firm if abs(f.baseline - item.baseline) < 0.15 * f.size]
            item = item._replace(size=max(beside)) if beside else item
        result.append(item)
    return result


def join_dots(items: list[Item]) -> list[Item]:
    """Three dots that are spaced out are one sign."""
    result: list[Item] = []
    for item in sorted(items, key=lambda i: i.box.left) if any(i.text in _DOTS for i in items) else items:
        result.append(item)
        dots = result[-3:]
        if item.text not in _DOTS or len(dots) < 3 or {d.text for d in dots} != {item.text}:
            continue
        gaps = [b.box.left - a.box.right for a, b in pairwise(dots)]
        level = max(d.baseline for d in dots) - min(d.baseline for d in dots) < 0.1 * item.size
        if level and min(gaps) > 0.08 * item.size and max(gaps) < item.size:
            box = enclosing_box([d.box for d in dots])
            result[-3:] = [item._replace(node=Symbol(_DOTS[item.text]), box=box)]
    return result


def join_overlays(items: list[Item]) -> list[Item]:
    """A slash that is drawn over a sign negates it; arrows are built of a stroke and a tip."""
    result: list[Item] = []
    for item in sorted(items, key=lambda i: i.box.left):
        other = next((r for r in reversed(result[-2:]) if _overlaps(r, item)), None)
        joined = _overlay(other.text, item.text) if other is not None else ""
        if other is None or not joined:
            result.append(item)
            continue
        box = enclosing_box([other.box, item.box])
        result[result.index(other)] = item._replace(node=Symbol(joined), box=box)
    return result


def _overlaps(left: Item, right: Item) -> bool:
    return (
        abs(left.baseline - right.baseline) < 0.1 * right.size and right.box.left < left.box.right + 0.02 * right.size
    )


def _overlay(left: str, right: str) -> str:
    if _NEGATION in (left, right):
        return unicodedata.normalize("NFC", (right if left == _NEGATION else left) + _NEGATION)
    if left == _MAPS and right == "→":
        return _MAPS
    return {
        "−→": "⟶",
        "←−": "⟵",
        "=⇒": "⟹",
        "⇐=": "⟸",
        "−⟶": "⟶",
        "⟵−": "⟵",
        "←→": "⟷",
        "⇐⇒": "⟺",
        "−−": "−−",
        "−−→": "⟶",
    }.get(left + right, "")


def set_accents(items: list[Item]) -> list[Item]:
    """Letters with the accents that stand over them."""
    marks = [item for item in items if item.text in ACCENTS]
    result = [_open_accent(item) for item in items if item.text not in ACCENTS]
    for mark in marks:
        under = [i for i in result if _stands_under(i, mark)]
        name = ACCENTS[mark.text]
        if not under:
            result.append(mark)
            continue
        if mark.box.width < 0.7 * mark.size:
            under = [min(under, key=lambda i: abs(i.middle - mark.middle))]
        wide = len(under) > 1
        first = min(under, key=lambda i: i.box.left)
        node = Accent(
            _WIDENED.get(name, name) if wide else name,
            make_row([i.node for i in sorted(under, key=lambda i: i.box.left)]),
        )
        box = enclosing_box([i.box for i in under])
        result = [i for i in result if i not in under]
        result.append(first._replace(node=node, box=box._replace(top=box.top + 0.2 * first.size)))
    return result


def _stands_under(item: Item, mark: Item) -> bool:
    return (
        not item.free
        and abs(item.baseline - mark.baseline) < 0.8 * item.size
        and item.box.bottom < mark.height
        and mark.box.left - 0.1 * item.size < item.middle < mark.box.right + 0.1 * item.size
    ) or (
        not item.free
        and item.box.left <= mark.middle <= item.box.right
        and -0.1 * item.size <= mark.baseline - item.baseline < 0.6 * item.size
    )


def _open_accent(item: Item) -> Item:
    """A letter that has its accent in its character."""
    if not isinstance(item.node, Symbol) or len(item.text) != 1 or item.node.style == "text":
        return item
    plain = unicodedata.normalize("NFD", item.text)
    if len(plain) != 2 or plain[1] not in ACCENTS:
        return item
    return item._replace(node=Accent(ACCENTS[plain[1]], Symbol(plain[0], item.node.style)))
