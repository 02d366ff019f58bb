"""Where things stand on the pages: from words to lines in reading order.

In: the pages as read. Out: a `PageLayout` for each, with furniture, margin notes and footnotes set
aside, and the `Typography` of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.layout.bullets import write_bullets
from thesis_convert.loader.layout.columns import order_lines
from thesis_convert.loader.layout.footnotes import split_footnotes
from thesis_convert.loader.layout.furniture import find_furniture
from thesis_convert.loader.layout.initials import set_initials
from thesis_convert.loader.layout.margins import split_margins
from thesis_convert.loader.layout.orientation import UprightPage, set_upright
from thesis_convert.loader.layout.stamps import take_stamps
from thesis_convert.loader.layout.text_color import settle_text_color
from thesis_convert.loader.layout.tracking import close_tracked
from thesis_convert.loader.layout.typography import measure_typography
from thesis_convert.loader.lines.building import build_chunks, make_line, merge_rows
from thesis_convert.loader.lines.direction import arrange_rows
from thesis_convert.page import BoundingBox, Line, Page, PageLayout, Typography


def lay_out(pages: Sequence[Page], labels: Sequence[str] = ()) -> tuple[tuple[PageLayout, ...], Typography]:
    """Lines of each page in reading order, and the measures. `labels` are the file's own page labels."""
    turned = set_upright(write_bullets(set_initials(settle_text_color(pages))))
    pages = [page for page, _ in turned]
    chunks, stamps = take_stamps([build_chunks([w for w in page.words if not w.turns]) for page in pages])
    rows = arrange_rows([merge_rows(close_tracked(page_chunks)) for page_chunks in chunks])
    typography = measure_typography(pages, rows)
    drawn = [
        [make_line(number, row, column, typography.right_to_left) for row in page_rows]
        for number, (page_rows, column) in enumerate(zip(rows, typography.columns, strict=True))
    ]
    full = [_lines_across(page) if page.across else lines for page, lines in zip(turned, drawn, strict=True)]
    furniture, printed = find_furniture(full, [page.number for page in pages])
    layouts = []
    furnished = [set() if page.across else places for page, places in zip(turned, furniture, strict=True)]
    margins = split_margins(
        [
            [row if place not in places else [] for place, row in enumerate(page_rows)]
            for page_rows, places in zip(rows, furnished, strict=True)
        ],
        drawn,
        typography,
    )
    for number, page in enumerate(pages):
        outside = [line for place, line in enumerate(full[number]) if place in furniture[number]]
        across = [line for line in full[number] if line not in outside] if turned[number].across else []
        kept = [place for place, row in enumerate(margins[number].rows) if row]
        inside = [margins[number].rows[place] for place in kept]
        column = typography.columns[number]
        whole = [
            drawn[number][place]
            if row is rows[number][place]
            else make_line(number, row, column, typography.right_to_left)
            for place, row in zip(kept, inside, strict=True)
        ]
        lines = order_lines(page, inside, whole, typography)
        stamped = [make_line(number, [chunk], column, typography.right_to_left) for chunk in stamps[number]]
        label = printed[number] or (labels[number] if number < len(labels) else "")
        layouts.append(
            PageLayout(
                page,
                label,
                (*across, *lines),
                margin=margins[number].margin,
                furniture=(*outside, *margins[number].numbers, *stamped),
            )
        )
    return split_footnotes(layouts, typography), typography


def _lines_across(page: UprightPage) -> list[Line]:
    """The lines of the words that stand across the others of their page: they alone may be furniture there."""
    column = BoundingBox(0.0, 0.0, page.page.height, page.page.width)
    return [make_line(page.page.index, row, column) for row in merge_rows(build_chunks(page.across))]
