"""The commands of the Dockerfile as a shell script that does the same below a folder, for `.ci/run`.

    python tests/dockerfile.py folder | bash -eux

What the image has in /src and /opt comes to be in the folder, and so does its user; Debian's packages are
installed where they belong. Its last line is run as that user, with what the image does when nothing is said.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

DOCKERFILE = Path(__file__).parent.parent / "Dockerfile"
# Folders of the image that this machine may have too.
OWN = re.compile(r"(?<=[\s'\"])/(src|opt)/?(?=[\w\s-]|$)")


def read_lines() -> list[tuple[str, str]]:
    """The instructions with their words."""
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line and line[0] != "#"]


def translate(folder: str) -> Iterator[str]:
    """A line of shell for each instruction that does something."""
    yield f"mkdir -p {folder}/src {folder}/opt {folder}/etc && touch {folder}/etc/passwd {folder}/etc/group"
    words: list[str] = []
    for instruction, rest in read_lines():
        moved = OWN.sub(lambda found: f"{folder}/{found[1]}/", f" {rest}").strip()
        if instruction == "RUN":
            yield moved.replace("useradd ", f"useradd --prefix {folder} ")
        elif instruction == "COPY":
            yield f"cp -r {moved}"
        elif instruction in ("ENTRYPOINT", "CMD"):
            words += [word.replace("/opt/", f"{folder}/opt/") for word in json.loads(rest)]
    run = "setpriv --reuid 1000 --clear-groups" if Path("/proc/self/status").exists() else ""
    yield f"chmod -R a+rX {folder} && {run} {shlex.join(words)}"


if __name__ == "__main__":
    print("\n".join(translate(shlex.quote(sys.argv[1]))))
