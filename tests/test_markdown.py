"""What a user finds around the text of a Markdown file, and what holds for all of it."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pypandoc
import pytest

from tests.markdown_readers import READERS, parse_html, read_with_pandoc, run
from tests.markdown_samples import convert
from thesis_convert.document import Abstract, Document, Identifier, Media, Metadata, Source
from thesis_convert.version import __version__

# --- Front matter ----------------------------------------------------------------------------------


def read_metadata(document: Document) -> dict[str, Any]:
    """What pandoc takes for metadata, values as plain text."""
    command = [pypandoc.get_pandoc_path(), "-f", "markdown-smart", "-t", "json"]
    meta = json.loads(run(command, convert(document).data.decode()))["meta"]
    return {key: spell_meta(value) for key, value in meta.items()}


def spell_meta(value: dict[str, Any]) -> Any:
    content = value["c"]
    match value["t"]:
        case "MetaList":
            return [spell_meta(entry) for entry in content]
        case "MetaMap":
            return {key: spell_meta(entry) for key, entry in content.items()}
        case "MetaInlines":
            kinds = {"Str": lambda node: node["c"], "Space": lambda node: " "}
            return "".join(kinds[node["t"]](node) for node in content)
        case "MetaBlocks":
            return [spell_meta({"t": "MetaInlines", "c": block["c"]}) for block in content]
    raise AssertionError(value)


def test_front_matter_in_full() -> None:
    metadata = Metadata(
        title="Paper Mills",
        subtitle="A History",
        authors=("Ada Quill", "Béla Łoś"),
        institution="University of Harrowmere",
        department="History",
        degree="Master of Arts",
        level="master",
        supervisors=("Ines Halloran",),
        examiners=("Tom Ferris",),
        student_number="0042",
        place="Harrowmere",
        date="2021",
        language="en",
        keywords=("paper", "no"),
        abstracts=(Abstract("de", "Papier."), Abstract("en", "One.\n\nTwo.")),
        rights="CC BY 4.0",
        identifiers=(Identifier("doi", "10.1/x"), Identifier("uri", "https://a.b/c")),
    )
    source = Source("mills.pdf", "ab" * 32, 24)
    assert convert(Document(metadata, source=source)).data.decode() == (
        f"""---
title: "Paper Mills"
subtitle: "A History"
author:
- "Ada Quill"
- "Béla Łoś"
date: "2021"
lang: "en"
abstract-de: "Papier."
abstract: "One.\\n\\nTwo.\\n"
keywords:
- "paper"
- "no"
institution: "University of Harrowmere"
department: "History"
degree: "Master of Arts"
level: "master"
advisor:
- "Ines Halloran"
examiner:
- "Tom Ferris"
student-number: "0042"
place: "Harrowmere"
doi: "10.1/x"
url: "https://a.b/c"
license: "CC BY 4.0"
source:
  file: "mills.pdf"
  sha256: "{"ab" * 32}"
  pages: "24"
converter: "thesis-convert {__version__}"
---
"""
    )


def test_front_matter_without_anything_names_the_converter() -> None:
    text = convert(Document(Metadata())).data.decode()
    assert text == f'---\nconverter: "thesis-convert {__version__}"\n---\n'


@pytest.mark.parametrize(
    "title",
    [
        'The "Great" C:\\War: a #1 -- story',
        "yes",
        "1. A *b* _c_ $x$ [y](z) `d` <script>alert(1)</script>",
        "- @smith ~a~ ^b^ {#c} && %TAG --- ...",
        "snake_case don't 100% | > ! ? \\alpha",
    ],
)
def test_front_matter_of_hostile_titles(title: str) -> None:
    metadata = read_metadata(Document(Metadata(title=title, authors=(title, "B"), date="2020/2021")))
    assert metadata["title"] == title
    assert metadata["author"] == [title, "B"]
    assert metadata["date"] == "2020/2021"


def test_front_matter_keeps_paragraphs_and_loses_controls() -> None:
    abstracts = (Abstract("en", "One\x00.\n\nTwo\u2028lines."),)
    metadata = read_metadata(Document(Metadata(title="A\nB\x85C\ud800", abstracts=abstracts)))
    assert metadata["title"] == "A B C\ufffd"
    assert metadata["abstract"][0] == "One\ufffd."


# --- The whole -------------------------------------------------------------------------------------

ATTACK = '--><script>alert(1)</script><img src="x" onerror="y">\\" onload="z" {.a onclick=b} `x`{=html}'


def infect(value: Any) -> Any:
    """`value` with the attack in every string that a PDF could fill."""
    if isinstance(value, tuple):
        return tuple(infect(part) for part in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, Media | type):
        return value
    kept = ("kind", "id", "media", "target", "url", "numbering", "tex", "alignment", "cover", "language")
    changes = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        changes[field.name] = old if field.name in kept else old + ATTACK if isinstance(old, str) else infect(old)
    return dataclasses.replace(value, **changes)


@pytest.mark.parametrize("flavor", ["common", "pandoc", "gfm", "obsidian"])
@pytest.mark.parametrize("page_markers", ["comment", "anchor"])
def test_no_html_of_the_thesis_comes_through(every_node: Document, flavor: str, page_markers: str) -> None:
    text = convert(infect(every_node), flavor=flavor, page_markers=page_markers).data.decode()
    assert "alert(1)" in text
    reader = "markdown" if flavor == "pandoc" else "gfm"
    commands = [[pypandoc.get_pandoc_path(), "-f", reader, "-t", "html", "--mathjax"]]
    if flavor != "pandoc" and "cmark-gfm" in READERS:
        commands.append(["cmark-gfm", "--unsafe", "-e", "table", "-e", "footnotes"])
    for command in commands:
        elements = list(parse_html(run(command, text)).find())
        assert not [element for element in elements if element.tag == "script" or element.attributes.get("src") == "x"]
        assert not [name for element in elements for name in element.attributes if name.startswith("on")]


def test_the_same_twice(every_node: Document) -> None:
    assert convert(every_node) == convert(every_node)


def test_every_flavor_gives_pandoc_the_same_headings_and_notes(every_node: Document) -> None:
    readings = [
        read_with_pandoc(convert(every_node, flavor=flavor).data.decode())
        for flavor in ("common", "pandoc", "gfm", "obsidian")
    ]
    headings = [[block[1:] for block in found if block[0] == "h"] for found, _ in readings]
    assert headings[0] == headings[1] == headings[2] == headings[3]
    assert len(headings[0]) > 20
    assert readings[0][1] == readings[1][1] == readings[2][1] == readings[3][1]
