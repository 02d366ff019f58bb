"""Shows what was recognised in a thesis: `--inspect`.

In comes a `Request`; out come a picture a page (`pages`), or lines on standard output: the `tree` of sections
and blocks, the `blocks` with their places on the pages, or the `words` with their fonts. Lines of blocks and
words have columns with bars between them, and boxes in points as left, bottom, right, top, from the page's
left bottom corner.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from thesis_convert.actions import read_inputs, run_each
from thesis_convert.conversion import load_file
from thesis_convert.diagnostics import Report
from thesis_convert.document import Document
from thesis_convert.errors import OutputError
from thesis_convert.load_options import LoadOptions
from thesis_convert.loader.regions import Region, find_regions
from thesis_convert.loader.stages import Stages, draw_page, read_stages
from thesis_convert.page import BoundingBox, Word
from thesis_convert.placing import Placement, place_files
from thesis_convert.requests import Request, read_load_options
from thesis_convert.sources import STANDARD_INPUT, name_stem, open_source
from thesis_convert.streams import print_text
from thesis_convert.terminal import tell
from thesis_convert.traversal import plain_text, sections

COLUMNS = " | "
WIDTH = 60
"""Characters of a text that are shown."""


def inspect_all(request: Request) -> int:
    """Shows what is asked for of every input, and gives the exit code."""
    options = replace(read_load_options(request), pictures=False, cover="none")
    show = _write_pages if request.inspect == "pages" else _print
    sources = [one.path for one in read_inputs(request)]
    return run_each(request, [(source, partial(show, source, options, request)) for source in sources])


def format_tree(document: Document) -> Iterator[str]:
    """A line for each section and, further in, each of its blocks: kind, page, and first words."""
    for section, depth in sections(document):
        indent = "  " * (depth - 1)
        page = f" (page {section.origin.page})" if section.origin else ""
        title = " ".join(filter(None, (section.label, plain_text(section.title))))
        yield f"{indent}{section.kind}{page}: {_shorten(title)}"
        for block in section.blocks:
            origin = getattr(block, "origin", None)
            page = f" (page {origin.page})" if origin else ""
            yield f"{indent}    {type(block).__name__}{page}: {_shorten(plain_text((block,)))}"


def format_blocks(stages: Stages) -> Iterator[str]:
    """A line for each region: page, number of the block, kind, label, box, words."""
    for region in find_regions(stages):
        page = stages.layouts[region.page].page.number
        yield COLUMNS.join(
            (f"{page}", f"{region.number}", region.kind, region.name, _format_box(region.box), _shorten(region.text))
        )


def format_words(stages: Stages) -> Iterator[str]:
    """A line for each word: page, box, baseline, size, face, style, text. "+" begins what goes on with a word."""
    for layout in stages.layouts:
        for word in layout.page.words:
            yield COLUMNS.join(
                (
                    f"{layout.page.number}",
                    _format_box(word.box),
                    f"{word.baseline:.1f}",
                    f"{word.font.size:.1f}",
                    word.font.name,
                    _format_style(word),
                    ("" if word.space_before else "+") + word.text,
                )
            )


def _print(source: Path, options: LoadOptions, request: Request, report: Report) -> None:
    if request.inspect == "tree":
        lines = format_tree(load_file(source, options, report))
        print_text("".join(f"{line}\n" for line in lines))
        return
    with open_source(source) as path, read_stages(path, options, report) as stages:
        lines = format_blocks(stages) if request.inspect == "blocks" else format_words(stages)
        print_text("".join(f"{line}\n" for line in lines))


def _write_pages(source: Path, options: LoadOptions, request: Request, report: Report) -> None:
    """Writes a picture of each page into a folder of their own."""
    from thesis_convert.drawing import RESOLUTION, draw_regions

    home = Path(request.output_dir or (Path() if source == STANDARD_INPUT else source.parent))
    folder = home / f"{name_stem(source)}_pages"
    if os.path.lexists(folder) and not request.force:
        if request.no_clobber:
            tell(f"kept {folder}, which exists already")
            return
        raise OutputError(
            f"{folder} exists already", "Use --force to write into it, or --output-dir to write elsewhere."
        )
    with open_source(source) as path, read_stages(path, options, report) as stages:
        regions: dict[int, list[Region]] = {}
        for region in find_regions(stages):
            regions.setdefault(region.page, []).append(region)
        for layout in stages.layouts:
            picture = draw_page(stages, layout, RESOLUTION)
            if picture is not None:
                height = layout.page.width if layout.page.turns % 2 else layout.page.height
                data = draw_regions(picture, regions.get(layout.page.index, []), height)
                place_files([Placement(folder / f"page-{layout.page.number:04}.png", data)], request.force)
    if not request.quiet:
        tell(f"wrote {folder}")


def _format_box(box: BoundingBox) -> str:
    return " ".join(f"{edge:.1f}" for edge in box)


def _format_style(word: Word) -> str:
    font = word.font
    styles = {
        "bold": font.bold,
        "italic": font.italic,
        "fixed": font.monospace,
        "small-caps": font.small_caps,
        "math": font.math,
        f"turned {word.turns}": word.turns > 0,
    }
    return " ".join(name for name, holds in styles.items() if holds)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDTH else text[: WIDTH - 1].rstrip() + "…"
