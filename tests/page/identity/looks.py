"""Looks for tests: colours of houses, and contrast measured in another way than the program does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tinycss2.color5 import parse_color

from pipeline.models.identity import Identity
from pipeline.page.identity.house import House
from pipeline.page.identity.house_look import house_look
from pipeline.page.identity.style_file import StyleSheet
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pipeline.page.identity.house import HouseLook

PALE: Final = {
    "ochre": ("#C58B1B", "#5B7A3A"),
    "yellow": ("#FFD400", "#E4572E"),
    "light blue": ("#8CC9E8", "#F2A65A"),
    "pink": ("#F28CB1", "#5CC2B6"),
    "grey": ("#A7A9AC", "#E0B13B"),
}
"""Pairs of a main colour and an accent; the first of each fails as text on white, and white text on it."""

PLAN: Final = StyleSheet.model_validate(
    {
        "format": 2,
        "name": "plain",
        "version": 1,
        "stylesheets": [],
        "measures": {"text": 124, "wide": 170, "margin": 40, "cover": 216, "cover_height": 82},
        "page": {"lines": 49, "leading": 14.0, "top": 70.0},
    }
)

FONTS: Final = [REPOSITORY / "fonts"]


def look(
    identity: dict[str, object] | None = None, *, language: str = "bg", plan: StyleSheet = PLAN
) -> HouseLook:
    """Return the look that an identity gives to a style that says nothing of its own."""
    return house_look(plan, House(Identity.model_validate(identity or {}), language), FONTS)


def measured_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by the definition of WCAG 2.2, read by another library."""
    lights: list[float] = []
    for colour in (one, other):
        parsed = parse_color(colour)
        parts = parsed.to("srgb").coordinates
        linear: list[float] = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        ]
        lights.append(
            sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
        )
    dark, light = sorted(lights)
    return (light + 0.05) / (dark + 0.05)
