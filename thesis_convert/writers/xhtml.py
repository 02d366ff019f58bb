"""A document's sections as XHTML: in come sections, out come fragments of markup and what was found in them.

A fragment is a section's own markup beside those of its subsections, so that whoever makes files
can cut between them without reading markup. The text of a note stands right behind the outermost
block that refers to it: in the same file, as readers that pop notes up want it, and near its mark
in all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import attrgetter

from thesis_convert import document as nodes
from thesis_convert.diagnostics import Report, ignore
from thesis_convert.document import Media, Note, Section
from thesis_convert.traversal import plain_text
from thesis_convert.writers.xhtml_blocks import BLOCK_RULES, render_run_in
from thesis_convert.writers.xhtml_floats import FLOAT_RULES
from thesis_convert.writers.xhtml_inlines import INLINE_RULES, UNMARKED
from thesis_convert.writers.xhtml_rendering import Rendering, escape, is_right_to_left, join_lines, measure

# HTML has six levels of headings; what is deeper shares the last.
DEEPEST_HEADING = 6

# What EPUB calls each kind of section; its role is the same word behind "doc-" unless said below.
STRUCTURE_WORDS = {
    "copyright-page": "copyright-page",
    "dedication": "dedication",
    "epigraph": "epigraph",
    "abstract": "abstract",
    "acknowledgments": "acknowledgments",
    "preface": "preface",
    "foreword": "foreword",
    "list-of-figures": "loi",
    "list-of-tables": "lot",
    "abbreviations": "glossary",
    "glossary": "glossary",
    "introduction": "introduction",
    "part": "part",
    "chapter": "chapter",
    "conclusion": "conclusion",
    "bibliography": "bibliography",
    "endnotes": "endnotes",
    "appendix": "appendix",
    "index": "index",
    "errata": "errata",
}
WITHOUT_ROLE = frozenset({"copyright-page", "loi", "lot"})


@dataclass(frozen=True, slots=True)
class Fragment:
    """A section's markup: `opening` tag, `content` up to the first subsection, then `children`.

    `name` is the element's id, `title` its heading in plain characters ("" without one), `language`
    the one that holds inside and `language_around` outside. `ids` are all ids in `opening` and
    `content`, `size` is the bytes that it will have at most, with those of the children.
    """

    kind: str
    name: str
    title: str
    language: str
    language_around: str
    opening: str
    content: str
    children: tuple[Fragment, ...]
    ids: tuple[str, ...]
    size: int


def make_rendering(
    media: Sequence[Media] = (),
    locate_picture: Callable[[Media], str] = attrgetter("name"),
    language: str = "",
    report: Report = ignore,
) -> Rendering:
    """A fresh state for documents in `language`; `locate_picture` gives the address of a picture."""
    return Rendering(
        inline_rules=INLINE_RULES,
        block_rules=BLOCK_RULES | FLOAT_RULES,
        media={picture.name: picture for picture in media},
        locate_picture=locate_picture,
        language=language,
        report=report,
    )


def render_section(section: Section, r: Rendering, depth: int = 1) -> Fragment:
    """The fragment of `section`, whose heading is of level `depth`, with those of its subsections."""
    around = r.language
    name = r.claim(section.id or "section")
    title = format_title(section, r)
    attributes = f' id="{name}"{_describe_kind(section, name, title, depth, r)}'
    language = r.enter_language(section.language)
    parts = [*_render_heading(section, f"heading_{name}", depth, r)]
    for block in section.blocks:
        parts += (r.blocks((block,)), *render_waiting_notes(r))
    ids = tuple(r.ids)
    r.ids.clear()
    children = tuple([render_section(child, r, depth + 1) for child in section.sections])
    fragment = Fragment(
        kind=section.kind,
        name=name,
        title=title,
        language=r.language,
        language_around=around,
        opening=f"<section{attributes}{language}>",
        content=join_lines(*parts),
        children=children,
        ids=ids,
        size=sum(map(measure, parts)) + sum(child.size for child in children),
    )
    r.language = around
    return fragment


def join_fragment(fragment: Fragment) -> str:
    """A section as one piece of markup, with everything below it."""
    return "\n".join([fragment.opening, fragment.content, *map(join_fragment, fragment.children), "</section>"])


def collect_ids(fragment: Fragment) -> Iterator[str]:
    yield from fragment.ids
    for child in fragment.children:
        yield from collect_ids(child)


def format_title(section: Section, r: Rendering) -> str:
    """A heading on one line of plain characters: "2.3 The river", "Chapter 2: Rivers"."""
    label, title = section.label.strip(), plain_text(section.title).strip()
    joint = ": " if " " in label and label[-1].isalnum() else " "
    return r.clean(f"{label}{joint}{title}" if label and title else label or title)


def _describe_kind(section: Section, name: str, title: str, depth: int, r: Rendering) -> str:
    """What kind of section it is, and the heading that names it to those who jump from one to the next.

    Two of a kind with the same name could not be told apart, so of those within chapters the first
    alone is marked. A section of no kind is no place to jump to. For the stylesheet every one has
    its kind as its class.
    """
    word = STRUCTURE_WORDS.get(section.kind, "")
    said = "" if section.kind == "section" else f' class="{section.kind}"'
    if not word or (depth > 1 and (word, title) in r.marked):
        return said
    r.marked.add((word, title))
    said += f' epub:type="{word}"'
    if word in WITHOUT_ROLE:
        return said
    return f'{said} role="doc-{word}"' + (f' aria-labelledby="heading_{name}"' if title else "")


def _render_heading(section: Section, name: str, depth: int, r: Rendering) -> Iterator[str]:
    label = f'<span class="label">{r.escape(section.label)}</span>' if section.label else ""
    # A page that begins with the heading begins with its number.
    pages = tuple(takewhile(lambda node: isinstance(node, nodes.PageBreak), section.title))
    start, title = r.inlines(pages), r.inlines(section.title[len(pages) :])
    if label or title.strip():
        level = min(depth, DEEPEST_HEADING)
        yield f'<h{level} id="{name}">{start}{label}{" " if label and title else ""}{title}</h{level}>'
    elif start:
        yield start
    yield from render_waiting_notes(r)


def render_waiting_notes(r: Rendering) -> Iterator[str]:
    """The notes whose marks were met since the last call, in order, and the notes within them."""
    while r.notes:
        waiting, r.notes = r.notes, []
        for name, language, note in waiting:
            yield _render_note(name, language, note, r)


def _render_note(name: str, language: str, note: Note, r: Rendering) -> str:
    """The label is what leads back to the mark: it is printed there, and costs the text no word more."""
    around = r.language
    attributes = r.enter_language(language)
    label = r.escape(note.label or UNMARKED)
    back = f'<a href="#ref_{name}" role="doc-backlink">{label}</a>'
    blocks = note.blocks
    first = blocks[0] if blocks else None
    if isinstance(first, nodes.Paragraph):
        inner = render_run_in(back, first, r)
        blocks = blocks[1:]
    else:
        inner = f"<p>{back}</p>"
    opening = f'<aside id="{name}" epub:type="footnote" role="doc-footnote" class="{note.kind}"{attributes}>'
    markup = join_lines(opening, inner, r.blocks(blocks), "</aside>")
    r.language = around
    return markup


def wrap_page(title: str, language: str, body: str, *, stylesheet: str = "", body_type: str = "") -> str:
    """A whole XHTML file around the markup `body`; `title` is plain characters, `language` a BCP 47 tag or ""."""
    tag = language or "und"
    direction = ' dir="rtl"' if is_right_to_left(language) else ""
    kind = f' epub:type="{body_type}"' if body_type else ""
    head = f'<meta charset="utf-8"/>\n<title>{escape(title)}</title>'
    if stylesheet:
        head += f'\n<link rel="stylesheet" type="text/css" href="{stylesheet}"/>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{tag}" xml:lang="{tag}"{direction}>\n<head>\n{head}\n</head>\n'
        f"<body{kind}>\n{body}\n</body>\n</html>\n"
    )
