"""Lengths of style sheets in CSS pixels (CSS Values and Units Level 4)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT_SIZE: Final = 16.0
"""Pixels of the font size that browsers begin with."""

_HEIGHT: Final = 720.0
"""Pixels of a window's height; what depends on it is judged roughly."""

_ABSOLUTE: Final = {
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 9.6 / 2.54,
    "q": 2.4 / 2.54,
}


class _UnknownLengthError(Exception):
    """A length cannot be told."""


def pixels(tokens: Sequence[Any], *, em: float, percent: float | None, width: float) -> float | None:
    """Return a length in CSS pixels; None where it cannot be told.

    Args:
        tokens: Of tinycss2.
        em: The font size in pixels.
        percent: What a hundred per cent are in pixels; None where it is not known.
        width: Of the window, in pixels.
    """
    try:
        sum_, rest = _Reader(em, percent, width).sum_of(_significant(tokens))
    except (_UnknownLengthError, ZeroDivisionError):
        return None
    return None if rest else sum_


def _significant(tokens: Sequence[Any]) -> list[Any]:
    return [token for token in tokens if token.type not in {"whitespace", "comment"}]


class _Reader:
    """Reads sums of lengths.

    Args:
        em: The font size in pixels.
        percent: What a hundred per cent are in pixels, or None.
        width: Of the window.
    """

    def __init__(self, em: float, percent: float | None, width: float) -> None:
        self._em = em
        self._percent = percent
        self._width = width

    def sum_of(self, tokens: list[Any]) -> tuple[float, list[Any]]:
        """Return the value of a sum, and the tokens behind it."""
        value, rest = self._product(tokens)
        while rest and rest[0].type == "literal" and rest[0].value in "+-":
            other, behind = self._product(rest[1:])
            value += other if rest[0].value == "+" else -other
            rest = behind
        return value, rest

    def _product(self, tokens: list[Any]) -> tuple[float, list[Any]]:
        value, rest = self._term(tokens)
        while rest and rest[0].type == "literal" and rest[0].value in "*/":
            other, behind = self._term(rest[1:])
            value = value * other if rest[0].value == "*" else value / other
            rest = behind
        return value, rest

    def _term(self, tokens: list[Any]) -> tuple[float, list[Any]]:
        if not tokens:
            raise _UnknownLengthError
        first, rest = tokens[0], tokens[1:]
        match first.type:
            case "number":
                return first.value, rest
            case "dimension":
                return first.value * self._unit(first.lower_unit), rest
            case "percentage" if self._percent is not None:
                return first.value / 100 * self._percent, rest
            case "() block":
                return self._whole(first.content), rest
            case "function":
                return self._function(first), rest
        raise _UnknownLengthError

    def _function(self, function: Any) -> float:  # noqa: ANN401 - a token of tinycss2
        arguments: list[list[Any]] = [[]]
        for token in function.arguments:
            if token.type == "literal" and token.value == ",":
                arguments.append([])
            else:
                arguments[-1].append(token)
        values = [self._whole(argument) for argument in arguments]
        match function.lower_name, values:
            case "calc", [value]:
                return value
            case "min", _:
                return min(values)
            case "max", _:
                return max(values)
            case "clamp", [least, value, most]:
                return max(least, min(value, most))
        raise _UnknownLengthError

    def _whole(self, tokens: Sequence[Any]) -> float:
        value, rest = self.sum_of(_significant(tokens))
        if rest:
            raise _UnknownLengthError
        return value

    def _unit(self, unit: str) -> float:
        relative = {
            "em": self._em,
            "rem": ROOT_SIZE,
            "ex": self._em / 2,
            "ch": self._em / 2,
            "vw": self._width / 100,
            "vh": _HEIGHT / 100,
            "vmin": min(self._width, _HEIGHT) / 100,
            "vmax": max(self._width, _HEIGHT) / 100,
        }
        factor = _ABSOLUTE.get(unit, relative.get(unit))
        if factor is None:
            raise _UnknownLengthError
        return factor


@lru_cache(maxsize=4096)
def parsed(text: str) -> tuple[Any, ...]:
    """Return the significant tokens of a value."""
    return tuple(_significant(tinycss2.parse_component_value_list(text)))
