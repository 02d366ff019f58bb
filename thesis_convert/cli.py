"""The command line: options to jobs, jobs to exit codes.

In come the words after `thesis-convert`; out come files, messages on standard error, and a code for
the shell. Nothing that reads or writes a book is imported before a book is to be read or written,
so that `--help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from thesis_convert.errors import ExitCode, ThesisConvertError, UsageError
from thesis_convert.terminal import tell_error, tell_internal_error
from thesis_convert.version import __version__

# Which options stand together in the help; those named here nowhere come last.
GROUPS = {
    "What to make": ("to", "output", "output_folder", "force", "no_clobber", "writer_options"),
    "What to read": ("pages", "password_file", "title", "authors", "language", "pictures", "cover"),
}
OTHERS = "What to say"
EXCLUDING = (
    ("quiet", "verbose"),
    ("force", "no_clobber"),
    ("outline", "to"),
    ("outline", "output"),
    ("inspect", "to"),
    ("inspect", "output"),
    ("inspect", "outline"),
)


class GroupedCommand(click.Command):
    """A command whose help shows options by what they are for; the rest come last."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        grouped = {name: heading for heading, names in GROUPS.items() for name in names}
        rows: dict[str, list[tuple[str, str]]] = {heading: [] for heading in (*GROUPS, OTHERS)}
        for parameter in self.get_params(ctx):
            row = parameter.get_help_record(ctx)
            if row and isinstance(parameter, click.Option):
                rows[grouped.get(parameter.name or "", OTHERS)].append(row)
        for heading, records in rows.items():
            with formatter.section(heading):
                formatter.write_dl(records)


@click.command(cls=GroupedCommand, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@click.option(
    "-t", "--to", multiple=True, metavar="FORMAT", help="Format, or several with commas: epub, md, txt, json."
)
@click.option(
    "-o", "--output", default="", metavar="PATH", help="File, folder (with a slash at its end), or - for stdout."
)
@click.option(
    "--output-dir", "output_folder", default="", metavar="DIR", help="Folder for all outputs; made if missing."
)
@click.option("-f", "--force", is_flag=True, help="Replace outputs that exist.")
@click.option("-n", "--no-clobber", is_flag=True, help="Keep outputs that exist, and go on.")
@click.option(
    "-O", "writer_options", multiple=True, metavar="KEY=VALUE", help="Option of a format; see --list-formats -v."
)
@click.option("--pages", default="", metavar="RANGES", help="PDF pages, as 1-20,30-; printed ones as label:xii-40.")
@click.option(
    "--password-file", default="", metavar="FILE", help="File with the password of the PDF in its first line."
)
@click.option("--title", default="", metavar="TEXT", help="Title, instead of the one found.")
@click.option(
    "--author", "authors", multiple=True, metavar="NAME", help="Author, instead of those found; may be repeated."
)
@click.option(
    "--lang", "language", default="", metavar="TAG", help="Main language as a BCP 47 tag, such as en or zh-Hant."
)
@click.option("--images/--no-images", "pictures", default=True, help="Take pictures along, or leave them out.")
@click.option("--cover/--no-cover", default=True, help="Show page 1 as the cover, or have none.")
@click.option("--outline", is_flag=True, help="Print the chapters and sections found, with their pages; write nothing.")
@click.option(
    "--inspect",
    type=click.Choice(("pages", "tree", "blocks", "words")),
    help="Show what was recognised: as a picture a page, or as lines.",
)
@click.option("--list-formats", is_flag=True, help="Print the formats, with -v also their options.")
@click.option("--strict", is_flag=True, help="End with code 3 when there were warnings.")
@click.option("-q", "--quiet", is_flag=True, help="Tell errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Tell every warning with its page, and the cause of every error.")
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def command(**words: Any) -> int:
    """Convert a thesis from PDF to EPUB, Markdown, plain text or JSON.

    \b
    thesis-convert thesis.pdf --to epub           writes thesis.epub beside it
    thesis-convert thesis.pdf -o book.md          Markdown, pictures in book_media/
    thesis-convert *.pdf --to epub,md --output-dir books/
    thesis-convert thesis.pdf --outline           shows the chapters that were found
    """
    if words.pop("list_formats"):
        from thesis_convert.formats import list_formats

        list_formats(words["verbose"])
        return ExitCode.OK
    if not words["inputs"]:
        raise UsageError("no input is named", "Use it as in: thesis-convert thesis.pdf --to epub")
    for first, second in EXCLUDING:
        if words[first] and words[second]:
            names = f"--{first} and --{second.replace('_', '-')}"
            raise UsageError(f"{names} exclude each other", "Use one of them.")
    from thesis_convert.actions import Request, convert_all, print_outlines

    request = Request(**words)
    if request.inspect:
        from thesis_convert.inspection import inspect_all

        return inspect_all(request)
    return print_outlines(request) if request.outline else convert_all(request)


def run(arguments: Sequence[str]) -> int:
    """Runs the command and gives its exit code; whatever is wrong has been told on standard error."""
    try:
        code = command.main(list(arguments), "thesis-convert", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        tell_error(UsageError(error.format_message(), "See thesis-convert --help."), "")
        return ExitCode.USAGE
    except ThesisConvertError as error:
        tell_error(error, "")
        return error.exit_code
    except OSError as error:  # --help to a full disk
        from thesis_convert.placing import describe_failure

        tell_error(describe_failure(error, error.filename or "standard output"), "")
        return ExitCode.OUTPUT
    except Exception as error:
        tell_internal_error(error, "", "--verbose" in arguments or "-v" in arguments)
        return ExitCode.INTERNAL
    return int(code or 0)
