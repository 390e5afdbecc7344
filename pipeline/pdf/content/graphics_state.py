"""The graphics state: what operators of a content stream set, and what painting uses (ISO 32000-2, 8.4)."""

from __future__ import annotations

from typing import Any, Final

import pikepdf

from pipeline.pdf.content.broken_files import MalformedError
from pipeline.pdf.content.colour_spaces import BLACK, CMYK, GREY, RGB, Inks, Space, in_resources, space_of

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

FILLS: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKES: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
TEXT: Final = frozenset({"Tj", "TJ", "'", '"'})
_DEVICE: Final = {"g": GREY, "rg": RGB, "k": CMYK}


class Paint:
    """A colour to paint with.

    Args:
        space: Its colour space, or None where that is not known.
        inks: The colour in inks.
        pattern: The name of a pattern, where it is one.
    """

    __slots__ = ("inks", "pattern", "space")

    def __init__(self, space: Space | None, inks: Inks, pattern: str = "") -> None:
        """Keep the colour."""
        self.space = space
        self.inks = inks
        self.pattern = pattern


class GraphicsState:
    """The graphics state, changed by operators and copied where it is saved.

    Args:
        matrix: From the units of the content to points of the page.
        resources: Those of the content it begins with, whose default colour spaces apply; None for none.
    """

    __slots__ = (
        "blend",
        "character_spacing",
        "fill",
        "fill_alpha",
        "fill_over",
        "font",
        "font_size",
        "leading",
        "line_width",
        "matrix",
        "overprint_mode",
        "rise",
        "scaling",
        "soft_mask",
        "stroke",
        "stroke_alpha",
        "stroke_over",
        "text_mode",
        "word_spacing",
    )

    def __init__(self, matrix: Matrix = IDENTITY, resources: Any = None) -> None:
        """Begin a page (8.4.1, table 51)."""
        self.matrix = matrix
        grey = in_resources(GREY, resources)
        self.fill = Paint(grey, BLACK)
        self.stroke = Paint(grey, BLACK)
        self.line_width = 1.0
        self.fill_over = False
        self.stroke_over = False
        self.overprint_mode = 0
        self.fill_alpha = 1.0
        self.stroke_alpha = 1.0
        self.blend = "Normal"
        self.soft_mask = False
        self.font: Any = None
        self.font_size = 0.0
        self.text_mode = 0
        self.character_spacing = 0.0
        self.word_spacing = 0.0
        self.scaling = 1.0
        self.leading = 0.0
        self.rise = 0.0

    def saved(self) -> GraphicsState:
        """Return a copy of the present state."""
        other = object.__new__(GraphicsState)
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        return other

    def set(self, operator: str, operands: Any, resources: Any) -> None:
        """Change the state by an operator; one that sets nothing changes nothing.

        Raises:
            TypeError, ValueError, IndexError: The operands do not fit the operator.
        """
        setter = _SETTERS.get(operator)
        if setter is not None:
            setter(self, operands, resources)
        elif operator in _DEVICE:
            self.fill = _mixed(in_resources(_DEVICE[operator], resources), operands)
        elif operator.lower() in _DEVICE:
            self.stroke = _mixed(in_resources(_DEVICE[operator.lower()], resources), operands)

    @property
    def black_over(self) -> bool:
        """Whether black overprints in mode 1, in which an ink with tint 0 leaves the plate unchanged."""
        return self.overprint_mode == 1


def product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does `first` and then `second` (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def scale_of(matrix: Matrix) -> float:
    """Return how much larger a matrix makes things, as the side of a square."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def matrix_of(written: Any) -> Matrix:
    """Return the `/Matrix` of a form or pattern, or the identity.

    Raises:
        TypeError, ValueError: It is not six numbers.
    """
    return _matrix(written.Matrix) if "/Matrix" in written else IDENTITY


def named(resources: Any, kind: str, name: Any) -> Any:
    """Return the resource of a category (`/Font`, `/Pattern` …) with a name, or None (7.8.3)."""
    written = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return written.get(str(name)) if isinstance(written, pikepdf.Dictionary) else None


def _mixed(space: Space, operands: Any) -> Paint:
    return Paint(space, space.inks(tuple(float(part) for part in operands)))


def _of_space(written: Any, resources: Any) -> Paint:
    """Return the colour a space begins with: black, or its colorants in full (8.6.8)."""
    space = space_of(written, resources)
    if space is not None and space.kind in {"Separation", "DeviceN"}:
        return Paint(space, space.inks((1.0,) * space.components))
    return Paint(space, BLACK)


def _in_space(before: Paint, operands: Any) -> Paint:
    numbers = tuple(float(part) for part in operands if not isinstance(part, pikepdf.Name))
    if len(operands) and isinstance(operands[-1], pikepdf.Name):
        return Paint(before.space, BLACK, str(operands[-1]))
    space = before.space
    return Paint(space, space.inks(numbers) if space is not None else BLACK)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(part) for part in operands)
    return (a, b, c, d, e, f)


def _set_fill_space(state: GraphicsState, operands: Any, resources: Any) -> None:
    state.fill = _of_space(operands[0], resources)


def _set_stroke_space(state: GraphicsState, operands: Any, resources: Any) -> None:
    state.stroke = _of_space(operands[0], resources)


def _set_fill(state: GraphicsState, operands: Any, resources: Any) -> None:  # noqa: ARG001
    state.fill = _in_space(state.fill, operands)


def _set_stroke(state: GraphicsState, operands: Any, resources: Any) -> None:  # noqa: ARG001
    state.stroke = _in_space(state.stroke, operands)


def _concatenate(state: GraphicsState, operands: Any, resources: Any) -> None:  # noqa: ARG001
    state.matrix = product(_matrix(operands), state.matrix)


def _set_font(state: GraphicsState, operands: Any, resources: Any) -> None:
    font = named(resources, "/Font", operands[0])
    if font is not None and not isinstance(font, pikepdf.Dictionary):
        message = "a font is no dictionary"
        raise MalformedError(message)
    state.font = font
    state.font_size = float(operands[1])


def _set_parameters(state: GraphicsState, operands: Any, resources: Any) -> None:
    """Set the parameters of an `/ExtGState` dictionary (8.4.5, table 57)."""
    found = named(resources, "/ExtGState", operands[0])
    if not isinstance(found, pikepdf.Dictionary):
        return
    _set_overprint(state, found)
    for key, name in (("/ca", "fill_alpha"), ("/CA", "stroke_alpha"), ("/LW", "line_width")):
        if key in found:
            setattr(state, name, float(found[key]))
    if "/BM" in found:
        mode = found["/BM"]
        state.blend = str(mode[0] if isinstance(mode, pikepdf.Array) and len(mode) else mode)[1:]
    if "/SMask" in found:
        state.soft_mask = isinstance(found["/SMask"], pikepdf.Dictionary)
    if "/Font" in found and isinstance(found["/Font"], pikepdf.Array):
        state.font, state.font_size = found["/Font"][0], float(found["/Font"][1])


def _set_overprint(state: GraphicsState, found: pikepdf.Dictionary) -> None:
    """Set the overprint parameters; `OP` is for fills too, unless the dictionary has `op`."""
    if "/OP" in found:
        state.stroke_over = bool(found["/OP"])
        if "/op" not in found:
            state.fill_over = state.stroke_over
    if "/op" in found:
        state.fill_over = bool(found["/op"])
    if "/OPM" in found:
        state.overprint_mode = int(found["/OPM"])


def _number(name: str, scale: float = 1.0) -> Any:
    def setter(state: GraphicsState, operands: Any, resources: Any) -> None:  # noqa: ARG001
        setattr(state, name, float(operands[0]) * scale)

    return setter


def _set_mode(state: GraphicsState, operands: Any, resources: Any) -> None:  # noqa: ARG001
    state.text_mode = int(operands[0])


_SETTERS: Final[dict[str, Any]] = {
    "cs": _set_fill_space,
    "CS": _set_stroke_space,
    "sc": _set_fill,
    "scn": _set_fill,
    "SC": _set_stroke,
    "SCN": _set_stroke,
    "cm": _concatenate,
    "gs": _set_parameters,
    "Tf": _set_font,
    "Tr": _set_mode,
    "w": _number("line_width"),
    "Tc": _number("character_spacing"),
    "Tw": _number("word_spacing"),
    "Tz": _number("scaling", 0.01),
    "TL": _number("leading"),
    "Ts": _number("rise"),
}

SETTING: Final = frozenset(_SETTERS) | frozenset(_DEVICE) | frozenset(name.upper() for name in _DEVICE)
"""The operators that `GraphicsState.set` takes."""
