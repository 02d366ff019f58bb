"""Many inputs as a person or a script meets them: which are taken, what is written, kept, told and reported."""

from __future__ import annotations

import json
import os
import pty
import re
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.commands import run_command, start_command
from tests.pdfs import make_scan, make_thesis
from thesis_convert import convert_many
from thesis_convert.batch import freshness
from thesis_convert.batch.inputs import find_inputs
from thesis_convert.batch.isolation import end_children
from thesis_convert.cli import run
from thesis_convert.progress import format_line
from thesis_convert.sources import Input


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: three theses and a text in folders, and nothing set from outside."""
    for name in ("in/a.pdf", "in/2020/b.PDF", "in/2020/deep er/c.pdf", "in/.hidden/x.pdf", "in/2020/.x.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(make_thesis(1))
    (tmp_path / "in/notes.txt").write_text("no PDF")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    return tmp_path


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def read_report(path: Path) -> dict[str, dict[str, Any]]:
    return {record["input"]: record for record in map(json.loads, path.read_text().splitlines())}


# --- Which inputs --------------------------------------------------------------------------------


def test_folders_are_mirrored_and_what_is_hidden_is_left(folder: Path) -> None:
    assert run(["in", "-r", "--to", "txt,json", "--output-dir", "out", "-j", "1"]) == 0
    assert list_files(folder / "out") == [
        f"{name}.{suffix}" for name in ("2020/b", "2020/deep er/c", "a") for suffix in ("json", "txt")
    ]


def test_a_folder_wants_to_be_asked_for(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["in", "--to", "txt"]) == 4
    assert "--recursive" in capfd.readouterr().err
    (folder / "empty").mkdir()
    assert run(["-r", "empty", "--to", "txt"]) == 0
    assert "no PDF" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("written", "by_zeros", "found"),
    [
        (b"in/a.pdf\n\nin/2020/b.PDF\r\n", False, [("in/a.pdf", "in"), ("in/2020/b.PDF", "in/2020")]),
        (b"./in/a b\n.pdf\0/etc/../x.pdf\0", True, [("in/a b\n.pdf", "in"), ("/etc/../x.pdf", "etc")]),
        (b"../up/th\xe8se.pdf", False, [("../up/th\udce8se.pdf", "up")]),
    ],
)
def test_lists_name_inputs_and_their_places(
    folder: Path, written: bytes, by_zeros: bool, found: list[tuple[str, str]]
) -> None:
    """Whatever a list names, its outputs stay within the folder for outputs."""
    (folder / "list").write_bytes(written)
    inputs = find_inputs((), recursive=False, list_name="list", by_zeros=by_zeros)
    assert inputs == tuple(Input(Path(path), Path(below)) for path, below in found)


def test_a_list_and_its_zeros_must_agree(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "list").write_bytes(b"a\0b")
    assert run(["--files-from", "list", "--to", "txt"]) == 2
    assert "-0" in capfd.readouterr().err
    assert run(["--files-from", "gone", "--to", "txt"]) == 2


def test_two_inputs_for_one_output_are_refused_before_any_work(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["in/a.pdf", "in/2020/b.PDF", "in/2020/../a.pdf", "--to", "txt", "--output-dir", "out"]) == 2
    assert "both be written to out/a.txt" in capfd.readouterr().err
    assert not (folder / "out").exists()


# --- What became of them -------------------------------------------------------------------------


def test_the_report_says_what_became_of_each(folder: Path) -> None:
    (folder / "in/scan.pdf").write_bytes(make_scan())
    (folder / "in/bad.pdf").write_text("no PDF")
    (folder / "out").mkdir()
    (folder / "out/a.txt").write_text("precious")
    words = ["in", "-r", "in/gone.pdf", "--to", "txt", "--output-dir", "out", "--report", "r.jsonl", "--no-clobber"]
    assert run([*words, "--max-memory", "1000"]) == 1
    report = read_report(folder / "r.jsonl")
    codes = {name: (one["status"], one["code"]) for name, one in report.items()}
    assert codes == {
        "in/a.pdf": ("skipped", 0),
        "in/bad.pdf": ("failed", 4),
        "in/gone.pdf": ("failed", 4),
        "in/scan.pdf": ("failed", 6),
        "in/2020/b.PDF": ("ok", 0),
        "in/2020/deep er/c.pdf": ("ok", 0),
    }
    good = report["in/2020/b.PDF"]
    assert (good["outputs"], good["pages"], len(good["sha256"])) == (["out/2020/b.txt"], 3, 64)
    assert 20 << 20 < good["memory"] < 1000 << 20 and good["seconds"] > 0 and good["version"]
    assert report["in/scan.pdf"]["sha256"] and report["in/gone.pdf"]["sha256"] is None
    assert report["in/a.pdf"]["kept"] == ["out/a.txt"]
    assert "scan" in report["in/scan.pdf"]["message"]


def test_the_report_goes_to_standard_output_alone(folder: Path) -> None:
    done = run_command("in", "-r", "--to", "txt", "--output-dir", "out", "--report", "-", cwd=folder)
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 3
    assert "wrote out/a.txt" in done.stderr and "3 of 3 files done" in done.stderr
    refused = run_command("in/a.pdf", "--to", "txt", "-o", "-", "--report", "-", cwd=folder)
    assert (refused.returncode, refused.stdout) == (2, "")


def test_a_run_goes_on_where_its_report_ends(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Also when its last line was cut off, and when an output is there that it did not get to write down."""
    words = ["in", "-r", "--to", "txt", "--output-dir", "out", "--report", "r.jsonl"]
    (folder / "in/bad.pdf").write_text("no PDF")
    assert run([*words, "--quiet"]) == 1
    lines = (folder / "r.jsonl").read_text().splitlines()
    kept = [line for line in lines if "b.PDF" in line or "bad.pdf" in line]
    (folder / "r.jsonl").write_text("\n".join([*kept, lines[0][:20]]))
    (folder / "out/a.txt").unlink()
    (folder / "in/bad.pdf").write_bytes(make_thesis(1))
    capfd.readouterr()
    assert run([*words, "--resume", "r.jsonl"]) == 0
    told = capfd.readouterr().err
    assert "wrote out/a.txt" in told and "wrote out/bad.txt" in told and "b.txt" not in told.replace("bad.txt", "")
    assert "kept out/2020/deep er/c.txt" in told
    final = {}
    for line in (folder / "r.jsonl").read_text().splitlines():
        if line.startswith('{"input"') and line.endswith("}"):
            final[json.loads(line)["input"]] = json.loads(line)["status"]
    assert set(final.values()) == {"ok", "skipped"} and len(final) == 4
    assert run([*words, "--resume", "r.jsonl"]) == 0
    assert "wrote" not in capfd.readouterr().err


def test_a_report_that_is_none_is_refused(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["in/a.pdf", "--to", "txt", "--resume", "in/notes.txt"]) == 2
    assert "is no report" in capfd.readouterr().err


def test_what_is_up_to_date_stays(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def update(*more: str) -> list[str]:
        assert run(["in/a.pdf", "--to", "txt,json", "--update", *more]) == 0
        return sorted(re.findall(r"wrote in/(\S+)", capfd.readouterr().err))

    (folder / "in/a.txt").write_text("of another program")
    assert update() == ["a.json", "a.txt"]
    assert update() == []
    os.utime(folder / "in/a.json", (1, 1))
    assert update() == ["a.json"]
    assert update("-O", "wrap=60") == ["a.txt"]
    assert update("--title", "Another") == ["a.json", "a.txt"]
    assert update("--title", "Another") == []
    (folder / "in/a.txt").unlink()
    assert update("--title", "Another") == ["a.txt"]
    monkeypatch.setattr(freshness, "__version__", "99")
    assert update("--title", "Another") == ["a.json", "a.txt"]


def test_a_dry_run_says_what_it_would_do(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "in/a.txt").write_text("old")
    before = list_files(folder)
    assert run(["in", "-r", "--to", "txt", "--force", "--dry-run"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "would replace in/a.txt from in/a.pdf",
        "would write in/2020/b.txt from in/2020/b.PDF",
        "would write in/2020/deep er/c.txt from in/2020/deep er/c.pdf",
    ]
    assert run(["in/a.pdf", "--to", "txt,json", "-n", "--dry-run"]) == 0
    out = capfd.readouterr().out
    assert "would write in/a.json" in out and "would keep in/a.txt" in out and "1 Rivers ..." in out
    assert run(["in/a.pdf", "--to", "txt", "--dry-run"]) == 7
    assert list_files(folder) == before


def test_the_first_failure_ends_the_run_when_asked(folder: Path) -> None:
    (folder / "in/0.pdf").write_text("no PDF")
    words = ["in", "-r", "--to", "txt", "-j", "1", "--output-dir", "out", "--report", "r.jsonl", "--fail-fast"]
    assert run(words) == 4
    assert list(read_report(folder / "r.jsonl")) == ["in/0.pdf"]


def test_pages_may_be_limited(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["in/a.pdf", "--to", "txt", "--max-pages", "2"]) == 9
    assert "it has 3 pages, and --max-pages allows 2" in capfd.readouterr().err
    assert run(["in/a.pdf", "--to", "txt", "--max-pages", "2", "--pages", "2-3"]) == 0


def test_outlines_come_in_order(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["in", "-r", "--outline"]) == 0
    names = [line for line in capfd.readouterr().out.splitlines() if line.lower().endswith(".pdf")]
    assert names == ["in/a.pdf", "in/2020/b.PDF", "in/2020/deep er/c.pdf"]


# --- What a terminal shows -----------------------------------------------------------------------


@pytest.mark.parametrize(("env", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_shows_progress(folder: Path, env: dict[str, str], colored: bool) -> None:
    (folder / "in/bad.pdf").write_text("no PDF")
    controller, terminal = pty.openpty()
    words = ("in", "-r", "--to", "txt", "--output-dir", "out", "--timeout", "60")
    process = start_command(*words, cwd=folder, env={"TERM": "xterm", "COLUMNS": "200"} | env, stderr=terminal)
    os.close(terminal)
    shown = b""
    while True:
        try:
            data = os.read(controller, 4096)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(controller)
    assert process.wait() == 1
    text = shown.decode()
    assert ("\x1b[31mthesis-convert:\x1b[0m" in text) == colored
    if "TERM" in env:
        assert "\x1b" not in text and "wrote out/a.txt" in text
    else:
        assert "] 4/4 files" in text and "1 failed" in text and "wrote out/a.txt" not in text


def test_the_line_of_progress() -> None:
    assert (
        format_line(5, 20, 1000, 1, 10.0)
        == "[#####...............] 5/20 files, 1000 pages, 100 pages/s, 1 failed, 0:30 left"
    )
    assert format_line(0, 3, 0, 0, 0.0) == "[....................] 0/3 files, 0 pages"


# --- In Python, by any executor ------------------------------------------------------------------


@pytest.mark.parametrize("make", [None, ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_does_the_work(folder: Path, make: type[Executor] | None) -> None:
    (folder / "bad.pdf").write_text("no PDF")
    paths = [folder / "in/a.pdf", folder / "bad.pdf", folder / "in/2020/b.PDF"]
    executor = make(2) if make else None  # type: ignore[call-arg]
    try:
        results = list(convert_many(paths, "txt", "out", executor=executor, timeout=60, jobs=2))
    finally:
        if executor:
            executor.shutdown()
        end_children()
    assert {Path(one.source).name: one.status for one in results} == {"a.pdf": "ok", "bad.pdf": "failed", "b.PDF": "ok"}
    assert list_files(folder / "out") == ["a.txt", "b.txt"]
    again = list(convert_many(paths[:1], "txt", "out"))
    assert [one.code for one in again] == [7]
