"""Where things stand on the pages: from words to lines in reading order.

In: the pages as read. Out: a `PageLayout` for each, with furniture, margin notes and footnotes set
aside, and the `Typography` of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.loader.layout.columns import order_lines, split_margin
from thesis_convert.loader.layout.footnotes import split_footnotes
from thesis_convert.loader.layout.furniture import find_furniture
from thesis_convert.loader.layout.lines import build_chunks, make_line, merge_rows
from thesis_convert.loader.layout.typography import measure_typography
from thesis_convert.page import Page, PageLayout, Typography


def lay_out(pages: Sequence[Page], labels: Sequence[str] = ()) -> tuple[tuple[PageLayout, ...], Typography]:
    """Lines of each page in reading order, and the measures. `labels` are the file's own page labels."""
    rows = [merge_rows(build_chunks([w for w in page.words if not w.turns])) for page in pages]
    typography = measure_typography(pages, rows)
    full = [
        [make_line(page.index, row, column) for row in page_rows]
        for page, page_rows, column in zip(pages, rows, typography.columns, strict=True)
    ]
    furniture, printed = find_furniture(full)
    layouts = []
    margins = split_margin(rows, typography)
    for number, page in enumerate(pages):
        kept = [row for place, row in enumerate(margins[number].rows) if place not in furniture[number]]
        lines = order_lines(page, kept, typography)
        label = printed[number] or (labels[number] if number < len(labels) else "")
        layouts.append(
            PageLayout(
                page,
                label,
                tuple(lines),
                margin=margins[number].margin,
                furniture=tuple(full[number][place] for place in sorted(furniture[number])),
            )
        )
    return split_footnotes(layouts, typography), typography
