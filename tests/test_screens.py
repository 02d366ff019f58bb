"""The books made of the samples on a narrow screen, as a browser lays them out."""

from __future__ import annotations

import html
import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.tools import find_tool
from thesis_convert import convert

SAMPLES = Path(__file__).parent.parent / "samples"
PHONE = 360  # the width of a small phone in pixels of the web

# Opens every page of the book at the width of a phone and tells how wide it gets, and what it shows.
VIEW = """<!DOCTYPE html>
<meta charset="utf-8">
<body>
<script>
  const told = {};
  const names = NAMES;
  let waiting = names.length;
  for (const name of names) {
    const frame = document.createElement("iframe");
    frame.width = PHONE;
    frame.height = 700;
    frame.style.border = 0;
    frame.onload = () => {
      const page = frame.contentDocument;
      const pictures = [...page.images];
      told[name] = {
        width: page.documentElement.scrollWidth,
        letters: page.body.innerText.length,
        pictures: pictures.length,
        missing: pictures.filter((picture) => !picture.naturalWidth).map((picture) => picture.src),
      };
      if (--waiting === 0) document.body.append(JSON.stringify(told));
    };
    frame.src = name;
    document.body.append(frame);
  }
</script>
"""


@pytest.mark.parametrize("name", ["humanities", "computing", "german"])
def test_every_page_fits_a_phone_and_shows_its_pictures(name: str, tmp_path: Path) -> None:
    (book,) = convert(SAMPLES / name / "thesis.pdf", "epub", tmp_path / "book.epub")
    pages = open_book(book, tmp_path)
    assert {page: seen["width"] for page, seen in pages.items() if seen["width"] > PHONE} == {}
    assert [picture for seen in pages.values() for picture in seen["missing"]] == []
    assert all(seen["letters"] or seen["pictures"] for seen in pages.values()), pages
    assert sum(seen["pictures"] for seen in pages.values()) > 5


def test_the_page_of_html_fits_a_phone_and_shows_its_pictures(tmp_path: Path) -> None:
    names = ["humanities", "computing", "german"]
    for name in names:
        convert(SAMPLES / name / "thesis.pdf", "html", tmp_path / f"{name}.html")
    pages = look_at(sorted(f"{name}.html" for name in names), tmp_path)
    assert {page: (seen["width"], seen["missing"]) for page, seen in pages.items()} == dict.fromkeys(pages, (PHONE, []))
    assert all(seen["letters"] > 20_000 and seen["pictures"] > 3 for seen in pages.values())


def open_book(book: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """What Chromium sees of each page, by the page's name in the book."""
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.glob("EPUB/*.xhtml"))
    return look_at(names, folder)


def look_at(names: list[str], folder: Path) -> dict[str, dict[str, Any]]:
    """What Chromium sees of each of the files `names` in `folder`."""
    chromium = find_tool("chromium")
    view = folder / "view.html"
    view.write_text(VIEW.replace("NAMES", json.dumps(names)).replace("PHONE", str(PHONE)), encoding="utf-8")
    options = (
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--virtual-time-budget=20000",
    )
    command = (chromium, *options, f"--user-data-dir={folder / 'profile'}", "--dump-dom", view.as_uri())
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
    told = re.search(r"</iframe>\s*(\{.*\})</body>", done.stdout, re.DOTALL)
    assert told, done.stdout
    found: dict[str, dict[str, Any]] = json.loads(html.unescape(told[1]))
    assert sorted(found) == names
    return found
