"""Running the command as a process of its own, and packages that bring a writer for the tests."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from textwrap import dedent
from typing import Any

COMMAND = (sys.executable, "-m", "thesis_convert")

# A whole third-party writer; tests add to it what they are about.
WRITER = """
from dataclasses import dataclass, field
from thesis_convert.writers import Output

@dataclass(frozen=True)
class Options:
    mark: str = field(default="!", metadata={"help": "What stands after every line."})
    times: int = field(default=1, metadata={"help": "How often it stands there."})

class ShoutWriter:
    name = "shout"
    aliases = ("loud",)
    extension = ".shout"
    media_type = "text/plain"
    binary = False
    description = "the title in capitals"
    options = Options

    def write(self, document, options, context):
        return Output((document.metadata.title.upper() + options.mark * options.times).encode())
"""


def run_command(*words: str | Path, cwd: Path, env: dict[str, str] | None = None, **more: Any) -> Any:
    """Runs the command in the folder `cwd` and gives the completed process, with its output as text."""
    more = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60} | more
    if "stdout" in more or "stderr" in more:
        del more["capture_output"]
    return subprocess.run([*COMMAND, *map(str, words)], cwd=cwd, env=make_environment(env), **more)


def start_command(
    *words: str | Path, cwd: Path, env: dict[str, str] | None = None, **more: Any
) -> subprocess.Popen[str]:
    """Starts the command and does not wait; its standard error can be read as text."""
    more = {"stderr": subprocess.PIPE, "text": True} | more
    return subprocess.Popen([*COMMAND, *map(str, words)], cwd=cwd, env=make_environment(env), **more)


def make_environment(more: dict[str, str] | None) -> dict[str, str]:
    """The environment with `more`, where PYTHONPATH is put before what is there."""
    environment = dict(os.environ) | (more or {})
    paths = [(more or {}).get("PYTHONPATH", ""), os.environ.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return environment


def make_wheel(folder: Path, module: str, source: str, entry_points: dict[str, str]) -> Path:
    """Builds a package of one module, with writers as entry points (format -> class), ready for pip."""
    dist = f"{module}-1.0.dist-info"
    listed = "".join(f"{name} = {module}:{value}\n" for name, value in entry_points.items())
    files = {
        f"{module}.py": dedent(source),
        f"{dist}/METADATA": f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n",
        f"{dist}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{dist}/entry_points.txt": f"[thesis_convert.writers]\n{listed}",
        f"{dist}/RECORD": "",
    }
    wheel = folder / f"{module}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return wheel


def unpack_plugin(folder: Path, module: str, source: str, entry_points: dict[str, str]) -> dict[str, str]:
    """Lays a package out as pip would, and gives the environment in which it is found."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(make_wheel(folder, module, source, entry_points)) as archive:
        archive.extractall(folder)
    return {"PYTHONPATH": str(folder)}
