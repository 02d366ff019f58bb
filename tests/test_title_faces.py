"""Titles that nothing but their face tells from the text."""

from __future__ import annotations

from dataclasses import replace

from tests.paper import set_pages
from tests.test_headings import TEXT, read
from thesis_convert.loader.structure.contents import read_contents
from thesis_convert.loader.structure.headings import find_headings
from thesis_convert.page import Catalogue, Line


def find_in_faces(face: str, *, foreign: str = "") -> list[tuple[int, str, str]]:
    """The headings of chapters with titles in a face of the text's size and weight, and `foreign` words in it."""
    printed = "# Contents\n\n" + "\n".join(f"{n} Rivers {n} .......... {n + 2}" for n in range(1, 6))
    chapters = [f"# {n} Rivers {n}\n\n{TEXT}\n{foreign}\n\nThe clerks of {n}\n\n{TEXT}" for n in range(1, 6)]
    layouts, typography = set_pages("\n====\n".join([printed, TEXT, *chapters]))
    strange = [line for layout in layouts for line in layout.text if line.text.startswith("The clerks of")]
    strange += [line for layout in layouts for line in layout.text if foreign and line.text == foreign]
    keys = {line.key for line in strange}
    layouts = [
        replace(x, text=tuple(_set_in(line, face) if line.key in keys else line for line in x.text)) for x in layouts
    ]
    contents = read_contents(layouts, typography)
    away = [line.key for block in contents.omitted for line in block.lines]
    return read(find_headings(layouts, typography, Catalogue(), contents, away))


def _set_in(line: Line, face: str) -> Line:
    font = line.font._replace(name=face)
    return replace(line, font=font, words=tuple(word._replace(font=font) for word in line.words))


def test_titles_in_a_face_of_their_own_need_neither_size_nor_weight_nor_number() -> None:
    found = find_in_faces("Sans")
    assert found[:2] == [(1, "1", "1 Rivers 1"), (2, "", "The clerks of 1")]
    assert len(found) == 10


def test_a_face_that_words_of_the_text_are_set_in_too_is_none_of_titles() -> None:
    assert len(find_in_faces("Serif")) == len(find_in_faces("Sans", foreign="vox clamantis in deserto")) == 5
