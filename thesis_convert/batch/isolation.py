"""The parent's side of isolation: a task done in a child process, which may crash, hang or grow alone.

In comes a `Task` with `Limits`; out comes a `Result`, whatever happens to the child. A child that
has done its task waits warm for the next one of the same thread: to start Python and read the
libraries takes longer than many a thesis. So any executor whose workers are threads or processes
can run this function, and the files of one worker never meet those of another.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import thesis_convert
from thesis_convert.batch.memory import read_memory
from thesis_convert.batch.tasks import Limits, Result, Status, Task, decode_result, encode_task
from thesis_convert.batch.work import NO_MEMORY, TAKE_LESS, hash_file
from thesis_convert.errors import ExitCode
from thesis_convert.leftovers import remove_leftovers

# How often a child's memory is looked at, in seconds; its own limit is the first that it meets.
GLANCE = 0.1
# Seconds that a child has to put things away before it is killed.
GRACE = 1.0
# A child that holds more memory after a file than this begins anew, so that one large file does not stay.
WARM_MEMORY = 600 << 20
# Seconds for a child to start, on a machine that is busy.
START_TIME = 60.0
NO_START = ("its process did not start", "Try one file without limits to see what is wrong: it needs no other process.")
# What a library does when it gets no memory: it ends itself in one of these ways.
NO_MEMORY_SIGNALS = (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGILL)
# The package is looked for where this one is, and never in the current folder, which may hold anything.
PROGRAM = """
import sys
if sys.argv[1] not in sys.path: sys.path.append(sys.argv[1])
from thesis_convert.batch.child import main
main(*map(int, sys.argv[2:]))
"""


@dataclass(slots=True, eq=False)
class Child:
    """A process with the ends that lead to it. `ended` says that this side has asked it to end."""

    process: subprocess.Popen[bytes]
    tasks: socket.socket
    results: int
    memory: int
    owner: int = field(default_factory=os.getpid)
    ready: bool = False
    ended: bool = False


class Warm(threading.local):
    """The child of each thread, None before its first task."""

    child: Child | None = None


WARM = Warm()
# All children of this process, to be ended from another thread than their own; none begins while they are.
CHILDREN: set[Child] = set()
LOCK = threading.Lock()
STOPPING = threading.Event()


def run_isolated(task: Task, limits: Limits) -> Result:
    """Does a task in this thread's child process. What kills the child fails this task alone."""
    start = time.monotonic()
    try:
        child = WARM.child = find_child(limits.memory)
    except OSError as error:
        message = f"no process can be started for it: {error.strerror or error}"
        return fail(task, start, (message, "Use fewer --jobs, or end other programs."))
    line, hindrance = exchange(child, encode_task(task), limits)
    if line:
        with suppress(ValueError, KeyError, TypeError):
            result = decode_result(line)
            if result.code is ExitCode.LIMIT or read_memory(child.process.pid) > WARM_MEMORY:
                end_child(child)
            return result
    end_child(child)
    remove_leftovers((Path(task.folder, path).parent for _, path in task.targets if path), child.process.pid)
    return fail(task, start, hindrance or describe_death(child, limits))


def end_children() -> None:
    """Ends all children of this process; those at work give it up. Threads may have new ones afterwards."""
    STOPPING.set()
    try:
        with LOCK:
            own = [child for child in CHILDREN if child.owner == os.getpid()]
        for child in own:
            child.ended = True
            send(child, signal.SIGTERM)
        for child in own:
            end_process(child)
    finally:
        STOPPING.clear()


def find_child(memory: int) -> Child:
    """This thread's child, or a new one. Raises `OSError`."""
    child = WARM.child
    if child and child.owner == os.getpid() and child.memory == memory and not child.ended:
        if child.process.poll() is None:
            return child
        end_child(child)
    with LOCK:
        if STOPPING.is_set():
            raise InterruptedError("the run was ended")
        child = start_child(memory)
        CHILDREN.add(child)
    return child


def start_child(memory: int) -> Child:
    """Starts a child, which will say an empty line when it is ready."""
    # A socket can be written to without the signal that would end this process when the child is gone.
    theirs, tasks = socket.socketpair()
    results, theirs_too = os.pipe()
    words = [str(Path(thesis_convert.__file__).parent.parent), str(theirs.fileno()), str(theirs_too), str(memory)]
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", PROGRAM, *words],
            pass_fds=(theirs.fileno(), theirs_too),
            process_group=0,  # Ctrl-C is for the parent alone, which then ends its children in good order
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        tasks.close()
        os.close(results)
        raise
    finally:
        theirs.close()
        os.close(theirs_too)
    return Child(process, tasks, results, memory)


def exchange(child: Child, line: bytes, limits: Limits) -> tuple[bytes, tuple[str, str] | None]:
    """Sends a line and gives the answer; for none, what this side had against it (message and advice)."""
    if not child.ready:
        answer, _ = receive(child, Limits(START_TIME))
        if not answer:
            return b"", NO_START
        child.ready = True
    try:
        child.tasks.sendall(line, getattr(socket, "MSG_NOSIGNAL", 0))
    except OSError:  # it is gone
        return b"", None
    return receive(child, limits)


def receive(child: Child, limits: Limits) -> tuple[bytes, tuple[str, str] | None]:
    """Waits for a line, within the limits."""
    end = time.monotonic() + limits.timeout if limits.timeout else None
    watched = select.poll()
    watched.register(child.results, select.POLLIN)
    got = bytearray()
    while not got.endswith(b"\n"):
        rest = end - time.monotonic() if end else GLANCE
        if rest <= 0:
            message = f"it took longer than {limits.timeout:g} seconds"
            return b"", (message, "Allow more with --timeout, or convert a part of it with --pages.")
        wait = min(rest, GLANCE) if limits.memory or not end else rest
        if watched.poll(1000 * wait):
            data = os.read(child.results, 1 << 16)
            if not data:
                return b"", None
            got += data
        elif limits.memory and read_memory(child.process.pid) > limits.memory:
            send(child, signal.SIGKILL)
            return b"", (NO_MEMORY, TAKE_LESS)
    return bytes(got), None


def end_child(child: Child) -> None:
    """Ends a child of this thread, by force when it does not end by itself, and closes its pipes."""
    end_process(child)
    with LOCK:
        if child in CHILDREN:
            CHILDREN.remove(child)
            child.tasks.close()
            os.close(child.results)
    if WARM.child is child:
        WARM.child = None


def end_process(child: Child) -> None:
    send(child, signal.SIGTERM)
    try:
        child.process.wait(GRACE)
    except subprocess.TimeoutExpired:
        send(child, signal.SIGKILL)
        child.process.wait()


def send(child: Child, number: signal.Signals) -> None:
    """Sends a signal to a child and what it has started, if it is still there."""
    if child.process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, number)


def describe_death(child: Child, limits: Limits) -> tuple[str, str]:
    """Why a child is no more, and what to do next."""
    code = child.process.returncode
    if code == -signal.SIGPIPE:
        return "whoever read what it wrote went away", "Read all of it, or write to a file."
    if child.ended:
        return "it was not finished: the run was ended", "Finish the rest with --resume."
    if code == 128 + signal.SIGTERM or code == -signal.SIGKILL:
        return "its process was killed from outside", "Convert it again, with more memory if that was scarce."
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"exit code {code}"
    if limits.memory and -code in NO_MEMORY_SIGNALS:
        return f"its process crashed ({name}), perhaps for want of memory", TAKE_LESS
    return f"its process crashed ({name})", "Report it, with the PDF if you may share it."


def fail(task: Task, start: float, told: tuple[str, str]) -> Result:
    """A task whose child did not do it."""
    message, advice = told
    seconds, sha256 = round(time.monotonic() - start, 3), hash_file(Path(task.folder, task.source))
    return Result(task.source, Status.FAILED, ExitCode.LIMIT, message, advice, sha256=sha256, seconds=seconds)
