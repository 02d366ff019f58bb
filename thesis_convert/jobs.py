"""What is to be done with one thesis: its PDF, its outputs, and what to do about those that exist.

These values are made, compared and sent to other processes before anything is read, so that this module
knows neither the loader nor the writers: to import those takes longer than to plan a thousand jobs.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thesis_convert.errors import OutputError

if TYPE_CHECKING:
    from thesis_convert.writers import Writer

# Names for open streams live here ("/dev/stdout"), as links that must never be replaced.
STREAM_FOLDERS = ("/dev", "/dev/fd", "/proc/self/fd")


@dataclass(frozen=True, slots=True)
class Target:
    """One output: a writer with its options, and where it goes (`path` None: standard output)."""

    writer: Writer
    options: Any
    path: Path | None


@dataclass(frozen=True, slots=True)
class Job:
    """One PDF (as `thesis_convert.sources` names it) and what to make of it."""

    source: Path
    targets: tuple[Target, ...]


class Existing(Enum):
    """What to do when an output exists already."""

    REFUSE = "refuse"
    SKIP = "skip"
    REPLACE = "replace"


def choose_targets(targets: Sequence[Target], existing: Existing) -> tuple[Target, ...]:
    """The targets to write. Raises `OutputError` for one whose name is taken, when that is refused."""
    taken = [target for target in targets if target.path and os.path.lexists(target.path) and not may_pour(target.path)]
    if taken and existing is Existing.REFUSE:
        advice = "Use --force to replace it, --no-clobber to keep it, or name another output."
        raise OutputError(f"{taken[0].path} exists already", advice)
    return tuple(target for target in targets if existing is Existing.REPLACE or target not in taken)


def may_pour(path: Path) -> bool:
    """Whether the path is a pipe or a device: nothing that a file may take the place of."""
    if str(path.parent) in STREAM_FOLDERS:
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
