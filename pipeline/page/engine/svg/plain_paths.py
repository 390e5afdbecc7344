"""Paths of plain steps and curves, as maps and covers have, read with one pattern a step.

The engine takes a path apart letter by letter and number by number, with some twenty calls a point; a map has
thousands of points. What is added to the page is the same, operator by operator and vertex by vertex.

Source: SVG 2, 9.3 Path data. Upstream: no issue known for it.
"""

from __future__ import annotations

import re
from math import atan2, pi
from typing import Any, Final

_NUMBER: Final = r"-?\d+(?:\.\d+)?"
_POINT: Final = f"{_NUMBER} {_NUMBER}"
_PLAIN: Final = re.compile(f"(?:M{_POINT}(?:[lL]{_POINT}|C{_POINT} {_POINT} {_POINT})+Z?)+")
"""Lines, each with its start, its steps and curves, and perhaps its closing; no letter is left out."""

_STEP: Final = re.compile(f"([MlLC])({_POINT}(?: {_POINT} {_POINT})?)(Z?)")


def drew_plain_path(svg: Any, text: str, vertices: Any) -> bool:  # noqa: ANN401 - of the engine
    """Draw a path as the engine would, if it has plain steps and curves alone, in numbers without units.

    Args:
        svg: The engine's drawing.
        text: The data of the path.
        vertices: The engine's list of the path's vertices, which grows by those of the path.

    Returns:
        Whether it was drawn; any other path is left to the engine.
    """
    if not _PLAIN.fullmatch(text):
        return False
    stream, add = svg.stream, vertices.append
    # The engine begins each path at the origin.
    stream.move_to(0, 0)
    x = y = 0.0
    start = (x, y)
    is_open = False
    for letter, points, end in _STEP.findall(text):
        *handles, to_x, to_y = map(float, points.split(" "))
        if letter == "M":
            if is_open:
                add(None)
            start = (to_x, to_y)
            stream.move_to(to_x, to_y)
        elif letter == "C":
            x1, y1, x2, y2 = handles
            add((atan2(y1 - y2, x1 - x2), atan2(to_y - y2, to_x - x2)))
            stream.curve_to(x1, y1, x2, y2, to_x, to_y)
        else:
            if letter == "l":
                to_x, to_y = to_x + x, to_y + y
            angle = atan2(to_y - y, to_x - x)
            add((pi - angle, angle))
            stream.line_to(to_x, to_y)
        x, y = to_x, to_y
        add((x, y))
        is_open = not end
        if end:
            add(None)
            stream.close()
            x, y = start
    return True
