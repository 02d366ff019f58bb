"""The man page, made of the texts that the command's help and its errors have.

In comes the command; out comes a page in roff, as `man` reads it.
"""

from __future__ import annotations

import click

from thesis_convert.errors import MEANINGS
from thesis_convert.usage import find_groups
from thesis_convert.version import __version__

ENVIRONMENT = (
    ("THESIS_CONVERT_...", "Any option by its long name, as in THESIS_CONVERT_OUTPUT_DIR=books; yes or no for one "
     "without a value. The command line counts more."),
    ("NO_COLOR", "When it is set, nothing is coloured."),
    ("SOURCE_DATE_EPOCH", "The date in outputs, in seconds since 1970."),
)  # fmt: skip
FILES = (
    ("thesis-convert.toml", "Options by their long names, in the current folder. It counts less than the environment."),
    ("~/.config/thesis-convert/config.toml", "The same for all folders; it counts least."),
    (".thesis-convert-made.jsonl", "How the outputs in its folder were made; written and read by --update."),
)


def format_manual(command: click.Command, name: str) -> str:
    """The page for the command `name`."""
    summary, _, examples = (command.help or "").partition("\b\n")
    parts = [
        f'.TH {escape(name).upper()} 1 "" "{escape(name)} {__version__}" "User Commands"',
        section("Name", f"{escape(name)} \\- {escape(summary.strip().rstrip('.').lower())}"),
        section("Synopsis", f".B {escape(name)}\n[OPTIONS] INPUT..."),
        section("Description", escape(summary.strip())),
        section("Examples", f".nf\n{escape(examples.rstrip())}\n.fi"),
    ]
    for heading, options in find_groups(click.Context(command)).items():
        parts.append(section(heading, "\n".join(entry(*record) for one in options if (record := make_record(one)))))
    parts.append(section("Exit codes", "\n".join(entry(str(int(code)), text) for code, text in MEANINGS.items())))
    parts.append(section("Environment", "\n".join(entry(*row) for row in ENVIRONMENT)))
    parts.append(section("Files", "\n".join(entry(*row) for row in FILES)))
    return "\n".join(parts) + "\n"


def make_record(option: click.Option) -> tuple[str, str]:
    names = [", ".join(part) for part in (option.opts, option.secondary_opts) if part]
    value = f" {option.metavar}" if option.metavar else ""
    return f"{' / '.join(names)}{value}", option.help or ""


def section(heading: str, text: str) -> str:
    return f".SH {heading.upper()}\n{text}"


def entry(term: str, text: str) -> str:
    return f".TP\n.B {escape(term)}\n{escape(text)}"


def escape(text: str) -> str:
    """Text that roff takes for nothing else: a hyphen is one, and no line begins with a command."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)
