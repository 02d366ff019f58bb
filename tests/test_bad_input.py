"""Inputs and places that cannot be used: each has its message, its advice and its exit code, and leaves nothing."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import COMMAND, make_environment, run_command
from tests.pdfs import encrypt, make_pdf, make_scan, make_thesis
from tests.tools import mount_disk

# Without these, the superuser may write as little as anybody else.
UNPRIVILEGED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "thesis.pdf": make_thesis(),
        "empty.pdf": b"",
        "text.pdf": b"This is no PDF at all.\n",
        "page.pdf": b"<!DOCTYPE html><title>Log in to download</title>",
        "header.pdf": b"%PDF-1.7\n",
        "no-pages.pdf": make_pdf([]),
        "scan.pdf": make_scan(),
        "locked.pdf": encrypt(make_thesis(), "sesame"),
        "right.txt": b"sesame\n",
        "wrong.txt": b"open\n",
        "none.txt": b"",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.pdf").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code", "told", "advice"),
    [
        (["gone.pdf"], 4, "no such file", "name"),
        (["folder.pdf"], 4, "is a folder", "folder.pdf/*.pdf"),
        (["thesis.pdf/inner.pdf"], 4, "cannot be read", ""),
        (["empty.pdf"], 4, "empty.pdf", ""),
        (["text.pdf"], 4, "text.pdf", ""),
        (["page.pdf"], 4, "page.pdf", ""),
        (["header.pdf"], 4, "header.pdf", ""),
        (["no-pages.pdf"], 4, "no-pages.pdf", ""),
        (["/dev/zero"], 4, "is no file", ""),
        (["locked.pdf"], 5, "encrypted", "--password-file"),
        (["locked.pdf", "--password-file", "wrong.txt"], 5, "password", "--password-file"),
        (["locked.pdf", "--password-file", "none.txt"], 5, "encrypted", "--password-file"),
        (["scan.pdf"], 6, "scan", "ocrmypdf scan.pdf"),
        (["thesis.pdf", "--pages", "1-6"], 2, "--pages 1-6", "5 pages"),
        (["thesis.pdf", "--pages", "label:v"], 2, "no such page", "printed i to 4"),
        (["thesis.pdf", "--pages", "two"], 2, "--pages two", "5 pages"),
        (["thesis.pdf", "--to", "docx"], 2, "unknown format 'docx'", "The formats are"),
    ],
)
def test_each_has_its_message_and_code(folder: Path, words: list[str], code: int, told: str, advice: str) -> None:
    before = sorted(folder.iterdir())
    done = run_command(*words, "--to", "json,txt", cwd=folder)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("thesis-convert: ")
    assert told in lines[0] and (code == 2 or words[0] in lines[0])
    assert advice in lines[1] and lines[1]
    assert sorted(folder.iterdir()) == before


def test_the_right_password_opens(folder: Path) -> None:
    for words, given in ((["--password-file", "right.txt"], None), (["--password-file", "-"], "sesame\n")):
        done = run_command("locked.pdf", "--to", "txt", "-o", "-", *words, cwd=folder, input=given)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Rivers" in done.stdout


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_pdf_is_read_as_far_as_it_goes_or_refused(folder: Path, share: float) -> None:
    whole = (folder / "thesis.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[: int(share * len(whole))])
    done = run_command("cut.pdf", "--to", "txt", cwd=folder)
    assert done.returncode in (0, 4), done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "cut.txt").exists() == (done.returncode == 0)
    assert "cut.pdf" in done.stderr or done.returncode == 0


def test_a_name_of_any_bytes(folder: Path) -> None:
    name = os.fsdecode(b"th\xe8se \x1b[31m\n.pdf")
    (folder / name).write_bytes(make_thesis())
    done = run_command(name, "--to", "md", cwd=folder)
    assert done.returncode == 0
    assert done.stderr == "wrote th\\udce8se \\x1b[31m\\n.md\n"
    refused = run_command(name, "--to", "md", cwd=folder)
    assert refused.returncode == 7
    assert "\x1b" not in refused.stderr


def test_a_name_like_an_option(folder: Path) -> None:
    (folder / "--force.pdf").write_bytes(make_thesis())
    assert run_command("--to", "txt", "--", "--force.pdf", cwd=folder).returncode == 0
    assert (folder / "--force.txt").exists()


# --- Places that cannot be written ---------------------------------------------------------------


def run_unprivileged(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    prefix = UNPRIVILEGED if os.geteuid() == 0 else ()
    line = [*prefix, *COMMAND, *words]
    return subprocess.run(
        line, cwd=cwd, env=make_environment(None), capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    place = folder / "read-only"
    place.mkdir()
    shutil.copy(folder / "thesis.pdf", place)
    (place / "taken.txt").write_text("precious")
    place.chmod(0o555)
    yield place
    place.chmod(0o755)


@pytest.mark.parametrize("words", [[], ["-o", "read-only/taken.txt", "--force"], ["--output-dir", "read-only/new"]])
def test_a_folder_that_may_not_be_written(folder: Path, read_only: Path, words: list[str]) -> None:
    done = run_unprivileged("read-only/thesis.pdf", "--to", "txt", *words, cwd=folder)
    assert done.returncode == 7
    told, advice = done.stderr.splitlines()
    assert "cannot be written: permission denied" in told and "read-only/" in told
    assert "--output-dir" in advice
    assert sorted(path.name for path in read_only.iterdir()) == ["taken.txt", "thesis.pdf"]
    assert (read_only / "taken.txt").read_text() == "precious"


def test_a_pdf_that_may_not_be_read(folder: Path) -> None:
    (folder / "thesis.pdf").chmod(0)
    done = run_unprivileged("thesis.pdf", "--to", "txt", cwd=folder)
    assert done.returncode == 4
    assert "thesis.pdf may not be read: permission denied" in done.stderr


@pytest.mark.parametrize("output", ["thesis.pdf/book.txt", "x" * 300 + ".txt"])
def test_places_that_cannot_be(folder: Path, output: str) -> None:
    done = run_command("thesis.pdf", "-o", output, cwd=folder)
    assert done.returncode == 7
    assert "cannot be written" in done.stderr and len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_folder_with_the_name_of_the_output(folder: Path, force: list[str]) -> None:
    (folder / "thesis.txt").mkdir()
    done = run_command("thesis.pdf", "--to", "txt", *force, cwd=folder)
    assert done.returncode == 7
    assert "thesis.txt" in done.stderr
    assert list((folder / "thesis.txt").iterdir()) == []


def test_a_file_that_may_not_grow(folder: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    before = sorted(folder.iterdir())
    env = {"PYTHONDONTWRITEBYTECODE": "1"}
    done = run_command("thesis.pdf", "--to", "json,txt", "--output-dir", "new", cwd=folder, env=env, preexec_fn=limit)
    assert done.returncode == 7
    assert "cannot be written: file too large" in done.stderr
    assert sorted(folder.iterdir()) == before


@pytest.fixture
def full_disk(folder: Path) -> Iterator[Path]:
    """A file system with room for a few bytes."""
    with mount_disk(folder / "disk", "8k") as place:
        yield place


def test_a_full_disk(folder: Path, full_disk: Path) -> None:
    (full_disk / "thesis.json").write_text("precious")
    done = run_command("thesis.pdf", "--to", "json,epub", "--output-dir", "disk", "--force", cwd=folder)
    assert done.returncode == 7
    told, advice = done.stderr.splitlines()
    assert "cannot be written: no space left on device" in told and "disk/thesis." in told
    assert advice.startswith("Make room")
    assert [path.name for path in full_disk.iterdir()] == ["thesis.json"]
    assert (full_disk / "thesis.json").read_text() == "precious"
