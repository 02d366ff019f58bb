"""Puts the words of a page together to lines.

In: the words of a page in drawing order. Out: chunks, runs of words on one baseline without a wide
gap. Typesetters draw a line from its beginning to its end, so drawing order is trusted where places
bear it out; raised and lowered words (note marks, exponents) stay with the line they are drawn in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from thesis_convert.loader.lines.direction import reads_from_right
from thesis_convert.page import BoundingBox, Font, Line, Word, enclosing_box
from thesis_convert.scripts import has_right_to_left

SAME_BASELINE = 0.2
"""Baselines closer than this share of the type size are one: nobody sets lines that close."""
SCRIPT_SHIFT = 0.75
"""How far, in sizes of the larger type, a raised or lowered smaller word may stand off."""
SCRIPT_SIZE = 0.9
"""A raised or lowered word is smaller than this share of the type it belongs to."""
CHUNK_GAP = 2.0
"""A gap wider than this many sizes is no word space, even in a badly justified line."""
MARK_GAP = 0.3
"""The mark of a note stands closer than so many sizes to its first word: no word space is as narrow."""
STACKED_WIDTH = 4.0
"""Two scripts above each other are not wider than so many sizes of what they belong to."""
GOOD_PART = 0.25
"""Type that sets this share of a line sets its baseline when all else is smaller: formulas have many scripts."""
CLOSE_HYPHEN = 0.6
"""A hyphen this share of the narrowest word space from its word is set off with the letters of its line alone."""
BACKTRACK = 0.6
"""Accents and kerning move back by less than this many sizes."""


def build_chunks(words: Sequence[Word]) -> list[list[Word]]:
    """The words as runs that stand on one baseline without wide gaps, in drawing order."""
    chunks: list[list[Word]] = []
    run: list[Word] = []
    anchor: Word | None = None  # the largest word of the run: its baseline is the line's
    for word in words:
        if anchor is not None and _continues(run[-1], anchor, word):
            run.append(word)
            if word.font is not anchor.font and word.font.size > anchor.font.size * 1.02:
                anchor = word
        else:
            run = [word]
            chunks.append(run)
            anchor = word
    return chunks


def _continues(previous: Word, anchor: Word, word: Word) -> bool:
    size = anchor.font.size
    if word.font is not anchor.font or word.baseline != anchor.baseline:
        size = max(size, word.font.size)
        shift = abs(word.baseline - anchor.baseline)
        smaller = min(anchor.font.size, word.font.size) < SCRIPT_SIZE * size
        belongs = smaller or not word.space_before or (previous is anchor and _is_marking(anchor, word))
        if shift > SAME_BASELINE * size and not (shift < SCRIPT_SHIFT * size and belongs):
            return False
    if word.turns != anchor.turns:
        return False
    forwards = word.box.left - previous.box.right
    if -BACKTRACK * size <= forwards <= CHUNK_GAP * size or _is_under(previous, anchor, word):
        return True
    # Such lines are put in order by place later, so what stands on one of them may come in any order.
    return has_right_to_left(word.text) or has_right_to_left(previous.text)


def _is_marking(mark: Word, word: Word) -> bool:
    """Whether a raised number touches the word after it: fixed-width type may be smaller than the mark of its note."""
    return (
        mark.text.isdecimal()
        and mark.baseline > word.baseline
        and word.font.monospace
        and abs(word.box.left - mark.box.right) < MARK_GAP * mark.font.size
    )


def _is_under(previous: Word, anchor: Word, word: Word) -> bool:
    """Whether a word is the lower of two scripts of one letter, which is drawn after the upper one."""
    size = anchor.font.size
    return (
        max(previous.font.size, word.font.size) < SCRIPT_SIZE * size
        and word.baseline < anchor.baseline < previous.baseline
        and anchor.box.left <= word.box.left
        and previous.box.right - word.box.left < STACKED_WIDTH * size
    )


def merge_rows(chunks: Iterable[list[Word]]) -> list[list[list[Word]]]:
    """Chunks on the same baseline together, from the top of the page to its foot.

    A chunk of raised or lowered small words goes to the row whose words it touches.
    """
    rows: list[tuple[float, float, list[list[Word]]]] = []
    measured = [(chunk, *measure_words(chunk)) for chunk in chunks]
    for chunk, font, baseline in sorted(measured, key=lambda m: -m[2]):
        size = font.size
        for row_baseline, row_size, row in reversed(rows[-4:]):
            if abs(row_baseline - baseline) <= SAME_BASELINE * min(size, row_size):
                row.append(chunk)
                break
        else:
            rows.append((baseline, size, [chunk]))
    return _attach_scripts(rows)


def _attach_scripts(rows: list[tuple[float, float, list[list[Word]]]]) -> list[list[list[Word]]]:
    """Puts rows that are only a raised or lowered word or two with the line they stand at."""
    kept: list[list[list[Word]]] = []
    for number, (baseline, size, row) in enumerate(rows):
        host = None
        if len(row) == 1 and len(row[0]) <= 3:
            for near in (number + 1, number - 1, number + 2):
                if not 0 <= near < len(rows):
                    continue
                other_baseline, other_size, other = rows[near]
                shift = baseline - other_baseline
                if (
                    size < SCRIPT_SIZE * other_size
                    and -0.4 * other_size < shift < SCRIPT_SHIFT * other_size
                    and _touches(row[0], other)
                ):
                    host = other
                    break
        if host is None:
            kept.append(row)
        else:
            host.append(row[0])
    return kept


def _touches(chunk: list[Word], row: list[list[Word]]) -> bool:
    left, right = find_span(chunk)
    for other in row:
        for word in other:
            reach = 0.5 * word.font.size
            if word.box.left - reach <= right and left <= word.box.right + reach:
                return True
    return False


def measure_words(words: Sequence[Word]) -> tuple[Font, float]:
    """The font of most of the characters, and the baseline of those in the largest type that sets a good part."""
    first = words[0]
    font = first.font
    for word in words:  # a font is one object however many words it has
        if word.font is not font:
            return _measure_mixed(words)
    return font, first.baseline


def _measure_mixed(words: Sequence[Word]) -> tuple[Font, float]:
    letters: dict[int, int] = {}  # by identity: a font is one object, and takes long to hash
    fonts: dict[int, Font] = {}
    for word in words:
        font = word.font
        letters[id(font)] = letters.get(id(font), 0) + len(word.text)
        fonts[id(font)] = font
    font = fonts[max(letters, key=letters.__getitem__)]
    larger = [one for one, other in fonts.items() if SCRIPT_SIZE * other.size > font.size]
    if larger and sum(map(letters.__getitem__, larger)) > GOOD_PART * sum(letters.values()):
        return font, next(word.baseline for word in words if id(word.font) in larger)
    if font is words[0].font:
        return font, words[0].baseline
    return font, next(w.baseline for w in words if w.font == font)


def make_line(page: int, chunks: Sequence[list[Word]], column: BoundingBox, right_to_left: bool = False) -> Line:
    """One line of chunks that share a baseline, in reading order.

    `right_to_left` says that most of the thesis is read from the right.
    """
    words = list(chain.from_iterable(chunks))
    box, text = enclosing_box([w.box for w in words]), line_text(words)
    before, after = box.left - column.left, column.right - box.right
    from_right = reads_from_right(text, right_to_left, before, after, column.width)
    if len(chunks) > 1 or words[-1].text == "-":
        words = list(chain.from_iterable(order_chunks(chunks, from_right)))
        if words[-1].text == "-":
            _set_last_hyphen(words)
        text = line_text(words)
    font, baseline = measure_words(words)
    return Line(page, tuple(words), box, baseline, font, text, column, from_right)


def _set_last_hyphen(words: list[Word]) -> None:
    """Makes a hyphen at a line's end part of its word, where it stands closer to it than words to each other."""
    gaps = [abs(b.box.left - a.box.right) for a, b in pairwise(words) if b.space_before]
    if len(gaps) > 2 and words[-1].space_before and gaps[-1] < CLOSE_HYPHEN * min(gaps[:-1]):
        words[-1] = words[-1]._replace(space_before=False)


def order_chunks(chunks: Sequence[list[Word]], from_right: bool) -> list[list[Word]]:
    if len(chunks) == 1:
        return list(chunks)
    if from_right:
        return sorted(chunks, key=lambda c: -find_span(c)[1])
    # A script that was drawn apart stands inside another chunk: words, not chunks, have an order.
    spans = sorted(find_span(chunk) for chunk in chunks)
    if any(a[1] > b[0] + 1.0 for a, b in pairwise(spans)):
        return [sorted((w for c in chunks for w in c), key=lambda w: w.box.left)]
    return sorted(chunks, key=lambda c: c[0].box.left)


def find_span(chunk: Sequence[Word]) -> tuple[float, float]:
    """The left and right edge of a chunk, whichever way it is read."""
    left, _, right, _ = chunk[0].box
    for word in chunk:  # as this is asked of all words several times, it is done without names and lists
        box = word[1]
        if box[0] < left:
            left = box[0]
        if box[2] > right:
            right = box[2]
    return left, right


def replace_words(line: Line, words: Sequence[Word], box: BoundingBox | None = None) -> Line:
    """The line with other words and their text; its box and font stay, unless there is another `box`."""
    return replace(line, words=tuple(words), text=line_text(words), box=box or line.box)


def line_text(words: Sequence[Word]) -> str:
    """The words with a space before each that is not glued to the one before it."""
    return "".join([f" {w.text}" if w.space_before else w.text for w in words]).removeprefix(" ")
