"""A change carried over onto text as somebody wrote it, so that all the rest of it stays."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Opcode = tuple[str, int, int, int, int]
"""What to do with a range of one text, and the range of another that takes its place."""

_PIECE: Final = re.compile(r"\r\n|\s|\w+|.", re.DOTALL)


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
    opcodes: Sequence[Opcode] = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, first, last, begin, end in _widened(opcodes, places):
        if tag == "equal":
            continue
        start, stop = _range(first, last, places, len(old), len(own))
        kept += own[done : max(done, start)]
        kept += new[begin:end]
        done = max(done, stop)
    return "".join(kept + own[done:])


def _range(first: int, last: int, places: dict[int, int], count: int, own: int) -> tuple[int, int]:
    """Return which pieces of the text stand for some of what the program would write.

    Where these are all there and together, they alone; else all between their neighbours.
    """
    there = [places[at] for at in range(first, last) if at in places]
    if there and len(there) == last - first == there[-1] + 1 - there[0]:
        return there[0], there[-1] + 1
    start = places[first - 1] + 1 if first else 0
    if first == last and first:
        return start, start
    return start, places[last] if last < count else own


def _places(own: list[str], old: list[str]) -> dict[int, int]:
    """Return where each piece of what the program would write stands in the text; spaces are all alike."""
    blocks = SequenceMatcher(None, _alike(old), _alike(own), autojunk=False).get_matching_blocks()
    return {block.a + at: block.b + at for block in blocks for at in range(block.size)}


def _alike(pieces: Sequence[str]) -> list[str]:
    return [" " if piece.isspace() else piece for piece in pieces]


def _widened(opcodes: Sequence[Opcode], places: dict[int, int]) -> list[Opcode]:
    """Return the changes with borders that stand in the text: each takes in what is equal but not there."""
    widened: list[Opcode] = []
    for tag, first, last, begin, end in opcodes:
        if tag != "equal":
            widened.append((tag, first, last, begin, end))
            continue
        there = [at for at in range(first, last) if at in places]
        if not there:
            widened.append(("replace", first, last, begin, end))
            continue
        head, tail = there[0], there[-1] + 1
        # What is at the very beginning or end needs no border.
        head = 0 if (first, begin) == (0, 0) else head
        tail = last if (last, end) == opcodes[-1][2::2] else tail
        widened += [
            ("replace", first, head, begin, begin + head - first),
            ("equal", head, tail, begin + head - first, end - (last - tail)),
            ("replace", tail, last, end - (last - tail), end),
        ]
    return _joined([each for each in widened if each[1:3] != (each[1], each[1]) or each[3] != each[4]])


def _joined(opcodes: list[Opcode]) -> list[Opcode]:
    joined: list[Opcode] = []
    for each in opcodes:
        if joined and "equal" not in {each[0], joined[-1][0]}:
            _, first, _, begin, _ = joined[-1]
            joined[-1] = ("replace", first, each[2], begin, each[4])
        else:
            joined.append(each)
    return joined
