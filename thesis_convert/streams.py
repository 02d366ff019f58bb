"""Standard output, kept for data alone."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from thesis_convert.placing import pour
from thesis_convert.terminal import make_printable


def print_text(text: str) -> None:
    """Prints lines on standard output; characters that would steer a terminal are shown as codes."""
    lines = "".join(f"{make_printable(line)}\n" for line in text.split("\n")[:-1])
    pour(lines.encode(), None)


@contextmanager
def hush_libraries(verbose: bool) -> Iterator[None]:
    """Keeps what libraries print, log and warn away from data and people, unless much is to be told.

    They speak of objects in the PDF; what matters of it to a reader comes as diagnostics.
    """
    root, handler = logging.getLogger(), logging.NullHandler()
    with redirect_stdout(sys.stderr), warnings.catch_warnings():
        if not verbose:
            root.addHandler(handler)
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
        try:
            yield
        finally:
            root.removeHandler(handler)
