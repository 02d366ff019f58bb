"""What the thesis is: a tree of sections, blocks and inlines that every writer can walk.

All values are frozen and hold tuples. There is no behaviour here: `traversal` walks the tree,
`serialization` turns it into JSON and back. The depth of a section comes from its place in the
tree alone, so a level and a place can never disagree. `origin` says where something stood in the
PDF; it never takes part in comparisons. An `id` is unique in its document, made of ASCII letters,
digits and hyphens, and begins with a letter; "" means that nothing needs to point there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# --- Inlines ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters. White space is single spaces; it may begin or end with one."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SmallCaps:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Underline:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Text in fixed-width type within a paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula within a paragraph: `tex` when it could be read ("" when not), `text` as printed."""

    tex: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the document; `url` has the scheme http, https, ftp, mailto, doi or urn."""

    url: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to the `id` of a section, figure, table, equation, code block, or entry."""

    target: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than what stands around them; `language` is a BCP 47 tag."""

    language: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note at its mark, holding its text. `label` is the mark as printed ("12", "*").

    `id` is unique in the document.
    """

    id: str
    label: str
    blocks: tuple[Block, ...]
    kind: Literal["footnote", "endnote", "marginal"] = "footnote"
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that belongs to the text (addresses, titles)."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The start of a printed page. `label` is the page's printed number, `page` counts from 1."""

    label: str
    page: int


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A small picture in the line of text; `media` is the name of a `Media`."""

    media: str
    alternative: str = ""


Inline = (
    Text
    | Emphasis
    | Strong
    | SmallCaps
    | Underline
    | Superscript
    | Subscript
    | Code
    | Math
    | Link
    | Reference
    | Foreign
    | Note
    | LineBreak
    | PageBreak
    | InlineImage
)

# --- Blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something stood: `page` counts from 1, the box is (left, bottom, right, top) in points."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`language` is a BCP 47 tag where it differs from what stands around, else ""."""

    content: tuple[Inline, ...]
    language: str = ""
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """`label` is the marker as printed ("(a)", "•")."""

    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[ListItem, ...]
    origin: Origin | None = field(default=None, compare=False)


Numbering = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "circled", "cjk", "persian"]


@dataclass(frozen=True, slots=True)
class OrderedList:
    items: tuple[ListItem, ...]
    start: int = 1
    numbering: Numbering = "decimal"
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Definition:
    term: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    items: tuple[Definition, ...]
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class BlockQuote:
    blocks: tuple[Block, ...]
    language: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Epigraph:
    """A motto at the head of a thesis or chapter, with its source."""

    blocks: tuple[Block, ...]
    source: tuple[Inline, ...] = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines that stay lines: poems, dedications, addresses, title pages."""

    lines: tuple[tuple[Inline, ...], ...]
    language: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A listing, or an algorithm (`kind`). `text` has no final line end; `language` may be ""."""

    text: str
    language: str = ""
    kind: Literal["code", "algorithm"] = "code"
    label: str = ""
    caption: tuple[Inline, ...] = ()
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula. `tex` is "" when it could not be read: then `media` shows it.

    `text` is what the page printed, `label` the equation number as printed ("(3.2)").
    """

    tex: str
    text: str
    label: str = ""
    media: str = ""
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, or a group of figures with a caption of its own.

    `media` is the name of a `Media`, "" for a group or when pictures were not wanted. `caption` is
    the caption as printed, with its label ("Fig. 3.2: The river"); `label` is that label alone
    ("Fig. 3.2"). `alternative` is the text inside the picture, for those who do not see it.
    """

    media: str
    caption: tuple[Inline, ...] = ()
    label: str = ""
    alternative: str = ""
    figures: tuple[Figure, ...] = ()
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    column_span: int = 1
    row_span: int = 1
    header: bool = False
    alignment: Literal["", "start", "center", "end"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`head` and `body` are rows; a cell that spans is said once, where it begins.

    `caption` and `label` are as in `Figure`. `media` shows a table that could not be read with
    confidence; then the rows are empty and `alternative` has its text.
    """

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    label: str = ""
    notes: tuple[Block, ...] = ()
    media: str = ""
    alternative: str = ""
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Theorem:
    """A theorem, definition, proof, example ... `label` is its printed head ("Theorem 2.1 (Euler)")."""

    label: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """One reference. `label` is as printed ("[12]", "[Knu84]"), "" where entries have none."""

    content: tuple[Inline, ...]
    label: str = ""
    id: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Separator:
    """A break in thought: asterisks or a short rule between paragraphs."""


Block = (
    Paragraph
    | BulletList
    | OrderedList
    | DefinitionList
    | BlockQuote
    | Epigraph
    | Verse
    | CodeBlock
    | MathBlock
    | Figure
    | Table
    | Theorem
    | BibliographyEntry
    | Separator
)

# --- Sections and the whole ---------------------------------------------------------------------

SectionKind = Literal[
    "title-page",
    "copyright-page",
    "dedication",
    "epigraph",
    "declaration",
    "abstract",
    "acknowledgments",
    "preface",
    "foreword",
    "contents",
    "list-of-figures",
    "list-of-tables",
    "list-of-listings",
    "abbreviations",
    "glossary",
    "introduction",
    "part",
    "chapter",
    "section",
    "conclusion",
    "bibliography",
    "endnotes",
    "appendix",
    "index",
    "curriculum-vitae",
    "errata",
    "other",
]


@dataclass(frozen=True, slots=True)
class Section:
    """A part, chapter, section ... or a piece of front or back matter.

    `label` is the number as printed ("2.3", "Chapter 3", "Appendix B", "第三章"), "" without one.
    `title` may be empty (a dedication page). `language` is a BCP 47 tag where it differs from what
    stands around, else "".
    """

    kind: SectionKind
    label: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    id: str = ""
    language: str = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Identifier:
    """`scheme` is one of doi, handle, urn, isbn, uri."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Abstract:
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a library's catalogue would say; "" and () where the thesis does not tell.

    `language` is the BCP 47 tag of the main language. `date` is as exact as known: "2021",
    "2021-03", "2021-03-31", or an academic year "2020/2021". `level` is bachelor, master,
    doctoral or "".
    """

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    institution: str = ""
    department: str = ""
    degree: str = ""
    level: str = ""
    supervisors: tuple[str, ...] = ()
    examiners: tuple[str, ...] = ()
    student_number: str = ""
    place: str = ""
    date: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    abstracts: tuple[Abstract, ...] = ()
    rights: str = ""
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A picture's bytes. `name` is a file name of ASCII letters, digits, hyphens and one suffix."""

    name: str
    media_type: str
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Source:
    """The PDF that the document was made from: its file name, not its path."""

    name: str = ""
    sha256: str = ""
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A whole thesis. `cover` is the name of the `Media` that shows page 1, or ""."""

    metadata: Metadata
    front_matter: tuple[Section, ...] = ()
    body: tuple[Section, ...] = ()
    back_matter: tuple[Section, ...] = ()
    media: tuple[Media, ...] = ()
    cover: str = ""
    source: Source = Source()
