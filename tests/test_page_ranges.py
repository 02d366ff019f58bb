"""Page ranges: what a user types, and the pages that come of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thesis_convert.errors import UsageError
from thesis_convert.page_ranges import parse_pages

# Eight pages: a title page without a label, front matter, text, and an appendix.
LABELS = ("", "i", "ii", "1", "2", "3", "A-1", "A-2")
NUMBER_NONSENSE = ("0", "9", "1-9", "9-", "0-2", "3-2", "-", "1--2", "1,,2", ",", "1-2-3", "1.5", "+1", "1 2", "٣")
NONSENSE = (*NUMBER_NONSENSE, "x", "label:", "label:4", "label:3-1", "label:-", "1" * 5000)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", "12345678"),
        ("1", "1"),
        ("2-4", "234"),
        ("7-", "78"),
        ("-2", "12"),
        (" 5 , 1 - 2 ", "125"),
        ("4–6", "456"),
        ("3,1,3,2-3", "123"),
        ("ii", "3"),
        ("II-2", "345"),
        ("1-2,a-1-", "1278"),
        ("label:1", "4"),
        ("label:1-3", "456"),
        ("label:ii-", "345678"),
        ("label:-i", "12"),
        ("label:A-1", "7"),
        ("label:A-1-A-2", "78"),
        ("label:3-A-1", "67"),
        ("1,label:1,2", "145"),
        ("LABEL: 1 - 2", "45"),
    ],
)
def test_named_pages(text: str, pages: str) -> None:
    assert [index + 1 for index in parse_pages(text, LABELS, 8)] == [int(page) for page in pages]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_refused_and_says_what_there_is(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_pages(text, LABELS, 8)
    assert "--pages" in str(caught.value)
    assert "8 pages" in caught.value.advice or "2-3" in caught.value.advice


def test_advice_names_labels() -> None:
    with pytest.raises(UsageError) as caught:
        parse_pages("40", ("39", "40", "41"), 3)
    assert caught.value.advice == "The PDF has 3 pages, printed 39 to 41. For printed numbers say label:40."


def test_a_pdf_without_labels() -> None:
    assert parse_pages("1-", (), 1) == (0,)
    with pytest.raises(UsageError) as caught:
        parse_pages("iv", (), 1)
    assert caught.value.advice == "The PDF has 1 page and no printed labels."


def test_labels_that_come_twice_end_after_they_begin() -> None:
    two_volumes = ("1", "2", "i", "1", "2")
    assert parse_pages("label:i-2", two_volumes, 5) == (2, 3, 4)


@given(st.text(alphabet="0123456789-–,ivxA: labe", max_size=20))
def test_any_text_gives_sorted_pages_or_a_usage_error(text: str) -> None:
    try:
        pages = parse_pages(text, LABELS, 8)
    except UsageError as error:
        assert error.advice
    else:
        assert list(pages) == sorted(set(pages))
        assert set(pages) <= set(range(8))
        assert pages


@given(st.sets(st.integers(1, 60), min_size=1))
def test_a_list_of_single_pages_is_those_pages(numbers: set[int]) -> None:
    text = ",".join(str(number) for number in numbers)
    assert parse_pages(text, (), 60) == tuple(number - 1 for number in sorted(numbers))
