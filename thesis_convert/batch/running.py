"""Many tasks to many results, by any `concurrent.futures.Executor`.

In come tasks, an executor and limits; out come results as they are done. No task is lost: one whose
executor broke, or whose worker is no more, has a result too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import replace
from pathlib import Path

from thesis_convert.batch.isolation import run_isolated
from thesis_convert.batch.tasks import Limits, Result, Status, Task
from thesis_convert.errors import ExitCode
from thesis_convert.jobs import Existing


def run_tasks(tasks: Sequence[Task], executor: Executor, limits: Limits, *, in_order: bool = False) -> Iterator[Result]:
    """The results of all tasks, as they come or in the order of the tasks.

    What is left when the iterator is given up is not begun.
    """
    futures = {submit(executor, task, limits): task for task in tasks}
    try:
        for future in futures if in_order else as_completed(futures):
            yield read_result(future, futures[future])
    finally:
        for future in futures:
            future.cancel()


def submit(executor: Executor, task: Task, limits: Limits) -> Future[Result]:
    try:
        return executor.submit(run_isolated, task, limits)
    except Exception as error:  # an executor that is broken already
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


def read_result(future: Future[Result], task: Task) -> Result:
    try:
        return future.result()
    except Exception as error:  # what an executor raises when its worker is lost is its own
        message = f"its worker was lost: {type(error).__name__}: {error}"
        return Result(task.source, Status.FAILED, ExitCode.LIMIT, message, "Finish the rest with --resume.")


def send_away(task: Task) -> Task:
    """The task for an executor whose workers are somewhere else, and perhaps lost just after they have done it.

    That no output was there is known before; one that is there when the task is done again is its own.
    """
    existing = Existing.SKIP if task.existing is Existing.REFUSE else task.existing
    return replace(task, existing=existing, folder=str(Path.cwd()))
