"""Turns the words of lines into inlines: style, links, notes, joined line ends.

In: the lines of one block, from one page or several. Out: a tuple of `Inline`. Words become atoms,
pieces of text with all that marks them; neighbouring atoms with the same mark share one node, so
that emphasis goes on over line ends and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from typing import NamedTuple

from thesis_convert.document import (
    Code,
    Emphasis,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    Math,
    Note,
    PageBreak,
    Reference,
    SmallCaps,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from thesis_convert.loader.lines.building import line_text
from thesis_convert.loader.structure.hyphens import HYPHENS, Hyphenation
from thesis_convert.loader.structure.inline_pictures import InlinePicture
from thesis_convert.loader.structure.small_capitals import read_small_capitals
from thesis_convert.page import BoundingBox, Line, Word, WordKey
from thesis_convert.scripts import has_any

RAISED = 0.14
"""A word this share of the type size above the baseline, and smaller, is a superscript."""
LOWERED = 0.08
SCRIPT_SIZE = 0.88
"""Scripts are set smaller than this share of the line's type."""

_CJK = (
    ("\u2e80", "\u30ff"),
    ("\u3100", "\u312f"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff00", "\uff60"),
)

_ELLIPSIS = re.compile(r"(?<!\.)(?<!\. )\. \. \.(?! ?\.)")
"""TeX sets an ellipsis as three full stops with spaces; a row of more is something else."""
_ADDRESS_JOINTS = "/-_=&?%#~+"
"""Where addresses are divided; a full stop or comma may also end a sentence."""
_ADDRESS = re.compile(r"://|^www\.|@")
_ADDRESS_REST = re.compile(r"[\w-]/[\w-]|[=&]\w|\.(?:html?|php|pdf|aspx?)\b")


class Mark(NamedTuple):
    """What marks an atom. Two atoms next to each other with equal marks are one piece of text."""

    link: str = ""
    strong: bool = False
    emphasis: bool = False
    small_caps: bool = False
    underline: bool = False
    script: int = 0
    code: bool = False


PLAIN = Mark()
_PLAIN_FROM = tuple(PLAIN[level:] for level in range(len(PLAIN)))


@dataclass(frozen=True, slots=True)
class InlineContext:
    """What is known of the whole thesis when a block's words are put together.

    `notes` and `links` are by the word they stand on: a note takes the place of its mark, while
    `stray_notes` come after a word, and `hidden` words are left out. A link begins with "#" when it leads to an id
    of the document. A formula takes the place of its first word; the others are hidden.
    `pictures` stand before or behind a word; `show` gives the name of the `Media` for a place on a page.
    `break_before` gives the page breaks to put before the first word of a page.
    `cursive` names the fonts that stand for italics in scripts that have none. In a `typewritten` thesis characters
    of one width are no code.
    `special` has the keys of all words that something hangs on.
    """

    hyphenation: Hyphenation
    notes: Mapping[WordKey, Note] = field(default_factory=dict)
    stray_notes: Mapping[WordKey, tuple[Note, ...]] = field(default_factory=dict)
    hidden: frozenset[WordKey] = frozenset()
    links: Mapping[WordKey, str] = field(default_factory=dict)
    formulas: Mapping[WordKey, Math] = field(default_factory=dict)
    underlined: frozenset[WordKey] = frozenset()
    cursive: frozenset[str] = frozenset()
    typewritten: bool = False
    pictures: Mapping[WordKey, tuple[InlinePicture, ...]] = field(default_factory=dict)
    show: Callable[[BoundingBox, int], str] = lambda box, page: ""
    break_before: Callable[[int], tuple[PageBreak, ...]] = lambda page: ()
    special: frozenset[WordKey] = field(init=False)

    def __post_init__(self) -> None:
        keys = frozenset((*self.notes, *self.stray_notes, *self.links, *self.formulas, *self.pictures))
        keys |= self.hidden | self.underlined
        object.__setattr__(self, "special", keys)


Atom = tuple[str | Inline, Mark]


def build_inlines(
    lines: Sequence[Line],
    context: InlineContext,
    *,
    skip: int = 0,
    base: Mark = PLAIN,
    keep_lines: bool = False,
) -> tuple[Inline, ...]:
    """The inlines of `lines`. `skip` words at the beginning (a marker, a note's number) are left out.

    `base` is the style that goes without saying here (a heading's bold). With `keep_lines` the line
    ends stay.
    """
    if context.cursive and all(line.font.name in context.cursive for line in lines):
        context = replace(context, cursive=frozenset())  # a passage that is set so as a whole
    atoms: list[Atom] = []
    previous: Line | None = None
    for line in lines:
        words: Sequence[Word] = line.words[skip:] if previous is None else line.words
        breaks = context.break_before(line.page)
        if previous is not None:
            if keep_lines:
                atoms.append((LineBreak(), PLAIN))
            else:
                words, breaks = _join_line(atoms, line, words, context, breaks, base)
        atoms += [(page_break, PLAIN) for page_break in breaks]
        if words and _is_uniform(words, line.page, context):
            text = line.text if words is line.words else line_text(words)
            atoms.append((text, _read_mark(words[0], line, context, base)))
        else:
            for number, word in enumerate(read_small_capitals(words, line)):
                _add_word(atoms, word, line, context, base, first=number == 0)
        if words or previous is None:
            previous = line
    return _tidy(_nest(_tie_formulas(atoms) if context.formulas else atoms))


def _is_uniform(words: Sequence[Word], page: int, context: InlineContext) -> bool:
    """Whether words have one font and nothing hangs on them: most lines do, and one atom is enough then."""
    font, special = words[0].font, context.special
    return all(word.font is font and (page, word.order) not in special for word in words)


def _join_line(
    atoms: list[Atom],
    line: Line,
    words: Sequence[Word],
    context: InlineContext,
    breaks: tuple[PageBreak, ...],
    base: Mark,
) -> tuple[Sequence[Word], tuple[PageBreak, ...]]:
    """Adds what stands between two lines; a divided word is completed before a page break."""
    last = next((a[0] for a in reversed(atoms) if isinstance(a[0], str)), "")
    after_text = bool(atoms) and isinstance(atoms[-1][0], str)
    if (
        after_text
        and words
        and last.endswith(tuple(HYPHENS))
        and not last.endswith(" -")
        and not atoms[-1][1].script  # a raised sign is a charge, no hyphen
        and _tail(atoms).strip(HYPHENS)
    ):
        end = next((n for n, word in enumerate(words) if n and word.space_before), len(words))
        kept = _read_hyphen(atoms, line, words[:end], context)
        if kept is not None:
            text, mark = atoms[-1]
            assert isinstance(text, str)
            atoms[-1] = (text.rstrip(HYPHENS) + kept, mark)
            if not breaks:
                return words, ()
            for number, word in enumerate(words[:end]):
                _add_word(atoms, word, line, context, base, first=number == 0)
            atoms.append((" ", PLAIN))
            return words[end:], breaks
    if not words:
        return words, breaks
    if not (is_cjk(last[-1:]) and is_cjk(words[0].text[:1])) and not _divides_address(atoms, line, words[0], context):
        atoms.append((" ", _mark_of_space(atoms, words[0], line, context, base)))
    return words, breaks


def _read_hyphen(atoms: list[Atom], line: Line, words: Sequence[Word], context: InlineContext) -> str | None:
    """What stands for the hyphen before a line end, as `Hyphenation.join`; where a link leads, the link tells.

    `words` are the pieces of the first word of `line`.
    """
    tail, after = _tail(atoms), "".join(word.text for word in words)
    link = context.links.get((line.page, words[0].order), "")
    if link and link == atoms[-1][1].link:
        bare = tail.rstrip(HYPHENS)
        for kept in ("", "-"):
            if f"{bare}{kept}{words[0].text}".lower() in link.lower():
                return kept
    return context.hyphenation.join(tail, after)


def _divides_address(atoms: list[Atom], line: Line, word: Word, context: InlineContext) -> bool:
    """Whether a line ends inside a web address, which typesetters divide without a hyphen."""
    tail = _tail(atoms)
    if "://" not in tail and not tail.lower().startswith("www."):
        return False
    link = context.links.get((line.page, word.order), "")
    if link and link == atoms[-1][1].link:
        return True
    return tail[-1] in _ADDRESS_JOINTS or (_ADDRESS_REST.search(word.text) is not None and "://" not in word.text)


def _tail(atoms: list[Atom]) -> str:
    """The last printed word, which may be several atoms."""
    text = ""
    for piece, _ in reversed(atoms):
        if not isinstance(piece, str):
            break
        text = piece + text
        if " " in piece:
            break
    return text.rpartition(" ")[2]


def _add_word(atoms: list[Atom], word: Word, line: Line, context: InlineContext, base: Mark, first: bool) -> None:
    key = (line.page, word.order)
    note = context.notes.get(key)
    if note is not None:
        # A mark stands on the word before it, however far the typesetter set it off.
        if atoms and atoms[-1][0] == " ":
            atoms.pop()
        atoms.append((note, PLAIN))
        return
    if key not in context.hidden:
        formula = context.formulas.get(key)
        mark = _read_mark(word, line, context, base) if formula is None else Mark(context.links.get(key, ""))
        if word.space_before and not first:
            previous = atoms[-1][1] if atoms else PLAIN
            atoms.append((" ", _common_mark(previous, mark)))
        pictures = context.pictures.get(key, ())
        _add_pictures(atoms, [picture for picture in pictures if picture.before], context)
        atoms.append((formula or word.text, mark))
        _add_pictures(atoms, [picture for picture in pictures if not picture.before], context)
    atoms += [(stray, PLAIN) for stray in context.stray_notes.get(key, ())]


def _add_pictures(atoms: list[Atom], pictures: Sequence[InlinePicture], context: InlineContext) -> None:
    for picture in pictures:
        media = context.show(picture.box, picture.page)
        if media:
            space: list[Atom] = [(" ", PLAIN)] if picture.spaced else []
            image: Atom = (InlineImage(media), PLAIN)
            atoms += [image, *space] if picture.before else [*space, image]


def _tie_formulas(atoms: Sequence[Atom]) -> list[Atom]:
    """Formulas with the style of the text around them; those that a line end divides are one."""
    from thesis_convert.loader.structure.formulas.tex import goes_on  # most theses have no formulas

    result: list[Atom] = []
    for piece, mark in atoms:
        before = result[-2][0] if len(result) > 1 and result[-1][0] == " " else None
        if isinstance(piece, Math) and isinstance(before, Math) and goes_on(before.tex, piece.tex):
            result[-2:] = [(Math(f"{before.tex} {piece.tex}", f"{before.text} {piece.text}"), result[-2][1])]
        else:
            result.append((piece, mark))
    for place, (piece, mark) in enumerate(result):
        if not isinstance(piece, Math):
            continue
        start, end = place, place + 1
        while start and (isinstance(result[start - 1][0], Math) or result[start - 1][0] == " "):
            start -= 1
        while end < len(result) and (isinstance(result[end][0], Math) or result[end][0] == " "):
            end += 1
        if start and end < len(result):
            around = _common_mark(result[start - 1][1], result[end][1])._replace(link=mark.link, script=0, code=False)
            result[start:end] = [(inner, around._replace(link=own.link)) for inner, own in result[start:end]]
    return result


def _mark_of_space(atoms: list[Atom], word: Word, line: Line, context: InlineContext, base: Mark) -> Mark:
    return _common_mark(atoms[-1][1] if atoms else PLAIN, _read_mark(word, line, context, base))


def _common_mark(left: Mark, right: Mark) -> Mark:
    """The marks that hold on both sides of a space."""
    return Mark(
        left.link if left.link == right.link else "",
        left.strong and right.strong,
        left.emphasis and right.emphasis,
        left.small_caps and right.small_caps,
        left.underline and right.underline,
        left.script if left.script == right.script else 0,
        left.code and right.code,
    )


def _read_mark(word: Word, line: Line, context: InlineContext, base: Mark) -> Mark:
    font = word.font
    script = 0
    if font.size < SCRIPT_SIZE * line.size:
        shift = word.baseline - line.baseline
        script = 1 if shift > RAISED * line.size else -1 if shift < -LOWERED * line.size else 0
    key = (line.page, word.order)
    link = context.links.get(key, "")
    # Web addresses are underlined as links, not for emphasis.
    underline = key in context.underlined and not link and not base.underline and not _ADDRESS.search(word.text)
    return Mark(
        link,
        font.bold and not font.math and not base.strong,
        (font.italic or font.name in context.cursive) and not font.math and not base.emphasis,
        font.small_caps and not base.small_caps and not word.text.isdigit(),
        underline,
        script,
        font.monospace and not context.typewritten and not base.code,
    )


def _nest(atoms: Sequence[Atom]) -> tuple[Inline, ...]:
    nodes: list[Inline] = []
    for node in _group_links(_merge(atoms)):
        last = nodes[-1] if nodes else None
        if isinstance(node, Text) and isinstance(last, Text):
            nodes[-1] = Text(last.text + node.text)
        else:
            nodes.append(node)
    return tuple(nodes)


def _merge(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms with the texts of equal mark put together: few are left, most often one."""
    merged: list[Atom] = []
    for (mark, is_text), group in groupby(atoms, key=_find_sort):
        same = list(group)
        merged += [("".join([str(text) for text, _ in same]), mark)] if is_text else same
    return merged


def _find_sort(atom: Atom) -> tuple[Mark, bool]:
    return atom[1], isinstance(atom[0], str)


def _group_links(atoms: Sequence[Atom]) -> Iterator[Inline]:
    for link, group in groupby(atoms, key=_find_link):
        content = tuple(_group_style(list(group), 1))
        if not link:
            yield from content
        elif link.startswith("#"):
            content, rest = _cut_punctuation(content)
            yield Reference(link[1:], content)
            yield from rest
        else:
            yield Link(link, content)


def _find_link(atom: Atom) -> str:
    return atom[1].link


def _cut_punctuation(content: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """What a reference says, and the punctuation behind it, which was one word with it."""
    last = content[-1] if content else None
    if not isinstance(last, Text):
        return content, ()
    kept = last.text.rstrip(".,;:!?")
    if kept.endswith(")") and kept.count(")") > "".join(c.text for c in content if isinstance(c, Text)).count("("):
        kept = kept[:-1]
    if not kept or kept == last.text:
        return content, ()
    return (*content[:-1], Text(kept)), (Text(last.text[len(kept) :]),)


_WRAPPERS: tuple[Callable[[tuple[Inline, ...]], Inline], ...] = (Strong, Emphasis, SmallCaps, Underline)


def _group_style(atoms: Sequence[Atom], level: int) -> Iterator[Inline]:
    """Wraps runs of equal marks, from the outermost kind (strong) to the innermost (code)."""
    if level > len(_WRAPPERS):
        for script, group in groupby(atoms, key=lambda a: a[1].script):
            content = tuple(_plain(list(group)))
            yield from content if not script else ((Superscript if script > 0 else Subscript)(content),)
        return
    for marked, group in groupby(atoms, key=lambda a: a[1][level]):
        content = tuple(_group_style(list(group), level + 1))
        if marked and any(_has_text(c) for c in content):
            yield _WRAPPERS[level - 1](content)
        else:
            yield from content


def _has_text(node: Inline) -> bool:
    return not isinstance(node, PageBreak | Note | LineBreak) and not (isinstance(node, Text) and not node.text.strip())


def _plain(atoms: Sequence[Atom]) -> Iterator[Inline]:
    for code, group in groupby(atoms, key=lambda a: a[1].code):
        pieces: list[str] = []
        for piece, _ in group:
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            if pieces:
                yield Code("".join(pieces)) if code else Text("".join(pieces))
                pieces = []
            yield piece
        if pieces:
            yield Code("".join(pieces)) if code else Text("".join(pieces))


def _tidy(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without spaces at both ends and between CJK characters."""
    result = [Text(_close_up(node.text)) if isinstance(node, Text) else node for node in content]
    while result and isinstance(result[-1], Text):
        text = result[-1].text.rstrip()
        if text:
            result[-1] = Text(text)
            break
        result.pop()
    if result and isinstance(result[0], Text):
        result[0] = Text(result[0].text.lstrip())
    return tuple(node for node in result if not (isinstance(node, Text) and not node.text))


def is_cjk(char: str) -> bool:
    """Whether a character is Chinese or Japanese, or a sign that is set like one. "" is not."""
    return has_any(char, _CJK)


def _close_up(text: str) -> str:
    """The text without spaces that the typesetter made: in an ellipsis, between Chinese characters and their signs."""
    if ". . ." in text:
        text = _ELLIPSIS.sub("…", text)
    if max(text, default="") < _CJK[0][0]:
        return text
    return _space_between_cjk().sub("", text)


@cache
def _space_between_cjk() -> re.Pattern[str]:
    """Made when it is needed: so large a set of characters takes its time."""
    chars = "".join(f"{low}-{high}" for low, high in _CJK)
    return re.compile(f"(?<=[{chars}]) +(?=[{chars},.;:!?)\\]”’])|(?<=[(\\[“‘]) +(?=[{chars}])")
