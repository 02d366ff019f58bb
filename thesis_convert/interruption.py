"""Ctrl-C, `kill` and a closed terminal, as an exception that lets everything be put away.

Python turns only Ctrl-C into an exception; other signals would end the process with its temporary
files in place. Only the command line calls this: a library leaves its host's signals alone.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Thread

# Seconds for putting things away, when nobody waits any more.
GRACE = 3.0
# By name, since not every system has every one.
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Interruption(BaseException):
    """A signal asked the program to end. `exit_code` is what a shell expects then."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


def raise_on_signals() -> None:
    """Makes the signals that end a program raise `Interruption`, and a broken pipe end it quietly."""
    handle_with(interrupt)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def interrupt(number: int, frame: FrameType | None) -> None:
    # Whoever asks twice does not want to wait for the putting away.
    handle_with(end_at_once)
    raise Interruption(number)


def end_at_once(number: int, frame: FrameType | None) -> None:
    os._exit(128 + number)


def handle_with(handler: object) -> None:
    for number in ENDING:
        # A signal that the caller made us ignore stays ignored (nohup, a shell's background job).
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)  # type: ignore[arg-type]


def start_deaf_thread(target: Callable[[], None]) -> Thread:
    """Starts a thread that takes no signals: they are for the main thread, which holds them back at times."""
    from threading import Thread

    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    thread = Thread(target=target, daemon=True)
    thread.start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return thread
