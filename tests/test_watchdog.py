"""The end of a process whose main thread is deep in a library: real processes, really stuck."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hostile.kinds import KINDS

STUCK = "print('in', flush=True); hashlib.pbkdf2_hmac('sha256', b'a', b'b', 10**9)"
PROGRAM = """
import hashlib
from thesis_convert.interruption import Interruption, raise_on_signals
from thesis_convert.watchdog import watch
raise_on_signals()
try:
    with watch({seconds}, lambda: {code}):
        {work}
except Interruption as interruption:
    raise SystemExit(interruption.exit_code + 50)
"""


def start(work: str, seconds: float = 0.0, code: str = "9") -> subprocess.Popen[str]:
    program = PROGRAM.format(work=work, seconds=seconds, code=code)
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def test_time_ends_what_is_stuck() -> None:
    with start(STUCK, 0.5) as process:
        assert process.wait(30) == 9


def test_time_ends_what_is_stuck_when_nobody_hears_why() -> None:
    with start(STUCK, 0.5, code="1 / 0") as process:
        assert process.wait(30) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_what_is_stuck(number: signal.Signals) -> None:
    with start(STUCK) as process:
        assert process.stdout and process.stdout.readline() == "in\n"
        time.sleep(1.0)  # nothing tells from outside when the library's step has begun
        process.send_signal(number)
        assert process.wait(30) == 128 + number


def test_what_hears_the_signal_puts_things_away() -> None:
    with start("print('in', flush=True); __import__('time').sleep(60)") as process:
        assert process.stdout and process.stdout.readline() == "in\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM + 50


def test_what_is_done_in_time_is_left_alone() -> None:
    with start("pass", 0.1) as process:
        assert process.wait(30) == 0


def test_ctrl_c_ends_the_conversion_of_a_pdf_that_keeps_the_library_busy(tmp_path: Path) -> None:
    """A pattern that is painted with itself: one call of the library that does not come back."""
    source = tmp_path / "thesis.pdf"
    source.write_bytes(KINDS["pattern-in-itself"].make())
    words = [sys.executable, "-m", "thesis_convert", str(source), "--to", "epub"]
    with subprocess.Popen(words, stderr=subprocess.PIPE) as process:
        time.sleep(3.0)  # by then it is in that call
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.pdf"]
