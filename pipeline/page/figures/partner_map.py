"""The countries of the partners on a map, with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.models.values.codes import TERRITORIES
from pipeline.page.figures.drawing import (
    POINTS_A_MILLIMETRE,
    DrawnFigure,
    Palette,
    ProjectFacts,
    drawing,
    element,
    words,
)
from pipeline.page.figures.map_names import TYPE, WEIGHT, PlacedName, laid_out
from pipeline.page.figures.outlines import path
from pipeline.page.figures.rings import Box, area, bounds, holds, roomiest
from pipeline.typography import localisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.page.figures.drawing import FigureStyle
    from pipeline.page.figures.rings import Line, Ring

WIDTH: Final = 170 * POINTS_A_MILLIMETRE
HEIGHT: Final = 85 * POINTS_A_MILLIMETRE
FRAME: Final = Box(0, 0, WIDTH, HEIGHT)


def partner_map(
    projects: Sequence[ProjectFacts],
    home: str,
    language: str,
    style: FigureStyle,
    frame: Box = FRAME,
) -> DrawnFigure:
    """Draw the partner countries of the projects.

    Args:
        projects: Those whose countries are named; at least one names one that has an outline.
        home: The publisher's country, in a colour of its own.
        language: The language of the names.
        style: Its colours and type.
        frame: Its size in points.
    """
    palette = style.palette
    named = {code: localisation.country_name(code, language) for code in codes_of(projects)}
    countries = {code: name for code, name in named.items() if code not in TERRITORIES}
    shapes, names = laid_out(countries, frame, style.measure)
    around = (path(rings) for code, rings in shapes.items() if code not in countries)
    parts = [_land("".join(around), palette.land, palette)]
    for code in sorted(countries, key=lambda code: -area(shapes[code][0])):
        colour = palette.home if code == home else palette.span
        parts.append(_land(path(shapes[code]), colour, palette))
        parts += [
            _land(path(shapes[other]), palette.land, palette)
            for other in _within(shapes[code][0], shapes)
            if other not in countries
        ]
    parts += _leaders([name.leader for name in names if name.leader], palette)
    parts += [_name(name, palette.on_home if name.code == home else palette.on_span, style) for name in names]
    title = localisation.label("Partner countries", language)
    listed = localisation.listing(list(countries.values()), language)
    alternative = localisation.label("The map shows: {countries}.", language, countries=listed)
    return DrawnFigure(
        svg=drawing(
            frame.right,
            frame.bottom,
            title=title,
            alternative=alternative,
            content="".join(parts),
            language=style.language,
        ),
        title=title,
        alternative=alternative,
        header=(localisation.label("Country", language), localisation.label("Projects", language)),
        rows=tuple((name, ", ".join(_titles(projects, code))) for code, name in named.items()),
    )


def codes_of(projects: Iterable[ProjectFacts]) -> list[str]:
    """Return the codes of all countries of the partners, each once."""
    named = [code for facts in projects if facts.partners for code in facts.partners.countries]
    return list(dict.fromkeys(named))


def _titles(projects: Iterable[ProjectFacts], code: str) -> list[str]:
    return [facts.title for facts in projects if facts.partners and code in facts.partners.countries]


def _within(ring: Ring, shapes: Mapping[str, list[Ring]]) -> list[str]:
    """Return the countries that lie wholly within a ring, as Lesotho in South Africa."""
    around = bounds(ring)
    inner = [
        code for code, rings in shapes.items() if rings[0] is not ring and bounds(rings[0]).within(around)
    ]
    return [code for code in inner if holds(ring, roomiest(shapes[code][0])[0])]


def _land(outline: str, colour: str, palette: Palette) -> str:
    """Draw countries filled, with a white border."""
    return element(
        "path", d=outline, fill=colour, stroke=palette.white, stroke_width=0.5, stroke_linejoin="round"
    )


def _leaders(lines: Sequence[Line], palette: Palette) -> list[str]:
    """Draw leaders with a dot in the country, both edged in white to be visible on every fill."""
    if not lines:
        return []
    outline = "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for (x1, y1), (x2, y2) in lines)
    edge = element("path", d=outline, fill="none", stroke=palette.white, stroke_width=1.5)
    line = element("path", d=outline, fill="none", stroke=palette.ink, stroke_width=0.5)
    dots = [
        element("circle", cx=x, cy=y, r=1.75, fill=palette.ink, stroke=palette.white, stroke_width=0.5)
        for (x, y), _ in lines
    ]
    return [edge, line, *dots]


def _name(name: PlacedName, on_country: str, style: FigureStyle) -> str:
    box = name.box
    return words(
        name.text,
        (box.left + box.right) / 2,
        (box.top + box.bottom) / 2 + TYPE * 0.33,
        size=TYPE,
        fill=style.palette.ink if name.leader else on_country,
        family=style.family,
        weight=WEIGHT,
        anchor="middle",
    )
