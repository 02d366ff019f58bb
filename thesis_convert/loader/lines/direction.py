"""Arranges the rows of pages on which a script runs from right to left.

In: the rows of all pages. Out: the same, with the chunks of such rows from the right and their words in
reading order. Rows without such words are untouched, and so is a thesis without them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from thesis_convert.loader.lines.pieces import DASHES
from thesis_convert.loader.lines.reading_order import order_words
from thesis_convert.page import Word, enclosing_box
from thesis_convert.scripts import fold_digits, has_left_to_right, has_right_to_left, is_right_to_left

WIDE_GAP = 2.0
"""A gap wider than this many sizes is no word space, even in a badly justified line."""
FLUSH = 0.25
"""A line that keeps to one edge and leaves this share of the column free at the other belongs to the first."""
NEAR_EDGE = 0.04
"""A line that is closer to an edge than this share of the column keeps to it."""
MAX_LABEL = 16
"""No section's number has more characters."""
JOINTS = ".-–/"
"""Signs between the parts of a section's number."""

MIN_VOTES = 3
"""So many pairs of numbers that follow each other make sure how the numbers of one page are read."""

Row = list[list[Word]]
"""The chunks on one baseline."""
Rows = list[Row]
"""The rows of a page, from its top down."""
Label = tuple[str, tuple[int, ...]]
"""The sign between the parts of a section's number, and the parts from left to right."""


def arrange_rows(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The rows of every page, in reading order within each row."""
    texts = ["".join([word.text for row in rows for chunk in row for word in chunk]) for rows in pages]
    two_way = [has_right_to_left(text) or _is_taken_from_right(rows) for text, rows in zip(texts, pages, strict=True)]
    if not any(two_way):
        return [list(rows) for rows in pages]
    rightwards = [is_right_to_left(text) for text in texts]
    turned = _find_turned_joints([rows if turn else [] for rows, turn in zip(pages, rightwards, strict=True)])
    return [
        _arrange_page(rows, turn, joints) if there else list(rows)
        for there, turn, joints, rows in zip(two_way, rightwards, turned, pages, strict=True)
    ]


def reads_from_right(text: str, right_to_left: bool, before: float, after: float, width: float) -> bool:
    """Whether a row is read from the right, when most of its surroundings are or are not.

    `before` and `after` are the room on its left and right, out of `width`.
    """
    if not right_to_left:
        return is_right_to_left(text)
    if has_right_to_left(text):
        return True
    if has_left_to_right(text):
        return before > FLUSH * width and after < NEAR_EDGE * width
    return not (after > FLUSH * width and before < NEAR_EDGE * width)


def _is_taken_from_right(rows: Sequence[Row]) -> bool:
    """Whether lines of Latin words come from the right, as they do when a PDF asks for pages from the right."""
    steps = [after[0].box.left < before[0].box.left for row in rows for before, after in pairwise(row)]
    return sum(steps) > max(len(rows), len(steps) / 2)


def _arrange_page(rows: Sequence[Row], right_to_left: bool, turned: frozenset[str]) -> list[Row]:
    boxes = [enclosing_box([word.box for chunk in row for word in chunk]) for row in rows]
    whole = enclosing_box(boxes)
    result = []
    for row, box in zip(rows, boxes, strict=True):
        text = "".join(word.text for chunk in row for word in chunk)
        from_right = reads_from_right(text, right_to_left, box.left - whole.left, whole.right - box.right, whole.width)
        words = sorted((word for chunk in row for word in chunk), key=lambda w: w.box.left + w.box.right)
        chunks = [order_words(chunk, from_right, turned) for chunk in _split_at_gaps(words)]
        result.append(chunks[::-1] if from_right else chunks)
    return result


def _split_at_gaps(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words from left to right, cut where a gap is too wide for a space."""
    chunk = [words[0]]
    edge = words[0].box.right
    for word in words[1:]:
        if word.box.left - edge > WIDE_GAP * max(word.font.size, chunk[-1].font.size):
            yield chunk
            chunk = []
        chunk.append(word)
        edge = max(edge, word.box.right)
    yield chunk


# --- Section numbers ------------------------------------------------------------------------------


def _find_turned_joints(pages: Sequence[Sequence[Row]]) -> list[frozenset[str]]:
    """For each page the signs over which section numbers are read from the right: so that the numbers count up.

    A contents page may have them the other way round than the headings, and tells by itself.
    """
    labels = [[label for row in rows if (label := _read_label(row)) is not None] for rows in pages]
    local = [_vote(page) for page in labels]
    sure = [{joint for joint, votes in page.items() if abs(votes) >= MIN_VOTES} for page in local]
    common = _vote([label for page, own in zip(labels, sure, strict=True) for label in page if label[0] not in own])
    result = []
    for own, known in zip(local, sure, strict=True):
        votes = {joint: own[joint] if joint in known else common[joint] for joint in JOINTS}
        result.append(frozenset(j for j in JOINTS if votes[j] > 0 or (votes[j] == 0 and j in DASHES)))
    return result


def _vote(labels: Sequence[Label]) -> Counter[str]:
    """For each joint how many more numbers count up when read from the right than from the left."""
    votes: Counter[str] = Counter()
    before: dict[str, tuple[int, ...]] = {}
    for joint, parts in labels:
        if joint in before:
            votes[joint] += _counts_up(before[joint][::-1], parts[::-1]) - _counts_up(before[joint], parts)
        before[joint] = parts
    return votes


def _counts_up(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether a section's number is the next after another's, or its first subsection's."""
    if after == (*before, 1):
        return True
    depth = len(after) - 1
    return before[:depth] == after[:depth] and len(before) > depth and after[depth] == before[depth] + 1


def _read_label(row: Row) -> Label | None:
    """The joint and the parts, from left to right, of the number at a row's right end."""
    words = sorted((word for chunk in row for word in chunk), key=lambda w: -w.box.right)
    text = ""
    for number, word in enumerate(words):
        if number and words[number - 1].box.left - word.box.right > 0.1 * word.font.size:
            break
        text = fold_digits(word.text) + text
        if len(text) > MAX_LABEL:
            return None
    text = text.strip(JOINTS + ":)( ")
    joint = next((j for j in JOINTS if j in text), "")
    parts = text.split(joint) if joint else []
    if len(parts) < 2 or not all(part.isdigit() and len(part) <= 2 for part in parts):
        return None
    return joint, tuple(map(int, parts))
