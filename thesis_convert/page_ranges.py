"""Which pages a user means: "1-20,30-" or "label:xii-40" to page indexes.

In comes the text of `--pages` with the printed labels and the number of pages of one PDF; out come
page indexes from 0, sorted, each once. Numbers count the pages of the PDF from 1. Words that are
no numbers ("xii") can only be printed labels; labels that look like numbers are read as labels
after "label:", which holds for all that follows it. Nothing is guessed: what does not name pages
of this PDF is an error that says what there is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesis_convert.errors import UsageError

LABEL_PREFIX = "label:"
# Nine digits are more than any PDF has pages, and keep `int` fast on hostile input.
NUMBER = re.compile(r"[0-9]{1,9}")
NUMBER_RANGE = re.compile(r"([0-9]{1,9})?\s*-\s*([0-9]{1,9})?")


def parse_pages(text: str, labels: Sequence[str], page_count: int) -> tuple[int, ...]:
    """The indexes from 0 of the pages that `text` names, sorted; all pages for "".

    `labels` holds the printed label of every page, or is empty when the PDF has none. Raises
    `UsageError` for words that name no page, and for pages that do not exist.
    """
    if not text.strip():
        return tuple(range(page_count))
    indexes: set[int] = set()
    by_label = False
    # Typists and word processors like en dashes in ranges.
    for part in text.replace("–", "-").split(","):
        item = part.strip()
        if item.lower().startswith(LABEL_PREFIX):
            by_label = True
            item = item[len(LABEL_PREFIX) :].strip()
        if not item:
            raise UsageError(f"--pages {text}: a page is missing between commas", describe_pages(labels, page_count))
        numeric = NUMBER.fullmatch(item) or NUMBER_RANGE.fullmatch(item)
        read = read_numbers if numeric and not by_label else read_labels
        indexes.update(read(item, labels, page_count))
    return tuple(sorted(indexes))


def describe_pages(labels: Sequence[str], page_count: int) -> str:
    """One sentence that says which pages there are."""
    pages = f"The PDF has {page_count} page{'' if page_count == 1 else 's'}"
    printed = [label for label in labels if label]
    return f"{pages}, printed {printed[0]} to {printed[-1]}." if printed else f"{pages} and no printed labels."


def read_numbers(item: str, labels: Sequence[str], page_count: int) -> range:
    """The pages of "7", "1-20", "30-" or "-5"."""
    start, dash, end = (word.strip() for word in item.partition("-"))
    if dash and not start and not end:
        raise UsageError(f"--pages {item}: a range needs a page", describe_pages(labels, page_count))
    first = int(start or 1)
    last = int(end or page_count) if dash else first
    if first < 1 or max(first, last) > page_count:
        advice = describe_pages(labels, page_count)
        if all(find_label(word, labels) is not None for word in (start, end) if word):
            advice += f" For printed numbers say {LABEL_PREFIX}{item}."
        raise UsageError(f"--pages {item}: no such page", advice)
    if first > last:
        raise UsageError(f"--pages {item}: the range runs backwards", f"Say {last}-{first}.")
    return range(first - 1, last)


def read_labels(item: str, labels: Sequence[str], page_count: int) -> range:
    """The pages of "xii", "xii-40", "xii-" or "-xii", where labels may hold hyphens too ("A-1")."""
    single = find_label(item, labels)
    if single is not None:
        return range(single, single + 1)
    backwards = False
    for dash in re.finditer("-", item):
        start, end = item[: dash.start()].strip(), item[dash.end() :].strip()
        first = find_label(start, labels) if start else 0
        if first is None or not (start or end):
            continue
        # Labels may come twice (two volumes in one file): a range ends after it begins.
        last = find_label(end, labels, first) if end else page_count - 1
        if last is not None:
            return range(first, last + 1)
        backwards = backwards or find_label(end, labels) is not None
    if backwards:
        raise UsageError(f"--pages {item}: the range runs backwards", describe_pages(labels, page_count))
    raise UsageError(f"--pages {item}: no such page", describe_pages(labels, page_count))


def find_label(label: str, labels: Sequence[str], start: int = 0) -> int | None:
    """The first page at or after `start` that prints `label`; capitals matter only if that helps."""
    pages = range(start, len(labels))
    exact = next((page for page in pages if labels[page] == label), None)
    if exact is not None or not label:
        return exact
    return next((page for page in pages if labels[page].casefold() == label.casefold()), None)
