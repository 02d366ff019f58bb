"""What a process that was killed left behind: its temporary folders, put away by whoever comes next.

In come folders in which outputs belong; what goes is every temporary folder whose process is no
more, and the pictures that it had put in place for a book that never came. A temporary folder says
in its name on which machine and in which process it was made, so that nobody else's work is touched.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

START, SUFFIX = ".thesis-convert-", ".part"
# The file in a temporary folder that names the folders of pictures it made, each ended by a zero byte.
JOURNAL = "made"


def name_prefix(process: int | None = None) -> str:
    """How the names of a process's temporary folders begin; this process's own when none is named."""
    return f"{START}{name_machine()}-{process or os.getpid()}-"


@cache
def name_machine() -> str:
    """A word for the set of processes among which a number means one process: a machine, or a container."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:  # not Linux
        space = ""
    return f"{zlib.crc32(f'{platform.node()} {space}'.encode()):08x}"


def remove_leftovers(folders: Iterable[Path], process: int | None = None) -> None:
    """Removes what ended processes of this machine left in the folders, or what the one named left."""
    start = f"{START}{name_machine()}-" if process is None else name_prefix(process)
    for folder in set(folders):
        try:
            found = [path for path in folder.iterdir() if path.name.startswith(start) and path.suffix == SUFFIX]
        except OSError:  # not there yet, or not to be read
            continue
        for path in found:
            number = path.name.removeprefix(START).split("-")[1]
            if process is not None or (number.isdigit() and not is_alive(int(number))):
                remove_leftover(path)


def remove_leftover(staged: Path) -> None:
    """Removes a temporary folder, and first the pictures in place whose book is still in it."""
    with suppress(OSError):
        if not stat.S_ISDIR(staged.lstat().st_mode):
            return
        if waits(staged / "main"):
            for name in (staged / JOURNAL).read_bytes().split(b"\0")[:-1]:
                top = Path(os.fsdecode(name)).name
                if top not in ("", os.pardir) and not (staged / "files" / top).exists():
                    shutil.rmtree(staged.parent / top, ignore_errors=True)
    shutil.rmtree(staged, ignore_errors=True)


def waits(main: Path) -> bool:
    """Whether a file has not been put in place, neither by moving it nor by giving it a second name."""
    return main.exists() and main.stat().st_nlink == 1


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
