"""Room for the frames of deep calls, so that Python does not ask the system for it at every call.

Python 3.11 and later keep the frames of calls in chunks of 16 kB. Where a loop stands near the end of one,
every call in it takes a new chunk from the system and gives it back: laying out nested boxes did so 85 000
times for a bulletin of twenty pages, which took a third of the time. A call whose frame needs more is given a
chunk of its own, and what it calls goes on in that chunk: so it is asked for megabytes that it never touches.

Upstream: no issue known for it; https://github.com/python/cpython, `push_chunk` in Python/pystate.c.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = ParamSpec("Given")
Result = TypeVar("Result")

_SLOTS: Final = 270_000
"""Of 8 bytes. With a little over 2 MB, the chunk has 4 MB (a power of two), half of it for what is called."""


def with_room(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return a function that is called with room for the frames of all that it calls.

    Args:
        function: One that calls deeply.
    """

    def call(*arguments: Given.args, **named: Given.kwargs) -> Result:
        return function(*arguments, **named)

    call.__code__ = call.__code__.replace(co_stacksize=_SLOTS)
    return functools.wraps(function)(call)
