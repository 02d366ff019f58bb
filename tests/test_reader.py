"""The EPUBs of the samples in an e-reader: its pages are turned, its contents, notes and links followed.

The reader is the engine of Foliate, which many e-readers for desktops and the web are made with, in
a headless Chromium the size of a phone. What it shows is kept in `tests/screens/`, to be looked at.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser, serve, start_browser
from tests.tools import find_package
from thesis_convert import convert

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
SCREENS = HERE / "screens"
WIDTH, HEIGHT = 360, 740  # a small phone, in pixels of the web
# What Chromium puts behind pages at night, and the contrast that WCAG asks of ordinary text.
NIGHT, CONTRAST = "rgb(18, 18, 18)", 4.5
MOST_SCREENS = 1000


class Reader:
    """The reader with a book in it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address

    def open(self, name: str, *, flow: str = "", night: bool = False) -> Any:
        self._browser.open(f"{self._address}/reader.html?{name}{flow}{night}", WIDTH, HEIGHT, night=night)
        self._browser.wait_for("!!window.reader")
        return self.ask("open", f"{name}.epub", flow)

    def ask(self, method: str, *words: Any) -> Any:
        return self._browser.run(f"reader.{method}({', '.join(map(json.dumps, words))})")

    def take_picture(self, name: str) -> None:
        self._browser.take_picture(SCREENS / f"{name}.png")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("reader")
    (folder / "foliate-js").symlink_to(find_package("foliate-js"))
    shutil.copy(HERE / "reader.html", folder)
    for sample in SAMPLES.glob("*/thesis.pdf"):
        convert(sample, "epub", folder / f"{sample.parent.name}.epub")
    with serve(folder) as address, start_browser(folder) as browser:
        yield Reader(browser, address)


NAMES = pytest.mark.parametrize("name", ["humanities", "computing", "german"])


@NAMES
def test_pages_turn_from_the_cover_to_the_colophon(reader: Reader, name: str) -> None:
    book = reader.open(name)
    assert book["title"]
    seen = [reader.ask("where")]
    while seen[-1]["fraction"] < 1 and len(seen) < MOST_SCREENS:
        seen.append(reader.ask("next"))
    places = [(screen["section"], screen["fraction"]) for screen in seen]
    assert places == sorted(set(places)) and len(seen) > 30
    assert {section for section, _ in places} == set(range(book["sections"]))
    assert "This book was made by thesis-convert" in seen[-1]["text"] + seen[-2]["text"]
    printed = [screen["page"] for screen in seen if screen["page"]]
    assert len(set(printed)) > 10 and set(printed) <= {page["label"] for page in reader.ask("pages")}


@NAMES
def test_the_contents_lead_to_sections_of_the_third_level(reader: Reader, name: str) -> None:
    reader.open(name)
    deep = [entry for entry in reader.ask("contents") if entry["depth"] == 3]
    assert deep
    for entry in (deep[0], deep[-1]):
        place = reader.ask("goTo", entry["href"])
        assert entry["label"] in place["text"]
        assert place["entry"] == entry["label"]
    reader.take_picture(f"{name}-section")
    assert {"titlepage", "bodymatter"} <= set(reader.ask("landmarks"))


@NAMES
def test_printed_pages_can_be_gone_to(reader: Reader, name: str) -> None:
    reader.open(name)
    pages = reader.ask("pages")
    for page in pages[2 :: len(pages) // 4]:
        reader.ask("goTo", page["href"])
        assert reader.ask("sees", page["href"].partition("#")[2])


@NAMES
def test_notes_pop_up_and_plain_links_go_there_and_back(reader: Reader, name: str) -> None:
    book = reader.open(name)
    followed = 0
    for section in range(book["sections"]):
        reader.ask("goTo", section)
        for mark in reader.ask("marks")[:2]:
            reader.ask("useNotesThatPopUp", True)
            note = reader.ask("popUp", mark)
            assert (note["type"], note["hidden"]) == ("footnote", True)
            assert note["inBook"] == {"hidden": True, "text": note["text"]} and len(note["text"]) > 5
            if not followed:
                reader.take_picture(f"{name}-note")
            reader.ask("close")
            reader.ask("useNotesThatPopUp", False)
            assert note["text"][:30] in reader.ask("click", f"#{mark}")["text"]
            reader.ask("click", f'aside a[href="#{mark}"]')
            assert reader.ask("sees", mark)
            followed += 1
    assert followed


@NAMES
@pytest.mark.parametrize("flow", ["paginated", "scrolled"])
def test_nothing_is_wider_than_a_phone(reader: Reader, name: str, flow: str) -> None:
    book = reader.open(name, flow=flow)
    wide = {}
    for section in range(book["sections"]):
        reader.ask("goTo", section)
        wide[section] = reader.ask("overflow")
    assert {section: found for section, found in wide.items() if found} == {}


@NAMES
def test_everything_can_be_read_at_night(reader: Reader, name: str) -> None:
    book = reader.open(name, night=True)
    faint = {}
    for section in range(book["sections"]):
        reader.ask("goTo", section)
        faint[section] = reader.ask("faint", NIGHT, CONTRAST)
    assert {section: found for section, found in faint.items() if found} == {}
    chapter = next(entry for entry in reader.ask("contents") if entry["depth"] == 2)
    reader.ask("goTo", chapter["href"])
    reader.take_picture(f"{name}-night")
