"""Words of Arabic script as producers draw them: the letters in order, and non-joiners where authors typed them.

A line is written in reading order. In it | is a non-joiner that is drawn as a space without room, ! one that
is not drawn at all, + a joiner between two runs of type, drawn as a space without room too.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from thesis_convert.loader.pdf.joiners import JoinerEvidence
from thesis_convert.loader.pdf.right_to_left import RightToLeftReader, find_words
from thesis_convert.page import BoundingBox, Font, Page, Word

SIZE = 10.0
FINAL, JOINED, OVERSHOOT, SPACE = 7.0, 4.0, 0.2, 3.0
FONT = Font("Naskh", SIZE)
NON_JOINER = "\u200c"
LONG = "ا د ر و شب دست کار باغ من خط هم سال نه می روش متن که بیش نقش سیل"
"""Words that show every letter of the tests at the end of a word."""


class Drawing:
    """A line as it is drawn: the characters that the library gives, and where each stands."""

    def __init__(self, line: str) -> None:
        self.text = ""
        self.edges: list[tuple[float, float]] = []
        self.origins: list[float] = []
        pen = 500.0
        for char, following in pairwise(line + " "):
            if char in "|+":
                self._add(" ", pen, pen + SPACE, pen)
            elif char == " ":
                pen -= SPACE
                self._add(" ", pen, pen + SPACE, pen)
            elif char != "!":
                final = following in " |!" or char in "ادرزو"
                width = FINAL if final else JOINED
                pen -= width
                self._add(char, pen - (0.0 if final else OVERSHOOT), pen + width, pen)

    def _add(self, char: str, left: float, right: float, origin: float) -> None:
        self.text += char
        self.edges.append((left, right))
        self.origins.append(origin)


def read(*lines: str) -> list[str]:
    """What lines say that stand on one page each."""
    evidence = JoinerEvidence()
    pages = [read_page(Drawing(line), number, evidence) for number, line in enumerate(lines, 1)]
    return [join_words(page.words) for page in evidence.settle(pages)]


def read_page(drawing: Drawing, number: int, evidence: JoinerEvidence) -> Page:
    reader = RightToLeftReader(drawing.text, number, drawing.edges, drawing.origins.__getitem__, evidence)
    parts = [part for start, end in find_words(drawing.text) for part in reader.read(start, end, FONT, 700.0)]
    joints = reader.find_joints()
    words = tuple(
        Word(
            part.text + (NON_JOINER if part.order in joints else ""),
            BoundingBox(part.left, 698.0, part.right, 708.0),
            700.0,
            FONT,
            order=part.order,
        )
        for part in parts
    )
    return Page(number - 1, number, "", 600.0, 800.0, words)


def join_words(words: tuple[Word, ...]) -> str:
    text = ""
    for word, following in pairwise((*words, None)):
        assert word is not None
        apart = following is not None and word.box.left - following.box.right > 1.0
        text += word.text + (" " if apart else "")
    return text


def test_a_space_without_room_is_a_non_joiner_after_a_final_letter() -> None:
    assert read(LONG, "روش|ها می|روند")[1] == f"روش{NON_JOINER}ها می{NON_JOINER}روند"


def test_joiners_between_two_runs_of_type_are_nothing() -> None:
    broken = "ب+یش ن+قش م+تن روش|ها"
    assert read(LONG, broken)[1] == f"بیش نقش متن روش{NON_JOINER}ها"


def test_a_letter_that_never_joins_tells_by_the_habit_of_the_producer() -> None:
    assert read(LONG, "کار|ها روش|ها")[1] == f"کار{NON_JOINER}ها روش{NON_JOINER}ها"
    assert read(LONG, "کار+ها ب+یش ن+قش")[1] == "کارها بیش نقش"


def test_a_non_joiner_that_is_not_drawn_shows_by_the_final_letter() -> None:
    assert read(LONG, "روش!ها می!روند سیل!ها")[1] == f"روش{NON_JOINER}ها می{NON_JOINER}روند سیل{NON_JOINER}ها"


def test_a_non_joiner_that_the_font_names_stays() -> None:
    assert read(LONG, f"روش{NON_JOINER}ها")[1] == f"روش{NON_JOINER}ها"


@pytest.mark.parametrize("text", ["کلاس", "الله"])
def test_the_letters_of_one_glyph_come_in_reading_order(text: str) -> None:
    drawing = Drawing(text)
    start, end = (1, 3) if text == "کلاس" else (1, 4)
    # The library turns them round, and gives all of them the place of the glyph.
    glyph = (drawing.edges[end - 1][0], drawing.edges[start][1])
    drawing.text = text[:start] + text[start:end][::-1] + text[end:]
    drawing.edges[start:end] = [glyph] * (end - start)
    assert join_words(read_page(drawing, 1, JoinerEvidence()).words) == text


def test_letters_in_the_order_of_their_places_are_turned_round() -> None:
    drawing = Drawing("روش")
    drawing.text, drawing.edges = drawing.text[::-1], drawing.edges[::-1]
    assert read_page(drawing, 1, JoinerEvidence()).words[0].text == "روش"


def test_a_letter_under_another_says_nothing_of_the_order() -> None:
    drawing = Drawing("سلام " * 10 + "كت")
    *_, (left, right), (under, _) = drawing.edges
    drawing.edges[-2:] = [(under - 0.5, right), (under, left)]
    assert read_page(drawing, 1, JoinerEvidence()).words[-1].text == "كت"


def test_spaces_that_the_library_overlooks_divide_words() -> None:
    drawing = Drawing("روش متن")
    space = drawing.text.index(" ")
    drawing.text = drawing.text.replace(" ", "")
    del drawing.edges[space], drawing.origins[space]
    assert [word.text for word in read_page(drawing, 1, JoinerEvidence()).words] == ["روش", "متن"]


def test_vowel_signs_go_to_the_letter_under_them() -> None:
    drawing = Drawing("سال")
    left, right = drawing.edges[1]
    drawing.text += "\u064b"
    drawing.edges.append((left + 2.0, right - 2.0))
    drawing.origins.append(left)
    assert read_page(drawing, 1, JoinerEvidence()).words[0].text == "سا\u064bل"


def test_strokes_that_stretch_a_word_keep_it_whole() -> None:
    drawing = Drawing("به")
    (left, right), (next_left, _) = drawing.edges
    drawing.text = "ب\x04ه"
    drawing.edges = [(left, right), (left - 9.0, left), (next_left - 9.0, left - 9.0)]
    drawing.origins = [edge for edge, _ in drawing.edges]
    assert read_page(drawing, 1, JoinerEvidence()).words[0].text == "ب\u0640ه"
