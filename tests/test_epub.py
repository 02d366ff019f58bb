"""The EPUB as those see it who get it: EPUBCheck, pandoc, a reader that follows links, an archive tool."""

from __future__ import annotations

import hashlib
import io
import json
import os
import posixpath
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypandoc  # type: ignore[import-untyped]
import pytest

from tests.tools import check_access, check_epub
from thesis_convert.diagnostics import Code, Diagnostic
from thesis_convert.document import (
    Abstract,
    BibliographyEntry,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Foreign,
    Identifier,
    Link,
    ListItem,
    Math,
    MathBlock,
    Metadata,
    Note,
    OrderedList,
    PageBreak,
    Paragraph,
    Reference,
    Row,
    Section,
    Source,
    Table,
    Text,
    Verse,
)
from thesis_convert.traversal import plain_text, sections, walk
from thesis_convert.writers import WriteContext
from thesis_convert.writers.epub import EpubOptions, EpubWriter

HTML = "{http://www.w3.org/1999/xhtml}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Book:
    """An unpacked EPUB."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.archive.namelist()
        self.package = self.parse("content.opf")
        self.pages = {
            name.removeprefix("EPUB/"): self.parse(name.removeprefix("EPUB/"))
            for name in self.names
            if name.endswith(".xhtml")
        }

    def read(self, name: str) -> str:
        return self.archive.read(f"EPUB/{name}").decode()

    def parse(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.archive.read(f"EPUB/{name}"))

    @property
    def spine(self) -> list[str]:
        names = {item.get("id"): item.attrib["href"] for item in self.package.iter(f"{OPF}item")}
        return [names[item.get("idref")] for item in self.package.iter(f"{OPF}itemref")]

    def meta(self, name: str) -> list[str]:
        return [element.text or "" for element in self.package.iter(f"{OPF}meta") if element.get("property") == name]

    def dc(self, name: str) -> list[str]:
        return [element.text or "" for element in self.package.iter(DC + name)]

    def nav(self, kind: str) -> list[tuple[str, str]]:
        """The text and target of every line of a navigation list, in order."""
        lists = [element for element in self.pages["nav.xhtml"].iter(f"{HTML}nav") if element.get(OPS_TYPE) == kind]
        return [("".join(link.itertext()), link.attrib["href"]) for nav in lists for link in nav.iter(f"{HTML}a")]


def make_book(document: Document, options: EpubOptions | None = None, **context: Any) -> Book:
    return Book(EpubWriter().write(document, options or EpubOptions(), WriteContext("thesis", **context)).data)


def p(*content: Any) -> Paragraph:
    return Paragraph(tuple(Text(node) if isinstance(node, str) else node for node in content))


def chapter(
    title: str, *blocks: Any, name: str = "", language: str = "", children: tuple[Section, ...] = ()
) -> Section:
    return Section("chapter", "", (Text(title),), blocks, children, name, language)


def thesis(*body: Section, **metadata: Any) -> Document:
    return Document(
        Metadata(**({"title": "T", "language": "en"} | metadata)), body=body, source=Source("t.pdf", "0" * 64, 9)
    )


@pytest.fixture(scope="module")
def book(every_node: Document) -> Book:
    return make_book(every_node, timestamp=1_700_000_000)


@pytest.fixture(scope="module")
def hostile() -> Document:
    """What recognition should never produce, and may."""
    nasty = "a\x00b\x0c<&>\"'\ud800]]>\ufffe --> <!-- &amp; \u202e"
    wide = Row((Cell((p("x"),), column_span=2, row_span=3), Cell(())))
    table = Table((), (wide, Row(())), (Text(nasty),), notes=(p("n"),))
    nested = (Link("https://f.org/", (Text("x"), Note("n", nasty, (p("y"),)))), Reference("gone", (Text("z"),)))
    blocks: tuple[Any, ...] = (
        Paragraph((Text(nasty), PageBreak(nasty, 1)), id="twice"),
        Paragraph((Text("x"),), id="twice"),
        Paragraph((Text("x"),), "no language", "1 bad id"),
        p(),
        p(PageBreak("1", 1)),
        p(Link("http://a b|c.org/\\{}", (Text("x"),))),
        p(Link('https://e.org/%zz ^`{|}"<>\\#a#b[]', (Text("x"),))),
        p(Link("https://e.org/", nested)),
        p(Note("n", "1", (p("same id"),)), Note("", "", ())),
        p(Note("3", "x", (table, BulletList((ListItem((p("i"), table), "*"),))))),
        BulletList(()),
        OrderedList((), 0),
        OrderedList((ListItem(()), ListItem((p("i"),), "999999.")), -3),
        Verse(()),
        Verse(((),)),
        BlockQuote(()),
        Figure(""),
        Figure("gone.png", figures=(Figure(""),)),
        Table((), ()),
        table,
        CodeBlock(nasty, 'py"<'),
        CodeBlock("\n\n x", id="c"),
        p(Math(r"\frac{a", "a"), Math(nasty, nasty), Math(r"x & y < z \\ \begin{aligned} a&=b\end{aligned}", "")),
        MathBlock(r"\begin{aligned} a&=b\\ c&=\text{if }d\end{aligned}", "a = b", "(1)"),
        MathBlock(r"\begin{cases}a & x<0\\ b & \text{else}\end{cases} \left\| \sqrt[3]{x} \right.", "a"),
        MathBlock(r"\hat{x} \vec{v} \binom{n}{k} \overbrace{x} \not= \mathbb{R}" * 5, "long " * 20, nasty),
        BibliographyEntry((Text(nasty),), nasty, "e"),
        p(Foreign("", (Text("x"),)), Reference("e", (Reference("e", (Text("c"),)),))),
    )
    deep = Section("section", nasty, (Text(nasty), Note("h", "1", (p("t"),)), PageBreak("5", 5)), blocks)
    for kind in ("introduction", "part", "bibliography", "other", "chapter", "part", "part", "title-page"):
        deep = Section(kind, "", (Text(kind),), (), (deep, Section(kind, "", ())))
    metadata = Metadata(
        title=nasty,
        subtitle=" \n ",
        authors=("", " ", nasty),
        date="31 March 21",
        language="Klingon!",
        keywords=("", nasty),
        abstracts=(Abstract("", ""),),
        identifiers=(Identifier("doi", ""), Identifier("isbn", "978-0-14-103614-4"), Identifier("uri", nasty)),
    )
    return Document(metadata, (deep,), (), (), (), "gone.png", Source(nasty, "", 0))


# --- Valid --------------------------------------------------------------------------------------


def check(book: Book, folder: Path) -> list[str]:
    path = folder / "book.epub"
    path.write_bytes(book.data)
    return check_epub(path)


def test_epubcheck_has_nothing_to_say_about_every_node(book: Book, tmp_path: Path) -> None:
    assert check(book, tmp_path) == []


def test_ace_has_nothing_to_say_about_every_node(book: Book, tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(book.data)
    assert check_access(tmp_path / "book.epub", tmp_path) == []


def test_epubcheck_has_nothing_to_say_about_hostile_input(hostile: Document, tmp_path: Path) -> None:
    assert check(make_book(hostile), tmp_path) == []


def test_epubcheck_has_nothing_to_say_about_a_divided_book_from_right_to_left(
    every_node: Document, tmp_path: Path
) -> None:
    document = replace(every_node, metadata=replace(every_node.metadata, language="fa"), cover="")
    assert check(make_book(document, EpubOptions(split_size=1)), tmp_path) == []


def test_epubcheck_has_nothing_to_say_about_an_empty_thesis(tmp_path: Path) -> None:
    assert check(make_book(Document(Metadata())), tmp_path) == []


# --- The same bytes -----------------------------------------------------------------------------

WRITE = """
import hashlib, sys
from pathlib import Path
from thesis_convert.serialization import parse_document
from thesis_convert.writers import WriteContext
from thesis_convert.writers.epub import EpubOptions, EpubWriter
document = parse_document(Path(sys.argv[1]).read_bytes())
data = EpubWriter().write(document, EpubOptions(), WriteContext("thesis", 1_700_000_000)).data
print(hashlib.sha256(data).hexdigest())
"""


def test_the_bytes_depend_on_neither_time_zone_nor_hash_seed(book: Book) -> None:
    digests = {hashlib.sha256(book.data).hexdigest()}
    for zone, seed in (("Asia/Tokyo", "1"), ("America/Lima", "77")):
        environment = dict(os.environ) | {"TZ": zone, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", WRITE, str(Path(__file__).parent / "document.json")]
        digests.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip())
    assert len(digests) == 1


def test_the_archive_tells_no_time_and_stores_what_is_compressed(book: Book) -> None:
    entries = book.archive.infolist()
    assert (entries[0].filename, entries[0].compress_type, entries[0].extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.archive.read("mimetype") == b"application/epub+zip"
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    stored = {entry.filename for entry in entries if entry.compress_type == zipfile.ZIP_STORED}
    assert stored == {"mimetype"} | {name for name in book.names if "/images/" in name}
    assert book.meta("dcterms:modified") == ["2023-11-14T22:13:20Z"]


def test_a_book_is_known_by_its_pdf(every_node: Document, book: Book) -> None:
    other = replace(every_node, source=replace(every_node.source, sha256="1" * 64))
    renamed = replace(every_node, source=replace(every_node.source, name="x.pdf"), metadata=Metadata(title="X"))
    assert book.dc("identifier")[0].startswith("urn:uuid:")
    assert make_book(other).dc("identifier")[0] != book.dc("identifier")[0]
    assert make_book(renamed).dc("identifier")[0] == book.dc("identifier")[0]


# --- Whole --------------------------------------------------------------------------------------


def test_every_word_is_in_the_book(every_node: Document, book: Book) -> None:
    shown = ["".join(page.itertext()) for name, page in book.pages.items() if name != "nav.xhtml"]
    words = [node.text for node in walk(every_node) if isinstance(node, Text | CodeBlock)]
    assert len(words) > 100
    assert [word for word in words if not any(word in page for page in shown)] == []


def test_ids_are_unique_and_every_link_leads_somewhere(book: Book) -> None:
    ids = {
        name: [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        for name, page in book.pages.items()
    }
    for name, found in ids.items():
        assert len(found) == len(set(found)), name
    links = 0
    for name, page in book.pages.items():
        for link in page.iter(f"{HTML}a"):
            address, _, fragment = link.attrib["href"].partition("#")
            if ":" not in address:
                target = posixpath.normpath(address) if address else name
                assert not fragment or fragment in ids[target], link.attrib["href"]
                links += target in ids
    assert links > 60


def test_contents_have_the_tree_of_the_thesis(every_node: Document, book: Book) -> None:
    def lines(element: ElementTree.Element, depth: int = 0) -> Iterator[tuple[int, str]]:
        for item in element.findall(f"{HTML}ol/{HTML}li"):
            link = item.find(f"{HTML}a")
            assert link is not None
            yield depth, "".join(link.itertext())
            yield from lines(item, depth + 1)

    nav = book.pages["nav.xhtml"].find(f"{HTML}body/{HTML}nav[@id='toc']")
    assert nav is not None
    titled = [(depth - 1, plain_text(section.title)) for section, depth in sections(every_node) if section.title]
    shown = [*lines(nav)]
    assert shown[0] == (0, "Title page") and shown[-1] == (0, "Colophon")
    assert [depth for depth, _ in shown[1:-1]] == [depth for depth, _ in titled]
    assert all(text.endswith(title) for (_, text), (_, title) in zip(shown[1:-1], titled, strict=True))
    assert (3, "1.1.1 Their handwriting") in shown
    ncx = book.parse("toc.ncx")
    texts = [element.text for element in ncx.iter("{http://www.daisy.org/z3986/2005/ncx/}text")]
    assert texts == ["Counting the Rain", *(text for _, text in shown)]


def test_printed_pages_figures_and_tables_are_listed(every_node: Document, book: Book) -> None:
    labels = [node.label for node in walk(every_node) if isinstance(node, PageBreak)]
    assert [text for text, _ in book.nav("page-list")] == labels
    assert "A-1" in labels and "iv" in labels
    assert [text.split(":")[0] for text, _ in book.nav("loi")] == ["Figure 1.1", "Figure 1.2", "Figure 1.3"]
    assert [text.split(":")[0] for text, _ in book.nav("lot")] == ["Table 2.1", "Table 2.2", "Table 2.3"]
    assert book.nav("landmarks")[:2] == [("Title page", "title-page.xhtml"), ("Beginning", "introduction.xhtml")]
    assert ("Bibliography", "bibliography.xhtml") in book.nav("landmarks")


def test_the_menu_is_in_the_language_of_the_book() -> None:
    book = make_book(thesis(chapter("Anfang"), language="de-AT"))
    assert book.nav("toc")[0] == ("Titelseite", "title-page.xhtml")
    assert book.pages["nav.xhtml"].attrib["lang"] == "de-AT"


# --- Files --------------------------------------------------------------------------------------


def test_files_follow_the_parts_of_the_thesis(book: Book) -> None:
    assert book.spine[:3] == ["cover.xhtml", "title-page.xhtml", "copyright-page.xhtml"]
    assert book.spine[-1] == "colophon.xhtml"
    middle = book.spine.index("part-1.xhtml")
    assert book.spine[middle : middle + 4] == ["part-1.xhtml", "chapter-1.xhtml", "chapter-2.xhtml", "conclusion.xhtml"]
    assert {"abstract.xhtml", "abstract-2.xhtml", "appendix-1.xhtml"} < set(book.spine)
    assert "nav.xhtml" not in book.spine
    assert all(name.isascii() and " " not in name for name in book.names)


def make_section(number: int, words: int, children: tuple[Section, ...] = ()) -> Section:
    content = p(PageBreak(str(number), number), "word " * words, Note(f"n-{number}", "1", (p("note"),)))
    return Section("section", f"1.{number}", (Text("S"),), (content,), children, f"s-{number}", "fr" * (number == 3))


def test_a_big_chapter_is_divided_at_its_sections() -> None:
    parts = (*(make_section(number, 250) for number in range(1, 5)), make_section(5, 250, (make_section(6, 500),)))
    document = thesis(
        chapter("One", p(Reference("s-5", (Text("see"),))), children=parts),
        chapter("Two", p(Reference("s-6", (Text("deep"),)))),
    )
    book = make_book(document, EpubOptions(split_size=5))
    places = {element.get("id"): name for name, page in book.pages.items() for element in page.iter(f"{HTML}section")}
    assert [places[f"s-{number}"].removesuffix(".xhtml") for number in range(1, 7)] == [
        "chapter-1", "chapter-1", "chapter-1-2", "chapter-1-2", "chapter-1-3", "chapter-1-4",
    ]  # fmt: skip
    assert book.spine[1:-1] == [*dict.fromkeys(places[f"s-{number}"] for number in range(1, 7)), "chapter-2.xhtml"]
    assert 'href="chapter-1-3.xhtml#s-5"' in book.read("chapter-1.xhtml")
    assert 'href="chapter-1-4.xhtml#s-6"' in book.read("chapter-2.xhtml")
    for number in range(1, 7):
        page = book.read(places[f"s-{number}"])
        assert f'id="ref_n-{number}"' in page and f'id="n-{number}"' in page
    assert book.pages["chapter-1-2.xhtml"].attrib["lang"] == "en"
    assert [level for level in ("h1", "h2", "h3") if f"<{level} " in book.read("chapter-1-4.xhtml")] == ["h3"]


def test_no_file_is_larger_than_allowed() -> None:
    """Counted in bytes, with links as long as they become."""
    citing = [p("引用" * 60, *[Reference("e", (Text("[1]"),)) for _ in range(4)]) for _ in range(40)]
    parts = tuple(Section("section", "", (Text("節"),), (block,)) for block in citing)
    document = thesis(chapter("One", children=parts), chapter("Entries", BibliographyEntry((Text("Book"),), id="e")))
    book = make_book(document, EpubOptions(split_size=10))
    sizes = [len(book.read(name).encode()) for name in book.spine if name.startswith("chapter-1")]
    assert len(sizes) > 3 and max(sizes) <= 10_000


def test_no_two_files_have_one_name() -> None:
    """A title page may stand after the first chapter, and a part that is cut before another of its kind."""
    parts = tuple(make_section(number, 250) for number in range(1, 5))
    abstracts = [Section("abstract", "", (Text("Abstract"),), (), children) for children in (parts, ())]
    book = make_book(thesis(*abstracts, Section("title-page", "", (), (p("T"),))), EpubOptions(split_size=5))
    assert len(book.names) == len(set(book.names))
    assert book.spine[:4] == ["abstract.xhtml", "abstract-1-2.xhtml", "abstract-2.xhtml", "title-page.xhtml"]


def test_the_cover_is_page_one_or_none(every_node: Document, book: Book) -> None:
    image = book.pages["cover.xhtml"].find(f".//{HTML}img")
    assert image is not None
    assert image.attrib["alt"] == "Cover: Counting the Rain, Ada Quill, Béla O’Rourke-Łoś"
    (item,) = [item for item in book.package.iter(f"{OPF}item") if item.get("properties") == "cover-image"]
    assert item.attrib["href"] == image.attrib["src"] == "images/cover.png"
    (legacy,) = [element for element in book.package.iter(f"{OPF}meta") if element.get("name") == "cover"]
    assert legacy.get("content") == item.get("id")
    without = make_book(replace(every_node, cover=""))
    assert "cover.xhtml" not in without.spine and "EPUB/images/cover.png" not in without.names


def test_a_title_page_is_made_where_none_was_kept() -> None:
    book = make_book(
        thesis(chapter("One"), subtitle="S & S", authors=("Ann Author",), institution="University", date="2020/2021")
    )
    text = "".join(book.pages["title-page.xhtml"].itertext()).split("\n")
    assert [line for line in text if line][1:] == ["T", "S & S", "Ann Author", "University", "2020/2021"]


def test_the_colophon_names_the_file(book: Book) -> None:
    text = "".join(book.pages["colophon.xhtml"].itertext())
    assert "counting-the-rain.pdf" in text and "24 pages" in text and "3f1c0a5e" in text


# --- Metadata -----------------------------------------------------------------------------------


def test_catalogue_data(book: Book) -> None:
    assert book.dc("title") == ["Counting the Rain: Gauges and Their Keepers in the Lorn Valley, 1871–1939"]
    assert book.dc("creator") == ["Ada Quill", "Béla O’Rourke-Łoś"]
    assert book.dc("language") == ["en", "de", "zh-Hant"]
    assert book.dc("date") == ["2021-03-31"]
    assert book.dc("identifier")[1:] == [
        "https://doi.org/10.5555/harrowmere.204417",
        "https://repository.example.org/204417",
    ]
    assert book.dc("subject") == ["rain gauges", "volunteers", "history of measurement"]
    assert book.dc("description")[0].startswith("For sixty-eight years")
    roles = {
        element.get("refines"): element.text
        for element in book.package.iter(f"{OPF}meta")
        if element.get("property") == "role"
    }
    assert (roles["#author-2"], roles["#supervisor-1"], roles["#institution-1"]) == ("aut", "ths", "dgg")
    assert book.package.attrib[LANG] == "en"


def test_only_true_claims_of_accessibility(book: Book) -> None:
    assert book.meta("schema:accessMode") == ["textual", "visual"]
    assert set(book.meta("schema:accessibilityFeature")) == {
        "tableOfContents", "displayTransformability", "unlocked", "MathML", "pageBreakMarkers", "pageNavigation",
    }  # fmt: skip
    assert book.meta("pageBreakSource") == ["https://doi.org/10.5555/harrowmere.204417"]
    assert book.meta("dcterms:conformsTo") == []
    plain = make_book(thesis(chapter("One", p("text"))))
    assert plain.meta("schema:accessMode") == plain.meta("schema:accessModeSufficient") == ["textual"]
    assert set(plain.meta("schema:accessibilityFeature")) == {"tableOfContents", "displayTransformability", "unlocked"}
    assert plain.meta("pageBreakSource") == []


def test_pictures_without_description_are_counted(every_node: Document) -> None:
    bare = chapter("One", Figure("gauge.png", (Text("Figure 1"),)), Figure("drop.png"))
    book = make_book(replace(every_node, front_matter=(), body=(bare,), back_matter=()))
    assert book.meta("schema:accessModeSufficient") == ["textual,visual"]
    assert "2 pictures have no description" in book.meta("schema:accessibilitySummary")[0]
    assert {name for name in book.names if "images/" in name} == {
        "EPUB/images/gauge.png", "EPUB/images/drop.png", "EPUB/images/cover.png",
    }  # fmt: skip


def test_a_book_from_right_to_left() -> None:
    book = make_book(thesis(chapter("یک", CodeBlock("x = 1")), chapter("Two", language="en"), language="fa"))
    spine = book.package.find(f"{OPF}spine")
    assert spine is not None and spine.get("page-progression-direction") == "rtl"
    assert [book.pages[f"chapter-{number}.xhtml"].get("dir") for number in (1, 2)] == ["rtl", None]
    assert book.pages["nav.xhtml"].get("dir") == "rtl"


def test_an_unknown_language_is_said_to_be_unknown() -> None:
    book = make_book(thesis(chapter("One"), language=""))
    assert book.dc("language") == ["und"]


def test_lost_characters_are_told_once() -> None:
    heard: list[Diagnostic] = []
    make_book(thesis(chapter("On\x00e", p("a\x0cb", "c\x1fd")), title="T\x00"), report=heard.append)
    assert [diagnostic.code for diagnostic in heard] == [Code.CHARACTERS_REPLACED]


def test_options_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="split-size"):
        EpubOptions(split_size=0)


# --- Read by pandoc -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def read_back(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Any]]:
    """The blocks that pandoc finds in a chapter of the given blocks."""

    def read(*blocks: Any) -> list[Any]:
        path = tmp_path_factory.mktemp("pandoc") / "book.epub"
        body = chapter("One", *blocks)
        path.write_bytes(make_book(thesis(body, Section("bibliography", "", (Text("B"),), (), (), "b"))).data)
        command = [pypandoc.get_pandoc_path(), "-f", "epub", "-t", "json", str(path)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["blocks"]
        texts = [stringify(block) for block in found]
        return found[texts.index("One") + 1 : texts.index("B") if "B" in texts else -2]  # type: ignore[no-any-return]

    return read


def stringify(node: Any, notes: bool = False) -> str:
    if isinstance(node, list):
        return "".join(stringify(item, notes) for item in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    return "" if kind == "Note" and not notes else stringify(content, notes)


def find(node: Any, kind: str) -> list[Any]:
    if isinstance(node, list):
        return [found for item in node for found in find(item, kind)]
    if not isinstance(node, dict):
        return []
    return ([node] if node.get("t") == kind else []) + find(node.get("c"), kind)


def test_pandoc_finds_notes_everywhere(read_back: Callable[..., list[Any]]) -> None:
    def mark(name: str, *blocks: Any) -> Note:
        return Note(name, name[-1], blocks or (p(f"text of {name}"),))

    long = mark("n-1", p("first"), p("second"), BulletList((ListItem((p("item"),)),)))
    head, body = Row((Cell((p("H", mark("n-3")),)),)), Row((Cell((p("x", mark("n-4")),)),))
    found = read_back(
        p("Word", long, " goes on."),
        BlockQuote((p("Quoted", mark("n-2")),)),
        Table((head,), (body,), (Text("Cap"), mark("n-5"))),
        Figure("", (Text("Fig"), mark("n-6")), alternative="words"),
        BulletList((ListItem((p("i", mark("n-7")),)),)),
    )
    notes = [stringify(note["c"]) for note in find(found, "Note")]
    assert notes[0] == "1 firstseconditem"
    assert notes[1:] == [f"{number} text of n-{number}" for number in (2, 5, 3, 4, 6, 7)]
    paragraph = found[0]["c"]
    assert stringify(paragraph[: [node["t"] for node in paragraph].index("Note")]) == "Word"
    assert stringify(found[:2]) == "Word goes on.Quoted"


def test_pandoc_finds_quotations_verse_code_and_lists(read_back: Callable[..., list[Any]]) -> None:
    found = read_back(
        BlockQuote((p("Quoted."),)),
        Verse(((Text("one"),), (Text("two"),))),
        CodeBlock("if x:\n    y()\n", "python"),
        OrderedList(
            (ListItem((p("c"), OrderedList((ListItem((p("i"),)),), numbering="lower-roman"))),), 3, "lower-alpha"
        ),
        p("un", Emphasis((Text("believ"),)), "able"),
    )
    assert [stringify(quote["c"]) for quote in find(found, "BlockQuote")] == ["Quoted."]
    assert len(find(found[1], "LineBreak")) == 1 and stringify(found[1]) == "one two"
    assert find(found, "CodeBlock")[0]["c"][0][1] == ["python"]
    assert find(found, "CodeBlock")[0]["c"][1].rstrip("\n") == "if x:\n    y()"
    outer, inner = find(found, "OrderedList")
    assert outer["c"][0][:2] == [3, {"t": "LowerAlpha"}] and inner["c"][0][1] == {"t": "LowerRoman"}
    assert "unbelievable" in [stringify(block) for block in found]


def test_pandoc_finds_figures_and_spans_of_tables(every_node: Document, tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(make_book(every_node).data)
    command = [pypandoc.get_pandoc_path(), "-f", "epub", "-t", "json", str(path)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    captions = [stringify(figure["c"][1]) for figure in find(told["blocks"], "Figure")]
    assert "Figure 1.1: A keeper’s gauge with its square can" in captions
    spans = {
        (cell[2], cell[3]) for table in find(told["blocks"], "Table") for row in table["c"][3][1] for cell in row[1]
    }
    assert spans == {(1, 1), (2, 1), (1, 2)}
    assert not [
        item for block in find(told["blocks"], "OrderedList") for item in block["c"][1] if "A-1" in stringify(item)
    ]
    assert stringify(told["meta"]["title"]["c"]).startswith("Counting the Rain")
    assert "Set in a fount" in stringify(told["blocks"]) and "A thesis by Ada Quill" in stringify(told["blocks"])


@pytest.mark.parametrize("tex", [r"\frac{\alpha_1}{b^{2}}", r"\sum_{i=1}^n x_i \leq \infty", r"\unknown{x} < 3 & y"])
def test_pandoc_finds_the_tex_of_formulas(tex: str, read_back: Callable[..., list[Any]]) -> None:
    found = read_back(p("Let ", Math(tex, "x"), " be."), MathBlock(tex, "x", "(1)"))
    assert [(math["c"][0]["t"], math["c"][1]) for math in find(found, "Math")] == [
        ("InlineMath", tex),
        ("DisplayMath", tex),
    ]
