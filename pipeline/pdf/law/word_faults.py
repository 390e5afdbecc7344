"""What is wrong between the signs of a block all whose letters are there: hyphens, spaces, lines of code."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.pdf.law.drawn.letters import letters_of
from pipeline.pdf.law.expected.signs import HYPHEN, REFERENCE, signs_of, without_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import DrawnPage, Fragment
    from pipeline.pdf.law.matching.match import Match

_NARROWEST_SPACE: Final = 0.1
"""Font sizes between two words of a line, at least."""


def hyphen_fault(match: Match, painted: Sequence[Fragment]) -> int | None:
    """Return where a match lacks a hyphen, or has one that is not at the end of a line, or None.

    Args:
        match: Whole.
        painted: All fragments of the pages, as they are painted.

    Returns:
        The number of the sign, among those without hyphens.
    """
    expected, at, offset = match.block.signs, 0, 0
    fragments = _with_lone_hyphens(match, painted)
    for index, fragment in enumerate(fragments):
        following = fragments[index + 1] if index + 1 < len(fragments) else None
        ends_line = following is not None and not following.is_on_line_of(fragment)
        for place, sign in enumerate(fragment.signs):
            wanted = expected[at] if at < len(expected) else ""
            if wanted == HYPHEN == sign:
                at += 1
            elif sign == HYPHEN:
                repeated = place == 0 and index > 0 and fragments[index - 1].signs.endswith(HYPHEN)
                if not (ends_line and place == len(fragment.signs) - 1) and not repeated:
                    return offset
            elif wanted == HYPHEN:
                return offset
            elif wanted == REFERENCE:
                at += place == len(fragment.signs) - 1
                offset += place == len(fragment.signs) - 1
            else:
                at += 1
                offset += 1
    return offset if HYPHEN in expected[at:] else None


def _with_lone_hyphens(match: Match, painted: Sequence[Fragment]) -> list[Fragment]:
    """Return the fragments of a match with those of nothing but hyphens that are painted among them.

    Such are lines of code, and hyphens of a word that stand alone on a line of a narrow column.
    """
    first, last = match.fragments[0].at, match.fragments[-1].at
    while first > 0 and match.block.signs.startswith(HYPHEN) and not painted[first - 1].bare:
        first -= 1
    while last + 1 < len(painted) and match.block.signs.endswith(HYPHEN) and not painted[last + 1].bare:
        last += 1
    lone = [each for each in painted[first : last + 1] if not each.bare and HYPHEN in each.signs]
    return sorted((*match.fragments, *lone), key=lambda fragment: fragment.at)


def space_fault(match: Match) -> int | None:
    """Return where two words of a match stand without a space between them, or None.

    Args:
        match: Whole.

    Returns:
        The number of the second word's first sign, among those without hyphens.
    """
    wanted = match.block.spaces
    if not wanted:
        return None
    shown: set[int] = set()
    offset = 0
    for index, fragment in enumerate(match.fragments):
        before = match.fragments[index - 1] if index else None
        if before is None or _is_parted(before, fragment):
            shown.add(offset)
        shown.update(offset + place for place in _spaces_in(fragment))
        offset += len(fragment.bare) if not match.block.bare.startswith(REFERENCE, offset) else 1
    return min(wanted - shown, default=None)


def _is_parted(last: Fragment, following: Fragment) -> bool:
    """Return whether a space or the end of a line parts two fragments."""
    if not following.is_on_line_of(last) or last.text[-1:].isspace() or following.text[:1].isspace():
        return True
    return following.box.left - last.box.right > _NARROWEST_SPACE * min(last.size, following.size)


def _spaces_in(fragment: Fragment) -> Iterator[int]:
    """Yield the numbers of the signs of a fragment that a space stands before."""
    place = 0
    for word in fragment.text.split():
        # Whether a space stands before the first word is known from what stands before the fragment.
        if place or fragment.text[0].isspace():
            yield place
        place += len(without_hyphens(signs_of(word)))


class _CodeLine(NamedTuple):
    offset: int
    indentation: int


def code_line_fault(match: Match, pages: Sequence[DrawnPage]) -> int | None:
    """Return the first line of code that does not stand on a line of its own, or not indented as written.

    Args:
        match: Whole.
        pages: All pages.

    Returns:
        The number of the line's first sign, among those without hyphens, or None.
    """
    if not match.block.lines:
        return None
    beginning: dict[int, Fragment] = {}
    offset = 0
    before: Fragment | None = None
    for fragment in match.fragments:
        if before is None or not fragment.is_on_line_of(before):
            beginning[offset] = fragment
        offset += len(fragment.bare)
        before = fragment
    lines = _code_lines(match.block.lines)
    for line in lines:
        if line.offset not in beginning:
            return line.offset
    left = {fragment: _left_of_ink(fragment, pages) for fragment in beginning.values()}
    for line, following in pairwise(lines):
        one, other = beginning[line.offset], beginning[following.offset]
        deeper = following.indentation - line.indentation
        moved = left[other] - left[one]
        if one.page == other.page and deeper and moved * deeper <= 0:
            return following.offset
    return None


def _left_of_ink(fragment: Fragment, pages: Sequence[DrawnPage]) -> float:
    """Return where the first letter stands: the box of a text encloses the spaces at its beginning."""
    letters = letters_of(pages[fragment.page - 1], [fragment])[fragment]
    return letters[0][1].left if letters else fragment.box.left


def _code_lines(lines: tuple[str, ...]) -> list[_CodeLine]:
    held, offset = [], 0
    for line in lines:
        length = len(without_hyphens(signs_of(line)))
        if length and not line.lstrip().startswith(HYPHEN):
            held.append(_CodeLine(offset, len(line) - len(line.lstrip())))
        offset += length
    return held
