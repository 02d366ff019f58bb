"""A writer of another package: installed by pip, used through --to, and what happens when it is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import WRITER, make_wheel, run_command, unpack_plugin
from tests.pdfs import make_thesis

BROKEN = "import a_package_that_nobody_has\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "thesis.pdf").write_bytes(make_thesis())
    return tmp_path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a process for which pip installed a package with the format "shout"."""
    place = tmp_path_factory.mktemp("site")
    wheel = make_wheel(tmp_path_factory.mktemp("wheel"), "shouting", WRITER, {"shout": "ShoutWriter"})
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", place, wheel]
    subprocess.run(pip, check=True, timeout=120)
    return {"PYTHONPATH": str(place)}


@pytest.mark.parametrize("words", [["--to", "shout"], ["--to", "loud"], ["-o", "thesis.shout"]])
def test_an_installed_writer_is_used_by_name_alias_and_suffix(
    folder: Path, installed: dict[str, str], words: list[str]
) -> None:
    done = run_command("thesis.pdf", *words, cwd=folder, env=installed)
    assert done.returncode == 0, done.stderr
    assert (folder / "thesis.shout").read_text() == "A SMALL THESIS!"


def test_options_of_an_installed_writer(folder: Path, installed: dict[str, str]) -> None:
    listed = run_command("--list-formats", "--verbose", cwd=folder, env=installed).stdout
    assert "the title in capitals (also: loud)" in listed
    assert "mark=text" in listed and "What stands after every line. (default: !)" in listed
    assert "times=number" in listed
    words = ["thesis.pdf", "--to", "shout", "-o", "-", "-O", "mark=?"]
    done = run_command(*words, "-O", "times=3", cwd=folder, env=installed)
    assert done.stdout == "A SMALL THESIS???"
    wrong = run_command(*words, "-O", "tmies=3", cwd=folder, env=installed)
    assert wrong.returncode == 2
    assert "'tmies'" in wrong.stderr and "Did you mean 'times'?" in wrong.stderr
    wrong = run_command(*words, "-O", "times=often", cwd=folder, env=installed)
    assert wrong.returncode == 2
    assert "times=often is not number" in wrong.stderr


def test_a_broken_writer_is_a_warning(folder: Path) -> None:
    env = unpack_plugin(folder / "site", "broken_package", BROKEN, {"broken": "Writer"})
    listed = run_command("--list-formats", cwd=folder, env=env)
    assert listed.returncode == 0
    assert "json" in listed.stdout
    assert "warning: plugin-broken: broken" in listed.stderr and "a_package_that_nobody_has" in listed.stderr
    assert run_command("thesis.pdf", "--to", "json", cwd=folder, env=env).stderr == "wrote thesis.json\n"


def test_asking_for_a_broken_writer_ends_with_8(folder: Path) -> None:
    env = unpack_plugin(folder / "site", "broken_package", BROKEN, {"broken": "Writer"})
    done = run_command("thesis.pdf", "--to", "broken", cwd=folder, env=env)
    assert done.returncode == 8
    assert "a_package_that_nobody_has" in done.stderr and "Reinstall the package broken_package" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_writer_that_is_no_writer(folder: Path) -> None:
    source = WRITER.replace('extension = ".shout"', "")
    env = unpack_plugin(folder / "site", "half_package", source, {"shout": "ShoutWriter"})
    done = run_command("thesis.pdf", "--to", "shout", cwd=folder, env=env)
    assert done.returncode == 8
    assert "it has no extension" in done.stderr


def test_another_package_cannot_take_a_format_over(folder: Path) -> None:
    env = unpack_plugin(folder / "site", "a_package", WRITER, {"json": "ShoutWriter"})
    done = run_command("thesis.pdf", "--to", "json", cwd=folder, env=env)
    assert done.returncode == 0
    assert "A SMALL THESIS!" not in (folder / "thesis.json").read_text()
    assert "warning: plugin-broken: json (a_package:ShoutWriter)" in done.stderr


def test_a_writer_that_fails_is_an_internal_error(folder: Path) -> None:
    source = WRITER.replace("return Output(", "raise KeyError(")
    env = unpack_plugin(folder / "site", "failing_package", source, {"shout": "ShoutWriter"})
    done = run_command("thesis.pdf", "--to", "json,shout", cwd=folder, env=env)
    assert done.returncode == 70
    assert "thesis.pdf: internal error: KeyError" in done.stderr and "--verbose" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["site", "thesis.pdf"]
    told = run_command("thesis.pdf", "--to", "shout", "--verbose", cwd=folder, env=env)
    assert told.returncode == 70
    assert "Traceback" in told.stderr and "failing_package.py" in told.stderr


@pytest.mark.parametrize("name", ["../thief", "/tmp/thief", "thief", "thesis_media/../../thief", "other/thief"])
def test_a_writer_cannot_write_outside_its_folder(folder: Path, name: str) -> None:
    source = WRITER.replace(".encode())", f".encode(), {{{name!r}: b'stolen'}})")
    env = unpack_plugin(folder / "site", "stealing_package", source, {"shout": "ShoutWriter"})
    done = run_command("thesis.pdf", "--to", "shout", cwd=folder, env=env)
    assert done.returncode == 70
    assert name in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["site", "thesis.pdf"]


def test_what_a_writer_prints_stays_out_of_the_data(folder: Path) -> None:
    source = WRITER.replace("        return Output", "        print('chatter')\n        return Output")
    env = unpack_plugin(folder / "site", "chatting_package", source, {"shout": "ShoutWriter"})
    done = run_command("thesis.pdf", "--to", "shout", "-o", "-", cwd=folder, env=env)
    assert done.stdout == "A SMALL THESIS!"
    assert "chatter" in done.stderr
