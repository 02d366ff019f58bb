"""What a book has that no section of the thesis makes: its name and language, cover, title page, colophon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from thesis_convert.diagnostics import Diagnostic
from thesis_convert.document import Document
from thesis_convert.version import __version__
from thesis_convert.writers.epub_metadata import THESIS_TYPES
from thesis_convert.writers.words import Words
from thesis_convert.writers.xhtml_rendering import LANGUAGE_TAG, Rendering, language_attributes

# So many pages are named for a kind of warning, and so many different things said of it.
MOST_PAGES, MOST_MESSAGES = 20, 3


def choose_language(document: Document) -> str:
    """The BCP 47 tag of the main language, "" when it is not known."""
    language = document.metadata.language
    return language if LANGUAGE_TAG.fullmatch(language) else ""


def make_title(document: Document, stem: str, r: Rendering) -> str:
    """The title on one line; without one, the name that the file goes by."""
    for candidate in (document.metadata.title, document.source.name.removesuffix(".pdf"), stem):
        if title := " ".join(r.clean(candidate).split()):
            return title
    return "?"


def render_cover(picture: str, document: Document, title: str, words: Words, r: Rendering) -> str:
    """The picture of page 1, said to be the cover; `picture` is its address."""
    byline = ", ".join(document.metadata.authors)
    alternative = f"{words.cover}: {title}" + (f", {byline}" if byline else "")
    return (
        f'<section class="cover" epub:type="cover">\n'
        f'<img src="{picture}" alt="{r.escape(alternative)}" role="doc-cover"/>\n</section>'
    )


def render_title_page(document: Document, title: str, r: Rendering) -> str:
    """What a title page says, from the metadata: for a thesis whose own was not kept as text."""
    metadata = document.metadata
    lines = [f"<h1>{r.escape(title)}</h1>"]
    lines += _line("subtitle", metadata.subtitle, r)
    for author in metadata.authors:
        lines += _line("author", author, r)
    lines += _line("degree", metadata.degree or THESIS_TYPES.get(metadata.level, ""), r)
    for name in (metadata.department, metadata.institution):
        lines += _line("institution", name, r)
    for name in (*metadata.supervisors, *metadata.examiners):
        lines += _line("contributor", name, r)
    lines += _line("date", ", ".join(filter(None, (metadata.place, metadata.date))), r)
    lines += _line("rights", metadata.rights, r)
    return "\n".join(['<section class="title-page" epub:type="titlepage">', *lines, "</section>"])


def _line(kind: str, text: str, r: Rendering) -> list[str]:
    return [f'<p class="{kind}">{r.escape(text)}</p>'] if text else []


def render_colophon(document: Document, r: Rendering, warnings: Sequence[Diagnostic] = ()) -> str:
    """What made the book, from which file, and how far it can be trusted; in English."""
    source = document.source
    name = f" <i>{r.escape(source.name)}</i>" if source.name else ""
    pages = f" of {source.pages} pages" if source.pages else ""
    lines = [f"<p>This book was made by thesis-convert {__version__} from the PDF file{name}{pages}.</p>"]
    if source.sha256:
        lines.append(f'<p>SHA-256 of that file: <code class="digest">{r.escape(source.sha256)}</code></p>')
    lines.append(
        "<p>A program recognised its chapters, paragraphs and notes; no person has checked them. "
        "In case of doubt the PDF is right.</p>"
    )
    lines += _list_warnings(warnings, r)
    said = language_attributes("en", r.language) if r.language.split("-")[0] != "en" else ""
    opening = f'<section epub:type="colophon" role="doc-colophon" aria-labelledby="colophon_heading"{said}>'
    return "\n".join([opening, '<h1 id="colophon_heading">Colophon</h1>', *lines, "</section>"])


def _list_warnings(warnings: Sequence[Diagnostic], r: Rendering) -> list[str]:
    """What may be wrong, by kind: how often, and on which pages of the PDF."""
    lines = []
    for code, times in Counter(warning.code for warning in warnings).items():
        found = [warning for warning in warnings if warning.code == code]
        pages = sorted({warning.page for warning in found if warning.page is not None})
        listed = ", ".join(map(str, pages[:MOST_PAGES])) + (" and others" if len(pages) > MOST_PAGES else "")
        place = f" (PDF page{'s' if len(pages) > 1 else ''} {listed})" if pages else ""
        often = f", {times} times" if times > 1 else ""
        messages = "; ".join(list(dict.fromkeys(warning.message for warning in found))[:MOST_MESSAGES])
        lines.append(f"<li><code>{code}</code>{often}{place}: {r.escape(messages)}</li>")
    return ["<p>Warnings:</p>", "<ul>", *lines, "</ul>"] if lines else []
