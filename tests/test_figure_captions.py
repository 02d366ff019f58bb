"""Figures that are set as tables or listings: one thing with one caption."""

from __future__ import annotations

from collections.abc import Callable

from tests import paper, ruled
from thesis_convert.loader.structure.code import find_code
from thesis_convert.loader.structure.figure_captions import give_captions
from thesis_convert.loader.structure.figures import find_figures
from thesis_convert.loader.structure.tables import find_tables
from thesis_convert.page import Block, CodeDetail, PageLayout, TableDetail, Typography

TABLE = """
─────────────────────────────────────
Question              Yes      No
─────────────────────────────────────
Is the river dry?       Y       N
Was it ever so?         Y       N
─────────────────────────────────────
"""
CAPTION = "Figure 4.2: A question of the office"

Reader = Callable[[str], tuple[list[PageLayout], Typography]]


def read(drawing: str, set_pages: Reader) -> tuple[list[Block], list[Block]]:
    layouts, typography = set_pages(drawing)
    taken: set[tuple[int, int]] = set()
    code = find_code(layouts, typography, set(taken))
    search = find_tables(layouts, typography, taken, code)
    bodies = [*search.blocks, *search.listings]
    taken.update(line.key for block in bodies for line in block.lines)
    figures = find_figures(search.layouts, typography, taken, bodies)
    return give_captions(bodies, figures, search.layouts, typography)


def test_a_table_that_is_called_a_figure_has_its_caption() -> None:
    for drawing in (f"{TABLE}\n{CAPTION}\n", f"{CAPTION}\n{TABLE}"):
        (table,), figures = read(drawing, ruled.set_pages)
        assert isinstance(table.detail, TableDetail)
        assert [line.text for line in table.detail.caption] == [CAPTION]
        assert table.detail.caption[0] in table.lines
        assert figures == []


def test_a_listing_that_is_called_a_figure_has_its_caption_and_label() -> None:
    (listing,), figures = read(
        f"`read` `gauge`\n`write` `mark`\n`close` `gauge`\n`end` `all`\n\n{CAPTION}\n", paper.set_pages
    )
    assert isinstance(listing.detail, CodeDetail)
    assert (listing.detail.label, len(listing.detail.caption), figures) == ("Figure 4.2", 1, [])


def test_other_captions_stay_where_they_are() -> None:
    for drawing in (
        f"{TABLE}\nWhat stands between them\n\n{CAPTION}\n",
        f"Table 1: Questions of the office\n{TABLE}\n{CAPTION}\n",
    ):
        _, (figure,) = read(drawing, ruled.set_pages)
        assert [line.text for line in figure.lines] == [CAPTION]
