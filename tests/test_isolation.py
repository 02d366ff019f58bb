"""Processes that crash, hang, grow and are killed: what else runs is not touched, and nothing half-written stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import WRITER, run_command, start_command, unpack_plugin
from tests.pdfs import make_thesis
from tests.tools import mount_disk
from thesis_convert.batch.freshness import LEDGER
from thesis_convert.leftovers import name_prefix, remove_leftovers

# Does what the name of its output says, and writes down its process.
ODD_WRITER = WRITER.replace(
    "        return Output",
    """        import os, pathlib, signal, time
        pathlib.Path("site", context.stem + ".pid").write_text(str(os.getpid()))
        if context.stem == "crash":
            os.abort()
        if context.stem == "loop":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # as a library that never looks
            while True:
                pass
        if context.stem == "grow":
            whole = []
            while True:
                whole.append(bytearray(8 << 20))
        if context.stem.startswith("slow"):
            time.sleep(float(os.environ.get("SECONDS", "60")))
        if context.stem == "placing":
            from thesis_convert import placing
            files = {"placing_media/a.png": b"a"}
            place = placing.publish
            def publish(*words):
                place_main = placing.move
                placing.move = lambda *more: time.sleep(60)
                place(*words)
            placing.publish = publish
            return Output(b"never", files)
        return Output""",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.fixture
def env(folder: Path) -> dict[str, str]:
    return unpack_plugin(folder / "site", "odd_package", ODD_WRITER, {"shout": "ShoutWriter"})


def add(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "in" / f"{name}.pdf").write_bytes(make_thesis(1))


def words(*more: str) -> tuple[str, ...]:
    return ("in", "-r", "--to", "shout", "--output-dir", "out", "--report", "r.jsonl", *more)


def read_report(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "r.jsonl").read_text().splitlines()
    return {Path(record["input"]).stem: record for record in map(json.loads, lines)}


def list_files(folder: Path) -> list[str]:
    """Everything in a folder, with what is hidden; nothing when there is no folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def read_process(folder: Path, name: str) -> int:
    """The process that works on an input, as soon as it does."""
    path = folder / "site" / f"{name}.pid"
    return int(wait(lambda: path.exists() and path.read_text()))


def wait(ask: Callable[[], Any]) -> Any:
    for _ in range(600):
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError("it never happened")


def is_gone(process: int) -> bool:
    """Whether a process is no more, or waits only to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


# --- A file that is fatal ------------------------------------------------------------------------


def test_each_costs_itself_alone(folder: Path, env: dict[str, str]) -> None:
    add(folder, "a", "crash", "grow", "loop", "z")
    limits = ("--timeout", "4", "--max-memory", "400", "--jobs", "2")
    done = run_command(*words(*limits), cwd=folder, env=env)
    report = read_report(folder)
    assert {name: one["code"] for name, one in report.items()} == {"a": 0, "z": 0, "crash": 9, "grow": 9, "loop": 9}
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "crashed (SIGABRT)" in report["crash"]["message"]
    assert "longer than 4 seconds" in report["loop"]["message"]
    assert "memory" in report["grow"]["message"]
    assert report["loop"]["sha256"] == report["a"]["sha256"]
    assert all((one["memory"] or 0) < 400 << 20 for one in report.values())
    assert list_files(folder / "out") == ["a.shout", "z.shout"]
    assert all(is_gone(int(path.read_text())) for path in folder.glob("site/*.pid"))


def test_one_file_may_be_limited_too(folder: Path, env: dict[str, str]) -> None:
    add(folder, "loop")
    done = run_command("in/loop.pdf", "--to", "shout", "--timeout", "2", cwd=folder, env=env)
    assert done.returncode == 9
    told, advice = done.stderr.splitlines()
    assert "in/loop.pdf: it took longer than 2 seconds" in told and "--timeout" in advice


def test_a_limited_file_goes_through_pipes(folder: Path, env: dict[str, str]) -> None:
    add(folder, "a")
    with (folder / "in/a.pdf").open("rb") as pdf:
        done = run_command("-", "--to", "shout", "-o", "-", "--timeout", "60", cwd=folder, env=env, stdin=pdf)
    assert (done.returncode, done.stdout, done.stderr) == (0, "A SMALL THESIS!", "")


def test_a_process_is_used_again(folder: Path, env: dict[str, str]) -> None:
    add(folder, "a", "b", "crash", "y", "z")
    run_command(*words("--jobs", "1", "--quiet"), cwd=folder, env=env)
    process = {name: read_process(folder, name) for name in ("a", "b", "crash", "y", "z")}
    assert process["a"] == process["b"] == process["crash"] != process["y"] == process["z"]


def test_a_child_that_dies_between_two_tasks_takes_nobody_along(folder: Path) -> None:
    """To write to it must not end the command by a signal."""
    program = """
import os, signal, time
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
from thesis_convert.batch import isolation
from thesis_convert.batch.tasks import Limits
child = isolation.start_child(0)
assert isolation.receive(child, Limits(60)) == (b"\\n", None)
child.ready = True
os.kill(child.process.pid, signal.SIGKILL)
child.process.wait()
assert isolation.exchange(child, b"x" * (1 << 20), Limits()) == (b"", None)
print(isolation.describe_death(child, Limits())[0])
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "its process was killed from outside\n"), done.stderr


def test_too_little_memory_for_anything_is_refused(folder: Path) -> None:
    done = run_command("x.pdf", "--to", "txt", "--max-memory", "20", cwd=folder)
    assert done.returncode == 2
    assert "not enough for the program" in done.stderr


# --- Ended from outside --------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_child_costs_its_file_alone(folder: Path, env: dict[str, str], number: signal.Signals) -> None:
    add(folder, "a", "slow", "z")
    process = start_command(*words("--jobs", "1"), cwd=folder, env=env)
    os.kill(read_process(folder, "slow"), number)
    assert process.wait(timeout=30) == 1
    process.communicate()
    assert {name: one["code"] for name, one in read_report(folder).items()} == {"a": 0, "slow": 9, "z": 0}
    assert "killed from outside" in read_report(folder)["slow"]["message"]
    done = run_command(*words("--resume", "r.jsonl"), cwd=folder, env=env | {"SECONDS": "0"})
    assert done.returncode == 0
    assert list_files(folder / "out") == ["a.shout", "slow.shout", "z.shout"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_ended_run_leaves_nothing_and_is_resumed(folder: Path, env: dict[str, str], number: signal.Signals) -> None:
    add(folder, "a", "slow", "slower", "z")
    process = start_command(*words("--jobs", "2"), cwd=folder, env=env)
    children = [read_process(folder, name) for name in ("slow", "slower")]
    wait(lambda: "out/a.shout" in (folder / "r.jsonl").read_text())
    process.send_signal(number)
    expected = -number if number is signal.SIGKILL else 128 + number
    assert process.wait(timeout=30) == expected
    told = process.communicate()[1]
    assert "Traceback" not in told
    wait(lambda: all(map(is_gone, children)))
    assert list_files(folder / "out") == ["a.shout"]
    assert [name for name, one in read_report(folder).items() if one["status"] == "ok"] == ["a"]
    done = run_command(*words("--resume", "r.jsonl"), cwd=folder, env=env | {"SECONDS": "0"})
    assert done.returncode == 0, done.stderr
    assert "a.shout" not in done.stderr
    assert list_files(folder / "out") == ["a.shout", "slow.shout", "slower.shout", "z.shout"]


def test_pictures_of_a_book_that_never_came_are_put_away(folder: Path, env: dict[str, str]) -> None:
    """The child is killed between putting the pictures and the book in place."""
    add(folder, "a", "placing")
    process = start_command(*words("--jobs", "1"), cwd=folder, env=env)
    wait(lambda: (folder / "out/placing_media").exists())
    os.kill(read_process(folder, "placing"), signal.SIGKILL)
    assert process.wait(timeout=30) == 1
    process.communicate()
    assert list_files(folder / "out") == ["a.shout"]


def test_what_a_killed_run_left_is_put_away_by_the_next(folder: Path, env: dict[str, str]) -> None:
    """All of its processes are killed at once, so that none of them can do it."""
    add(folder, "placing")
    process = start_command("in/placing.pdf", "--to", "shout", "--output-dir", "out", cwd=folder, env=env)
    wait(lambda: (folder / "out/placing_media").exists())
    process.kill()
    process.communicate()
    assert "placing_media" in list_files(folder / "out")
    done = run_command("in/placing.pdf", "--to", "txt", "--output-dir", "out", cwd=folder)
    assert done.returncode == 0
    assert list_files(folder / "out") == ["placing.txt"]


def test_what_others_are_at_work_on_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / f"{name_prefix()}x.part"
    strange = tmp_path / ".thesis-convert-00000000-1-x.part"
    gone = tmp_path / f"{name_prefix(2**22 + 1)}x.part"
    for place in (own, strange, gone):
        place.mkdir()
    (tmp_path / LEDGER).touch()
    remove_leftovers([tmp_path, tmp_path / "none"])
    assert list_files(tmp_path) == sorted([own.name, strange.name, LEDGER])


# --- Places that fail in the middle --------------------------------------------------------------


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system with room for one book."""
    with mount_disk(folder / "out", "16k") as place:
        yield place


def test_a_disk_that_fills_up(folder: Path, small_disk: Path) -> None:
    add(folder, "a", "b", "c")
    run_words = ("in", "-r", "--to", "txt,json", "--output-dir", "out", "--report", "r.jsonl", "--jobs", "1")
    done = run_command(*run_words, cwd=folder)
    report = read_report(folder)
    assert done.returncode in (1, 7) and "Traceback" not in done.stderr
    assert {one["code"] for one in report.values()} <= {0, 7} and 7 in {one["code"] for one in report.values()}
    whole = [f"{name}.{suffix}" for name, one in report.items() if one["code"] == 0 for suffix in ("json", "txt")]
    assert list_files(small_disk) == sorted(whole)
    assert "no space left" in done.stderr


def test_an_input_that_vanishes(folder: Path, env: dict[str, str]) -> None:
    add(folder, "a", "slow", "z")
    process = start_command(*words("--jobs", "1"), cwd=folder, env=env | {"SECONDS": "1"})
    read_process(folder, "slow")
    (folder / "in/z.pdf").unlink()
    assert process.wait(timeout=30) == 1
    told = process.communicate()[1]
    assert {name: one["code"] for name, one in read_report(folder).items()} == {"a": 0, "slow": 0, "z": 4}
    assert "in/z.pdf: there is no such file" in told
