"""Which of several equal places a block is meant to stand at: chosen for all blocks of a sequence together.

Where words stand more than once, as a title that is a section's too, the first place that fits need not be
the right one, and with a wrong one the blocks behind it are missed. So the places of all blocks are chosen as
the path with the fewest and shortest leaps (Viterbi 1967); of the paths to each block, the best few are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.pdf.law.drawn.reading_order import comes_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block

_KEPT: Final = 8
"""Paths that are kept at each block."""

_MISSING: Final = 15.0
_BACKWARDS: Final = 30.0
_TO_EARLIER_PAGE: Final = 60.0
_NEXT_PAGE: Final = 6.0
_PAGE: Final = 4.0
_ELSEWHERE: Final = 4.0
_PAINTED_LATER: Final = 1.0
_LATE: Final = 0.5
"""Costs of a block without a place, of leaps between two blocks, and of each page before the first."""

_LINES: Final = 10.0
_FARTHEST: Final = 5.0
"""Font sizes downwards that cost as much as one leap, and the most that the way downwards costs."""


class Stretch(NamedTuple):
    """The fragments that may show a block, or its beginning.

    Args:
        first: The first.
        last: The last.
    """

    first: Fragment
    last: Fragment


class _Path(NamedTuple):
    cost: float
    end: Fragment | None
    before: _Path | None
    block: Block | None = None
    place: Stretch | None = None


def likeliest_places(
    blocks: Iterable[Block], places: Callable[[Block], list[Stretch]]
) -> dict[Block, Fragment]:
    """Return where each block begins, most likely.

    Args:
        blocks: Of one sequence, in reading order.
        places: Returns where a block may stand.
    """
    paths = [_Path(0, None, None)]
    for block in blocks:
        held = places(block)
        reached = [path._replace(cost=path.cost + _MISSING) for path in paths]
        for place in held:
            costs = [path.cost + _leap(path.end, place.first) for path in paths]
            least = min(range(len(paths)), key=costs.__getitem__)
            reached.append(_Path(costs[least], place.last, paths[least], block, place))
        paths = sorted(reached, key=lambda path: path.cost)[:_KEPT]
    return _places_on(paths[0])


def _places_on(path: _Path) -> dict[Block, Fragment]:
    chosen: dict[Block, Fragment] = {}
    at: _Path | None = path
    while at is not None:
        if at.block is not None and at.place is not None:
            chosen[at.block] = at.place.first
        at = at.before
    return chosen


def _leap(last: Fragment | None, following: Fragment) -> float:
    """Return what it costs to read on at a fragment."""
    if last is None:
        return _LATE * following.page
    if last.page != following.page:
        ahead = following.page - last.page
        return _NEXT_PAGE + _PAGE * (ahead - 1) if ahead > 0 else _TO_EARLIER_PAGE
    if following.at == last.at + 1:
        return 0.0
    cost = _PAINTED_LATER * (following.at < last.at)
    if last is following or not comes_after(last, following):
        return cost + _BACKWARDS
    drop = last.baseline - following.baseline
    if drop <= 0:
        return cost + _ELSEWHERE
    return cost + min(1 + drop / last.size / _LINES, _FARTHEST)
