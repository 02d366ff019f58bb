"""A `Document` as one page of HTML: in comes the tree, out comes a file that needs nothing beside it.

The text is the XHTML of the EPUB, word for word, with every picture inside as data. Around it stand
the contents, beside the text on a wide screen and behind a button on a narrow one, the printed page
numbers in the margin, and a stylesheet for screens by day and by night and for paper. No script is
used, and the page forbids any, so that a thesis from anywhere can be opened without harm.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from thesis_convert.diagnostics import Code
from thesis_convert.document import Document, Media, Section
from thesis_convert.version import __version__
from thesis_convert.writers import Output, WriteContext
from thesis_convert.writers.epub_metadata import THESIS_TYPES
from thesis_convert.writers.epub_navigation import list_contents, render_entries, render_line
from thesis_convert.writers.words import Words, find_words
from thesis_convert.writers.xhtml import Fragment, collect_ids, join_fragment, make_rendering, render_section
from thesis_convert.writers.xhtml_pages import choose_language, make_title, render_colophon, render_title_page
from thesis_convert.writers.xhtml_rendering import (
    Mark,
    Rendering,
    is_right_to_left,
    language_attributes,
    resolve_marks,
)

# The book's own rules first, then those of a page on its own.
STYLESHEETS = ("book.css", "page.css")
# EPUB's own words mean nothing to a browser. Text cannot look like this: its quotation marks are escaped.
EPUB_TYPE = re.compile(r' epub:type="[^"]*"')
# What the page may load: its own pictures and rules, nothing else, and no script.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class HtmlOptions:
    page_numbers: bool = field(default=True, metadata={"help": "Show the printed page numbers in the margin."})


class HtmlWriter:
    name = "html"
    aliases: tuple[str, ...] = ("htm", "xhtml")
    extension = ".html"
    media_type = "text/html"
    binary = False
    description = "one page for browsers that needs nothing beside it, by day, by night and on paper"
    options = HtmlOptions

    def write(self, document: Document, options: HtmlOptions, context: WriteContext) -> Output:
        r = make_rendering(document.media, embed_picture, choose_language(document), context.report)
        title = make_title(document, context.stem, r)
        fragments = [render_section(section, r) for section in _list_sections(document)]
        text = [*map(join_fragment, fragments), render_colophon(document, r, context.warnings)]
        if not any(fragment.kind == "title-page" for fragment in fragments):
            text.insert(0, render_title_page(document, title, r))
        words = find_words(r.language)
        places = {name: "" for fragment in fragments for name in collect_ids(fragment)}
        markup = EPUB_TYPE.sub("", resolve_marks({"": "\n".join(text)}, places, r.entries, words.back)[""])
        navigation = _render_navigation(fragments, places, r, words)
        page = _wrap_page(_describe(document, title, r), navigation, markup, r.language, words, options)
        if r.removed_characters:
            r.tell(Code.CHARACTERS_REPLACED, f"{r.removed_characters} characters that XML cannot hold were left out")
        return Output(page.encode())


def embed_picture(picture: Media) -> str:
    """An address that holds the picture itself."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _list_sections(document: Document) -> tuple[Section, ...]:
    return (*document.front_matter, *document.body, *document.back_matter)


def _describe(document: Document, title: str, r: Rendering) -> Iterator[str]:
    """The head's lines about the thesis; those that begin with "citation" are what reference managers read."""
    metadata = document.metadata
    yield f"<title>{r.escape(title)}</title>"
    facts = [
        ("generator", f"thesis-convert {__version__}"),
        *[("author", author) for author in metadata.authors],
        ("description", metadata.abstracts[0].text if metadata.abstracts else ""),
        ("keywords", ", ".join(metadata.keywords)),
        ("citation_title", ": ".join(filter(None, (title, metadata.subtitle)))),
        *[("citation_author", author) for author in metadata.authors],
        ("citation_publication_date", metadata.date.replace("-", "/") if metadata.date[:4].isdigit() else ""),
        ("citation_dissertation_institution", metadata.institution),
        ("citation_dissertation_name", metadata.degree or THESIS_TYPES.get(metadata.level, "")),
        ("citation_language", metadata.language),
        *[("citation_doi", found.value) for found in metadata.identifiers if found.scheme == "doi"],
    ]
    for name, value in facts:
        if content := " ".join(value.split()):
            yield f'<meta name="{name}" content="{r.escape(content)}"/>'


def _render_navigation(
    fragments: Sequence[Fragment], places: Mapping[str, str], r: Rendering, words: Words
) -> Iterator[str]:
    """The contents to full depth; below them, closed, the figures, tables and printed pages."""
    entries = render_entries([*list_contents(fragments, places, set())], r.language)
    # A list may not be empty.
    yield entries if "<li>" in entries else ""
    for name, marks in ((words.figures, r.figures), (words.tables, r.tables), (words.pages, r.pages)):
        if marks:
            kind = ' class="pages"' if marks is r.pages else ""
            lines = "\n".join(_render_mark(mark, r.language) for mark in marks)
            yield f"<details{kind}>\n<summary>{name}</summary>\n<ol>\n{lines}\n</ol>\n</details>"


def _render_mark(mark: Mark, around: str) -> str:
    return render_line(mark.text, f"#{mark.id}", mark.language, around)


def _wrap_page(
    head: Iterator[str], navigation: Iterator[str], text: str, language: str, words: Words, options: HtmlOptions
) -> str:
    """The whole page: valid as HTML, and well-formed as XML for programs that would rather have that.

    Its own ids have a low line, which those of a document have not.
    """
    said = language_attributes(words.language, language) if words.language[:2] != language[:2] else ""
    direction = ' dir="rtl"' if is_right_to_left(language) else ""
    numbers = ' class="numbered"' if options.page_numbers else ""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language or "und"}"{direction}>',
            '<head>\n<meta charset="utf-8"/>',
            '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>',
            *head,
            f"<style>\n{_read_stylesheets()}</style>\n</head>\n<body{numbers}>",
            f'<a class="skip" href="#main_text"{said}>{words.beginning}</a>',
            f'<button class="menu" type="button" popovertarget="menu_contents"{said}>{words.contents}</button>',
            f'<nav id="menu_contents" popover="auto" role="doc-toc" aria-label="{words.contents}"{said}>',
            *navigation,
            f'</nav>\n<main id="main_text">\n{text}\n</main>\n</body>\n</html>\n',
        ]
    )


def _read_stylesheets() -> str:
    """All rules; what says how the file is encoded has no meaning within a page."""
    folder = files(__package__)
    rules = [folder.joinpath(name).read_text(encoding="utf-8") for name in STYLESHEETS]
    return "\n".join(rules).replace('@charset "utf-8";\n', "")
