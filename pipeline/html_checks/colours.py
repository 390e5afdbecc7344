"""Colours of an element's text and of what is behind it, and their contrast (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import tinycss2
import tinycss2.color4

from pipeline.html_checks.lengths import parsed

if TYPE_CHECKING:
    from pipeline.html_checks.cascade import Cascaded

Colour = tuple[float, float, float]

_BLACK: Final = (0.0, 0.0, 0.0)
_WHITE: Final = (1.0, 1.0, 1.0)
_DARK_CANVAS: Final = (0.07, 0.07, 0.07)


class Unjudged(Exception):  # noqa: N818 - no error: what it names cannot be told
    """A colour that cannot be told.

    Args:
        name: The property.
        value: Its value.
    """

    def __init__(self, name: str, value: str) -> None:
        """Note the declaration."""
        super().__init__(f"{name}: {value}")


def contrast(text: Colour, ground: Colour) -> float:
    """Return the contrast ratio of two colours.

    Args:
        text: Red, green and blue, from 0 to 1.
        ground: Likewise.
    """
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_and_ground(styles: Cascaded, *, is_dark: bool) -> tuple[Colour, Colour]:
    """Return the colour of an element's text and that behind it.

    Args:
        styles: Of the element.
        is_dark: Whether the page's own ground is dark where nothing is said of it.

    Raises:
        Unjudged: One of them cannot be told.
    """
    ground = _ground(styles, is_dark=is_dark)
    colour, alpha = _ink(styles, is_dark=is_dark)
    return _over(colour, alpha * _opacity(styles), ground), ground


def has_ground(styles: Cascaded) -> bool:
    """Return whether an element has a ground of its own, which covers what is behind it."""
    written = styles.own("background-color")
    if styles.own("background-image") and _has_picture(styles.own("background-image")):
        return True
    try:
        colour = _colour(written, "background-color") if written else None
    except Unjudged:
        return True
    return colour is not None and colour != "current" and colour[1] > 0


def _ground(styles: Cascaded, *, is_dark: bool) -> Colour:
    known = styles.known.get("ground")
    if known is None:
        behind: Colour = _DARK_CANVAS if is_dark else _WHITE
        if styles.around is not None:
            behind = _ground(styles.around, is_dark=is_dark)
        if _has_picture(styles.own("background-image")) or styles.attributes.get("background"):
            raise Unjudged("background", styles.own("background-image") or "a picture")
        written = styles.own("background-color") or styles.attributes.get("bgcolor", "")
        colour = _colour(written, "background") if written else None
        if colour == "current":
            colour = _ink(styles, is_dark=is_dark)
        known = behind if colour is None else _over(colour[0], colour[1], behind)
        styles.known["ground"] = known
    return known  # type: ignore[return-value]


def _ink(styles: Cascaded, *, is_dark: bool) -> tuple[Colour, float]:
    each: Cascaded | None = styles
    while each is not None:
        written = (
            each.values.get("-webkit-text-fill-color")
            or each.values.get("color")
            or each.attributes.get("color", each.attributes.get("text", ""))
        )
        colour = _colour(written, "color") if written not in {"", "inherit"} else None
        if colour is not None and colour != "current":
            ink: tuple[Colour, float] = colour
            return ink
        each = each.around
    return (_WHITE if is_dark else _BLACK), 1.0


def _opacity(styles: Cascaded) -> float:
    each: Cascaded | None = styles
    product = 1.0
    while each is not None:
        written = each.own("opacity", "1")
        try:
            product *= float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
        except ValueError:
            raise Unjudged("opacity", written) from None
        each = each.around
    return product


@lru_cache(maxsize=2048)
def _colour(written: str, name: str) -> Any:  # noqa: ANN401 - a pair, "current" or None
    """Return a colour with its alpha; "current" for that of the text, None where the value has none."""
    if written in {"none", "transparent"}:
        return _WHITE, 0.0
    found = _parsed(written)
    if found is not None:
        return found
    for token in parsed(written):
        found = _parsed(token.serialize())
        if found is not None:
            return found
        if (
            token.type == "function"
            and token.lower_name not in {"url", "calc"}
            and name != "background-image"
        ):
            raise Unjudged(name, written)
    if name == "color":
        raise Unjudged(name, written)
    return None


def _parsed(written: str) -> Any:  # noqa: ANN401 - as above
    try:
        colour = tinycss2.color4.parse_color(written)
        if colour is None or colour == "currentcolor":
            return None if colour is None else "current"
        red, green, blue, alpha = colour.to("srgb")
    except (ValueError, NotImplementedError):
        return None
    clipped = [min(max(each or 0.0, 0.0), 1.0) for each in (red, green, blue)]
    return (clipped[0], clipped[1], clipped[2]), float(alpha)


def _has_picture(written: str) -> bool:
    return "gradient(" in written or "url(" in written or "image(" in written or "image-set(" in written


def _over(colour: Colour, alpha: float, ground: Colour) -> Colour:
    mixed = [alpha * top + (1 - alpha) * below for top, below in zip(colour, ground, strict=True)]
    return mixed[0], mixed[1], mixed[2]
