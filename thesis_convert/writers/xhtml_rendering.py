"""What all rules that turn nodes into XHTML share: their state, and how characters and links are said.

A rule is a function of a node and a `Rendering` that returns markup as a string; no tree of
elements is ever built, since a thesis has some hundred thousand of them. Two things are not known
while a node is rendered: in which file the target of a link will stand, and who cites an entry.
Both are left as marks of control characters, which XML forbids and which therefore cannot be in
the text, and `resolve_marks` replaces them when all files are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any
from urllib.parse import quote, urlsplit

from thesis_convert.diagnostics import Code, Diagnostic, Report, ignore
from thesis_convert.document import Block, Inline, Media, Note

Rule = Callable[[Any, "Rendering"], str]

# Characters that XML 1.0 forbids or advises against: controls, lone surrogates, two non-characters.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "nkoo", "syrc", "thaa"})

LINK_START, LINK_MIDDLE, LINK_END, CITED_HERE = "\x01", "\x02", "\x03", "\x04"
_LINK_MARK = re.compile(f"{LINK_START}([^{LINK_MIDDLE}]*){LINK_MIDDLE}([^{LINK_END}]*){LINK_END}")
_CITED_MARK = re.compile(f"{CITED_HERE}([^{CITED_HERE}]*){CITED_HERE}")

# So many bytes may come to a link when it is made real: its address, its id, its kind.
LARGEST_LINK = 160

# So much text may stand between two links that are one citation: a comma, a space, a bracket.
LONGEST_JOINT = 4

# What an address may not hold as it is: all but letters of any script, digits and these marks.
_UNSAFE = re.compile(r"[^\w%/:?@!$&'()*+,;=.~-]")
_BAD_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[^\s/?#\[\]@:%<>\"|\\^`{}]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a navigation list points to. `text` is what the list says, as plain characters."""

    id: str
    text: str
    language: str = ""


@dataclass(slots=True)
class Rendering:
    """The state of one rendering: what is known, where it is, and what it found.

    `language` is that of the place being rendered. `locate_picture` gives the address of a picture.
    `notes` wait for the end of the block that refers to them; `marked` are the kinds and titles of
    sections that say what they are; `ids` are those of the markup made since they were last taken.
    """

    inline_rules: Mapping[type, Rule]
    block_rules: Mapping[type, Rule]
    media: Mapping[str, Media] = field(default_factory=dict)
    locate_picture: Callable[[Media], str] = attrgetter("name")
    language: str = ""
    report: Report = ignore
    notes: list[tuple[str, str, Note]] = field(default_factory=list)
    pages: list[Mark] = field(default_factory=list)
    marked_pages: set[int] = field(default_factory=set)
    figures: list[Mark] = field(default_factory=list)
    tables: list[Mark] = field(default_factory=list)
    marked: set[tuple[str, str]] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    used_media: dict[str, Media] = field(default_factory=dict)
    described_pictures: int = 0
    undescribed_pictures: int = 0
    removed_characters: int = 0
    ids: list[str] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _in_link: bool = False
    _after_link: list[str] = field(default_factory=list)

    def inlines(self, content: Iterable[Inline]) -> str:
        rules = self.inline_rules
        return "".join([rules[type(node)](node, self) for node in content])

    def blocks(self, blocks: Iterable[Block]) -> str:
        rules = self.block_rules
        return join_lines(*[rules[type(node)](node, self) for node in blocks])

    def clean(self, text: str) -> str:
        """`text` without the characters that XML cannot hold, which are counted."""
        if ILLEGAL.search(text):
            text, count = ILLEGAL.subn("", text)
            self.removed_characters += count
        return text

    def escape(self, text: str) -> str:
        """Any characters as XML text or as the value of an attribute in double quotes."""
        return escape(self.clean(text))

    def claim(self, wanted: str) -> str:
        """`wanted` when it is a fresh and well-formed id, else one made from it."""
        base = wanted if IDENTIFIER.fullmatch(wanted) else "x_" + re.sub(r"[^A-Za-z0-9_-]", "_", wanted)
        name, number = base, 2
        while name in self._taken:
            name, number = f"{base}_{number}", number + 1
        self._taken.add(name)
        self.ids.append(name)
        return name

    def id_attribute(self, wanted: str) -> str:
        return f' id="{self.claim(wanted)}"' if wanted else ""

    def enter_language(self, language: str) -> str:
        """Makes `language` the current one and returns the attributes that say so, "" without a change.

        Whoever calls this puts `language` back to what it was afterwards.
        """
        if not language or language == self.language or not LANGUAGE_TAG.fullmatch(language):
            return ""
        before, self.language = self.language, language
        return language_attributes(language, before)

    def link(self, opening: str, content: Sequence[Inline], closing: str) -> str:
        """`content` between `opening` and `closing`, made so that no link stands in another.

        A note's mark is a link too and follows behind the link that it stood in.
        """
        if self._in_link:
            return self.inlines(content)
        self._in_link = True
        inner = self.inlines(content)
        self._in_link = False
        after = "".join(self._after_link)
        self._after_link.clear()
        return (f"{opening}{inner}{closing}" if inner.strip() else inner) + after

    def place_link(self, markup: str) -> str:
        """A finished link, kept back until the link around it is closed, if there is one."""
        if not self._in_link:
            return markup
        self._after_link.append(markup)
        return ""

    def tell(self, code: Code, message: str) -> None:
        self.report(Diagnostic(code, message))


def measure(markup: str) -> int:
    """The bytes that `markup` may have when its links are made real."""
    return len(markup.encode()) + LARGEST_LINK * markup.count(LINK_START)


def join_lines(*parts: str) -> str:
    """The parts that are not empty, each on its own line."""
    return "\n".join([part for part in parts if part])


def escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text


def is_right_to_left(language: str) -> bool:
    subtags = language.lower().split("-")
    scripts = [subtag for subtag in subtags[1:] if len(subtag) == 4 and subtag.isalpha()]
    return scripts[0] in RIGHT_TO_LEFT_SCRIPTS if scripts else subtags[0] in RIGHT_TO_LEFT


def language_attributes(language: str, around: str) -> str:
    """The attributes for `language`, with the direction where it differs from that of `around`."""
    direction = is_right_to_left(language)
    turn = "" if direction == is_right_to_left(around) else f' dir="{"rtl" if direction else "ltr"}"'
    return f' lang="{language}" xml:lang="{language}"{turn}'


def make_address(url: str) -> str | None:
    """`url` as an address that readers accept, None when it has another scheme or makes no sense.

    The schemes are those of `document.Link`; a DOI becomes a web address, since no reader knows
    its scheme. What an address may not hold is percent-encoded.
    """
    scheme, colon, rest = ILLEGAL.sub("", url).strip().partition(":")
    scheme = scheme.lower()
    if not colon or not rest:
        return None
    if scheme == "doi":
        scheme, rest = "https", "//doi.org/" + rest.lstrip("/")
    if scheme in ("http", "https", "ftp"):
        try:
            parts = urlsplit(f"{scheme}:{rest}")
            sound = _HOST.fullmatch(parts.hostname or "") and (parts.port is None or parts.port > 0)
        except ValueError:
            return None
        if not sound:
            return None
    elif scheme not in ("mailto", "urn"):
        return None
    path, mark, fragment = _BAD_PERCENT.sub("%25", rest).partition("#")
    return f"{scheme}:{_encode_unsafe(path)}{mark}{_encode_unsafe(fragment)}"


def _encode_unsafe(text: str) -> str:
    return _UNSAFE.sub(lambda match: quote(match[0]), text)


def resolve_marks(
    files: Mapping[str, str], places: Mapping[str, str], entries: Collection[str], back: str
) -> dict[str, str]:
    """Markup by file name with its links to ids made real.

    `places` has the file of every id. A link to an unknown id keeps its words only. Citations of
    the bibliography's `entries` get ids of their own, and every entry links back to its citations;
    `back` says so to those who hear the page.
    """
    citations: dict[str, list[str]] = {}

    def resolve_links(name: str, markup: str) -> str:
        before = ("", 0)

        def replace(match: re.Match[str]) -> str:
            nonlocal before
            target, content = match.groups()
            goes_on = before[0] == target and match.start() - before[1] <= LONGEST_JOINT
            before = (target, match.end())
            if target not in places:
                return content
            address = f"#{target}" if places[target] == name else f"{places[target]}#{target}"
            # An author and a year that lead to one entry are one citation.
            if target not in entries or (goes_on and target in citations):
                return f'<a href="{address}">{content}</a>'
            known = citations.setdefault(target, [])
            citation = f"cite_{target}_{len(known) + 1}"
            known.append(f"{name}#{citation}")
            return f'<a id="{citation}" href="{address}" epub:type="biblioref" role="doc-biblioref">{content}</a>'

        return _LINK_MARK.sub(replace, markup) if LINK_START in markup else markup

    def resolve_citations(name: str, markup: str) -> str:
        def replace(match: re.Match[str]) -> str:
            links = ""
            for number, place in enumerate(citations.get(match[1], ()), 1):
                address = place.removeprefix(name) if place.startswith(f"{name}#") else place
                links += f' <a href="{address}" role="doc-backlink" aria-label="{back} {number}">↩</a>'
            return links

        return _CITED_MARK.sub(replace, markup) if CITED_HERE in markup else markup

    linked = {name: resolve_links(name, markup) for name, markup in files.items()}
    return {name: resolve_citations(name, markup) for name, markup in linked.items()}
