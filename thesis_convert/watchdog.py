"""Ends a process that hears nothing any more, since one step of a library takes longer than anyone waits.

Python hears signals between its own steps alone, and a PDF can be made so that one step of a library takes hours.
In comes how long the work may take; what watches is a thread that the signals wake by themselves.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from thesis_convert.interruption import ENDING, GRACE, start_deaf_thread


@contextmanager
def watch(seconds: float, give_up: Callable[[], int]) -> Iterator[None]:
    """Lets the work within take so many seconds (0: any), then ends the process with the code of `give_up`.

    After a signal that ends a program it has some seconds to put things away.
    """
    if os.name != "posix":
        yield
        return
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    thread = start_deaf_thread(lambda: _wait(woken, seconds, give_up))
    known = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(known)
        os.close(wake)
        thread.join()
        os.close(woken)


def _wait(woken: int, seconds: float, give_up: Callable[[], int]) -> None:
    """Returns when the other end is closed, as it is after the work. A byte there is the number of a signal."""
    end = time.monotonic() + seconds if seconds else None
    code = None
    while select.select([woken], [], [], max(0.0, end - time.monotonic()) if end else None)[0]:
        numbers = os.read(woken, 64)
        if not numbers:
            return
        ending = next((number for number in numbers if number in ENDING), None)
        if ending is not None and code is None:
            code, end = 128 + ending, time.monotonic() + GRACE
    try:
        code = give_up() if code is None else code
    finally:
        # Nobody may be left to hear what `give_up` has to say: the work ends all the same.
        os._exit(1 if code is None else code)
