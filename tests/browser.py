"""A headless Chromium that tests drive: it opens pages, runs expressions in them, and takes pictures.

It is spoken to in the words of the DevTools protocol over two pipes, as JSON ended by zero bytes, so
that nothing but Chromium has to be there.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from tests.tools import find_tool

OPTIONS = ("--headless", "--no-sandbox", "--hide-scrollbars", "--remote-debugging-pipe")
# Chromium reads from its third file and writes to its fourth; other shells cannot count that far.
SHELL = 'exec "$@" 3<&{} 4>&{}'
SECONDS_TO_LOAD = 60


class Browser:
    """One page of a running Chromium."""

    def __init__(self, told: BinaryIO, heard: BinaryIO) -> None:
        self._told, self._heard = told, heard
        self._rest = b""
        self._count = 0
        self._session: dict[str, str] = {}
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = {"sessionId": self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}

    def open(self, address: str, width: int, height: int, *, night: bool = False) -> None:
        """Shows a page in a window of so many pixels of the web, and waits until it is there."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if night else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self._call("Page.navigate", url=address)
        self.wait_for(f"location.href === {json.dumps(address)} && document.readyState === 'complete'")

    def wait_for(self, expression: str) -> None:
        end = time.monotonic() + SECONDS_TO_LOAD
        while not self.run(expression):
            assert time.monotonic() < end, f"{expression} has not come true"
            time.sleep(0.02)

    def run(self, expression: str) -> Any:
        """The value of an expression of JavaScript; a promise is waited for."""
        done = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, json.dumps(done)[:2000]
        return done["result"].get("value")

    def take_picture(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"]))

    def _call(self, method: str, **parameters: Any) -> Any:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters} | self._session
        self._told.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._hear()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]

    def _hear(self) -> Any:
        while b"\0" not in self._rest:
            piece = self._heard.read(1 << 20)
            assert piece, "Chromium has ended"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return json.loads(message)


@contextmanager
def start_browser(folder: Path) -> Iterator[Browser]:
    """A browser whose profile is in `folder`."""
    chromium = find_tool("chromium")
    hears, tells = os.pipe()
    hear, told = os.pipe()
    words = [
        "bash",
        "-c",
        SHELL.format(hears, told),
        "bash",
        chromium,
        *OPTIONS,
        f"--user-data-dir={folder / 'profile'}",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(words, pass_fds=(hears, told), **quiet)  # type: ignore[call-overload]
    os.close(hears)
    os.close(told)
    with os.fdopen(tells, "wb", buffering=0) as to_it, os.fdopen(hear, "rb", buffering=0) as from_it:
        try:
            yield Browser(to_it, from_it)
        finally:
            process.kill()
            process.wait()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which the files of `folder` can be had by this machine alone."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            """Nobody wants to read it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
