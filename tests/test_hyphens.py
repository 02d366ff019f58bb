"""Words that a line's end divides, and compounds that only stand there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paper import set_line
from thesis_convert.document import Emphasis, Text
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines

DIVIDED = (
    "the clerk told the coun-",
    "cil that the govern-",
    "ment had paid for well-known",
    "gauges of the river town",
)


def join(before: str, after: str, *lines: str) -> str | None:
    return Hyphenation(set_line(line) for line in (*DIVIDED, *lines)).join(before, after)


@pytest.mark.parametrize(("before", "after"), [("bouche-", "à-oreille"), ("Dr.-", "Ing.")])
def test_no_single_letter_begins_a_line_and_an_abbreviation_is_whole(before: str, after: str) -> None:
    assert join(before, after) == "-"


def test_a_known_word_is_joined_before_its_capital_counts() -> None:
    assert join("Java-", "Script", "written in JavaScript") == ""
    assert join("Java-", "Entwurf") == "-"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("river-", "users@lists.example.org", "-"),
        ("users@lists.-", "example.org", ""),
    ],
)
def test_addresses_keep_their_hyphens(before: str, after: str, kept: str) -> None:
    assert join(before, after) == kept


def test_a_hyphen_that_is_drawn_by_itself_divides_too() -> None:
    first, second = set_line("a *new* list-"), set_line("ing of gauges")
    *words, last = first.words
    hyphen = last._replace(text="-", space_before=False, order=last.order + 50)
    drawn = replace(first, words=(*words, last._replace(text="list"), hyphen))
    assert build_inlines((drawn, second), InlineContext(Hyphenation(set_line(line) for line in DIVIDED))) == (
        Text("a "),
        Emphasis((Text("new"),)),
        Text(" listing of gauges"),
    )


def test_what_is_doubled_keeps_its_hyphen() -> None:
    assert join("kehati-", "hatian") == "-"


def test_words_of_either_half_show_a_compound() -> None:
    seen = ("a locally-based clerk", "a town-based clerk", "externally, as a gauge is based on oak")
    assert join("externally-", "based", *seen) == "-"


def test_a_common_word_shorter_than_the_parts_of_divided_ones_is_its_own() -> None:
    divided = [line for _ in range(40) for line in ("adequa-", "mente se disse, adequamente,")]
    assert join("adequando-", "se", *divided) == "-"
    assert join("adequando-", "te", *divided) == ""


def test_abbreviations_are_not_divided() -> None:
    assert join("DVD-", "ROM") == "-"
    assert join("GOVERN-", "MENT") == ""


def test_a_few_hyphens_at_line_ends_stand_in_compounds_when_one_of_them_does_elsewhere() -> None:
    text = ["the clerk went on to the river and wrote"] * 50
    compounds = ["a book for well-", "known men of the half-", "timbered town"]
    lines = [set_line(line) for line in (*text, *compounds, "a well-known man")]
    assert Hyphenation(lines).join("half-", "timbered") == "-"
    divided = [set_line(line) for line in (*text, "a book for the coun-", "cil of the gov-", "ernor", "the council")]
    assert Hyphenation(divided).join("gov-", "ernor") == ""
