"""A cluster of dask.distributed with two workers does the work, one of them being killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands import WRITER, make_environment, run_command, start_command, unpack_plugin
from tests.pdfs import make_thesis

if not importlib.util.find_spec("distributed"):
    pytest.skip("dask.distributed is missing: pip install 'thesis-convert[dask]'", allow_module_level=True)
# In a process of its own: the library leaves files open.
WAIT = "import sys; from distributed import Client; Client(sys.argv[1]).wait_for_workers(2, timeout=60)"

# Takes its time, and writes down which worker it works for.
SLOW_WRITER = WRITER.replace(
    "        return Output",
    """        import os, pathlib, time
        if context.stem == "crash":
            os.abort()
        with pathlib.Path("site", "workers").open("a") as file:
            file.write(f"{os.getppid()}\\n")
        time.sleep(0.5)
        return Output""",
)


class Cluster(NamedTuple):
    address: str
    workers: list[subprocess.Popen[bytes]]
    env: dict[str, str]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, which are in another folder than the command."""
    env = unpack_plugin(tmp_path / "site", "slow_package", SLOW_WRITER, {"shout": "ShoutWriter"})
    dask = (sys.executable, "-m", "dask")
    place = tmp_path / "scheduler.json"
    quiet = {"cwd": "/", "env": make_environment(env), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place))
    worker = ("worker", "--scheduler-file", str(place), "--no-nanny", "--nthreads", "1", "--no-dashboard")
    processes = [subprocess.Popen([*dask, *scheduler], **quiet)]  # type: ignore[call-overload]
    folders = [tmp_path / "w1", tmp_path / "w2"]
    try:
        for folder in folders:
            folder.mkdir()
            line = [*dask, *worker, "--local-directory", str(folder)]
            processes.append(subprocess.Popen(line, **quiet))  # type: ignore[call-overload]
        address = ""
        for _ in range(600):
            if place.exists() and place.stat().st_size:
                address = json.loads(place.read_text())["address"].removeprefix("tcp://")
                break
            time.sleep(0.05)
        assert address
        subprocess.run([sys.executable, "-c", WAIT, f"tcp://{address}"], **quiet, check=True)  # type: ignore[call-overload]
        yield Cluster(address, processes[1:], env)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_no_job_is_lost(tmp_path: Path, cluster: Cluster) -> None:
    names = [f"t{number}" for number in range(12)]
    (tmp_path / "in").mkdir()
    for name in (*names, "crash"):
        (tmp_path / "in" / f"{name}.pdf").write_bytes(make_thesis(1))
    words = ("in", "-r", "--to", "shout", "--output-dir", "out", "--report", "r.jsonl", "--timeout", "60")
    process = start_command(*words, "--executor", f"dask://{cluster.address}", cwd=tmp_path, env=cluster.env)
    killed = cluster.workers[0]
    for _ in range(1200):
        seen = (tmp_path / "site/workers").read_text() if (tmp_path / "site/workers").exists() else ""
        if str(killed.pid) in seen.split() and len(set(seen.split())) == 2:
            break
        assert process.poll() is None, "it was done before both were at work"
        time.sleep(0.05)
    killed.kill()
    told = process.communicate(timeout=120)[1]
    assert process.returncode == 1, told
    records = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    codes = {Path(record["input"]).stem: record["code"] for record in records}
    assert codes == dict.fromkeys(names, 0) | {"crash": 9}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(f"{name}.shout" for name in names)
    assert "Traceback" not in told


def test_a_scheduler_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_thesis(1))
    for address, told in (("127.0.0.1:9", "there is no scheduler"), ("nowhere", "HOST:PORT")):
        done = run_command("a.pdf", "--to", "txt", "--executor", f"dask://{address}", cwd=tmp_path)
        assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr
    done = run_command("a.pdf", "--to", "txt", "--executor", "spark://x", cwd=tmp_path)
    assert done.returncode == 2 and "dask://HOST:PORT" in done.stderr
