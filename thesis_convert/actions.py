"""What the command does with each input: convert it, or print its outline.

In comes a `Request`, the command line as typed; out comes the exit code. One input that fails does
not keep the others from being converted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from thesis_convert.conversion import Existing, Job, convert_file, load_file
from thesis_convert.diagnostics import Diagnostic, Report
from thesis_convert.errors import ExitCode, ThesisConvertError, UsageError
from thesis_convert.loader import LoadOptions
from thesis_convert.outline import format_outline
from thesis_convert.planning import plan_jobs
from thesis_convert.sources import describe_source
from thesis_convert.streams import hush_libraries, print_text
from thesis_convert.terminal import tell, tell_diagnostics, tell_error, tell_internal_error

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line by their names, as typed."""

    inputs: tuple[str, ...]
    to: tuple[str, ...]
    output: str
    output_folder: str
    force: bool
    no_clobber: bool
    writer_options: tuple[str, ...]
    pages: str
    password_file: str
    title: str
    authors: tuple[str, ...]
    language: str
    pictures: bool
    cover: bool
    outline: bool
    inspect: str | None
    strict: bool
    quiet: bool
    verbose: bool

    @property
    def sources(self) -> tuple[Path, ...]:
        return tuple(map(Path, self.inputs))


def convert_all(request: Request) -> int:
    """Converts every input into every format."""
    options = read_load_options(request, request.pictures, request.cover)
    existing = Existing.REPLACE if request.force else Existing.SKIP if request.no_clobber else Existing.REFUSE
    folder = Path(request.output_folder) if request.output_folder else None
    noticed: list[Diagnostic] = []
    writer_options = split_options(request.writer_options)
    try:
        jobs = plan_jobs(request.sources, request.to, request.output, folder, writer_options, noticed.append)
    finally:
        if not request.quiet:
            tell_diagnostics(noticed, "", request.verbose)

    works = [(job.source, partial(convert_job, job, options, existing, request.quiet)) for job in jobs]
    return run_each(request, works)


def convert_job(job: Job, options: LoadOptions, existing: Existing, quiet: bool, report: Report) -> None:
    written = convert_file(job, options, existing, report)
    for target in job.targets:
        if target.path and not quiet:
            tell(f"wrote {target.path}" if target in written else f"kept {target.path}, which exists already")


def print_outlines(request: Request) -> int:
    """Prints the tree of every input on standard output, with the file's name above when there are several."""
    options = read_load_options(request, pictures=False, cover=False)

    several = len(request.inputs) > 1
    return run_each(request, [(source, partial(print_outline, source, options, several)) for source in request.sources])


def print_outline(source: Path, options: LoadOptions, named: bool, report: Report) -> None:
    text = format_outline(load_file(source, options, report))
    print_text(f"{describe_source(source)}\n{text}" if named else text)


def run_each(request: Request, works: Sequence[tuple[Path, Callable[[Report], None]]]) -> int:
    """Does one piece of work an input, each apart from the others, and sums up their exit codes."""
    with hush_libraries(request.verbose):
        return sum_up([run_one(request, source, work) for source, work in works])


def run_one(request: Request, source: Path, work: Callable[[Report], None]) -> ExitCode:
    diagnostics: list[Diagnostic] = []
    failure: Exception | None = None
    try:
        work(diagnostics.append)
    except Exception as error:
        failure = error
    name = describe_source(source)
    if not request.quiet:
        tell_diagnostics(diagnostics, name, request.verbose)
    if isinstance(failure, ThesisConvertError):
        tell_error(failure, name)
        return failure.exit_code
    if isinstance(failure, MemoryError):
        tell(f"thesis-convert: {name}: there is not enough memory")
        tell("Convert a part of it with --pages, or leave the pictures out with --no-images.")
        return ExitCode.LIMIT
    if failure:
        tell_internal_error(failure, name, request.verbose)
        return ExitCode.INTERNAL
    return ExitCode.WARNINGS if request.strict and diagnostics else ExitCode.OK


def sum_up(codes: Sequence[ExitCode]) -> ExitCode:
    """One exit code for all inputs: their own when they agree, else that some failed.

    Inputs with warnings have not failed, so they and good ones together end with warnings.
    """
    if len(set(codes)) == 1:
        return codes[0]
    return ExitCode.WARNINGS if set(codes) <= {ExitCode.OK, ExitCode.WARNINGS} else ExitCode.SOME_FAILED


def read_load_options(request: Request, pictures: bool, cover: bool) -> LoadOptions:
    """What the loader has to know. Raises `UsageError` for a password file or language that is none."""
    if request.language and not LANGUAGE_TAG.fullmatch(request.language):
        advice = "Give a BCP 47 tag, such as en, pt-BR or zh-Hant."
        raise UsageError(f"--lang {request.language} is no language tag", advice)
    if "-" in request.inputs and request.password_file == "-":
        raise UsageError("standard input cannot give both the PDF and its password", "Put one of them into a file.")
    return LoadOptions(
        pages=request.pages,
        password=read_password(request.password_file),
        pictures=pictures,
        cover=cover,
        title=request.title,
        authors=request.authors,
        language=request.language,
    )


def read_password(name: str) -> str:
    """The first line of the file, "-" being standard input; "" when no file is named."""
    if not name:
        return ""
    try:
        data = sys.stdin.buffer.readline() if name == "-" else Path(name).read_bytes()
        return data.split(b"\n")[0].rstrip(b"\r").decode()
    except OSError as error:
        message = f"--password-file {name} cannot be read: {(error.strerror or str(error)).lower()}"
    except UnicodeDecodeError:
        message = f"--password-file {name} is not UTF-8 text"
    raise UsageError(message, "Name a text file with the password in its first line.")


def split_options(words: Sequence[str]) -> dict[str, str]:
    """Writer options from "key=value" as typed; a later one wins. Raises `UsageError` for one without "="."""
    options = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"-O {word} sets nothing", "Use it as in: -O page-markers=none")
        options[name.strip()] = value
    return options
