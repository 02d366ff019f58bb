"""Options that stand in files and in the environment.

In come the options of the command and the file named by --config; out come values by the names of
the options, as click wants its defaults. The environment (`THESIS_CONVERT_OUTPUT_DIR=books`) counts
more than `thesis-convert.toml` in the current folder, and that more than the user's own
(`~/.config/thesis-convert/config.toml`); a file that is named takes the place of both.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from thesis_convert.errors import UsageError

PREFIX = "THESIS_CONVERT_"
HERE = Path("thesis-convert.toml")
TRUE, FALSE = ("1", "yes", "true", "on"), ("0", "no", "false", "off", "")


def read_settings(options: Sequence[click.Option], named: str) -> dict[str, Any]:
    """Values by the options' names. Raises `UsageError` for a file or a value that is none."""
    known = {spell(option): option for option in options if option.expose_value and option.name != "list_formats"}
    files = [Path(named)] if named else [file for file in (find_own(), HERE) if file.is_file()]
    settings: dict[str, Any] = {}
    for file in files:
        for key, value in read_file(file).items():
            option = find_option(known, key, file)
            settings[option.name or ""] = read_value(option, value, f"{key} in {file}")
    for key, option in known.items():
        name = PREFIX + key.upper().replace("-", "_")
        if name in os.environ:
            settings[option.name or ""] = read_value(option, os.environ[name], name)
    return settings


def spell(option: click.Option) -> str:
    """The long name of an option without its dashes."""
    return max(option.opts, key=len).lstrip("-")


def find_own() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    return Path(home, "thesis-convert", "config.toml")


def read_file(file: Path) -> Mapping[str, Any]:
    import tomllib

    advice = "Name a TOML file with lines such as: output-dir = 'books'"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"--config {file} cannot be read: {reason}", advice) from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise UsageError(f"{file} is no TOML: {error}", advice) from error


def find_option(known: Mapping[str, click.Option], key: str, file: Path) -> click.Option:
    if key in known:
        return known[key]
    near = difflib.get_close_matches(key, known, 1)
    advice = f"Did you mean {near[0]!r}? " if near else ""
    raise UsageError(f"{file} sets {key!r}, which is no option", f"{advice}See thesis-convert --help.")


def read_value(option: click.Option, value: Any, place: str) -> Any:
    """A value from a file or the environment, as the option takes it."""
    if option.is_flag:
        word = str(value).lower()
        if word not in TRUE + FALSE:
            raise UsageError(f"{place} is {value!r}", "Say yes or no.")
        return word in TRUE
    if option.multiple:
        if isinstance(value, dict):  # [option] wrap = 60
            return tuple(f"{key}={one}" for key, one in value.items())
        return tuple(map(str, value)) if isinstance(value, list) else tuple(str(value).splitlines())
    if isinstance(value, (list, dict, bool)):
        raise UsageError(f"{place} is {value!r}", "Say one word or number.")
    return value
