"""What the README tells of many files works: with find, xargs, GNU parallel, make, Slurm, and in Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import COMMAND, make_environment
from tests.pdfs import make_thesis
from tests.readme import Block, find_recipes
from tests.tools import find_tool

NAMES = ("computing", "german", "humanities")
RECIPES = find_recipes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which small theses stand where the samples are, and the command with its name."""
    for name in NAMES:
        for place in ("samples", "theses"):
            (tmp_path / place / name).mkdir(parents=True)
            (tmp_path / place / name / "thesis.pdf").write_bytes(make_thesis(1))
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/thesis-convert"
    program.write_text(f'#!/bin/sh\nexec {COMMAND[0]} -m thesis_convert "$@"\n')
    program.chmod(0o755)
    return tmp_path


def run(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    more = make_environment({"PATH": f"{folder}/bin:{make_environment(None)['PATH']}"} | (env or {}))
    return subprocess.run(words, cwd=folder, env=more, capture_output=True, text=True, timeout=120, check=False)


def find(language: str, word: str) -> Block:
    return next(block for block in RECIPES if block.language == language and word in block.text)


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.name.startswith("."))


def list_books(suffix: str, below: str = "") -> list[str]:
    return sorted(part for name in NAMES for part in (f"{below}{name}", f"{below}{name}/thesis.{suffix}"))


def test_folders_lists_and_reports(folder: Path) -> None:
    done = run(folder, "bash", "-euo", "pipefail", "-c", find("sh", "--recursive").text)
    assert done.returncode == 0, done.stderr
    assert list_files(folder / "library") == sorted({*list_books("epub"), *list_books("txt")})
    assert list_files(folder / "texts") == ["samples", *list_books("txt", "samples/")]
    lines = (folder / "library.jsonl").read_text().splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["ok"] * 3


def test_xargs_and_parallel(folder: Path) -> None:
    find_tool("parallel")
    recipe = find("sh", "parallel").text
    for _ in range(2):
        done = run(folder, "bash", "-euo", "pipefail", "-c", recipe)
        assert done.returncode == 0, done.stderr
    assert list_files(folder / "by-parallel") == ["samples", *list_books("txt", "samples/")]
    assert list_files(folder / "samples") == sorted([*list_books("txt"), *(f"{name}/thesis.pdf" for name in NAMES)])
    (folder / "samples/german/thesis.pdf").write_text("no PDF")
    assert run(folder, "bash", "-c", recipe.splitlines()[0]).returncode == 123
    assert run(folder, "bash", "-c", recipe.splitlines()[1]).returncode == 1
    assert [line.split("\t")[6] for line in (folder / "jobs.tsv").read_text().splitlines()[1:]].count("4") == 1


def test_make(folder: Path) -> None:
    find_tool("make")
    (folder / "Makefile").write_text(find("make", "PDFS").text)
    done = run(folder, "make", "--jobs", "2", "--keep-going")
    assert done.returncode == 0, done.stderr
    assert list_files(folder / "by-make/samples") == list_books("epub")
    assert "thesis-convert" not in run(folder, "make").stdout
    (folder / "samples/german/thesis.pdf").write_text("no PDF")
    assert "Error 4" in run(folder, "make").stderr


def test_an_array_of_jobs(folder: Path) -> None:
    script = find("bash", "SLURM_ARRAY").text
    for number in range(2):
        env = {"SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_ID": str(number), "SLURM_CPUS_PER_TASK": "1"}
        done = run(folder, "bash", "-euo", "pipefail", "-c", script, env=env)
        assert done.returncode == 0, done.stderr
    assert list_files(folder / "books/theses") == list_books("epub")
    lines = [len((folder / f"report-{number}.jsonl").read_text().splitlines()) for number in range(2)]
    assert sorted(lines) == [1, 2]


def test_an_executor_in_python(folder: Path) -> None:
    (folder / "program.py").write_text(find("python", "Executor").text)
    done = run(folder, sys.executable, "program.py")
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.split()) == sorted(
        word for name in NAMES for word in ("ok", f"samples/{name}/thesis.pdf")
    )


def test_options_in_a_file(folder: Path) -> None:
    (folder / "thesis-convert.toml").write_text(find("toml", "output-dir").text)
    done = run(folder, "thesis-convert", "samples/german/thesis.pdf")
    assert done.returncode == 0, done.stderr
    assert list_files(folder / "books") == ["thesis.epub", "thesis.txt"]
    assert max(map(len, (folder / "books/thesis.txt").read_text().splitlines())) <= 60
