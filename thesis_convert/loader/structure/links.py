"""Finds which words a link covers.

In: pages with link areas. Out: for each covered word the web address.
"""

from __future__ import annotations

from collections.abc import Sequence

from thesis_convert.page import PageLayout

SCHEMES = ("http://", "https://", "mailto:", "ftp://", "doi:", "urn:")


def find_links(layouts: Sequence[PageLayout]) -> dict[tuple[int, int], str]:
    """The address by page and drawing order of each word that a web link covers."""
    links: dict[tuple[int, int], str] = {}
    for layout in layouts:
        areas = [link for link in layout.page.links if link.uri.lower().startswith(SCHEMES)]
        if not areas:
            continue
        for line in (*layout.text, *layout.notes):
            for word in line.words:
                x, y = (word.box.left + word.box.right) / 2, (word.box.bottom + word.box.top) / 2
                for area in areas:
                    if area.box.holds(x, y):
                        links[line.page, word.order] = area.uri
                        break
    return links
