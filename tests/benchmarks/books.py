"""What others have to say of EPUBs made from PDFs: EPUBCheck, Ace, and the PDFs' own pages.

    python tests/benchmarks/books.py samples/*/thesis.pdf
    python tests/benchmarks/books.py --pages 100 --folder books theses/*.pdf

For each PDF one line: messages of EPUBCheck (usage messages too), issues of Ace, kilobytes of the
largest file of text, and of the printed pages how many are listed and how many of those, drawn by
chance, begin where the PDF's page begins. Whatever is wrong is told below; the program ends with 1 then.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.tools import check_access, check_epub
from thesis_convert import convert

HTML, OPS_TYPE = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}type"
LARGEST = 300_000
# So many letters behind the mark of a page must be on it; with as many before it they must not.
LOOKED_FOR = 14
# Elements whose words stand elsewhere than in the order of the page, and those that are spelled otherwise.
FLOATING, OTHERWISE, CUT = frozenset({"aside"}), frozenset({"figure", "math", "pre", "table"}), "\0"
# Letters that stand in one glyph, of which PDFium gives now the one first and now the other.
JOINED = re.compile("[ال]+")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=100, help="how many pages of each thesis are looked up")
    parser.add_argument("--folder", type=Path, help="keep the books here")
    words = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as room:
        for pdf in words.pdfs:
            name = pdf.stem if pdf.stem != "thesis" else pdf.resolve().parent.name
            (words.folder or Path(room)).mkdir(exist_ok=True)
            (book,) = convert(pdf, "epub", (words.folder or Path(room)) / f"{name}.epub", force=True)
            found = list(look_over(book, pdf, words.pages, Path(room) / name))
            wrong += len(found)
            print("\n".join([f"{name}: {describe(book)}, {len(found)} remarks", *[f"    {one}" for one in found]]))
    return 1 if wrong else 0


def describe(book: Path) -> str:
    with zipfile.ZipFile(book) as archive:
        size = max(entry.file_size for entry in archive.infolist() if entry.filename.endswith(".xhtml"))
    return f"largest file {size // 1000} kB, {len(read_page_list(book))} printed pages"


def look_over(book: Path, pdf: Path, pages: int, folder: Path) -> Iterator[str]:
    """Everything that is wrong with a book."""
    folder.mkdir()
    yield from (f"EPUBCheck: {told}" for told in check_epub(book))
    yield from (f"Ace: {told}" for told in check_access(book, folder))
    with zipfile.ZipFile(book) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".xhtml") and "nav" not in entry.filename and entry.file_size > LARGEST:
                yield f"{entry.filename} has {entry.file_size} bytes"
    listed = read_page_list(book)
    chosen = random.Random(0).sample(listed, min(pages, len(listed)))
    texts = read_around_marks(book)
    with pypdfium2.PdfDocument(pdf) as document:
        turned = any(holds_right_to_left(page.get_textpage().get_text_range()) for page in document)
        for label, address in chosen:
            number = int(re.sub(r".*#page_(\d+)$", r"\1", address))
            printed = document[number - 1].get_textpage().get_text_range()
            if fault := find_fault(*texts[address], spell(printed), turned):
                yield f"page {label} (PDF page {number}): {fault}"


def find_fault(before: str, after: str, printed: str, turned: bool) -> str:
    """What is wrong with a mark between these words, on a page with those letters; "" if nothing is.

    `turned` says that the PDF has lines from the right. PDFium gives the letters of their words in order,
    but not always the words, nor those of Latin lines between them.
    """
    before, after = before.rpartition(CUT)[2], after.partition(CUT)[0]
    start, end = spell(before)[-LOOKED_FOR:], spell(after)[:LOOKED_FOR]
    words = [spell(word) for word in after.split()[:3]]
    if end not in printed and not (turned and all(word in printed for word in words)):
        return f"{end!r} follows its mark and is not on it"
    # The mark stands behind a word that began on the page before.
    if start and end and printed.partition(end)[0].endswith(start):
        return f"it begins before {start!r}, where it has no mark"
    return ""


def holds_right_to_left(printed: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in printed)


def read_page_list(book: Path) -> list[tuple[str, str]]:
    """The label of each printed page, and where the book says it begins."""
    with zipfile.ZipFile(book) as archive:
        root = ElementTree.fromstring(archive.read("EPUB/nav.xhtml"))
    lists = [nav for nav in root.iter(f"{HTML}nav") if nav.get(OPS_TYPE) == "page-list"]
    return [("".join(link.itertext()), link.attrib["href"]) for nav in lists for link in nav.iter(f"{HTML}a")]


def read_around_marks(book: Path) -> dict[str, tuple[str, str]]:
    """The words before and after each mark of a page, by its address.

    None follow where the next page begins at once: a page of contents, which the book leaves out,
    or one with nothing but a figure.
    """
    found: dict[str, tuple[str, str]] = {}
    with zipfile.ZipFile(book) as archive:
        package = archive.read("EPUB/content.opf").decode()
        files = dict(re.findall(r'<item [^>]*?href="([^"]+\.xhtml)"[^>]*?id="([^"]+)"', package))
        for name in files:
            parts = list(list_parts(ElementTree.fromstring(archive.read(f"EPUB/{name}"))[1]))
            for place, part in enumerate(parts):
                if isinstance(part, ElementTree.Element):
                    before = "".join(one for one in parts[max(0, place - 60) : place] if isinstance(one, str))
                    after = "".join(map(str, takewhile(lambda one: isinstance(one, str), parts[place + 1 :])))
                    found[f"{name}#{part.get('id')}"] = before, after
    return found


def list_parts(element: ElementTree.Element, mark_only: bool = False) -> Iterator[ElementTree.Element | str]:
    """The marks of pages and the words of a page, those that float left out."""
    if element.get(OPS_TYPE) == "pagebreak":
        yield element
    name = element.tag.rpartition("}")[2]
    mark_only = mark_only or name in FLOATING | OTHERWISE
    if name in OTHERWISE:
        yield CUT
    if element.text and not mark_only:
        yield element.text
    for child in element:
        yield from list_parts(child, mark_only)
        if child.tail and not mark_only:
            yield child.tail


def spell(text: str) -> str:
    """Letters alone: hyphens, spaces, joined letters and the marks of notes differ between paper and book."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalpha())
    return JOINED.sub(lambda match: "".join(sorted(match[0])), letters)


if __name__ == "__main__":
    raise SystemExit(main())
