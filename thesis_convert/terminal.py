"""What the command tells a person, as lines on standard error. Data goes to standard output alone.

In come errors and diagnostics; out go lines. Text from a PDF or a file name may hold anything, so
characters that would steer a terminal are shown as their codes.
"""

from __future__ import annotations

import os
import sys
import traceback
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from thesis_convert.diagnostics import Diagnostic
from thesis_convert.errors import ThesisConvertError

# A list of more pages than this says less than their number.
MAX_PAGES = 10
# Unicode's categories of controls, lone surrogates and line ends, and the marks that turn the line's direction.
STEERING = ("Cc", "Cs", "Zl", "Zp")
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# The words at the beginning of a line that are coloured, and the colours.
COLORS = {"thesis-convert:": "31", "warning:": "33"}
# When to colour, as `--color` says: one setting for the process, since messages come from everywhere.
setting = {"color": "auto"}


def tell(line: str) -> None:
    """Prints one line on standard error. What cannot be told, because nobody listens, is not told."""
    if sys.stderr is not None:
        sys.stderr.write(f"{paint(make_printable(line))}\n")
        sys.stderr.flush()


def choose_color(when: str) -> None:
    """When to colour from now on: "auto" (on a terminal), "always" or "never"."""
    setting["color"] = when


def paint(line: str) -> str:
    """The line with its first word in colour, where that is wanted."""
    first = line.partition(" ")[0]
    wanted = setting["color"] == "always" or (
        setting["color"] == "auto" and may_draw() and not os.environ.get("NO_COLOR")
    )
    return f"\x1b[{COLORS[first]}m{first}\x1b[0m{line[len(first) :]}" if wanted and first in COLORS else line


def may_draw() -> bool:
    """Whether standard error is a terminal that knows more than to print lines."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def tell_error(error: ThesisConvertError, source: str) -> None:
    """Tells an error in one line that names the file, and in a second what to do next."""
    tell_failure(str(error), error.advice, source)


def tell_failure(message: str, advice: str, source: str) -> None:
    """Tells what failed and what to do next. Messages name a file by its path, by its name alone, or not at all."""
    message = message.removeprefix(f"{Path(source).name}: ") if source else message
    tell(f"thesis-convert: {message}" if not source or source in message else f"thesis-convert: {source}: {message}")
    if advice:
        tell(advice[0].upper() + advice[1:])


def tell_internal_error(error: Exception, source: str, verbose: bool) -> None:
    """Tells an error that is a fault of the program; its traceback only when much is to be told."""
    if verbose:
        for line in "".join(traceback.format_exception(error)).splitlines():
            tell(line)
    kind = " ".join(f"{type(error).__name__}: {error}".split())
    tell(f"thesis-convert: {source + ': ' if source else ''}internal error: {kind}")
    again = "" if verbose else "run again with --verbose to see where it happened, and "
    tell(f"This is a bug of thesis-convert: {again}report it, with the PDF if you may share it.")


def tell_diagnostics(diagnostics: Sequence[Diagnostic], source: str, verbose: bool) -> None:
    """Tells diagnostics: each with its page when `verbose`, else one line a code."""
    if verbose:
        for diagnostic in diagnostics:
            page = f"page {diagnostic.page}" if diagnostic.page is not None else ""
            place = ", ".join(filter(None, [source, page]))
            tell(f"warning: {place}{place and ': '}{diagnostic.code}: {diagnostic.message}")
        return
    by_code: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_code.setdefault(diagnostic.code, []).append(diagnostic)
    for code, group in by_code.items():
        times = f", {len(group)} times" if len(group) > 1 else ""
        tell(f"warning: {source}{source and ': '}{code}{times}{describe_pages(group)}: {group[0].message}")


def describe_pages(diagnostics: Sequence[Diagnostic]) -> str:
    pages = sorted({diagnostic.page for diagnostic in diagnostics if diagnostic.page is not None})
    if not pages:
        return ""
    listed = ", ".join(map(str, pages[:MAX_PAGES])) + (" ..." if len(pages) > MAX_PAGES else "")
    return f" (page{'s' if len(pages) > 1 else ''} {listed})"


def make_printable(text: str) -> str:
    """The text with every character that would steer a terminal shown as its code."""
    return "".join(
        ascii(char)[1:-1] if unicodedata.category(char) in STEERING or char in TURNING else char for char in text
    )
