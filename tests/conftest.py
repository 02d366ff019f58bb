"""What the tests share: the option --accept, and a thesis that holds everything."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from thesis_convert.document import Document
from thesis_convert.serialization import parse_document


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="take what the command writes now as what the cases expect (tests/cases)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people who then look through the changes; CI does not accept")
    # A shell has what runs in the background ignore Ctrl-C, and so would every command that the tests start.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def every_node() -> Document:
    """A thesis made by hand that holds every kind of node, section, list, note and picture."""
    return parse_document((Path(__file__).parent / "document.json").read_bytes())
