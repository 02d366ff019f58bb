"""What holds of everything that is made of a PDF, however hostile: it parses, and nothing in it can act.

In come a result and the folder of its outputs; out come sentences about what is wrong, none when all is well.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from thesis_convert.batch.tasks import Result, Status
from thesis_convert.errors import ExitCode

# The ends that an input can come to by itself.
EXPECTED = (ExitCode.OK, ExitCode.BAD_INPUT, ExitCode.ENCRYPTED, ExitCode.NO_TEXT)
ACTIVE = re.compile(r"^\s*(javascript|vbscript|file|data|jar|about)\s*:", re.IGNORECASE)
# In Markdown: a link, a picture, a reference, an autolink or a tag whose address can act, unless it is escaped.
ACTIVE_MARKDOWN = re.compile(
    r"(?<!\\)(\]\(|\]:|<|<\w[^<>\n]*(src|href)=)\s*[\"'<]?\s*(javascript|vbscript|file|data)\s*:", re.IGNORECASE
)
FORBIDDEN_TAGS = ("script", "iframe", "object", "embed", "form", "base")


def find_faults(result: Result, folder: Path, alone: bool = True) -> Iterator[str]:
    """What is wrong with a result and with the outputs in a folder, which `alone` says are all of this result."""
    if alone and result.code not in EXPECTED:
        yield f"code {int(result.code)}: {result.message} {result.trace[-600:]}"
    if result.status is Status.FAILED and not (result.message and result.advice):
        yield "a failure without a message or advice"
    left = [path for path in folder.rglob("*") if path.name.startswith(".thesis-convert-")]
    if left:
        yield f"left behind: {left}"
    if result.status is Status.FAILED:
        if alone and any(folder.iterdir()):
            yield f"outputs of a failure: {sorted(folder.iterdir())}"
        return
    for path in map(Path, result.outputs):
        data = path.read_bytes()
        if path.suffix == ".epub":
            yield from find_epub_faults(path)
        elif path.suffix == ".json":
            json.loads(data)
        elif path.suffix == ".html":
            yield from find_page_faults(path.name, data.decode())
        else:
            yield from find_text_faults(path.name, data.decode())


def find_epub_faults(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.startswith("/") or ".." in name.split("/") or "\\" in name:
                yield f"{name!r} leads out of the book"
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                yield from find_markup_faults(name, book.read(name))


def find_markup_faults(name: str, data: bytes) -> Iterator[str]:
    """What is wrong with XML: it does not parse, declares an entity, or can act."""
    if b"<!ENTITY" in data:
        yield f"{name} declares an entity"
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        yield f"{name} is not well-formed: {error}"
        return
    for element in root.iter():
        yield from find_tag_faults(name, str(element.tag).rpartition("}")[2], list(element.attrib.items()))


def find_page_faults(name: str, text: str) -> Iterator[str]:
    """What can act in a page of HTML, as a browser would read it."""
    reader = TagReader()
    reader.feed(text)
    for tag, attributes in reader.found:
        yield from find_tag_faults(name, tag, attributes)


class TagReader(HTMLParser):
    """Gathers all tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [(key, value or "") for key, value in attrs]))


def find_tag_faults(name: str, tag: str, attributes: list[tuple[str, str]]) -> Iterator[str]:
    if tag.lower() in FORBIDDEN_TAGS:
        yield f"{name} has <{tag}>"
    for key, value in attributes:
        plain = key.rpartition("}")[2].lower()
        picture = plain == "src" and value.startswith("data:image/")
        if plain in ("href", "src", "action", "data", "poster") and ACTIVE.match(value) and not picture:
            yield f"{name}: {plain}={value[:60]!r}"
        if plain.startswith("on"):
            yield f"{name} has {plain}"


def find_text_faults(name: str, text: str) -> Iterator[str]:
    for found in ACTIVE_MARKDOWN.finditer(text):
        if name.endswith(".md"):
            yield f"{name}: {text[found.start() : found.end() + 40]!r}"
    for char in "\0\x1b\x08\x7f":
        if char in text:
            yield f"{name} has the control {char!r}"
