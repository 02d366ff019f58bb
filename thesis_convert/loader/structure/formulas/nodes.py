"""The nodes of a formula's tree, and the items that it is read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from thesis_convert.page import (
    BoundingBox,
    enclosing_box,
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Characters of one kind: a letter, a number, a sign, an upright name, or words of text.

    `style` is "" for what is set as usual in formulas; else "upright", "bold", "bold-italic",
    "calligraphic", "blackboard", "fraktur", "sans", "typewriter" or "text".
    """

    text: str
    style: str = ""
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Scripts:
    """`limits` says that they stand under and over the base, not beside it."""

    base: Node
    below: Node | None
    above: Node | None
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Fraction:
    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Root:
    inside: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """`mark` is TeX's name for it: "hat", "overline" ..."""

    mark: str
    inside: Node


@dataclass(frozen=True, slots=True)
class Brace:
    """A horizontal brace over or under something, with what stands at its tip."""

    inside: Node
    label: Node | None
    above: bool


@dataclass(frozen=True, slots=True)
class Fence:
    """Stretched brackets around something; "" where one side has none."""

    left: str
    inside: Node
    right: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells: a matrix, cases, or formulas under each other (`aligned`)."""

    rows: tuple[tuple[Node, ...], ...]
    aligned: bool = False


Node = Symbol | Row | Scripts | Fraction | Root | Accent | Brace | Fence | Grid


class Item(NamedTuple):
    """A node and where it stands. `free` ones belong to a row whatever their height: brackets, fractions."""

    node: Node
    box: BoundingBox
    baseline: float
    size: float
    free: bool = False

    @property
    def text(self) -> str:
        return self.node.text if isinstance(self.node, Symbol) else ""

    @property
    def middle(self) -> float:
        return (self.box.left + self.box.right) / 2

    @property
    def height(self) -> float:
        """Of the middle, over the page's foot."""
        return (self.box.bottom + self.box.top) / 2


class UnreadableError(Exception):
    """The places make no sense as a formula."""


def make_row(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Row(tuple(nodes))


def make_item(node: Node, parts: Sequence[Item], baseline: float, size: float) -> Item:
    """An item that takes the place of several."""
    return Item(node, enclosing_box([part.box for part in parts]), baseline, size, True)


def replace_items(items: Sequence[Item], old: Sequence[Item], new: Item) -> list[Item]:
    gone = {id(item) for item in old}
    return [item for item in items if id(item) not in gone] + [new]


ReadLevel = Callable[[Sequence[Item]], Node]
"""Reads what stands in a part of a formula."""
