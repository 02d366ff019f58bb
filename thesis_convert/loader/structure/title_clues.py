"""What the rest of a thesis knows about its title page.

In: pages of lines, and the file's properties. Out: `Clues`: the title and authors that the file gives,
as far as they are printed; the words of running heads and of further title pages, where a title comes
back; and the words that the text writes small, which capitals on a title page do not make a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from thesis_convert.loader.structure.folding import fold_title
from thesis_convert.loader.structure.languages import MIN_LETTERS, detect_script
from thesis_convert.page import Line, PageLayout

HEAD_PAGES = 40
"""Pages whose running heads are looked at."""
SAMPLE = 4_000
"""Characters that tell the script."""
WORD_PAGES = 30
"""Pages whose words are looked at, from the middle of the thesis on."""
MIN_WORD = 3
"""Letters of a word that tells something."""
MIN_ECHO = 8
"""Letters of a title that is sure to come back by intention."""

_WORD = re.compile(r"[^\W\d_]+")


class Clues(NamedTuple):
    """`echoes` are folded letters, `ordinary` words in small letters, `script` is that of the text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    echoes: str = ""
    ordinary: frozenset[str] = frozenset()
    script: str = ""

    def comes_back(self, text: str) -> bool:
        """Whether a text stands in running heads or on another title page too."""
        letters = fold_title(text)
        return len(letters) >= MIN_ECHO and letters in self.echoes

    def is_foreign(self, text: str) -> bool:
        """Whether a text has no letter of the script that the thesis is written in."""
        script = detect_script(text)
        if not self.script or not script or script == self.script:
            return False
        return not any(detect_script(MIN_LETTERS * letter) == self.script for letter in text if letter.isalpha())

    def is_ordinary(self, text: str) -> bool:
        """Whether all of a text's words are words of the language: "Software Architecture" is nobody's name."""
        words = [word.lower() for word in _WORD.findall(text) if len(word) >= MIN_WORD]
        return bool(words) and all(word in self.ordinary for word in words)


def gather_clues(
    layouts: Sequence[PageLayout], others: Sequence[Sequence[Line]], title: str, authors: tuple[str, ...]
) -> Clues:
    """The clues of a thesis; `others` are the lines of further pages that speak of it as a whole."""
    heads = chain.from_iterable(layout.furniture for layout in layouts[:HEAD_PAGES])
    echoes = fold_title(" ".join(line.text for line in chain(heads, *others)))
    middle = layouts[len(layouts) // 3 :][:WORD_PAGES]
    printed = " ".join(line.text for layout in middle for line in layout.text if not line.font.monospace)
    words = Counter(word.strip(".,;:()") for word in printed.split())
    # "hanna" stands in an address of mail, while sentences write "Hanna".
    ordinary = frozenset(w for w, number in words.items() if w.islower() and number >= words[w.capitalize()])
    return Clues(title, authors, echoes, ordinary, detect_script(printed[:SAMPLE]))
