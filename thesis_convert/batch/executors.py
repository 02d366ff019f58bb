"""Where the work is done: by name, an executor on this machine or on several.

In comes "" or "dask://HOST:PORT"; out comes a `concurrent.futures.Executor`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from thesis_convert.batch.isolation import end_children
from thesis_convert.errors import MissingDependencyError, UsageError

DASK = "dask://"
ADDRESS = re.compile(r"dask://(\[[0-9A-Fa-f:]+\]|[^:/\s]+):\d+")
# Seconds to find a scheduler.
PATIENCE = 5


@contextmanager
def open_executor(name: str, jobs: int) -> Iterator[Executor]:
    """An executor; what it has begun ends with the block.

    Raises `UsageError` for a name that is none, `MissingDependencyError` where a package is missing.
    """
    if name and not ADDRESS.fullmatch(name):
        raise UsageError(f"--executor {name} is none that is known", "Use it as in: --executor dask://HOST:PORT")
    with open_dask(name.removeprefix(DASK)) if name else open_local(jobs) as executor:
        yield executor


@contextmanager
def open_local(jobs: int) -> Iterator[Executor]:
    """So many files at once on this machine."""
    executor = ThreadPoolExecutor(jobs, "thesis-convert")
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        end_children()
        executor.shutdown()


@contextmanager
def open_dask(address: str) -> Iterator[Executor]:
    """The workers of a dask.distributed cluster, which see the same files by the same names.

    A task whose worker is lost is given to another one.
    """
    try:
        from distributed import Client
    except ImportError as error:
        advice = "Install it: pip install 'thesis-convert[dask]'"
        raise MissingDependencyError("--executor dask:// needs dask.distributed", advice) from error
    connect: Callable[..., Any] = Client
    try:
        client = connect(f"tcp://{address}", timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        advice = "Start it with: dask scheduler"
        raise UsageError(f"--executor {DASK}{address}: there is no scheduler ({error})", advice) from error
    with client:
        yield client.get_executor(pure=False)
