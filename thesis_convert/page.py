"""What is on paper: the values that pass between the stages of the loader.

Lengths are in PDF points (1/72 inch). The origin is the bottom left corner of the page as it is
shown, with its rotation applied, x to the right and y upwards. Every value is immutable; a stage
makes new values and never changes those that it was given. Writers never see this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class BoundingBox(NamedTuple):
    """A rectangle with `left <= right` and `bottom <= top`, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return self.width * self.height

    def overlap(self, other: BoundingBox) -> float:
        """The area that both share, 0 when they are apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


def enclosing_box(boxes: Iterable[BoundingBox]) -> BoundingBox:
    """The smallest box around all of `boxes`, of which there must be one at least."""
    boxes = iter(boxes)
    left, bottom, right, top = next(boxes)
    for box in boxes:
        if box[0] < left:
            left = box[0]
        if box[1] < bottom:
            bottom = box[1]
        if box[2] > right:
            right = box[2]
        if box[3] > top:
            top = box[3]
    return BoundingBox(left, bottom, right, top)


class Font(NamedTuple):
    """A face at one size, as far as the PDF tells.

    `size` is the height of the em square on paper in points, after every transformation. `weight`
    is 400 for regular and 700 for bold type. `math` marks a face made for formulas.
    """

    name: str
    size: float
    weight: int = 400
    italic: bool = False
    monospace: bool = False
    small_caps: bool = False
    math: bool = False

    @property
    def bold(self) -> bool:
        return self.weight >= 600


class Word(NamedTuple):
    """Characters without a space between them, all in one font on one baseline.

    A printed word that changes its font (`word` and its note mark) is several of these; all but
    the first have `space_before` false. `order` is the place of the first character in the page's
    own drawing order. `color` is 0xRRGGBB; the layout has 0 for that of most text. `turns` counts
    the quarter turns, anticlockwise, of the line that the word stands on: 0 for upright text. On a
    line that runs up or down the page the baseline is its distance from the page's left edge.
    """

    text: str
    box: BoundingBox
    baseline: float
    font: Font
    space_before: bool = True
    order: int = 0
    color: int = 0
    turns: int = 0


WordKey = tuple[int, int]
"""Page index and drawing order: names one word of a thesis, or the line that begins with it."""


class Rule(NamedTuple):
    """A thin straight line, horizontal or vertical, drawn or filled."""

    box: BoundingBox

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


class Picture(NamedTuple):
    """A bitmap or a drawing on a page.

    `kind` is "bitmap" for one raster image, "rectangle" for an upright one that is framed or filled
    (a bar of a chart, a ground behind text), "drawing" for every other vector path. `key` finds it
    again in the page that it was read from: the place in the page's own list of objects. The parts
    of one form XObject share their key. `content` is the same for bitmaps with the same data.
    """

    box: BoundingBox
    kind: str
    key: int
    content: int = 0


class LinkArea(NamedTuple):
    """A place to click: to a web address (`uri`), or to a place in the same file.

    `name` is the named destination when the file names it ("section.2.3", "cite.smith"); `page` is
    a page index from 0 and `top` the height on it, None when the link leaves it open.
    """

    box: BoundingBox
    uri: str = ""
    name: str = ""
    page: int | None = None
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read, before any recognition.

    `index` is its place among the pages that are converted, from 0; `number` its place in the PDF,
    from 1. `turns` counts the quarter turns, anticlockwise, that its text has on the page as shown:
    where it is not 0, the layout has turned the page back, and with it all boxes. `marked` has the
    identifiers and places of the marked content that was asked for.
    """

    index: int
    number: int
    label: str
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[LinkArea, ...] = ()
    turns: int = 0
    marked: tuple[tuple[int, BoundingBox], ...] = ()


class Bookmark(NamedTuple):
    """An entry of the PDF's outline. `level` counts from 0, `page` is a page index from 0."""

    title: str
    level: int
    page: int | None
    top: float | None = None
    name: str = ""


class Destination(NamedTuple):
    """A named place in the file, such as LaTeX's "chapter.3" or "cite.smith"."""

    name: str
    page: int
    left: float | None = None
    top: float | None = None


@dataclass(frozen=True, slots=True)
class HeadingTags:
    """The headings that a tagged PDF names, in reading order: `levels`, from 1 to 6.

    `content` leads from a page index and the identifier of marked content on that page to the place in `levels`
    of the heading that holds it.
    """

    levels: tuple[int, ...] = ()
    content: dict[int, dict[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the PDF says about itself beside its ink.

    `properties` holds the information dictionary and XMP under Dublin Core names ("title",
    "creator", "subject", "keywords", "date", "language", "rights", "identifier", "producer"),
    each with all of its values. `labels` has a printed label a page, or is empty when the file
    gives none. `tags` is empty unless it was asked for.
    """

    bookmarks: tuple[Bookmark, ...] = ()
    destinations: tuple[Destination, ...] = ()
    labels: tuple[str, ...] = ()
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    links: dict[int, tuple[LinkArea, ...]] = field(default_factory=dict)
    language: str = ""
    tagged: bool = False
    tags: HeadingTags = field(default_factory=HeadingTags)


RAISED = 0.12
"""A raised word stands at least this share of the type size above its line's baseline."""
SMALLER = 0.95
"""And its own type is smaller than this share of the line's."""


INITIAL = 1.6
"""An initial is at least so many times as large as the type that goes on with it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline within one column, in reading order.

    `font` is the one that most of its characters have; `baseline` is that of those characters.
    `text` is its words with the spaces between them. `column` is the text column that it stands in.
    `right_to_left` says that it begins at the right.
    """

    page: int
    words: tuple[Word, ...]
    box: BoundingBox
    baseline: float
    font: Font
    text: str
    column: BoundingBox
    right_to_left: bool = False

    @property
    def size(self) -> float:
        return self.font.size

    @property
    def key(self) -> tuple[int, int]:
        """Page and drawing order: no other line has the same."""
        return self.page, self.words[0].order

    @property
    def indent(self) -> float:
        """How far it begins from the column's edge, in points: the left one, or the right one when read from there."""
        return self.column.right - self.box.right if self.right_to_left else self.box.left - self.column.left

    def raises(self, word: Word) -> bool:
        """Whether a word stands above the baseline in smaller type, as the mark of a note does."""
        return word.baseline - self.baseline > RAISED * self.size and word.font.size < SMALLER * self.size

    @property
    def slack(self) -> float:
        """How far it ends before the column's other edge, in points."""
        return self.box.left - self.column.left if self.right_to_left else self.column.right - self.box.right

    @property
    def start(self) -> float:
        """Where it begins, in points along the way that it is read: larger is further in, whichever way that is."""
        return -self.box.right if self.right_to_left else self.box.left

    @property
    def end(self) -> float:
        """Where it ends, in points along the way that it is read."""
        return -self.box.left if self.right_to_left else self.box.right


@dataclass(frozen=True, slots=True)
class Typography:
    """The measures of a thesis, from which every threshold is derived.

    `body` is the font of most of the text, `leading` the distance of its baselines in points.
    `columns` has the text column of each page, `sizes` the size of its text where parts of the thesis
    differ (empty when they were not measured); `indented` says that paragraphs begin with a
    first-line indent of `paragraph_indent` points, and `spaced` that space stands between them.
    """

    body: Font
    leading: float
    columns: tuple[BoundingBox, ...]
    sizes: tuple[float, ...] = ()
    paragraph_indent: float = 0.0
    spaced: bool = False
    right_to_left: bool = False

    @property
    def size(self) -> float:
        return self.body.size

    def size_on(self, page: int) -> float:
        """The size of the text on a page, in points."""
        return self.sizes[page] if page < len(self.sizes) else self.body.size


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page's lines, sorted by what they are for.

    `text` holds the lines of the text itself in reading order, `notes` those of the footnotes,
    `margin` those beside the text column, `furniture` running heads and page numbers. `label` is
    the printed page number.
    """

    page: Page
    label: str
    text: tuple[Line, ...]
    notes: tuple[Line, ...] = ()
    margin: tuple[Line, ...] = ()
    furniture: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingDetail:
    """`level` counts from 1 for a part or chapter; `label` is the printed number, no part of `lines`' title."""

    level: int
    label: str
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """A list item's marker: as printed, its kind ("bullet" or a numbering), its value, and how far it is set in."""

    marker: str
    numbering: str
    value: int
    indent: float


@dataclass(frozen=True, slots=True)
class FigureDetail:
    """A picture region: the part of the page to show, and the caption's lines with the label as printed.

    `words` are the lines inside the picture. A figure of `parts` that have captions of their own is shown
    by them. A box without height has nothing to show: the caption was found, and no picture.
    """

    box: BoundingBox
    caption: tuple[Line, ...] = ()
    label: str = ""
    words: tuple[Line, ...] = ()
    parts: tuple[FigureDetail, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a recognised table; `row` and `column` count from 0."""

    row: int
    column: int
    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class TableDetail:
    """A recognised table: its cells, how many rows are its head, its caption and notes.

    `alignments` has "start", "center", "end" or "" for each column. `box` is that of its first page.
    `unread` holds the lines of a table that could not be read; it has no cells then.
    """

    box: BoundingBox
    cells: tuple[GridCell, ...]
    head_rows: int = 0
    alignments: tuple[Literal["", "start", "center", "end"], ...] = ()
    caption: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()
    unread: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeDetail:
    """A listing: its text with indentation, its caption's lines with the printed label; or an algorithm."""

    text: str
    caption: tuple[Line, ...] = ()
    algorithm: bool = False
    language: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class FormulaDetail:
    """A displayed formula: TeX when it could be read, and the printed number."""

    box: BoundingBox
    tex: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """A bibliography entry's printed label, "" without one."""

    label: str


@dataclass(frozen=True, slots=True)
class QuoteDetail:
    """More about a quotation: the lines of a `verse` stay lines, and one may stand `inside` the list item before it."""

    verse: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class MottoDetail:
    """A paragraph of a motto at a chapter's head: its words (the lines of a `verse` stay lines), or their source."""

    source: bool = False
    verse: bool = False


@dataclass(frozen=True, slots=True)
class TheoremDetail:
    """A theorem, definition, proof ... that so many `words` of its first line name.

    `name` is what kind it is, in the words of the thesis, folded ("lemma"), `number` its printed number,
    "" without one. So many blocks that `follow` belong to it.
    """

    words: int
    name: str
    number: str = ""
    follow: int = 0


@dataclass(frozen=True, slots=True)
class TermDetail:
    """A term with its definition: so many `words` of the first line are the term; 0 goes on with the one before."""

    words: int


Detail = (
    HeadingDetail
    | ItemDetail
    | FigureDetail
    | TableDetail
    | CodeDetail
    | FormulaDetail
    | EntryDetail
    | QuoteDetail
    | MottoDetail
    | TheoremDetail
    | TermDetail
)

BlockKind = Literal[
    "paragraph",
    "heading",
    "item",
    "quote",
    "epigraph",
    "verse",
    "figure",
    "table",
    "code",
    "formula",
    "entry",
    "theorem",
    "definition",
    "separator",
    "omitted",
]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, and what they are.

    `kind` "omitted" is for lines that the book does without: the printed contents. `lines` may come
    from several pages. `place` is (page index, top): blocks of a page are read from its top down.
    `starts` is false when the block goes on with the paragraph before it. `name` is its id in the
    document, "" where nothing may refer to it.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    place: tuple[int, float]
    detail: Detail | None = None
    starts: bool = True
    name: str = ""

    @property
    def page(self) -> int:
        return self.place[0]
