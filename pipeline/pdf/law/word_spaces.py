"""Spaces as they are seen: lost where words run together, made where a word is torn apart.

A sheet may set the spaces of a line to no width, or the letters of a word far apart; the text of the PDF says
nothing of it. So the way from each word to the next is measured.
"""

from __future__ import annotations

import ctypes
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pipeline.pdf.law.drawn.letters import letters_of
from pipeline.pdf.law.expected.signs import REFERENCE, signs_of, without_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import DrawnPage, Fragment
    from pipeline.pdf.law.matching.match import Match

_NARROWEST: Final = 0.08
"""Heights of a line that a space is wide, at least."""

_LEAST_WIDTH: Final = 8.0
"""Points; a wider space is seen at any size of type."""

_WIDEST: Final = 0.5
"""Font sizes between two letters of a word, at most."""

_WIDE: Final = 0.85
"""Font sizes for each letter of a text that may be set apart, at least."""

_TORN: Final = 0.3
"""Font sizes between two parts of a word that are set apart, at most."""

_SPACE: Final = re.compile(r"(?<=\S)[ \u00a0](?=\S)")


def lost_spaces(drawn: DrawnPage) -> Iterator[tuple[float, float]]:
    """Yield where a space between two words of a line has no width: points from the left and from below.

    Args:
        drawn: The page.
    """
    from pypdfium2 import raw  # noqa: PLC0415 - slow to load

    texts = drawn.texts.raw
    line = raw.FS_RECTF()
    x, y, next_x, next_y = (ctypes.c_double() for _ in range(4))
    for space in _SPACE.finditer(_text_of(raw, drawn)):
        at = space.start()
        # From origin to origin: the letters of an italic face reach over their spaces.
        raw.FPDFText_GetCharOrigin(texts, at, x, y)
        raw.FPDFText_GetCharOrigin(texts, at + 1, next_x, next_y)
        width = next_x.value - x.value
        if abs(next_y.value - y.value) < 1 and width < _LEAST_WIDTH:
            raw.FPDFText_GetLooseCharBox(texts, at + 1, line)
            high = line.top - line.bottom
            middle = (line.left + line.right) / 2, (line.bottom + line.top) / 2
            # Where the signs of a word are kerned apart, as “f” and a bracket are, pdfium supposes a space.
            if raw.FPDFText_IsGenerated(texts, at) == 1 and _are_of_one_text(raw, texts, at):
                continue
            # pdfium may place the space between two text objects anywhere: the letters themselves are apart.
            raw.FPDFText_GetLooseCharBox(texts, at - 1, line)
            apart = next_x.value - line.right
            # What runs back stands at the beginning of the next column.
            if -high < width < _NARROWEST * high and apart < _NARROWEST * high:
                yield middle


def _are_of_one_text(raw: Any, texts: Any, at: int) -> bool:
    """Return whether the characters before and behind one are of the same text object."""
    before, behind = (raw.FPDFText_GetTextObject(texts, at + step) for step in (-1, 1))
    return ctypes.cast(before, ctypes.c_void_p).value == ctypes.cast(behind, ctypes.c_void_p).value


def fragments_at(drawn: DrawnPage, points: Iterable[tuple[float, float]]) -> Iterator[Fragment]:
    """Yield the texts of a page that hold some points, each once.

    Args:
        drawn: The page.
        points: In points from the left and from below.
    """
    seen = set()
    for x, y in points:
        for fragment in drawn.fragments:
            box = fragment.box
            if box.left <= x <= box.right and box.bottom - 1 <= y <= box.top + 1 and fragment not in seen:
                seen.add(fragment)
                yield fragment


def _text_of(raw: Any, drawn: DrawnPage) -> str:
    """Return the characters of a page, each at the number that pdfium gives it."""
    texts = drawn.texts.raw
    count = raw.FPDFText_CountChars(texts)
    units = (ctypes.c_ushort * (count + 1))()
    # pdfium leaves out what has no character; then the numbers differ, and each is asked for by itself.
    if raw.FPDFText_GetText(texts, 0, count, units) == count + 1:
        return "".join(map(chr, units[:count]))
    return "".join(chr(raw.FPDFText_GetUnicode(texts, index) or 0xFFFD) for index in range(count))


_FEWEST_BELOW: Final = 3
"""Letters of words that stand each alone below the one before, at least."""


def torn_words(matches: Sequence[Match], pages: Sequence[DrawnPage]) -> Iterator[tuple[Match, int]]:
    """Yield blocks with a word that is torn apart, each with the number of the sign behind the gap.

    Args:
        matches: Of all blocks.
        pages: All pages.
    """
    for match in matches:
        if match.is_whole and not match.block.lines:
            offset = _torn_between(match) if match.block.stands_alone else None
            offset = offset if offset is not None else _letter_by_letter(match)
            offset = offset if offset is not None else _torn_within(match, pages)
            if offset is not None:
                yield match, offset


def _torn_between(match: Match) -> int | None:
    """Return where two text objects that show one word stand apart."""
    may_part = {*match.block.spaces, *match.block.beginnings}
    offset, before = 0, None
    for fragment in match.fragments:
        is_reference = match.block.bare.startswith(REFERENCE, offset)
        if (
            before is not None
            and offset not in may_part
            and not is_reference
            and fragment.is_on_line_of(before)
            and fragment.box.left - before.box.right > _TORN * fragment.size
            and fragment.bare[0].isalnum()
            and match.block.bare[offset - 1].isalnum()
        ):
            return offset
        offset += 1 if is_reference else len(fragment.bare)
        before = fragment
    return None


def _letter_by_letter(match: Match) -> int | None:
    """Return where a word goes on below itself, a letter in each line, as in a column without width.

    Cells of a wide table may have no more room.
    """
    may_part = {*match.block.spaces, *match.block.beginnings}
    offset, run = 0, 0
    for before, fragment in pairwise(match.fragments if not match.block.row else ()):
        offset += 1 if match.block.bare.startswith(REFERENCE, offset) else len(before.bare)
        is_below = fragment.page == before.page and fragment.box.top < before.box.bottom + 0.5 * before.size
        is_below = is_below and not fragment.is_on_line_of(before)
        single = len(before.bare) == len(fragment.bare) == 1
        run = run + (offset not in may_part) if is_below and single else 0
        if run == _FEWEST_BELOW:
            return offset
    return None


def _torn_within(match: Match, pages: Sequence[DrawnPage]) -> int | None:
    """Return where two letters of a word stand apart within a text object."""
    block = match.block
    may_part = {*block.spaces, *block.beginnings}
    offset = 0
    for fragment in match.fragments:
        # Words that stand within others begin somewhere in their text object.
        first = 0 if block.stands_alone or offset else -max(fragment.bare.find(block.bare), 0)
        wide = fragment.box.right - fragment.box.left
        if wide > _WIDE * fragment.size * len(fragment.signs):
            for gap in _gaps_in(fragment, pages[fragment.page - 1]):
                at = offset + first + gap
                if 0 < at < len(block.bare) and at not in may_part:
                    return at
        is_reference = block.bare.startswith(REFERENCE, offset)
        offset += 1 if is_reference else len(fragment.bare) + first
    return None


def _gaps_in(fragment: Fragment, page: DrawnPage) -> Iterator[int]:
    """Yield the signs, by their number without hyphens, that stand far from the one before."""
    before: float | None = None
    at = 0
    for letter, box in letters_of(page, [fragment])[fragment]:
        if before is not None and box.left - before > _WIDEST * fragment.size:
            yield at
        before = box.right
        at += len(without_hyphens(signs_of(letter)))
