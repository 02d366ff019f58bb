"""Underlined words and imitated small capitals, which no font tells."""

from __future__ import annotations

from dataclasses import replace

from tests.paper import ADVANCE, LEFT, SIZE, TOP, set_line, set_pages
from thesis_convert.document import Code, Emphasis, Inline, SmallCaps, Text, Underline
from thesis_convert.loader.structure.faces import find_cursive, is_typewritten
from thesis_convert.loader.structure.hyphens import Hyphenation
from thesis_convert.loader.structure.inlines import InlineContext, build_inlines
from thesis_convert.loader.structure.underlines import find_underlined
from thesis_convert.page import BoundingBox, Line, Rule


def rule(start: float, end: float, depth: float = 0.2) -> Rule:
    """A rule under the characters from `start` to `end`, so many sizes under the first line."""
    y = TOP - depth * SIZE
    return Rule(BoundingBox(LEFT + start * ADVANCE, y - 0.5, LEFT + end * ADVANCE, y))


def read_ruled(text: str, *rules: Rule) -> tuple[Inline, ...]:
    layouts, _ = set_pages(text)
    layout = replace(layouts[0], page=replace(layouts[0].page, rules=rules))
    return build_inlines(layout.text, InlineContext(Hyphenation(layout.text), underlined=find_underlined([layout])))


def test_a_rule_under_words_underlines_them() -> None:
    assert read_ruled("the old gauge stood", rule(4, 13)) == (
        Text("the "),
        Underline((Text("old gauge"),)),
        Text(" stood"),
    )


def test_strokes_word_by_word_are_one_underline() -> None:
    assert read_ruled("the old gauge stood", rule(4, 7), rule(7, 8.1), rule(8, 13))[1] == Underline(
        (Text("old gauge"),)
    )


def test_rules_of_tables_and_far_under_words_underline_nothing() -> None:
    plain = (Text("the old gauge stood"),)
    assert read_ruled("the old gauge stood", rule(2, 30)) == plain
    assert read_ruled("the old gauge stood", rule(4, 13, depth=0.6)) == plain


def test_an_address_is_underlined_as_a_link_is() -> None:
    assert read_ruled("see www.example.org now", rule(4, 19)) == (Text("see www.example.org now"),)


def shrink(line: Line, parts: int) -> Line:
    """A line whose every word is divided: so many letters in full size, the rest in smaller type."""
    words = []
    for word in line.words:
        small = word.font._replace(size=0.8 * SIZE)
        words.append(word._replace(text=word.text[:parts]))
        words.append(word._replace(text=word.text[parts:], font=small, space_before=False, order=word.order + 100))
    return replace(line, words=tuple(words))


def test_smaller_capitals_are_small_capitals() -> None:
    line = shrink(set_line("ANNA RIVERS"), 1)
    assert build_inlines((line,), InlineContext(Hyphenation(()))) == (SmallCaps((Text("Anna Rivers"),)),)


def test_a_capital_with_a_smaller_word_beside_it_is_not() -> None:
    line = shrink(set_line("ANNa RIVErs"), 1)
    assert build_inlines((line,), InlineContext(Hyphenation(()))) == (Text("ANNa RIVErs"),)


def set_faces(*words: tuple[str, str]) -> Line:
    """A line of Chinese words, each with the name of its font."""
    line = set_line(" ".join(text for text, _ in words))
    set_words = tuple(
        word._replace(font=word.font._replace(name=name), space_before=False)
        for word, (_, name) in zip(line.words, words, strict=True)
    )
    return replace(line, words=set_words, font=set_words[0].font)


def test_kai_stands_for_italics_in_a_text_of_another_face() -> None:
    line = set_faces(("河水每天中午", "Song"), ("测量", "FandolKai-Regular"), ("一次", "Song"))
    layouts, _ = set_pages("x")
    cursive = find_cursive([replace(layouts[0], text=(line,))])
    assert build_inlines((line,), InlineContext(Hyphenation(()), cursive=cursive)) == (
        Text("河水每天中午"),
        Emphasis((Text("测量"),)),
        Text("一次"),
    )


def test_kai_is_no_emphasis_where_all_text_is_set_in_it() -> None:
    line = set_faces(("河水每天中午", "DFKai-SB"), ("测量", "DFKai-SB"), ("一次", "Song"))
    layouts, _ = set_pages("x")
    assert find_cursive([replace(layouts[0], text=(line,))]) == frozenset()


def test_a_typewriters_face_is_code_unless_all_is_typewritten() -> None:
    drawing = "the clerk called `read_gauge()` at noon"
    typed = "`the` `clerk` `read` `the` `gauge` `at` `noon`"
    for text, code in ((drawing, True), (typed, False)):
        layouts, _ = set_pages(text)
        context = InlineContext(Hyphenation(()), typewritten=is_typewritten(layouts))
        inlines = build_inlines(layouts[0].text, context)
        assert any(isinstance(inline, Code) for inline in inlines) is code
