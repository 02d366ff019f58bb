"""Plain characters as Markdown that every reader takes for the same plain characters.

Text goes in and Markdown comes out that pandoc, cmark-gfm, markdown-it and Obsidian read back as
that text. All of them take a backslash before ASCII punctuation as an escape; what differs is what
each of them would take for markup. So a character gets a backslash where one of them might, and
only there: `snake_case`, `a - b` and `x < y` stay as they are, and so does an apostrophe between
letters, although pandoc prints a curved one for it.
"""

from __future__ import annotations

import re
from typing import Literal

# Characters that no line of Markdown holds: controls, other line ends, halves of surrogate pairs.
_SPACE_CONTROLS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_SPACES = re.compile(f"[{_SPACE_CONTROLS}]+")
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

Place = Literal["line", "heading", "cell"]
# Each alternative names what would read the character as markup.
_ACTIVE = r"""
    [\\`*\[\]$~^"]                              # code, emphasis, links, formulas, sub- and superscripts
    | (?<![^\W\d_])' | '(?![^\W\d_])            # pandoc curves quotes; an apostrophe within a word may
    | (?<![^\W_])_ | _(?![^\W_])                # emphasis, but not within a word
    | (?<![^\W_])@                              # pandoc's citations, but no mail address
    | (?<!\w)\#                                 # Obsidian's tags
    | <(?=[A-Za-z/!?])                          # tags, comments
    | &(?=\#?\w+;)                              # entities
    | =(?==) | (?<==)=                          # Obsidian's highlighting
    | -(?=-) | (?<=-)-                          # pandoc's dashes
    | %(?=%) | (?<=%)%                          # Obsidian's comments
    | \.(?=\.\.)                                # pandoc's ellipsis
    | :(?=//) | :(?=::) | :(?=[a-z+-][\w+-]*:)  # addresses, pandoc's divisions, GitHub's emoji
    | (?<=www)\.                                # addresses without a scheme
"""
# A heading may end with number signs or attributes, a cell with a bar.
_ACTIVE_MORE: dict[Place, str] = {"line": "", "heading": r" | [\#{}]", "cell": r" | \|"}
_ACTIVE_IN = {place: re.compile(_ACTIVE + more, re.VERBOSE | re.IGNORECASE) for place, more in _ACTIVE_MORE.items()}
# A quick look whether there is anything to do at all.
_PERHAPS_ACTIVE = re.compile(r"_|[^\w\s,;()]")
# An address that every reader takes whole between angle brackets and shows as it is.
_ADDRESS = re.compile(r"(?:https?|ftp)://[\w.\-~:/?#@!$&*+,;=]*[\w\-~/#@$*+=]", re.ASCII | re.IGNORECASE)
# What may follow an address. Anything else might belong to it: then the link would lead elsewhere.
_AFTER_ADDRESS = re.compile(r"[\s).,;:!?\]>'\"»”’。，、）」]|\Z")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Numbers and letters that pandoc takes for the marker of a list, up to the sign that makes them one.
# ("A. Smith" is none: there, capitals ask for two spaces).
_LIST_MARKER = re.compile(r"(?![A-Z]\.)(\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+))([.)])(?=\s|\Z)")
_LINE_MARKER = re.compile(r"[>|=]|[-+:](?=[-+=:|\s]|\Z)")
_TABLE_CAPTION = re.compile(r"(table):", re.IGNORECASE)


def clean_text(text: str) -> str:
    """`text` as one line of characters that can be written: other white space becomes a space."""
    if text.isprintable():
        return text
    return UNWRITABLE.sub("\ufffd", _SPACES.sub(" ", text))


def clean_lines(text: str) -> str:
    """Like `clean_text`, with line ends and tabs kept."""
    return UNWRITABLE.sub(
        "\ufffd", re.sub("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text).replace("\x1f", " ")
    )


def escape_text(text: str, place: Place = "line", *, addresses: bool = True) -> str:
    """Clean text for the middle of a line; with `addresses`, web addresses become links."""
    if not _PERHAPS_ACTIVE.search(text):
        return text
    active = _ACTIVE_IN[place]
    parts = []
    end = 0
    for match in _ADDRESS.finditer(text) if addresses and "://" in text else ():
        if text[match.start() - 1 : match.start()].isalnum() or not _is_whole_address(match):
            continue
        parts += [active.sub(r"\\\g<0>", text[end : match.start()]), f"<{match[0]}>"]
        end = match.end()
    return "".join(parts) + active.sub(r"\\\g<0>", text[end:])


def is_plain_address(text: str) -> bool:
    """Whether `text` is an address that may stand between angle brackets."""
    return _ADDRESS.fullmatch(text) is not None and not _ENTITY.search(text)


def _is_whole_address(match: re.Match[str]) -> bool:
    return _AFTER_ADDRESS.match(match.string, match.end()) is not None and not _ENTITY.search(match[0])


def escape_line_start(markdown: str) -> str:
    """Escaped text such that it begins no list, quotation, table or caption at the start of a line."""
    if match := _LIST_MARKER.match(markdown):
        return f"{match[1]}\\{markdown[match.start(2) :]}"
    if _LINE_MARKER.match(markdown):
        return "\\" + markdown
    return _TABLE_CAPTION.sub(r"\1\\:", markdown, count=1) if _TABLE_CAPTION.match(markdown) else markdown


def escape_after_markup(markdown: str, before: str) -> str:
    """Escaped text such that it does not go on with the link, note or code that ends with `before`."""
    goes_on = {"]": "(:{", ")": "{", "`": "{", ">": "{"}.get(before, "")
    return "\\" + markdown if markdown[:1] and markdown[0] in goes_on else markdown


def escape_entities(text: str) -> str:
    """Clean text as characters and entities, for places that are HTML to some and Markdown to others."""
    if match := _LIST_MARKER.match(text):
        return f"{escape_entities(match[1])}&#{ord(match[2])};{escape_entities(text[match.end(2) :])}"
    return re.sub(r"\A-|(?![,.;()/%-])[!-/:-@\[-`{-~]|-(?=-)|(?<=-)-|\.(?=\.\.)", _name_entity, text)


def _name_entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def escape_url(url: str) -> str:
    """A web address for the round brackets of a link, without changing where it leads."""
    quoted = re.sub(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff<>\[\]{}\\\"'`|^*]|%(?![0-9A-Fa-f]{2})", _quote_character, url)
    return re.sub("[()]", r"\\\g<0>", _ENTITY.sub("&amp;", quoted))


def _quote_character(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode(errors="replace"))


def make_fence(text: str, shortest: int = 1) -> str:
    """Backticks that do not occur in `text` in a run of their length."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(shortest, longest + 1)
