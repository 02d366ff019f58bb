"""Hostile and broken PDFs, each a kind with the exit codes that it may have.

`KINDS` has them by name: what makes the PDF, and the codes. A kind says in its name what is wrong with it.
What `tests.hostile.fuzz` finds is put into `corpus/` when it is mended.
`write_kinds` puts them into a folder.

    python -m tests.hostile.kinds folder      # to try them by hand
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.hostile import drawing_kinds, embedding_kinds, structure_kinds, syntax_kinds


class Kind(NamedTuple):
    """What makes the PDF, and the exit codes that are right for it."""

    make: Callable[[], bytes]
    codes: tuple[int, ...]


# What the fuzzing found once, as it was.
FOUND = sorted((Path(__file__).parent / "corpus").glob("*.pdf"))
KINDS = {
    name: Kind(make, codes)
    for module in (structure_kinds, syntax_kinds, drawing_kinds, embedding_kinds)
    for name, (make, codes) in module.KINDS.items()
} | {f"found-{path.stem}": Kind(path.read_bytes, (0, 4, 5, 6)) for path in FOUND}


def write_kinds(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in KINDS.items():
        (folder / f"{name}.pdf").write_bytes(kind.make())


if __name__ == "__main__":
    write_kinds(Path(sys.argv[1]))
