"""What became of each input, as JSON Lines: written as it happens, and read again to go on.

In come `Result`s; out goes one line each, whole and at once, so that whatever ends the run leaves
a report of what was done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from thesis_convert.batch.tasks import Result, Status, encode_line
from thesis_convert.errors import UsageError
from thesis_convert.placing import describe_failure, pour
from thesis_convert.version import __version__


class Write(Protocol):
    """Writes down a result. Raises `OutputError`."""

    def __call__(self, result: Result) -> None: ...


def describe(result: Result) -> dict[str, Any]:
    """A result as the report has it. What is unknown is null."""
    return {
        "input": result.source,
        "sha256": result.sha256 or None,
        "status": result.status,
        "code": int(result.code),
        "message": result.message or None,
        "outputs": list(result.outputs),
        "kept": list(result.kept),
        "pages": result.pages or None,
        "warnings": [{"code": one.code, "page": one.page, "message": one.message} for one in result.warnings],
        "seconds": result.seconds,
        "memory": result.memory or None,
        "version": __version__,
    }


@contextmanager
def open_report(name: str, going_on: bool) -> Iterator[Write]:
    """A function that writes results down: in the file `name`, on standard output for "-", nowhere for "".

    `going_on` adds to a report that is there; else it is replaced. Raises `OutputError`.
    """
    if not name:
        yield lambda result: None
        return
    if name == "-":
        yield lambda result: pour(encode_line(describe(result)), None)
        return
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        file = Path(name).open("ab" if going_on else "wb", buffering=0)  # noqa: SIM115
        if going_on and file.tell() and not ends_line(Path(name)):
            file.write(b"\n")
    except OSError as error:
        raise describe_failure(error, name) from error
    with file:
        yield lambda result: write(file, name, result)


def write(file: Any, name: str, result: Result) -> None:
    try:
        file.write(encode_line(describe(result)))
    except OSError as error:
        raise describe_failure(error, name) from error


def ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def read_report(name: str) -> dict[str, Status]:
    """What became last of each input, by its name as it was given. A line that is cut off is passed over.

    Raises `UsageError` when there is no report.
    """
    found: dict[str, Status] = {}
    try:
        with Path(name).open("rb") as file:
            for line in file:
                record = read_record(line)
                if record:
                    found[record["input"]] = Status(record["status"])
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"--resume {name} cannot be read: {reason}", "Name what --report wrote.") from error
    if not found and Path(name).stat().st_size:
        raise UsageError(f"--resume {name} is no report", "Name what --report wrote.")
    return found


def read_record(line: bytes) -> Mapping[str, Any] | None:
    try:
        record = json.loads(line)
        return record if isinstance(record["input"], str) and Status(record["status"]) else None
    except (ValueError, KeyError, TypeError):
        return None
