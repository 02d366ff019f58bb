"""PDF objects as they are written, and as they are read."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thesis_convert.loader.pdf.syntax import MAX_NESTING, Name, Ref, Value, parse_object


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"true", True),
        (b"false", False),
        (b"null", None),
        (b"-17", -17),
        (b"+3", 3),
        (b"-.5", -0.5),
        (b"4.", 4.0),
        (b"12 0 R", Ref(12, 0)),
        (b"12\n%why\n", 12),
        (b"% a comment\n%% and more\r\n /Name", "Name"),
        (b"/A#20b#e9", "A b\u00e9"),
        (b"/caf#c3#a9", "caf\u00e9"),
        (b"/", ""),
        (b"(plain)", b"plain"),
        (b"(a (nested) string)", b"a (nested) string"),
        (b"(\\(\\)\\\\\\n\\101\\7\\0535\\x)", b"()\\\nA\x07+5x"),
        (b"(two\\\r\nlines\r\nand\rthree)", b"twolines\nand\nthree"),
        (b"()", b""),
        (b"<48 65 6C6c 6f>", b"Hello"),
        (b"<487>", b"Hp"),
        (b"<>", b""),
        (b"[1 2.5/A(b)<43>true null 3 0 R]", [1, 2.5, "A", b"b", b"C", True, None, Ref(3, 0)]),
        (b"[[1][[]]]", [[1], [[]]]),
        (b"<</A 1/B<</C[2]>>/D/E>>", {"A": 1, "B": {"C": [2]}, "D": "E"}),
        (b"<</A 1/A 2>>", {"A": 1}),
        (b"<</A 5 0 R/B 6 0/C 7>>", {"A": Ref(5, 0), "B": 6, "C": 7}),
    ],
)
def test_objects_are_read(written: bytes, value: Value) -> None:
    assert parse_object(written, 0)[0] == value
    assert parse_object(b"padding" + written + b" endobj", 7)[0] == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"", None),
        (b"endobj", None),
        (b"]", None),
        (b">>", None),
        (b"(never ends", b"never ends"),
        (b"[1 2", [1, 2]),
        (b"<</A 1/B", {"A": 1}),
        (b"<</A 1/B [2 (x", {"A": 1, "B": [2, b"x"]}),
        (b"[1 endobj 2]", [1]),
        (b"[1 2 obj]", [1, 2]),
        (b"[--5 1.2.3 1]", [None, None, 1]),
        (b"[1 } > ) 2]", [1, 2]),
        (b"<</A 1 2 3/B 4>>", {"A": 1, "B": 4}),
        (b"<<(text) 1/A 2>>", {"A": 2}),
        (b"9" * 5_000, None),
        (b"0." + b"9" * 5_000, None),
        (b"9" * 5_000 + b" 0 R", None),
        (b"<4x>", None),
        (b"1 0 Rest", 1),
    ],
)
def test_what_is_damaged_is_read_as_far_as_it_makes_sense(written: bytes, value: Value) -> None:
    assert parse_object(written, 0)[0] == value


def test_names_differ_from_texts() -> None:
    assert isinstance(parse_object(b"/A", 0)[0], Name)
    assert parse_object(b"(A)", 0)[0] == b"A"


def test_the_place_behind_an_object_is_told() -> None:
    data = b"[1 (a\\)b) 2] /Next"
    value, end = parse_object(data, 0)
    assert value == [1, b"a)b", 2]
    assert parse_object(data, end)[0] == "Next"


def test_nesting_ends_somewhere() -> None:
    value, depth = parse_object(b"[" * 5_000, 0)[0], 0
    while isinstance(value, list) and value:
        value, depth = value[0], depth + 1
    assert depth < MAX_NESTING


PIECES = [b"(", b")", b"<", b">", b"<<", b">>", b"[", b"]", b"{", b"/", b"/A", b"%", b"\n", b"\r", b" ", b"\x00", b"\\"]
PIECES += [
    b"1",
    b"1 0",
    b" 0 R",
    b"-",
    b"+",
    b".",
    b"4",
    b"true",
    b"null",
    b"obj",
    b"endobj",
    b"#4",
    b"\\0",
    b"\xff",
    b"a",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join), st.integers(0, 5))
def test_any_bytes_give_some_value(data: bytes, position: int) -> None:
    value, end = parse_object(data, position)
    assert value is None or isinstance(value, bool | int | float | bytes | Name | Ref | list | dict)
    assert end >= min(position, len(data))


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("before", [b"", b"[", b"(", b"<", b"[1", b"[(\r"])
def test_the_time_grows_with_the_length_alone(piece: bytes, before: bytes) -> None:
    start = time.process_time()
    parse_object(before + piece * 100_000, 0)
    assert time.process_time() - start < 2.0
