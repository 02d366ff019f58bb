"""How well many files are converted: all given theses twice over, every tenth file a bad one.

    python tests/benchmarks/batch.py theses/*/thesis.pdf [--to epub] [--jobs 2] [--hostile 600]

Prints how long one and several jobs take and by what factor the latter are faster; whether every good
file was converted and every bad one reported with its code; what a warm process saves against a new command; and what
became of the hostile kinds in `tests/hostile`. Ends with code 1 when anything is not as it should be.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.hostile.kinds import KINDS, write_kinds
from tests.pdfs import encrypt, make_scan, make_thesis

COMMAND = (sys.executable, "-m", "thesis_convert")
# Bad files and the codes that they must be reported with.
BAD = {
    "empty": (b"", 4),
    "text": (b"no PDF", 4),
    "scan": (make_scan(), 6),
    "locked": (encrypt(make_thesis(), "sesame"), 5),
    "endless": (KINDS["pattern-in-itself"].make(), 9),
}
FASTER, CHEAPER = 1.7, 0.2  # what several jobs, and a warm process, must bring at least


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--to", default="epub")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--hostile", type=int, default=1000, metavar="MB", help="memory for the hostile kinds; 0: skip them"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        expected = gather(options.pdfs, folder / "in")
        good = [measure(folder, expected, options.to, jobs) for jobs in (1, options.jobs)]
        faster = good[0] / good[1]
        print(f"{options.jobs} jobs are {faster:.2f} times as fast as one (wanted: {FASTER})")
        faults = [
            faster < FASTER,
            not compare_warm(folder),
            bool(options.hostile and not try_hostile(folder, options.hostile)),
        ]
    sys.exit(any(faults))


def gather(pdfs: list[Path], folder: Path) -> dict[str, int]:
    """Puts the theses twice into a folder with bad files among them, and gives the code expected of each."""
    expected: dict[str, int] = {}
    bad = 0
    for number, pdf in enumerate([*pdfs, *pdfs]):
        expected[place(folder, number, pdf.parent.name, pdf.read_bytes())] = 0
        if number % 9 == 8:
            name = list(BAD)[bad % len(BAD)]
            expected[place(folder, number, name, BAD[name][0])] = BAD[name][1]
            bad += 1
    return expected


def place(folder: Path, number: int, name: str, data: bytes) -> str:
    path = folder / f"{number:03}-{name}.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path.name


def measure(folder: Path, expected: dict[str, int], formats: str, jobs: int) -> float:
    """Converts all with so many jobs, and gives the seconds. Ends the program when a file is not as expected."""
    limits = ("--timeout", "60", "--jobs", str(jobs))
    start = time.perf_counter()
    records = run(folder, "-r", "in", "--to", formats, "--output-dir", f"out{jobs}", *limits)
    seconds = time.perf_counter() - start
    codes = {Path(record["input"]).name: record["code"] for record in records}
    wrong = {name: code for name, code in codes.items() if code != expected[name]}
    if wrong or codes.keys() != expected.keys():
        sys.exit(f"not as expected: {wrong or expected.keys() ^ codes.keys()}")
    pages = sum(record["pages"] or 0 for record in records)
    bad = sum(code != 0 for code in codes.values())
    print(f"jobs {jobs}: {len(codes)} files ({bad} bad, each with its code), {pages} pages, {seconds:.1f} s")
    # A file that never ends costs its time in any case; it says nothing of the others.
    return seconds - sum(record["seconds"] for record in records if record["code"] == 9) / jobs


def run(folder: Path, *words: str) -> list[dict[str, Any]]:
    report = folder / "report.jsonl"
    report.unlink(missing_ok=True)
    subprocess.run(
        [*COMMAND, *words, "--report", report, "--quiet"], cwd=folder, stderr=subprocess.DEVNULL, check=False
    )
    return [json.loads(line) for line in report.read_text().splitlines()]


def compare_warm(folder: Path) -> bool:
    """Whether a small thesis in a warm process is as much cheaper as it should be than in a new command."""
    place_small = folder / "small"
    place_small.mkdir()
    for number in range(8):
        (place_small / f"{number}.pdf").write_bytes(make_thesis())
    cold = []
    for number in range(5):
        start = time.perf_counter()
        subprocess.run(
            [*COMMAND, f"small/{number}.pdf", "--to", "txt", "-o", "/dev/null"],
            cwd=folder,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        cold.append(time.perf_counter() - start)
    records = run(folder, "-r", "small", "--to", "txt", "--output-dir", "small-out", "--jobs", "1")
    warm = [record["seconds"] for record in records[1:]]
    saved = median(cold) - median(warm)
    times = f"{median(cold):.3f} s cold, {median(warm):.3f} s warm"
    print(f"one small thesis: {times}, {saved:.3f} s saved (wanted: {CHEAPER})")
    return saved >= CHEAPER


def try_hostile(folder: Path, memory: int) -> bool:
    """Whether every hostile kind ends with a right code and within its memory."""
    write_kinds(folder / "hostile")
    limits = ("--timeout", "20", "--max-memory", str(memory))
    records = run(folder, "-r", "hostile", "--to", "epub,md,txt,json", "--output-dir", "hostile-out", *limits)
    wrong = [
        f"{one['input']}: {one['code']} {one['message']}"
        for one in records
        if one["code"] not in KINDS[Path(one["input"]).stem].codes
    ]
    peak = max(one["memory"] or 0 for one in records) >> 20
    print(f"hostile: {len(records)} kinds, {len(wrong)} with a wrong code, at most {peak} MB of {memory}")
    print("".join(f"  {line}\n" for line in wrong), end="")
    shutil.rmtree(folder / "hostile")
    return not wrong and len(records) == len(KINDS) and peak <= memory


if __name__ == "__main__":
    main()
