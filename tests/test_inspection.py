"""What `--inspect` shows: pictures of pages with their regions, and the same as lines."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageColor

from tests.pdfs import make_thesis
from thesis_convert.cli import run
from thesis_convert.drawing import COLORS, RESOLUTION, draw_regions
from thesis_convert.loader.regions import Region, find_regions
from thesis_convert.loader.stages import read_stages
from thesis_convert.page import BoundingBox

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a thesis of five pages in it."""
    (tmp_path / "thesis.pdf").write_bytes(make_thesis())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_pages_show_their_regions_in_colours(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["thesis.pdf", "--inspect", "pages", "--pages", "2-3"]) == 0
    assert capfd.readouterr().err == "wrote thesis_pages\n"
    assert sorted(path.name for path in (folder / "thesis_pages").iterdir()) == ["page-0002.png", "page-0003.png"]
    with Image.open(folder / "thesis_pages/page-0002.png") as picture:
        assert picture.height == pytest.approx(RESOLUTION * 842 / 72, abs=RESOLUTION)
        pixels = picture.convert("RGB")
    colors = [color for _, color in pixels.getcolors(1 << 20) or []]
    for kind, there in (("heading", True), ("paragraph", True), ("table", False)):
        assert any(is_near(color, COLORS[kind]) for color in colors) == there, kind


def is_near(color: object, name: str) -> bool:
    assert isinstance(color, tuple)
    return all(abs(channel - other) < 12 for channel, other in zip(color, ImageColor.getrgb(name), strict=True))


def test_a_region_is_drawn_where_it_stands() -> None:
    region = Region(0, BoundingBox(10, 60, 40, 80), "figure", 3, "Рис. 1", "")
    data = draw_regions(Image.new("RGB", (200, 200), "white"), [region], height=100.0)
    with Image.open(BytesIO(data)) as picture:
        pixels = picture.convert("RGB")
    assert is_near(pixels.getpixel((20, 60)), COLORS["figure"]), "its left edge"
    assert is_near(pixels.getpixel((80, 79)), COLORS["figure"]), "its foot"
    inside = pixels.getpixel((50, 60))
    assert not is_near(inside, "white") and not is_near(inside, COLORS["figure"]), "tinted within"
    assert is_near(pixels.getpixel((50, 90)), "white")


def test_pictures_of_pages_are_kept_unless_forced(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["thesis.pdf", "--inspect", "pages", "--pages", "1", "--output-dir", "seen"]
    assert run(words) == 0
    page = folder / "seen/thesis_pages/page-0001.png"
    page.write_bytes(b"mine")
    assert run(words) == 7
    assert "seen/thesis_pages exists already" in capfd.readouterr().err
    assert run([*words, "--no-clobber"]) == 0
    assert page.read_bytes() == b"mine"
    assert run([*words, "--force"]) == 0
    assert page.read_bytes() != b"mine"


def test_every_word_is_in_a_region_or_told_as_unused() -> None:
    with read_stages(SAMPLES / "computing/thesis.pdf") as stages:
        regions = find_regions(stages)
        blocks = tuple(block for block in stages.structure.blocks if block.kind != "paragraph")
        less = find_regions(replace(stages, structure=replace(stages.structure, blocks=blocks)))
    assert {region.kind for region in regions} <= set(COLORS)
    assert {"heading", "paragraph", "formula", "figure", "caption", "table", "cell", "code", "footnote"} <= {
        region.kind for region in regions
    }
    assert not [region.text for region in regions if region.kind == "unused"]
    first = next(region for region in regions if region.kind == "paragraph")
    unused = " ".join(region.text for region in less if region.kind == "unused")
    assert first.text in unused


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("tree", "    Paragraph (page 2): In this part of the thesis something is said about rivers.…"),
        ("blocks", "2 | 2 | heading | level 1 | "),
        ("words", " | 18.0 | Times-Bold | bold | Rivers"),
    ],
)
def test_lines(folder: Path, capfd: pytest.CaptureFixture[str], what: str, line: str) -> None:
    assert run(["thesis.pdf", "--inspect", what]) == 0
    printed = capfd.readouterr().out
    assert line in printed
    assert list(folder.iterdir()) == [folder / "thesis.pdf"]


def test_pictures_are_drawn_by_a_module_of_their_own(folder: Path) -> None:
    code = "import sys; from thesis_convert.cli import run; run(['thesis.pdf', '--inspect', 'blocks']);"
    code += "sys.exit('thesis_convert.drawing' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.stderr.strip(), done.returncode) == ("", 0)


@pytest.mark.parametrize("other", [["--to", "epub"], ["-o", "x.txt"], ["--outline"]])
def test_inspection_writes_no_book(folder: Path, capfd: pytest.CaptureFixture[str], other: list[str]) -> None:
    assert run(["thesis.pdf", "--inspect", "words", *other]) == 2
    assert "exclude each other" in capfd.readouterr().err
