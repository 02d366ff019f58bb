"""Where a PDF comes from: a file, a pipe with a name, or standard input.

In comes what the user named; out comes a path that can be read more than once. What comes through
a pipe is copied to a temporary file first, because a PDF is read from its end.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from thesis_convert.errors import InputError
from thesis_convert.placing import describe_failure

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class Input:
    """A PDF, and the folder below the one for all outputs in which its own belong."""

    path: Path
    below: Path = Path()


@contextmanager
def open_source(source: Path) -> Iterator[Path]:
    """A path that can be read more than once: the source itself, or a copy of what comes through a pipe."""
    if source != STANDARD_INPUT and not check_source(source):
        yield source
        return
    if source == STANDARD_INPUT and (sys.stdin is None or sys.stdin.isatty()):
        raise InputError("standard input is no PDF: nothing comes through a pipe", "Name a PDF file.")
    with tempfile.TemporaryDirectory(prefix="thesis-convert-") as folder:
        copy = Path(folder, f"{name_stem(source)}.pdf")
        try:
            with copy.open("wb") as file, open_pipe(source) as pipe:
                shutil.copyfileobj(pipe, file)
        except OSError as error:
            raise describe_failure(error, copy) from error
        yield copy


def open_pipe(source: Path) -> BinaryIO:
    """What comes through a pipe, as a file to be closed."""
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb") if source == STANDARD_INPUT else source.open("rb")


def check_source(source: Path) -> bool:
    """Whether the source is a pipe. Raises `InputError` when it is nothing that can be read."""
    try:
        mode = source.stat().st_mode
    except FileNotFoundError:
        raise InputError(f"{source}: there is no such file", "Check its name and folder.") from None
    except OSError as error:
        raise InputError(
            f"{source} cannot be read: {(error.strerror or str(error)).lower()}", "Check its name."
        ) from error
    if stat.S_ISDIR(mode):
        if not os.access(source, os.R_OK | os.X_OK):
            raise InputError(f"the folder {source} may not be read: permission denied", "Ask its owner.")
        raise InputError(f"{source} is a folder", f"Name the files in it, {source / '*.pdf'}, or use --recursive.")
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        raise InputError(f"{source} is no file", "Name a PDF file.")
    if not os.access(source, os.R_OK):
        raise InputError(f"{source} may not be read: permission denied", "Ask its owner, or change its permissions.")
    return stat.S_ISFIFO(mode)


def describe_source(source: Path) -> str:
    return "standard input" if source == STANDARD_INPUT else str(source)


def name_stem(source: Path) -> str:
    """The source's name without ".pdf"; another end stays, since it may be a part of the name ("thesis.v2")."""
    if source == STANDARD_INPUT:
        return "thesis"
    return source.stem if source.suffix.lower() == ".pdf" else source.name
