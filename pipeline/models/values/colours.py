"""Colours as the files write them: for the screen, and in inks."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

Inks = tuple[int, int, int, int]
"""Parts of cyan, magenta, yellow and black, in per cent."""

_HEX: Final = r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})"
_INKS: Final = 4
_SEPARATORS: Final = r"[\s,;/]+"
_PERCENT: Final = r"(?:[CMYKcmyk]\s?=?\s?)?(\d{1,3})\s?%?"


def _hex_colour(value: object) -> str:
    match = re.fullmatch(_HEX, str(value).strip())
    if match is None:
        raise PydanticCustomError("bulletin_colour", "not a colour: {found}", {"found": str(value)})
    digits = match[1] if len(match[1]) > 3 else "".join(digit * 2 for digit in match[1])  # noqa: PLR2004 - as CSS has it
    return f"#{digits.upper()}"


def _written_inks(value: object) -> Inks:
    written = value if isinstance(value, list | tuple) else re.split(_SEPARATORS, str(value).strip())
    parts = [re.fullmatch(_PERCENT, str(part).strip()) for part in written]
    numbers = [int(part[1]) for part in parts if part is not None and int(part[1]) <= 100]  # noqa: PLR2004 - per cent
    if len(numbers) != _INKS or len(parts) != _INKS:
        raise PydanticCustomError("bulletin_inks", "not four inks: {found}", {"found": str(value)})
    cyan, magenta, yellow, black = numbers
    return cyan, magenta, yellow, black


HexColour = Annotated[
    str,
    BeforeValidator(_hex_colour),
    WithJsonSchema({"type": "string", "pattern": "^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}),
]
"""A colour of sRGB as `#RRGGBB`; also written `#RGB`, or without the sign that YAML takes for a comment."""

WrittenInks = Annotated[
    Inks,
    BeforeValidator(_written_inks),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "array",
                    "minItems": 4,
                    "maxItems": 4,
                    "items": {"type": "integer", "minimum": 0, "maximum": 100},
                },
            ]
        }
    ),
]
"""Four parts in per cent: `[75, 40, 70, 60]`, or as printers write them, `75/40/70/60`, `C75 M40 Y70 K60`."""
