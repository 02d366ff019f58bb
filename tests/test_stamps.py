"""What is stamped on every page: it is furniture, and hides no running head."""

from __future__ import annotations

from tests.paper import set_pages
from thesis_convert.loader.layout import lay_out

HEADS = ("The River", "The Gauge", "The Ice", "The Flood", "The Rod", "The Oak", "The Mill", "The Weir")
MARK = "+" + 70 * " " + "+"
DONE = ("went to", "stood at", "left", "saw", "swept", "closed", "opened", "drew", "told of")


def set_page(number: int, head: str, above: str) -> str:
    text = "".join(f"And that day, as {head} would have it, he {done} the mill\n" for done in DONE)
    return f"{above}\n{head} {number + 1}\n\n\n{text}"


def test_what_stands_outside_a_running_head_on_every_page_is_furniture_too() -> None:
    layouts, _ = set_pages("====\n".join(set_page(number, head, MARK) for number, head in enumerate(HEADS)))
    laid_out, _ = lay_out([layout.page for layout in layouts])
    for number, layout in enumerate(laid_out):
        assert sorted(line.text for line in layout.furniture) == ["+", "+", f"{HEADS[number]} {number + 1}"]
        assert len(layout.text) == len(DONE)
        assert layout.label == str(number + 1)


def test_what_stands_there_on_one_page_of_two_is_not() -> None:
    pages = [set_page(number, head, "+" if number % 4 < 2 else "") for number, head in enumerate(HEADS)]
    laid_out, _ = lay_out([layout.page for layout in set_pages("====\n".join(pages))[0]])
    assert [layout.text[0].text == "+" for layout in laid_out] == 2 * [True, True, False, False]
