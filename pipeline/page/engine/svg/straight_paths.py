"""Paths of straight steps alone, as maps have, read with one pattern a step instead of letter by letter.

The engine takes a path apart at each number, with some twenty calls a point; a map has thousands of points.
What is added to the page is the same, operator by operator and vertex by vertex.

Source: SVG 2, 9.3 Path data. Upstream: no issue known for it.
"""

from __future__ import annotations

import re
from math import atan2, pi
from typing import Any, Final

_NUMBER: Final = r"(-?\d+(?:\.\d+)?)"
_STRAIGHT: Final = re.compile(r"(?:M-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?(?:l-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?)+Z)+")
"""Rings, each with its start, steps from point to point, and its end: what `page.figures.outlines` writes."""

_STEP: Final = re.compile(f"([Ml]){_NUMBER} {_NUMBER}(Z?)")


def drew_straight_path(svg: Any, text: str, vertices: Any) -> bool:  # noqa: ANN401 - of the engine
    """Draw a path if it has straight steps alone, in numbers without units, as the engine would.

    Args:
        svg: The engine's drawing.
        text: The data of the path.
        vertices: The engine's list of the path's vertices, which grows by those of the path.

    Returns:
        Whether it was drawn; any other path is left to the engine.
    """
    if not _STRAIGHT.fullmatch(text):
        return False
    stream = svg.stream
    move_to, line_to, add = stream.move_to, stream.line_to, vertices.append
    # The engine begins each path at the origin.
    move_to(0, 0)
    x = y = 0.0
    for letter, across, down, end in _STEP.findall(text):
        if letter == "M":
            x, y = float(across), float(down)
            start = x, y
            move_to(x, y)
        else:
            before_x, before_y = x, y
            x, y = float(across) + x, float(down) + y
            angle = atan2(y - before_y, x - before_x)
            add((pi - angle, angle))
            line_to(x, y)
        add((x, y))
        if end:
            add(None)
            stream.close()
            x, y = start
    return True
