"""How far a run is, as one line at the foot of a terminal: files, pages, rate, failures, time left.

In come results; out goes a line on standard error that is drawn over and over. Where standard error
is no terminal, or one that cannot go back in a line, nothing is drawn.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from thesis_convert.terminal import may_draw

# Seconds between two drawings: more often than this nobody reads.
PAUSE = 0.1
BAR = 20
BACK_AND_CLEAR = "\r\x1b[K"


class Progress:
    """The line, and what it counts. `total` is how many files there are."""

    def __init__(self, total: int, shown: bool) -> None:
        self.total, self.shown = total, shown
        self.done = self.failed = self.pages = 0
        self.start = time.monotonic()
        self.drawn = 0.0

    def count(self, pages: int, failed: bool) -> None:
        """One file more is done."""
        self.done += 1
        self.failed += failed
        self.pages += pages
        if self.shown and (time.monotonic() - self.drawn > PAUSE or self.done == self.total):
            self.draw()

    def draw(self) -> None:
        self.drawn = time.monotonic()
        seconds = self.drawn - self.start
        width = shutil.get_terminal_size().columns - 1
        write(BACK_AND_CLEAR + format_line(self.done, self.total, self.pages, self.failed, seconds)[:width])

    def clear(self) -> None:
        """Makes room for a message; the line comes back with the next file."""
        if self.shown and self.drawn:
            write(BACK_AND_CLEAR)


def format_line(done: int, total: int, pages: int, failed: int, seconds: float) -> str:
    """The line after `seconds` of work."""
    filled = BAR * done // max(total, 1)
    parts = [f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} files", f"{pages} pages"]
    if seconds > 0 and pages:
        parts.append(f"{pages / seconds:.0f} pages/s")
    if failed:
        parts.append(f"{failed} failed")
    if 0 < done < total:
        parts.append(f"{format_time(seconds / done * (total - done))} left")
    return ", ".join(parts)


def format_time(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def write(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()


@contextmanager
def show_progress(total: int, when: str) -> Iterator[Progress]:
    """A line for so many files: `when` is "always", "never" or "auto", which is on a terminal for more than one."""
    shown = when == "always" or (when == "auto" and total > 1 and may_draw())
    progress = Progress(total, shown)
    if shown:
        progress.draw()
    try:
        yield progress
    finally:
        progress.clear()
