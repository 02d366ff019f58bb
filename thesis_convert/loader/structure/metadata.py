"""Reads the title page, and puts together what the catalogue and the pages say about the thesis.

In: the first pages and the catalogue's properties. Out: `Metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from thesis_convert.document import Metadata
from thesis_convert.page import Line, PageLayout

_NO_TITLE = re.compile(
    r"^(microsoft word|untitled|document\d*|unbenannt|sans titre|.*\.(docx?|tex|odt|pdf|dvi|indd)$)", re.I
)


def read_metadata(layouts: Sequence[PageLayout], properties: Mapping[str, Sequence[str]]) -> Metadata:
    """The metadata of a thesis; what the file's own properties say counts when it can be believed."""
    first = layouts[0].text if layouts else ()
    title = next((t for t in properties.get("title", ()) if t.strip() and not _NO_TITLE.match(t.strip())), "")
    authors = tuple(a for a in properties.get("creator", ()) if a.strip())
    return Metadata(title=title or _largest(first), authors=authors)


def _largest(lines: Sequence[Line]) -> str:
    """The words in the largest type: the title, as a rule."""
    if not lines:
        return ""
    size = max(line.size for line in lines if len(line.text) > 3) if any(len(line.text) > 3 for line in lines) else 0
    return " ".join(line.text for line in lines if abs(line.size - size) < 0.5)[:400]
