"""A `Document` as JSON: the whole tree with its pages, boxes and printed page labels.

The form is that of `serialization`, described by `document.schema.json`. Pictures are inside, so
that the one file loads back equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from thesis_convert.document import Document
from thesis_convert.serialization import serialize_document
from thesis_convert.writers import Output, WriteContext


@dataclass(frozen=True, slots=True)
class JsonOptions:
    pictures: bool = field(
        default=True, metadata={"help": "Keep the bytes of the pictures; without them only their names and sizes stay."}
    )


class JsonWriter:
    name = "json"
    aliases: tuple[str, ...] = ()
    extension = ".json"
    media_type = "application/json"
    binary = False
    description = "the whole tree for programs: sections, blocks, notes, pages and boxes"
    options = JsonOptions

    def write(self, document: Document, options: JsonOptions, context: WriteContext) -> Output:
        return Output(serialize_document(document, media=options.pictures))
