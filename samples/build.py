"""Typeset the sample theses: sources in each folder, `thesis.pdf` beside them.

    python samples/build.py                   # all three
    python samples/build.py german            # one

Each typesetter works in a temporary copy of the folder, so that nothing but the PDF is left behind.
The date is fixed, so that the same typesetter makes the same bytes again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

SAMPLES = Path(__file__).parent
DATE = 1_704_067_200  # 1 January 2024
PDF_OPTIONS = '{"ExportBookmarks":{"type":"boolean","value":"false"},"UseTaggedPDF":{"type":"boolean","value":"false"}}'


def build_samples(names: list[str]) -> None:
    """Write `thesis.pdf` into the folder of each name; an unknown name is a KeyError."""
    for name in names:
        with tempfile.TemporaryDirectory() as room:
            folder = Path(shutil.copytree(SAMPLES / name, Path(room) / name))
            BUILDERS[name](folder)
            shutil.copyfile(folder / "thesis.pdf", SAMPLES / name / "thesis.pdf")


def build_with_writer(folder: Path) -> None:
    """LibreOffice Writer, with a profile of its own so that no personal settings take part."""
    run(
        folder,
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        f"pdf:writer_pdf_Export:{PDF_OPTIONS}",
        "thesis.fodt",
    )
    fix_date(folder / "thesis.pdf")


def build_with_latex(folder: Path) -> None:
    """pdfLaTeX, three times, until contents, lists and references agree."""
    for _ in range(3):
        run(folder, "pdflatex", "-interaction=nonstopmode", "-halt-on-error", "thesis.tex")


def build_with_typst(folder: Path) -> None:
    """Typst, from its Python package, with the fonts it brings along."""
    typst = import_module("typst")  # only this sample needs it
    typst.compile(folder / "thesis.typ", folder / "thesis.pdf", ignore_system_fonts=True, timestamp=DATE)


def fix_date(path: Path) -> None:
    """Overwrite the time of creation and the file identifiers, which this typesetter takes from the clock.

    Each gets as many characters as it had, so that no byte of the file moves.
    """
    body, trailer = path.read_bytes().rsplit(b"trailer", 1)
    body = re.sub(rb"(?<=/CreationDate\(D:)\d{14}", time.strftime("%Y%m%d%H%M%S", time.gmtime(DATE)).encode(), body)
    path.write_bytes(body + b"trailer" + re.sub(rb"[0-9A-F]{32}", b"0" * 32, trailer))


def run(folder: Path, *command: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(DATE), "FORCE_SOURCE_DATE": "1", "TZ": "UTC"}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


BUILDERS = {"computing": build_with_latex, "german": build_with_typst, "humanities": build_with_writer}

if __name__ == "__main__":
    build_samples(sys.argv[1:] or list(BUILDERS))
