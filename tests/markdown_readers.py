"""What pandoc, cmark-gfm and markdown-it make of Markdown, in one simple form to compare.

A reading is a tuple of blocks and a tuple of the texts of notes, in the order of their marks. Blocks
are tuples whose first word says what they are: ("p", runs), ("h", level, runs), ("ul", items),
("ol", start, items), ("quote", blocks), ("code", language, text), ("table", rows), ("figure",
address, caption) and ("hr",). Runs are pairs of text and styles; the mark of a note is "†".
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

import pypandoc
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

Run = tuple[str, tuple[str, ...]]
Reading = tuple[tuple[Any, ...], tuple[Any, ...]]
VOID = {"br", "hr", "img", "input", "col", "meta", "link"}
STYLES = {"em": "em", "strong": "strong", "code": "code", "sup": "sup", "sub": "sub", "del": "del", "u": "u"}
BLOCKS = {"p", "ul", "ol", "blockquote", "pre", "table", "figure", "hr", "div", "section", "dl", "dt", "dd"} | {
    f"h{level}" for level in range(1, 7)
}


def read_with_pandoc(markdown: str, reader: str = "markdown") -> Reading:
    command = [pypandoc.get_pandoc_path(), "-f", reader, "-t", "html", "--wrap=none", "--mathjax"]
    return read_html(run(command, markdown))


def read_with_cmark(markdown: str) -> Reading:
    extensions = ("table", "strikethrough", "autolink", "footnotes")
    command = ["cmark-gfm", "--unsafe", *(word for name in extensions for word in ("-e", name))]
    return read_html(run(command, markdown))


def read_with_markdown_it(markdown: str) -> Reading:
    """Without the texts of notes: an extension reads those, of which only this much is needed."""
    reader = MarkdownIt("gfm-like", {"linkify": False})
    reader.block.ruler.before("reference", "note", skip_note)
    reader.inline.ruler.before("link", "mark", read_mark)
    return read_html(reader.render(markdown))


def skip_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Passes over the definition of a note: its first line, and those that are indented or empty."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.sCount[start] or not re.match(r"\[\^[^\]]+\]:", line):
        return False
    state.line = start + 1
    while state.line < end and (state.isEmpty(state.line) or state.sCount[state.line] >= 4):
        state.line += 1
    return True


def read_mark(state: StateInline, silent: bool) -> bool:
    mark = re.compile(r"\[\^[^\]]+\]").match(state.src, state.pos)
    if mark:
        state.pending += "" if silent else "†"
        state.pos = mark.end()
    return mark is not None


READERS: dict[str, Callable[[str], Reading]] = {
    "pandoc": read_with_pandoc,
    "pandoc's GitHub": partial(read_with_pandoc, reader="gfm"),
    "markdown-it": read_with_markdown_it,
}
if shutil.which("cmark-gfm"):
    READERS["cmark-gfm"] = read_with_cmark


def run(command: list[str], text: str) -> str:
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


# --- HTML ---------------------------------------------------------------------------------------


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def items(self) -> Iterator[Element]:
        return (child for child in self.children if isinstance(child, Element) and child.tag == "li")

    def find(self, *tags: str) -> Iterator[Element]:
        """The elements within, of these tags or of any."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags or not tags:
                    yield child
                yield from child.find(*tags)


class TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse_html(html: str) -> Element:
    builder = TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.root


def read_html(html: str) -> Reading:
    notes = []
    body = parse_html(html)
    for section in [section for section in body.find("section") if section.has_class("footnotes")]:
        body.children.remove(section)
        notes = [read_blocks(item) for item in next(section.find("ol")).children if isinstance(item, Element)]
    return read_blocks(body), tuple(notes)


def read_blocks(parent: Element) -> tuple[Any, ...]:
    """The blocks in `parent`; text and inline elements that stand between them make a paragraph."""
    blocks: list[Any] = []
    loose: list[Element | str] = []
    for child in [*parent.children, Element("p")]:
        if isinstance(child, str) or child.tag not in BLOCKS:
            loose.append(child)
            continue
        if runs := read_runs(loose):
            blocks.append(("p", runs))
        loose = []
        blocks += read_block(child)
    return tuple(blocks)


def read_block(element: Element) -> Iterator[Any]:
    match element.tag:
        case "p":
            if runs := read_runs(element.children):
                yield ("p", runs)
            elif pictures := list(element.find("img")):
                yield ("figure", pictures[0].attributes["src"], pictures[0].attributes.get("alt", "").replace("’", "'"))
        case "ul":
            yield ("ul", tuple(read_blocks(item) for item in element.items()))
        case "ol":
            items = tuple(read_blocks(item) for item in element.items())
            yield ("ol", int(element.attributes.get("start", "1")), items)
        case "blockquote":
            yield ("quote", read_blocks(element))
        case "pre":
            code = next(element.find("code"))
            language = (code.attributes.get("class") or element.attributes.get("class") or "").split(" ")
            text = "".join(spell(code.children)).removesuffix("\n")
            yield ("code", language[-1].removeprefix("language-"), text)
        case "table":
            rows = [[read_runs(cell.children) for cell in row.find("td", "th")] for row in element.find("tr")]
            yield ("table", tuple(tuple(row) for row in rows if any(row)))
        case "figure":
            caption = next(element.find("figcaption"))
            source = next(element.find("img")).attributes["src"]
            yield ("figure", source, "".join(text for text, _ in read_runs(caption.children)))
        case "hr":
            yield ("hr",)
        case "dt":
            yield ("term", read_runs(element.children))
        case "div" | "section" | "dl" | "dd":
            yield from read_blocks(element)
        case heading:
            yield (heading[0], int(heading[1]), read_runs(element.children))


def spell(children: list[Element | str]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child
        else:
            yield from spell(child.children)


def read_runs(children: list[Element | str]) -> tuple[Run, ...]:
    return make_runs(read_letters(children, frozenset()))


def read_letters(children: list[Element | str], styles: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for child in children:
        if isinstance(child, str):
            for letter in child:
                yield letter, styles
        elif child.has_class("footnote-ref"):
            yield "†", frozenset()
        elif child.has_class("footnote-back") or child.has_class("footnote-backref"):
            continue
        elif child.has_class("math"):
            dollars = "$$" if child.has_class("display") else "$"
            text = "".join(spell(child.children))[2:-2]
            yield from ((letter, styles) for letter in dollars + text + dollars)
        elif child.tag == "br":
            yield "⏎", frozenset()
        elif child.tag == "a" and child.attributes.get("href"):
            text = "".join(spell(child.children))
            own = text in (child.attributes["href"], child.attributes["href"].removeprefix("mailto:"))
            yield from read_letters(child.children, styles if own else styles | {"link " + child.attributes["href"]})
        else:
            yield from read_letters(child.children, styles | {STYLES[child.tag]} if child.tag in STYLES else styles)


def make_runs(letters: Iterable[tuple[str, frozenset[str]]]) -> tuple[Run, ...]:
    """Letters as runs of one style. White space is single spaces of no style, with none at line ends ("⏎")."""
    tidy: list[tuple[str, frozenset[str]]] = [("⏎", frozenset())]
    for letter, styles in letters:
        before = tidy[-1][0]
        if letter.isspace():
            tidy += [] if before in " ⏎" else [(" ", frozenset())]
        elif letter == "⏎":
            tidy[-1:] = [("⏎", frozenset())] if before == " " else [tidy[-1], ("⏎", frozenset())]
        else:
            tidy.append((letter.replace("’", "'"), styles))
    while len(tidy) > 1 and tidy[-1][0] in " ⏎":
        tidy.pop()
    return tuple(
        ("".join(letter for letter, _ in group), tuple(sorted(styles)))
        for styles, group in groupby(tidy[1:], key=lambda pair: pair[1])
    )
