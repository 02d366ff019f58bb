"""How often Python looks for garbage in a process that converts."""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Lets a process make many values before it looks for garbage among them.

    A conversion makes up to a million that live to its end, and hardly a cycle: to look for garbage among them every
    700 values, as is usual, takes a tenth of the time and finds next to none.
    """
    gc.set_threshold(1_000_000, 20, 20)
