"""Finding writers by name, by suffix, and all of them.

Every writer, built-in or of another package, is an entry point of one group. A writer is loaded
when its name is asked for; other names that users may say ("md") stand in the writers themselves,
so that those are looked through only when no entry point has the name. Writers import what they
need for writing when they write, so looking through them is cheap. A writer that cannot be loaded
is a diagnostic, unless it is the one that was asked for.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator
from importlib import metadata
from typing import cast

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.errors import MissingDependencyError, UsageError
from thesis_convert.writers import ENTRY_POINT_GROUP, Writer

WRITER_FIELDS = ("name", "aliases", "extension", "media_type", "binary", "description", "options", "write")


def find_writer(name: str, report: Report) -> Writer:
    """The writer that answers to `name`, an alias, or a file suffix without its dot.

    Raises `UsageError` when there is none, with the nearest name that exists, and
    `MissingDependencyError` when there is one and it cannot be loaded.
    """
    wanted = name.strip().lower()
    entry_points = find_entry_points(report)
    if wanted in entry_points:
        return load_writer(entry_points[wanted])
    known: list[str] = []
    broken: list[Diagnostic] = []
    for writer in load_writers(entry_points, broken.append):
        answers_to = (*writer.aliases, writer.extension.lstrip("."))
        if wanted in answers_to:
            return writer
        known += [writer.name, *writer.aliases]
    for diagnostic in broken:
        report(diagnostic)
    near = difflib.get_close_matches(wanted, known, 1)
    listed = ", ".join(sorted(entry_points)) or "none: install thesis-convert with pip"
    advice = f"Did you mean {near[0]!r}? " if near else ""
    raise UsageError(f"unknown format {name!r}", f"{advice}The formats are: {listed}.")


def list_writers(report: Report) -> tuple[Writer, ...]:
    """All writers that can be loaded, this package's own first; each of the others is told to `report`."""
    return tuple(load_writers(find_entry_points(report), report))


def find_entry_points(report: Report) -> dict[str, metadata.EntryPoint]:
    """The entry points of all writers by name, this package's own first.

    Two packages may offer one name. This package's own keeps it, so that installing something
    else never changes what a format means; among others the first in the alphabet does.
    """
    found: dict[str, metadata.EntryPoint] = {}
    own = f"{__package__}."
    every = metadata.entry_points(group=ENTRY_POINT_GROUP)
    for entry_point in sorted(every, key=lambda e: (not e.value.startswith(own), e.name.lower(), e.value)):
        first = found.setdefault(entry_point.name.lower(), entry_point)
        if first.value != entry_point.value:
            tell_broken(entry_point, f"{first.value} has that name already", report)
    return found


def load_writers(entry_points: dict[str, metadata.EntryPoint], report: Report) -> Iterator[Writer]:
    """Loads one after the other; those that fail are told to `report` and left out."""
    for entry_point in entry_points.values():
        try:
            yield load_writer(entry_point)
        except MissingDependencyError as error:
            tell_broken(entry_point, str(error), report)


def load_writer(entry_point: metadata.EntryPoint) -> Writer:
    """Makes the writer behind an entry point. Raises `MissingDependencyError` when that fails."""
    try:
        writer = entry_point.load()()
    except Exception as error:  # another package's code may raise anything
        raise cannot_load(entry_point, f"{type(error).__name__}: {error}") from error
    missing = [field for field in WRITER_FIELDS if not hasattr(writer, field)]
    if missing:
        raise cannot_load(entry_point, f"it has no {' and no '.join(missing)}")
    if not dataclasses.is_dataclass(writer.options):
        raise cannot_load(entry_point, "its options are no dataclass")
    return cast(Writer, writer)


def cannot_load(entry_point: metadata.EntryPoint, reason: str) -> MissingDependencyError:
    package = entry_point.dist.name if entry_point.dist else entry_point.value
    return MissingDependencyError(
        f"the writer for {entry_point.name!r} cannot be loaded: {reason}",
        f"Reinstall the package {package}, or uninstall it.",
    )


def tell_broken(entry_point: metadata.EntryPoint, reason: str, report: Report) -> None:
    report(Diagnostic(Code.PLUGIN_BROKEN, f"{entry_point.name} ({entry_point.value}): {reason}"))
