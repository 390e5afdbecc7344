"""A change carried over onto text as somebody wrote it, so that all the rest of it stays."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE: Final = re.compile(r"\r\n|\s|[^\W_]+|.", re.DOTALL)


class _Change(NamedTuple):
    """Pieces of one text, and those of another that take their place."""

    first: int
    last: int
    begin: int
    end: int


def carried_over(written: str, before: str, after: str) -> str:
    """Return a text with the difference of two other texts made in it.

    The two say what a program would write for the content before and after a change; the text says the
    content before as its author wrote it, with other line ends, signs and spaces. Only what the change
    touches is replaced, at its borders by words that all three have.

    Args:
        written: The text.
        before: What the program would write for it.
        after: What the program would write for the changed content.
    """
    own, old, new = _PIECE.findall(written), _PIECE.findall(before), _PIECE.findall(after)
    places = _places(own, old)
    kept: list[str] = []
    done = 0
    for change in _bordered(_changes(old, new), places, len(old)):
        start, stop = _range(change, places, len(old), len(own))
        kept += own[done : max(done, start)]
        kept += new[change.begin : change.end]
        done = max(done, stop)
    return "".join(kept + own[done:])


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Change(*numbers) for tag, *numbers in opcodes if tag != "equal"]


def _places(own: Sequence[str], old: Sequence[str]) -> dict[int, int]:
    """Return where each piece of what the program would write stands in the text.

    Words are found first, then the signs and spaces between those that were found; spaces are all alike.
    """
    words = [[at for at, piece in enumerate(pieces) if piece[0].isalnum()] for pieces in (old, own)]
    places = dict(_pairs(old, own, *words))
    found = [(-1, -1), *sorted(places.items()), (len(old), len(own))]
    for (before, there), (behind, and_there) in pairwise(found):
        between = range(before + 1, behind), range(there + 1, and_there)
        if all(between):
            places.update(_pairs(_alike(old), _alike(own), *between))
    return places


def _pairs(
    old: Sequence[str], own: Sequence[str], of_old: Sequence[int], of_own: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the positions of equal pieces in the same order, of some of the pieces of two texts."""
    pieces = [old[at] for at in of_old], [own[at] for at in of_own]
    for block in SequenceMatcher(None, *pieces, autojunk=False).get_matching_blocks():
        yield from ((of_old[block.a + at], of_own[block.b + at]) for at in range(block.size))


def _alike(pieces: Sequence[str]) -> list[str]:
    return [" " if piece.isspace() else piece for piece in pieces]


def _bordered(changes: Sequence[_Change], places: dict[int, int], count: int) -> list[_Change]:
    """Return the changes, each with borders that stand in the text; those that come to touch are one."""
    bordered: list[_Change] = []
    for at, change in enumerate(changes):
        following = changes[at + 1].first if at + 1 < len(changes) else count
        before = bordered[-1].last if bordered else 0
        first, last = change.first, change.last
        if not _is_there(change, places):
            while first > before and first - 1 not in places:
                first -= 1
            while last < following and last not in places:
                last += 1
        begin, end = change.begin - (change.first - first), change.end + last - change.last
        if bordered and first <= before and not _is_there(bordered[-1], places):
            last_one = bordered.pop()
            bordered.append(_Change(last_one.first, last, last_one.begin, end))
        else:
            bordered.append(_Change(first, last, begin, end))
    return bordered


def _is_there(change: _Change, places: dict[int, int]) -> bool:
    """Return whether what a change replaces stands in the text, all of it and together."""
    there = [places[at] for at in range(change.first, change.last) if at in places]
    return bool(there) and len(there) == change.last - change.first == there[-1] + 1 - there[0]


def _range(change: _Change, places: dict[int, int], count: int, own: int) -> tuple[int, int]:
    """Return which pieces of the text a change replaces: those it is about, or all between its borders."""
    if _is_there(change, places):
        return places[change.first], places[change.last - 1] + 1
    start = places.get(change.first - 1, -1) + 1
    if change.first == change.last and change.first:
        return start, start
    return start, places[change.last] if change.last in places and change.last < count else own
