"""Source lines for a terminal: control characters made visible, long lines cut, the place marked beneath."""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

WIDEST: Final = 96
"""Columns an excerpt may take."""

_LEAD: Final = 32
"""Columns kept before the place where a long line is cut."""

_TAB: Final = 4
_CUT: Final = "…"


class Excerpt(NamedTuple):
    """A line and the mark beneath it.

    Args:
        text: The line, as shown.
        mark: Spaces and `^`, in columns of the shown line; empty where no column is known.
    """

    text: str
    mark: str


class _Cell(NamedTuple):
    text: str
    width: int


def excerpt(line: str, column: int, length: int, widest: int = WIDEST) -> Excerpt:
    """Return a source line as shown, and the mark under the place.

    Args:
        line: The line, without its end.
        column: The place in characters from 1; 0 for none.
        length: How many characters the place covers.
        widest: The most columns the line may take.
    """
    cells = _cells(line.rstrip())
    first = max(0, min(column - 1, len(cells)))
    last = min(first + max(1, length), len(cells))
    begin, end = _window(cells, first, widest)
    left = _CUT if begin else ""
    right = _CUT if end < len(cells) else ""
    text = left + "".join(cell.text for cell in cells[begin:end]) + right
    if not column:
        return Excerpt(text, "")
    before = len(left) + _width(cells[begin:first])
    under = max(1, _width(cells[first : min(last, end)]))
    return Excerpt(text, " " * before + "^" * under)


def visible(text: str) -> str:
    """Return a text with every control, format and direction character shown by its number."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def shortened(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters, its middle left out where it is longer."""
    if len(text) <= longest:
        return text
    tail = longest // 3
    return f"{text[: longest - tail - 1]}{_CUT}{text[-tail:]}"


def _shown(character: str) -> str:
    # Spaces of every kind are not "printable" to Python, but they hide nothing.
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return f"⟨U+{ord(character):04X}⟩"


def _cells(line: str) -> list[_Cell]:
    cells: list[_Cell] = []
    column = 0
    for character in line:
        if character == "\t":
            cell = _Cell(" " * (_TAB - column % _TAB), _TAB - column % _TAB)
        else:
            text = _shown(character)
            cell = _Cell(text, _columns(text))
        cells.append(cell)
        column += cell.width
    return cells


def _columns(text: str) -> int:
    """Count the columns a terminal gives a text (Unicode Standard Annex 11)."""
    if len(text) > 1:
        return len(text)
    if unicodedata.combining(text) or unicodedata.category(text) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(text) in {"W", "F"} else 1


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _window(cells: list[_Cell], first: int, widest: int) -> tuple[int, int]:
    """Return the part of a line to show, as cell indices: all of it, or what surrounds the place."""
    if _width(cells) <= widest:
        return 0, len(cells)
    begin, room = first, min(_LEAD, widest // 2)
    while begin > 0 and room >= cells[begin - 1].width:
        begin -= 1
        room -= cells[begin].width
    end, room = begin, widest - 1 - bool(begin)
    while end < len(cells) and room >= cells[end].width:
        room -= cells[end].width
        end += 1
    while end == len(cells) and begin > 0 and room >= cells[begin - 1].width:
        begin -= 1
        room -= cells[begin].width
    return begin, end


def differing(before: str, after: str, around: int = 40) -> tuple[str, str]:
    """Return the parts of two versions of a line in which they differ, with some context.

    Args:
        before: The old line.
        after: The new line.
        around: Characters of context on either side.
    """
    shortest = min(len(before), len(after))
    front = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    back = next((at for at in range(shortest - front) if before[-1 - at] != after[-1 - at]), shortest - front)
    begin = max(front - around, 0)
    return _cut_out(before, begin, len(before) - back + around), _cut_out(
        after, begin, len(after) - back + around
    )


def _cut_out(text: str, begin: int, end: int) -> str:
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")
