"""The page of HTML as a browser and other programs get it: whole, safe, and with the words of the EPUB."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from thesis_convert.diagnostics import Code, Diagnostic
from thesis_convert.document import Document, Metadata, PageBreak, Paragraph, Section, Text
from thesis_convert.traversal import plain_text, sections, walk
from thesis_convert.writers import WriteContext
from thesis_convert.writers.epub import EpubOptions, EpubWriter
from thesis_convert.writers.html import HtmlOptions, HtmlWriter

HTML = "{http://www.w3.org/1999/xhtml}"


def write(document: Document, options: HtmlOptions | None = None, *warnings: Diagnostic) -> str:
    output = HtmlWriter().write(document, options or HtmlOptions(), WriteContext("thesis", warnings=warnings))
    assert output.files == {}
    return output.data.decode()


def read(page: str) -> ElementTree.Element:
    """Browsers read it as HTML; that it is XML too is for other programs."""
    return ElementTree.fromstring(page)


def find(root: ElementTree.Element, name: str, **attributes: str) -> list[ElementTree.Element]:
    found = root.iter(HTML + name)
    return [element for element in found if all(element.get(key) == value for key, value in attributes.items())]


@pytest.fixture(scope="module")
def page(every_node: Document) -> str:
    return write(every_node)


def test_the_words_are_those_of_the_epub(every_node: Document, page: str) -> None:
    book = zipfile.ZipFile(io.BytesIO(EpubWriter().write(every_node, EpubOptions(), WriteContext("thesis")).data))
    spine = re.findall(r'href="([\w-]+\.xhtml)"', book.read("EPUB/content.opf").decode())
    pages = [read(book.read(f"EPUB/{name}").decode()) for name in spine if name not in ("nav.xhtml", "cover.xhtml")]
    in_book = " ".join(" ".join(part.itertext()) for each in pages for part in find(each, "body")).split()
    (main,) = find(read(page), "main")
    assert " ".join(main.itertext()).split() == in_book


def test_every_link_within_leads_somewhere_and_ids_are_unique(page: str) -> None:
    root = read(page)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = [link.get("href", "") for link in find(root, "a")]
    within = [link.removeprefix("#") for link in links if not re.match("[a-z]+:", link)]
    assert len(within) > 20 and set(within) <= set(ids)


def test_contents_name_every_section_and_pages_every_printed_number(every_node: Document, page: str) -> None:
    (nav,) = find(read(page), "nav")
    lines = [" ".join("".join(link.itertext()).split()) for link in find(nav, "a")]
    titles = [" ".join(plain_text(section.title).split()) for section, _ in sections(every_node) if section.title]
    assert all(any(line.endswith(title) for line in lines) for title in titles)
    labels = [node.label for node in walk(every_node) if isinstance(node, PageBreak) and node.label]
    assert lines[-len(set(labels)) :] == list(dict.fromkeys(labels))


def test_pictures_are_inside_and_nothing_is_loaded(every_node: Document, page: str) -> None:
    sources = [image.get("src", "") for image in find(read(page), "img")]
    assert sources
    held = {media.data for media in every_node.media}
    assert all(base64.b64decode(source.partition("base64,")[2]) in held for source in sources)
    assert not re.search(r"<(script|link|iframe|object|embed)\b|@import|url\(|epub:", page)
    assert "default-src 'none'" in page


def test_hostile_titles_stay_words() -> None:
    evil = '</title><script>alert(1)</script>" onload="x \x00'
    document = Document(
        Metadata(title=evil, authors=(evil,), keywords=(evil,)),
        body=(Section("chapter", evil, (Text(evil),), (Paragraph((Text(' epub:type="x"'),)),), id="c"),),
    )
    root = read(write(document))
    assert find(root, "script") == []
    assert not [element for element in root.iter() if "onload" in element.attrib]
    assert 'epub:type="x"' in "".join(find(root, "main")[0].itertext())


def test_a_thesis_from_right_to_left_and_an_empty_one() -> None:
    persian = read(write(Document(Metadata(title="پایان‌نامه", language="fa"))))
    assert (persian.get("lang"), persian.get("dir")) == ("fa", "rtl")
    assert find(read(write(Document(Metadata()))), "h1")


def test_page_numbers_are_shown_or_not(every_node: Document, page: str) -> None:
    assert '<body class="numbered">' in page
    without = write(every_node, HtmlOptions(page_numbers=False))
    assert "<body>" in without and 'role="doc-pagebreak"' in without


def test_reference_managers_find_the_thesis(every_node: Document, page: str) -> None:
    told = {meta.get("name"): meta.get("content") for meta in find(read(page), "meta")}
    assert told["citation_author"] == every_node.metadata.authors[-1]
    assert every_node.metadata.title in str(told["citation_title"])


def test_the_colophon_tells_what_was_doubtful(every_node: Document) -> None:
    tables = [Diagnostic(Code.TABLE_AS_PICTURE, "a table is shown", page) for page in (3, 9)]
    page = write(replace(every_node, body=()), None, *tables, Diagnostic(Code.NO_HEADINGS, "one <piece>"))
    colophon = page[page.index("colophon_heading") :]
    assert "<code>table-as-picture</code>, 2 times (PDF pages 3, 9): a table is shown" in colophon
    assert "<code>no-headings</code>: one &lt;piece&gt;" in colophon
