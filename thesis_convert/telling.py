"""What became of each input, told on standard error, and what would be done, as text."""

from __future__ import annotations

import time
from pathlib import Path

from thesis_convert.batch.preparation import Step
from thesis_convert.batch.tasks import Result, Status
from thesis_convert.errors import ExitCode
from thesis_convert.progress import Progress, format_time
from thesis_convert.requests import Request
from thesis_convert.sources import describe_source
from thesis_convert.terminal import tell, tell_diagnostics, tell_failure

AGAIN = "run again with --verbose to see where it happened, and "


def tell_result(result: Result, request: Request, brief: bool) -> None:
    """Tells what was written and kept, warnings, and a failure; when `brief`, not what went as it should."""
    name = describe_source(Path(result.source))
    if not request.quiet and not brief:
        for path in result.kept:
            tell(f"kept {path}, which {'is up to date' if request.update else 'exists already'}")
        for path in result.outputs:
            if path != "-":
                tell(f"wrote {path}")
    if not request.quiet:
        tell_diagnostics(result.warnings, name, request.verbose)
    if result.status is not Status.FAILED:
        return
    if request.verbose:
        for line in result.trace.splitlines():
            tell(line)
    advice = result.advice
    if result.code is ExitCode.INTERNAL and not request.verbose:
        advice = advice.replace("report it", f"{AGAIN}report it", 1)
    tell_failure(result.message, advice, name)


def tell_sum(progress: Progress, total: int) -> None:
    """Tells in one line what became of all."""
    good = progress.done - progress.failed
    parts = [f"{good} of {total} files done", f"{progress.failed} failed" if progress.failed else ""]
    parts += [f"{progress.pages} pages in {format_time(time.monotonic() - progress.start)}"]
    tell(", ".join(filter(None, parts)))


def describe_plan(step: Step) -> str:
    """What would be done with one input, a line an output."""
    if step.result and step.result.status is Status.FAILED:
        return ""
    made = step.task.targets if step.task else ()
    lines = []
    for _, path in made:
        verb = "replace" if path and Path(path).is_file() else "write"
        lines.append(f"would {verb} {path or 'standard output'} from {describe_source(step.job.source)}")
    return "".join(f"{line}\n" for line in [*lines, *(f"would keep {path}" for path in step.kept)])
