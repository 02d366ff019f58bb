"""Which outputs need not be made again: those newer than their PDF and made in the same way.

In comes a job with its options; out come the targets that are to be made. How an output was made is
written down in a hidden file in its folder, a line an output; where nothing is written there, or
something else made the output, it is made again. Which, at worst, costs time.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from thesis_convert.jobs import Target, may_pour
from thesis_convert.load_options import LoadOptions
from thesis_convert.version import __version__

LEDGER = ".thesis-convert-made.jsonl"
# Enough of a hash to tell ways of making an output apart.
DIGITS = 16


Ledgers = Callable[[Path], Mapping[str, str]]


def find_stale(source: Path, targets: Sequence[Target], options: LoadOptions, ledgers: Ledgers) -> tuple[Target, ...]:
    """The targets that are missing, older than the PDF, or made with other options or another version.

    `ledgers` is `read_ledger`, or a function that remembers what it gave.
    """
    return tuple(target for target in targets if not is_fresh(source, target, options, ledgers))


def is_fresh(source: Path, target: Target, options: LoadOptions, ledgers: Ledgers) -> bool:
    path = target.path
    if path is None or may_pour(path):
        return False
    try:
        if not path.is_file() or path.stat().st_mtime_ns < source.stat().st_mtime_ns:
            return False
    except OSError:
        return False
    return ledgers(path.parent).get(path.name) == describe_making(target, options)


def note_making(target: Target, options: LoadOptions) -> None:
    """Writes down how an output was made. A folder that takes no more costs a making next time."""
    if target.path is None or may_pour(target.path):
        return
    line = json.dumps([target.path.name, describe_making(target, options)]) + "\n"
    with suppress(OSError), (target.path.parent / LEDGER).open("a", encoding="ascii") as file:
        file.write(line)


def read_ledger(folder: Path) -> dict[str, str]:
    """How each output in a folder was made last, by its name."""
    made = {}
    with suppress(OSError), (folder / LEDGER).open("rb") as file:
        for line in file:
            with suppress(ValueError):
                name, way = json.loads(line)
                made[str(name)] = str(way)
    return made


def describe_making(target: Target, options: LoadOptions) -> str:
    """A short word for the version, the format and all options that an output depends on."""
    load = dataclasses.asdict(options) | {"password": "", "max_pages": 0}
    way: Any = [__version__, target.writer.name, dataclasses.asdict(target.options), load]
    text = json.dumps(way, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
