"""The README's blocks, and the commands in it that set everything up.

python tests/readme.py 1        # prints the first of those two commands, for .ci/run
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).parent.parent / "README.md"
SETS_UP = "python3 -m venv"


class Block(NamedTuple):
    """A fenced block: its language and its text."""

    language: str
    text: str


def read_blocks() -> list[Block]:
    """All fenced blocks in their order."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [Block(*parts) for parts in found]


def find_recipes() -> list[Block]:
    """The blocks about many files, which `tests/test_recipes.py` runs on small ones."""
    section = README.read_text(encoding="utf-8").split("### Many files\n", 1)[1].split("\n### ", 1)[0]
    return [block for block in read_blocks() if block.text in section]


def read_table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, each a list of its cells as written."""
    below = README.read_text(encoding="utf-8").split(f"# {heading}\n", 1)[1]
    lines = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert lines, heading
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines[0].splitlines()[2:]]
    return [[cell.strip().replace(r"\|", "|") for cell in row] for row in rows]


if __name__ == "__main__":
    commands = [block.text for block in read_blocks() if block.text.startswith(SETS_UP)]
    sys.stdout.write(commands[int(sys.argv[1]) - 1])
