"""The thinnest lines of a drawing as it is set: those that no plate can hold are found before a build."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.models.editions import POINTS_A_MILLIMETRE
from pipeline.page.pictures.svg_files import XLINK_HREF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

    from pipeline.findings.place import Place
    from pipeline.page.pictures.picture_info import PictureInfo

THINNEST: Final = 0.25
"""Points; the same as preflight's (E126)."""

_TOLERANCE: Final = 0.005
_SHORTEST_LINE: Final = 3.0
"""Points; a filled shape that is shorter is a dot and no line."""

_PIXELS: Final = {"mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "pt": 96 / 72, "pc": 16.0}
"""Units of a drawing in each unit of CSS."""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = frozenset({"path", "line", "polyline", "polygon", "rect", "circle", "ellipse"})
_NOT_DRAWN: Final = frozenset({"defs", "symbol", "clipPath", "mask", "pattern", "marker"})
_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FUNCTION: Final = re.compile(r"(matrix|scale)\s*\(([^)]*)\)")
_RULE: Final = re.compile(r"\.([\w-]+)")
_OF_PENS: Final = frozenset({"stroke-width", "transform", "stroke", "fill"})
_DEEPEST: Final = 60


class _Pen(NamedTuple):
    """What is in force for a shape.

    Args:
        scale: Points of the page a unit of the drawing.
        stroke: The colour of lines, `none` where there are none.
        width: Of lines, in units.
        fill: The colour of areas.
    """

    scale: float
    stroke: str = "none"
    width: float = 1.0
    fill: str = "black"


def thin_line_findings(
    root: ET.Element, info: PictureInfo, width: float, *, name: str, place: Place | None
) -> list[Finding]:
    """Find lines of a drawing that are too thin for paper (E162), as far as its own text shows them.

    Args:
        root: The root element of an SVG that `examination.examine` passed.
        info: What that returned.
        width: The width it is set to, in millimetres.
        name: As the issue names it.
        place: Where it is named.
    """
    drawing = _Drawing(root)
    scale = width * POINTS_A_MILLIMETRE / (info.width * _pixels_a_unit(root))
    thin = [each for each in drawing.widths(scale) if each < THINNEST - _TOLERANCE]
    if not thin:
        return []
    thinnest = min(thin)
    wider = math.ceil(width * THINNEST / thinnest) if thinnest > 0 else ""
    return [found("E162", place, name=name, width=f"{thinnest:.2f}", limit=THINNEST, wider=wider)]


class _Drawing:
    """A drawing whose lines are measured.

    Args:
        root: Its root element.
    """

    def __init__(self, root: ET.Element) -> None:
        self._root = root
        self._by_id = {node.get("id"): node for node in root.iter() if node.get("id")}
        self._classes = dict(_classes(root))

    def widths(self, scale: float) -> Iterator[float]:
        """Yield the width of each line in points.

        Args:
            scale: Points of the page a unit of the drawing.
        """
        yield from self._within(self._root, _Pen(scale), 0)

    def _within(self, node: ET.Element, pen: _Pen, depth: int) -> Iterator[float]:
        tag = str(node.tag).removeprefix(_SVG)
        if depth > _DEEPEST or tag in _NOT_DRAWN:
            return
        pen = self._pen_of(node, pen)
        if tag in _SHAPES:
            yield from _shape_widths(tag, node, pen)
        elif tag == "use":
            target = self._by_id.get((node.get("href") or node.get(XLINK_HREF) or "").removeprefix("#"))
            if target is not None:
                parts = list(target) if str(target.tag) == f"{_SVG}symbol" else [target]
                for part in parts:
                    yield from self._within(part, pen, depth + 1)
        for child in node:
            yield from self._within(child, pen, depth + 1)

    def _pen_of(self, node: ET.Element, pen: _Pen) -> _Pen:
        own = node.attrib
        if "class" not in own and "style" not in own and own.keys().isdisjoint(_OF_PENS):
            return pen
        given = dict(own)
        for name in given.get("class", "").split():
            given |= self._classes.get(name, {})
        if style := node.get("style"):
            given |= _declarations(style)
        if given.keys().isdisjoint(_OF_PENS):
            return pen
        numbers = _NUMBER.findall(given.get("stroke-width", ""))
        return _Pen(
            scale=pen.scale * _scale_of(given.get("transform", "")),
            stroke=given.get("stroke", pen.stroke).strip(),
            width=float(numbers[0]) if numbers else pen.width,
            fill=given.get("fill", pen.fill).strip(),
        )


def _pixels_a_unit(root: ET.Element) -> float:
    """Return how many units of the drawing its width is counted in, where it has no `viewBox`."""
    unit = re.search(r"[a-z]+\s*$", root.get("width", "").strip())
    return 1.0 if root.get("viewBox") or unit is None else _PIXELS.get(unit[0].strip(), 1.0)


def _shape_widths(tag: str, node: ET.Element, pen: _Pen) -> Iterator[float]:
    if pen.stroke != "none":
        if pen.width > 0:
            yield pen.width * pen.scale
    elif tag == "rect" and pen.fill != "none":
        written = (_NUMBER.findall(node.get(side, "")) for side in ("width", "height"))
        sides = [float(numbers[0]) * pen.scale if numbers else 0.0 for numbers in written]
        if max(sides) > _SHORTEST_LINE and min(sides) > 0:
            yield min(sides)


def _scale_of(transform: str) -> float:
    """Return by how much a transformation enlarges lines; turning and moving do not."""
    scale = 1.0
    for name, written in _FUNCTION.findall(transform):
        numbers = [float(number) for number in _NUMBER.findall(written)]
        if name == "scale" and numbers:
            scale *= math.sqrt(abs(numbers[0] * numbers[-1]))
        elif len(numbers) >= 4:  # noqa: PLR2004 - a matrix has six numbers, of which four enlarge
            a, b, c, d = numbers[:4]
            scale *= math.sqrt(abs(a * d - b * c))
    return scale


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {
        name.strip().lower(): value.removesuffix("!important").strip() for name, _, value in pairs if value
    }


def _classes(root: ET.Element) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the declarations of the classes in the drawing's style sheets, as drawing programs write them."""
    sheets = [node.text or "" for node in root.iter(f"{_SVG}style")]
    known: dict[str, dict[str, str]] = {}
    for rule in "".join(sheets).split("}"):
        selectors, _, body = rule.partition("{")
        for name in _RULE.findall(selectors):
            known.setdefault(name, {}).update(_declarations(body))
    yield from known.items()
