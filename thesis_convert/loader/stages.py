"""The stages from a PDF to what is recognised in it, handed out for the `Document` and for those who look on.

In: a path and `LoadOptions`. Out: `Stages`, one value a stage, while the PDF is open. Raises the errors of
`thesis_convert.errors`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from thesis_convert.diagnostics import Code, Diagnostic, Report, ignore
from thesis_convert.errors import EncryptedError, InputError, LimitError, NoTextError
from thesis_convert.load_options import LoadOptions
from thesis_convert.loader.layout import lay_out
from thesis_convert.loader.pdf.catalogue import read_catalogue
from thesis_convert.loader.pdf.ink import InkFile
from thesis_convert.loader.pdf.media import PictureSource
from thesis_convert.loader.structure.steps import Structure, recognise
from thesis_convert.page import Catalogue, Page, PageLayout, Typography
from thesis_convert.page_ranges import parse_pages

if TYPE_CHECKING:
    from PIL import Image

SCAN_SHARE = 0.5
"""A picture of this share of a page without text may be a scan of it."""
ENOUGH_PAGES = 12
"""On so many pages it can be told what recurs, and how wide the text is on left and right pages."""
MAX_MISSING = 1_000
"""Pages in a row that cannot be read: a file may say that it has a million, and it has none of the others either."""


@dataclass(frozen=True, slots=True)
class Stages:
    """An open PDF (`ink`), its pages laid out, their measures, and the structure recognised in them."""

    ink: InkFile
    catalogue: Catalogue
    layouts: tuple[PageLayout, ...]
    typography: Typography
    structure: Structure


@contextmanager
def read_stages(path: Path, options: LoadOptions | None = None, report: Report = ignore) -> Iterator[Stages]:
    """The stages of the PDF at `path`, which is open until the context ends."""
    options = options or LoadOptions()
    data = _read_file(path)
    try:
        with InkFile(data, options.password) as ink:
            catalogue = read_catalogue(data, options.password, report, with_tags=None)
            chosen = _choose_pages(ink, catalogue, options)
            pages, around = _read_pages(ink, catalogue, chosen, report)
            catalogue = _renumber(catalogue, pages)
            if not any(page.words for page in pages):
                raise NoTextError(
                    f"{path.name}: no page has text; it is a scan",
                    f"make its text readable first: ocrmypdf {path.name} output.pdf",
                )
            _report_unreadable(ink, pages, path.name, report)
            layouts, typography = _lay_out(pages, around, catalogue.labels)
            structure = recognise(layouts, typography, catalogue, report)
            yield Stages(ink, catalogue, layouts, typography, structure)
    except EncryptedError as error:
        raise EncryptedError(f"{path.name}: {error}", "give the password in a file: --password-file FILE") from error
    except LimitError as error:
        raise LimitError(f"{path.name}: {error}", error.advice) from error
    except InputError as error:
        raise InputError(
            f"{path.name}: {error}", error.advice or "open it in a PDF viewer to see whether it is whole"
        ) from error


def draw_page(stages: Stages, layout: PageLayout, resolution: float) -> Image.Image | None:
    """The page of a layout as shown, in RGB, at so many pixels an inch; None when it cannot be drawn."""
    source = PictureSource(stages.ink)
    try:
        return source.draw_page(layout.page.number - 1, resolution)
    finally:
        source.close()


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", "check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder, not a PDF", "name the PDF file inside it") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "check the permissions of the file") from None


def _choose_pages(ink: InkFile, catalogue: Catalogue, options: LoadOptions) -> Sequence[int]:
    """The places in the PDF, from 0, of the pages to convert.

    Raises `InputError` when it has none at all, `LimitError` when they are more than asked for.
    """
    if not ink.page_count:
        raise InputError("it has no pages")
    every = range(ink.page_count)
    chosen = parse_pages(options.pages, catalogue.labels, ink.page_count) if options.pages else every
    if options.max_pages and len(chosen) > options.max_pages:
        raise LimitError(
            f"it has {len(chosen)} pages, and --max-pages allows {options.max_pages}",
            "Allow more, or convert a part of it with --pages.",
        )
    return chosen


def _read_pages(
    ink: InkFile, catalogue: Catalogue, chosen: Sequence[int], report: Report
) -> tuple[list[Page], list[Page]]:
    """The pages to convert; and of a few, pages around them, from which alone it can be told what recurs."""
    pages: list[Page] = []
    missing = 0
    for place in chosen:
        page = ink.read_page(place, catalogue.tags.content.get(place, {}))
        missing = missing + 1 if page is None else 0
        if page is None:
            report(Diagnostic(Code.DAMAGED_PAGE, "the page cannot be read and is left out", place + 1))
            if missing == MAX_MISSING:
                break
            continue
        label = catalogue.labels[place] if place < len(catalogue.labels) else ""
        pages.append(replace(page, index=len(pages), label=label, links=catalogue.links.get(place, ())))
    count = len(pages)
    for place in list_around(chosen, ink.page_count) if pages else ():
        page = ink.read_page(place)
        if page is not None:
            pages.append(replace(page, index=len(pages)))
    settled = ink.joiners.settle(pages)
    return settled[:count], settled[count:]


def list_around(chosen: Sequence[int], page_count: int) -> Sequence[int]:
    """The places of the pages that follow a few chosen ones, or stand before them at a thesis's end.

    They go on with the chosen ones as right and left pages do.
    """
    wanted = max(0, ENOUGH_PAGES - len(chosen))
    last = chosen[-1]
    after = range(last + 1, min(last + 1 + wanted, page_count))
    start = max(0, chosen[0] - (wanted - len(after)))
    start += (start - last - len(after)) % 2 == 0
    return [*after, *range(start, chosen[0])]


def _lay_out(
    pages: Sequence[Page], around: Sequence[Page], labels: Sequence[str]
) -> tuple[tuple[PageLayout, ...], Typography]:
    """The layouts of pages, and the measures of these, told with the help of the pages around them."""
    layouts, typography = lay_out([*pages, *around], labels)
    return layouts[: len(pages)], replace(typography, columns=typography.columns[: len(pages)])


def _report_unreadable(ink: InkFile, pages: Sequence[Page], name: str, report: Report) -> None:
    """Reports the pages that are pictures alone, and the fonts whose text may be wrong."""
    for page in pages:
        area = SCAN_SHARE * page.width * page.height
        if not page.words and any(p.kind == "bitmap" and p.box.area >= area for p in page.pictures):
            message = f"the page is a picture without text; if it is a scan: ocrmypdf --skip-text {name} output.pdf"
            report(Diagnostic(Code.PAGE_WITHOUT_TEXT, message, page.number))
    numbers = {page.number for page in pages}
    for font, number in ink.mapping.list_unreadable():
        if number not in numbers:
            continue
        message = f"the font {font} does not say which letters it draws: ocrmypdf --force-ocr {name} output.pdf"
        report(Diagnostic(Code.UNREADABLE_FONT, message, number))


def _renumber(catalogue: Catalogue, pages: Sequence[Page]) -> Catalogue:
    """The catalogue with places among `pages` for places in the PDF; what leads elsewhere leads nowhere."""
    place = {page.number - 1: page.index for page in pages}
    if all(old == new for old, new in place.items()):
        return catalogue
    return replace(
        catalogue,
        bookmarks=tuple(b._replace(page=place[b.page]) for b in catalogue.bookmarks if b.page in place),
        destinations=tuple(d._replace(page=place[d.page]) for d in catalogue.destinations if d.page in place),
        labels=tuple(page.label for page in pages) if catalogue.labels else (),
    )
