"""What the command does with its inputs: convert them, print their outlines, or say what it would do.

In comes a `Request`, the command line as typed; out comes the exit code. One input that fails does
not keep the others from being converted, unless that is asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from thesis_convert.batch.freshness import note_making
from thesis_convert.batch.inputs import find_inputs
from thesis_convert.batch.preparation import Redo, Step, make_outline_task, prepare
from thesis_convert.batch.report import open_report, read_report
from thesis_convert.batch.tasks import Limits, Result, Status
from thesis_convert.batch.work import explain, run_task
from thesis_convert.diagnostics import Diagnostic, Report
from thesis_convert.errors import ExitCode, UsageError
from thesis_convert.jobs import Job
from thesis_convert.leftovers import remove_leftovers
from thesis_convert.load_options import LoadOptions
from thesis_convert.planning import plan_jobs
from thesis_convert.progress import show_progress
from thesis_convert.requests import TIMEOUT, Request, choose_jobs, choose_limits, read_load_options, split_options
from thesis_convert.sources import Input, describe_source
from thesis_convert.streams import hush_libraries, print_text
from thesis_convert.telling import describe_plan, tell_result, tell_sum
from thesis_convert.terminal import tell, tell_diagnostics
from thesis_convert.watchdog import watch

REDO = (("force", Redo.ALWAYS), ("no_clobber", Redo.SKIP), ("update", Redo.STALE))


def convert_all(request: Request) -> int:
    """Converts every input into every format, or says what would be done."""
    options = read_load_options(request)
    inputs = read_inputs(request)
    if not inputs:
        return ExitCode.OK
    words = split_options(request.writer_options)
    folder = Path(request.output_dir) if request.output_dir else None
    noticed: list[Diagnostic] = []
    try:
        jobs = plan_jobs(inputs, request.to, request.output, folder, words, noticed.append)
    finally:
        if not request.quiet:
            tell_diagnostics(noticed, "", request.verbose)
    redo = next((redo for name, redo in REDO if getattr(request, name)), Redo.NEVER)
    before = read_report(request.resume) if request.resume else {}
    steps = list(prepare(jobs, words, options, redo, before))
    if request.dry_run:
        return print_plan(request, steps)
    if request.report == "-" and any(target.path is None for job in jobs for target in job.targets):
        raise UsageError("standard output cannot take both the report and a book", "Put one of them into a file.")
    remove_leftovers(target.path.parent for job in jobs for target in job.targets if target.path)
    return run_steps(request, steps, options)


def print_plan(request: Request, steps: Sequence[Step]) -> int:
    """Prints what would be done, and the outline of a thesis that comes alone; writes nothing."""
    print_text("".join(map(describe_plan, steps)))
    failed = [step.result for step in steps if step.result and step.result.code]
    for result in failed:
        tell_result(result, request, brief=False)
    if any(step.task for step in steps) and (len(steps) == 1 or request.verbose):
        return print_outlines(request)
    return sum_up([step.result.code if step.result else ExitCode.OK for step in steps])


def print_outlines(request: Request) -> int:
    """Prints the tree of every input on standard output, with the file's name above when there are several."""
    options = dataclasses.replace(read_load_options(request), pictures=False, cover="none")
    paths = [one.path for one in read_inputs(request)]
    return run_steps(request, [Step(Job(path, ()), make_outline_task(path, options)) for path in paths], options)


def run_each(request: Request, works: Sequence[tuple[Path, Callable[[Report], None]]]) -> int:
    """Does one piece of work an input in this process, each apart from the others, and sums up their exit codes."""
    codes = []
    with hush_libraries(request.verbose):
        for source, work in works:
            told: list[Diagnostic] = []
            result = Result(str(source), Status.OK)
            try:
                work(told.append)
            except Exception as error:
                result = explain(str(source), error)
            result = dataclasses.replace(result, warnings=tuple(told))
            tell_result(result, request, brief=False)
            codes.append(find_code(result, request))
    return sum_up(codes)


def read_inputs(request: Request) -> tuple[Input, ...]:
    """The inputs, and a word when there are none, which is no fault: a folder may have no PDF today."""
    inputs = find_inputs(request.inputs, request.recursive, request.files_from, request.null)
    if not inputs and not request.quiet:
        tell("no PDF is named there: nothing to do")
    return inputs


def run_steps(request: Request, steps: Sequence[Step], options: LoadOptions) -> int:
    """Does what is left to do, tells and writes down what became of each, and sums up their exit codes."""
    codes: list[ExitCode] = []
    by_source = {str(step.job.source): step for step in steps}
    going_on = bool(request.resume) and request.report == request.resume
    with (
        open_report(request.report, going_on) as write_down,
        show_progress(len(steps), "never" if request.quiet else request.progress) as progress,
        hush_libraries(request.verbose),
        run_all(request, steps) as results,
    ):
        for result in results:
            step = by_source[result.source]
            result = dataclasses.replace(result, kept=(*step.kept, *(p for p in result.kept if p not in step.kept)))
            if request.update:
                for target in step.job.targets:
                    if str(target.path) in result.outputs:
                        note_making(target, options)
            write_down(result)
            progress.clear()
            if result.outline:
                print_text((f"{describe_source(step.job.source)}\n" if len(steps) > 1 else "") + result.outline)
            tell_result(result, request, brief=progress.shown)
            progress.count(result.pages, result.status is Status.FAILED)
            codes.append(find_code(result, request))
            if request.fail_fast and result.status is Status.FAILED:
                break
    if len(steps) > 1 and not request.quiet and not request.outline:
        tell_sum(progress, len(steps))
    return sum_up(codes)


@contextmanager
def run_all(request: Request, steps: Sequence[Step]) -> Iterator[Iterator[Result]]:
    """The results of all steps as they come, first of those that need no work.

    One file without limits of its own is converted in this process, any others in processes of their own.
    """
    ended = [step.result for step in steps if step.result]
    tasks = [step.task for step in steps if step.task]
    jobs = choose_jobs(request, len(tasks))
    limits = choose_limits(request, len(steps), jobs)
    if len(steps) == 1 and limits == Limits() and not (request.executor or request.report):
        with watch(TIMEOUT if request.timeout is None else 0.0, lambda: give_up(steps[0], request)):
            yield chain(ended, map(run_task, tasks))
        return
    from thesis_convert.batch.executors import open_executor
    from thesis_convert.batch.running import run_tasks, send_away

    with open_executor(request.executor, jobs) as executor:
        if request.executor:
            tasks = list(map(send_away, tasks))
        in_order = all(not task.targets for task in tasks)  # outlines are read one below the other
        yield chain(ended, run_tasks(tasks, executor, limits, in_order=in_order))


def give_up(step: Step, request: Request) -> ExitCode:
    """Tells that the only file takes too long."""
    message = f"it took longer than {TIMEOUT:g} seconds"
    advice = "Allow more with --timeout (0 is any), or convert a part of it with --pages."
    tell_result(Result(str(step.job.source), Status.FAILED, ExitCode.LIMIT, message, advice), request, brief=False)
    return ExitCode.LIMIT


def find_code(result: Result, request: Request) -> ExitCode:
    """The exit code of one input."""
    return ExitCode.WARNINGS if request.strict and result.warnings and not result.code else result.code


def sum_up(codes: Sequence[ExitCode]) -> ExitCode:
    """One exit code for all inputs: their own when they agree, else that some failed.

    Inputs with warnings have not failed, so they and good ones together end with warnings.
    """
    if not codes:  # all were done before
        return ExitCode.OK
    if len(set(codes)) == 1:
        return codes[0]
    return ExitCode.WARNINGS if set(codes) <= {ExitCode.OK, ExitCode.WARNINGS} else ExitCode.SOME_FAILED
