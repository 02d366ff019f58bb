"""The help of the command: options by what they are for, some in one row, on two screens."""

from __future__ import annotations

import click

from thesis_convert.own_options import make_options, may_be_meant, take_words

# Which options stand together, in their order; those joined by a space share a row.
GROUPS = {
    "What to make": "to, output, output_dir, force, no_clobber, update, writer_options",
    "What to read": "recursive, files_from null, pages, password_file, title, author, lang, images, cover",
    "How to work": "jobs, executor, timeout, max_memory, max_pages, fail_fast, report, resume, dry_run, config",
    "What to say": "outline, inspect, list_formats, strict, quiet verbose, progress color, "
    "completion man, version help",
}


# What is said of options that share a row.
SHARED = {
    "files_from null": "Inputs from a list; -0: zero bytes end names.",
    "quiet verbose": "Tell errors only; or every warning and cause.",
    "progress color": "auto, always or never.",
    "completion man": "Print a completion script, or the man page.",
    "version help": "Print the version, or this.",
}


# Where the options of formats are kept while the words are read.
OF_FORMATS = f"{__name__}.of_formats"


class GroupedCommand(click.Command):
    """A command whose help shows options by what they are for, and which takes those of formats too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = super().get_params(ctx)
        if may_be_meant(args, own):
            ctx.meta[OF_FORMATS] = make_options(own)
        rest = super().parse_args(ctx, args)
        ctx.params["writer_options"] = (*(ctx.params.get("writer_options") or ()), *take_words(ctx.params))
        return rest

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), *ctx.meta.get(OF_FORMATS, ())]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = find_options(ctx)
        for heading, names in GROUPS.items():
            rows = [make_row(row, options, ctx) for row in names.split(", ")]
            with formatter.section(heading):
                formatter.write_dl(rows, col_max=32)


def find_groups(ctx: click.Context) -> dict[str, list[click.Option]]:
    """The options of the command by the headings of their groups."""
    options = find_options(ctx)
    return {heading: [options[name] for name in names.replace(",", "").split()] for heading, names in GROUPS.items()}


def find_options(ctx: click.Context) -> dict[str, click.Option]:
    options = [option for option in ctx.command.get_params(ctx) if isinstance(option, click.Option)]
    return {"help" if "--help" in option.opts else option.name or "": option for option in options}


def make_row(row: str, options: dict[str, click.Option], ctx: click.Context) -> tuple[str, str]:
    """The names of the options in a row, and what they are for."""
    shown = [options[name] for name in row.split()]
    records = [record for option in shown if (record := option.get_help_record(ctx))]
    return ", ".join(names for names, _ in records), SHARED.get(row) or shown[0].help or ""
