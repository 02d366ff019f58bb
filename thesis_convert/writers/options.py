"""A writer's options, from the words of the command line to its own dataclass and back to words.

In comes a frozen dataclass whose fields have defaults and simple types: bool, int, float, str,
`Literal` of strings, an enum, a tuple of strings, or one of these or None. A word is read by the
field's type, so a writer says what it takes by its annotations alone.
"""

from __future__ import annotations

import dataclasses
import difflib
import enum
import types
import typing
from collections.abc import Mapping
from typing import Any

from thesis_convert.errors import UsageError
from thesis_convert.writers import Writer

TRUE = ("yes", "true", "on", "1")
FALSE = ("no", "false", "off", "0")
OPTIONAL = (typing.Union, types.UnionType)


def make_options(writer: Writer, words: Mapping[str, str]) -> Any:
    """The writer's options with `words` (name -> value) read into them; unknown names are skipped.

    Hyphens and underscores in names are the same. A name with that of the format before it
    ("markdown-notes") counts more than the name alone. Raises `UsageError` for a value that the option
    does not take.
    """
    hints = typing.get_type_hints(writer.options)
    given = {name.replace("-", "_"): value for name, value in words.items()}
    values = {
        field: read_value(name, given[name], hints[field])
        for name, field in find_names(writer).items()
        if name in given
    }
    try:
        return writer.options(**values)
    except ValueError as error:  # what a writer's own __post_init__ says
        raise UsageError(
            f"the format {writer.name} refuses its options: {error}", "See --list-formats --verbose."
        ) from error


def check_option_names(names: typing.Iterable[str], writers: typing.Sequence[Writer]) -> None:
    """Raises `UsageError` for a name that none of `writers` knows, with the nearest that they do."""
    known = sorted({name for writer in writers for name in option_names(writer)})
    every = {name for writer in writers for name in find_names(writer)}
    for name in names:
        if name.replace("-", "_") in every:
            continue
        near = difflib.get_close_matches(name.replace("-", "_"), [*known, *sorted(every)], 1)
        advice = f"Did you mean {spell(near[0])!r}? " if near else ""
        formats = ", ".join(writer.name for writer in writers)
        listed = ", ".join(map(spell, known)) or "none"
        raise UsageError(f"unknown option {name!r} for {formats}", f"{advice}There are: {listed}.")


def describe_options(writer: Writer) -> list[tuple[str, str]]:
    """Each option as a user types it with the values it takes, and its help with the default."""
    hints = typing.get_type_hints(writer.options)
    rows = []
    for field in dataclasses.fields(writer.options):
        default = field.default if field.default is not dataclasses.MISSING else getattr(writer.options(), field.name)
        usual = f"default: {format_value(default)}" if default not in ("", None, ()) else ""
        text = " ".join(filter(None, [str(field.metadata.get("help", "")), usual and f"({usual})"]))
        rows.append((f"{spell(field.name)}={describe_type(hints[field.name])}", text))
    return rows


def find_names(writer: Writer) -> dict[str, str]:
    """The names by which each option can be set, with the option: its own, then those with the format's."""
    fields = option_names(writer)
    formats = [name.replace("-", "_") for name in (*writer.aliases, writer.name)]
    return {field: field for field in fields} | {f"{name}_{field}": field for name in formats for field in fields}


def option_names(writer: Writer) -> list[str]:
    return [field.name for field in dataclasses.fields(writer.options)]


def spell(name: str) -> str:
    return name.replace("_", "-")


def read_value(name: str, word: str, hint: Any) -> Any:
    """`word` as a value of the type `hint`. Raises `UsageError` when it is none."""
    try:
        return parse_word(word.strip(), hint)
    except ValueError:
        raise UsageError(f"option {spell(name)}={word} is not {describe_type(hint)}") from None


def parse_word(word: str, hint: Any) -> Any:
    """`word` as a value of a simple type; `ValueError` when it is none."""
    if hint is bool:
        if word.lower() not in TRUE + FALSE:
            raise ValueError(word)
        return word.lower() in TRUE
    if typing.get_origin(hint) in OPTIONAL:
        return None if word.lower() in ("", "none") else parse_word(word, present_type(hint))
    if typing.get_origin(hint) is typing.Literal:
        return match_choice(word, typing.get_args(hint))
    if typing.get_origin(hint) is tuple:
        return tuple(part.strip() for part in word.split(",") if part.strip())
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return hint(match_choice(word, tuple(member.value for member in hint)))
    return hint(word)


def present_type(hint: Any) -> Any:
    """The type beside None in "type or None"."""
    return next(part for part in typing.get_args(hint) if part is not type(None))


def match_choice(word: str, choices: tuple[Any, ...]) -> Any:
    """The choice that is written like `word`; `ValueError` when there is none."""
    for choice in choices:
        if str(choice).lower() == word.lower():
            return choice
    raise ValueError(word)


def describe_type(hint: Any) -> str:
    """What a value may look like: "yes|no", "number", "comment|anchor|none", "text"."""
    if hint is bool:
        return "yes|no"
    if typing.get_origin(hint) is typing.Literal:
        return "|".join(str(choice) for choice in typing.get_args(hint))
    if typing.get_origin(hint) in OPTIONAL:
        return f"{describe_type(present_type(hint))}|none"
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return "|".join(str(member.value) for member in hint)
    if typing.get_origin(hint) is tuple:
        return "word,word"
    return "number" if hint in (int, float) else "text"


def format_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value.value if isinstance(value, enum.Enum) else value)
