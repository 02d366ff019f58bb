"""Puts the pictures and drawings of a page together to shapes, the raw material of figures.

In: pages. Out: for each page its shapes. A shape is all that nearly touches: the thousand strokes of a
plot, two bitmaps side by side. Left out are grounds and frames around running text, and decorations,
which recur at one place on many pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from thesis_convert.loader.structure.leading import Leadings
from thesis_convert.page import BoundingBox, Font, Line, Page, PageLayout, Picture, Rule, Typography, enclosing_box

REACH = 0.6
"""Parts closer than this many body sizes are one shape: letters in a drawing stand no further from it."""
CAPTION_REACH = 4.0
"""A caption is within so many times that distance of the shape above it."""
BACKGROUND = 0.8
"""A part over this share of the page is its background when text stands on it."""
MAX_PARTS = 1000
CELL = 1.5
"""More parts than this are joined by the squares of a grid, so many body sizes wide, instead of one by one."""
MAX_SHAPES = 200
MAX_RULES = 2000
MAX_LINES = 400
"""What is looked at on one page; a page with more of these is no page of a thesis."""
FEW_PARTS = 80
"""Decorations have few parts; on a page with more, they are not looked for."""
RECURRING_PAGES = 3
RECURRING_SHARE = 0.2
"""A part at one place on this share of the pages, and on three at least, is a decoration."""
LONG_RULE = 0.85
"""A rule over this share of the column belongs to the page or to a table, unless it crosses a drawing."""
NOTE_RULE = 1.5
"""The rule over footnotes stands within this many sizes of them."""
SHRINK = 0.5
"""A line of text whose middle is this many sizes inside a part stands on it."""
WORDS = 4
"""Running text has at least this many words in a line, letters for the most part, and no wide gaps."""
LETTERS = 0.6
WIDE_GAP = 1.6
"""In sizes. Justified lines have word spaces up to this; columns and labels stand further apart."""
WIDE = 0.5
"""A line of running text takes at least this share of its column, except the last."""
VERY_WIDE = 0.75
PROSE_ON_BITMAP = 0.25
"""A bitmap with running text over this share of its height is a ground behind it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Parts that nearly touch, with how many there are of each kind.

    `bitmap_area` is what bitmaps cover; `content` is the same for shapes with the same bitmaps.
    """

    box: BoundingBox
    bitmaps: int = 0
    drawings: int = 0
    rectangles: int = 0
    content: int = 0
    bitmap_area: float = 0.0

    @property
    def parts(self) -> int:
        return self.bitmaps + self.drawings + self.rectangles


class Decorations:
    """What recurs at one place on many pages: logos, ornaments, rules, marks for cutting."""

    def __init__(self, pages: Sequence[Page]) -> None:
        pictures: Counter[tuple[object, ...]] = Counter()
        rules: Counter[tuple[int, ...]] = Counter()
        for page in pages:
            if len(page.pictures) <= FEW_PARTS:
                pictures.update({_picture_key(picture) for picture in page.pictures})
            rules.update({_round_box(rule.box) for rule in page.rules})
        least = max(RECURRING_PAGES, RECURRING_SHARE * len(pages))
        self.pictures = {key for key, count in pictures.items() if count >= least}
        self.rules = {key for key, count in rules.items() if count >= least}

    def has_picture(self, picture: Picture) -> bool:
        return _picture_key(picture) in self.pictures

    def has_rule(self, box: BoundingBox) -> bool:
        return _round_box(box) in self.rules


def find_shapes(
    layout: PageLayout,
    texts: Sequence[Line],
    captions: Sequence[Line],
    decorations: Decorations,
    typography: Typography,
) -> list[Shape]:
    """The shapes of a page. No shape has one of `captions` within, or a line of running text (`texts`)."""
    page = layout.page
    if not page.pictures:
        return []
    size = typography.size
    limit = BACKGROUND * page.width * page.height if len(page.words) > WORDS else float("inf")
    grounds = _Grounds([*texts, *captions], len(captions), size)
    kept = [p for p in page.pictures if p.box.area < limit and not decorations.has_picture(p)]
    shapes = [_make_shape(pictures) for pictures in _join_forms(kept, grounds)]
    if len(shapes) > MAX_PARTS:
        shapes = _join_by_cells(shapes, CELL * size)
    shapes = [s for s in shapes if not grounds.lie_on(s.box, s.bitmaps > 0)]
    titles = [line.box for line in captions]
    shapes = join_shapes(shapes, REACH * size, titles)
    shapes = sorted(shapes, key=lambda shape: -shape.box.area)[:MAX_SHAPES]
    foot = max((line.box.top for line in layout.notes), default=0.0) + NOTE_RULE * size
    rules = [rule for rule in page.rules if rule.box.bottom > foot and not decorations.has_rule(rule.box)]
    rules = rules[:MAX_RULES]
    ruled = []
    for shape in shapes:
        others = [other.box for other in shapes if _have_captions(shape.box, other.box, REACH * size, titles)]
        own = [rule for rule in rules if not any(is_near(rule.box, box, 0.0) for box in others)]
        ruled.append(_add_rules(shape, own, page.width, size))
    return join_shapes(ruled, 0.0)


def join_shapes(shapes: Sequence[Shape], reach: float, captions: Sequence[BoundingBox] = ()) -> list[Shape]:
    """Shapes that overlap or are nearer than `reach` as one, until none are; not those over captions side by side."""
    joined = list(shapes)
    count = -1
    while count != len(joined):
        count = len(joined)
        result: list[Shape] = []
        for shape in sorted(joined, key=lambda s: -s.box.top):
            for number, other in enumerate(result):
                if is_near(shape.box, other.box, reach) and not _have_captions(shape.box, other.box, reach, captions):
                    result[number] = join(shape, other)
                    break
            else:
                result.append(shape)
        joined = result
    return joined


def _have_captions(one: BoundingBox, other: BoundingBox, reach: float, captions: Sequence[BoundingBox]) -> bool:
    """Whether each of two shapes side by side has a caption of its own below it, no wider than it is."""
    if len(captions) < 2 or min(one.right, other.right) > max(one.left, other.left):
        return False
    return all(
        any(
            box.left - reach < caption.left
            and caption.right < box.right + reach
            and -reach < box.bottom - caption.top < CAPTION_REACH * reach
            for caption in captions
        )
        for box in (one, other)
    )


def join(*shapes: Shape) -> Shape:
    return Shape(
        enclosing_box([shape.box for shape in shapes]),
        sum(shape.bitmaps for shape in shapes),
        sum(shape.drawings for shape in shapes),
        sum(shape.rectangles for shape in shapes),
        sum(shape.content for shape in shapes),
        sum(shape.bitmap_area for shape in shapes),
    )


def is_near(box: BoundingBox, other: BoundingBox, reach: float) -> bool:
    return (
        box.left - reach <= other.right
        and other.left - reach <= box.right
        and box.bottom - reach <= other.top
        and other.bottom - reach <= box.top
    )


def find_prose(lines: Sequence[Line], typography: Typography, leadings: Leadings) -> set[tuple[int, int]]:
    """The keys of the lines that are running text for certain, and no labels of a drawing."""
    prose: set[tuple[int, int]] = set()
    run: list[Line] = []
    for line in lines:
        if run and not _goes_on(run[-1], line, typography, leadings):
            prose |= _read_run(run, typography)
            run = []
        run.append(line)
    return prose | _read_run(run, typography)


def same_face(font: Font, other: Font) -> bool:
    """Whether two fonts are of one family, as far as their names tell."""
    return font.name[:5].lower() == other.name[:5].lower()


def _make_shape(pictures: Sequence[Picture]) -> Shape:
    return Shape(
        enclosing_box([picture.box for picture in pictures]),
        sum(picture.kind == "bitmap" for picture in pictures),
        sum(picture.kind == "drawing" for picture in pictures),
        sum(picture.kind == "rectangle" for picture in pictures),
        sum(picture.content for picture in pictures),
        sum(picture.box.area for picture in pictures if picture.kind == "bitmap"),
    )


def _join_by_cells(shapes: Sequence[Shape], side: float) -> list[Shape]:
    """The shapes with all those as one whose middles lie in one square of a grid over the page."""
    cells: defaultdict[tuple[int, int], list[Shape]] = defaultdict(list)
    for shape in shapes:
        x, y = (shape.box.left + shape.box.right) / 2, (shape.box.bottom + shape.box.top) / 2
        cells[int(x // side), int(y // side)].append(shape)
    return [join(*members) for members in cells.values()]


class _Grounds:
    """Tells which parts lie behind text."""

    def __init__(self, lines: Sequence[Line], captions: int, size: float) -> None:
        lines = lines[-MAX_LINES:]
        self.middles = [
            ((line.box.left + line.box.right) / 2, (line.box.bottom + line.box.top) / 2, line.size) for line in lines
        ]
        self.first_caption = len(lines) - captions
        self.shrink = SHRINK * size

    def lie_on(self, box: BoundingBox, bitmap: bool) -> bool:
        """Whether running text or a caption stands on a part."""
        left, bottom, right, top = box
        left, bottom, right, top = left + self.shrink, bottom + self.shrink, right - self.shrink, top - self.shrink
        if right <= left or top <= bottom:
            return False
        covered = 0.0
        for number, (x, y, size) in enumerate(self.middles):
            if left < x < right and bottom < y < top:
                if number >= self.first_caption or not bitmap:
                    return True
                covered += 1.2 * size
        return covered > PROSE_ON_BITMAP * box.height


def _join_forms(pictures: Sequence[Picture], grounds: _Grounds) -> list[list[Picture]]:
    """The parts of each form together, unless it wraps text as well: then each part alone."""
    forms: defaultdict[int, list[Picture]] = defaultdict(list)
    for picture in pictures:
        forms[picture.key].append(picture)
    result: list[list[Picture]] = []
    for parts in forms.values():
        whole = len(parts) == 1 or not grounds.lie_on(enclosing_box([part.box for part in parts]), False)
        result += [parts] if whole else [[part] for part in parts]
    return result


def _add_rules(shape: Shape, rules: Sequence[Rule], width: float, size: float) -> Shape:
    """The shape with the rules that touch it: axes, arrows, frames. Nothing is drawn on to a bitmap but over it."""
    box = shape.box
    drawn = shape.drawings + shape.rectangles > 0
    for rule in rules:
        long = rule.horizontal and rule.box.width > LONG_RULE * max(box.width, 0.5 * width)
        if is_near(rule.box, box, REACH * size if drawn and not long else 0.0):
            box = enclosing_box((box, rule.box))
    return replace(shape, box=box)


def _goes_on(above: Line, line: Line, typography: Typography, leadings: Leadings) -> bool:
    if above.column != line.column or abs(above.size - line.size) > 0.06 * line.size:
        return False
    leading = leadings.get(("", line.size), typography.leading / typography.size * line.size)
    return 0 < above.baseline - line.baseline <= 1.25 * max(leading, 1.1 * line.size)


def _read_run(run: Sequence[Line], typography: Typography) -> set[tuple[int, int]]:
    """The keys of lines that follow each other when they are running text, else none."""
    if not run:
        return set()
    body = typography.body
    own = same_face(run[0].font, body) or same_face(run[-1].font, body)
    full = [line for line in run if is_running(line)]
    widths = [line.box.width / max(line.column.width, 1.0) for line in full]
    if len(run) == 1:
        found = bool(full) and own and widths[0] > WIDE and abs(run[0].size - body.size) < 0.06 * body.size
    elif own:
        found = len(full) >= len(run) / 2 and max(widths, default=0.0) > WIDE
        found = found or (len(run) > 2 and _is_narrow_column(run, body))
    else:
        found = len(run) > 2 and len(full) > len(run) / 2 and max(widths, default=0.0) > VERY_WIDE
    return {line.key for line in run} if found else set()


def _is_narrow_column(run: Sequence[Line], body: Font) -> bool:
    """Whether lines in the body type stand beside a figure."""
    if abs(run[0].size - body.size) > 0.06 * body.size:
        return False
    flush = sum(abs(line.box.left - run[1].box.left) < 2.0 for line in run)
    return flush >= len(run) - 1 and sum(len(line.text) for line in run) > 20 * len(run)


def is_running(line: Line) -> bool:
    """Whether a line has the words and spaces of running text."""
    text = line.text
    # Scripts without spaces have a word in every other character.
    words = text.count(" ") + 1 + (0 if text.isascii() else sum(c > "\u2e80" for c in text) // 2)
    if words < WORDS or sum(map(str.isalpha, text)) < LETTERS * (len(text) - words):
        return False
    return not has_wide_gaps(line)


def has_wide_gaps(line: Line) -> bool:
    """Whether words of a line stand further apart than those of running text do."""
    limit = WIDE_GAP * line.size
    return any(after.box.left - before.box.right > limit for before, after in pairwise(line.words))


def _picture_key(picture: Picture) -> tuple[object, ...]:
    return (picture.kind, picture.content, *_round_box(picture.box))


def _round_box(box: BoundingBox) -> tuple[int, ...]:
    return round(box.left), round(box.bottom), round(box.right), round(box.top)
