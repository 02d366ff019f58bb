"""What the tests of all writers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from thesis_convert.document import Document
from thesis_convert.serialization import parse_document


@pytest.fixture(scope="session")
def every_node() -> Document:
    """A thesis made by hand that holds every kind of node, section, list, note and picture."""
    return parse_document((Path(__file__).parent / "document.json").read_bytes())
