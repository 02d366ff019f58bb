"""From a PDF to a `Document`.

In: a path and `LoadOptions`. Out: the `Document`. Raises the errors of `thesis_convert.errors`. `stages` has the
way there, read from the top down.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from thesis_convert.diagnostics import Report, ignore
from thesis_convert.document import Document, Metadata, Source
from thesis_convert.load_options import NONE, PAGE, LoadOptions
from thesis_convert.loader.covers import read_cover
from thesis_convert.loader.pictures import PictureShelf, name_region, show_nothing
from thesis_convert.loader.stages import read_stages
from thesis_convert.loader.structure.language_marks import mark_languages
from thesis_convert.loader.structure.steps import build_tree

__all__ = ["LoadOptions", "load_document"]


def load_document(path: Path, options: LoadOptions | None = None, report: Report = ignore) -> Document:
    """The thesis in the PDF at `path`."""
    options = options or LoadOptions()
    with read_stages(path, options, report) as stages:
        pages = [layout.page for layout in stages.layouts]
        shelf = PictureShelf(stages.ink, pages, report)
        draw = shelf.show if options.pixels else name_region
        metadata, division = build_tree(stages.structure, stages.catalogue, draw if options.pictures else show_nothing)
        cover = _show_cover(options.cover, shelf)
        document = Document(
            _override(metadata, options),
            division.front_matter,
            division.body,
            division.back_matter,
            shelf.close(),
            cover,
            Source(path.name, hashlib.sha256(stages.ink.data).hexdigest(), len(pages)),
        )
        language = options.language or stages.catalogue.language
    return mark_languages(document, language, certain=bool(options.language))


def _show_cover(cover: str, shelf: PictureShelf) -> str:
    if not cover or cover == NONE:
        return ""
    return shelf.show_cover() if cover == PAGE else shelf.take_cover(read_cover(Path(cover)))


def _override(metadata: Metadata, options: LoadOptions) -> Metadata:
    return replace(
        metadata,
        title=options.title or metadata.title,
        authors=options.authors or metadata.authors,
    )
