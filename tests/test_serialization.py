"""JSON: loads back equal, reads well, is described by its schema, and refuses what it does not know."""

from __future__ import annotations

import dataclasses
import inspect
import json
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import thesis_convert
from thesis_convert import document as nodes
from thesis_convert.document import Document, Media, Metadata, Origin, PageBreak, Paragraph, Section, Text
from thesis_convert.errors import ExitCode, InputError
from thesis_convert.serialization import parse_document, serialize_document
from thesis_convert.writers import WriteContext
from thesis_convert.writers.json import JsonOptions, JsonWriter

EVERY_NODE = Path(__file__).parent / "document.json"
SCHEMA = json.loads((Path(thesis_convert.__file__).parent / "document.schema.json").read_text("utf-8"))
NODE_CLASSES: list[Any] = [
    kind for kind in vars(nodes).values() if inspect.isclass(kind) and kind.__module__ == nodes.__name__
]


def make_document(*blocks: nodes.Block, **parts: Any) -> Document:
    return Document(Metadata(), body=(Section("chapter", "1", (Text("One"),), blocks),), **parts)


def walk_values(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from walk_values(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from walk_values(getattr(value, field.name))


# --- The thesis with every node -------------------------------------------------------------------


def test_the_shared_thesis_holds_every_class_field_and_choice(every_node: Document) -> None:
    found = [value for value in walk_values(every_node) if type(value) in NODE_CLASSES]
    missing = {kind.__name__ for kind in NODE_CLASSES} - {type(value).__name__ for value in found}
    for kind in NODE_CLASSES:
        hints = typing.get_type_hints(kind)
        for field in dataclasses.fields(kind):
            used = [getattr(value, field.name) for value in found if type(value) is kind]
            if typing.get_origin(hints[field.name]) is typing.Literal:
                missing |= {f"{kind.__name__}: {choice}" for choice in typing.get_args(hints[field.name])} - {
                    f"{kind.__name__}: {choice}" for choice in used
                }
            elif all(not value or value == field.default for value in used):
                missing.add(f"{kind.__name__}.{field.name}")
    assert missing == set()


def test_the_shared_thesis_is_sound(every_node: Document) -> None:
    values = list(walk_values(every_node))
    ids = [name for value in values if (name := getattr(value, "id", ""))]
    assert len(set(ids)) == len(ids)
    assert {value.target for value in values if isinstance(value, nodes.Reference)} <= set(ids)
    shown = {getattr(value, "media", "") for value in values if not isinstance(value, Document)} - {""}
    assert shown <= {media.name for media in every_node.media}


def test_the_shared_thesis_is_written_as_it_stands(every_node: Document) -> None:
    assert serialize_document(every_node) == EVERY_NODE.read_bytes()


# --- There and back -------------------------------------------------------------------------------


def test_what_was_written_loads_back_equal_with_its_pictures_and_places(every_node: Document) -> None:
    loaded = parse_document(serialize_document(every_node))
    assert loaded == every_node
    assert loaded.media[0].data.startswith(b"\x89PNG")
    places = [value for value in walk_values(every_node) if isinstance(value, Origin)]
    assert len(places) > 20
    assert [value for value in walk_values(loaded) if isinstance(value, Origin)] == places


inlines = st.recursive(
    st.one_of(
        st.builds(Text, st.text(st.characters(), max_size=8)),
        st.builds(PageBreak, st.text(max_size=3), st.integers(1, 10**6)),
        st.builds(nodes.Math, st.text(max_size=5), st.text(max_size=5)),
    ),
    lambda inner: st.one_of(
        st.builds(nodes.Emphasis, st.tuples(inner, inner)),
        st.builds(nodes.Note, st.just("n"), st.text(max_size=2), st.tuples(st.builds(Paragraph, st.tuples(inner)))),
    ),
    max_leaves=6,
)
boxes = st.tuples(*[st.floats(-1e5, 1e5)] * 4)
places = st.none() | st.builds(Origin, st.integers(1, 10**6), boxes)


@given(st.builds(Paragraph, st.lists(inlines, max_size=3).map(tuple), st.text(), st.just(""), places), st.binary())
@settings(max_examples=200, deadline=None)
def test_any_characters_bytes_and_places_survive(paragraph: Paragraph, data: bytes) -> None:
    document = make_document(paragraph, media=(Media("a.png", "image/png", data, 1, 1),))
    written = serialize_document(document)
    assert parse_document(written) == document
    assert serialize_document(parse_document(written)) == written


def test_a_lone_surrogate_is_escaped_and_comes_back() -> None:
    document = make_document(Paragraph((Text("a\udc80b"),)))
    assert b'"a\\udc80b"' in serialize_document(document)
    assert parse_document(serialize_document(document)) == document


# --- What a reader of the file sees ---------------------------------------------------------------


def test_the_form_is_short_and_readable() -> None:
    document = make_document(
        Paragraph(
            (Text("Größe, 大小, and no more than this."), PageBreak("xii", 14)),
            origin=Origin(13, (1, 2.345, 3, -0.001)),
        )
    )
    expected = """\
{
  "format": "thesis-convert document",
  "version": 1,
  "metadata": {},
  "body": [
    {
      "type": "Section",
      "kind": "chapter",
      "label": "1",
      "title": [{"type": "Text", "text": "One"}],
      "blocks": [
        {
          "type": "Paragraph",
          "content": [
            {"type": "Text", "text": "Größe, 大小, and no more than this."},
            {"type": "PageBreak", "label": "xii", "page": 14}
          ],
          "origin": {"page": 13, "box": [1.0, 2.35, 3.0, 0.0]}
        }
      ],
      "pages": {"first": 13, "last": 14, "last_label": "xii"}
    }
  ]
}
"""
    assert serialize_document(document).decode() == expected


def test_sections_know_their_pages_and_places_their_printed_label(every_node: Document) -> None:
    tree = json.loads(serialize_document(every_node))
    part = tree["body"][1]
    assert part["pages"] == {"first": 10, "last": 18, "first_label": "2", "last_label": "10"}
    assert part["sections"][0]["sections"][0]["pages"] == {
        "first": 13,
        "last": 14,
        "first_label": "5",
        "last_label": "6",
    }
    assert part["sections"][1]["blocks"][1]["origin"]["label"] == "8"


def test_sections_without_any_known_page_name_none() -> None:
    assert "pages" not in json.loads(serialize_document(make_document(Paragraph((Text("a"),)))))["body"][0]


def test_the_writer_keeps_pictures_unless_told_not_to(every_node: Document) -> None:
    writer, context = JsonWriter(), WriteContext("thesis")
    assert writer.write(every_node, JsonOptions(), context).data == EVERY_NODE.read_bytes()
    lean = writer.write(every_node, JsonOptions(pictures=False), context)
    assert b'"data"' not in lean.data
    assert lean.files == {}
    loaded = parse_document(lean.data)
    assert [(media.name, media.data) for media in loaded.media] == [(media.name, b"") for media in every_node.media]
    assert dataclasses.replace(loaded, media=()) == dataclasses.replace(every_node, media=())


# --- The schema -----------------------------------------------------------------------------------


def find_schema_errors(tree: Any) -> list[str]:
    return [error.json_path for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(tree)]


def test_the_schema_is_one_and_holds_for_what_is_written(every_node: Document) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert find_schema_errors(json.loads(serialize_document(every_node))) == []
    assert find_schema_errors(json.loads(serialize_document(every_node, media=False))) == []
    assert find_schema_errors(json.loads(serialize_document(Document(Metadata())))) == []


@pytest.mark.parametrize("kind", NODE_CLASSES, ids=lambda kind: kind.__name__)
def test_the_schema_knows_each_field(kind: Any) -> None:
    described = SCHEMA if kind is Document else SCHEMA["$defs"][kind.__name__]
    derived = {Section: {"pages"}, Origin: {"label"}, Document: {"format", "version"}}.get(kind, set())
    fields = dataclasses.fields(kind)
    assert set(described["properties"]) - {"type"} - derived == {field.name for field in fields}
    required = {field.name for field in fields if field.default is dataclasses.MISSING} - {"data"}
    assert set(described.get("required", ())) - {"type", "format", "version"} == required
    for name, hint in typing.get_type_hints(kind).items():
        if typing.get_origin(hint) is typing.Literal:
            assert described["properties"][name]["enum"] == list(typing.get_args(hint))


@pytest.mark.parametrize(("union", "name"), [(nodes.Inline, "Inline"), (nodes.Block, "Block")])
def test_the_schema_knows_what_may_stand_where(union: Any, name: str) -> None:
    references = [choice["$ref"].rpartition("/")[2] for choice in SCHEMA["$defs"][name]["anyOf"]]
    assert references == [kind.__name__ for kind in typing.get_args(union)]


# --- What is refused ------------------------------------------------------------------------------


def change(path: str, value: object) -> Callable[[Any], None]:
    """Puts `value` at a place like "body.0.kind"."""

    def apply(tree: Any) -> None:
        *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        for part in parents:
            tree = tree[part]
        tree[last] = value

    return apply


def remove(path: str, name: str) -> Callable[[Any], None]:
    def apply(tree: Any) -> None:
        for part in path.split("."):
            tree = tree[int(part) if part.isdigit() else part]
        del tree[name]

    return apply


REFUSED = [
    (change("body.0.blocks.0", {"type": "Poem"}), 'body[0].blocks[0]: no "Poem" can stand here'),
    (change("body.0.title.0", {"type": "Paragraph", "content": []}), 'body[0].title[0]: no "Paragraph" can stand here'),
    (change("body.0.blocks.0", "text"), 'body[0].blocks[0]: an object with a "type" is expected'),
    (change("body.0.blocks.0", {"content": []}), 'body[0].blocks[0]: an object with a "type" is expected'),
    (change("body.0.type", "Chapter"), 'body[0]: "type": "Section" is expected'),
    (change("body.0.blocks.1.colour", "red"), 'body[0].blocks[1]: Paragraph has no field "colour"'),
    (change("colour", "red"), 'document: Document has no field "colour"'),
    (change("body.0.kind", "canto"), 'body[0].kind: "canto" is none of title-page, copyright-page,'),
    (change("body.0.label", 1), "body[0].label: text is expected"),
    (change("body.0.blocks.1.content.0.page", True), "body[0].blocks[1].content[0].page: a whole number is expected"),
    (change("body.0.blocks", {}), "body[0].blocks: a list is expected"),
    (change("body.0.origin.box", [1, 2, 3]), "body[0].origin.box: a list of 4 is expected"),
    (change("body.0.origin.box", [1, 2, 3, "4"]), "body[0].origin.box[3]: a number is expected"),
    (change("body.0.origin", None), "body[0].origin: an object (Origin) is expected"),
    (change("media.0.data", "%"), "media[0].data: base64 is expected"),
    (remove("body.0", "title"), 'body[0]: Section needs the field "title"'),
    (remove("body.0.blocks.1", "content"), 'body[0].blocks[1]: Paragraph needs the field "content"'),
]


@pytest.mark.parametrize(("edit", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_a_tree_that_is_not_one_is_refused_with_its_place(edit: Callable[[Any], None], message: str) -> None:
    tree = json.loads(EVERY_NODE.read_bytes())
    edit(tree)
    with pytest.raises(InputError) as caught:
        parse_document(json.dumps(tree))
    assert str(caught.value).startswith(message)
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    if "%" not in json.dumps(tree["media"][0]["data"]):  # a schema does not look into base64
        assert find_schema_errors(tree) != []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "this is not JSON"),
        (b"\xff\xfe\xff", "this is not JSON"),
        (b"[" * 100_000, "this is not JSON"),
        (b'{"format": "thesis-convert document", "version": NaN}', "this is not JSON: NaN is no number"),
        (b"[]", 'this JSON is not a "thesis-convert document"'),
        (b'{"version": 1}', 'this JSON is not a "thesis-convert document"'),
        (b'{"format": "thesis-convert document"}', "version null of the document format is unknown"),
        (b'{"format": "thesis-convert document", "version": 2}', "version 2 of the document format is unknown"),
        (b'{"format": "thesis-convert document", "version": true}', "version true of the document format is unknown"),
        (b'{"format": "thesis-convert document", "version": 1}', 'document: Document needs the field "metadata"'),
    ],
)
def test_another_format_or_version_is_refused_with_advice(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}") as caught:
        parse_document(data)
    assert caught.value.advice or "needs the field" in message
