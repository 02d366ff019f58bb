"""The command line as typed, and what it means for the loader, the writers and the limits."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from thesis_convert.batch.memory import read_capacity
from thesis_convert.batch.tasks import Limits
from thesis_convert.errors import InputError, UsageError
from thesis_convert.load_options import NONE, PAGE, LoadOptions

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Seconds that a file may take when nothing is said: more than the longest thesis needs, and few enough for a night's
# run to end.
TIMEOUT = 600.0
# The part of the machine's memory that all files together may take when nothing is said, and what each may in any case.
SHARE, LEAST = 0.8, 512 << 20
MEGABYTE = 1 << 20
# With less than this the libraries alone do not fit.
MIN_MEMORY = 128


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command line by their names, as typed."""

    inputs: tuple[str, ...]
    recursive: bool
    files_from: str
    null: bool
    to: tuple[str, ...]
    output: str
    output_dir: str
    force: bool
    no_clobber: bool
    update: bool
    writer_options: tuple[str, ...]
    pages: str
    password_file: str
    title: str
    author: tuple[str, ...]
    lang: str
    images: bool
    cover: str
    jobs: int | None
    executor: str
    timeout: float | None
    max_memory: int | None
    max_pages: int
    fail_fast: bool
    report: str
    resume: str
    dry_run: bool
    outline: bool
    inspect: str | None
    strict: bool
    quiet: bool
    verbose: bool
    progress: str


def read_load_options(request: Request) -> LoadOptions:
    """What the loader has to know. Raises `UsageError` for a password file or language that is none."""
    if request.lang and not LANGUAGE_TAG.fullmatch(request.lang):
        advice = "Give a BCP 47 tag, such as en, pt-BR or zh-Hant."
        raise UsageError(f"--lang {request.lang} is no language tag", advice)
    readers = ["-" in request.inputs, request.password_file == "-", request.files_from == "-"]
    if sum(readers) > 1:
        things = ("the PDF", "its password", "a list of files")
        names = [thing for thing, reads in zip(things, readers, strict=True) if reads]
        advice = "Put one of them into a file."
        raise UsageError(f"standard input cannot give both {' and '.join(names)}", advice)
    if request.cover not in (PAGE, NONE):
        check_cover(Path(request.cover))
    return LoadOptions(
        pages=request.pages,
        password=read_password(request.password_file),
        pictures=request.images,
        cover=request.cover,
        title=request.title,
        authors=request.author,
        language=request.lang,
        max_pages=request.max_pages,
    )


def check_cover(path: Path) -> None:
    """Raises `UsageError` for a picture that would fail with every input."""
    from thesis_convert.loader.covers import read_cover

    try:
        read_cover(path)
    except InputError as error:
        raise UsageError(str(error), error.advice) from error


def choose_jobs(request: Request, tasks: int) -> int:
    """How many files are converted at once: as asked, or as many as there are processors for this process."""
    return max(1, min(request.jobs or count_processors(), tasks))


def count_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def choose_limits(request: Request, inputs: int, jobs: int) -> Limits:
    """What each file may take: as asked; else one file anything, and one of many its share of the machine."""
    timeout, memory = request.timeout, request.max_memory
    if memory and memory < MIN_MEMORY:
        advice = f"Allow {MIN_MEMORY} or more; a thesis of 300 pages takes some 300."
        raise UsageError(f"--max-memory {memory} megabytes are not enough for the program itself", advice)
    if timeout is None:
        timeout = TIMEOUT if inputs > 1 else 0.0
    if memory is not None:
        return Limits(timeout, memory * MEGABYTE)
    share = int(SHARE * read_capacity()) // jobs
    return Limits(timeout, max(share, LEAST) if inputs > 1 and share and not request.executor else 0)


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
