"""The sample theses as a whole: what must hold for every thesis, whatever is recognised in it.

What is right comes from elsewhere than the code: from the samples' sources, from `outline.txt`,
written by hand, from facts about their pages below, and from PDFium's own reading of the text.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from tests.commands import run_command
from tests.tools import check_access, check_epub
from thesis_convert import load
from thesis_convert.document import Document, Figure, ListItem, Note, PageBreak
from thesis_convert.serialization import parse_document
from thesis_convert.traversal import plain_text, walk

SAMPLES = Path(__file__).parent.parent / "samples"
HYPHEN = re.compile(r"[-\u00ad\u2010\u2011\ufffe]\s*")
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+")
FORMATS = ("epub", "html", "json", "markdown", "text")


@dataclass(frozen=True, slots=True, repr=False)
class Sample:
    """What is known of a sample: the printed pages by ranges, and what stands there for paper's sake.

    `contents` are the PDF pages of the contents and the lists of figures, tables and listings.
    `running_heads` has the first line of the pages that begin with one, by PDF page. `lost` and
    `invented` are how many words may differ, each for the reason that stands beside it.
    """

    name: str
    labels: tuple[str, ...]
    contents: tuple[int, ...]
    running_heads: dict[int, str]
    notes: tuple[str, ...]
    lost: int
    invented: int

    @property
    def pdf(self) -> Path:
        return SAMPLES / self.name / "thesis.pdf"


def count(first: int, last: int) -> tuple[str, ...]:
    return tuple(map(str, range(first, last + 1)))


HUMANITIES = Sample(
    name="humanities",
    labels=count(1, 24),
    contents=(2,),
    running_heads={},
    notes=count(1, 37),
    lost=0,
    invented=0,
)
COMPUTING = Sample(
    name="computing",
    labels=("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", *count(1, 18)),
    contents=(5, 6, 7, 8, 9),
    running_heads={
        12: "2 Chapter 1. Introduction",
        14: "4 Chapter 2. Background",
        15: "2.3 Why signature files went out of use 5",
        17: "3.3 Choosing the length 7",
        18: "8 Chapter 3. Design",
        20: "10 Chapter 4. Implementation",
        21: "4.4 Settings 11",
        23: "5.3 Searching 13",
        24: "14 Chapter 5. Evaluation",
        27: "A.3 Exit codes 17",
    },
    notes=("1", "1", "1"),
    lost=0,
    invented=0,
)
GERMAN = Sample(
    name="german",
    labels=("I", "II", "III", "IV", "V", *count(1, 15)),
    contents=(4, 5),
    running_heads={
        8: "2 Schatten als städtisches Gut",
        10: "3 Untersuchungsgebiet und Methode",
        12: "4 Ergebnisse",
        13: "4 Ergebnisse",
        14: "4 Ergebnisse",
        16: "5 Diskussion",
    },
    notes=count(1, 6),
    lost=0,
    invented=0,
)


@dataclass(frozen=True, slots=True, repr=False)
class Conversion:
    """A sample with its outputs in all formats in one folder, named `thesis.*`."""

    sample: Sample
    folder: Path
    document: Document


@pytest.fixture(scope="module", params=[HUMANITIES, COMPUTING, GERMAN], ids=lambda sample: sample.name)
def converted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Conversion:
    sample: Sample = request.param
    folder = tmp_path_factory.mktemp(sample.name)
    done = run_command(sample.pdf, "--to", ",".join(FORMATS), "--output-dir", folder, cwd=folder)
    assert done.returncode == 0, done.stderr
    return Conversion(sample, folder, load(sample.pdf))


# --- The tree -----------------------------------------------------------------------------------


def test_the_outline_is_that_of_the_printed_thesis(converted: Conversion) -> None:
    printed = run_command(converted.sample.pdf, "--outline", cwd=converted.folder).stdout
    found = [re.sub(r" \.{3,} (\S+)$", r"\t\1", line) for line in printed.splitlines()]
    assert found == (SAMPLES / converted.sample.name / "outline.txt").read_text(encoding="utf-8").splitlines()


def test_every_page_begins_once_and_has_its_printed_number(converted: Conversion) -> None:
    breaks = [(node.page, node.label) for node in walk(converted.document) if isinstance(node, PageBreak)]
    assert breaks == list(enumerate(converted.sample.labels, 1))


def test_every_note_stands_at_its_mark(converted: Conversion) -> None:
    notes = [node for node in walk(converted.document) if isinstance(node, Note)]
    assert tuple(note.label for note in notes) == converted.sample.notes
    assert all(plain_text(note.blocks) for note in notes)


def test_the_notes_hold_what_the_author_wrote() -> None:
    """Word for word the notes of the source, also those that run over to the next page."""
    source = ElementTree.parse(SAMPLES / "humanities/thesis.fodt")
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    bodies = [note.find(f"{text}note-body") for note in source.iter(f"{text}note")]
    written = ["".join(body.itertext()) for body in bodies if body is not None]
    notes = [node for node in walk(load(HUMANITIES.pdf)) if isinstance(node, Note)]
    found = [" ".join(plain_text(note.blocks).split()) for note in notes]
    expected = [" ".join(note.split()) for note in written]
    assert len(found) == len(expected) > 30
    assert [(note, right) for note, right in zip(found, expected, strict=True) if note != right] == []


def test_ids_are_unique_and_every_reference_leads_somewhere(converted: Conversion) -> None:
    nodes = list(walk(converted.document))
    ids = Counter(node.id for node in nodes if getattr(node, "id", ""))
    assert [name for name, times in ids.items() if times > 1] == []
    assert {node.target for node in nodes if hasattr(node, "target")} <= set(ids)


# --- The words ----------------------------------------------------------------------------------


def test_no_word_is_lost(converted: Conversion) -> None:
    lost = count_words(read_pages(converted.sample)) - count_words(read_document(converted.document))
    lost -= count_words(read_line_numbers(converted.sample))
    assert lost.total() <= converted.sample.lost, lost


def test_no_word_is_invented_or_said_twice(converted: Conversion) -> None:
    """Also no running head, no page number, and no line of the contents is left in the text."""
    invented = count_words(read_document(converted.document)) - count_words(read_pages(converted.sample))
    assert invented.total() <= converted.sample.invented, invented


def read_pages(sample: Sample) -> Iterator[str]:
    """The text of the pages as PDFium reads it, without running heads, page numbers and contents."""
    pdf = pypdfium2.PdfDocument(sample.pdf)
    for number, label in enumerate(sample.labels, 1):
        if number in sample.contents:
            continue
        lines = pdf[number - 1].get_textpage().get_text_range().split("\r\n")
        if number in sample.running_heads:
            assert lines.pop(0).strip() == sample.running_heads[number]
        if label in (lines[0].strip(), lines[-1].strip()):
            lines.pop(0 if lines[0].strip() == label else -1)
        yield "\n".join(lines)
    pdf.close()


def read_line_numbers(sample: Sample) -> Iterator[str]:
    """The numbers that stand beside the lines of listings for paper's sake; they are no part of the code."""
    for source in sample.pdf.parent.glob("chapters/*.tex"):
        for listing in re.findall(r"\\begin\{lstlisting\}.*?\n(.*?)\\end\{lstlisting\}", source.read_text(), re.DOTALL):
            yield " ".join(count(1, listing.count("\n")))


def read_document(document: Document) -> Iterator[str]:
    """Every text that the document holds: what is read, and what stands in marks and pictures."""
    yield plain_text(document, notes=True)
    for node in walk(document):
        if isinstance(node, Note | ListItem):
            yield node.label
        if isinstance(node, Note):  # paper has the number at the mark and at the foot of the page
            yield node.label
        if isinstance(node, Figure) and node.caption:  # else plain_text has it
            yield node.alternative


def count_words(texts: Iterator[str]) -> Counter[str]:
    """How often each word occurs, hyphens and the line ends after them taken out.

    Digits stand apart from letters, since PDFium runs the numbers of notes into words, and every
    Chinese character is a word, since it finds spaces between some of them.
    """
    text = unicodedata.normalize("NFKC", "\n".join(texts)).casefold()
    return Counter(WORD.findall(HYPHEN.sub("", text)))


# --- The outputs --------------------------------------------------------------------------------


def test_json_loads_back_equal(converted: Conversion) -> None:
    loaded = parse_document((converted.folder / "thesis.json").read_bytes())
    assert loaded == converted.document


def test_the_same_bytes_again(converted: Conversion, tmp_path: Path) -> None:
    """In another folder, at another time, in another time zone, and with another order of sets."""
    env = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "4711"}
    words = ("--to", ",".join(FORMATS), "--output-dir", tmp_path / "again")
    assert run_command(converted.sample.pdf, *words, cwd=tmp_path, env=env).returncode == 0
    assert read_folder(tmp_path / "again") == read_folder(converted.folder)


def test_epubcheck_has_nothing_to_say(converted: Conversion) -> None:
    assert check_epub(converted.folder / "thesis.epub") == []


def test_ace_has_nothing_to_say(converted: Conversion, tmp_path: Path) -> None:
    assert check_access(converted.folder / "thesis.epub", tmp_path) == []


def test_every_page_of_the_book_is_xml_with_ids_of_its_own(converted: Conversion) -> None:
    with zipfile.ZipFile(converted.folder / "thesis.epub") as book:
        pages = [name for name in book.namelist() if name.endswith(".xhtml")]
        assert len(pages) > 8
        for name in pages:
            ids = Counter(element.get("id") for element in ElementTree.fromstring(book.read(name)).iter())
            assert [found for found, times in ids.items() if found and times > 1] == [], name


def test_every_picture_of_the_markdown_is_there(converted: Conversion) -> None:
    text = (converted.folder / "thesis.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?:!\[.*?\]\(|<img src=[\"'])(thesis_media/[^)\"' ]+)", text, re.DOTALL)
    written = [path.relative_to(converted.folder).as_posix() for path in converted.folder.glob("thesis_media/*")]
    assert set(shown) == set(written)


def read_folder(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
