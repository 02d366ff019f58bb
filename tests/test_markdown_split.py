"""A thesis as one Markdown file a chapter: nothing lost between them, and every link leads to its file."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.markdown_readers import READERS
from tests.markdown_samples import convert, refer
from tests.text_samples import chapter, paragraph
from thesis_convert import convert as convert_file
from thesis_convert.document import Document, Metadata, Note, PageBreak, Paragraph, Section, Text
from thesis_convert.writers.markdown_blocks import BREAK

SAMPLES = Path(__file__).parent.parent / "samples"


def split(document: Document, **options: str) -> tuple[str, dict[str, str]]:
    """The index, and the chapters by their names."""
    output = convert(document, split="chapter", **options)
    folder = "book_chapters/"
    chapters = {name: data.decode() for name, data in output.files.items() if name.startswith(folder)}
    return output.data.decode(), {name.removeprefix(folder): text for name, text in chapters.items()}


def strip(text: str) -> str:
    return text.split("\n---\n\n", 1)[1]


@pytest.mark.parametrize("flavor", ["common", "pandoc", "gfm", "obsidian"])
def test_the_chapters_together_are_the_whole(every_node: Document, flavor: str) -> None:
    """But for the levels of headings, and for addresses, which now name the file."""
    _, chapters = split(every_node, flavor=flavor)
    whole = strip(convert(every_node, flavor=flavor).data.decode())

    def forget(text: str) -> list[str]:
        text = re.sub(r"^#+ ", "# ", text, flags=re.MULTILINE)
        text = re.sub(r"\]\((?:\.\./|\d\d-[\w-]+\.md)", "](", text).replace('src="../', 'src="')
        return [line for line in text.splitlines() if line and line != BREAK]

    assert [line for text in chapters.values() for line in forget(strip(text))] == forget(whole)


def test_every_address_leads_to_a_file_and_a_place(tmp_path: Path) -> None:
    crossing = 0
    for name in ("humanities", "computing"):
        options = {"split": "chapter"}
        (index,) = convert_file(SAMPLES / name / "thesis.pdf", "md", tmp_path / f"{name}.md", options=options)
        files = [index, *sorted((tmp_path / f"{name}_chapters").iterdir())]
        assert len(files) > 6
        for file in files:
            for address in re.findall(r"\]\(<?([^)>\s]+)", file.read_text(encoding="utf-8")):
                path, _, place = unquote(address).partition("#")
                if re.match("[a-z]+:", address):
                    continue
                target = file.parent / path if path else file
                assert target.is_file(), address
                assert not place or f'<a id="{place}"></a>' in target.read_text(encoding="utf-8"), address
                crossing += bool(path and place)
    assert crossing > 20


def test_chapters_of_parts_begin_with_a_heading_of_the_first_level() -> None:
    inner = Section("chapter", "1", (Text("The *River*"),), (paragraph("Water."),))
    part = Section("part", "Part I", (Text("Land"),), (paragraph("Earth."),), (inner,))
    index, chapters = split(Document(Metadata(title="Maps"), body=(part, chapter(title="Ends"))))
    assert list(chapters) == ["01-part-i-land.md", "02-1-the-river.md", "03-ends.md"]
    assert strip(chapters["02-1-the-river.md"]) == "# 1 The \\*River\\*\n\nWater.\n"
    assert strip(index).splitlines() == [
        "- [Part I. Land](<book_chapters/01-part-i-land.md>)",
        "  - [1 The \\*River\\*](<book_chapters/02-1-the-river.md>)",
        "- [Ends](<book_chapters/03-ends.md>)",
    ]
    for read in READERS.values():
        assert "*River*" in str(read(strip(index)))


def test_a_chapter_knows_its_book_pages_and_notes() -> None:
    note = Note("n", "1", (paragraph("Below."),))
    start = Paragraph((PageBreak("12", 20), Text("Text"), note, PageBreak("13", 21), Text("more")))
    first = Section("chapter", "", (Text("水"),), (start,), id="c1")
    document = Document(Metadata(title="Maps", authors=("Ada",)), body=(first, chapter(refer("c1"), title="Next")))
    _, chapters = split(document, notes="document")
    text = chapters["01-chapter.md"]
    assert 'title: "水"\nbook: "Maps"\nauthor:\n- "Ada"\npages: "12–13"\n' in text
    assert text.endswith("[^1]: Below.\n")
    assert "[there](01-chapter.md#c1)" in chapters["02-next.md"] and '<a id="c1"></a>' in text


def test_names_of_files_are_plain_and_short() -> None:
    titles = ["../../etc/passwd", "A " + "very " * 30 + "long title", "CON", "ÄÖ ß 12", "", "x" * 90]
    sections = tuple(Section("chapter", "", (Text(title),), (paragraph("t"),)) for title in titles)
    _, chapters = split(Document(Metadata(), body=sections))
    assert list(chapters) == [
        "01-etc-passwd.md",
        "02-a-very-very-very-very-very-very-very.md",
        "03-con.md",
        "04-ao-12.md",
        "05-chapter.md",
        f"06-{'x' * 40}.md",
    ]
