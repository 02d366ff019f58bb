"""Calls into the library that reads the ink, at less than half their usual cost.

A page has thousands of words, and the library answers one question about one character a call. What
Python does around such a call takes longer than the call, so functions are bound to take plain numbers
for pointers, and a question about many things is asked without a line of Python in between.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any


def bind(function: object, result: type | None, *arguments: type) -> Callable[..., int]:
    """The same C function with plain numbers for pointers, which does not let other threads run meanwhile.

    It is for questions that are answered at once: half the cost of a call.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


def ask_each(
    question: Callable[..., int], number: str, sizes: Sequence[int], things: Sequence[int], page: int | None = None
) -> list[list[Any]]:
    """What `question` answers about each of `things`: handles, or indexes of characters of a `page`.

    It writes numbers of a C type, named by its code in the module `array`, to as many places as `sizes` has, so many
    to each place as is said there. Returned are lists as long as `things`: first what it returns, 0 when it cannot
    tell, then one for each number that it writes.
    """
    count, width = len(things), sum(sizes)
    buffer = array(number, [0]) * (width * count)
    start, unit = buffer.buffer_info()[0], buffer.itemsize
    end = start + len(buffer) * unit
    before = [sum(sizes[:place]) * unit for place in range(len(sizes))]
    places = [range(start + offset, end + offset, width * unit) for offset in before]
    subjects = [things] if page is None else [repeat(page), things]
    returned = list(map(question, *subjects, *places))
    return [returned, *(buffer[place::width].tolist() for place in range(width))]
