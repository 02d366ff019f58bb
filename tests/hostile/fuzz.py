"""Converts PDFs changed by chance, for as long as it is told, and keeps those that show a fault.

    python -m tests.hostile.fuzz --minutes 30 --keep findings samples/*/thesis.pdf

A changed PDF whose outcome is new (other warnings, another error, another share of pages) is changed
further, so that the run finds its way into corners. Prints each fault once, by where it is. The
seed of chance makes a run happen again.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
import time
from pathlib import Path

from tests.catalogues import compress
from tests.hostile.checks import find_faults
from tests.hostile.kinds import KINDS
from tests.hostile.mutation import mutate, open_streams
from tests.pdfs import make_thesis
from thesis_convert.batch.isolation import end_children, run_isolated
from thesis_convert.batch.tasks import Limits, Result, Task
from thesis_convert.conversion import Existing
from thesis_convert.loader import LoadOptions

FORMATS = (("epub", ".epub"), ("markdown", ".md"), ("text", ".txt"), ("json", ".json"), ("html", ".html"))
LIMITS = Limits(timeout=30.0, memory=1 << 30)
MOST = 600  # PDFs that are changed further
LEAST, SMALL = 100, 20_000  # bytes of a hostile kind that is changed too


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--keep", type=Path, required=True, help="folder for PDFs that show a fault")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    pdfs = [make_thesis(), compress(make_thesis()), *(open_streams(path.read_bytes(), 4) for path in options.pdfs)]
    pdfs += [pdf for kind in KINDS.values() if kind.codes != (9,) and LEAST < len(pdf := kind.make()) < SMALL]
    options.keep.mkdir(parents=True, exist_ok=True)
    try:
        run(pdfs, chance, time.monotonic() + 60 * options.minutes, options.keep)
    finally:
        end_children()


def run(pdfs: list[bytes], chance: random.Random, end: float, keep: Path) -> None:
    seen: set[str] = set()
    faults: dict[str, int] = {}
    count = 0
    began = time.monotonic()
    while time.monotonic() < end:
        count += 1
        pdf = mutate(pdfs, chance)
        result, found, size = try_one(pdf)
        outcome = describe(result, size)
        if outcome not in seen and len(pdfs) < MOST and len(pdf) > LEAST:
            seen.add(outcome)
            pdfs.append(pdf)
        for fault in found:
            kind = re.sub(r"\d+|fuzz-\w+", "0", fault)[-300:]
            if kind not in faults:
                name = keep / f"{len(faults):03}.pdf"
                name.write_bytes(pdf)
                print(f"{name}: {fault}", flush=True)
            faults[kind] = faults.get(kind, 0) + 1
        if count % 500 == 0:
            rate = count / (time.monotonic() - began)
            print(f"{count} PDFs, {rate:.1f} a second, {len(seen)} outcomes, {len(faults)} faults", flush=True)
    print(f"{count} PDFs, {len(seen)} outcomes; faults: {faults}")


def try_one(pdf: bytes) -> tuple[Result, list[str], int]:
    """What becomes of a PDF, what is wrong with that, and how many bytes of text came out."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    try:
        source = folder / "changed.pdf"
        source.write_bytes(pdf)
        out = folder / "out"
        out.mkdir()
        targets = tuple((name, str(out / f"book{suffix}")) for name, suffix in FORMATS)
        result = run_isolated(Task(str(source), targets, (), LoadOptions(), Existing.REFUSE), LIMITS)
        size = sum(path.stat().st_size for path in out.glob("*.txt"))
        return result, list(find_faults(result, out)), size
    finally:
        shutil.rmtree(folder)


def describe(result: Result, size: int) -> str:
    """An outcome, less its details."""
    message = re.sub(r"\d+", "0", result.message)[:80]
    warnings = sorted({one.code for one in result.warnings})
    return f"{result.code} {message} {warnings} {result.pages} {size.bit_length()} {int(result.seconds)}"


if __name__ == "__main__":
    main()
