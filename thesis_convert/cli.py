"""The command line: options to jobs, jobs to exit codes.

In come the words after `thesis-convert`; out come files, messages on standard error, and a code for
the shell. Nothing that reads or writes a book is imported before a book is to be read or written,
so that `--help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import click
from click.core import ParameterSource

from thesis_convert.errors import ExitCode, ThesisConvertError, UsageError
from thesis_convert.terminal import choose_color, tell_error, tell_internal_error
from thesis_convert.usage import GroupedCommand
from thesis_convert.version import __version__

NAME = "thesis-convert"
SHELLS = ("bash", "zsh", "fish")
# Options that cannot be meant together.
EXCLUSIVE = (
    ("quiet", "verbose"),
    ("force", "no_clobber"),
    ("force", "update"),
    ("no_clobber", "update"),
    ("outline", "to"),
    ("outline", "output"),
    ("inspect", "to"),
    ("inspect", "output"),
    ("inspect", "outline"),
    ("outline", "update"),
    ("outline", "resume"),
    ("dry_run", "report"),
)


def set_defaults(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """Lets files and the environment say what the command line does not."""
    from thesis_convert.settings import read_settings

    ctx.default_map = read_settings([one for one in ctx.command.params if isinstance(one, click.Option)], value)
    return value


def print_made(make: Callable[[click.Command, str], str]) -> Callable[[click.Context, click.Parameter, Any], None]:
    """A callback that prints a text about the command and ends."""

    def callback(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(make(ctx.command, value), nl=False)
            ctx.exit()

    return callback


def make_completion(command: click.Command, shell: str) -> str:
    from thesis_convert.completion import make_script

    return make_script(command, NAME, shell)


def make_manual(command: click.Command, value: Any) -> str:
    from thesis_convert.manual import format_manual

    return format_manual(command, NAME)


def complete_formats(ctx: click.Context, parameter: click.Parameter, word: str) -> list[str]:
    from thesis_convert.completion import complete_formats

    return complete_formats(word)


# What is wrong with a path is told where it is used, with advice.
PATH = click.Path(readable=False)


def option(*names: str, **words: Any) -> Callable[[Any], Any]:
    return click.option(*names, **{"default": ""} | words)


@click.command(cls=GroupedCommand, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.argument("inputs", nargs=-1, metavar="INPUT...", type=PATH)
@option("-t", "--to", multiple=True, default=(), metavar="FORMAT", help="Format(s): epub, html, md, txt, json.",
        shell_complete=complete_formats)  # fmt: skip
@option("-o", "--output", metavar="PATH", type=PATH, help="File, folder (ends with a slash), or - for stdout.")
@option("--output-dir", metavar="DIR", type=PATH, help="Folder for all outputs; mirrors folders of inputs.")
@click.option("-f", "--force", is_flag=True, help="Replace outputs that exist.")
@click.option("-n", "--no-clobber", is_flag=True, help="Keep outputs that exist, and go on.")
@click.option("-u", "--update", is_flag=True, help="Replace outputs that are older or made otherwise.")
@option("-O", "--option", "writer_options", multiple=True, default=(), metavar="KEY=VALUE",
        help="Option of a format, also as --KEY VALUE.")  # fmt: skip
@click.option("-r", "--recursive", is_flag=True, help="Take the PDFs in folders, and in those below.")
@option("--files-from", metavar="FILE", type=PATH, help="Take the names of inputs from a list, a line each.")
@click.option("-0", "--null", is_flag=True, help="In that list a zero byte ends each name.")
@option("--pages", metavar="RANGES", help="As 1-20,30-; printed ones as label:xii-40.")
@option("--password-file", metavar="FILE", type=PATH, help="File with the password in its first line.")
@option("--title", metavar="TEXT", help="Title, instead of the one found.")
@option("--author", multiple=True, default=(), metavar="NAME", help="Author, instead of those found; repeatable.")
@option("--lang", metavar="TAG", help="Main language, such as en or zh-Hant.")
@click.option("--images/--no-images", default=True, help="With or without pictures.")
@option("--cover", metavar="COVER", default="page", help="page (the first), none, or a picture.")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Files at once; default: a processor each.")
@option("--executor", metavar="ADDRESS", help="Cluster that works: dask://HOST:PORT.")
@click.option("--timeout", type=click.FloatRange(0), metavar="SECONDS", help="Time for a file; of many, 600. 0: any.")
@click.option("--max-memory", type=click.IntRange(0), metavar="MB", help="Memory for a file; of many, a share. 0: any.")
@click.option("--max-pages", type=click.IntRange(0), default=0, metavar="N", help="Refuse a PDF with more pages.")
@click.option("--fail-fast/--keep-going", default=False, help="Stop at a failure, or go on (the default).")
@option("--report", metavar="FILE", type=PATH, help="Write what became of each file, as JSON Lines.")
@option("--resume", metavar="REPORT", type=PATH, help="Pass over what a report says is done.")
@click.option("--dry-run", is_flag=True, help="Print what would be done; write nothing.")
@option("--config", metavar="FILE", type=PATH, is_eager=True, expose_value=False, callback=set_defaults,
        envvar="THESIS_CONVERT_CONFIG",
        help="Take options from this TOML file.")  # fmt: skip
@click.option("--outline", is_flag=True, help="Print the chapters found; write nothing.")
@click.option("--inspect", type=click.Choice(["pages", "tree", "blocks", "words"]), metavar="WHAT",
              help="Show pages, tree, blocks or words recognised.")  # fmt: skip
@click.option("--list-formats", is_flag=True, help="Print the formats; with -v their options.")
@click.option("--strict", is_flag=True, help="End with code 3 when there were warnings.")
@click.option("-q", "--quiet", is_flag=True, help="Tell errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Tell every warning and the causes of errors.")
@click.option("--progress", type=click.Choice(["auto", "always", "never"]), default="auto", metavar="WHEN",
              help="Show how far the run is: auto, always or never.")  # fmt: skip
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", metavar="WHEN",
              help="Colour words on standard error: auto, always or never.")  # fmt: skip
@click.option("--completion", type=click.Choice(SHELLS), is_eager=True, expose_value=False, metavar="SHELL",
              callback=print_made(make_completion), help="Print the completions for bash, zsh or fish.")  # fmt: skip
@click.option("--man", is_flag=True, is_eager=True, expose_value=False, callback=print_made(make_manual),
              help="Print the man page.")  # fmt: skip
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s", help="Print the version.")
@click.pass_context
def command(ctx: click.Context, /, **words: Any) -> int:
    """Convert a thesis from PDF to EPUB, HTML, Markdown, plain text or JSON.

    \b
    thesis-convert thesis.pdf --to epub                 writes thesis.epub beside it
    thesis-convert -r theses/ --to epub,md --output-dir books/
    """
    choose_color(words.pop("color"))
    if words.pop("list_formats"):
        from thesis_convert.formats import list_formats

        list_formats(words["verbose"])
        return ExitCode.OK
    if not words["inputs"] and not words["files_from"]:
        raise UsageError("no input is named", "Use it as in: thesis-convert thesis.pdf --to epub")
    settle_conflicts(ctx, words)
    from thesis_convert.actions import convert_all, print_outlines
    from thesis_convert.requests import Request

    request = Request(**words)
    if request.inspect:
        from thesis_convert.inspection import inspect_all

        return inspect_all(request)
    return print_outlines(request) if request.outline else convert_all(request)


def settle_conflicts(ctx: click.Context, words: dict[str, Any]) -> None:
    """Raises `UsageError` for options that exclude each other. Those typed win over those set elsewhere."""
    for pair in EXCLUSIVE:
        if not all(words[name] for name in pair):
            continue
        elsewhere = [name for name in pair if ctx.get_parameter_source(name) is ParameterSource.DEFAULT_MAP]
        if len(elsewhere) != 1:
            first, second = (f"--{name.replace('_', '-')}" for name in pair)
            raise UsageError(f"{first} and {second} exclude each other", "Use one of them.")
        words[elsewhere[0]] = type(words[elsewhere[0]])()


def run(arguments: Sequence[str]) -> int:
    """Runs the command and gives its exit code; whatever is wrong has been told on standard error."""
    try:
        code = command.main(list(arguments), NAME, standalone_mode=False)
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
