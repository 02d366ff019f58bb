"""What shells need to complete the command: scripts, and the formats that there are."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from thesis_convert.diagnostics import ignore
from thesis_convert.errors import UsageError
from thesis_convert.writers.registry import list_writers


def make_script(command: click.Command, name: str, shell: str) -> str:
    """The script that makes a shell ask the command `name` for completions."""
    completion = get_completion_class(shell)
    if completion is None:
        raise UsageError(f"there is no completion for {shell}")
    variable = f"_{name}_COMPLETE".replace("-", "_").upper()
    return completion(command, {}, name, variable).source()


def complete_formats(word: str) -> list[str]:
    """The lists of formats that begin as `word` does: "epub,m" gives "epub,markdown" and "epub,md"."""
    before, comma, _ = word.rpartition(",")
    names = [name for writer in list_writers(ignore) for name in (writer.name, *writer.aliases)]
    return [full for name in names if (full := f"{before}{comma}{name}").startswith(word)]
