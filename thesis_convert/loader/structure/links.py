"""Finds which words lead somewhere: to the web, or to another place in the thesis.

In: pages with link areas, and the flow with the names of its blocks. Out: for each word that a link
covers the web address, or "#" and the name of a block. The PDF's own links come first; where it has
none, "Section 2.1", "Fig. 4" and "[12]" lead to the block with that very number, if there is just one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from thesis_convert.loader.structure.references import find_references, list_numbers
from thesis_convert.page import (
    Block,
    FigureDetail,
    Line,
    LinkArea,
    PageLayout,
    TableDetail,
    WordKey,
)

SCHEMES = ("http://", "https://", "mailto:", "ftp://", "doi:", "urn:")
REACH = 60.0
"""Points under the place that a link leads to within which its target begins: a caption or a title with space above."""
ABOVE = 8.0
"""Points over that place: some typesetters aim at the baseline, not over the line."""

_DESTINATION_KINDS = {
    "cite": "entry",
    "figure": "figure",
    "table": "table",
    "equation": "equation",
    "lstlisting": "listing",
    **dict.fromkeys(("theorem", "lemma", "corollary", "proposition", "definition", "example", "remark"), "theorem"),
    **dict.fromkeys(("thm", "lem", "cor", "prop", "defn", "satz", "conjecture", "claim", "assumption"), "theorem"),
}
_AUTHORS_MARK = "_"
"""Word names the marks that its references lead to like this; other names unknown here may mean anything."""
_NO_TARGET = re.compile(r"^(?:page|Hfootnote|Hfn|Doc-Start|_ftn|footnote|fn|lstnumber|Item|AMS)", re.I)


def name_blocks(flow: Sequence[Block]) -> list[Block]:
    """The flow with a name, unique in the thesis, for each block that may be referred to."""
    count: defaultdict[str, int] = defaultdict(int)
    named = []
    for block in flow:
        kind = _KINDS.get(block.kind)
        if kind:
            count[kind] += 1
            block = replace(block, name=f"{kind}-{count[kind]}")
        named.append(block)
    return named


_KINDS = {
    "heading": "section",
    "figure": "figure",
    "table": "table",
    "entry": "entry",
    "code": "listing",
    "formula": "equation",
    "theorem": "theorem",
}


def find_links(layouts: Sequence[PageLayout], flow: Sequence[Block]) -> dict[WordKey, str]:
    """The address, or "#" and the block's name, by page and drawing order of each word that leads somewhere."""
    named = [block for block in flow if block.name]
    tops = _list_tops(named)
    places = {layout.page.number - 1: layout.page.index for layout in layouts}
    links: dict[WordKey, str] = {}
    for layout in layouts:
        areas = [(area, target) for area in layout.page.links if (target := _find_target(area, tops, places))]
        for line in (*layout.text, *layout.notes, *layout.margin):
            near = [(area, t) for area, t in areas if area.box.bottom < line.box.top and line.box.bottom < area.box.top]
            if near:
                links.update(_cover(line, near))
    numbers = list_numbers(named)
    if numbers:
        for layout in layouts:
            for lines in (layout.text, layout.notes):
                for key, name in find_references(lines, numbers):
                    links.setdefault(key, f"#{name}")
    return _without_own(links, named)


def _cover(line: Line, areas: Sequence[tuple[LinkArea, str]]) -> Iterator[tuple[WordKey, str]]:
    for word in line.words:
        x, y = (word.box.left + word.box.right) / 2, (word.box.bottom + word.box.top) / 2
        for area, target in areas:
            if area.box.holds(x, y):
                yield (line.page, word.order), target
                break


# --- The PDF's own links --------------------------------------------------------------------------

Tops = Mapping[int, Sequence[tuple[float, str]]]
"""By page index: minus the top of each named block and its name, from the page's top down."""


def _list_tops(named: Sequence[Block]) -> Tops:
    tops: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    for block in named:
        page, top = block.place
        tops[page].append((-top, block.name))
    return {page: sorted(found) for page, found in tops.items()}


def _find_target(area: LinkArea, tops: Tops, places: Mapping[int, int]) -> str:
    """Where a link area leads: a web address, "#" and a name, or "" when nothing is known there."""
    if area.uri:
        return area.uri if area.uri.lower().startswith(SCHEMES) else ""
    if area.page is None or area.page not in places or _NO_TARGET.match(area.name):
        return ""
    found = tops.get(places[area.page], ())
    wanted = _wanted_kind(area.name)
    if area.top is None or (area.name and not wanted and not area.name.startswith(_AUTHORS_MARK)):
        return ""
    start = bisect_left(found, (-area.top - ABOVE, ""))
    for minus_top, name in found[start:]:
        if area.top + minus_top > REACH:
            break
        if not wanted or name.startswith(wanted):
            return f"#{name}"
    return ""


def _wanted_kind(name: str) -> str:
    """The kind of block that a LaTeX destination's name speaks of."""
    head = name.split(".")[0].rstrip("*").lower()
    if head in ("part", "chapter", "section", "subsection", "subsubsection", "appendix", "paragraph"):
        return "section"
    return _DESTINATION_KINDS.get(head, "")


def _without_own(links: dict[WordKey, str], named: Sequence[Block]) -> dict[WordKey, str]:
    """Without the links of a heading or caption to itself."""
    for block in named:
        for line in _own_lines(block):
            for word in line.words:
                if links.get((line.page, word.order)) == f"#{block.name}":
                    del links[line.page, word.order]
    return links


def _own_lines(block: Block) -> Iterable[Line]:
    if isinstance(block.detail, FigureDetail | TableDetail):
        return block.detail.caption
    return block.lines if block.kind in ("heading", "entry") else ()
