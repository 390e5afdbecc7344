"""Fixtures for tests of figures: colours, type, projects, and a parser of drawings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from pipeline.models.editions import SCREEN
from pipeline.models.values.facts import Budget, Partners, Period
from pipeline.page.figures.drawing import TOKENS, FigureStyle, Palette, ProjectFacts
from pipeline.page.style import load_style
from pipeline.typography.text_width import text_width
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.page.figures.drawing import DrawnFigure

STYLE: Final = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
PALETTE: Final = Palette(*(STYLE.colour(name, SCREEN) for name in TOKENS))
FAMILY: Final = STYLE.plan.families["head"]
SVG: Final = "{http://www.w3.org/2000/svg}"
HOSTILE: Final = (
    "<script>alert(1)</script>",
    "A & B <b>C</b> ]]> &amp; &#60;",
    '"double" \'single\' ” “ onload="x"',
    "дълго " * 50,
    "без" + "прекъсване" * 30,
    "\x00\x07\x1b\u202e\ufffe\ud7ff",
    "</text></svg><svg onload='x'>",
)


def measure(text: str, size: float, weight: int) -> float:
    face = min(
        (face for face in STYLE.plan.faces if face.family == FAMILY),
        key=lambda face: abs(face.weight - weight),
    )
    return text_width(text, STYLE.faces[face.file], size)


def project(
    title: str = "Проект",
    *,
    start: str | None = None,
    end: str | None = None,
    total: str | None = None,
    share: str | None = None,
    countries: Sequence[str] = (),
) -> ProjectFacts:
    """Return the facts of a project, each written as in a file."""
    period = Period.model_validate({"start": start, "end": end}) if start or end else None
    budget = Budget.model_validate({"total": total, "share": share}) if total else None
    return ProjectFacts(title, budget, period, Partners(countries=tuple(countries)) if countries else None)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def elements(root: ET.Element, tag: str) -> list[ET.Element]:
    return list(root.iter(f"{SVG}{tag}"))


def texts(figure: DrawnFigure) -> list[str]:
    return [node.text or "" for node in elements(parsed(figure.svg), "text")]


def colours(root: ET.Element) -> set[str]:
    painted = {node.get(key) for node in root.iter() for key in ("fill", "stroke")}
    return {colour for colour in painted if colour is not None and colour != "none"}


def corners(path: str) -> list[tuple[float, float]]:
    """Return the corners of an SVG path of M, L, l, H, V and Z, in its user units."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    for letter, rest in re.findall(r"([MLlHVZ])([^MLlHVZ]*)", path):
        numbers = [float(number) for number in rest.split()]
        if letter == "Z":
            continue
        if letter == "l":
            x, y = x + numbers[0], y + numbers[1]
        elif letter == "H":
            x = numbers[0]
        elif letter == "V":
            y = numbers[0]
        else:
            x, y = numbers
        found.append((x, y))
    return found


FIGURE_STYLE: Final = FigureStyle(PALETTE, FAMILY, measure)
