"""What the README says is so: its commands run, its tables are those of the program, its files exist.

Its two commands that set everything up are run by `.ci/run`, which runs these tests by the second.
"""

from __future__ import annotations

import dataclasses
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from PIL import Image

from tests.commands import make_environment, run_command, unpack_plugin
from tests.readme import README, SETS_UP, Block, find_recipes, read_blocks, read_table
from tests.tools import PACKAGES, find_tool
from thesis_convert.cli import command
from thesis_convert.diagnostics import Code
from thesis_convert.errors import MEANINGS, ExitCode
from thesis_convert.writers.options import describe_options
from thesis_convert.writers.registry import list_writers

ROOT = README.parent
BLOCKS = read_blocks()
RECIPES = find_recipes()
COMMANDS = [
    block for block in BLOCKS if block.language == "sh" and block not in RECIPES and not block.text.startswith(SETS_UP)
]
IN_PYTHON = next(block for block in BLOCKS if block.language == "python" and "load(" in block.text)
A_WRITER = next(block for block in BLOCKS if block.language == "python" and "def write(" in block.text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the samples, as the project's is after the first command, with nothing in it to be harmed."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    return tmp_path


@pytest.fixture
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The search path of an activated environment: `thesis-convert` and `python3` are those of this Python."""
    programs = tmp_path_factory.mktemp("bin")
    for name, words in {"thesis-convert": "-m thesis_convert", "python3": ""}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words} "$@"\n')
        (programs / name).chmod(0o755)
    return f"{programs}:{make_environment(None)['PATH']}"


# --- Commands and code --------------------------------------------------------------------------


def test_two_commands_set_everything_up() -> None:
    """They are run by `.ci/run`; here only that they are there, and are one line each."""
    convert, test = (block.text for block in BLOCKS if block.text.startswith(SETS_UP))
    assert convert.count("\n") == test.count("\n") == 1
    assert ".venv/bin/thesis-convert samples/" in convert and "pytest" in test
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "readme.py 1" in script and "readme.py 2" in script


@pytest.mark.parametrize("block", COMMANDS, ids=lambda block: block.text.split("\n")[0][:40])
def test_every_command_runs(block: Block, folder: Path, path: str) -> None:
    for program in PACKAGES:
        if f"{program} -" in block.text:
            find_tool(program)
    shell = ["bash", "-euo", "pipefail", "-c", block.text]
    env = make_environment({"PATH": path})
    done = subprocess.run(shell, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr and "Traceback" not in done.stderr
    following = BLOCKS[BLOCKS.index(block) + 1]
    if following.language == "text" and "Zusammenfassung" in following.text:
        assert done.stdout == following.text


def test_the_script_makes_what_it_should(folder: Path, path: str) -> None:
    script = next(block.text for block in COMMANDS if "for thesis in" in block.text)
    subprocess.run(["bash", "-c", script], cwd=folder, env=make_environment({"PATH": path}), check=True, timeout=120)
    made = sorted(file.relative_to(folder).as_posix() for file in folder.glob("books/*/*"))
    names = ("computing", "german", "humanities")
    assert made == [f"books/{name}/thesis.{suffix}" for name in names for suffix in ("epub", "txt")]
    assert not (folder / "failed.tsv").exists()


def test_the_program_in_python_runs(folder: Path) -> None:
    words = [sys.executable, "-c", IN_PYTHON.text]
    env = make_environment({"PYTHONIOENCODING": "utf-8"})
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    title, *lines = done.stdout.splitlines()
    assert "Wem gehört der Schatten?" in title
    outline = (ROOT / "samples/german/outline.txt").read_text(encoding="utf-8")
    assert [line.split() for line in lines if line.strip()] == [
        line.rpartition("\t")[0].split() for line in outline.splitlines() if "(" not in line
    ]
    assert sorted(file.name for file in (folder / "shade").iterdir()) == ["thesis.epub", "thesis.txt"]


def test_the_writer_that_is_shown_works(folder: Path) -> None:
    project = tomllib.loads(next(block.text for block in BLOCKS if "[project]" in block.text))["project"]
    ((name, place),) = project["entry-points"]["thesis_convert.writers"].items()
    module, _, writer = place.partition(":")
    env = unpack_plugin(folder / "site", module, A_WRITER.text, {name: writer})

    done = run_command("samples/german/thesis.pdf", "--to", name, "-o", "-", cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    titles = [outline.get("text") for outline in ElementTree.fromstring(done.stdout).iter("outline")]
    printed = (ROOT / "samples/german/outline.txt").read_text(encoding="utf-8").splitlines()
    assert titles == [
        line.partition("\t")[0].strip().strip("()").replace("title page", "title-page") for line in printed
    ]

    words = ("samples/german/thesis.pdf", "--to", "outliner", "-O", "numbers=no", "-o", "-")
    without = run_command(*words, cwd=folder, env=env)
    assert 'text="Einleitung"' in without.stdout
    listed = run_command("--list-formats", "-v", cwd=folder, env=env).stdout
    assert "numbers=yes|no" in listed and "Put the printed number before each title. (default: yes)" in listed


def test_adding_a_writer_is_told_in_under_a_page() -> None:
    section = README.read_text(encoding="utf-8").split("## Adding a writer\n")[1].split("\n## ")[0]
    assert len(section.splitlines()) <= 72


# --- Tables -------------------------------------------------------------------------------------


def test_every_option_is_told_and_exists() -> None:
    told = [name for row in read_table("Options") for name in re.findall(r"(?<![\w-])--?[A-Za-z0][\w-]*", row[0])]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    exist = [name for option in options for name in (*option.opts, *option.secondary_opts)]
    assert sorted(told) == sorted([*exist, "-h", "--help"])


def test_every_format_is_told_with_its_options() -> None:
    for name, aliases, suffix, _, told in read_table("Formats"):
        (writer,) = (writer for writer in list_writers(pytest.fail) if name == f"`{writer.name}`")
        assert re.findall(r"`(.+?)`", aliases) == list(writer.aliases)
        assert suffix == f"`{writer.extension}`"
        written = dict(option.split("=") for option in re.findall(r"`([\w-]+=[\w|]+)`", told))
        defaults = {field.name.replace("_", "-"): field.default for field in dataclasses.fields(writer.options)}
        assert list(written) == list(defaults)
        for option, takes in (row[0].split("=") for row in describe_options(writer)):
            usual, *others = written[option].split("|")
            default = {True: "yes", False: "no"}.get(defaults[option], str(defaults[option]))
            assert usual == default, option
            assert takes == "number" if not others else sorted(takes.split("|")) == sorted([usual, *others]), option
    assert len(read_table("Formats")) == len(list_writers(pytest.fail))


def test_every_exit_code_is_told() -> None:
    assert [(int(code), name.strip("`"), text) for code, name, text in read_table("Exit codes")] == [
        (int(code), code.name, MEANINGS[code]) for code in ExitCode
    ]


def test_every_warning_is_told() -> None:
    told = [code for row in read_table("Warnings") for code in re.findall(r"`([\w-]+)`", row[0])]
    assert sorted(told) == sorted(Code)


def test_every_program_that_tests_need_is_told_and_installed_by_ci() -> None:
    rows = [[cell.strip("`") for cell in row[:2]] for row in read_table("Start")]
    assert dict(rows) == PACKAGES
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert all(f"{program}={package}" in script for program, package in PACKAGES.items())


# --- Files --------------------------------------------------------------------------------------


def test_the_rooms_are_those_of_the_house() -> None:
    """Everything at the top of the package and of the loader is told, and nothing else."""
    tree = next(block.text for block in BLOCKS if block.text.startswith("thesis_convert/\n"))
    told, folders = set(), [""]
    for line in tree.splitlines()[1:]:
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.split()[0]
        del folders[depth:]
        folders.append(name)
        told.add("".join(folders))
    package = ROOT / "thesis_convert"
    paths = [path for place in (package, package / "loader") for path in place.iterdir()]
    exist = {f"{path.relative_to(package).as_posix()}{'/' if path.is_dir() else ''}" for path in paths}
    assert told == {name for name in exist if "__pycache__" not in name and name != "loader/__init__.py"}


def test_every_file_and_link_that_is_named_exists() -> None:
    text = README.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or (ROOT / target).exists(), target
    for name in re.findall(r"`((?:samples|tests|thesis_convert|\.ci)/[\w./]*)`", text):
        assert (ROOT / name).exists(), name
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= headings


def test_the_picture_is_small_and_shows_something() -> None:
    picture = ROOT / "samples/result.png"
    assert picture.stat().st_size < 200_000
    with Image.open(picture) as image:
        assert image.format == "PNG" and image.width >= 1200
        assert len(image.getcolors(1 << 16) or []) > 16
