"""The child's side of isolation: a process that does tasks, one after the other, until it is told no more.

    python -c ... child.main(tasks, results, memory)

In come the numbers of two open files: lines with tasks, and lines for results. When the parent is
gone, whatever ended it, the tasks end too: then the work at hand is given up and put away.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from contextlib import suppress
from queue import SimpleQueue

from thesis_convert.batch.memory import limit_memory
from thesis_convert.batch.tasks import decode_task, encode_result
from thesis_convert.batch.work import run_task
from thesis_convert.garbage import collect_seldom
from thesis_convert.interruption import GRACE, Interruption, raise_on_signals, start_deaf_thread
from thesis_convert.streams import hush_libraries


def main(tasks: int, results: int, memory: int) -> None:
    """Does the tasks that come, with no more memory than so many bytes (0: any)."""
    raise_on_signals()
    collect_seldom()
    limit_memory(memory)
    waiting: SimpleQueue[bytes] = SimpleQueue()
    idle = threading.Event()
    idle.set()
    listen_in_background(tasks, waiting, idle)
    try:
        with hush_libraries(verbose=False):
            serve(waiting, results, idle)
    except Interruption as interruption:
        os._exit(interruption.exit_code)


def serve(waiting: SimpleQueue[bytes], results: int, idle: threading.Event) -> None:
    os.write(results, b"\n")  # ready
    while line := waiting.get():
        answer = encode_result(run_task(decode_task(line)))
        gc.collect()
        gc.freeze()  # what is left are the libraries and what they remember: not to be looked through again
        idle.set()
        while answer:
            answer = answer[os.write(results, answer) :]


def listen_in_background(tasks: int, waiting: SimpleQueue[bytes], idle: threading.Event) -> None:
    """Hears tasks in a thread, so that the end of the parent is heard in the middle of a task."""

    def listen() -> None:
        with suppress(OSError), os.fdopen(tasks, "rb") as stream:
            for line in stream:
                idle.clear()
                waiting.put(line)
        waiting.put(b"")
        if not idle.is_set():
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
            time.sleep(GRACE)
            os._exit(128 + signal.SIGTERM)

    start_deaf_thread(listen)
