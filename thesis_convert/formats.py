"""The list of formats that there are, with their options: writers in, lines out."""

from __future__ import annotations

from thesis_convert.diagnostics import Diagnostic
from thesis_convert.streams import hush_libraries, print_text
from thesis_convert.terminal import tell_diagnostics
from thesis_convert.writers import Writer
from thesis_convert.writers.options import describe_options
from thesis_convert.writers.registry import list_writers


def list_formats(verbose: bool) -> None:
    """Prints a line a format on standard output; when `verbose`, a line for each of its options too."""
    noticed: list[Diagnostic] = []
    with hush_libraries(verbose):
        lines = [line for writer in list_writers(noticed.append) for line in describe_writer(writer, verbose)]
    print_text("".join(f"{line}\n" for line in lines))
    tell_diagnostics(noticed, "", verbose=True)


def describe_writer(writer: Writer, verbose: bool) -> list[str]:
    also = f" (also: {', '.join(writer.aliases)})" if writer.aliases else ""
    options = describe_options(writer) if verbose else []
    return [
        f"{writer.name:<10} {writer.extension:<6} {writer.description}{also}",
        *(f"    -O {option:<32} {text}".rstrip() for option, text in options),
    ]
