"""From the words of the command line to jobs: which outputs are asked for, and where each goes.

In come inputs, formats, output names and writer options as typed; out come `Job`s. All that can be
wrong with them together is told before any work begins: formats that do not exist, two inputs for
one output, an output in the place of an input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from thesis_convert.diagnostics import Report
from thesis_convert.errors import UsageError
from thesis_convert.jobs import Job, Target, may_pour
from thesis_convert.sources import STANDARD_INPUT, Input, name_stem
from thesis_convert.writers import Writer
from thesis_convert.writers.options import check_option_names, make_options
from thesis_convert.writers.registry import find_writer

STANDARD_OUTPUT = "-"


def plan_jobs(
    inputs: Sequence[Input],
    formats: Sequence[str],
    output: str,
    output_folder: Path | None,
    options: Mapping[str, str],
    report: Report,
) -> tuple[Job, ...]:
    """The jobs of one call. `output` is a file, "-", or a folder (existing, or with a slash at its end).

    `formats` may be empty: then the suffix of `output` decides. Raises `UsageError`.
    """
    if output and output_folder:
        raise UsageError("--output and --output-dir exclude each other", "Use one of them.")
    if output != STANDARD_OUTPUT and (output.endswith(("/", os.sep)) or is_folder(output)):
        output, output_folder = "", Path(output)
    writers = choose_writers(formats, output, report)
    check_option_names(options, writers)
    prepared = [(writer, make_options(writer, options)) for writer in writers]
    if not output and not output_folder and [source.path for source in inputs] == [STANDARD_INPUT]:
        output = STANDARD_OUTPUT
    if output and len(inputs) * len(writers) > 1:
        one = "one stream" if output == STANDARD_OUTPUT else f"one file, {output},"
        raise UsageError(f"--output names {one} for several outputs", "Use --output-dir, or --output with a folder.")
    jobs = tuple(
        Job(
            source.path,
            tuple(
                Target(writer, made, place_output(source, writer, output, output_folder)) for writer, made in prepared
            ),
        )
        for source in inputs
    )
    check_places(jobs)
    return jobs


def choose_writers(formats: Sequence[str], output: str, report: Report) -> tuple[Writer, ...]:
    """The writers for formats as typed ("epub", "md,txt"), each once; by the suffix of `output` for none."""
    names = [name for words in formats for name in words.split(",") if name.strip()]
    if not names:
        suffix = Path(output).suffix.lstrip(".")
        if not suffix:
            raise UsageError("no format is named", "Use --to, as in: thesis-convert thesis.pdf --to epub")
        names = [suffix]
    writers = [find_writer(name, report) for name in names]
    return tuple({writer.name: writer for writer in writers}.values())


def place_output(source: Input, writer: Writer, output: str, folder: Path | None) -> Path | None:
    """Where one output goes; None is standard output."""
    if output == STANDARD_OUTPUT:
        if writer.binary and sys.stdout is not None and sys.stdout.isatty():
            raise UsageError(
                f"{writer.name} is not text, and standard output is a terminal", "Name a file with --output."
            )
        return None
    if output:
        return Path(output)
    home = source.path.parent if folder is None else folder / source.below
    return home / f"{name_stem(source.path)}{writer.extension}"


def check_places(jobs: Sequence[Job]) -> None:
    """Raises `UsageError` when two outputs have one place, or an output that of an input."""
    inputs = {os.path.realpath(job.source) for job in jobs if job.source != STANDARD_INPUT}
    taken: dict[str, Path] = {}
    for job in jobs:
        for path in (target.path for target in job.targets if target.path and not may_pour(target.path)):
            place = os.path.realpath(path)
            if place in inputs:
                raise UsageError(f"the output {path} is an input too", "Name another output.")
            if place in taken:
                both = (
                    f"{taken[place]} and {job.source}" if taken[place] != job.source else f"two outputs of {job.source}"
                )
                raise UsageError(f"{both} would both be written to {path}", "Convert them into different folders.")
            taken[place] = job.source


def is_folder(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_dir()
    except OSError:  # a name that is too long
        return False
