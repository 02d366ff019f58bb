"""Words that the library glues together where a line was set tight."""

from __future__ import annotations

import pytest

from thesis_convert.loader.pdf.tight_spaces import part_tight_words
from thesis_convert.page import BoundingBox, Font, Word

FONT = Font("Serif", 10.0)
ADVANCE = 5.0


def set_glued(line: str, space: float) -> tuple[list[Word], dict[int, tuple[float, float]]]:
    """A line's words and the edges of its characters; a space is so wide, and words are glued at "_"."""
    words: list[Word] = []
    edges: dict[int, tuple[float, float]] = {}
    x, order = 100.0, 0
    for text in line.split():
        left = x
        for char in text:
            if char == "_":
                x += space
                continue
            edges[len(edges)] = (x, x + ADVANCE)
            x += ADVANCE
        plain = text.replace("_", "")
        words.append(Word(plain, BoundingBox(left, 698.0, x, 707.0), 700.0, FONT, order=order))
        order += len(plain)
        x += space
    return words, edges


@pytest.mark.parametrize(
    ("line", "space", "read"),
    [
        ("we know of it so_that the clerk", 1.4, "we know of it so that the clerk"),
        ("the town of_Linz.Then_came the ice_.", 1.4, "the town of Linz.Then came the ice."),
        ("we know of it so_that the clerk", 2.5, "we know of it sothat the clerk"),
        ("we know of it t_i_t_l_e of it", 1.4, "we know of it title of it"),
    ],
)
def test_words_are_parted_where_the_line_has_spaces_as_narrow(line: str, space: float, read: str) -> None:
    words, edges = set_glued(line, space)
    assert " ".join(word.text for word in part_tight_words(words, edges.__getitem__)) == read


def test_a_comma_that_stands_off_a_slanted_word_is_not_parted_from_it() -> None:
    words, edges = set_glued("we know of its name , which is", 1.4)
    glued = [word._replace(space_before=word.text != ",") for word in words]
    assert [word.space_before for word in part_tight_words(glued, edges.__getitem__) if word.text == ","] == [False]
