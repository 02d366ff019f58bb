"""Hostile and broken PDFs by the whole command: none of them crashes it, holds it up, or gets out of its place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands import run_command
from tests.hostile.checks import find_faults
from tests.hostile.kinds import KINDS
from thesis_convert.batch.tasks import Result, Status
from thesis_convert.errors import ExitCode

NEVER = (ExitCode.LIMIT,)
MEMORY = 1000  # megabytes


def convert(folder: Path, names: list[str], timeout: int) -> dict[str, Result]:
    """Converts kinds as a batch and gives what the report says of each."""
    (folder / "in").mkdir()
    for name in names:
        (folder / "in" / f"{name}.pdf").write_bytes(KINDS[name].make())
    limits = ("--timeout", str(timeout), "--max-memory", str(MEMORY), "--jobs", "2")
    words = ("in", "-r", "--to", "epub,html,md,txt,json", "--output-dir", "out", "--report", "report.jsonl", *limits)
    done = run_command(*words, cwd=folder, timeout=300)
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr
    records = [json.loads(line) for line in (folder / "report.jsonl").read_text().splitlines()]
    assert sorted(record["input"] for record in records) == sorted(f"in/{name}.pdf" for name in names)
    assert {path.name for path in folder.iterdir()} <= {"in", "out", "report.jsonl"}
    return {Path(record["input"]).stem: read(record, folder) for record in records}


def read(record: dict[str, object], folder: Path) -> Result:
    outputs = tuple(str(folder / path) for path in record["outputs"])  # type: ignore[attr-defined]
    return Result(
        str(record["input"]),
        Status(str(record["status"])),
        ExitCode(int(str(record["code"]))),
        str(record["message"] or ""),
        advice="told on standard error",
        outputs=outputs,
        memory=int(str(record["memory"] or 0)),
    )


def test_there_are_many_kinds() -> None:
    assert len(KINDS) >= 150


def test_every_kind_ends_as_it_should(tmp_path: Path) -> None:
    names = [name for name, kind in KINDS.items() if kind.codes != NEVER]
    results = convert(tmp_path, names, timeout=60)
    wrong = {name: (int(one.code), one.message) for name, one in results.items() if one.code not in KINDS[name].codes}
    assert wrong == {}
    assert [name for name, one in results.items() if one.memory > MEMORY << 20] == []
    out = tmp_path / "out"
    faults = {name: list(find_faults(one, out, alone=False)) for name, one in results.items()}
    assert {name: told for name, told in faults.items() if told} == {}
    made = {path.relative_to(out).parts[0] for path in out.rglob("*")}
    allowed = {f"{name}{suffix}" for name in results for suffix in (".epub", ".html", ".md", ".txt", ".json", "_media")}
    assert made <= allowed


def test_what_would_never_end_is_ended(tmp_path: Path) -> None:
    names = [name for name, kind in KINDS.items() if kind.codes == NEVER]
    results = convert(tmp_path, [*names, "empty"], timeout=3)
    assert {name: one.code for name, one in results.items() if name in names} == dict.fromkeys(names, ExitCode.LIMIT)
    assert results["empty"].code is ExitCode.BAD_INPUT


@pytest.mark.parametrize("name", ["links-a-million", "file-in-file", "text-of-markup", "page-tree-in-itself"])
def test_alone_a_kind_ends_in_the_same_way(tmp_path: Path, name: str) -> None:
    """In the command's own process, without limits."""
    (tmp_path / "x.pdf").write_bytes(KINDS[name].make())
    done = run_command("x.pdf", "--to", "epub", cwd=tmp_path)
    assert done.returncode in KINDS[name].codes
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "<script>x<b>&amp;'\"",
        "$(touch stolen);`touch stolen`|",
        "](javascript:x) ![a](b",
        "\u202egnp\ud800\x1b[31m\n# a",
        "a..",
        "-rf",
    ],
)
def test_a_name_may_be_anything(tmp_path: Path, name: str) -> None:
    """It stands in messages, in books, in the names of their parts and in links to pictures."""
    name = os.fsdecode(name.encode("utf-8", "surrogatepass"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{name}.pdf").write_bytes(KINDS["picture-caption-of-markup"].make())
    words = ("in", "-r", "--to", "epub,html,md,json", "--output-dir", "out", "--report", "report.jsonl", "--jobs", "1")
    done = run_command(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stderr and "\u202e" not in done.stderr
    (line,) = (tmp_path / "report.jsonl").read_text().splitlines()
    result = read(json.loads(line), tmp_path)
    assert list(find_faults(result, tmp_path / "out")) == []
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out", "report.jsonl"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        f"{name}{suffix}" for suffix in (".epub", ".html", ".md", ".json", "_media")
    )


def test_no_secret_of_the_machine_gets_into_a_book(tmp_path: Path) -> None:
    """An entity that names a file would bring the file's text along."""
    names = ["xmp-entity-outside", "form-of-xml", "action-other-file"]
    convert(tmp_path, names, timeout=60)
    for path in tmp_path.glob("out/*.json"):
        assert "root:" not in path.read_text()
