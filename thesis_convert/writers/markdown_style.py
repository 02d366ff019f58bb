"""What every part of the Markdown writer needs to know: the options, and the names it may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

Flavor = Literal["common", "pandoc", "gfm", "obsidian"]


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    flavor: Flavor = field(
        default="common",
        metadata={
            "help": "Which readers to write for: 'common' is what pandoc, GitHub, markdown-it and Obsidian share; "
            "the others use what one of them has of its own, and show captions below pictures where it hides them."
        },
    )
    page_markers: Literal["comment", "anchor", "none"] = field(
        default="comment",
        metadata={"help": "How the start of a printed page is marked: <!-- page: 12 -->, <a id='page-12'>, or not."},
    )
    notes: Literal["section", "document"] = field(
        default="section",
        metadata={"help": "Where the text of notes stands: after each chapter, or at the end of the file."},
    )
    tables: Literal["auto", "pipe", "html"] = field(
        default="auto",
        metadata={
            "help": "Tables as pipe tables where their cells are paragraphs (a cell that spans has empty ones "
            "beside it) and else as HTML; or one of the two always."
        },
    )
    split: Literal["none", "chapter"] = field(
        default="none",
        metadata={"help": "One file, or one for each chapter in NAME_chapters/ and an index of them."},
    )


@dataclass(frozen=True, slots=True)
class Style:
    """The options, and what one document needs beside them.

    `media_folder` is the folder of the pictures beside the output, `media` the names of those that
    exist. `note_labels` gives the label of a note by its id, `targets` the fragment ("#fig-1") that
    leads to an id; an id that nothing points to, or that does not exist, is not in it.
    `page_ids` gives the id of the marker of a page, by its number from 1. `within_note` is true for
    the text of a note, where no reader takes another one.
    """

    options: MarkdownOptions = MarkdownOptions()
    media_folder: str = ""
    media: frozenset[str] = frozenset()
    note_labels: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    page_ids: Mapping[int, str] = field(default_factory=dict)
    within_note: bool = False

    @property
    def pandoc(self) -> bool:
        return self.options.flavor == "pandoc"

    @property
    def obsidian(self) -> bool:
        return self.options.flavor == "obsidian"

    def add_anchor(self, markdown: str, name: str) -> str:
        """`markdown` (a paragraph, or "" for none) as a place that references to the id `name` lead to."""
        if name not in self.targets:
            return markdown
        if self.obsidian:
            return f"{markdown} ^{name}".lstrip()
        return (f"[]{{#{name}}}" if self.pandoc else f'<a id="{name}"></a>') + markdown

    def locate_media(self, name: str) -> str:
        """The relative address of a picture; letters of all scripts stay readable."""
        path = f"{self.media_folder}/{name}"
        return "".join(
            letter if letter.isalnum() else quote(letter, safe="/", errors="surrogateescape") for letter in path
        )
