"""Putting finished outputs on disk: all of them, whole, or none of them.

In come paths with the bytes that belong there; nothing comes out but the files. Everything is
first written into a hidden temporary folder beside its final place, so that a full disk, a signal
or a crash meets no file that anybody looks at. Then it is moved: a new file by a hard link, which
fails when the name is taken by then, and one that replaces another by a rename. Both are atomic.
Signals wait meanwhile, and are let in at points where everything can be undone.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from thesis_convert.errors import OutputError
from thesis_convert.leftovers import JOURNAL, SUFFIX, name_prefix

# How much is written between two looks at waiting signals.
CHUNK = 1 << 22
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_PERMISSION = (errno.EACCES, errno.EPERM, errno.EROFS)
EXISTS = (errno.EEXIST, errno.ENOTEMPTY)


@dataclass(frozen=True, slots=True)
class Placement:
    """The bytes of the file `path`, and of `files` by their paths below its folder.

    A path in `files` is relative, with forward slashes, and begins with the media folder.
    """

    path: Path
    data: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)


def place_files(placements: Sequence[Placement], replace: bool) -> None:
    """Writes all placements, or none when one fails; makes missing folders.

    Without `replace` a file or a folder of pictures that exists already is an error; with it,
    files of the same names are replaced, and others in a folder of pictures stay. Raises
    `OutputError`, and what a signal handler raises.
    """
    path = Path()
    try:
        # Undone from the right: what was moved, then the temporary folders, then the folders around them.
        with hold_signals() as let_signals_in, ExitStack() as folders, ExitStack() as cleanup, ExitStack() as undo:
            staged = []
            for placement in placements:
                path = placement.path
                make_folder(path.parent, folders)
                staged.append(stage(placement, let_signals_in, cleanup))
            made: set[Path] = set()
            for placement, folder in zip(placements, staged, strict=True):
                path = placement.path
                publish(placement, folder, replace, made, undo)
            undo.pop_all()
            folders.pop_all()
    except OSError as error:
        raise describe_failure(error, path) from error


@contextmanager
def hold_signals() -> Iterator[Callable[[], None]]:
    """Makes signals that would end the program wait; gives a function that lets them in."""
    if not hasattr(signal, "pthread_sigmask"):
        yield lambda: None
        return
    ending = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)

    def let_signals_in() -> None:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        finally:
            signal.pthread_sigmask(signal.SIG_BLOCK, ending)

    try:
        yield let_signals_in
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stage(placement: Placement, let_signals_in: Callable[[], None], cleanup: ExitStack) -> Path:
    """Writes a placement into a temporary folder beside its place, and gives that folder."""
    folder = Path(tempfile.mkdtemp(SUFFIX, name_prefix(), placement.path.parent))
    cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
    files = {"main": placement.data} | {f"files/{name}": data for name, data in placement.files.items()}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_through(path, data, let_signals_in)
    return folder


def write_through(path: Path, data: bytes, let_signals_in: Callable[[], None]) -> None:
    """Writes a new file down to the disk, so that no crash can leave its name without its bytes."""
    with path.open("xb") as file:
        for start in range(0, len(data), CHUNK):
            file.write(data[start : start + CHUNK])
            let_signals_in()
        file.flush()
        os.fsync(file.fileno())
    let_signals_in()


def publish(placement: Placement, folder: Path, replace: bool, made: set[Path], undo: ExitStack) -> None:
    """Moves what was staged to its place, pictures first: no file ever names a missing one.

    `made` holds the folders of pictures that were made in the same go, and gets the new ones: two
    formats of one thesis share their pictures.
    """
    home = placement.path.parent
    for top in sorted({PurePosixPath(name).parts[0] for name in placement.files}):
        if not os.path.lexists(home / top):
            with (folder / JOURNAL).open("ab") as journal:
                journal.write(os.fsencode(top) + b"\0")
            (folder / "files" / top).rename(home / top)
            undo.callback(shutil.rmtree, home / top, ignore_errors=True)
            made.add(home / top)
        elif replace or home / top in made:
            for name in sorted(name for name in placement.files if PurePosixPath(name).parts[0] == top):
                make_folder((home / name).parent, undo)
                move(folder / "files" / name, home / name, folder, True, undo)
        else:
            raise OutputError(f"{home / top} exists already", "Use --force to write into it, or name another output.")
    move(folder / "main", placement.path, folder, replace, undo)


def move(new: Path, target: Path, folder: Path, replace: bool, undo: ExitStack) -> None:
    """Gives the file `new` the name `target`, and tells `undo` how to go back."""
    if not replace:
        claim(new, target)
        undo.callback(target.unlink)
        return
    kept = folder / f"old-{new.stat().st_ino}"
    with suppress(OSError):  # nothing there yet, or a file system without links
        os.link(target, kept, follow_symlinks=False)
    new.replace(target)
    undo.callback(kept.replace, target) if kept.exists() else undo.callback(target.unlink)


def claim(new: Path, target: Path) -> None:
    """Gives the file `new` the name `target` if nothing has it; `FileExistsError` otherwise."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: an empty file takes the name first
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        new.replace(target)


def make_folder(folder: Path, undo: ExitStack) -> None:
    """Makes a folder and those above it, where missing."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        undo.callback(remove_if_empty, place)


def remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def describe_failure(error: OSError, path: Path | str) -> OutputError:
    """What the operating system's error means to somebody who wanted the file `path`."""
    reason = (error.strerror or str(error)).lower()
    if error.errno in NO_ROOM:
        return OutputError(f"{path} cannot be written: {reason}", "Make room, or write elsewhere with --output-dir.")
    if error.errno in NO_PERMISSION:
        advice = "Write to a folder of your own with --output or --output-dir."
        return OutputError(f"{path} cannot be written: {reason}", advice)
    if error.errno in EXISTS:
        return OutputError(f"{path} exists already", "Use --force to replace it, or name another output.")
    return OutputError(f"{path} cannot be written: {reason}", "Name another output with --output or --output-dir.")


def pour(data: bytes, path: Path | None) -> None:
    """Writes to a pipe or a device, or to standard output for None, where nothing can be moved.

    Raises `OutputError`.
    """
    try:
        if path is not None:
            with path.open("wb") as file:
                file.write(data)
            return
        # `sys.stdout` may be turned elsewhere, so that what other code prints does not get into the data.
        stream = sys.__stdout__
        if stream is None:
            raise OutputError("standard output is closed", "Name a file with --output.")
        stream.buffer.write(data)
        stream.buffer.flush()
    except OSError as error:
        raise describe_failure(error, path or "standard output") from error
