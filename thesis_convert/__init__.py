"""Convert a thesis from PDF to EPUB, Markdown, plain text or JSON.

    from thesis_convert import convert, load

    document = load("thesis.pdf")
    convert("thesis.pdf", "epub")

Importing this package is cheap: what reads PDFs and writes books is imported when it is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thesis_convert.diagnostics import Diagnostic, Report, ignore
from thesis_convert.version import __version__

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from thesis_convert.batch.tasks import Result
    from thesis_convert.document import Document

__all__ = ["Diagnostic", "__version__", "convert", "convert_many", "load"]


def load(
    path: str | os.PathLike[str],
    *,
    pages: str = "",
    password: str = "",
    pictures: bool = True,
    cover: str | os.PathLike[str] = "page",
    title: str = "",
    authors: Sequence[str] = (),
    language: str = "",
    report: Report = ignore,
) -> Document:
    """Reads a thesis from a PDF into a tree of sections, blocks and inlines.

    `pages` are ranges of PDF pages ("1-20,30-") or printed ones ("label:xii-40"). `title`,
    `authors` and `language` (a BCP 47 tag) replace what is found. `report` hears what is worth
    telling. `cover` is "page" for a picture of page 1, "none", or a picture file. Raises the errors
    of `thesis_convert.errors`.
    """
    from thesis_convert.conversion import load_file
    from thesis_convert.load_options import LoadOptions

    options = LoadOptions(pages, password, pictures, os.fspath(cover), title, tuple(authors), language)
    return load_file(Path(path), options, report)


def convert(
    path: str | os.PathLike[str],
    to: str | Sequence[str],
    output: str | os.PathLike[str] | None = None,
    *,
    options: Mapping[str, str] | None = None,
    force: bool = False,
    pages: str = "",
    password: str = "",
    pictures: bool = True,
    cover: str | os.PathLike[str] = "page",
    title: str = "",
    authors: Sequence[str] = (),
    language: str = "",
    report: Report = ignore,
) -> tuple[Path, ...]:
    """Converts a thesis and gives the paths of the books, in the order of the formats in `to`.

    `output` is a file, or a folder that exists; None is beside the PDF. `options` are a format's
    own, by name, as words. An output that exists is an error unless `force`. The rest is as in
    `load`. Raises the errors of `thesis_convert.errors`; then nothing was written.
    """
    from thesis_convert.conversion import convert_file
    from thesis_convert.jobs import Existing
    from thesis_convert.load_options import LoadOptions
    from thesis_convert.planning import plan_jobs
    from thesis_convert.sources import Input

    formats = [to] if isinstance(to, str) else to
    (job,) = plan_jobs([Input(Path(path))], formats, os.fspath(output or ""), None, options or {}, report)
    load_options = LoadOptions(pages, password, pictures, os.fspath(cover), title, tuple(authors), language)
    written = convert_file(job, load_options, Existing.REPLACE if force else Existing.REFUSE, report)
    return tuple(target.path for target in written.targets if target.path)


def convert_many(
    paths: Iterable[str | os.PathLike[str]],
    to: str | Sequence[str],
    output_dir: str | os.PathLike[str] | None = None,
    *,
    executor: Executor | None = None,
    jobs: int = 1,
    timeout: float = 0,
    max_memory: int = 0,
    max_pages: int = 0,
    options: Mapping[str, str] | None = None,
    force: bool = False,
    pictures: bool = True,
    cover: str = "page",
    report: Report = ignore,
) -> Iterator[Result]:
    """Converts many theses, each in a process that can be killed, and gives what became of each as it is done.

    `executor` is any of `concurrent.futures`, whose workers see the same files; without one so many `jobs`
    run at once on this machine. Limits are for each thesis, in seconds, bytes and pages; 0 is any. What
    fails is in the results (`thesis_convert.batch.tasks.Result`); `UsageError` is raised before any work begins.
    `report` hears what is worth telling of the formats; warnings about a thesis are in its result.
    """
    from contextlib import nullcontext

    from thesis_convert.batch.executors import open_executor
    from thesis_convert.batch.preparation import Redo, prepare
    from thesis_convert.batch.running import run_tasks, send_away
    from thesis_convert.batch.tasks import Limits
    from thesis_convert.load_options import LoadOptions
    from thesis_convert.planning import plan_jobs
    from thesis_convert.sources import Input

    formats = [to] if isinstance(to, str) else to
    folder = Path(output_dir) if output_dir is not None else None
    planned = plan_jobs([Input(Path(path)) for path in paths], formats, "", folder, options or {}, report)
    load_options = LoadOptions(pictures=pictures, cover=cover, max_pages=max_pages)
    redo = Redo.ALWAYS if force else Redo.NEVER
    steps = list(prepare(planned, options or {}, load_options, redo, {}))
    tasks = [send_away(step.task) if executor else step.task for step in steps if step.task]
    yield from (step.result for step in steps if step.result)
    with nullcontext(executor) if executor else open_executor("", jobs) as ready:
        yield from run_tasks(tasks, ready, Limits(timeout, max_memory))
