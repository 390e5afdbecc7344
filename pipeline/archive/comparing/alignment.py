"""Alignment of two long sequences of words, lines or tags, in less than quadratic time."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_PAIRS: Final = 1_000_000
"""Pairs of items that `difflib` compares at most: about two pages of words with two pages."""

_ANCHORS: Final = ((1, 1), (8, 1), (8, 1_000_000))
"""Runs that anchor two sequences to each other: their length, and how often they may occur; tags need the
longer ones.
"""


class Stretch(NamedTuple):
    """A stretch of one sequence, and that of the other which corresponds to it.

    Args:
        is_equal: Whether they are the same.
        begin: Index of its beginning in the first sequence, from 0.
        end: Index of its end in the first sequence, exclusive.
        now_begin: Index of its beginning in the second sequence, from 0.
        now_end: Index of its end in the second sequence, exclusive.
    """

    is_equal: bool
    begin: int
    end: int
    now_begin: int
    now_end: int


def align(before: Sequence[str], after: Sequence[str]) -> list[Stretch]:
    """Divide two sequences into stretches that are equal and stretches that differ, alternating.

    Long sequences are anchored first where something occurs once in each, in the same order, as patience
    sorting finds it; what lies between two anchors is short, and `difflib` compares it.

    Args:
        before: The sequence as it was.
        after: The sequence as it is.
    """
    joined: list[Stretch] = []
    for stretch in _stretches(before, after):
        if joined and joined[-1].is_equal == stretch.is_equal:
            last = joined[-1]
            joined[-1] = last._replace(end=stretch.end, now_end=stretch.now_end)
        else:
            joined.append(stretch)
    return joined


def _stretches(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    pending = [Stretch(is_equal=before == after, begin=0, end=len(before), now_begin=0, now_end=len(after))]
    while pending:
        whole = pending.pop()
        if whole.begin == whole.end and whole.now_begin == whole.now_end:
            continue
        if whole.is_equal or whole.begin == whole.end or whole.now_begin == whole.now_end:
            yield whole
            continue
        parts = _without_equal_ends(before, after, whole)
        if len(parts) == 1:
            if (whole.end - whole.begin) * (whole.now_end - whole.now_begin) <= _MOST_PAIRS:
                yield from _compared(before, after, whole)
                continue
            parts = _anchored(before, after, whole)
            if len(parts) == 1:
                yield whole
                continue
        pending += reversed(parts)


def _without_equal_ends(before: Sequence[str], after: Sequence[str], whole: Stretch) -> list[Stretch]:
    """Separate what is equal at both ends from what lies between."""
    room = min(whole.end - whole.begin, whole.now_end - whole.now_begin)
    head = 0
    while head < room and before[whole.begin + head] == after[whole.now_begin + head]:
        head += 1
    tail = 0
    while tail < room - head and before[whole.end - 1 - tail] == after[whole.now_end - 1 - tail]:
        tail += 1
    begin, end, now_begin, now_end = whole[1:]
    parts = (
        Stretch(is_equal=True, begin=begin, end=begin + head, now_begin=now_begin, now_end=now_begin + head),
        Stretch(
            is_equal=False,
            begin=begin + head,
            end=end - tail,
            now_begin=now_begin + head,
            now_end=now_end - tail,
        ),
        Stretch(is_equal=True, begin=end - tail, end=end, now_begin=now_end - tail, now_end=now_end),
    )
    return [part for part in parts if part.begin < part.end or part.now_begin < part.now_end]


def _compared(before: Sequence[str], after: Sequence[str], whole: Stretch) -> Iterator[Stretch]:
    old, new = before[whole.begin : whole.end], after[whole.now_begin : whole.now_end]
    for operation, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Stretch(
            is_equal=operation == "equal",
            begin=whole.begin + a,
            end=whole.begin + b,
            now_begin=whole.now_begin + c,
            now_end=whole.now_begin + d,
        )


def _anchored(before: Sequence[str], after: Sequence[str], whole: Stretch) -> list[Stretch]:
    """Divide two sequences at what occurs equally often in each, once if there is such a thing."""
    for length, most in _ANCHORS:
        old = _runs(before, whole.begin, whole.end, length)
        new = _runs(after, whole.now_begin, whole.now_end, length)
        pairs = [
            pair
            for run, places in old.items()
            if len(places) == len(new.get(run, ())) <= most
            for pair in zip(places, new[run], strict=True)
        ]
        if anchors := _rising(sorted(pairs)):
            break
    else:
        return [whole]
    parts = []
    begin, now_begin = whole.begin, whole.now_begin
    for at, now_at in anchors:
        if at < begin or now_at < now_begin:
            # It overlaps the anchor before it.
            continue
        parts += [
            Stretch(is_equal=False, begin=begin, end=at, now_begin=now_begin, now_end=now_at),
            Stretch(is_equal=True, begin=at, end=at + length, now_begin=now_at, now_end=now_at + length),
        ]
        begin, now_begin = at + length, now_at + length
    parts.append(
        Stretch(is_equal=False, begin=begin, end=whole.end, now_begin=now_begin, now_end=whole.now_end)
    )
    return parts


def _runs(items: Sequence[str], begin: int, end: int, length: int) -> dict[tuple[str, ...], list[int]]:
    """Return the positions of each run of a length."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at in range(begin, end - length + 1):
        found.setdefault(tuple(items[at : at + length]), []).append(at)
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence that rises in both parts, of pairs that rise in the first."""
    piles: list[int] = []
    before: list[int] = []
    for at, (_, value) in enumerate(pairs):
        low, high = 0, len(piles)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if pairs[piles[middle]][1] < value else (low, middle)
        before.append(piles[low - 1] if low else -1)
        piles[low : low + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
