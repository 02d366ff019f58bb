"""The options of formats as options of the command: "--wrap 60" for "-O wrap=60".

In come the words of the command line; out come further options of click, made of what the writers
say about theirs, and what was typed as words for `-O`. Writers are looked at only when a word is no
option of the command itself, so that all else stays quick.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence

import click

# Before the names under which click keeps these options.
PREFIX = "of_format_"


def may_be_meant(words: Sequence[str], known: Iterable[click.Parameter]) -> bool:
    """Whether a word looks like an option and is none of the `known` ones."""
    names = {name for option in known for name in (*option.opts, *option.secondary_opts)}
    return any(word.startswith("--") and word != "--" and word.partition("=")[0] not in names for word in words)


def make_options(known: Iterable[click.Parameter]) -> list[click.Option]:
    """An option for each that some format has, also with the name of the format before it."""
    from thesis_convert.diagnostics import ignore
    from thesis_convert.writers.options import find_names, spell
    from thesis_convert.writers.registry import list_writers

    taken = {name for option in known for name in (*option.opts, *option.secondary_opts)}
    hints = {
        f"--{spell(name)}": typing.get_type_hints(writer.options)[field]
        for writer in list_writers(ignore)
        for name, field in find_names(writer).items()
    }
    options = []
    for name, hint in hints.items():
        switch = f"/--no-{name.removeprefix('--')}" if hint is bool else ""
        if name not in taken:
            key = PREFIX + name.removeprefix("--").replace("-", "_")
            options.append(click.Option([key, f"{name}{switch}"], default=None, hidden=True))
    return options


def take_words(parameters: dict[str, typing.Any]) -> tuple[str, ...]:
    """What was typed, as words for `-O`; it is taken out of the `parameters`."""
    words = []
    for key in [key for key in parameters if key.startswith(PREFIX)]:
        value = parameters.pop(key)
        if value is not None:
            said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
            words.append(f"{key.removeprefix(PREFIX)}={said}")
    return tuple(words)
