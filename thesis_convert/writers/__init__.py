"""The contract of a writer, and how writers are found.

A writer turns a `Document` into bytes. It never touches files: the caller writes what it returns.
Writers are entry points of the group `thesis_convert.writers`, those of this package too, and are
loaded when they are used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from thesis_convert.diagnostics import Diagnostic, Report, ignore

if TYPE_CHECKING:
    from thesis_convert.document import Document

ENTRY_POINT_GROUP = "thesis_convert.writers"


@dataclass(frozen=True, slots=True)
class Output:
    """What a writer made: the main file, and other files by their path below the main file's folder.

    A path is relative, with forward slashes, and begins with one of the context's folders.
    """

    data: bytes
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WriteContext:
    """What a writer may know of its surroundings.

    `stem` is the output's file name without its suffix; `media_folder` the folder beside it for
    pictures, `parts_folder` that for pieces of the text. `timestamp` (seconds since 1970, UTC) is the
    only clock that a writer may use. `warnings` are what was worth telling when the thesis was read.
    """

    stem: str
    timestamp: int = 0
    report: Report = ignore
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def media_folder(self) -> str:
        return f"{self.stem}_media"

    @property
    def parts_folder(self) -> str:
        return f"{self.stem}_chapters"


class Writer(Protocol):
    """One output format. `options` is a frozen dataclass whose fields all have defaults.

    Each field of `options` carries `metadata={"help": ...}`. `binary` is true when the main file
    is not text. `aliases` are other names that users may say ("md").
    """

    name: str
    aliases: tuple[str, ...]
    extension: str
    media_type: str
    binary: bool
    description: str
    options: type[Any]

    def write(self, document: Document, options: Any, context: WriteContext) -> Output: ...


def shows_pictures(writer: Writer) -> bool:
    """Whether a writer uses what pictures show. One that only tells where they stand says `pictures = False`."""
    return bool(getattr(writer, "pictures", True))
