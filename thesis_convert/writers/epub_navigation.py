"""The navigation document: contents to full depth, landmarks, printed pages, figures and tables.

In come the fragments and marks that rendering left, and the file of every id; out comes one XHTML
page. It is not part of the reading order: readers show it as their menu, and a list of page numbers
read aloud or converted as text would be noise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from thesis_convert.writers.words import Words
from thesis_convert.writers.xhtml import Fragment, wrap_page
from thesis_convert.writers.xhtml_rendering import Mark, escape, language_attributes


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `title` in plain characters, `address` relative to the package."""

    title: str
    address: str
    language: str = ""
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    kind: str
    title: str
    address: str
    language: str = ""


def list_contents(fragments: Iterable[Fragment], places: Mapping[str, str], openings: set[str]) -> Iterator[Entry]:
    """The contents; sections without a heading have no line, but those below them do.

    `openings` are the ids of sections that begin a file: a link to those needs the file alone.
    """
    for fragment in fragments:
        children = tuple(list_contents(fragment.children, places, openings))
        if fragment.title:
            file = places[fragment.name]
            address = file if fragment.name in openings else f"{file}#{fragment.name}"
            yield Entry(fragment.title, address, fragment.language, children)
        else:
            yield from children


def render_navigation(
    contents: Sequence[Entry],
    landmarks: Iterable[Landmark],
    marks: Mapping[str, Sequence[Mark]],
    places: Mapping[str, str],
    words: Words,
    language: str,
    stylesheet: str,
) -> str:
    """The page; `marks` has the marks for "page-list", "loi" and "lot", of which empty ones have no list."""
    said = (
        language_attributes(words.language, language) if words.language.split("-")[0] != language.split("-")[0] else ""
    )
    names = {"page-list": words.pages, "loi": words.figures, "lot": words.tables}
    parts = [
        f'<nav id="toc" epub:type="toc" role="doc-toc" aria-labelledby="toc_heading">\n'
        f'<h1 id="toc_heading"{said}>{words.contents}</h1>\n{render_entries(contents, language)}\n</nav>'
    ]
    lines = []
    for mark in landmarks:
        spoken = said
        if mark.language:
            spoken = language_attributes(mark.language, language) if mark.language != language else ""
        lines.append(f'<li><a epub:type="{mark.kind}" href="{mark.address}"{spoken}>{escape(mark.title)}</a></li>')
    parts.append(_render_list("landmarks", words.landmarks, said, lines))
    for kind, name in names.items():
        if marks.get(kind):
            lines = [
                render_line(mark.text, f"{places[mark.id]}#{mark.id}", mark.language, language) for mark in marks[kind]
            ]
            parts.append(_render_list(kind, name, said, lines))
    return wrap_page(words.contents, language, "\n".join(parts), stylesheet=stylesheet)


def render_entries(entries: Sequence[Entry], around: str) -> str:
    """The contents as nested lists; `around` is the language of the page that holds them."""
    lines = []
    for entry in entries:
        below = f"\n{render_entries(entry.children, around)}\n" if entry.children else ""
        line = render_line(entry.title, entry.address, entry.language, around)
        lines.append(line.removesuffix("</li>") + below + "</li>")
    return "\n".join(["<ol>", *lines, "</ol>"])


def render_line(text: str, address: str, language: str, around: str) -> str:
    """A line of a list that leads somewhere, in plain characters of `language`."""
    said = language_attributes(language, around) if language and language != around else ""
    return f'<li><a href="{address}"{said}>{escape(text)}</a></li>'


def _render_list(kind: str, name: str, said: str, lines: Sequence[str]) -> str:
    role = ' role="doc-pagelist"' if kind == "page-list" else ""
    return "\n".join(
        [
            f'<nav epub:type="{kind}"{role} aria-labelledby="{kind}_heading" hidden="hidden">',
            f'<h2 id="{kind}_heading"{said}>{name}</h2>',
            "<ol>",
            *lines,
            "</ol>",
            "</nav>",
        ]
    )
