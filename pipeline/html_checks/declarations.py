"""Declarations of style sheets, the shorthands among them as what they stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import tinycss2
import tinycss2.color3

from pipeline.html_checks.lengths import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIDES: Final = ("top", "right", "bottom", "left")
_PAIRS: Final = {"block": ("top", "bottom"), "inline": ("left", "right")}
_LOGICAL: Final = {
    "block-start": "top",
    "block-end": "bottom",
    "inline-start": "left",
    "inline-end": "right",
}
_NAMES: Final = {
    "block-size": "height",
    "inline-size": "width",
    "max-block-size": "max-height",
    "max-inline-size": "max-width",
    "list-style": "list-style-type",
    "animation": "animation-name",
    "-webkit-animation": "animation-name",
    "-webkit-animation-name": "animation-name",
    "-webkit-transform": "transform",
    "-webkit-filter": "filter",
    "-webkit-clip-path": "clip-path",
    "-webkit-mask": "mask",
    "-webkit-mask-image": "mask",
    "mask-image": "mask",
    "-webkit-background-clip": "background-clip",
    "text-decoration": "text-decoration-line",
    "flex-flow": "flex-direction",
    "-webkit-line-clamp": "line-clamp",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "overflow-block": "overflow",
    "overflow-inline": "overflow",
    "word-wrap": "overflow-wrap",
}
"""Names under which a property or its shorthand is judged."""

_SIZE_NAMES: Final = {
    "xx-small": "9px",
    "x-small": "10px",
    "small": "13px",
    "medium": "16px",
    "large": "18px",
    "x-large": "24px",
    "xx-large": "32px",
    "xxx-large": "48px",
    "smaller": ".83em",
    "larger": "1.2em",
}


_JUDGED: Final = frozenset(
    (
        *(
            "display",
            "visibility",
            "opacity",
            "font-size",
            "line-height",
            "color",
            "background-color",
            "content",
        ),
        *("background-image", "background-clip", "-webkit-text-fill-color", "-webkit-text-security", "all"),
        *(
            "clip",
            "clip-path",
            "mask",
            "filter",
            "mix-blend-mode",
            "content-visibility",
            "zoom",
            "line-clamp",
        ),
        *("transform", "translate", "scale", "rotate", "offset-path", "perspective", "animation-name"),
        *("position", "top", "right", "bottom", "left", "z-index", "float", "overflow", "text-overflow"),
        *("height", "max-height", "width", "max-width", "white-space", "text-indent", "letter-spacing"),
        *(
            "word-spacing",
            "direction",
            "unicode-bidi",
            "writing-mode",
            "order",
            "flex-direction",
            "flex-wrap",
        ),
        *("grid-row", "grid-row-start", "grid-area", "list-style-type", "counter-reset", "counter-set"),
        *("counter-increment", "text-decoration-line"),
        *(f"{box}-{side}" for box in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    )
)
"""Properties that have a say in whether a text is seen, and in its order; others are passed over."""

_SHORTHANDS: Final = ("font", "background", "margin", "padding", "inset", "list-style")


class Declared(NamedTuple):
    """A declaration.

    Args:
        name: The property, in lower case; custom properties as written.
        value: In lower case, but for custom properties.
        is_important: Whether it is marked so.
    """

    name: str
    value: str
    is_important: bool


def declarations(items: Iterable[Any]) -> Iterator[Declared]:
    """Yield declarations read by tinycss2, with those that their shorthands stand for.

    Args:
        items: Of the type `declaration`.
    """
    for item in items:
        value = tinycss2.serialize(item.value).strip()
        if item.name.startswith("--"):
            yield Declared(item.name, value, item.important)
            continue
        for name, part in spelt_out(item.lower_name, value.casefold()):
            if name in _JUDGED or name.endswith("()"):
                yield Declared(name, part, item.important)


@lru_cache(maxsize=2048)
def inline_declarations(text: str) -> tuple[Declared, ...]:
    """Return the declarations of an attribute `style`."""
    items = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return tuple(declarations(item for item in items if item.type == "declaration"))


def spelt_out(name: str, value: str) -> list[tuple[str, str]]:
    """Return a declaration as those that it stands for, for what is judged here.

    Args:
        name: Of the property, in lower case.
        value: In lower case.
    """
    if "var(" in value and name in _SHORTHANDS:
        return [(f"{name}()", value)]
    if name == "font":
        return _font(value)
    if name == "background":
        return [("background-color", value), ("background-image", value)]
    if name == "font-size":
        return [(name, _SIZE_NAMES.get(value, value))]
    box, _, side = name.partition("-")
    if name == "inset" or (box in {"margin", "padding", "inset"}):
        return _sides(box, side, value)
    return [(_NAMES.get(name, name), value)]


def _font(value: str) -> list[tuple[str, str]]:
    """Return size and line height of the shorthand `font`."""
    tokens = parsed(value)
    for at, token in enumerate(tokens):
        if token.type in {"dimension", "percentage"} or (
            token.type == "function" and token.lower_name in {"calc", "clamp", "min", "max"}
        ):
            size = [("font-size", token.serialize())]
            is_line = len(tokens) > at + 2 and tokens[at + 1] == "/"
            return [*size, ("line-height", tokens[at + 2].serialize())] if is_line else size
        if token.type == "ident" and token.lower_value in _SIZE_NAMES and token.lower_value != "medium":
            return [("font-size", _SIZE_NAMES[token.lower_value])]
        if token.type == "number" and token.value == 0:
            return [("font-size", "0")]
    return []


def _sides(box: str, side: str, value: str) -> list[tuple[str, str]]:
    prefix = "" if box == "inset" else f"{box}-"
    if side in _LOGICAL or side in _SIDES:
        return [(f"{prefix}{_LOGICAL.get(side, side)}", value)]
    parts = [token.serialize() for token in parsed(re.sub(r"\s*!important", "", value))]
    if not parts or len(parts) > len(_SIDES):
        return [(f"{prefix}{each}", value) for each in _SIDES]
    if side in _PAIRS:
        return [
            (f"{prefix}{each}", part) for each, part in zip(_PAIRS[side], (parts[0], parts[-1]), strict=True)
        ]
    top = parts[0]
    right = parts[1] if len(parts) > 1 else top
    bottom = parts[2] if len(parts) > 2 else top  # noqa: PLR2004 - top, right, bottom, left
    left = parts[3] if len(parts) > 3 else right  # noqa: PLR2004 - as above
    return [(f"{prefix}{each}", part) for each, part in zip(_SIDES, (top, right, bottom, left), strict=True)]
