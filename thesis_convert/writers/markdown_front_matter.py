"""What a catalogue would say about the thesis, as YAML front matter.

Metadata goes in, lines come out. The keys are those that pandoc and Quarto know, where they know one.
Every value is a string in double quotes, so that no reader takes a year for a number or "no" for
false; and since pandoc reads values as Markdown, what Markdown would take for markup is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from thesis_convert.document import Document, Metadata
from thesis_convert.version import __version__
from thesis_convert.writers.markdown_escape import clean_lines, clean_text, escape_line_start, escape_text

_IDENTIFIERS = ("doi", "handle", "urn", "isbn", "uri")
# The two signs in the second line would be tags and links to readers that take front matter for text.
_QUOTED = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\ufeff": "\\uFEFF"} | {"<": "\\x3C", "[": "\\x5B"}
)


def render_front_matter(document: Document) -> str:
    """The block between its two lines of dashes, without a line end after the last."""
    lines = [*_describe_metadata(document.metadata), *_describe_origin(document)]
    return "\n".join(["---", *lines, "---"])


def render_chapter_front_matter(document: Document, title: str, pages: str) -> str:
    """The block of a chapter that has a file of its own; `pages` are the printed ones."""
    metadata = document.metadata
    lines = [
        *_line("title", title),
        *_line("book", metadata.title),
        *_list("author", metadata.authors),
        *_line("date", metadata.date),
        *_line("lang", _spell_tag(metadata.language)),
        *_line("pages", pages),
        *_describe_origin(document),
    ]
    return "\n".join(["---", *lines, "---"])


def _describe_metadata(metadata: Metadata) -> Iterator[str]:
    yield from _line("title", metadata.title)
    yield from _line("subtitle", metadata.subtitle)
    yield from _list("author", metadata.authors)
    yield from _line("date", metadata.date)
    yield from _line("lang", _spell_tag(metadata.language))
    yield from _describe_abstracts(metadata)
    yield from _list("keywords", metadata.keywords)
    yield from _line("institution", metadata.institution)
    yield from _line("department", metadata.department)
    yield from _line("degree", metadata.degree)
    yield from _line("level", metadata.level)
    yield from _list("advisor", metadata.supervisors)
    yield from _list("examiner", metadata.examiners)
    yield from _line("student-number", metadata.student_number)
    yield from _line("place", metadata.place)
    first = {identifier.scheme: identifier.value for identifier in reversed(metadata.identifiers)}
    for scheme in _IDENTIFIERS:
        yield from _line("url" if scheme == "uri" else scheme, first.get(scheme, ""))
    yield from _line("license", metadata.rights)


def _describe_abstracts(metadata: Metadata) -> Iterator[str]:
    """The abstract in the main language as `abstract`, others with their language behind the key."""
    main = next((text for text in metadata.abstracts if text.language == metadata.language), None)
    main = main or next(iter(metadata.abstracts), None)
    for abstract in metadata.abstracts:
        paragraphs = re.split(r"\n\s*\n", clean_lines(abstract.text).strip())
        text = "\n\n".join(escape_line_start(_escape(paragraph)) for paragraph in paragraphs)
        text += "\n" if len(paragraphs) > 1 else ""  # by which pandoc knows that there are paragraphs
        if text:
            yield f"{'abstract' if abstract is main else f'abstract-{_spell_tag(abstract.language)}'}: {_quote(text)}"


def _describe_origin(document: Document) -> Iterator[str]:
    source = document.source
    if source.name or source.sha256:
        yield "source:"
        yield from (f"  {line}" for line in _line("file", source.name))
        yield from (f"  {line}" for line in _line("sha256", source.sha256))
        yield from (f"  {line}" for line in _line("pages", str(source.pages or "")))
    yield from _line("converter", f"thesis-convert {__version__}")


def _line(key: str, value: str) -> Iterator[str]:
    if text := _escape(value):
        yield f"{key}: {_quote(escape_line_start(text))}"


def _list(key: str, values: Sequence[str]) -> Iterator[str]:
    texts = [text for value in values if (text := _escape(value))]
    if texts:
        yield f"{key}:"
        yield from (f"- {_quote(escape_line_start(text))}" for text in texts)


def _spell_tag(language: str) -> str:
    return re.sub("[^A-Za-z0-9-]", "", language)


def _escape(text: str) -> str:
    """Text in one line. Quotation marks, dashes and addresses may stay: what pandoc makes of them is welcome."""
    escaped = escape_text(re.sub(" +", " ", clean_text(text)).strip(), addresses=False)
    return re.sub(r"\\(?=['\".:-])", "", escaped)


def _quote(text: str) -> str:
    return f'"{text.translate(_QUOTED)}"'
