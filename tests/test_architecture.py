"""Imports go one way: a module knows the rooms below its own, never those above or beside it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import thesis_convert

PACKAGE = Path(thesis_convert.__file__).parent
MODULES = {
    ".".join(("thesis_convert", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

# The rooms of the house, and the rooms that each may know beside itself.
MAY_IMPORT = {
    "ground": set(),
    "page": {"ground"},
    "document": {"ground"},
    "loader.pdf": {"page", "ground"},
    "loader.lines": {"page", "ground"},
    "loader.layout": {"loader.lines", "page", "ground"},
    "loader.structure": {"loader.lines", "page", "document", "ground"},
    "loader": {"loader.pdf", "loader.lines", "loader.layout", "loader.structure", "page", "document", "ground"},
    "writers": {"document", "ground"},
    "conversion": {"loader", "writers", "page", "document", "ground"},
    "batch": {"conversion", "loader", "writers", "page", "document", "ground"},
    "command": {"batch", "conversion", "loader", "writers", "page", "document", "ground"},
}
# Where a module at the top of the package lives; one that is not named here belongs to the command.
ROOMS = {
    **dict.fromkeys(
        ["diagnostics", "errors", "garbage", "interruption", "roman", "scripts", "terminal", "version"], "ground"
    ),
    **dict.fromkeys(["load_options", "page", "page_ranges"], "page"),
    **dict.fromkeys(["document", "traversal", "serialization"], "document"),
    **dict.fromkeys(
        ["conversion", "jobs", "leftovers", "outline", "placing", "planning", "sources", "streams"], "conversion"
    ),
}
# Libraries that cost time to import, and the only rooms that use them.
HEAVY = {
    "pypdf": {"loader.pdf"},
    "pypdfium2": {"loader.pdf"},
    "ebooklib": {"writers"},
    "lxml": {"writers"},
    "click": {"command"},
}


def find_room(module: str) -> str:
    parts = module.split(".")[1:]
    if parts[:1] == ["loader"]:
        return ".".join(parts[:2]) if ".".join(parts[:2]) in MAY_IMPORT else "loader"
    return parts[0] if parts[:1] in (["writers"], ["batch"]) else ROOMS.get(".".join(parts), "command")


def find_imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, at its top or anywhere within."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_knows_only_the_rooms_below(module: str) -> None:
    room = find_room(module)
    known = MAY_IMPORT[room] | {room}
    for imported in find_imports(MODULES[module]):
        if imported in MODULES and imported != "thesis_convert":
            assert find_room(imported) in known, f"{module} ({room}) imports {imported} ({find_room(imported)})"
        library = imported.partition(".")[0]
        assert room in HEAVY.get(library, {room}), f"{module} ({room}) imports {imported}"


def test_rooms_and_files_are_the_same() -> None:
    """A rule about a file that is gone, or an empty search, would hold of nothing."""
    assert {"thesis_convert.cli", "thesis_convert.document", "thesis_convert.loader.pdf.ink"} <= set(MODULES)
    assert {find_room(module) for module in MODULES} == set(MAY_IMPORT)


def test_what_serves_all_runs_on_the_standard_library() -> None:
    for module, path in MODULES.items():
        if find_room(module) in ("ground", "page", "document", "loader.lines", "loader.layout"):
            outside = {name.partition(".")[0] for name in find_imports(path)} - {"thesis_convert"}
            assert outside <= sys.stdlib_module_names, module
