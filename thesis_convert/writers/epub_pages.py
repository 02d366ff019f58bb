"""The pages of a book that no section of the thesis makes: cover, title page, colophon."""

from __future__ import annotations

from thesis_convert.document import Document
from thesis_convert.version import __version__
from thesis_convert.writers.epub_metadata import THESIS_TYPES
from thesis_convert.writers.words import Words
from thesis_convert.writers.xhtml_rendering import Rendering, language_attributes


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


def render_colophon(document: Document, r: Rendering) -> str:
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
    said = language_attributes("en", r.language) if r.language.split("-")[0] != "en" else ""
    opening = f'<section epub:type="colophon" role="doc-colophon" aria-labelledby="colophon_heading"{said}>'
    return "\n".join([opening, '<h1 id="colophon_heading">Colophon</h1>', *lines, "</section>"])
