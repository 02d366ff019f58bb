"""The process around the command line: signals in, exit code out."""

from __future__ import annotations

import gc
import os
import sys

from thesis_convert.garbage import collect_seldom
from thesis_convert.interruption import Interruption, end_at_once, handle_with, raise_on_signals


def main() -> int:
    """Runs the command with the arguments of the process and gives its exit code."""
    raise_on_signals()
    collect_seldom()
    try:
        from thesis_convert.cli import run

        code = run(sys.argv[1:])
    except Interruption as interruption:
        from thesis_convert.terminal import tell

        tell("thesis-convert: interrupted")
        code = interruption.exit_code
    handle_with(end_at_once)
    forget_unwritten_output()
    # At its end Python looks through all that lives once more, to free what the system takes back anyhow.
    gc.freeze()
    return code


def forget_unwritten_output() -> None:
    """Keeps Python from complaining at its end about output that could not be written, which has been told."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
