"""Shared by the figures: colours and type, SVG elements, and the type of a finished figure."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pipeline.models.values.facts import Budget, Partners, Period

POINTS_A_MILLIMETRE: Final = 72 / 25.4
SMALLEST_TYPE: Final = 7.5
"""Points; nothing on the page is set smaller."""

Measure = Callable[[str, float, int], float]
"""Returns the width in points of a text at a size in points and a weight."""


class Palette(NamedTuple):
    """The colours of the timeline and the map as CSS values, for an SVG has no access to CSS variables.

    Each is a token of the style (`TOKENS`, or `ROLES` in format 2): sRGB for a screen, CMYK for paper.

    Args:
        span: How long a project runs, on the timeline; partner countries on the map. Not the budget bars:
            those are HTML.
        axis: The axis of the timeline.
        home: The publisher's own country.
        day: The line and the words for the day of the issue.
        grey: The years of the axis.
        ink: Names.
        year: Lines for the years.
        thin: Lines between the projects, and for half-years.
        land: Countries around the partners.
        white: Cuts in spans; borders.
        on_span: Names on a partner country.
        on_home: The name on the publisher's own.
    """

    span: str
    axis: str
    home: str
    day: str
    grey: str
    ink: str
    year: str
    thin: str
    land: str
    white: str
    on_span: str
    on_home: str


TOKENS: Final = Palette(
    span="petrol",
    axis="petrol",
    home="rust",
    day="rust",
    grey="grey",
    ink="ink",
    year="mid",
    thin="mist",
    land="mist",
    white="white",
    on_span="white",
    on_home="white",
)
"""The token of each colour in a style of format 1."""

ROLES: Final = Palette(
    span="mid",
    axis="rule",
    home="mid-accent",
    day="accent-small",
    grey="grey",
    ink="ink",
    year="hair",
    thin="hair",
    land="tint",
    white="white",
    on_span="on-mid",
    on_home="on-mid-accent",
)
"""The role of each in a style of format 2: thin lines and small words in one ink, nothing small reversed."""


class FigureStyle(NamedTuple):
    """Colours and type of a figure.

    Args:
        palette: The colours.
        family: The family of the type.
        measure: Returns the width of a text in that family.
        language: The language whose letterforms its words are set in; those of the face where empty.
    """

    palette: Palette
    family: str
    measure: Measure
    language: str = ""


class ProjectFacts(NamedTuple):
    """The facts of a project that figures show."""

    title: str
    budget: Budget | None
    period: Period | None
    partners: Partners | None


class DrawnFigure(NamedTuple):
    """A figure.

    Args:
        svg: The drawing, with its title and description inside.
        title: What it shows.
        alternative: The same in words, for those who cannot see it.
        header: The column heads of the data behind it.
        rows: The data, as text.
    """

    svg: str
    title: str
    alternative: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def element(tag: str, content: str = "", **attributes: object) -> str:
    """Return an SVG element.

    Args:
        tag: Its name.
        content: Its content, escaped already.
        **attributes: Underscores stand for hyphens; numbers are rounded to two decimals.
    """
    written = "".join(
        f" {name.rstrip('_').replace('_', '-')}={_quoted(_number(value))}"
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def words(  # noqa: PLR0913 - a text has a place, a face and a colour
    text: str,
    x: float,
    y: float,
    *,
    size: float,
    fill: str,
    family: str,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    """Return a text at a place.

    Args:
        text: The text.
        x: Where it begins, ends or has its middle, as `anchor` says, in points.
        y: Its baseline, in points.
        size: The size of the type, in points.
        fill: The colour: a token or role of the style.
        family: The family of the face.
        weight: Its weight, from 100 to 900.
        anchor: `start`, `middle` or `end`.
    """
    return element(
        "text",
        _escaped(printable(text)),
        x=x,
        y=y,
        font_family=family,
        font_size=size,
        font_weight=weight,
        fill=fill,
        text_anchor=anchor if anchor != "start" else None,
    )


def drawing(
    width: float, height: float, *, title: str, alternative: str, content: str, language: str = ""
) -> str:
    """Return a whole SVG.

    Args:
        width: In points.
        height: Likewise.
        title: What it shows.
        alternative: The same in words, for those who cannot see it; the title when empty.
        content: The elements in it.
        language: The language of its words, in whose letterforms they are set; that of the face when empty.
    """
    inner = (
        element("title", _escaped(printable(alternative or title)))
        + element("desc", _escaped(printable(title)))
        + content
    )
    millimetres = 1 / POINTS_A_MILLIMETRE
    return element(
        "svg",
        inner,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        # Lines have no inside, but without an attribute the engine fills them in black.
        fill="none",
        width=f"{_number(width * millimetres)}mm",
        height=f"{_number(height * millimetres)}mm",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        **({"lang": language} if language else {}),
    )


def printable(text: str) -> str:
    """Return a text without characters that are invalid in XML 1.0."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\u00a0\u200d")


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _quoted(value: str) -> str:
    """Return the value of an attribute in quotation marks."""
    # xml.sax.saxutils has the same, but loads a client of HTTP with it.
    return f'"{html.escape(value)}"'
