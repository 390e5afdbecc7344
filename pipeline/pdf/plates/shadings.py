"""Gradients on the plates: a shading converted to inks in steps (ISO 32000-2, 7.10 and 8.7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.colour_spaces import Inks, space_of

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS: Final = 256
_DEEPEST: Final = 4
_BYTES: Final = {8: 1, 16: 2}
_SAMPLED, _EXPONENTIAL, _STITCHED = 0, 2, 3
_FUNCTION_OF_PLACE: Final = 1
"""The kind of shading whose function takes a point, and not how far along it lies."""


def inks_along(shading: Any, resources: Any) -> list[Inks] | None:
    """Return the inks of a gradient at `STEPS` steps; None where they are not known.

    Args:
        shading: Its dictionary or stream.
        resources: Where its colour space is looked up.
    """
    try:
        space = space_of(shading["/ColorSpace"], resources)
        if space is None or int(shading["/ShadingType"]) == _FUNCTION_OF_PLACE:
            return None
        function = shading["/Function"]
        first, last = _domain(shading, function)
        steps = (first + (last - first) * step / (STEPS - 1) for step in range(STEPS))
        return [space.inks(tuple(_value(function, at, 0))) for at in steps]
    except BROKEN_PDF_ERRORS:
        return None


def put_on_plate(pdf: pikepdf.Pdf, shading: Any, inks: Sequence[Inks], plates: Sequence[int]) -> None:
    """Write a shading into one copy as the light that its inks leave.

    Args:
        pdf: The copy of the file.
        shading: Its dictionary or stream.
        inks: What `inks_along` returned.
        plates: Which inks the copy shows: three, or one.
    """
    domain = _domain(shading, shading["/Function"])
    samples = bytes(round(255 * (1 - step[plate])) for step in inks for plate in plates)
    function = pdf.make_stream(samples)
    function["/FunctionType"] = _SAMPLED
    function["/Domain"] = list(domain)
    function["/Range"] = [0, 1] * len(plates)
    function["/Size"] = [STEPS]
    function["/BitsPerSample"] = 8
    shading["/Function"] = function
    shading["/ColorSpace"] = pikepdf.Name.DeviceGray if len(plates) == 1 else pikepdf.Name.DeviceRGB
    if "/Background" in shading:
        del shading["/Background"]


def _domain(shading: Any, function: Any) -> tuple[float, float]:
    """Return where a gradient begins and ends: its own numbers, or those of its function."""
    first = function[0] if isinstance(function, pikepdf.Array) else function
    written = shading.get("/Domain", first.get("/Domain", [0, 1]))
    return float(written[0]), float(written[1])


def _value(function: Any, at: float, depth: int) -> list[float]:
    """Return the value of a function of one variable.

    Raises:
        ValueError: It is a PostScript function, or nested too deeply.
    """
    if isinstance(function, pikepdf.Array):
        return [number for one in function for number in _value(one, at, depth + 1)]
    kind = int(function["/FunctionType"])
    first, last = (float(number) for number in function["/Domain"])
    at = min(max(at, first), last)
    if kind == _EXPONENTIAL:
        start = [float(number) for number in function.get("/C0", [0])]
        end = [float(number) for number in function.get("/C1", [1])]
        part = at ** float(function["/N"])
        return [one + part * (other - one) for one, other in zip(start, end, strict=True)]
    if kind == _STITCHED and depth < _DEEPEST:
        bounds = [first, *(float(number) for number in function["/Bounds"]), last]
        piece = next((n for n in range(len(bounds) - 2) if at < bounds[n + 1]), len(bounds) - 2)
        encode = [float(number) for number in function["/Encode"]][2 * piece : 2 * piece + 2]
        inner = _mapped(at, (bounds[piece], bounds[piece + 1]), (encode[0], encode[1]))
        return _value(function["/Functions"][piece], inner, depth + 1)
    if kind == _SAMPLED:
        return _sampled(function, at, (first, last))
    message = f"a function of type {kind}"
    raise ValueError(message)


def _sampled(function: Any, at: float, domain: tuple[float, float]) -> list[float]:
    width = _BYTES[int(function["/BitsPerSample"])]
    (size,) = (int(number) for number in function["/Size"])
    ranges = [float(number) for number in function.get("/Decode", function["/Range"])]
    outputs = len(ranges) // 2
    encode = [float(number) for number in function.get("/Encode", [0, size - 1])]
    place = min(max(_mapped(at, domain, (encode[0], encode[1])), 0.0), size - 1.0)
    data = function.read_bytes()

    def sample(step: int, output: int) -> float:
        begin = (step * outputs + output) * width
        whole = int.from_bytes(data[begin : begin + width], "big")
        return _mapped(whole, (0, 256**width - 1), (ranges[2 * output], ranges[2 * output + 1]))

    low = int(place)
    high = min(low + 1, size - 1)
    part = place - low
    return [sample(low, n) * (1 - part) + sample(high, n) * part for n in range(outputs)]


def _mapped(at: float, before: tuple[float, float], after: tuple[float, float]) -> float:
    span = before[1] - before[0]
    return after[0] + (at - before[0]) * (after[1] - after[0]) / span if span else after[0]
