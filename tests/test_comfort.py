"""Options from files and the environment, completion in shells, the man page, and help with what was mistyped."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from tests.commands import make_environment, run_command
from tests.pdfs import make_thesis
from thesis_convert.cli import command, run
from thesis_convert.errors import ExitCode
from thesis_convert.manual import format_manual


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder with a thesis in it, and a home with nothing in it."""
    (tmp_path / "a.pdf").write_bytes(make_thesis(1))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    return tmp_path


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".txt", ".json"))


# --- Options from elsewhere ----------------------------------------------------------------------


def test_what_is_nearer_counts_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line, then the environment, the folder's file, the user's file."""
    (folder / "home/thesis-convert").mkdir(parents=True)
    (folder / "home/thesis-convert/config.toml").write_text("to = ['json']\noutput-dir = 'user'\nquiet = true\n")
    assert run(["a.pdf"]) == 0
    (folder / "thesis-convert.toml").write_text("output-dir = 'here'\n")
    assert run(["a.pdf"]) == 0
    monkeypatch.setenv("THESIS_CONVERT_OUTPUT_DIR", "environment")
    assert run(["a.pdf"]) == 0
    assert run(["a.pdf", "--output-dir", "typed", "--to", "txt"]) == 0
    (folder / "other.toml").write_text("to = 'txt'\n")
    monkeypatch.delenv("THESIS_CONVERT_OUTPUT_DIR")
    assert run(["a.pdf", "--config", "other.toml"]) == 0
    monkeypatch.setenv("THESIS_CONVERT_CONFIG", "other.toml")
    assert run(["a.pdf", "--no-clobber"]) == 0
    assert list_files(folder) == ["a.txt", "environment/a.json", "here/a.json", "typed/a.txt", "user/a.json"]


def test_what_is_typed_wins_over_its_contrary(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.json").write_text("old")
    (folder / "thesis-convert.toml").write_text("no-clobber = true\nto = 'json'\nquiet = true\n")
    assert run(["a.pdf", "--force", "--verbose"]) == 0
    assert "wrote a.json" in capfd.readouterr().err
    assert run(["a.pdf", "--outline"]) == 0
    assert "1 Rivers" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("output_dir = 'x'", "Did you mean 'output-dir'?"),
        ("force = 'perhaps'", "Say yes or no."),
        ("jobs = 'many'", "'many' is not a valid integer range"),
        ("title = ['a']", "Say one word"),
        ("to = [", "is no TOML"),
        ("help = true", "no option"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(folder: Path, capfd: pytest.CaptureFixture[str], text: str, told: str) -> None:
    (folder / "thesis-convert.toml").write_text(text)
    assert run(["a.pdf", "--to", "json"]) == 2
    assert told in capfd.readouterr().err
    assert run(["a.pdf", "--to", "json", "--config", "gone.toml"]) == 2
    assert "gone.toml cannot be read" in capfd.readouterr().err


def test_several_values(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESIS_CONVERT_AUTHOR", "Ada One\nBo Two")
    (folder / "thesis-convert.toml").write_text("to = ['json', 'txt']\n[option]\nwrap = 50\n")
    assert run(["a.pdf"]) == 0
    assert "Ada One" in (folder / "a.json").read_text() and "Bo Two" in (folder / "a.json").read_text()
    assert max(map(len, (folder / "a.txt").read_text().splitlines())) <= 50


# --- Mistyped ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "meant"),
    [(["--outputdir", "x"], "--output-dir"), (["--to", "epbu"], "'epub'"), (["--tiemout", "3"], "--timeout")],
)
def test_what_was_meant_is_guessed(
    folder: Path, capfd: pytest.CaptureFixture[str], words: list[str], meant: str
) -> None:
    assert run(["a.pdf", "--to", "txt", *words]) == 2
    told = capfd.readouterr().err
    assert "Did you mean" in told and meant in told


# --- Completion and the man page -----------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_options_and_formats(folder: Path, shell: str) -> None:
    script = run_command("--completion", shell, cwd=folder)
    assert script.returncode == 0 and "thesis-convert" in script.stdout and f"{shell}_complete" in script.stdout
    for words, completed in (("--outp", "--output-dir"), ("--to md,t", "md,text"), ("--inspect p", "pages")):
        last = str(len(words.split())) if shell != "fish" else words.split()[-1]
        env = {
            "_THESIS_CONVERT_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": f"thesis-convert {words}",
            "COMP_CWORD": last,
        }
        assert completed in run_command(cwd=folder, env=env).stdout


def test_bash_takes_the_script(folder: Path) -> None:
    script = run_command("--completion", "bash", cwd=folder).stdout
    shell = f"{script}\ncomplete -p thesis-convert"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert "_thesis_convert_completion" in done.stdout and done.stderr == ""


def test_the_man_page_has_the_texts_of_the_help(folder: Path) -> None:
    page = format_manual(command, "thesis-convert")
    plain = page.replace("\\-", "-").replace("\\e", "\\")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(name in plain for name in parameter.opts) and str(parameter.help) in plain
    assert all(f".TP\n.B {int(code)}\n" in page for code in ExitCode)
    assert not re.search(r"^[.'](?!TH|SH|TP|B |nf|fi)", page, re.MULTILINE)
    if shutil.which("man"):
        (folder / "thesis-convert.1").write_text(page)
        env = make_environment({"MANROFFOPT": "-ww", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
        line = ["man", "--warnings", "-l", "thesis-convert.1"]
        done = subprocess.run(line, cwd=folder, env=env, capture_output=True, text=True, check=True)
        assert done.stderr == "" and "SIGTERM" in done.stdout


def test_the_man_page_is_printed(folder: Path) -> None:
    done = run_command("--man", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(".TH THESIS\\-CONVERT 1")
