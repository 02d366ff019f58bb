"""One task to its result, in this process. Whatever goes wrong with the PDF is in the result.

In comes a `Task`; out comes a `Result`. Only what asks the whole process to end is raised.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from thesis_convert.batch.memory import read_peak, reset_peak
from thesis_convert.batch.tasks import Result, Status, Task
from thesis_convert.diagnostics import Diagnostic, Report, ignore
from thesis_convert.errors import ExitCode, MissingDependencyError, ThesisConvertError
from thesis_convert.jobs import Job, Target
from thesis_convert.placing import describe_failure
from thesis_convert.version import __version__
from thesis_convert.writers.options import make_options
from thesis_convert.writers.registry import find_writer

if TYPE_CHECKING:
    from thesis_convert.document import Source

# More warnings than this about one file say no more than that it is broken.
MAX_WARNINGS = 1000
NO_MEMORY = "there is not enough memory"
TAKE_LESS = "Allow more memory, convert a part of it with --pages, or leave the pictures out with --no-images."
REPORT_BUG = "This is a bug of thesis-convert: report it, with the PDF if you may share it."


def run_task(task: Task) -> Result:
    """Does a task, and tells how long it took and what memory the process needed meanwhile."""
    start = time.monotonic()
    reset_peak()
    told: list[Diagnostic] = []

    def report(diagnostic: Diagnostic) -> None:
        if len(told) < MAX_WARNINGS:
            told.append(diagnostic)

    try:
        result = attempt(task, report)
    except Exception as error:
        result = explain(task.source, error)
    seconds = round(time.monotonic() - start, 3)
    return dataclasses.replace(result, warnings=tuple(told), seconds=seconds, memory=read_peak())


def attempt(task: Task, report: Report) -> Result:
    """Does a task, or raises what hinders it. What reads and writes books is imported by who does a task first."""
    from thesis_convert.conversion import convert_file, load_file

    if task.version != __version__:
        message = f"the worker has version {__version__}, and {task.version} asks"
        raise MissingDependencyError(message, "Install the same version on all machines.")
    if task.folder:
        os.chdir(task.folder)
    source = Path(task.source)
    if not task.targets:
        from thesis_convert.outline import format_outline

        document = load_file(source, task.load, report)
        return tell_reading(Result(task.source, Status.OK, outline=format_outline(document)), document.source)
    words = dict(task.writer_options)
    writers = [find_writer(name, ignore) for name, _ in task.targets]
    places = [Path(path) if path is not None else None for _, path in task.targets]
    targets = tuple(
        Target(writer, make_options(writer, words), place) for writer, place in zip(writers, places, strict=True)
    )
    done = convert_file(Job(source, targets), task.load, task.existing, report)
    outputs = tuple(str(target.path or "-") for target in done.targets)
    kept = tuple(str(target.path) for target in targets if target not in done.targets)
    if done.source is None:
        return Result(task.source, Status.SKIPPED, kept=kept)
    return tell_reading(Result(task.source, Status.OK, outputs=outputs, kept=kept), done.source)


def tell_reading(result: Result, source: Source) -> Result:
    return dataclasses.replace(result, sha256=source.sha256, pages=source.pages)


def explain(source: str, error: Exception) -> Result:
    """A failure as a result: what it is, what to do next, and its exit code."""
    if isinstance(error, OSError) and error.errno is not None:  # libraries raise some of their own
        error = describe_failure(error, error.filename or source)
    if isinstance(error, ThesisConvertError):
        code, message, advice = error.exit_code, str(error), error.advice
    elif isinstance(error, MemoryError):
        code, message, advice = ExitCode.LIMIT, NO_MEMORY, TAKE_LESS
    else:
        kind = " ".join(f"{type(error).__name__}: {error}".split())
        code, message, advice = ExitCode.INTERNAL, f"internal error: {kind}", REPORT_BUG
    trace = "".join(traceback.format_exception(error)) if code is ExitCode.INTERNAL else ""
    sha256 = hash_file(Path(source)) if code is not ExitCode.OUTPUT else ""
    return Result(source, Status.FAILED, code, message, advice, trace, sha256=sha256)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, "" for what is none or cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
