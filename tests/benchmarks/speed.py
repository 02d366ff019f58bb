"""How fast whole commands are, and how much memory they take, against pdftotext on the same files.

    python tests/benchmarks/speed.py thesis.pdf [more.pdf ...] [--to epub,markdown] [--repeat 3]

Prints a row a PDF and format: pages, CPU seconds (user and system, start-up included, the best of
the repeats), times pdftotext's, pages a CPU second, peak memory; then how long `--help` takes
beyond an empty Python. Needs pdftotext (Debian: poppler-utils).
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pypdf

COMMAND = (sys.executable, "-m", "thesis_convert")
MEGABYTE = 1024  # of the kilobytes that getrusage counts in


class Cost(NamedTuple):
    """What a process took: CPU seconds, seconds by the clock, and peak memory in kilobytes."""

    cpu: float
    wall: float
    memory: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", nargs="*", type=Path)
    parser.add_argument("--to", default="epub,markdown,text", help="formats, with commas")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each command, of which the best counts")
    options = parser.parse_args()
    if options.pdfs and not shutil.which("pdftotext"):
        parser.error("pdftotext is missing: install poppler-utils")
    formats = options.to.split(",")
    print(f"{'':32} {'format':10} {'pages':>5} {'cpu s':>7} {'x pdftotext':>11} {'pages/s':>8} {'MB':>6}")
    totals = dict.fromkeys(formats, (0, 0.0))
    with tempfile.TemporaryDirectory() as folder:
        for pdf in options.pdfs:
            pages = len(pypdf.PdfReader(pdf).pages)
            floor = measure(("pdftotext", str(pdf), f"{folder}/floor.txt"), options.repeat)
            print_row(pdf, "pdftotext", pages, floor, floor)
            for name in formats:
                words = (str(pdf), "--to", name, "--output-dir", folder, "--force", "--quiet")
                cost = measure((*COMMAND, *words), options.repeat)
                print_row(pdf, name, pages, cost, floor)
                totals[name] = (totals[name][0] + pages, totals[name][1] + cost.cpu)
    for name, (pages, cpu) in totals.items():
        if pages:
            print(f"all to {name}: {pages} pages, {cpu:.2f} s cpu, {pages / cpu:.0f} pages a cpu second")
    empty = measure((sys.executable, "-c", "pass"), max(5, options.repeat))
    helped = measure((*COMMAND, "--help"), max(5, options.repeat))
    print(f"--help: {helped.wall:.3f} s, empty Python: {empty.wall:.3f} s, beyond it: {helped.wall - empty.wall:.3f} s")


def measure(command: tuple[str, ...], repeat: int) -> Cost:
    """The least that a command takes in some runs. Ends the program when the command fails."""
    costs = [run_once(command) for _ in range(repeat)]
    return Cost(*(min(values) for values in zip(*costs, strict=True)))


def run_once(command: tuple[str, ...]) -> Cost:
    """Runs a command in silence; `wait4` tells what this one child took, not all children so far."""
    start = time.perf_counter()
    silence = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=silence)
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss)


def print_row(pdf: Path, name: str, pages: int, cost: Cost, floor: Cost) -> None:
    title = pdf.stem if pdf.stem != "thesis" else pdf.parent.name
    times = cost.cpu / floor.cpu if floor.cpu else float("inf")
    speed = pages / cost.cpu if cost.cpu else float("inf")
    memory = cost.memory / MEGABYTE
    print(f"{title[:32]:32} {name:10} {pages:5} {cost.cpu:7.2f} {times:11.2f} {speed:8.0f} {memory:6.0f}", flush=True)


if __name__ == "__main__":
    main()
