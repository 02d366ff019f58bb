"""A thesis as one Markdown file a chapter, and an index of them: for notes, search and language models.

A document and the style of the whole go in; the index and the chapters come out. A chapter is read
alone, so it begins with a heading of the first level, has its own notes at its end, and says in its
front matter from which thesis and which printed pages it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from thesis_convert.document import Document, PageBreak, Section
from thesis_convert.traversal import plain_text, walk
from thesis_convert.writers.markdown_escape import escape_text
from thesis_convert.writers.markdown_front_matter import render_chapter_front_matter, render_front_matter
from thesis_convert.writers.markdown_names import join_heading, split_chapters
from thesis_convert.writers.markdown_sections import Chapter, render_chapters
from thesis_convert.writers.markdown_style import Style

# As much of a title as a file's name shows.
LONGEST_NAME = 40


def write_chapters(document: Document, style: Style, folder: str) -> tuple[str, dict[str, str]]:
    """The index, and the chapters by their paths: files in `folder`, which stands beside the index."""
    chapters = list(split_chapters(document))
    names = name_files(chapters)
    homes = {
        node_id: name
        for name, chapter in zip(names, chapters, strict=True)
        for section, _ in chapter
        for node_id in _find_ids(section)
    }
    styles = [replace(style, targets=_aim(style.targets, homes, name)) for name in names]
    files = {}
    for name, chapter, parts in zip(names, chapters, render_chapters(document, styles, apart=True), strict=True):
        front_matter = render_chapter_front_matter(document, _title(chapter), _describe_pages(chapter))
        files[f"{folder}/{name}"] = "\n\n".join([front_matter, *parts]) + "\n"
    lines = [
        f"{'  ' * (chapter[0][1] - 1)}- [{escape_text(_title(chapter) or _name_kind(chapter))}](<{folder}/{name}>)"
        for name, chapter in zip(names, chapters, strict=True)
    ]
    return "\n\n".join([render_front_matter(document), "\n".join(lines)]) + "\n", files


def name_files(chapters: Sequence[Chapter]) -> list[str]:
    """ "03-the-river.md": numbered, so that files stand in the order of the thesis and no two are alike."""
    digits = max(2, len(str(len(chapters))))
    names = []
    for number, chapter in enumerate(chapters, 1):
        letters = unicodedata.normalize("NFKD", _title(chapter)).encode("ascii", "ignore").decode().lower()
        words = re.sub("[^a-z0-9]+", "-", letters)[: LONGEST_NAME + 1].strip("-")
        if len(words) > LONGEST_NAME:
            words = words.rpartition("-")[0] or words[:LONGEST_NAME]
        names.append(f"{number:0{digits}}-{words if re.search('[a-z]', words) else chapter[0][0].kind}.md")
    return names


def _aim(targets: Mapping[str, str], homes: Mapping[str, str], here: str) -> dict[str, str]:
    """The addresses of places as seen from the file `here`."""
    return {
        name: fragment if homes.get(name, here) == here else f"{homes[name]}{fragment}"
        for name, fragment in targets.items()
    }


def _find_ids(section: Section) -> list[str]:
    """The ids in a section, without those of the sections below it."""
    return [name for node in walk(replace(section, sections=())) if (name := getattr(node, "id", ""))]


def _name_kind(chapter: Chapter) -> str:
    return chapter[0][0].kind.replace("-", " ")


def _title(chapter: Chapter) -> str:
    section = chapter[0][0]
    return " ".join(plain_text(join_heading(section)).split())


def _describe_pages(chapter: Chapter) -> str:
    """The printed pages on which the chapter begins and ends, as far as marks within it tell."""
    labels = [
        node.label
        for section, _ in chapter
        for node in walk(replace(section, sections=()))
        if isinstance(node, PageBreak) and node.label
    ]
    return "–".join(dict.fromkeys((labels[0], labels[-1]))) if labels else ""
