"""The operands that each operator of a content stream takes (ISO 32000-2, annex A)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NUMBERS: Final = {
    **dict.fromkeys(("m", "l", "Td", "TD"), 2),
    **dict.fromkeys(("v", "y", "re", "k", "K"), 4),
    **dict.fromkeys(("c", "cm", "Tm"), 6),
    **dict.fromkeys(("w", "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "g", "G"), 1),
    **dict.fromkeys(("rg", "RG"), 3),
}
"""How many numbers an operator takes that takes nothing else."""

_NAMES: Final = frozenset({"cs", "CS", "gs", "Do", "sh", "BMC"})
_LARGEST: Final = 10**9


def wrong_operator(instructions: Iterable[Any]) -> str | None:
    """Return what is wrong with the first instruction whose operands are not what it takes, or None.

    Args:
        instructions: Of a content stream, as pikepdf has parsed them.
    """
    for each in instructions:
        if not fit(str(each.operator), each.operands):
            return f"the operator {each.operator} has other operands than it takes"
    return None


def fit(operator: str, operands: Any) -> bool:
    """Return whether operands are what an operator takes.

    Args:
        operator: As it is written.
        operands: As pikepdf has parsed them.
    """
    things = [*operands]
    if operator in _NUMBERS:
        return len(things) == _NUMBERS[operator] and all(map(_is_number, things))
    if operator in _NAMES:
        return len(things) == 1 and isinstance(things[0], pikepdf.Name)
    takes = _OTHERS.get(operator)
    return takes is None or takes(things)


def _is_number(thing: Any) -> bool:
    return (
        isinstance(thing, (int, Decimal)) and not isinstance(thing, bool) and -_LARGEST <= thing <= _LARGEST
    )


def _is_font(things: list[Any]) -> bool:
    return len(things) == 2 and isinstance(things[0], pikepdf.Name) and _is_number(things[1])  # noqa: PLR2004


def _is_colour(things: list[Any]) -> bool:
    numbers = things[:-1] if things and isinstance(things[-1], pikepdf.Name) else things
    return bool(things) and all(map(_is_number, numbers))


def _is_string(things: list[Any]) -> bool:
    return len(things) == 1 and isinstance(things[0], pikepdf.String)


def _is_spaced_string(things: list[Any]) -> bool:
    return len(things) == 3 and _is_number(things[0]) and _is_number(things[1]) and _is_string(things[2:])  # noqa: PLR2004


def _is_line(things: list[Any]) -> bool:
    return (
        len(things) == 1
        and isinstance(things[0], pikepdf.Array)
        and all(isinstance(part, pikepdf.String) or _is_number(part) for part in things[0])
    )


def _is_marked(things: list[Any]) -> bool:
    return (
        len(things) == 2  # noqa: PLR2004 - a tag and its properties
        and isinstance(things[0], pikepdf.Name)
        and isinstance(things[1], (pikepdf.Name, pikepdf.Dictionary))
    )


_OTHERS: Final[dict[str, Callable[[list[Any]], bool]]] = {
    "Tf": _is_font,
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), _is_colour),
    **dict.fromkeys(("Tj", "'"), _is_string),
    '"': _is_spaced_string,
    "TJ": _is_line,
    "BDC": _is_marked,
}
