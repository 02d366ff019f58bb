"""The command as a person or a script meets it: options, messages, streams, signals, exit codes."""

from __future__ import annotations

import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import COMMAND, WRITER, run_command, start_command, unpack_plugin
from tests.pdfs import make_thesis
from thesis_convert import conversion
from thesis_convert.cli import run
from thesis_convert.version import __version__

WARNING_WRITER = WRITER.replace(
    "        return Output",
    """        from thesis_convert.diagnostics import Code, Diagnostic
        for page in (3, 1, 3):
            context.report(Diagnostic(Code.UNSAFE_LINK, f"the link \\x1b[31m{page}", page))
        context.report(Diagnostic(Code.NO_HEADINGS, "no heading"))
        return Output""",
)
# Says that it is at work, and works on for a long time.
SLOW_WRITER = WRITER.replace(
    "        return Output",
    """        import pathlib, time
        pathlib.Path("site/ready").touch()
        time.sleep(float(__import__("os").environ.get("SECONDS", "60")))
        return Output""",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with thesis.pdf in it."""
    (tmp_path / "thesis.pdf").write_bytes(make_thesis())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def list_names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if "site" not in path.parts)


# --- Help and lists ------------------------------------------------------------------------------


def test_help_fits_two_screens_and_groups_options(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    text = capfd.readouterr().out
    assert len(text.splitlines()) <= 48
    assert re.findall(r"^(\w.*):$", text, re.M) == ["What to make", "What to read", "How to work", "What to say"]
    for option in ("--to", "--output", "--force", "--pages", "--password-file", "--outline", "--quiet", "--version"):
        assert option in text


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import thesis_convert", "click logging pypdf pypdfium2 PIL lxml ebooklib importlib.metadata"),
        (
            "from thesis_convert.cli import run; run(['-h'])",
            "logging pypdf pypdfium2 PIL lxml ebooklib importlib.metadata",
        ),
        ("from thesis_convert.cli import run; run(['--list-formats', '-v'])", "PIL lxml ebooklib"),
        (  # many inputs are read in other processes
            "import thesis_convert.actions, thesis_convert.batch.running",
            "thesis_convert.loader thesis_convert.document pypdf pypdfium2 PIL lxml ebooklib",
        ),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_used(code: str, unwanted: str) -> None:
    code += f"; import sys; sys.exit(' '.join(name for name in '{unwanted}'.split() if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-V"]) == 0
    assert capfd.readouterr().out == f"thesis-convert {__version__}\n"


def test_formats_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--list-formats"]) == 0
    rows = [line.split()[:2] for line in capfd.readouterr().out.splitlines()]
    assert rows == [["epub", ".epub"], ["html", ".html"], ["json", ".json"], ["markdown", ".md"], ["text", ".txt"]]


@pytest.mark.parametrize("name", ["epub", "html", "markdown", "md", "text", "txt", "json"])
def test_every_promised_name_of_a_format_works(folder: Path, name: str) -> None:
    assert run(["thesis.pdf", "--to", name, "--output-dir", "out"]) == 0
    (written,) = (path for path in (folder / "out").iterdir() if path.is_file())
    assert written.suffix == {"markdown": ".md", "text": ".txt"}.get(name, f".{name}")
    assert written.stat().st_size > 50


# --- Outputs -------------------------------------------------------------------------------------


def test_several_formats_are_written_from_one_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    load = conversion.load_document

    def count(*words: object) -> object:
        reads.append(words)
        return load(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(conversion, "load_document", count)
    assert run(["thesis.pdf", "--to", "json,txt", "--to", "md"]) == 0
    assert list_names(folder) == ["thesis.json", "thesis.md", "thesis.pdf", "thesis.txt"]
    assert len(reads) == 1


def test_an_output_that_exists_is_refused_kept_or_replaced(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "thesis.json").write_text("precious")
    assert run(["thesis.pdf", "--to", "json,txt"]) == 7
    assert "thesis.json exists already" in capfd.readouterr().err
    assert list_names(folder) == ["thesis.json", "thesis.pdf"]
    assert run(["thesis.pdf", "--to", "json,txt", "--no-clobber"]) == 0
    assert capfd.readouterr().err == "kept thesis.json, which exists already\nwrote thesis.txt\n"
    assert (folder / "thesis.json").read_text() == "precious"
    assert run(["thesis.pdf", "--to", "json,txt", "--force"]) == 0
    assert capfd.readouterr().err == "wrote thesis.json\nwrote thesis.txt\n"
    assert (folder / "thesis.json").read_text().startswith("{")


def test_nothing_is_read_when_all_is_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "thesis.json").touch()
    monkeypatch.delattr(conversion, "load_document")
    assert run(["thesis.pdf", "--to", "json", "--no-clobber"]) == 0
    assert run(["thesis.pdf", "--to", "json"]) == 7


def test_the_input_is_never_replaced(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = (folder / "thesis.pdf").read_bytes()
    (folder / "link.json").symlink_to("thesis.pdf")
    for name in ("thesis.pdf", "./thesis.pdf", "link.json"):
        assert run(["thesis.pdf", "--to", "json", "--force", "-o", name]) == 2
        assert "is an input too" in capfd.readouterr().err
    assert (folder / "thesis.pdf").read_bytes() == before


def test_many_inputs_go_into_one_folder(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "other.pdf").write_bytes(make_thesis(3))
    (folder / "bad.pdf").write_text("no PDF")
    words = ["thesis.pdf", "bad.pdf", "gone.pdf", "other.pdf", "--to", "json,txt", "--output-dir", "books/new"]
    assert run(words) == 1
    assert list_names(folder / "books") == [
        "new",
        *(f"new/{n}.{s}" for n in ("other", "thesis") for s in ("json", "txt")),
    ]
    errors = capfd.readouterr().err
    assert "thesis-convert: bad.pdf: " in errors and "thesis-convert: gone.pdf: " in errors
    assert run(["bad.pdf", "gone.pdf", "--to", "json"]) == 4


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    other = folder / "elsewhere"
    other.mkdir()
    (other / "thesis.pdf").write_bytes((folder / "thesis.pdf").read_bytes())
    os.utime(other / "thesis.pdf", (1, 1))
    for place, seed in ((folder, "1"), (other, "2")):
        env = {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        assert run_command("thesis.pdf", "--to", "epub,md,txt,json", cwd=place, env=env).returncode == 0
    for suffix in ("epub", "md", "txt", "json"):
        assert (folder / f"thesis.{suffix}").read_bytes() == (other / f"thesis.{suffix}").read_bytes()


# --- What is told --------------------------------------------------------------------------------


def test_the_outline_shows_titles_and_printed_pages(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["thesis.pdf", "--outline"]) == 0
    rows = [re.fullmatch(r"( *)(.*?) \.{3,} (\S+)", line) for line in capfd.readouterr().out.splitlines()]
    assert [row.groups() for row in rows if row][-2:] == [("", "1 Rivers", "1"), ("", "2 Methods of Counting", "3")]
    assert list_names(folder) == ["thesis.pdf"]


def test_pages_are_left_out(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["thesis.pdf", "--outline", "--pages", "label:3-"]) == 0
    assert "Rivers" not in (text := capfd.readouterr().out)
    assert "2 Methods of Counting" in text


def test_outlines_of_several_files_have_names(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "other.pdf").write_bytes(make_thesis(1))
    assert run(["thesis.pdf", "other.pdf", "--outline"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "thesis.pdf" and "other.pdf" in lines[1:]


def test_title_author_and_language_replace_what_was_found(folder: Path) -> None:
    words = ["--title", "Mine", "--author", "A One", "--author", "B Two", "--lang", "pt-BR"]
    assert run(["thesis.pdf", "--to", "txt,md", *words]) == 0
    head = (folder / "thesis.md").read_text().split("\n---")[0]
    for word in ("Mine", "A One", "B Two", "pt-BR"):
        assert word in head


def test_warnings_are_summed_up_or_told_with_their_pages(folder: Path) -> None:
    env = unpack_plugin(folder / "site", "warning_package", WARNING_WRITER, {"shout": "ShoutWriter"})
    words = ("thesis.pdf", "--to", "shout", "-o", "/dev/null")
    brief = run_command(*words, cwd=folder, env=env)
    assert brief.returncode == 0
    assert brief.stderr.splitlines() == [
        "wrote /dev/null",
        "warning: thesis.pdf: unsafe-link, 3 times (pages 1, 3): the link \\x1b[31m3",
        "warning: thesis.pdf: no-headings: no heading",
    ]
    told = run_command(*words, "--verbose", cwd=folder, env=env).stderr
    assert "warning: thesis.pdf, page 1: unsafe-link: the link" in told
    assert run_command(*words, "--quiet", cwd=folder, env=env).stderr == ""
    assert run_command(*words, "--quiet", "--strict", cwd=folder, env=env).returncode == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--to", "jsno"], "Did you mean 'json'?"),
        (["--tto", "json"], "'--to'"),
        (["--to", "json", "-qv"], "--quiet and --verbose exclude each other"),
        (["--to", "json", "-fn"], "--force and --no-clobber exclude each other"),
        (["--outline", "--to", "json"], "--outline and --to exclude each other"),
        (["--to", "json", "--lang", "zh_CN"], "--lang zh_CN is no language tag"),
        (["--to", "json", "-O", "pictures"], "-O pictures sets nothing"),
        (["--to", "json", "--password-file", "gone"], "--password-file gone cannot be read"),
        (["-", "--to", "json", "--password-file", "-"], "standard input cannot give both"),
        ([], "no format is named"),
    ],
)
def test_usage_errors(folder: Path, capfd: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    assert run(["thesis.pdf", *words]) == 2
    output = capfd.readouterr()
    assert output.out == ""
    assert told in output.err
    assert len(output.err.splitlines()) == 2
    assert list_names(folder) == ["thesis.pdf"]


def test_no_input_at_all(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "no input is named" in capfd.readouterr().err


def test_a_fault_of_the_program_is_told_without_a_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*words: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(conversion, "load_document", fail)
    assert run(["thesis.pdf", "--to", "json"]) == 70
    errors = capfd.readouterr().err
    assert errors.startswith("thesis-convert: thesis.pdf: internal error: ZeroDivisionError: a fault\n")
    assert "--verbose" in errors and "Traceback" not in errors
    assert run(["thesis.pdf", "--to", "json", "--verbose"]) == 70
    assert "Traceback" in capfd.readouterr().err


# --- Streams -------------------------------------------------------------------------------------


def test_standard_output_carries_the_data_alone(folder: Path) -> None:
    done = run_command("thesis.pdf", "--to", "txt", "--output", "-", cwd=folder)
    assert done.returncode == 0
    assert "something is said about rivers" in done.stdout
    assert done.stderr == ""
    assert list_names(folder) == ["thesis.pdf"]


@pytest.mark.parametrize("source", ["cat thesis.pdf |", "< thesis.pdf"])
def test_a_pdf_from_standard_input(folder: Path, source: str) -> None:
    run(["thesis.pdf", "--to", "json"])
    line = f"{source} {shlex.join(COMMAND)} - --to json"
    done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (folder / "thesis.json").read_bytes()


def test_a_pdf_from_a_named_pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    process = start_command("pipe", "-o", "out.txt", cwd=folder)
    (folder / "pipe").write_bytes((folder / "thesis.pdf").read_bytes())
    assert process.communicate(timeout=60) == (None, "wrote out.txt\n")
    assert "rivers" in (folder / "out.txt").read_text()


def test_errors_about_standard_input_say_so(folder: Path) -> None:
    done = run_command("-", "--to", "json", cwd=folder, input="no PDF")
    assert done.returncode == 4
    assert done.stderr.startswith("thesis-convert: standard input")
    assert "/tmp" not in done.stderr


def test_devices_are_written_to_and_never_replaced(folder: Path) -> None:
    for words in (["/dev/null"], ["/dev/null", "--force"], ["/dev/stdout", "--force"]):
        with (folder / "site").open("wb") as out:
            assert run_command("thesis.pdf", "--to", "txt", "-o", *words, cwd=folder, stdout=out).returncode == 0
    assert Path("/dev/null").is_char_device() and Path("/dev/stdout").is_symlink()
    assert "rivers" in (folder / "site").read_text()


def test_binary_data_is_not_thrown_at_a_terminal(folder: Path) -> None:
    controller, terminal = pty.openpty()
    try:
        done = run_command("thesis.pdf", "--to", "epub", "-o", "-", cwd=folder, stdout=terminal, stderr=subprocess.PIPE)
        assert done.returncode == 2
        assert "standard output is a terminal" in done.stderr
        text = run_command("thesis.pdf", "--to", "txt", "-o", "-", cwd=folder, stdout=terminal, stderr=subprocess.PIPE)
        assert (text.returncode, text.stderr) == (0, "")
        assert b"Thesis" in os.read(controller, 4096)
    finally:
        os.close(controller)
        os.close(terminal)


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = run_command("thesis.pdf", "--to", "txt", "-o", "-", cwd=folder, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, "")


@pytest.mark.parametrize("words", [["thesis.pdf", "--to", "txt", "-o", "-"], ["thesis.pdf", "--outline"]])
def test_closed_streams(folder: Path, words: list[str]) -> None:
    shell = 'exec "$@" >&-'
    done = subprocess.run(
        ["sh", "-c", shell, "sh", *COMMAND, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 7
    assert "standard output is closed" in done.stderr
    silent = subprocess.run(["sh", "-c", 'exec "$@" >&- 2>&- <&-', "sh", *COMMAND, *words], cwd=folder, check=False)
    assert silent.returncode == 7


@pytest.mark.parametrize("words", [["thesis.pdf", "--to", "txt", "-o", "-"], ["thesis.pdf", "--outline"], ["--help"]])
def test_standard_output_on_a_full_disk(folder: Path, words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run_command(*words, cwd=folder, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 7
    assert "no space left" in done.stderr.lower()
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


# --- Signals -------------------------------------------------------------------------------------


@pytest.fixture
def slow(folder: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts a conversion that takes a minute, and gives it when it is in the middle of its work."""
    env = unpack_plugin(folder / "site", "slow_package", SLOW_WRITER, {"shout": "ShoutWriter"})

    def start(*words: str, **more: object) -> subprocess.Popen[str]:
        process = start_command(*words, "--to", "shout", cwd=folder, env=env | {"TMPDIR": str(folder)}, **more)
        wait_for(folder / "site" / "ready", process)
        return process

    return start


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    """Waits until the process has made a file."""
    for _ in range(600):
        if path.exists():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(process.communicate()[1])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("source", ["thesis.pdf", "-"])
def test_a_signal_ends_the_work_and_leaves_nothing(
    folder: Path, slow: Callable[..., subprocess.Popen[str]], number: signal.Signals, code: int, source: str
) -> None:
    with (folder / "thesis.pdf").open("rb") as pdf:
        process = slow(source, "--output-dir", "new/folder", stdin=pdf)
    process.send_signal(number)
    assert process.communicate(timeout=10)[1] == "thesis-convert: interrupted\n"
    assert process.returncode == code
    assert list_names(folder) == ["thesis.pdf"]


def test_a_signal_that_the_caller_ignores_stays_ignored(
    folder: Path, slow: Callable[..., subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDS", "0.5")
    process = slow("thesis.pdf", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    assert process.communicate(timeout=10)[1] == "wrote thesis.shout\n"
    assert process.returncode == 0


def test_asking_twice_ends_work_that_does_not_stop(folder: Path) -> None:
    source = WRITER.replace(
        "        return Output",
        """        import pathlib, time
        for name in ("ready", "swallowed"):
            try:
                pathlib.Path("site", name).touch()
                time.sleep(60)
            except BaseException:
                pass
        return Output""",
    )
    env = unpack_plugin(folder / "site", "stubborn_package", source, {"shout": "ShoutWriter"})
    process = start_command("thesis.pdf", "--to", "shout", cwd=folder, env=env)
    for name in ("ready", "swallowed"):
        wait_for(folder / "site" / name, process)
        process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    process.communicate()
    assert list_names(folder) == ["thesis.pdf"]


def test_of_two_at_once_one_wins(folder: Path) -> None:
    env = unpack_plugin(folder / "site", "slow_package", SLOW_WRITER, {"shout": "ShoutWriter"}) | {"SECONDS": "1"}
    both = [start_command("thesis.pdf", "--to", "shout", cwd=folder, env=env) for _ in range(2)]
    told = [process.communicate(timeout=60)[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 7], told
    assert (folder / "thesis.shout").read_text() == "A SMALL THESIS!"
    assert list_names(folder) == ["thesis.pdf", "thesis.shout"]
