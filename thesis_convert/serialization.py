"""`Document` to JSON and back: a form that other programs, tests and later runs can rely on.

A document goes in and UTF-8 bytes come out, or the other way round; what was written loads back
equal. The form follows `document.py` field by field, so nothing needs to be said twice: a node is
an object with its class name under "type" and its fields in their declared order; fields that hold
their default are left out; bytes are base64. `document.schema.json` describes it for others.

Two things are added for readers who search or cite and are ignored on the way back, since they
follow from the rest: a section's `pages` (first and last, with their printed labels) and the
printed `label` of the page in an `origin`.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import types
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from thesis_convert import document as nodes
from thesis_convert.document import Document, Media, Origin, PageBreak, Section
from thesis_convert.errors import InputError
from thesis_convert.traversal import walk

FORMAT = "thesis-convert document"
VERSION = 1

# Parts of a node whose class follows from their place; everything else says its "type".
_RECORDS = (Document, nodes.Metadata, nodes.Abstract, nodes.Identifier, Media, nodes.Source, Origin)
# What is derived when writing, by class: known when reading, and skipped.
_DERIVED = {Section: {"pages"}, Origin: {"label"}, Document: {"format", "version"}}
# An object or list that fits is written on one line, so that a paragraph is not spread over a screen.
_LINE_WIDTH = 100

Json = Any
Decoder = Callable[[Json, str], Any]


def serialize_document(document: Document, *, media: bool = True) -> bytes:
    """JSON in UTF-8, the same bytes for the same document; `media=False` leaves the pictures' bytes out.

    Boxes are rounded to hundredths of a point. Without the bytes the document loads back with empty ones.
    """
    labels = {node.page: node.label for node in walk(document) if isinstance(node, PageBreak) and node.label}
    tree = {"format": FORMAT, "version": VERSION} | _encode(document, labels)
    if not media:
        for entry in tree.get("media", ()):
            del entry["data"]
    # Nothing but a lone surrogate cannot be encoded, and its backslash form is what JSON says for it.
    return (_lay_out(tree, "") + "\n").encode("utf-8", "backslashreplace")


def parse_document(data: bytes | str) -> Document:
    """The document that `serialize_document` wrote.

    Raises `InputError`, which names the place in the tree, for anything else: no JSON, another
    format or version, an unknown node or field, a missing field, a value of the wrong kind.
    """
    try:
        tree = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not JSON: {error}", "Give the file that --to json wrote.") from error
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise InputError(f'this JSON is not a "{FORMAT}"', "Give the file that --to json wrote.")
    if type(tree.get("version")) is not int or tree["version"] != VERSION:
        raise InputError(
            f"version {json.dumps(tree.get('version'))} of the document format is unknown; version {VERSION} is known",
            "Convert the PDF again, or use the version of thesis-convert that wrote the file.",
        )
    document: Document = _decoder(Document)(tree, "")
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


# --- Writing ------------------------------------------------------------------------------------


def _encode(value: Any, labels: Mapping[int, str]) -> Json:
    if isinstance(value, (str, int)) or value is None:
        return value
    if isinstance(value, tuple):
        return [_encode(item, labels) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Origin):
        box = [round(float(edge), 2) + 0.0 for edge in value.box]  # + 0.0: no negative zero
        label = {"label": labels[value.page]} if value.page in labels else {}
        return {"page": value.page} | label | {"box": box}
    kind: Any = type(value)
    node = {} if kind in _RECORDS else {"type": kind.__name__}
    for name, default in _defaults(kind).items():
        part = getattr(value, name)
        if default is dataclasses.MISSING or part != default:
            node[name] = _encode(part, labels)
    if kind is Section and (pages := sorted(_find_pages(node))):
        node["pages"] = _describe_pages(pages[0], pages[-1], labels)
    return node


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    return {field.name: field.default for field in dataclasses.fields(kind)}


def _find_pages(tree: Json) -> Iterator[int]:
    """The pages that an encoded node is known to touch, by its origins and page breaks."""
    if isinstance(tree, list):
        for item in tree:
            yield from _find_pages(item)
    elif isinstance(tree, dict):
        if "pages" in tree:
            yield from (tree["pages"]["first"], tree["pages"]["last"])
        elif "page" in tree:
            yield tree["page"]
        else:
            yield from _find_pages(list(tree.values()))


def _describe_pages(first: int, last: int, labels: Mapping[int, str]) -> Json:
    pages: dict[str, Json] = {"first": first, "last": last}
    if first in labels:
        pages["first_label"] = labels[first]
    if last in labels:
        pages["last_label"] = labels[last]
    return pages


def _lay_out(tree: Json, indent: str) -> str:
    if not tree or not isinstance(tree, (dict, list)):
        return json.dumps(tree, ensure_ascii=False, allow_nan=False)
    inner = indent + "  "
    if isinstance(tree, dict):
        items = [f"{json.dumps(key)}: {_lay_out(value, inner)}" for key, value in tree.items()]
        line = "{" + ", ".join(items) + "}"
    else:
        items = [_lay_out(value, inner) for value in tree]
        line = "[" + ", ".join(items) + "]"
    is_text = isinstance(tree, dict) and tree.get("type") == "Text"
    if is_text or (len(indent) + len(line) <= _LINE_WIDTH and "\n" not in line):
        return line
    return f"{line[0]}\n{inner}" + f",\n{inner}".join(items) + f"\n{indent}{line[-1]}"


# --- Reading ------------------------------------------------------------------------------------


@cache
def _decoder(hint: Any) -> Decoder:
    """What reads a value of the type `hint`: a function of the JSON and its place in the tree."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _list_decoder(arguments)
    if origin is Literal:
        return _choice_decoder(arguments)
    if origin in (Union, types.UnionType):
        kinds = tuple(kind for kind in arguments if kind is not types.NoneType)
        return _decoder(kinds[0]) if len(kinds) == 1 else _union_decoder(kinds)
    if dataclasses.is_dataclass(hint):
        return _node_decoder(hint)
    return _scalar_decoder(hint)


def _node_decoder(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    defaults = _defaults(kind) | ({"data": b""} if kind is Media else {})
    required = {name for name, default in defaults.items() if default is dataclasses.MISSING}
    skipped = _DERIVED.get(kind, set()) | (set() if kind in _RECORDS else {"type"})

    def decode(value: Json, place: str) -> Any:
        if not isinstance(value, dict):
            raise _mismatch(place, f"an object ({kind.__name__}) is expected")
        if "type" in skipped and value.get("type") != kind.__name__:
            raise _mismatch(place, f'"type": "{kind.__name__}" is expected')
        parts = dict(defaults)
        for name, part in value.items():
            if name in hints:
                parts[name] = _decoder(hints[name])(part, f"{place}.{name}")
            elif name not in skipped:
                raise _mismatch(place, f'{kind.__name__} has no field "{name}"')
        for name in sorted(required - value.keys()):
            raise _mismatch(place, f'{kind.__name__} needs the field "{name}"')
        return kind(**parts)

    return decode


def _union_decoder(kinds: tuple[Any, ...]) -> Decoder:
    by_name = {kind.__name__: kind for kind in kinds}

    def decode(value: Json, place: str) -> Any:
        name = value.get("type") if isinstance(value, dict) else None
        if not isinstance(name, str):
            raise _mismatch(place, 'an object with a "type" is expected')
        if name not in by_name:
            raise _mismatch(place, f'no "{name}" can stand here')
        return _decoder(by_name[name])(value, place)

    return decode


def _list_decoder(arguments: tuple[Any, ...]) -> Decoder:
    decode_item = _decoder(arguments[0])
    length = None if arguments[-1] is Ellipsis else len(arguments)

    def decode(value: Json, place: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or (length is not None and len(value) != length):
            raise _mismatch(place, f"a list{f' of {length}' if length else ''} is expected")
        return tuple(decode_item(item, f"{place}[{index}]") for index, item in enumerate(value))

    return decode


def _choice_decoder(choices: tuple[Any, ...]) -> Decoder:
    def decode(value: Json, place: str) -> Any:
        if not isinstance(value, str) or value not in choices:
            raise _mismatch(place, f"{json.dumps(value, ensure_ascii=False)} is none of {', '.join(choices)}")
        return value

    return decode


def _scalar_decoder(kind: type[Any]) -> Decoder:
    accepted = {float: (int, float), bytes: (str,)}.get(kind, (kind,))
    name = {str: "text", int: "a whole number", float: "a number", bool: "true or false", bytes: "base64"}[kind]

    def decode(value: Json, place: str) -> Any:
        # `type`, since true is an int to `isinstance`.
        if type(value) not in accepted:
            raise _mismatch(place, f"{name} is expected")
        try:
            return base64.b64decode(value, validate=True) if kind is bytes else kind(value)
        except (ValueError, OverflowError) as error:
            raise _mismatch(place, f"{name} is expected") from error

    return decode


def _mismatch(place: str, message: str) -> InputError:
    return InputError(f"{place.removeprefix('.') or 'document'}: {message}")
