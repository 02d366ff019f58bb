"""One thesis to its outputs: read once, written in every format asked for, put in place together.

In comes a `Job`, a PDF with its targets; out go the files, and the targets that were written come
back. Whether an output may be written is asked before the PDF is read, because that is the slow
part, and once more when it is put in place, because only that answer is certain.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from thesis_convert.diagnostics import Code, Diagnostic, Report
from thesis_convert.document import Document, Source
from thesis_convert.errors import ThesisConvertError, UsageError
from thesis_convert.jobs import Existing, Job, Target, choose_targets, may_pour
from thesis_convert.load_options import NONE, PAGE, LoadOptions
from thesis_convert.loader import load_document
from thesis_convert.placing import Placement, place_files, pour
from thesis_convert.sources import describe_source, name_stem, open_source
from thesis_convert.writers import Output, WriteContext, shows_pictures

# The clock of outputs whose makers set none, 2000-01-01 UTC. It has to be a constant, since the same
# PDF must give the same bytes everywhere and its file dates differ from copy to copy. A round date
# reads as "unknown", ZIP can hold it (it begins in 1980) in every time zone, and any true date that
# somebody sets later is newer, as the rules for `dcterms:modified` want it.
FALLBACK_TIMESTAMP = 946_684_800
# The last second that four digits of a year can say.
LAST_TIMESTAMP = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Conversion:
    """The targets that were written, not those kept because they exist, and the PDF as it was read.

    `source` is None when nothing was to be written, and so nothing was read.
    """

    targets: tuple[Target, ...]
    source: Source | None


def convert_file(job: Job, options: LoadOptions, existing: Existing, report: Report) -> Conversion:
    """Converts one PDF into all of its targets.

    Raises the errors of `thesis_convert.errors`; then no output of this job is left on disk.
    """
    targets = choose_targets(job.targets, existing)
    if not targets:
        return Conversion((), None)
    timestamp = read_timestamp()  # before the slow part, since it may be refused
    warnings: list[Diagnostic] = []

    def hear(diagnostic: Diagnostic) -> None:
        warnings.append(diagnostic)
        report(diagnostic)

    document = load_file(job.source, spare_pictures(options, targets), hear)
    context = WriteContext("", timestamp, report, tuple(warnings))
    outputs = [write_output(document, target, job.source, context) for target in targets]
    deliver(targets, outputs, existing is Existing.REPLACE, report)
    return Conversion(targets, document.source)


def spare_pictures(options: LoadOptions, targets: Sequence[Target]) -> LoadOptions:
    """The options without drawing pictures, which takes a fifth of the time, where no target shows them."""
    if any(shows_pictures(target.writer) for target in targets):
        return options
    return replace(options, pixels=False, cover=NONE if options.cover == PAGE else options.cover)


def load_file(source: Path, options: LoadOptions, report: Report) -> Document:
    """Reads a thesis from a file, a pipe, or standard input. Raises `InputError` and its kin."""
    with open_source(source) as path:
        try:
            return load_document(path, options, report)
        except ThesisConvertError as error:
            if path == source:
                raise
            message = str(error).replace(str(path), describe_source(source)).replace(path.name, describe_source(source))
            raise type(error)(message, error.advice) from error


def write_output(document: Document, target: Target, source: Path, context: WriteContext) -> Output:
    """What the writer makes of the document, with the paths of its pictures checked.

    `context` knows everything but the name of the output.
    """
    context = replace(context, stem=target.path.stem if target.path else name_stem(source))
    output = target.writer.write(document, target.options, context)
    folders = (context.media_folder, context.parts_folder)
    for name in output.files:
        parts = PurePosixPath(name).parts
        if len(parts) < 2 or parts[0] not in folders or ".." in parts or "\\" in name or "\0" in name:
            raise ThesisConvertError(
                f"the writer {target.writer.name} names a file {name!r} outside {' and '.join(folders)}",
                "This is a bug of that writer: please report it to its makers.",
            )
    return output


def deliver(targets: Sequence[Target], outputs: Sequence[Output], replace: bool, report: Report) -> None:
    """Puts outputs where they belong: files all together, then what goes through pipes."""
    placements, streams = [], []
    for target, output in zip(targets, outputs, strict=True):
        if target.path is None or may_pour(target.path):
            streams.append((output, target.path))
        else:
            placements.append(Placement(target.path, output.data, output.files))
    place_files(placements, replace)
    for output, path in streams:
        if output.files:
            message = f"{len(output.files)} pictures and other files have no place beside {path or 'standard output'}"
            report(Diagnostic(Code.PICTURES_LEFT_OUT, message))
        pour(output.data, path)


def read_timestamp() -> int:
    """The time to write into outputs, in seconds since 1970: SOURCE_DATE_EPOCH, or a constant."""
    word = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not word:
        return FALLBACK_TIMESTAMP
    if not (word.isascii() and word.isdigit() and len(word) < 13 and int(word) <= LAST_TIMESTAMP):
        raise UsageError(f"SOURCE_DATE_EPOCH={word} is no time", "Give whole seconds since 1970, or unset it.")
    return int(word)
