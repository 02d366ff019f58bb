"""The command over whole theses, and what is expected to come out.

Each folder in `cases/` is a case. `command` is what a user types in the project's folder; `expected/`
holds what that writes: the files, with EPUBs unpacked, and what it prints as `stdout` and `stderr`.
`files` in it lists every output, pictures with their sizes instead of their bytes, which change
with the version of the library that packs them. Where a case has a file `only`, the texts that
match its patterns are compared and the others are only listed, so that a case stays small.

After a change that is meant, `python -m pytest --accept` writes down what comes out now; the
difference is then looked through with git.
"""

from __future__ import annotations

import difflib
import io
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from PIL import Image

from tests.commands import run_command

ROOT = Path(__file__).parent.parent
CASES = sorted(path.parent for path in Path(__file__).parent.glob("cases/*/command"))
PICTURES = {".png", ".jpg", ".jpeg"}
# More lines of difference than this are not read on a terminal.
MAX_LINES = 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = select_texts(run_case(case, tmp_path), case)
    folder = case / "expected"
    if request.config.getoption("--accept"):
        write_texts(found, folder)
    expected = read_texts(folder)
    changes = [line for name in sorted({*found, *expected}) for line in compare(name, expected, found)]
    if changes:
        more = [f"... and {len(changes) - MAX_LINES} lines more"] if len(changes) > MAX_LINES else []
        advice = "If that is meant, accept it with: python -m pytest --accept tests/test_cases.py"
        pytest.fail("\n".join([*changes[:MAX_LINES], *more, advice]), pytrace=False)


def run_case(case: Path, folder: Path) -> dict[str, bytes]:
    """What the case's command prints and writes, by name. It runs in a folder that has the samples."""
    program, *words = shlex.split((case / "command").read_text(encoding="utf-8"))
    assert program == "thesis-convert"
    (folder / "samples").symlink_to(ROOT / "samples")
    done = run_command(*words, cwd=folder)
    assert done.returncode == 0, done.stderr
    printed = {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return dict(unpack_books({name: data for name, data in printed.items() if data} | written))


def unpack_books(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name, data in files.items():
        if not name.endswith(".epub"):
            yield name, data
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}/{member}", archive.read(member)


def select_texts(files: dict[str, bytes], case: Path) -> dict[str, str]:
    """The texts that the case compares, and the list of everything as `files`."""
    only = case / "only"
    patterns = only.read_text(encoding="utf-8").split() if only.exists() else ["*"]
    texts = {name: data.decode() for name, data in files.items() if Path(name).suffix not in PICTURES}
    chosen = {name: text for name, text in texts.items() if any(fnmatch(name, pattern) for pattern in patterns)}
    listed = [name if name in texts else f"{name}: {measure_picture(data)}" for name, data in files.items()]
    return chosen | {"files": "".join(f"{line}\n" for line in listed)}


def measure_picture(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as image:
        return f"{image.format}, {image.width} x {image.height}"


def read_texts(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def write_texts(texts: dict[str, str], folder: Path) -> None:
    """Makes `folder` hold these texts and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def compare(name: str, expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """What differs in one file, as the lines of a diff."""
    if name not in found:
        return [f"{name} is expected and was not written"]
    if name not in expected:
        return [f"{name} was written and is not expected"]
    old, new = expected[name].splitlines(), found[name].splitlines()
    lines = list(difflib.unified_diff(old, new, f"expected {name}", f"found {name}", lineterm="", n=1))
    if not lines and expected[name] != found[name]:
        return [f"{name} differs in its line ends"]
    return lines


# --- The test itself ----------------------------------------------------------------------------


def run_pytest(root: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the tests of the cases in a copy of the project, so that its own cases stay as they are."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | variables
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_cases.py::test_case", *words]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one case, which expects nothing yet."""
    root = tmp_path_factory.mktemp("project")
    for name in ("thesis_convert", "samples", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    (root / "tests/cases/one").mkdir(parents=True)
    for name in ("conftest.py", "commands.py", "test_cases.py", "document.json"):
        shutil.copy(ROOT / "tests" / name, root / "tests" / name)
    command = "thesis-convert samples/german/thesis.pdf --pages 2 --to text --output-dir .\n"
    (root / "tests/cases/one/command").write_text(command)
    return root


def test_accepting_writes_what_is_expected_and_a_change_fails(copied: Path) -> None:
    expected = copied / "tests/cases/one/expected"
    fresh = run_pytest(copied)
    assert fresh.returncode == 1
    assert "thesis.txt was written and is not expected" in fresh.stdout and "--accept" in fresh.stdout
    assert not expected.exists()

    assert run_pytest(copied, "--accept").returncode == 0
    assert (expected / "files").read_text() == "stderr\nthesis.txt\n"
    assert "Zusammenfassung" in (expected / "thesis.txt").read_text()
    assert run_pytest(copied).returncode == 0

    (expected / "thesis.txt").write_text((expected / "thesis.txt").read_text().replace("Kelvin", "Grad"))
    (expected / "gone.txt").write_text("old\n")
    changed = run_pytest(copied)
    assert changed.returncode == 1
    assert "gone.txt is expected and was not written" in changed.stdout
    assert [line for line in changed.stdout.splitlines() if line.startswith("-") and "Grad" in line]
    assert [line for line in changed.stdout.splitlines() if line.startswith("+") and "Kelvin" in line]


def test_ci_does_not_accept(copied: Path) -> None:
    done = run_pytest(copied, "--accept", CI="true")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "CI does not accept" in done.stderr
