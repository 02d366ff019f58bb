"""How much memory processes hold: this one at its peak, a child now, a machine in all. Bytes; 0 is unknown."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

STATUS = Path("/proc/self/status")
# A container's own limit, where the newer and the older Linux say it.
CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def reset_peak() -> None:
    """Begins a new peak, so that one file's memory is not told as that of the next in the same process."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def read_peak() -> int:
    """The most memory that this process held since `reset_peak`, or since it began where Linux cannot say."""
    with suppress(OSError, ValueError):
        found = re.search(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text(), re.MULTILINE)
        if found:
            return int(found[1]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def read_memory(process: int) -> int:
    """The memory that a process holds now."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def read_capacity() -> int:
    """The memory of this machine, or of the container in which this runs."""
    found = []
    with suppress(OSError, ValueError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for name in CONTAINER_LIMITS:
        with suppress(OSError, ValueError):
            found.append(int(Path(name).read_text()))
    return min(found, default=0)


def limit_memory(limit: int) -> None:
    """Makes this process's demands for more memory than `limit` bytes fail, where the system can do so.

    What counts is data; the code of the libraries comes on top and is taken off here.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limit:
        allowed = max(limit - CODE, CODE)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))


# What the program's own code and that of its libraries takes in memory.
CODE = 48 << 20
