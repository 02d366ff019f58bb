"""Options of formats typed as options of the command, and covers of one's own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.pdfs import make_thesis
from thesis_convert import convert
from thesis_convert.cli import run
from thesis_convert.errors import InputError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "thesis.pdf").write_bytes(make_thesis())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (["--wrap", "30"], ["-O", "wrap=30"]),
        (["--wrap=30", "--ascii"], ["-O", "wrap=30", "-O", "ascii=yes"]),
        (["--no-ascii"], ["-O", "ascii=no"]),
        (["--text-page-markers", "label"], ["-O", "page_markers=label"]),
        (["--txt-wrap", "0", "--wrap", "40"], ["-O", "text-wrap=0"]),
        (["-O", "wrap=20", "--wrap", "50"], ["--option", "wrap=50"]),
    ],
)
def test_options_of_formats_are_options_of_the_command(folder: Path, own: list[str], words: list[str]) -> None:
    assert run(["thesis.pdf", "-o", "a.txt", *own]) == 0
    assert run(["thesis.pdf", "-o", "b.txt", *words]) == 0
    assert Path("a.txt").read_bytes() == Path("b.txt").read_bytes()


def test_one_option_for_each_of_two_formats(folder: Path) -> None:
    words = ["--to", "md,txt", "--markdown-page-markers", "none", "--text-page-markers", "label"]
    assert run(["thesis.pdf", *words]) == 0
    assert "page:" not in Path("thesis.md").read_text() and "[p. " in Path("thesis.txt").read_text()


def test_words_that_only_look_like_options_are_left_alone(folder: Path) -> None:
    assert run(["--to", "txt", "--title", "--wrap", "-o", "a.txt", "--", "thesis.pdf"]) == 0
    assert Path("a.txt").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--wrapp", "30"], "Did you mean"),
        (["--markdown-flavour", "gfm"], "'--markdown-flavor'"),
        (["--forse"], "'--force'"),
        (["--flavor", "gfm"], "unknown option 'flavor' for text"),
        (["--wrap"], "'--wrap' requires an argument"),
        (["--wrap", "wide"], "option wrap=wide is not number"),
        (["--text-wrap", "wide"], "option text-wrap=wide is not number"),
        (["-O", "md-flavor=gfm"], "unknown option 'md-flavor' for text"),
    ],
)
def test_what_cannot_be_meant_names_what_is_near(
    folder: Path, capfd: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert run(["thesis.pdf", "-o", "a.txt", *words]) == 2
    assert told in capfd.readouterr().err


# --- Covers -------------------------------------------------------------------------------------


def read_covers(book: Path) -> list[bytes]:
    with zipfile.ZipFile(book) as archive:
        return [archive.read(name) for name in archive.namelist() if "images/cover" in name]


def test_a_cover_of_ones_own_none_or_page_one(folder: Path) -> None:
    Image.new("RGB", (60, 90), "navy").save("own.jpg")
    assert run(["thesis.pdf", "-o", "own.epub", "--cover", "own.jpg"]) == 0
    assert read_covers(Path("own.epub")) == [Path("own.jpg").read_bytes()]
    assert run(["thesis.pdf", "-o", "none.epub", "--cover", "none"]) == 0
    assert read_covers(Path("none.epub")) == []
    assert run(["thesis.pdf", "-o", "page.epub"]) == 0
    assert read_covers(Path("page.epub"))
    (book,) = convert("thesis.pdf", "epub", "again.epub", cover=Path("own.jpg"))
    assert book.read_bytes() == Path("own.epub").read_bytes()


@pytest.mark.parametrize("name", ["gone.png", "thesis.pdf", "cut.png", "tall.tiff", "."])
def test_a_cover_that_is_no_picture(folder: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    Image.effect_noise((80, 80), 50).save("whole.png")
    Path("cut.png").write_bytes(Path("whole.png").read_bytes()[:900])
    Image.new("L", (2, 9)).save("tall.tiff")
    assert run(["thesis.pdf", "-o", "a.epub", "--cover", name]) == 2
    assert f"the cover {name}" in capfd.readouterr().err
    assert not Path("a.epub").exists()
    with pytest.raises(InputError, match="the cover"):
        convert("thesis.pdf", "epub", "b.epub", cover=name)
