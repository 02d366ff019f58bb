"""From the words of the command line to the PDFs they mean: files, folders, and lists of files.

Out come `Input`s in a fixed order. A PDF found in a folder keeps its place below that folder, and
one that a list names keeps the path that stands there, so that a folder for all outputs mirrors
where the inputs are; "..", "." and the root are left out, so that nothing gets outside of it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from thesis_convert.errors import UsageError
from thesis_convert.sources import STANDARD_INPUT, Input


def find_inputs(words: Sequence[str], recursive: bool, list_name: str, by_zeros: bool) -> tuple[Input, ...]:
    """All inputs. `list_name` is a file with one name a line ("-": standard input), or one a zero byte.

    Raises `UsageError` when the list cannot be read.
    """
    found: list[Input] = []
    for path, listed in [
        *((Path(word), False) for word in words),
        *((Path(word), True) for word in (read_list(list_name, by_zeros) if list_name else ())),
    ]:
        if recursive and path != STANDARD_INPUT and path.is_dir():
            home = keep_below(path) if listed else Path()
            found += (Input(one.path, home / one.below) for one in search(path))
        else:
            found.append(Input(path, keep_below(path.parent) if listed else Path()))
    return tuple(found)


def search(folder: Path) -> Iterator[Input]:
    """The PDFs in a folder and those below it, in the order of their names; what is hidden stays so.

    A folder that cannot be read is given too: to convert it fails, and tells why.
    """
    unreadable: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(".pdf") and not name.startswith("."):
                yield Input(Path(place, name), Path(place).relative_to(folder))
    yield from (Input(path) for path in unreadable)


def read_list(name: str, by_zeros: bool) -> list[str]:
    """The names in a list; empty ones are left out."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, AttributeError) as error:
        reason = (getattr(error, "strerror", "") or "it is closed").lower()
        raise UsageError(f"--files-from {name} cannot be read: {reason}", "Name a list of files, or -.") from error
    parts = data.split(b"\0") if by_zeros else data.splitlines()
    if not by_zeros and b"\0" in data:
        raise UsageError(f"--files-from {name} has zero bytes in it", "Say -0 where find says -print0.")
    return [os.fsdecode(part) for part in parts if part]


def keep_below(folder: Path) -> Path:
    """A folder as a place below any other."""
    return Path(*(part for part in folder.parts if part not in (folder.anchor, os.curdir, os.pardir)))
