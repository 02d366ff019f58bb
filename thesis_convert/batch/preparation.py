"""From jobs to tasks: what is left to do of each, decided before any work begins.

In come jobs, and what is to be done about outputs that exist; out come for each a `Task`, with the
outputs that it keeps, or a `Result` when there is nothing to do or nothing can be done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from thesis_convert.batch.freshness import find_stale, read_ledger
from thesis_convert.batch.tasks import Result, Status, Task
from thesis_convert.batch.work import explain
from thesis_convert.errors import OutputError
from thesis_convert.jobs import Existing, Job, Target, choose_targets
from thesis_convert.load_options import LoadOptions


class Redo(Enum):
    """Which outputs that exist are made again."""

    NEVER = "refuse"
    SKIP = "skip"
    ALWAYS = "replace"
    STALE = "update"


@dataclass(frozen=True, slots=True)
class Step:
    """A job with what is left to do of it: `task` is None when `result` says how it ended already."""

    job: Job
    task: Task | None
    result: Result | None = None
    kept: tuple[str, ...] = ()


def prepare(
    jobs: Sequence[Job], words: Mapping[str, str], options: LoadOptions, redo: Redo, before: Mapping[str, Status]
) -> Iterator[Step]:
    """What to do with each job. `before` is what a run that is resumed did; its good ones are passed over.

    Outputs of an input that it did not get to are whole when they exist, and stay.
    """
    ledgers = cache(read_ledger)
    for job in jobs:
        source, way = str(job.source), redo
        if before.get(source) in (Status.OK, Status.SKIPPED):
            continue
        if before and source not in before and way is Redo.NEVER:
            way = Redo.SKIP
        try:
            if way is Redo.STALE:
                targets = find_stale(job.source, job.targets, options, ledgers)
            else:
                targets = choose_targets(job.targets, Existing(way.value))
        except OutputError as error:
            yield Step(job, None, explain(source, error))
            continue
        kept = tuple(str(target.path) for target in job.targets if target not in targets)
        if not targets:
            yield Step(job, None, Result(source, Status.SKIPPED, kept=kept), kept)
            continue
        existing = Existing.REPLACE if way is Redo.STALE else Existing(way.value)
        yield Step(job, make_task(job.source, targets, words, options, existing), None, kept)


def make_task(
    source: Path, targets: Sequence[Target], words: Mapping[str, str], options: LoadOptions, existing: Existing
) -> Task:
    places = tuple((target.writer.name, str(target.path) if target.path else None) for target in targets)
    return Task(str(source), places, tuple(words.items()), options, existing)


def make_outline_task(source: Path, options: LoadOptions) -> Task:
    return Task(str(source), (), (), options, Existing.REFUSE)
