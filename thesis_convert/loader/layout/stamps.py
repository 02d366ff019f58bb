"""Takes out what is stamped on the pages: crop marks, rulers, the name and date of a draft, watermarks.

In: the chunks of all pages. Out: the same without those that say the same at the same place on nearly every page,
and these. A running head stays behind when it changes; what never does is the paper's, wherever it stands. It has
to go before lines are made, since it may stand outside the running head and beside the lines of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from thesis_convert.page import Word

Chunk = list[Word]

STAMPED_SHARE = 0.8
"""What stands on this share of the left pages, or of the right ones, is stamped: a cover and plates may go without."""
MIN_PAGES = 4
"""On fewer pages of one side than this nothing can be said to stand on nearly all."""
SAME_HEIGHT = 3.0
"""Points by which a stamp may wander on pages of another shape."""


def take_stamps(pages: Sequence[Sequence[Chunk]]) -> tuple[list[list[Chunk]], list[list[Chunk]]]:
    """The chunks of each page that are its own, and those that are stamped on it."""
    stamped = [_find_stamps(pages[side::2]) for side in (0, 1)]
    if not any(stamped):
        return [list(chunks) for chunks in pages], [[] for _ in pages]
    own: list[list[Chunk]] = [[] for _ in pages]
    stamps: list[list[Chunk]] = [[] for _ in pages]
    for number, chunks in enumerate(pages):
        for chunk in chunks:
            heights = stamped[number % 2].get(_say(chunk), ())
            is_stamp = any(abs(chunk[0].baseline - height) <= SAME_HEIGHT for height in heights)
            (stamps if is_stamp else own)[number].append(chunk)
    return own, stamps


def _find_stamps(pages: Sequence[Sequence[Chunk]]) -> dict[str, list[int]]:
    """What is stamped on pages of one side, and at which heights."""
    least = max(MIN_PAGES, STAMPED_SHARE * len(pages))
    if len(pages) < least:
        return {}
    # Few chunks begin with one word at one place on most pages; only of those the whole is looked at.
    begun = Counter(beginning for chunks in pages for beginning in set(map(_find_beginning, chunks)))
    usual = {beginning for beginning, number in begun.items() if number >= least}
    count: Counter[tuple[str, int, int]] = Counter()
    for chunks in pages:
        recurring = [chunk for chunk in chunks if _find_beginning(chunk) in usual]
        count.update({(_say(chunk), *_find_beginning(chunk)[1:]) for chunk in recurring})
    found: defaultdict[str, list[int]] = defaultdict(list)
    for (words, height, _), number in count.items():
        if number >= least:
            found[words].append(height)
    return found


def _find_beginning(chunk: Chunk) -> tuple[str, int, int]:
    """The first word of a chunk, and how high and far to the right it stands, in points."""
    word = chunk[0]
    return word.text, round(word.baseline), round(word.box[0])


def _say(chunk: Chunk) -> str:
    return " ".join(word.text for word in chunk)
