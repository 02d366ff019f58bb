"""What is sent to a worker and what comes back: frozen values of words and numbers, also as JSON.

A worker may be another process or another machine, so a `Task` names writers and says their options
as typed; paths mean the same file on both sides.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from thesis_convert.diagnostics import Code, Diagnostic
from thesis_convert.errors import ExitCode
from thesis_convert.jobs import Existing
from thesis_convert.load_options import LoadOptions
from thesis_convert.version import __version__


@dataclass(frozen=True, slots=True)
class Task:
    """One PDF and what to make of it: `targets` are names of writers with paths (None: standard output).

    Without targets the outline is made and nothing is written. Paths are as seen from `folder`, "" being where
    the process is that does the task.
    """

    source: str
    targets: tuple[tuple[str, str | None], ...]
    writer_options: tuple[tuple[str, str], ...]
    load: LoadOptions
    existing: Existing
    folder: str = ""
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Limits:
    """What one PDF may take: seconds by the clock and bytes of memory. 0 is any."""

    timeout: float = 0.0
    memory: int = 0


class Status(StrEnum):
    """What became of an input."""

    OK = "ok"
    SKIPPED = "skipped"  # all outputs are there already
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a `Task`. Times are in seconds, memory is the peak in bytes; 0 is unknown.

    `message`, `advice` and `trace` (a traceback) tell of a failure. `outline` is the text that was asked for.
    """

    source: str
    status: Status
    code: ExitCode = ExitCode.OK
    message: str = ""
    advice: str = ""
    trace: str = ""
    outputs: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    sha256: str = ""
    pages: int = 0
    warnings: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    memory: int = 0
    outline: str = ""


def encode_task(task: Task) -> bytes:
    """A task as one line of JSON."""
    return encode_line(dataclasses.asdict(task))


def decode_task(line: bytes) -> Task:
    values = json.loads(line)
    load = values["load"]
    return Task(
        values["source"],
        tuple((name, path) for name, path in values["targets"]),
        tuple((name, value) for name, value in values["writer_options"]),
        LoadOptions(**load | {"authors": tuple(load["authors"])}),
        Existing(values["existing"]),
        values["folder"],
        values["version"],
    )


def encode_result(result: Result) -> bytes:
    """A result as one line of JSON."""
    return encode_line(dataclasses.asdict(result))


def decode_result(line: bytes) -> Result:
    """A result from its line. Raises `ValueError`, `KeyError` or `TypeError` when it is none."""
    values: dict[str, Any] = json.loads(line)
    told = tuple(Diagnostic(Code(one["code"]), one["message"], one["page"]) for one in values["warnings"])
    texts = {name: tuple(values[name]) for name in ("outputs", "kept")}
    states = {"status": Status(values["status"]), "code": ExitCode(values["code"])}
    return Result(**values | texts | states | {"warnings": told})


def encode_line(values: Any) -> bytes:
    # Names of files may hold bytes that are no text; ASCII keeps them as they are.
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"), default=lambda value: value.value)
    return text.encode() + b"\n"
