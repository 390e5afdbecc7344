"""Deep calls do not ask the system for memory each time."""

from __future__ import annotations

import resource
from typing import Final

from pipeline.page.engine.memory.frames import with_room

CALLS: Final = 500
DEEPEST: Final = 400
"""More calls within calls than frames fit into two chunks of 16 kB."""


def nothing() -> None:
    return


def faults_of_calls() -> int:
    """Return how many pages of memory many calls ask the system for."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        nothing()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def at_depth(depth: int) -> int:
    return at_depth(depth - 1) if depth else faults_of_calls()


def test_no_depth_makes_every_call_ask_for_memory() -> None:
    most = max(with_room(at_depth)(depth) for depth in range(DEEPEST))
    assert most < CALLS / 5


def test_a_function_with_room_is_called_as_without() -> None:
    @with_room
    def told(first: int, *rest: int, named: str = "") -> tuple[int, tuple[int, ...], str]:
        """Its own words."""
        return first, rest, named

    assert told(1, 2, 3, named="four") == (1, (2, 3), "four")
    assert (told.__name__, told.__doc__) == ("told", "Its own words.")
