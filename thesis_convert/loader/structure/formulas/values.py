"""What is told of the formulas within lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from thesis_convert.document import Math
from thesis_convert.page import WordKey


@dataclass(frozen=True, slots=True)
class InlineFormulas:
    """Formulas by the word that each begins with, and the other words that they take the place of."""

    formulas: Mapping[WordKey, Math]
    hidden: frozenset[WordKey]
